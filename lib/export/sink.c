/*
 * Collecting output: see sink.h.
 */
#include "export/sink.h"

#include <string.h>

#include "core/fail.h"
#include "json/text.h"

/* Big enough that the receiver's own cost, a system call, does not count. */
#define FULL ((size_t)64 * 1024)

void errata__sink_open(struct errata__sink *sink, const struct errata_allocator *allocator,
                       errata_write_function *write, void *ctx) {
    /* The longest single thing in it is a text of the index, six times as long in escapes. */
    errata__buffer_init(&sink->buffer, allocator, SIZE_MAX);
    sink->write = write;
    sink->ctx = ctx;
    sink->status = ERRATA_OK;
}

static void flush(struct errata__sink *sink) {
    if (sink->status == ERRATA_OK && sink->buffer.length > 0) {
        sink->status = sink->write(sink->ctx, sink->buffer.data, sink->buffer.length);
    }
    sink->buffer.length = 0;
}

enum errata_status errata__sink_close(struct errata__sink *sink, struct errata_error *error) {
    flush(sink);
    errata__buffer_free(&sink->buffer);
    return sink->status == ERRATA_OK ? ERRATA_OK : errata__fail_plain(error, sink->status);
}

void errata__sink_fail(struct errata__sink *sink, enum errata_status status) {
    if (sink->status == ERRATA_OK) {
        sink->status = status;
    }
}

bool errata__sink_make_room(struct errata__sink *sink, size_t length) {
    if (sink->buffer.length >= FULL / 2) {
        flush(sink);
    }
    if (sink->status == ERRATA_OK) {
        size_t room = length < FULL - sink->buffer.length ? FULL - sink->buffer.length : length;

        sink->status = errata__buffer_reserve(&sink->buffer, room);
    }
    return sink->status == ERRATA_OK;
}

void errata__sink_words(struct errata__sink *sink, const char *words) {
    errata__sink_bytes(sink, words, strlen(words));
}

void errata__sink_number(struct errata__sink *sink, uint64_t number) {
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    errata__sink_bytes(sink, digits + at, sizeof digits - at);
}

void errata__sink_quote(struct errata__sink *sink, struct errata_text text) {
    if (sink->buffer.length >= FULL) {
        flush(sink);
    }
    if (sink->status == ERRATA_OK) {
        sink->status = errata__json_quote(&sink->buffer, text.data, text.length);
    }
}
