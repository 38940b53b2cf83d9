/*
 * The one pass of grouping: from matching issues to counted groups.
 */
#ifndef ERRATA_INDEX_TALLY_H
#define ERRATA_INDEX_TALLY_H

#include "index/paths.h"
#include "index/scan.h"

/* A group while it is counted. */
struct errata__tally_row {
    uint32_t issues;
    uint32_t records;
    /* The last record that was counted, and 1. */
    uint32_t last_record;
    /* Its issue with the smallest id. */
    uint32_t first;
};

struct errata__tally {
    struct errata_query *query;
    const struct errata_grouping *by;
    struct errata__arena *arena;
    struct errata__scan scan;
    /* Numbers of pairs, by field in their order of levels; of a rule error's number with a shape's;
       with a path's. */
    struct errata__pairs chains[ERRATA_FIELDS];
    struct errata__pairs whole;
    struct errata__pairs with_path;
    struct errata__paths paths;
    bool by_path;
    bool by_shape;
    /* The number of what the grouping takes from a shape, and 1; NULL when it takes nothing. */
    uint32_t *shapes;
    struct errata__tally_row *rows;
    size_t count;
    size_t room;
    uint64_t issues;
    uint32_t records;
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
   number again. ERRATA_OK, ERRATA_NO_MEMORY, ERRATA_LIMIT_REGEX, what visit returned. */
ERRATA_MUST_CHECK enum errata_status errata__tally_count(struct errata__tally *tally,
                                                         struct errata_error *error);

/* Ids of the documents such that those of a record are beside one another; NULL when they are
   anyway. ERRATA_OK, ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__record_order(uint32_t **out,
                                                          const struct errata_index *index,
                                                          struct errata__arena *arena);

#endif
