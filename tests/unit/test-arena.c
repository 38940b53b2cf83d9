/* The arena: alignment, what it counts as held, its limit, blocks given back, failure of the allocator. */
#include <criterion/criterion.h>
#include <stdint.h>

#include "core/arena.h"
#include "made-index.h"

static struct heap heap;
static struct errata__arena arena;

static void begin_with_limit(uint64_t limit) {
    const struct errata_allocator allocator = {heap_alloc, heap_realloc, heap_free, &heap};
    errata__arena_init(&arena, &allocator, limit);
}

static void begin(void) {
    begin_with_limit(0);
}

static void end(void) {
    errata__arena_clear(&arena);
    cr_assert_eq(heap.out, 0);
    cr_assert_eq(arena.held, 0);
}

TestSuite(arena, .init = begin, .fini = end);

/* Every allocation is ours alone: each is filled with a mark of its own, and all marks are still there at the end. */
Test(arena, allocations_are_aligned_and_apart) {
    enum {
        COUNT = 3000
    };
    static unsigned char *starts[COUNT];
    static size_t sizes[COUNT];
    uint64_t seed = 1;
    for (int i = 0; i < COUNT; i++) {
        sizes[i] = draw(&seed, 100) == 0 ? 1 + draw(&seed, 200000) : 1 + draw(&seed, 300);
        starts[i] = errata__arena_alloc(&arena, sizes[i]);
        cr_assert_neq(starts[i], NULL);
        cr_assert_eq((uintptr_t)starts[i] % 8, 0);
        memset(starts[i], i & 0xFF, sizes[i]);
    }
    for (int i = 0; i < COUNT; i++) {
        for (size_t at = 0; at < sizes[i]; at++) {
            cr_assert_eq(starts[i][at], i & 0xFF);
        }
    }
}

Test(arena, zeroed) {
    for (size_t count = 0; count < 500; count++) {
        unsigned char *dirty = errata__arena_alloc(&arena, 64);
        memset(dirty, 0xFF, 64);
        unsigned char *start = errata__arena_zalloc(&arena, count, 3);
        cr_assert_neq(start, NULL);
        for (size_t i = 0; i < count * 3; i++) {
            cr_assert_eq(start[i], 0);
        }
    }
}

Test(arena, impossible_sizes) {
    cr_assert_eq(errata__arena_alloc(&arena, SIZE_MAX), NULL);
    cr_assert_eq(arena.failure, ERRATA_NO_MEMORY);
    cr_assert_eq(errata__arena_alloc(&arena, SIZE_MAX - 8), NULL);
    cr_assert_eq(errata__arena_zalloc(&arena, SIZE_MAX / 2, 3), NULL);
    cr_assert_eq(errata__arena_borrow(&arena, SIZE_MAX / 2, 3), NULL);
    cr_assert_eq(errata__arena_borrow(&arena, SIZE_MAX, 1), NULL);
    cr_assert_eq(arena.held, 0);
    cr_assert_neq(errata__arena_alloc(&arena, 1), NULL);
}

/* Blocks may be given back in any order. */
Test(arena, borrowed_blocks_go_back) {
    enum {
        COUNT = 200
    };
    void *blocks[COUNT];
    uint64_t seed = 2;
    cr_assert_neq(errata__arena_alloc(&arena, 100), NULL);
    uint64_t before = arena.held;
    long out = heap.out;
    for (int i = 0; i < COUNT; i++) {
        blocks[i] = errata__arena_borrow(&arena, 1 + draw(&seed, 1000), 7);
        cr_assert_neq(blocks[i], NULL);
        cr_assert_eq((uintptr_t)blocks[i] % 16, 0);
    }
    cr_assert_eq(heap.out, out + COUNT);
    for (int i = COUNT; i > 0; i--) {
        int at = (int)draw(&seed, (uint32_t)i);
        errata__arena_return(&arena, blocks[at]);
        blocks[at] = blocks[i - 1];
    }
    errata__arena_return(&arena, NULL);
    cr_assert_eq(arena.held, before);
    cr_assert_eq(heap.out, out);
}

/* Much of one size, as segments of tables are, comes from few blocks, hardly larger than all of it. */
Test(arena, segments_share_blocks) {
    for (int i = 0; i < 2000; i++) {
        cr_assert_neq(errata__arena_alloc(&arena, (size_t)16 << 10), NULL);
    }
    cr_assert_leq(arena.held, (uint64_t)2000 * (16 << 10) * 11 / 10);
#ifndef ERRATA_ARENA_DEBUG
    cr_assert_lt(heap.asked, 100);
#endif
}

Test(arena, limit) {
    begin_with_limit(100000);
    size_t given = 0;
    while (errata__arena_alloc(&arena, 1000) != NULL) {
        given += 1000;
        cr_assert_leq(arena.held, 100000);
    }
    cr_assert_eq(arena.failure, ERRATA_LIMIT_MEMORY);
    cr_assert_gt(given, 40000);
    cr_assert_eq(errata__arena_borrow(&arena, 100000, 1), NULL);
    cr_assert_eq(arena.failure, ERRATA_LIMIT_MEMORY);
    errata__arena_clear(&arena);
    cr_assert_eq(arena.limit, 100000);
    /* What was given back may be asked for again. */
    for (int i = 0; i < 10; i++) {
        void *block = errata__arena_borrow(&arena, 90000, 1);
        cr_assert_neq(block, NULL);
        errata__arena_return(&arena, block);
    }
}

Test(arena, refused) {
    heap.fail_at = 3;
    cr_assert_neq(errata__arena_borrow(&arena, 1, 1), NULL);
    cr_assert_neq(errata__arena_borrow(&arena, 1, 1), NULL);
    uint64_t held = arena.held;
    cr_assert_eq(errata__arena_borrow(&arena, 1, 1), NULL);
    cr_assert_eq(errata__arena_alloc(&arena, 1), NULL);
    cr_assert_eq(errata__arena_zalloc(&arena, 1, 1), NULL);
    cr_assert_eq(arena.failure, ERRATA_NO_MEMORY);
    cr_assert_eq(arena.held, held);
}

Test(arena, default_allocator) {
    struct errata_allocator allocator = errata__allocator_or_default(NULL);
    void *block = allocator.alloc(allocator.ctx, 10);
    cr_assert_neq(block, NULL);
    block = allocator.realloc(allocator.ctx, block, 100);
    cr_assert_neq(block, NULL);
    allocator.free(allocator.ctx, block);
    const struct errata_allocator own = {heap_alloc, heap_realloc, heap_free, &heap};
    cr_assert_eq(errata__allocator_or_default(&own).ctx, &heap);
}

/* Pieces are used again, and never touch: a byte behind one is no part of another. */
Test(arena, pieces) {
    unsigned char *pieces[100];
    for (size_t i = 0; i < 100; i++) {
        /* So that some are aligned to no more than 8: a sanitizer sees who minds. */
        cr_assert_neq(errata__arena_alloc(&arena, 8), NULL);
        pieces[i] = errata__arena_piece(&arena);
        cr_assert_neq(pieces[i], NULL);
        memset(pieces[i], (int)i, ERRATA__ARENA_PIECE);
        for (size_t n = 0; n < i; n++) {
            cr_assert_neq(pieces[n] + ERRATA__ARENA_PIECE, pieces[i]);
            cr_assert_eq(pieces[n][ERRATA__ARENA_PIECE - 1], n);
        }
    }
    uint64_t held = arena.held;
    for (size_t i = 0; i < 100; i++) {
        errata__arena_return_piece(&arena, pieces[i]);
    }
    for (size_t i = 0; i < 100; i++) {
        cr_assert_neq(errata__arena_piece(&arena), NULL);
    }
    cr_assert_eq(arena.held, held);
}

static void *spare;

static void give_back(void *ctx) {
    errata__arena_return(ctx, spare);
    spare = NULL;
}

/* At the limit what can be done without is given back, but not for the sake of something else of that kind. */
Test(arena, what_can_be_done_without) {
    errata__arena_clear(&arena);
    begin_with_limit(100000);
    arena.give_back = give_back;
    arena.ctx = &arena;
    spare = errata__arena_spare(&arena, 1, 60000);
    cr_assert_neq(spare, NULL);
    cr_assert_eq(errata__arena_spare(&arena, 1, 60000), NULL);
    cr_assert_eq(arena.failure, ERRATA_LIMIT_MEMORY);
    cr_assert_neq(spare, NULL);
    cr_assert_neq(errata__arena_borrow(&arena, 1, 60000), NULL);
    cr_assert_eq(spare, NULL);
    cr_assert_eq(errata__arena_borrow(&arena, 1, 60000), NULL);
    cr_assert_eq(arena.failure, ERRATA_LIMIT_MEMORY);
}
