/*
 * For tests of the tables: the index that a test fills, in memory that is counted. A suite's .init is begin_index, its
 * .fini end_index.
 */
#ifndef ERRATA_TESTS_ONE_INDEX_H
#define ERRATA_TESTS_ONE_INDEX_H

#include <criterion/criterion.h>

#include "written.h"

static struct heap heap;
static struct errata_index *index_;

static void begin_index(void) {
    index_ = empty_index(&heap, 0, UINT32_MAX - 1);
}

static void end_index(void) {
    errata_index_free(index_);
    cr_assert_eq(heap.out, 0);
}

#endif
