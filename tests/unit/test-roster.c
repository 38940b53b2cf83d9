/* Records by their strings: found again in whatever order the strings come, and after some were taken back. */
#include <criterion/criterion.h>

#include "index/reuse.h"
#include "one-index.h"

TestSuite(roster, .init = begin_index, .fini = end_index);

/* The same, found by looking at all. */
enum {
    MOST = 4000
};
static uint32_t naive[MOST][3];
static uint32_t n_naive;

static uint32_t naive_intern(const uint32_t *record) {
    uint32_t id = 0;
    while (id < n_naive && (record[2] == ERRATA_NONE || memcmp(naive[id], record, 12) != 0)) {
        id++;
    }
    if (id == n_naive) {
        memcpy(naive[n_naive++], record, 12);
    }
    return id;
}

static void intern(uint32_t app, uint32_t collection, uint32_t string) {
    const uint32_t record[3] = {app, collection, string};
    uint32_t id;
    must(errata__record_intern(index_, app, collection, string, &id));
    cr_assert_eq(id, naive_intern(record), "app %u, collection %u, string %u", app, collection,
                 string);
}

/* Strings that rise with the records, with gaps, and come again; some records without an id. */
static void intern_some(uint64_t *seed, uint32_t *next, uint32_t gap, uint32_t names) {
    if (draw(seed, 3) > 0) {
        *next += 1 + draw(seed, gap);
        intern(draw(seed, names), draw(seed, names), *next);
    } else if (draw(seed, 5) > 0) {
        intern(draw(seed, names), draw(seed, names), draw(seed, *next + 1));
    } else {
        intern(draw(seed, names), draw(seed, names), ERRATA_NONE);
    }
}

static void try_seed(uint64_t seed, uint32_t gap, uint32_t names) {
    uint32_t next = 0;
    n_naive = 0;
    while (n_naive < MOST - 300) {
        struct errata__mark mark;
        uint32_t kept = n_naive;
        uint32_t rolled_back = draw(&seed, 2) * draw(&seed, 200);
        uint32_t last = next;
        errata__index_mark(index_, &mark);
        for (uint32_t i = 0; i < rolled_back; i++) {
            intern_some(&seed, &next, gap, names);
        }
        errata__index_rollback(index_, &mark);
        n_naive = kept;
        next = last;
        for (uint32_t i = draw(&seed, 100); i > 0; i--) {
            intern_some(&seed, &next, gap, names);
        }
    }
    errata__index_drop_rows(index_, false);
}

Test(roster, as_by_looking_at_all) {
    for (uint64_t seed = 1; seed <= 4; seed++) {
        try_seed(seed, 1, 1);
        try_seed(seed, 3, 3);
        try_seed(seed, 200, 2);
    }
}

/* Of a million records whose strings come with them, each is found, and finding them takes 5 bytes for each. */
Test(roster, many_in_order) {
    enum {
        COUNT = 1000000
    };
    uint32_t id;
    for (uint32_t round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < COUNT; i++) {
            must(errata__record_intern(index_, i % 2, ERRATA_NONE, 7 + i, &id));
            cr_assert_eq(id, i);
        }
    }
    uint64_t with = errata_index_memory(index_);
    errata__index_finish(index_);
    cr_assert_lt(with - errata_index_memory(index_), (uint64_t)COUNT * 5 + (1U << 20));
}

/* Behind each block lie bytes that are still there when it is given back. */
enum {
    SIZE_AT = 16,
    FENCE = 64
};
static unsigned broken_fences;

static void *fenced_alloc(void *ctx, size_t size) {
    (void)ctx;
    unsigned char *block = malloc(SIZE_AT + size + FENCE);
    if (block == NULL) {
        return NULL;
    }
    memcpy(block, &size, sizeof size);
    memset(block + SIZE_AT + size, 0xA5, FENCE);
    return block + SIZE_AT;
}

static void fenced_free(void *ctx, void *bytes) {
    (void)ctx;
    if (bytes == NULL) {
        return;
    }
    unsigned char *block = (unsigned char *)bytes - SIZE_AT;
    size_t size;
    memcpy(&size, block, sizeof size);
    for (size_t i = 0; i < FENCE; i++) {
        broken_fences += block[SIZE_AT + size + i] != 0xA5;
    }
    free(block);
}

static void *fenced_realloc(void *ctx, void *bytes, size_t size) {
    void *fresh = fenced_alloc(ctx, size);
    if (fresh != NULL && bytes != NULL) {
        size_t before;
        memcpy(&before, (unsigned char *)bytes - SIZE_AT, sizeof before);
        memcpy(fresh, bytes, before < size ? before : size);
        fenced_free(ctx, bytes);
    }
    return fresh;
}

/* The groups of strings are 16, 32, 64 ...: also when the last string is the last of all groups, forgetting stays
   within them, and forgets all. */
Test(roster, forgets_within_its_bounds) {
    const struct errata_allocator allocator = {fenced_alloc, fenced_realloc, fenced_free, NULL};
    for (uint32_t last = 0; last < 4200; last++) {
        struct errata_index *index;
        uint32_t id;
        must(errata__index_new(&index, &allocator, 0, UINT32_MAX - 1, false));
        must(errata__record_intern(index, 0, 0, 0, &id));
        must(errata__record_intern(index, 0, 0, last / 2, &id));
        must(errata__record_intern(index, 0, 0, last, &id));
        errata__index_drop_rows(index, false);
        must(errata__record_intern(index, 1, 0, last, &id));
        cr_assert_eq(id, 0);
        must(errata__record_intern(index, 1, 0, last / 2, &id));
        cr_assert_eq(id, last == 0 ? 0 : 1);
        errata_index_free(index);
        cr_assert_eq(broken_fences, 0, "when the last string is %u", last);
    }
}
