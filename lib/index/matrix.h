/*
 * What is known of pairs of small numbers, by look-up: where an issue's row in a tally is, given what the grouping takes
 * from its rule error and from its shape. A cache of the table of pairs, which costs three times as much to ask;
 * where the numbers are not small, there is no matrix.
 */
#ifndef ERRATA_INDEX_MATRIX_H
#define ERRATA_INDEX_MATRIX_H

#include "core/arena.h"
#include "index/tables.h"

struct errata__matrix {
    /* A line for each first number; ERRATA_NONE where nothing is known. */
    uint32_t *cells;
    uint32_t lines;
    /* log2 of the cells of a line; of the least number of them before there are any. */
    unsigned shift;
};

/* Makes room for a pair, if the matrix need not be too large for that; if it grows, nothing is known any more.
   ERRATA_OK, ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__matrix_reserve(struct errata__matrix *matrix,
                                                            struct errata__arena *arena,
                                                            uint32_t first, uint32_t second);

/* Keeps what is known of a pair, if the matrix need not be too large for that. ERRATA_OK, ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__matrix_set(struct errata__matrix *matrix,
                                                        struct errata__arena *arena, uint32_t first,
                                                        uint32_t second, uint32_t value);

#endif
