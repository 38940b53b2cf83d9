/*
 * Addresses: see url.h. They are taken apart by libcurl itself, so that what is judged here is what it will use.
 */
#include "http/url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>

#include "core/fail.h"

/* RFC 3986, section 2.3. */
static bool is_unreserved(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

enum errata_status errata__url_words(struct errata__buffer *out, const char *words) {
    return errata__buffer_append(out, words, strlen(words));
}

enum errata_status errata__url_escaped(struct errata__buffer *out, struct errata_text text) {
    static const char digits[] = "0123456789ABCDEF";
    bool dots = text.length > 0 && text.length <= 2 && text.data[0] == '.' &&
                text.data[text.length - 1] == '.';
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        const char escape[3] = {'%', digits[byte >> 4U], digits[byte & 15U]};
        enum errata_status status = is_unreserved(text.data[i]) && !dots
                                        ? errata__buffer_append(out, &text.data[i], 1)
                                        : errata__buffer_append(out, escape, sizeof escape);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    return ERRATA_OK;
}

enum errata_status errata__url_records(struct errata__buffer *out, const char *base,
                                       struct errata_text app, struct errata_text collection) {
    enum errata_status status = errata__url_words(out, base);
    if (status == ERRATA_OK) {
        status = errata__url_words(out, "/apps/");
    }
    if (status == ERRATA_OK) {
        status = errata__url_escaped(out, app);
    }
    if (status == ERRATA_OK) {
        status = errata__url_words(out, "/collections/");
    }
    if (status == ERRATA_OK) {
        status = errata__url_escaped(out, collection);
    }
    return status == ERRATA_OK ? errata__url_words(out, "/records") : status;
}

enum errata_status errata__url_status(struct errata__buffer *out, const char *base,
                                      struct errata_text app, struct errata_text collection,
                                      struct errata_text record) {
    enum errata_status status = errata__url_records(out, base, app, collection);
    if (status == ERRATA_OK) {
        status = errata__url_words(out, "/");
    }
    if (status == ERRATA_OK) {
        status = errata__url_escaped(out, record);
    }
    return status == ERRATA_OK ? errata__buffer_append(out, "/status", sizeof "/status") : status;
}

enum errata_status errata__url_fail(struct errata_error *error, enum errata_status status) {
    return status == ERRATA_NO_MEMORY
               ? errata__fail_plain(error, status)
               : errata__fail(error, ERRATA_MISUSE,
                              "an id, a tag or what to search for is too long");
}

/* Parts that libcurl gave. */
struct parts {
    char *scheme;
    char *host;
    char *whole;
};

static void free_parts(struct parts *parts) {
    curl_free(parts->scheme);
    curl_free(parts->host);
    curl_free(parts->whole);
}

static bool has_part(CURLU *url, CURLUPart part) {
    char *text = NULL;
    bool has = curl_url_get(url, part, &text, 0) == CURLUE_OK && text != NULL;
    curl_free(text);
    return has;
}

static bool is_loopback(const char *host) {
    struct in_addr four;
    struct in6_addr six;
    char bare[INET6_ADDRSTRLEN];
    size_t length = strlen(host);
    if (host[0] == '[' && length < sizeof bare && length > 2) {
        memcpy(bare, host + 1, length - 2);
        bare[length - 2] = '\0';
        return inet_pton(AF_INET6, bare, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
    }
    /* libcurl itself makes loopback addresses of this name. */
    return strcmp(host, "localhost") == 0 ||
           (inet_pton(AF_INET, host, &four) == 1 && ntohl(four.s_addr) >> 24U == 127);
}

static enum errata_status refuse(struct errata_error *error, const char *reason) {
    return errata__fail(error, ERRATA_MISUSE, "the url of the API %s", reason);
}

/* What is wrong with it; NULL: nothing. */
static const char *judge(struct errata__base *base, CURLU *url, const struct parts *parts,
                         bool allow_http) {
    base->https = strcmp(parts->scheme, "https") == 0;
    base->loopback = is_loopback(parts->host);
    if (!base->https && strcmp(parts->scheme, "http") != 0) {
        return "must begin with https://";
    }
    if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD)) {
        return "must not have a user name or password in it";
    }
    if (has_part(url, CURLUPART_QUERY) || has_part(url, CURLUPART_FRAGMENT)) {
        return "must end before any ? or #";
    }
    if (!base->https && !base->loopback && !allow_http) {
        return "must begin with https://, since the key could be read on the way (http goes to "
               "loopback "
               "addresses; allow http to send it all the same)";
    }
    return NULL;
}

static enum errata_status fail(CURLUcode code, struct errata_error *error) {
    return code == CURLUE_OUT_OF_MEMORY ? errata__fail_plain(error, ERRATA_NO_MEMORY)
           : code == CURLUE_UNSUPPORTED_SCHEME
               ? refuse(error, "must begin with https://")
               : errata__fail(error, ERRATA_MISUSE, "the url of the API is none: %s",
                              curl_url_strerror(code));
}

static enum errata_status take_apart(struct errata__base *base,
                                     const struct errata_allocator *allocator, CURLU *url,
                                     bool allow_http, struct errata_error *error) {
    struct parts parts = {0};
    enum errata_status status = ERRATA_OK;
    CURLUcode code = curl_url_get(url, CURLUPART_SCHEME, &parts.scheme, 0);
    if (code == CURLUE_OK) {
        code = curl_url_get(url, CURLUPART_HOST, &parts.host, 0);
    }
    if (code == CURLUE_OK) {
        code = curl_url_get(url, CURLUPART_URL, &parts.whole, 0);
    }
    if (code != CURLUE_OK) {
        status = fail(code, error);
    } else {
        const char *wrong = judge(base, url, &parts, allow_http);
        status = wrong != NULL ? refuse(error, wrong) : ERRATA_OK;
    }
    if (status == ERRATA_OK) {
        size_t length = strlen(parts.whole);
        while (length > 0 && parts.whole[length - 1] == '/') {
            length--;
        }
        base->text = allocator->alloc(allocator->ctx, length + 1);
        if (base->text == NULL) {
            status = errata__fail_plain(error, ERRATA_NO_MEMORY);
        } else {
            memcpy(base->text, parts.whole, length);
            base->text[length] = '\0';
        }
    }
    free_parts(&parts);
    return status;
}

enum errata_status errata__base_init(struct errata__base *base,
                                     const struct errata_allocator *allocator,
                                     struct errata_text url, bool allow_http,
                                     struct errata_error *error) {
    char text[2048];
    *base = (struct errata__base){0};
    if (url.length >= sizeof text || memchr(url.data, '\0', url.length) != NULL) {
        return refuse(error, "is too long, or has a NUL in it");
    }
    memcpy(text, url.data, url.length);
    text[url.length] = '\0';
    CURLU *parsed = curl_url();
    if (parsed == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    CURLUcode code = curl_url_set(parsed, CURLUPART_URL, text, 0);
    enum errata_status status = code == CURLUE_OK
                                    ? take_apart(base, allocator, parsed, allow_http, error)
                                    : fail(code, error);
    curl_url_cleanup(parsed);
    return status;
}
