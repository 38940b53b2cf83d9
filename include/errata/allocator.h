/*
 * Where a reader, its index and the queries on it get their memory from.
 */
#ifndef ERRATA_ALLOCATOR_H
#define ERRATA_ALLOCATOR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Three functions with the contracts of malloc, realloc and free, each with a context in front.
 * Blocks are aligned for any object. They may return NULL at any time: errata reports
 * ERRATA_NO_MEMORY and stays usable. Copied when a reader is made; ctx must outlive the reader, its
 * index and every query on that. Queries on one index from several threads call it from those
 * threads at once, and so does a reader on several threads, so it must then be thread-safe, as malloc
 * is. Two things come from malloc all the same: the state of a zstd decompression (at most 128 MiB and
 * some), and machine code of regular expressions.
 */
struct errata_allocator {
    /** size is never 0. */
    void *(*alloc)(void *ctx, size_t size);
    /** block may be NULL; size is never 0. On failure block stays valid. */
    void *(*realloc)(void *ctx, void *block, size_t size);
    /** block may be NULL. */
    void (*free)(void *ctx, void *block);
    /** Passed through. */
    void *ctx;
};

#ifdef __cplusplus
}
#endif
#endif
