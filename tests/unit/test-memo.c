/* Where entries of the memo go: one that has no place makes room, unless room would not help. */
#include <criterion/criterion.h>

#include "read/memo.h"
#include "written.h"

static struct heap heap;
static struct errata_index *index_;
static struct errata__memo memo;

/* So that the memo is at the load at which it may grow. */
#define OTHERS 64U

static bool add(uint32_t slot, uint32_t tag) {
    struct errata__known *known = errata__memo_room(&memo, (uint64_t)slot << 32 | tag, 1);
    cr_assert_not_null(known);
    return errata__memo_add(&memo, known);
}

static void begin(void) {
    index_ = empty_index(&heap, 0, UINT32_MAX - 1);
    errata__memo_init(&memo, &index_->arena);
    /* Away from the first slots, and apart. */
    for (uint32_t i = 0; i < OTHERS; i++) {
        cr_assert(add(64 + i * 3, i + 1));
    }
}

static void end(void) {
    errata__memo_clear(&memo);
    errata_index_free(index_);
    cr_assert_eq(heap.out, 0);
}

TestSuite(memo, .init = begin, .fini = end);

Test(memo, grows_where_it_is_crowded) {
    uint32_t slots = memo.mask + 1;
    /* One more than slots are looked at, all from the same one on; in a larger table every other is elsewhere. */
    for (uint32_t i = 0; i <= ERRATA__MEMO_PROBES; i++) {
        cr_expect(add(i * slots, 1000 + i), "entry %u", i);
    }
    cr_expect_eq(memo.count, OTHERS + ERRATA__MEMO_PROBES + 1);
    cr_expect_eq(memo.mask + 1, 2 * slots);
}

Test(memo, does_not_grow_where_all_are_alike) {
    uint32_t slots = memo.mask + 1;
    for (unsigned i = 0; i < 10; i++) {
        cr_expect_eq(add(0, 1000), i < ERRATA__MEMO_ALIKE);
    }
    cr_expect_eq(memo.mask + 1, slots);
}

Test(memo, stops_growing_where_it_does_not_help) {
    for (uint32_t i = 0; i < 60; i++) {
        /* They begin at one slot however large the table is. */
        (void)add(0, 1000 + i);
    }
    cr_expect_leq(memo.mask + 1, 16 * (OTHERS + ERRATA__MEMO_PROBES));
}
