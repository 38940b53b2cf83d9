/*
 * Where formats put their bytes: collected, handed to the caller's function some KiB at a time. The first
 * failure sticks: whatever comes behind it does nothing, so that a format checks once, at the end.
 */
#ifndef ERRATA_EXPORT_SINK_H
#define ERRATA_EXPORT_SINK_H

#include <stddef.h>
#include <stdint.h>

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

void errata__sink_bytes(struct errata__sink *sink, const char *bytes, size_t length);
/* A text that ends in NUL. */
void errata__sink_words(struct errata__sink *sink, const char *words);
void errata__sink_number(struct errata__sink *sink, uint64_t number);
/* A JSON string in quotes. */
void errata__sink_quote(struct errata__sink *sink, struct errata_text text);

#endif
