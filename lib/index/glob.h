/*
 * Globs on path and pattern: `borrowers[*].income`, `**.income`, `*["two words"]`, `(root)`.
 */
#ifndef ERRATA_INDEX_GLOB_H
#define ERRATA_INDEX_GLOB_H

#include "core/arena.h"
#include "index/tables.h"

enum errata__glob_kind {
    ERRATA__GLOB_NAME,
    /* *: one segment, name or position. */
    ERRATA__GLOB_SEGMENT,
    /* [*]: one position. */
    ERRATA__GLOB_POSITION,
    /* [17] */
    ERRATA__GLOB_NUMBER,
    /* **: any number of segments. */
    ERRATA__GLOB_ANY
};

struct errata__glob_item {
    enum errata__glob_kind kind;
    struct errata_text name;
    uint64_t number;
};

struct errata__glob {
    struct errata__glob_item *items;
    size_t count;
    /* Has a NUMBER. */
    bool numbered;
};

/* Parses a glob into memory of the arena. ERRATA_OK, ERRATA_NO_MEMORY, or ERRATA_BAD_QUERY with the
   byte and what would be right. */
ERRATA_MUST_CHECK enum errata_status errata__glob_parse(struct errata__glob *out,
                                                        struct errata_text text,
                                                        struct errata__arena *arena,
                                                        struct errata_error *error);

/* Does it match a pattern or a path? positions: the number behind each segment that is a position,
   by the segment's place in the pattern; NULL when they are not known: a NUMBER then matches every
   position or none, as `numbers` says. Cost: at most segments times items. */
bool errata__glob_match(const struct errata__glob *glob, const struct errata_index *index,
                        uint32_t pattern, const uint64_t *positions, bool numbers);

#endif
