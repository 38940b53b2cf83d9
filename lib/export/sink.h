/*
 * Where formats put their bytes: collected, handed to the caller's function some KiB at a time. The first
 * failure sticks: whatever comes behind it does nothing, so that a format checks once, at the end.
 */
#ifndef ERRATA_EXPORT_SINK_H
#define ERRATA_EXPORT_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <errata/index.h>
#include <errata/text.h>

#include "core/buffer.h"

struct errata__sink {
    struct errata__buffer buffer;
    errata_write_function *write;
    void *ctx;
    enum errata_status status;
};

/* Allocates nothing. */
void errata__sink_open(struct errata__sink *sink, const struct errata_allocator *allocator,
                       errata_write_function *write, void *ctx);
/* Hands over what is left, frees, and fills error when anything failed. Returns the first failure. */
ERRATA_MUST_CHECK enum errata_status errata__sink_close(struct errata__sink *sink,
                                                        struct errata_error *error);
/* Makes status the sink's, unless it failed before. */
void errata__sink_fail(struct errata__sink *sink, enum errata_status status);

/* Hands over what is enough for that, and makes room for more bytes; false when something failed. */
bool errata__sink_make_room(struct errata__sink *sink, size_t length);

/* Where `length` bytes are to be written, which count as written; NULL when something failed. In the header, as is the
   next, since a list of issues has some sixty small pieces a line. */
static inline char *errata__sink_take_room(struct errata__sink *sink, size_t length) {
    struct errata__buffer *buffer = &sink->buffer;

    /* Also where there is no room at all yet and nothing is written: NULL is no place. */
    if (length >= buffer->capacity - buffer->length && !errata__sink_make_room(sink, length)) {
        return NULL;
    }
    buffer->length += length;
    return buffer->data + buffer->length - length;
}

static inline void errata__sink_bytes(struct errata__sink *sink, const char *bytes, size_t length) {
    char *room = errata__sink_take_room(sink, length);

    if (room && length > 0) {
        memcpy(room, bytes, length);
    }
}

/* A text that ends in NUL. */
void errata__sink_words(struct errata__sink *sink, const char *words);
void errata__sink_number(struct errata__sink *sink, uint64_t number);
/* A JSON string in quotes. */
void errata__sink_quote(struct errata__sink *sink, struct errata_text text);

#endif
