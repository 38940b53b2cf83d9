/*
 * Counting a stretch of issues: see stretch.h.
 */
#include "index/stretch.h"

/* by_shapes, wide, all_pass: known to the compiler. */
__attribute__((always_inline)) static inline void count(struct errata__stretch *stretch,
                                                        const struct errata__counting *counting,
                                                        bool by_shapes, bool wide, bool all_pass) {
    struct errata__tally_row *rows = counting->rows;
    const uint32_t *cells = counting->matrix->cells;
    const unsigned shift = counting->matrix->shift;
    const uint32_t start = stretch->start;
    const struct errata__shape_run shapes = {errata__shape_run(counting->index, start).ids, wide};
    const size_t n = stretch->end - start;
    uint64_t state = stretch->state;
    size_t i = stretch->at - start;
    struct errata__tally_records passing = {0, 0};

    if (!all_pass) {
        passing = *counting->passing;
    }
    for (; i < n; i++) {
        state += stretch->steps[i];
        stretch->steps[i] = 0;
        uint32_t shape = errata__shape_at(shapes, (uint32_t)i);
        uint32_t column = by_shapes ? shape : counting->columns[shape];
        if (!by_shapes && column >> shift != 0) {
            break;
        }
        uint32_t row = cells[((uint32_t)state << shift) + column];
        if (row == ERRATA_NONE) {
            break;
        }
        errata__tally_add(&rows[row], state, start + (uint32_t)i, 1);
        if (!all_pass) {
            errata__tally_record(&passing, state, row != ERRATA__TALLY_OTHERS);
        }
    }
    if (!all_pass) {
        *counting->passing = passing;
    }
    stretch->at = start + (uint32_t)i;
    stretch->state = state;
}

__attribute__((always_inline)) static inline void count_by(struct errata__stretch *stretch,
                                                           const struct errata__counting *counting,
                                                           bool by_shapes, bool wide) {
    if (counting->passing == NULL) {
        count(stretch, counting, by_shapes, wide, true);
    } else {
        count(stretch, counting, by_shapes, wide, false);
    }
}

void errata__stretch_count(struct errata__stretch *stretch,
                           const struct errata__counting *counting) {
    const bool wide = errata__shape_run(counting->index, stretch->start).wide;

    if (counting->columns != NULL) {
        count_by(stretch, counting, false, wide);
    } else if (wide) {
        count_by(stretch, counting, true, true);
    } else {
        count_by(stretch, counting, true, false);
    }
}
