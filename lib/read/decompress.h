/*
 * Decompression of a source, piece by piece: gzip, zstd, or neither.
 */
#ifndef ERRATA_READ_DECOMPRESS_H
#define ERRATA_READ_DECOMPRESS_H

#include <stdbool.h>
#include <stddef.h>

#include <errata/allocator.h>
#include <errata/error.h>

/* First bytes that are enough to tell. */
#define ERRATA__MAGIC_SIZE 4U

struct errata__decompressor;

/* Makes the decompressor for data that begin with these bytes; *out is NULL when they are not compressed. */
ERRATA_MUST_CHECK enum errata_status errata__decompressor_new(
    struct errata__decompressor **out, const struct errata_allocator *allocator,
    const unsigned char *magic, size_t length);
void errata__decompressor_free(struct errata__decompressor *decompressor);

/* Input and room for output; moved on by what was taken and given. */
struct errata__flow {
    const unsigned char *in;
    size_t in_length;
    unsigned char *out;
    size_t out_length;
};

/* Decompresses some. ERRATA_OK: go on, with more input when it is used up. ERRATA_NO_MEMORY. ERRATA_BAD_COMPRESSION:
   errata__decompressor_reason() says why. */
ERRATA_MUST_CHECK enum errata_status errata__decompressor_run(
    struct errata__decompressor *decompressor, struct errata__flow *flow);
/* May the data end here, between two members or frames? Else the reason is set. */
bool errata__decompressor_at_end(struct errata__decompressor *decompressor);
const char *errata__decompressor_reason(const struct errata__decompressor *decompressor);

#endif
