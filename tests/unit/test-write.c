/*
 * The written form, by the bytes: docs/index-format.md. tests/index-format/ reads it in another language, and compares what
 * is in it.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <criterion/criterion.h>
#include <stdio.h>

#include "written.h"

static struct heap heap;

static void end(void) {
    cr_assert_eq(heap.out, 0);
}

TestSuite(write, .fini = end);

static uint64_t number(const struct written *written, size_t at, size_t bytes) {
    uint64_t value = 0;
    cr_assert_leq(at + bytes, written->length);
    for (size_t i = bytes; i > 0; i--) {
        value = value << 8 | (unsigned char)written->data[at + i - 1];
    }
    return value;
}

#define HEADER 56
#define ENTRY 40

/* Header, directory, checksums; tables one behind another with zeros between. */
static void check_frame(const struct written *written) {
    size_t tables = (size_t)number(written, 16, 4);
    cr_assert_eq(memcmp(written->data,
                        "\x89"
                        "errata",
                        8),
                 0);
    cr_assert_eq(number(written, 8, 4), 2);
    cr_assert_eq(number(written, 12, 4), 0x0A0B0C0D);
    cr_assert_eq(number(written, 20, 4), ENTRY);
    uint64_t behind = HEADER + tables * ENTRY;
    char *copy = malloc(behind);
    memcpy(copy, written->data, behind);
    memset(copy + 48, 0, 8);
    cr_assert_eq(number(written, 48, 8), XXH3_64bits(copy, behind));
    free(copy);
    for (size_t table = 0; table < tables; table++) {
        size_t entry = HEADER + table * ENTRY;
        uint64_t bytes = number(written, entry + 4, 4) * number(written, entry + 24, 8);
        uint64_t padded = (bytes + 7) / 8 * 8;
        cr_assert_eq(number(written, entry, 4), table);
        cr_assert_eq(number(written, entry + 8, 8), 0);
        cr_assert_eq(number(written, entry + 16, 8), behind);
        cr_assert_leq(behind + padded, written->length);
        cr_assert_eq(number(written, entry + 32, 8), XXH3_64bits(written->data + behind, padded));
        for (uint64_t i = bytes; i < padded; i++) {
            cr_assert_eq(written->data[behind + i], 0);
        }
        behind += padded;
    }
    cr_assert_eq(behind, written->length);
}

static struct errata_index *random_index(uint64_t seed, int documents, uint32_t longest) {
    struct errata_index *index = empty_index(&heap, 0, UINT32_MAX - 1);
    struct drawn drawn = {seed, 10, longest};
    for (int i = 0; i < documents; i++) {
        must(drawn_document(index, &drawn));
    }
    return index;
}

Test(write, frame) {
    static const struct {
        int documents;
        uint32_t longest;
    } sizes[] = {{0, 1}, {1, 10}, {20, 10}, {1000, 50}, {5000, 20}, {50, 200000}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct errata_index *index = random_index(i, sizes[i].documents, sizes[i].longest);
        struct written written = written_of(index);
        check_frame(&written);
        free(written.data);
        errata_index_free(index);
    }
}

/* Nothing depends on the secret of the hash tables, which is another for each index. */
Test(write, equal_input_gives_equal_bytes) {
    struct errata_index *one = random_index(7, 500, 1000);
    struct errata_index *other = random_index(7, 500, 1000);
    struct errata_index *different = random_index(8, 500, 1000);
    cr_assert_neq(memcmp(one->secret, other->secret, sizeof one->secret), 0);
    errata__index_finish(other);
    cr_assert(written_alike(one, other));
    cr_assert_not(written_alike(one, different));
    errata_index_free(one);
    errata_index_free(other);
    errata_index_free(different);
}

/* Whatever ends the writing is what the caller gets, and nothing more is written. */
struct failing {
    int calls;
    int fail_at;
};

static enum errata_status fail_at_call(void *ctx, const void *bytes, size_t length) {
    struct failing *failing = ctx;
    cr_assert_neq(bytes, NULL);
    cr_assert_gt(length, 0);
    cr_assert_neq(failing->calls, failing->fail_at);
    return ++failing->calls == failing->fail_at ? ERRATA_CLOSED : ERRATA_OK;
}

Test(write, failure_of_the_receiver) {
    struct errata_index *index = random_index(9, 60, 30000);
    struct errata_error error;
    struct failing failing = {0, -1};
    long before = heap.asked;
    must(errata_index_write(index, fail_at_call, &failing, &error));
    cr_assert_gt(failing.calls, 20);
    for (int n = 1, calls = failing.calls; n <= calls; n++) {
        failing = (struct failing){0, n};
        cr_assert_eq(errata_index_write(index, fail_at_call, &failing, &error), ERRATA_CLOSED);
        cr_assert_eq(error.status, ERRATA_CLOSED);
        cr_assert_eq(failing.calls, n);
    }
    cr_assert_eq(heap.asked, before);
    errata_index_free(index);
}
