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
    /* The number of what the grouping takes from a shape, and 1; NULL when it takes nothing. */
    uint32_t *shapes;
    struct errata__tally_row *rows;
    size_t count;
    size_t room;
    uint64_t issues;
    uint32_t records;
};

/* Counts everything. The tally's memory belongs to the arena. ERRATA_OK, ERRATA_NO_MEMORY,
   ERRATA_LIMIT_REGEX. */
ERRATA_MUST_CHECK enum errata_status errata__tally_count(struct errata__tally *tally,
                                                         struct errata_query *query,
                                                         const struct errata_grouping *by,
                                                         struct errata__arena *arena,
                                                         struct errata_error *error);

/* Ids of the documents such that those of a record are beside one another; NULL when they are
   anyway. ERRATA_OK, ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__record_order(uint32_t **out,
                                                          const struct errata_index *index,
                                                          struct errata__arena *arena);

#endif
