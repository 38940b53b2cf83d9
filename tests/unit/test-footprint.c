/* What rows cost, as the documentation says. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "one-index.h"

TestSuite(footprint, .init = begin_index, .fini = end_index);

enum {
    COUNT = 64000
};

static struct errata_footprint footprint(void) {
    struct errata_footprint out;
    errata_index_footprint(index_, &out);
    return out;
}

static uint64_t bytes_of_issues(size_t positions) {
    const uint64_t position[3] = {999999, 999999, 999999};
    struct errata__shape shape = {.pattern = 0};
    uint64_t before = footprint().issues;
    uint32_t id;
    must(errata__shape_intern(index_, &shape, &id));
    for (int i = 0; i < COUNT; i++) {
        must(errata__issue_append(index_, id, position, positions));
    }
    return footprint().issues - before;
}

/* Two bytes for the shape while there are few, three for each position under a million, and a block for every 64. */
Test(footprint, issues) {
    cr_assert_eq(bytes_of_issues(0), COUNT * 2 + COUNT / 64 * 12);
    cr_assert_eq(bytes_of_issues(1), COUNT * 5 + COUNT / 64 * 12);
    cr_assert_eq(bytes_of_issues(2), COUNT * 8 + COUNT / 64 * 12);
}

Test(footprint, documents_and_rule_errors) {
    struct errata__document_row row = {0};
    for (int i = 0; i < COUNT; i++) {
        must(errata__rule_error_append(index_, 0, 0, 0));
        must(errata__document_append(index_, &row));
    }
    cr_assert_leq(footprint().documents, (uint64_t)COUNT * 48);
    cr_assert_leq(footprint().rule_errors, (uint64_t)COUNT * 24);
    cr_assert_eq(footprint().issues + footprint().records + footprint().strings, 0);
}

/* A text is there once: its bytes, a NUL, where it is and how long. */
Test(footprint, records_and_strings) {
    char text[16];
    uint32_t string;
    uint32_t id;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < COUNT; i++) {
            snprintf(text, sizeof text, "loan-%06d", i);
            must(errata__string_intern(index_, text, strlen(text), &string, NULL));
            must(errata__record_intern(index_, ERRATA_NONE, ERRATA_NONE, string, &id));
        }
    }
    cr_assert_eq(footprint().records, COUNT * 12);
    cr_assert_geq(footprint().strings, COUNT * (12 + 12));
    /* Where a string does not fit into a segment of 64 KiB, that ends early. */
    cr_assert_leq(footprint().strings, COUNT * (12 + 12) + 12 * 12);
    errata__index_finish(index_);
    cr_assert_geq(errata_index_memory(index_), footprint().records + footprint().strings);
}
