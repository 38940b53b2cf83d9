/*
 * Text to standard output in large pieces, as it comes or pretty-printed.
 */
#ifndef ERRATA_BENCH_WRITER_H
#define ERRATA_BENCH_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero it to begin; pretty may be set. */
struct bench_writer {
    /* Lay compact JSON out as JSON.stringify(value, null, 2) does. */
    bool pretty;
    bool failed;
    /* Bytes, those in the buffer too. */
    uint64_t written;

    /* Of the layout: containers open, in a string, behind a backslash, behind an opening bracket. */
    unsigned depth;
    bool in_string;
    bool escaped;
    bool opened;

    size_t used;
    char buffer[(size_t)1 << 20];
};

void bench_write(struct bench_writer *writer, const char *text, size_t length);
void bench_write_text(struct bench_writer *writer, const char *text);
void bench_write_number(struct bench_writer *writer, uint64_t number);
/* Between documents. */
void bench_write_line_end(struct bench_writer *writer);
/* Writes out what is in the buffer. False: something could not be written, errno says why. */
bool bench_write_end(struct bench_writer *writer);

#endif
