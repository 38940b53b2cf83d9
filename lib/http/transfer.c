/*
 * One request and its answer: see transfer.h.
 */
#include "http/transfer.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <errata/version.h>

#include "core/fail.h"
#include "core/utf8.h"
#include "http/errorbody.h"

_Static_assert(ERRATA__REASON_SIZE >= CURL_ERROR_SIZE, "libcurl's messages must fit");

/* Slower than this for the stall time-out, and a transfer is given up. */
#define SLOWEST 100L
#define HTTP_OK 200
/* In seconds; whoever asks for more asks for ever. */
#define LONGEST_WAIT 1000000

static size_t drop(struct errata__transfer *transfer, enum errata_status status) {
    transfer->dropped = status;
    return CURL_WRITEFUNC_ERROR;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *ctx) {
    struct errata__transfer *transfer = ctx;
    size_t length = size * count;
    if (transfer->http == 0) {
        long http = 0;
        curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &http);
        transfer->http = (uint32_t)http;
    }
    if (transfer->http != HTTP_OK) {
        /* Enough for a message; the rest is read so that the connection can be used again, within reason. */
        size_t room = sizeof transfer->head - transfer->head_length;
        size_t kept = length < room ? length : room;
        memcpy(transfer->head + transfer->head_length, bytes, kept);
        transfer->head_length += kept;
        transfer->bytes += length;
        return transfer->bytes > (uint64_t)1 << 20 ? CURL_WRITEFUNC_ERROR : length;
    }
    if (length > transfer->client->options.body - transfer->bytes) {
        return drop(transfer, ERRATA_LIMIT_DOCUMENT);
    }
    transfer->bytes += length;
    if (errata__echo_take(&transfer->echo, bytes, length)) {
        transfer->has_key = true;
        return CURL_WRITEFUNC_ERROR;
    }
    enum errata_status status = transfer->take(transfer->ctx, bytes, length);
    return status == ERRATA_OK ? length : drop(transfer, status);
}

/* What libcurl may do with the connection: who may be on the other side, and who between. */
static bool set_security(CURL *easy, const struct errata_client *client) {
    const struct errata_client_options *options = &client->options;
    const char *proxy = options->proxy;
    if (!client->base.https && (client->base.loopback || proxy == NULL)) {
        proxy = "";
    }
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, client->base.https ? "https" : "http") ==
               CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
           /* Instead of the system's: libcurl would look into its folder besides. */
           (options->cacert == NULL ||
            (curl_easy_setopt(easy, CURLOPT_CAINFO, options->cacert) == CURLE_OK &&
             curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) == CURLE_OK)) &&
           (proxy == NULL || curl_easy_setopt(easy, CURLOPT_PROXY, proxy) == CURLE_OK) &&
           /* The key is for the API, not for a proxy that is asked for a tunnel. */
           curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HTTPHEADER, (struct curl_slist *)client->headers) ==
               CURLE_OK;
}

static bool set_behaviour(CURL *easy, const struct errata_client *client) {
    const struct errata_client_options *options = &client->options;
    char agent[64];
    snprintf(agent, sizeof agent, "errata/%s", errata_version());
    return curl_easy_setopt(easy, CURLOPT_USERAGENT, agent) == CURLE_OK &&
           /* Paths are as url.c made them. */
           curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L) == CURLE_OK &&
           /* Whatever this libcurl can decompress. */
           curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS) == CURLE_OK &&
           /* With HTTP/2 all transfers share a connection rather than open one each. */
           curl_easy_setopt(easy, CURLOPT_PIPEWAIT, client->base.https ? 1L : 0L) == CURLE_OK &&
           /* No signal handlers, and no waiting for a resolver that was dropped. */
           curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)options->connect_timeout) ==
               CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)options->timeout) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, SLOWEST) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)options->stall_timeout) == CURLE_OK;
}

enum errata_status errata__transfer_init(struct errata__transfer *transfer,
                                         struct errata_client *client) {
    CURL *easy = curl_easy_init();
    *transfer = (struct errata__transfer){.client = client, .easy = easy};
    bool good = easy != NULL && set_security(easy, client) && set_behaviour(easy, client) &&
                curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
                curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer) == CURLE_OK &&
                curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer) == CURLE_OK &&
                curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->reason) == CURLE_OK;
    return good ? errata__echo_init(&transfer->echo, &client->allocator, client->key)
                : ERRATA_NO_MEMORY;
}

void errata__transfer_free(struct errata__transfer *transfer) {
    curl_easy_cleanup(transfer->easy);
    transfer->easy = NULL;
    errata__echo_free(&transfer->echo);
}

enum errata_status errata__transfer_begin(struct errata__transfer *transfer, const char *url,
                                          errata__take_function *take, void *ctx) {
    transfer->take = take;
    transfer->ctx = ctx;
    transfer->bytes = 0;
    transfer->http = 0;
    transfer->dropped = ERRATA_OK;
    transfer->head_length = 0;
    transfer->has_key = false;
    errata__echo_begin(&transfer->echo);
    transfer->reason[0] = '\0';
    return curl_easy_setopt(transfer->easy, CURLOPT_URL, url) == CURLE_OK ? ERRATA_OK
                                                                          : ERRATA_NO_MEMORY;
}

bool errata__transfer_header(const struct errata__transfer *transfer, const char *name,
                             uint64_t *number) {
    struct curl_header *header;
    char *end;
    if (curl_easy_header(transfer->easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK ||
        header->value[0] < '0' || header->value[0] > '9') {
        return false;
    }
    errno = 0;
    unsigned long long value = strtoull(header->value, &end, 10);
    *number = value;
    return errno == 0 && *end == '\0';
}

/* Where a redirect leads, safe to show. */
static void describe_redirect(struct errata__transfer *transfer, uint32_t http, char *out,
                              size_t size) {
    char *target = NULL;
    char shown[300];
    curl_easy_getinfo(transfer->easy, CURLINFO_REDIRECT_URL, &target);
    if (target == NULL) {
        snprintf(out, size, "HTTP %u, a redirect to nowhere", http);
        return;
    }
    /* In the room of the body, which nobody is shown. */
    size_t length = strlen(target) < sizeof transfer->head ? strlen(target) : sizeof transfer->head;
    memcpy(transfer->head, target, length);
    length = errata__echo_hide(transfer->client->key, transfer->head, length);
    errata__utf8_escape(transfer->head, length, shown, sizeof shown);
    snprintf(out, size, "HTTP %u, a redirect to %s, which is not followed", http, shown);
}

/* An answer that is no success, in words. */
static void describe_answer(struct errata__transfer *transfer, uint32_t http, char *out,
                            size_t size) {
    char said[300];
    if (http >= 300 && http < 400) {
        describe_redirect(transfer, http, out, size);
        return;
    }
    /* Before anything is cut off, so that no half of a key is left. */
    transfer->head_length =
        errata__echo_hide(transfer->client->key, transfer->head, transfer->head_length);
    errata__error_body(&transfer->client->allocator, transfer->head, transfer->head_length, said,
                       sizeof said);
    snprintf(out, size, "HTTP %u%s%s", http, said[0] != '\0' ? ": " : "", said);
}

static enum errata__fate fate_of(const struct errata__transfer *transfer, CURLcode code) {
    if (code == CURLE_OK) {
        return ERRATA__FATE_ANSWERED;
    }
    if (transfer->has_key) {
        return ERRATA__FATE_ECHOED;
    }
    if (transfer->dropped != ERRATA_OK) {
        return ERRATA__FATE_DROPPED;
    }
    /* An error page longer than anybody wants to read is an answer all the same. */
    if (code == CURLE_WRITE_ERROR && transfer->http != 0) {
        return ERRATA__FATE_ANSWERED;
    }
    switch ((int)code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_NOT_BUILT_IN:
    case CURLE_UNKNOWN_OPTION:
        return ERRATA__FATE_HOPELESS;
    default:
        break;
    }
    /* A proxy that said no. */
    long tunnel = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &tunnel);
    return tunnel >= 400 && tunnel < 500 ? ERRATA__FATE_HOPELESS : ERRATA__FATE_BROKEN;
}

void errata__transfer_judge(struct errata__transfer *transfer, int code,
                            struct errata__answer *answer) {
    long http = 0;
    curl_off_t wait = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &http);
    curl_easy_getinfo(transfer->easy, CURLINFO_RETRY_AFTER, &wait);
    wait = wait < LONGEST_WAIT ? wait : LONGEST_WAIT;
    *answer = (struct errata__answer){
        .fate = fate_of(transfer, (CURLcode)code),
        .http = (uint32_t)http,
        .retry_after = wait > 0 ? (int64_t)wait : -1,
    };
    if (answer->fate == ERRATA__FATE_ANSWERED && http != HTTP_OK) {
        describe_answer(transfer, answer->http, answer->reason, sizeof answer->reason);
    } else if (answer->fate == ERRATA__FATE_BROKEN || answer->fate == ERRATA__FATE_HOPELESS) {
        const char *reason =
            transfer->reason[0] != '\0' ? transfer->reason : curl_easy_strerror((CURLcode)code);
        errata__utf8_escape(reason, strlen(reason), answer->reason, sizeof answer->reason);
    } else if (answer->fate == ERRATA__FATE_ECHOED) {
        snprintf(answer->reason, sizeof answer->reason, "the answer contains the key");
    } else if (answer->fate == ERRATA__FATE_DROPPED && transfer->dropped == ERRATA_LIMIT_DOCUMENT) {
        snprintf(answer->reason, sizeof answer->reason,
                 "the body is longer than the limit of %llu bytes",
                 (unsigned long long)transfer->client->options.body);
    }
    /* Whoever worded it, and whatever made an escape a plain byte. */
    size_t length =
        errata__echo_hide(transfer->client->key, answer->reason, strlen(answer->reason));
    answer->reason[length] = '\0';
}
