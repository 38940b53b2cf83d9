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

/* The line of a first number, by second number; NULL when there is none. */
static inline const uint32_t *errata__matrix_line(const struct errata__matrix *matrix,
                                                  uint32_t first) {
    return first < matrix->lines ? matrix->cells + ((size_t)first << matrix->shift) : NULL;
}

/* Keeps what is known of a pair, if the matrix need not be too large for that. ERRATA_OK, ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__matrix_set(struct errata__matrix *matrix,
                                                        struct errata__arena *arena, uint32_t first,
                                                        uint32_t second, uint32_t value);

#endif
