/*
 * One request and its answer, once: what goes out, what comes in and how far, and what became of it. Trying
 * again is not its business.
 */
#ifndef ERRATA_HTTP_TRANSFER_H
#define ERRATA_HTTP_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

#include "http/client.h"
#include "http/echo.h"

/* What is kept of a body that did not come with 200. */
#define ERRATA__HEAD_LIMIT 4096
/* CURL_ERROR_SIZE, as transfer.c makes sure. */
#define ERRATA__REASON_SIZE 256

/* Takes the next bytes of a body that came with 200. Anything but ERRATA_OK drops the transfer. */
typedef enum errata_status errata__take_function(void *ctx, const void *bytes, size_t length);

struct errata__transfer {
    struct errata_client *client;
    /* CURL. */
    void *easy;
    errata__take_function *take;
    void *ctx;
    /* Of the body, after decompression. */
    uint64_t bytes;
    /* The status of the answer, once the body has begun. */
    uint32_t http;
    /* Why the body was dropped: what take returned, or ERRATA_LIMIT_DOCUMENT. */
    enum errata_status dropped;
    /* The key was in a body that came with 200, which was dropped for that. */
    bool has_key;
    struct errata__echo echo;
    char head[ERRATA__HEAD_LIMIT];
    size_t head_length;
    char reason[ERRATA__REASON_SIZE];
};

/* What became of a transfer. */
enum errata__fate {
    /* An answer came whole. */
    ERRATA__FATE_ANSWERED,
    /* No whole answer came, and trying again may help. */
    ERRATA__FATE_BROKEN,
    /* No answer can come: a certificate that cannot be verified, a proxy that refuses. */
    ERRATA__FATE_HOPELESS,
    /* It was dropped from here: see errata__transfer.dropped. */
    ERRATA__FATE_DROPPED,
    /* It was dropped because the key was in it. */
    ERRATA__FATE_ECHOED
};

struct errata__answer {
    enum errata__fate fate;
    /* 0 when there was none. */
    uint32_t http;
    /* Seconds that the API asks to wait; -1 when it does not. */
    int64_t retry_after;
    /* What was wrong, in words that are safe to show; empty when nothing was. */
    char reason[ERRATA_MESSAGE_SIZE];
};

/* Makes one for many requests, one after another. ERRATA_OK; ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__transfer_init(struct errata__transfer *transfer,
                                                           struct errata_client *client);
void errata__transfer_free(struct errata__transfer *transfer);

/* Makes ready for a request. ERRATA_OK; ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__transfer_begin(struct errata__transfer *transfer,
                                                            const char *url,
                                                            errata__take_function *take, void *ctx);
/* What became of it, from libcurl's code for it (CURLcode). */
void errata__transfer_judge(struct errata__transfer *transfer, int code,
                            struct errata__answer *answer);
/* A header of the answer that is a plain number; false: it has none, or it is something else. */
bool errata__transfer_header(const struct errata__transfer *transfer, const char *name,
                             uint64_t *number);

#endif
