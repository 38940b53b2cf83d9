/*
 * The bytes of a descriptor, decompressed, piece by piece.
 */
#ifndef ERRATA_READ_INPUT_H
#define ERRATA_READ_INPUT_H

#include <stdatomic.h>
#include <stdint.h>

#include "read/decompress.h"

/* One read, and one piece of decompressed text. Larger ones gain nothing: see docs/performance.md. */
#define ERRATA__INPUT_SIZE ((size_t)256 << 10)

struct errata__input {
    const struct errata_allocator *allocator;
    int fd;
    /* When this one has something to be read, no more is wanted; -1: there is none. */
    int stop;
    /* What stands in front of the descriptor's bytes. */
    const void *peeked;
    size_t peeked_length;
    /* What is read at once: ERRATA__INPUT_SIZE at most. */
    size_t size;
    bool begun;
    /* Bytes that were read, before decompression; any thread may look. */
    _Atomic uint64_t taken;
    /* NULL: the bytes are not compressed. */
    struct errata__decompressor *decompressor;
    /* Compressed bytes, and where in them decompression stands. */
    unsigned char *compressed;
    struct errata__flow flow;
    /* The last piece was as long as it could be: more may come without more bytes. */
    bool full;
    /* What stands behind the last piece: ERRATA_OK while none is known, or ERRATA_CANNOT_READ (for the reason in
       error_number), ERRATA_BAD_COMPRESSION (reason), ERRATA_NO_MEMORY. */
    enum errata_status status;
    int error_number;
    const char *reason;
};

/* Sets *length to how many of ERRATA__INPUT_SIZE bytes at out there are now; 0: the end. Short reads are passed on at
   once, so that a pipe is read as it comes. Returns input->status when nothing came before it. */
ERRATA_MUST_CHECK enum errata_status errata__input_next(struct errata__input *input,
                                                        unsigned char *out, size_t *length);
/* Gives back what it has; not the descriptor. */
void errata__input_free(struct errata__input *input);

#endif
