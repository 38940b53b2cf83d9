/* Taking documents back: what is left is an index that never saw them, and it holds no more memory. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "written.h"

static struct heap heap;

static void end(void) {
    cr_assert_eq(heap.out, 0);
}

TestSuite(rollback, .fini = end);

static void append(struct errata_index *index, uint64_t seed, uint32_t longest) {
    struct drawn drawn = {seed, 10, longest};
    must(drawn_document(index, &drawn));
}

/* Documents at random into both indexes, others into the first only and back out of it, several at a time too. */
static void compare(uint64_t seed, int documents, uint32_t longest) {
    struct errata_index *tried = empty_index(&heap, 0, UINT32_MAX - 1);
    struct errata_index *spared = empty_index(&heap, 0, UINT32_MAX - 1);
    for (int i = 0; i < documents; i++) {
        struct errata__mark mark;
        errata__index_mark(tried, &mark);
        for (uint32_t rolled_back = draw(&seed, 4); rolled_back > 0; rolled_back--) {
            append(tried, seed + rolled_back * 1000003U, longest);
        }
        errata__index_rollback(tried, &mark);
        append(tried, seed, longest);
        append(spared, seed, longest);
        if (i % 16 == 0) {
            cr_assert(written_alike(tried, spared), "seed %llu", (unsigned long long)seed);
        }
    }
    errata__index_finish(tried);
    errata__index_finish(spared);
    cr_assert(written_alike(tried, spared));
    errata_index_free(tried);
    errata_index_free(spared);
}

Test(rollback, short_texts) {
    for (uint64_t seed = 1; seed < 20; seed++) {
        compare(seed, 200, 40);
    }
}

/* Enough rows for several segments, and for hash tables that grow while something is taken back. */
Test(rollback, many_documents) {
    compare(100, 5000, 40);
}

/* Texts over several segments of the stream. */
Test(rollback, long_texts) {
    for (uint64_t seed = 200; seed < 206; seed++) {
        compare(seed, 60, 200000);
    }
}

/* A document that fails half-way, at whatever allocation, is taken back like any other. */
Test(rollback, refused_half_way) {
    struct errata_index *tried = empty_index(&heap, 0, UINT32_MAX - 1);
    struct errata_index *spared = empty_index(&heap, 0, UINT32_MAX - 1);
    uint64_t seed = 300;
    int refused = 0;
    for (int i = 0; i < 80; i++) {
        seed += 7919;
        for (long n = 1;; n++) {
            struct drawn drawn = {seed, 4, 100000};
            struct errata__mark mark;
            errata__index_mark(tried, &mark);
            heap.fail_at = heap.asked + n;
            enum errata_status status = drawn_document(tried, &drawn);
            heap.fail_at = 0;
            if (status == ERRATA_OK) {
                break;
            }
            cr_assert_eq(status, ERRATA_NO_MEMORY);
            errata__index_rollback(tried, &mark);
            refused++;
        }
        struct drawn drawn = {seed, 4, 100000};
        must(drawn_document(spared, &drawn));
    }
    cr_assert_gt(refused, 80);
    cr_assert(written_alike(tried, spared));
    errata_index_free(tried);
    errata_index_free(spared);
}

/* The same document over and over: what one needed is enough for all, and long texts are given back at once. */
Test(rollback, memory_does_not_grow) {
    struct errata_index *index = empty_index(&heap, 0, UINT32_MAX - 1);
    static char text[70000];
    struct errata__mark mark;
    uint32_t id;
    memset(text, 'x', sizeof text);
    append(index, 1, 100);
    errata__index_mark(index, &mark);
    must(errata__string_intern(index, "y", 1, &id, NULL));
    errata__index_rollback(index, &mark);
    uint64_t before = errata_index_memory(index);
    uint64_t most = 0;
    for (int i = 0; i < 10000; i++) {
        const uint64_t position = UINT64_MAX;
        const uint32_t segment = ERRATA__POSITION;
        struct errata__shape shape = {0};
        snprintf(text, 16, "%d", i);
        must(errata__string_intern(index, text, sizeof text, &shape.message, NULL));
        must(errata__string_intern(index, text, sizeof text / 3, &shape.code, NULL));
        must(errata__pattern_intern(index, &segment, 1, &shape.pattern));
        must(errata__shape_intern(index, &shape, &id));
        must(errata__issue_append(index, id, &position, 1));
        uint64_t memory = errata_index_memory(index);
        if (i == 0) {
            most = memory;
        }
        cr_assert_leq(memory, most);
        errata__index_rollback(index, &mark);
        cr_assert_lt(errata_index_memory(index), most - sizeof text);
    }
    /* What stays is a segment for each column that had none before. */
    cr_assert_leq(errata_index_memory(index), before + (256U << 10));
    errata_index_free(index);
}

/* Positions over many segments of their stream, taken back to every place in it. */
Test(rollback, positions) {
    struct errata_index *index = empty_index(&heap, 0, UINT32_MAX - 1);
    const uint32_t segments[3] = {ERRATA__POSITION, ERRATA__POSITION, ERRATA__POSITION};
    struct errata__shape shape = {0};
    uint32_t id;
    must(errata__string_intern(index, "x", 1, &id, NULL));
    must(errata__pattern_intern(index, segments, 3, &shape.pattern));
    must(errata__shape_intern(index, &shape, &id));
    for (uint64_t round = 0; round < 200; round++) {
        struct errata__mark mark;
        errata__index_mark(index, &mark);
        for (int back = 0; back < 2; back++) {
            for (uint64_t i = 0; i < 100 + round * 17 % 400; i++) {
                const uint64_t positions[3] = {round << 40, back == 0 ? UINT64_MAX : i, i};
                must(errata__issue_append(index, id, positions, 3));
            }
            if (back == 0) {
                errata__index_rollback(index, &mark);
            }
        }
        must(errata__rule_error_append(index, 0, 0, (uint32_t)mark.rows[ERRATA__ISSUES]));
    }
    uint32_t issue = 0;
    for (uint64_t round = 0; round < 200; round++) {
        for (uint64_t i = 0; i < 100 + round * 17 % 400; i++, issue++) {
            uint64_t offset = errata__issue_positions(index, NULL, issue);
            cr_assert_eq(errata__position_next(index, &offset), round << 40);
            cr_assert_eq(errata__position_next(index, &offset), i);
            cr_assert_eq(errata__position_next(index, &offset), i);
            cr_assert_eq(errata__issue_rule_error(index, issue), round);
        }
    }
    cr_assert_eq(issue, index->rows[ERRATA__ISSUES]);
    errata_index_free(index);
}
