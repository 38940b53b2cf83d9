/*
 * Text to standard output; see writer.h.
 */
#include "writer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void flush(struct bench_writer *writer) {
    size_t at = 0;

    while (at < writer->used && !writer->failed) {
        ssize_t count = write(STDOUT_FILENO, writer->buffer + at, writer->used - at);

        if (count >= 0) {
            at += (size_t)count;
        } else if (errno != EINTR) {
            writer->failed = true;
        }
    }
    writer->used = 0;
}

static void put(struct bench_writer *writer, const char *text, size_t length) {
    writer->written += length;
    while (length > 0) {
        size_t room = sizeof writer->buffer - writer->used;
        size_t count = length < room ? length : room;

        memcpy(writer->buffer + writer->used, text, count);
        writer->used += count;
        text += count;
        length -= count;
        if (writer->used == sizeof writer->buffer) {
            flush(writer);
        }
    }
}

static void put_new_line(struct bench_writer *writer) {
    put(writer, "\n", 1);
    for (unsigned i = 0; i < writer->depth; i++) {
        put(writer, "  ", 2);
    }
}

static void put_in_string(struct bench_writer *writer, char c) {
    put(writer, &c, 1);
    writer->in_string = c != '"' || writer->escaped;
    writer->escaped = c == '\\' && !writer->escaped;
}

static void put_pretty(struct bench_writer *writer, char c) {
    bool closes = c == '}' || c == ']';
    bool opened = writer->opened;

    if (writer->in_string) {
        put_in_string(writer, c);
        return;
    }
    writer->opened = c == '{' || c == '[';
    writer->in_string = c == '"';
    writer->depth -= closes;
    /* An empty container stays as it is. */
    if (opened != closes) {
        put_new_line(writer);
    }
    put(writer, &c, 1);
    writer->depth += writer->opened;
    if (c == ',') {
        put_new_line(writer);
    } else if (c == ':') {
        put(writer, " ", 1);
    }
}

void bench_write(struct bench_writer *writer, const char *text, size_t length) {
    if (!writer->pretty) {
        put(writer, text, length);
        return;
    }
    for (size_t i = 0; i < length; i++) {
        put_pretty(writer, text[i]);
    }
}

void bench_write_text(struct bench_writer *writer, const char *text) {
    bench_write(writer, text, strlen(text));
}

void bench_write_number(struct bench_writer *writer, uint64_t number) {
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    bench_write(writer, digits + at, sizeof digits - at);
}

void bench_write_line_end(struct bench_writer *writer) {
    put(writer, "\n", 1);
}

bool bench_write_end(struct bench_writer *writer) {
    flush(writer);
    return !writer->failed;
}
