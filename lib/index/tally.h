/*
 * The one pass of grouping: from matching issues to counted groups.
 */
#ifndef ERRATA_INDEX_TALLY_H
#define ERRATA_INDEX_TALLY_H

#include "index/paths.h"
#include "index/scan.h"
#include "index/stretch.h"
#include "index/walk.h"

static inline uint32_t errata__tally_issues(const struct errata__tally_row *row) {
    return (uint32_t)row->counts;
}

static inline uint32_t errata__tally_records(const struct errata__tally_row *row) {
    return (uint32_t)(row->counts >> 32);
}

#define ERRATA__TALLY_RECENT 64U

struct errata__tally {
    struct errata_query *query;
    const struct errata_grouping *by;
    struct errata__arena *arena;
    struct errata__walk walk;
    /* For what is asked of single issues. */
    struct errata__scan scan;
    /* Places in the grouping of the fields of a level, but for the path; their columns, but for those of documents. */
    struct errata__tally_level {
        size_t count;
        size_t places[ERRATA_FIELDS];
        enum errata__column columns[ERRATA_FIELDS];
    } levels[ERRATA__LEVELS];
    bool by_path;
    /* What the numbers of a rule error and a shape tell is enough: neither paths nor visits. */
    bool by_numbers;
    /* Columns of the matrix are shapes; otherwise what `columns` says. */
    bool by_shapes;
    /* There are terms on shapes: not every issue of a rule error that passes does. */
    bool asks;
    /* Those issues that were walked over, but not counted yet. */
    struct errata__stretch stretch;
    /* Numbers of pairs, by place in the order of levels; of a rule error's number with a shape's;
       with a path's. */
    struct errata__pairs chains[ERRATA_FIELDS];
    /* Of the table for rule errors, what came lately, by the low bits of both numbers. */
    struct errata__pair_slot recent[ERRATA__TALLY_RECENT];
    struct errata__pairs whole;
    struct errata__pairs with_path;
    struct errata__paths paths;
    /* By shape: 0 when it was not met, or depends on the issue; 1 when it does not pass; else the number of what the
       grouping takes from it, and 2. NULL when neither grouping nor terms look at shapes. */
    uint32_t *columns;
    struct errata__matrix matrix;
    /* Behind ERRATA__TALLY_OTHERS come those of groups. */
    struct errata__tally_row *rows;
    size_t count;
    size_t room;
    /* What passes. */
    uint64_t issues;
    struct errata__tally_records passing;
    /* Called with each issue and the number of its row; NULL: nobody asks. What it returns other than
       ERRATA_OK ends the counting. */
    errata_visit_function *visit;
    void *ctx;
};

/* ERRATA_OK, or ERRATA_MISUSE for a grouping that cannot be. */
ERRATA_MUST_CHECK enum errata_status errata__grouping_check(const struct errata_grouping *by,
                                                            struct errata_error *error);

/* Allocates nothing yet; the tally's memory will be the arena's. */
void errata__tally_init(struct errata__tally *tally, struct errata_query *query,
                        const struct errata_grouping *by, struct errata__arena *arena);

/* Counts everything. Rows are numbered by first sight, so the same query gives each group the same
   number again: from 1, as far as tally->count. ERRATA_OK, ERRATA_NO_MEMORY, ERRATA_LIMIT_REGEX, what visit returned. */
ERRATA_MUST_CHECK enum errata_status errata__tally_count(struct errata__tally *tally,
                                                         struct errata_error *error);

#endif
