/*
 * Where an index (and a query) keeps everything it allocates: small things are cut from blocks, and
 * nothing is freed singly; all goes at once. Big arrays that must grow (hash tables, segment
 * directories) are blocks of their own, which may be given back.
 *
 * With ERRATA_ARENA_DEBUG every allocation is a block of its own, so that sanitizers see its ends.
 */
#ifndef ERRATA_CORE_ARENA_H
#define ERRATA_CORE_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include <errata/allocator.h>
#include <errata/error.h>

struct errata__block;
struct errata__piece;

struct errata__arena {
    struct errata_allocator allocator;
    /* Bytes held of the allocator, and the most that may be (0: no limit). */
    uint64_t held;
    uint64_t limit;
    /* Why the last allocation failed: ERRATA_NO_MEMORY or ERRATA_LIMIT_MEMORY. */
    enum errata_status failure;
    /* Called when the limit is met, to give back what can be done without; NULL: nothing can. */
    void (*give_back)(void *ctx);
    void *ctx;
    struct errata__block *blocks;
    /* Those that were given back. */
    struct errata__piece *pieces;
    unsigned char *at;
    unsigned char *end;
    /* Bytes of blocks for what is never given back: the more there are, the larger is the next. */
    uint64_t kept;
};

/* The allocator that stands for NULL: malloc, realloc, free. */
struct errata_allocator errata__allocator_or_default(const struct errata_allocator *allocator);

void errata__arena_init(struct errata__arena *arena, const struct errata_allocator *allocator,
                        uint64_t limit);
/* Gives everything back. The arena may be used again. */
void errata__arena_clear(struct errata__arena *arena);

/* size bytes (at least 1), aligned to 8, not zeroed; NULL: see arena->failure. */
void *errata__arena_alloc(struct errata__arena *arena, size_t size);
/* As above for count objects of size bytes, checked for overflow, zeroed. */
void *errata__arena_zalloc(struct errata__arena *arena, size_t count, size_t size);

/* A block of its own, not zeroed, to be given back with errata__arena_return() or with the arena. */
void *errata__arena_borrow(struct errata__arena *arena, size_t count, size_t size);
/* The same for what can be done without: NULL rather than that anything else is given back for it. */
void *errata__arena_spare(struct errata__arena *arena, size_t count, size_t size);
/* start may be NULL. */
void errata__arena_return(struct errata__arena *arena, void *start);

/* Cut from the blocks of small allocations, all of one size, so that they can be given back and used again. */
#define ERRATA__ARENA_PIECE ((size_t)64 << 10)
void *errata__arena_piece(struct errata__arena *arena);
void errata__arena_return_piece(struct errata__arena *arena, void *start);

#endif
