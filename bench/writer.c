/*
 * Bytes to somewhere in large pieces; see writer.h.
 */
#include "writer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void flush(struct bench_writer *writer) {
    if (!writer->failed && !writer->take(writer->ctx, writer->buffer, writer->used)) {
        writer->failed = true;
    }
    writer->used = 0;
}

char *bench_reserve(struct bench_writer *writer, size_t length) {
    if (length > sizeof writer->buffer - writer->used) {
        flush(writer);
    }
    return writer->buffer + writer->used;
}

void bench_commit(struct bench_writer *writer, const char *end) {
    size_t used = (size_t)(end - writer->buffer);

    writer->written += used - writer->used;
    writer->used = used;
}

char *bench_put_number(char *at, uint64_t number) {
    char digits[20];
    size_t first = sizeof digits;

    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (first < sizeof digits) {
        *at++ = digits[first++];
    }
    return at;
}

bool bench_write_end(struct bench_writer *writer) {
    flush(writer);
    return !writer->failed;
}

bool bench_take_to_fd(void *ctx, const char *bytes, size_t length) {
    const int *fd = ctx;

    while (length > 0) {
        ssize_t count = write(*fd, bytes, length);

        if (count >= 0) {
            bytes += count;
            length -= (size_t)count;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}
