/*
 * Do the cells of a column follow its rule? A column is checked run by run from its first row on, so that the
 * same code serves a file that is read through a buffer and tables that are mapped.
 */
#ifndef ERRATA_INDEX_CHECK_H
#define ERRATA_INDEX_CHECK_H

#include "index/tables.h"

/* Gives the next run of ERRATA__STRING_LENGTH, from row `row` on, which exists; *count is at least 1.
   ERRATA_OK or what ends the check. */
typedef enum errata_status errata__lengths_function(const void *ctx, uint64_t row,
                                                    const uint32_t **lengths, uint64_t *count);

struct errata__check {
    const struct errata_index *index;
    enum errata__column column;
    errata__lengths_function *next_lengths;
    const void *ctx;
    /* Of the next cell; of the first wrong one after ERRATA_DAMAGED. */
    uint64_t row;
    /* The cell before, of those that never fall; the bytes of the number that is not at its end yet. */
    uint64_t last;
    /* The string that comes next, where it begins, and where its length is. */
    uint64_t string;
    uint64_t offset;
    const uint32_t *lengths;
    uint64_t n_lengths;
    /* A character that the run before ended in. */
    char cut[8];
    size_t n_cut;
};

/* next_lengths: only columns of strings ask for them. */
void errata__check_begin(struct errata__check *check, const struct errata_index *index,
                         enum errata__column column, errata__lengths_function *next_lengths,
                         const void *ctx);
/* ERRATA_OK; ERRATA_DAMAGED; what next_lengths returned. */
ERRATA_MUST_CHECK enum errata_status errata__check_run(struct errata__check *check,
                                                       const void *cells, uint64_t count);
/* To be called behind the last run. As errata__check_run(). */
ERRATA_MUST_CHECK enum errata_status errata__check_end(struct errata__check *check);

#endif
