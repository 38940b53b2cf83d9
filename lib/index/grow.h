/*
 * How tables grow: segments are added behind, and the directory of a column doubles.
 */
#ifndef ERRATA_INDEX_GROW_H
#define ERRATA_INDEX_GROW_H

#include "index/tables.h"

/* Makes room for one more row in every column of a table. ERRATA_LIMIT_IDS when ids are used up. */
ERRATA_MUST_CHECK enum errata_status errata__table_reserve(struct errata_index *index,
                                                           enum errata__table table);
/* The same for issues, whose shapes may be any that the index has. */
ERRATA_MUST_CHECK enum errata_status errata__issues_reserve(struct errata_index *index);
/* Makes room for `more` bytes behind the end of a stream; contiguous ones when asked, for which *start may be
   moved to the next segment. */
ERRATA_MUST_CHECK enum errata_status errata__stream_reserve(struct errata_index *index,
                                                            enum errata__column column,
                                                            uint64_t *start, uint64_t more,
                                                            bool contiguous);

/* Gives back what lies behind length. */
void errata__stream_truncate(struct errata_index *index, enum errata__column column,
                             uint64_t length);

static inline void errata__set_u32(struct errata_index *index, enum errata__column column,
                                   uint64_t row, uint32_t value) {
    unsigned char *segment = index->columns[column].at[row >> ERRATA__ROW_SHIFT];
    ((uint32_t *)(void *)segment)[row & ((1U << ERRATA__ROW_SHIFT) - 1)] = value;
}

static inline void errata__set_u64(struct errata_index *index, enum errata__column column,
                                   uint64_t row, uint64_t value) {
    unsigned char *segment = index->columns[column].at[row >> ERRATA__ROW_SHIFT];
    ((uint64_t *)(void *)segment)[row & ((1U << ERRATA__ROW_SHIFT) - 1)] = value;
}

static inline void errata__set_u8(struct errata_index *index, enum errata__column column,
                                  uint64_t row, uint8_t value) {
    index->columns[column].at[row >> ERRATA__ROW_SHIFT][row & ((1U << ERRATA__ROW_SHIFT) - 1)] =
        value;
}

static inline void errata__set_shape(struct errata_index *index, uint64_t issue, uint32_t shape) {
    if (issue >= index->wide_from) {
        errata__set_u32(index, ERRATA__ISSUE_SHAPE, issue, shape);
    } else {
        unsigned char *segment = index->columns[ERRATA__ISSUE_SHAPE].at[issue >> ERRATA__ROW_SHIFT];
        ((uint16_t *)(void *)segment)[issue & ((1U << ERRATA__ROW_SHIFT) - 1)] = (uint16_t)shape;
    }
}

#endif
