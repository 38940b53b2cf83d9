/*
 * Dense numbers for distinct paths, by first sight. A path is kept as its pattern and the place of
 * its positions in the index, so that it costs the same however long it is.
 */
#ifndef ERRATA_INDEX_PATHS_H
#define ERRATA_INDEX_PATHS_H

#include "core/arena.h"
#include "index/tables.h"

struct errata__paths {
    const struct errata_index *index;
    struct errata__arena *arena;
    struct errata__path_slot {
        /* Where its positions begin. */
        uint64_t offset;
        uint32_t pattern;
        /* Part of its hash value. */
        uint32_t tag;
        /* Its number and 1; 0 in an empty slot. */
        uint32_t number_plus_1;
    } * slots;
    size_t mask;
    uint32_t count;
};

/* Allocates nothing. */
void errata__paths_init(struct errata__paths *paths, struct errata__arena *arena,
                        const struct errata_index *index);

/* The number of the path with this pattern and so many positions from offset. ERRATA_OK,
   ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__paths_number(struct errata__paths *paths,
                                                          uint32_t pattern, uint32_t positions,
                                                          uint64_t offset, uint32_t *number);

#endif
