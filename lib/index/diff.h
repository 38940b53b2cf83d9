/*
 * The inside of a comparison: groups that were found again from side to side, each with a number per side.
 */
#ifndef ERRATA_INDEX_DIFF_H
#define ERRATA_INDEX_DIFF_H

#include <errata/diff.h>

#include "core/arena.h"

struct errata__diff_row {
    struct errata_text *values;
    /* One number per side. */
    uint64_t *issues;
    uint32_t *records;
    uint32_t newly_failing;
    enum errata_change change;
    /* What it is ordered by: the most issues, or records, of a side. */
    uint64_t most;
};

struct errata_diff {
    struct errata__arena arena;
    struct errata_grouping by;
    struct errata_diff_side sides[ERRATA_DIFF_SIDES];
    size_t n_sides;
    struct errata_diff_totals totals;
    struct errata__diff_row **rows;
    uint32_t n_rows;
    size_t room;
    /* Numbers of the rows to give. */
    uint32_t *order;
    size_t count;
};

/* Fills rows (but for change and most), sides and the totals of records. Status as errata_query_diff(). */
ERRATA_MUST_CHECK enum errata_status errata__diff_count(struct errata_diff *diff,
                                                        struct errata_query *const *queries,
                                                        struct errata_error *error);

#endif
