/*
 * A body that is collected before anybody looks at it: in memory up to 1 MiB, beyond that in a file without a name.
 */
#ifndef ERRATA_HTTP_BODY_H
#define ERRATA_HTTP_BODY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buffer.h"

#define ERRATA__BODY_MEMORY ((size_t)1 << 20)

struct errata__body {
    /* All of it, or, once there is a file, room for a piece. */
    struct errata__buffer memory;
    /* -1: none. */
    int fd;
    uint64_t length;
};

/* Takes the next bytes. Anything but ERRATA_OK ends it. */
typedef enum errata_status errata__bytes_function(void *ctx, const void *bytes, size_t length);

/* Allocates nothing. */
void errata__body_init(struct errata__body *body, const struct errata_allocator *allocator);
void errata__body_free(struct errata__body *body);
/* Empties it; memory is kept, a file is not. */
void errata__body_clear(struct errata__body *body);

/* Appends. ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_CANNOT_WRITE with error filled: the file cannot be made or written. */
ERRATA_MUST_CHECK enum errata_status errata__body_add(struct errata__body *body, const void *bytes,
                                                      size_t length, struct errata_error *error);
/* Gives the bytes from one offset to another, in order, in pieces. ERRATA_CANNOT_READ; what take returned. */
ERRATA_MUST_CHECK enum errata_status errata__body_give(struct errata__body *body, uint64_t from,
                                                       uint64_t to, errata__bytes_function *take,
                                                       void *ctx);

/* Is it the beginning of a JSON value, or nothing but white space: was it cut off on the way? ERRATA_NO_MEMORY;
   ERRATA_CANNOT_READ. */
ERRATA_MUST_CHECK enum errata_status errata__body_is_cut(struct errata__body *body, bool *cut);

#endif
