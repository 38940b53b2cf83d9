/*
 * The inside of redaction: what the accessors ask before they hand out a text. An index without redaction costs them
 * one look at a pointer.
 */
#ifndef ERRATA_INDEX_REDACT_H
#define ERRATA_INDEX_REDACT_H

#include <errata/redact.h>

#include "index/tables.h"

#define ERRATA__SCOPE_SIZE 80

struct errata__redaction {
    /* A bit for each column whose strings are hidden. */
    uint64_t columns;
    /* By string: the number of its mark, and 1; 0 where it has none. */
    uint32_t *numbers;
    char (*marks)[ERRATA_MARK_SIZE];
    /* By source: its scope as it is shown, ended by NUL. NULL where no source has one, or none is hidden. */
    char (*scopes)[ERRATA__SCOPE_SIZE];
    /* A hash by the key of its own: equal where marks can be compared. */
    uint64_t fingerprint;
};
_Static_assert(ERRATA__COLUMNS <= 64, "a bit for each");

static inline bool errata__is_redacted(const struct errata_index *index,
                                       enum errata__column column) {
    return index->redaction != NULL && (index->redaction->columns >> column & 1) != 0;
}

/* The text of a string id that stands in this column, as it is handed out: absent for ERRATA_NONE. */
static inline struct errata_text errata__shown_text(const struct errata_index *index,
                                                    enum errata__column column, uint32_t id) {
    if (errata__is_redacted(index, column) && id != ERRATA_NONE &&
        index->redaction->numbers[id] != 0) {
        return (struct errata_text){index->redaction->marks[index->redaction->numbers[id] - 1],
                                    ERRATA_MARK_SIZE - 1};
    }
    return errata__text(index, id);
}

/* What a source that is there was limited to, as it is handed out. */
struct errata_text errata__shown_scope(const struct errata_index *index, uint32_t source);

/* Why a record was not read, where that may name it. */
struct errata_text errata__redacted_reason(void);

/* Do both hand out the same texts for the same values? */
bool errata__redacted_alike(const struct errata_index *one, const struct errata_index *other);

/* ERRATA_OK, or ERRATA_MISUSE for an index whose values would come back by writing or joining it. */
ERRATA_MUST_CHECK enum errata_status errata__redact_allows(const struct errata_index *index,
                                                           struct errata_error *error);

#endif
