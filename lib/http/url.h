/*
 * Addresses: what a client may talk to, and paths in which an id is one segment whatever it holds.
 */
#ifndef ERRATA_HTTP_URL_H
#define ERRATA_HTTP_URL_H

#include <stdbool.h>

#include <errata/client.h>

#include "core/buffer.h"

/* More bytes in an address are refused. */
#define ERRATA__URL_LIMIT ((size_t)64 * 1024)

/* Where the API is. */
struct errata__base {
    /* Scheme, host, port and path, without a slash at the end; owned. */
    char *text;
    bool https;
    bool loopback;
};

/* Takes url apart and judges it. ERRATA_OK; ERRATA_MISUSE with the reason; ERRATA_NO_MEMORY. On success base->text is
   to be freed with the allocator. */
ERRATA_MUST_CHECK enum errata_status errata__base_init(struct errata__base *base,
                                                       const struct errata_allocator *allocator,
                                                       struct errata_text url, bool allow_http,
                                                       struct errata_error *error);

/* Appends words that end in NUL as they are. In these functions status as errata__buffer_append(). */
ERRATA_MUST_CHECK enum errata_status errata__url_words(struct errata__buffer *out,
                                                       const char *words);
/* Appends a text as part of a path segment or of a query's value. `.` and `..` as a whole are escaped too, so that
   nobody on the way takes them for steps. */
ERRATA_MUST_CHECK enum errata_status errata__url_escaped(struct errata__buffer *out,
                                                         struct errata_text text);

/* Appends BASE/apps/APP/collections/COLLECTION/records. */
ERRATA_MUST_CHECK enum errata_status errata__url_records(struct errata__buffer *out,
                                                         const char *base, struct errata_text app,
                                                         struct errata_text collection);
/* Appends that, /RECORD/status and a NUL. */
ERRATA_MUST_CHECK enum errata_status errata__url_status(struct errata__buffer *out,
                                                        const char *base, struct errata_text app,
                                                        struct errata_text collection,
                                                        struct errata_text record);

/* Fills error for a failure of these: out of memory, or an address over the limit. Returns ERRATA_NO_MEMORY or
   ERRATA_MISUSE. */
enum errata_status errata__url_fail(struct errata_error *error, enum errata_status status);

#endif
