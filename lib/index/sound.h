/*
 * Facts about the tables of an index that nothing is used without: that every cell of a column leads to where it
 * ought to lead, and some that take several columns. Reading makes them true. Of a file each is made sure
 * of as a whole, once, before the first use; so loops over rows need no checks.
 *
 * A set of facts is a number with a bit for each.
 */
#ifndef ERRATA_INDEX_SOUND_H
#define ERRATA_INDEX_SOUND_H

#include "index/file.h"

/* Beside ERRATA__COLUMNS facts on single columns (for strings: on their three). */
enum {
    /* Each block of issues has as many positions as its patterns say. */
    ERRATA__POSITIONS_FIT = ERRATA__COLUMNS,
    ERRATA__FACTS
};
_Static_assert(ERRATA__FACTS <= 64, "a bit for each");

#define ERRATA__FACT(name) ((uint64_t)1 << ERRATA__##name)

#define ERRATA__ALL_FACTS (((uint64_t)1 << ERRATA__FACTS) - 1)
/* What errata__text() stands on. */
#define ERRATA__SOUND_TEXT                                                                         \
    (ERRATA__FACT(STRING_OFFSET) | ERRATA__FACT(STRING_LENGTH) | ERRATA__FACT(STRING_BYTE))
#define ERRATA__SOUND_PATTERN                                                                      \
    (ERRATA__SOUND_TEXT | ERRATA__FACT(SEGMENT) | ERRATA__FACT(PATTERN_FIRST))
#define ERRATA__SOUND_PATH                                                                         \
    (ERRATA__SOUND_PATTERN | ERRATA__FACT(SHAPE_PATTERN) | ERRATA__FACT(ISSUE_SHAPE) |             \
     ERRATA__FACT(POSITION_BYTE) | ERRATA__FACT(BLOCK_OFFSET) | ERRATA__FACT(POSITIONS_FIT))
/* From documents down to the shapes of issues. */
#define ERRATA__SOUND_WALK                                                                         \
    (ERRATA__FACT(DOCUMENT_FIRST) | ERRATA__FACT(DOCUMENT_RECORD) |                                \
     ERRATA__FACT(RULE_ERROR_FIRST) | ERRATA__FACT(ISSUE_SHAPE))
/* From an issue up to its document. */
#define ERRATA__SOUND_PLACE                                                                        \
    (ERRATA__FACT(ISSUE_SHAPE) | ERRATA__FACT(BLOCK_RULE_ERROR) | ERRATA__FACT(RULE_ERROR_FIRST) | \
     ERRATA__FACT(RULE_ERROR_DOCUMENT))

/* Behind the two functions below, for an index with a file. */
enum errata_status errata__sound_of_file(const struct errata_index *index, uint64_t facts,
                                         struct errata_error *error);

/* Makes sure of facts. ERRATA_OK; ERRATA_DAMAGED, whose message has the table and the row; ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK static inline enum errata_status errata__sound(const struct errata_index *index,
                                                                 uint64_t facts,
                                                                 struct errata_error *error) {
    if (index->file == NULL ||
        (facts & ~atomic_load_explicit(&index->file->sound, memory_order_acquire)) == 0) {
        return ERRATA_OK;
    }
    return errata__sound_of_file(index, facts, error);
}

/* For accessors, which have no words for failure. */
static inline bool errata__is_sound(const struct errata_index *index, uint64_t facts) {
    return errata__sound(index, facts, NULL) == ERRATA_OK;
}

/* Fills error for a column whose check failed at a row. Returns ERRATA_DAMAGED. */
enum errata_status errata__damaged_row(const struct errata_index *index, enum errata__column column,
                                       uint64_t row, struct errata_error *error);

/* The fact ERRATA__POSITIONS_FIT, given those on columns that it is about. forget: pages of the file that were
   looked at are given back on the way. Status as errata__sound(). */
ERRATA_MUST_CHECK enum errata_status errata__positions_fit(const struct errata_index *index,
                                                           bool forget, struct errata_error *error);

#endif
