/*
 * The matrix grows by starting anew: it is a cache, and fills itself again.
 */
#include "index/matrix.h"

#include <string.h>

#define FIRST_LINES 16U
#define FIRST_SHIFT 6U
/* 4 MiB: more would cost more to fetch than the table of pairs. */
#define MOST_CELLS ((uint64_t)1 << 20)

static enum errata_status grow(struct errata__matrix *matrix, struct errata__arena *arena,
                               uint32_t first, uint32_t second) {
    uint64_t lines = matrix->cells == NULL ? FIRST_LINES : matrix->lines;
    unsigned shift = matrix->shift > FIRST_SHIFT ? matrix->shift : FIRST_SHIFT;

    while (lines <= first) {
        lines *= 2;
    }
    while ((uint64_t)1 << shift <= second) {
        shift++;
    }
    if (lines > MOST_CELLS || lines << shift > MOST_CELLS) {
        return ERRATA_OK;
    }
    size_t cells = (size_t)lines << shift;
    uint32_t *fresh = errata__arena_borrow(arena, cells, sizeof *fresh);
    if (fresh == NULL) {
        return arena->failure;
    }
    memset(fresh, 0xff, cells * sizeof *fresh);
    errata__arena_return(arena, matrix->cells);
    *matrix = (struct errata__matrix){fresh, (uint32_t)lines, shift};
    return ERRATA_OK;
}

enum errata_status errata__matrix_reserve(struct errata__matrix *matrix,
                                          struct errata__arena *arena, uint32_t first,
                                          uint32_t second) {
    return first >= matrix->lines || (uint64_t)second >> matrix->shift != 0
               ? grow(matrix, arena, first, second)
               : ERRATA_OK;
}

enum errata_status errata__matrix_set(struct errata__matrix *matrix, struct errata__arena *arena,
                                      uint32_t first, uint32_t second, uint32_t value) {
    enum errata_status status = errata__matrix_reserve(matrix, arena, first, second);

    if (status == ERRATA_OK && first < matrix->lines && (uint64_t)second >> matrix->shift == 0) {
        matrix->cells[((size_t)first << matrix->shift) + second] = value;
    }
    return status;
}
