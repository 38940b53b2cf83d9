/*
 * From counted groups to the ones that are asked for, in order and with their values.
 */
#ifndef ERRATA_INDEX_RANK_H
#define ERRATA_INDEX_RANK_H

#include "index/tally.h"

struct errata__ranking {
    const struct errata__tally *tally;
    /* What stays, and what does not. */
    struct errata__arena *result;
    struct errata__arena *scratch;
    /* Numbers of the groups with enough issues. */
    uint32_t *groups;
    size_t count;
    /* By place in the grouping. Where the values of a field are strings of the index or patterns:
       their ids, by group. */
    uint32_t *cells[ERRATA_FIELDS];
    /* Bytes that may still become texts of patterns and paths. */
    uint64_t room;
    /* Texts by pattern; of paths and times by group. */
    struct errata_text *texts[ERRATA_FIELDS];
};

/* Collects the tally's groups with enough issues, and their values. Texts that were rendered live in
   result (patterns) or scratch (paths, times). ERRATA_OK, ERRATA_NO_MEMORY, ERRATA_LIMIT_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__rank_collect(struct errata__ranking *ranking,
                                                          const struct errata__tally *tally,
                                                          struct errata__arena *result,
                                                          struct errata__arena *scratch,
                                                          struct errata_error *error);

/* Puts as many of them in order as the grouping asks for. */
void errata__rank_sort(struct errata__ranking *ranking);

/* A group's value of a field. */
struct errata_text errata__rank_value(const struct errata__ranking *ranking, uint32_t group,
                                      size_t place);

#endif
