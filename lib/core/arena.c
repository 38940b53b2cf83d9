/*
 * The arena: blocks cut from front to back. Two kinds of block are in one list: those that small
 * allocations are cut from, and borrowed ones of a single allocation.
 */
#include "core/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Blocks grow from the first size to that of a huge page, and are an eighth of what there is already at most: a
   million small documents took a fifth longer when each segment of their tables came from malloc() alone. */
#define FIRST_BLOCK ((size_t)16 << 10)
#define HUGE_PAGE ((size_t)2 << 20)
#define LARGEST_BLOCK (HUGE_PAGE - sizeof(struct errata__block))
/* Of what the arena gives out. */
#define ALIGNMENT ((size_t)8)

struct errata__block {
    struct errata__block *next;
    struct errata__block *previous;
    size_t size;
    alignas(16) unsigned char bytes[];
};

/* What is as large as a huge page lies in such: touching a million texts for the first time, page by page, and looking
   for them in tables of many pages, was a quarter of the time of reading them. */
static void *default_alloc(void *ctx, size_t size) {
    void *start;
    (void)ctx;
    if (size < HUGE_PAGE) {
        return malloc(size);
    }
    if (posix_memalign(&start, HUGE_PAGE, size) != 0) {
        return NULL;
    }
    /* Without huge pages it is as before. */
    (void)madvise(start, size, MADV_HUGEPAGE);
    return start;
}

static void *default_realloc(void *ctx, void *block, size_t size) {
    (void)ctx;
    return realloc(block, size);
}

static void default_free(void *ctx, void *block) {
    (void)ctx;
    free(block);
}

struct errata_allocator errata__allocator_or_default(const struct errata_allocator *allocator) {
    if (allocator != NULL) {
        return *allocator;
    }
    return (struct errata_allocator){default_alloc, default_realloc, default_free, NULL};
}

void errata__arena_init(struct errata__arena *arena, const struct errata_allocator *allocator,
                        uint64_t limit) {
    memset(arena, 0, sizeof *arena);
    arena->allocator = *allocator;
    arena->limit = limit;
}

void errata__arena_clear(struct errata__arena *arena) {
    struct errata__block *block = arena->blocks;
    while (block != NULL) {
        struct errata__block *next = block->next;
        arena->allocator.free(arena->allocator.ctx, block);
        block = next;
    }
    struct errata_allocator allocator = arena->allocator;
    errata__arena_init(arena, &allocator, arena->limit);
}

static bool over_limit(const struct errata__arena *arena, size_t size) {
    return arena->limit != 0 && (arena->held > arena->limit || size > arena->limit - arena->held);
}

static struct errata__block *add_block(struct errata__arena *arena, size_t size) {
    if (size > SIZE_MAX - sizeof(struct errata__block)) {
        arena->failure = ERRATA_NO_MEMORY;
        return NULL;
    }
    size_t whole = size + sizeof(struct errata__block);
    if (over_limit(arena, whole) && arena->give_back != NULL) {
        arena->give_back(arena->ctx);
    }
    if (over_limit(arena, whole)) {
        arena->failure = ERRATA_LIMIT_MEMORY;
        return NULL;
    }
    struct errata__block *block = arena->allocator.alloc(arena->allocator.ctx, whole);
    if (block == NULL) {
        arena->failure = ERRATA_NO_MEMORY;
        return NULL;
    }
    block->size = whole;
    block->previous = NULL;
    block->next = arena->blocks;
    if (block->next != NULL) {
        block->next->previous = block;
    }
    arena->blocks = block;
    arena->held += whole;
    return block;
}

#ifndef ERRATA_ARENA_DEBUG
/* How large a block to cut from should be by now. */
static size_t next_block(const struct errata__arena *arena) {
    size_t size = FIRST_BLOCK;
    while (size < LARGEST_BLOCK && size < arena->kept / 16) {
        size *= 2;
    }
    return size < LARGEST_BLOCK ? size : LARGEST_BLOCK;
}
#endif

void *errata__arena_alloc(struct errata__arena *arena, size_t size) {
    if (size > SIZE_MAX - (ALIGNMENT - 1)) {
        arena->failure = ERRATA_NO_MEMORY;
        return NULL;
    }
    size = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
#ifdef ERRATA_ARENA_DEBUG
    struct errata__block *block = add_block(arena, size);
    return block == NULL ? NULL : block->bytes;
#else
    if (size <= (size_t)(arena->end - arena->at)) {
        void *start = arena->at;
        arena->at += size;
        return start;
    }
    /* Something large beside a block that still has room gets one of its own. */
    size_t whole = next_block(arena);
    bool alone = size > whole / 4;
    struct errata__block *block = add_block(arena, alone ? size : whole);
    if (block == NULL) {
        return NULL;
    }
    arena->kept += block->size;
    if (!alone) {
        arena->at = block->bytes + size;
        arena->end = block->bytes + whole;
    }
    return block->bytes;
#endif
}

void *errata__arena_zalloc(struct errata__arena *arena, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        arena->failure = ERRATA_NO_MEMORY;
        return NULL;
    }
    void *start = errata__arena_alloc(arena, bytes == 0 ? 1 : bytes);
    if (start != NULL) {
        memset(start, 0, bytes);
    }
    return start;
}

void *errata__arena_borrow(struct errata__arena *arena, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        arena->failure = ERRATA_NO_MEMORY;
        return NULL;
    }
    struct errata__block *block = add_block(arena, bytes);
    return block == NULL ? NULL : block->bytes;
}

/* In front of a piece. With it two pieces never touch, by which those who use them tell them from parts of one. */
struct errata__piece {
    struct errata__piece *next;
};
_Static_assert(alignof(struct errata__piece) <= ALIGNMENT, "it lies in what the arena gives out");

void *errata__arena_piece(struct errata__arena *arena) {
#ifdef ERRATA_ARENA_DEBUG
    return errata__arena_borrow(arena, 1, ERRATA__ARENA_PIECE);
#else
    struct errata__piece *piece = arena->pieces;
    if (piece != NULL) {
        arena->pieces = piece->next;
        return piece + 1;
    }
    piece = errata__arena_alloc(arena, sizeof *piece + ERRATA__ARENA_PIECE);
    return piece == NULL ? NULL : piece + 1;
#endif
}

void errata__arena_return_piece(struct errata__arena *arena, void *start) {
#ifdef ERRATA_ARENA_DEBUG
    errata__arena_return(arena, start);
#else
    struct errata__piece *piece = (struct errata__piece *)start - 1;
    piece->next = arena->pieces;
    arena->pieces = piece;
#endif
}

void *errata__arena_spare(struct errata__arena *arena, size_t count, size_t size) {
    void (*give_back)(void *ctx) = arena->give_back;
    arena->give_back = NULL;
    void *start = errata__arena_borrow(arena, count, size);
    arena->give_back = give_back;
    return start;
}

void errata__arena_return(struct errata__arena *arena, void *start) {
    if (start == NULL) {
        return;
    }
    struct errata__block *block =
        (void *)((unsigned char *)start - offsetof(struct errata__block, bytes));
    if (block->previous != NULL) {
        block->previous->next = block->next;
    } else {
        arena->blocks = block->next;
    }
    if (block->next != NULL) {
        block->next->previous = block->previous;
    }
    arena->held -= block->size;
    arena->allocator.free(arena->allocator.ctx, block);
}
