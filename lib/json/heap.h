/*
 * Memory for yajl, which never looks whether malloc worked: a failed allocation here leaves yajl by longjmp.
 * So its blocks are kept on a list, and all of them are freed as a whole. yajl is made anew for each value, and
 * values are often small: what a small one needs is cut from room that is always there.
 */
#ifndef ERRATA_JSON_HEAP_H
#define ERRATA_JSON_HEAP_H

#include <setjmp.h>
#include <stddef.h>

#include <errata/allocator.h>

/* A handle of yajl 2.1.0 with both its buffers takes some 5,000 bytes. */
#define ERRATA__JSON_HEAP_ROOM 8192

struct errata__json_block;

struct errata__json_heap {
    const struct errata_allocator *allocator;
    struct errata__json_block *blocks;
    size_t used;
    /* Where a failed allocation goes; set by _setjmp() before each call into yajl that may allocate. */
    jmp_buf exit;
    _Alignas(max_align_t) unsigned char room[ERRATA__JSON_HEAP_ROOM];
};

/* allocator must outlive the heap. */
void errata__json_heap_init(struct errata__json_heap *heap,
                            const struct errata_allocator *allocator);
/* Frees all that was given out. */
void errata__json_heap_clear(struct errata__json_heap *heap);

/* Shaped as yajl wants them; ctx is the heap. */
void *errata__json_heap_malloc(void *ctx, size_t size);
void *errata__json_heap_realloc(void *ctx, void *old, size_t size);
void errata__json_heap_free(void *ctx, void *old);

#endif
