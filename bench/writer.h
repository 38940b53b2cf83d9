/*
 * Bytes to somewhere in large pieces.
 */
#ifndef ERRATA_BENCH_WRITER_H
#define ERRATA_BENCH_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Takes the next bytes. False: it cannot, and nothing more shall come. */
typedef bool bench_take(void *ctx, const char *bytes, size_t length);

/* Zero it to begin, but for take and ctx. */
struct bench_writer {
    bench_take *take;
    void *ctx;
    bool failed;
    /* Bytes, those in the buffer too. */
    uint64_t written;
    size_t used;
    /* Small enough to stay in the processor's cache until they are taken. */
    char buffer[(size_t)256 << 10];
};

/* Makes room for length more bytes, at most a buffer's. */
char *bench_reserve(struct bench_writer *writer, size_t length);
/* The bytes written to reserved room end here. */
void bench_commit(struct bench_writer *writer, const char *end);

/* Writes a number to where there is room for 20 digits. Returns where it ends. */
char *bench_put_number(char *at, uint64_t number);

/* Hands over what is in the buffer. False: something could not be taken. */
bool bench_write_end(struct bench_writer *writer);

/* A bench_take that writes to the descriptor that ctx points at. errno says what went wrong. */
bool bench_take_to_fd(void *ctx, const char *bytes, size_t length);

#endif
