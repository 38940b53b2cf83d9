/*
 * The table of paths: open addressing with linear probing, at most three quarters full.
 */
#include "index/paths.h"

#include <string.h>

#include "index/hash.h"

#define FIRST_SLOTS 64U

void errata__paths_init(struct errata__paths *paths, struct errata__arena *arena,
                        const struct errata_index *index) {
    memset(paths, 0, sizeof *paths);
    paths->arena = arena;
    paths->index = index;
}

/* Chained, because the positions lie in pieces of any number. */
static uint64_t hash_path(const struct errata_index *index, uint32_t pattern, uint64_t offset,
                          uint32_t positions) {
    uint64_t pair[2] = {pattern, positions};
    uint64_t hash = errata__hash_bytes(index, pair, sizeof pair);
    for (uint32_t i = 0; i < positions; i++) {
        pair[0] = hash;
        pair[1] = errata__position_next(index, &offset);
        hash = errata__hash_bytes(index, pair, sizeof pair);
    }
    return hash;
}

static bool equal_positions(const struct errata_index *index, uint64_t a, uint64_t b,
                            uint32_t positions) {
    while (positions > 0 && errata__position_next(index, &a) == errata__position_next(index, &b)) {
        positions--;
    }
    return positions == 0;
}

static enum errata_status grow(struct errata__paths *paths) {
    struct errata__path_slot *old = paths->slots;
    size_t old_slots = old == NULL ? 0 : paths->mask + 1;
    size_t slots = old == NULL ? FIRST_SLOTS : old_slots * 2;
    struct errata__path_slot *fresh = errata__arena_borrow(paths->arena, slots, sizeof *fresh);

    if (fresh == NULL) {
        return paths->arena->failure;
    }
    memset(fresh, 0, slots * sizeof *fresh);
    paths->slots = fresh;
    paths->mask = slots - 1;
    for (size_t i = 0; i < old_slots; i++) {
        if (old[i].number_plus_1 != 0) {
            size_t at = old[i].tag & paths->mask;
            while (fresh[at].number_plus_1 != 0) {
                at = (at + 1) & paths->mask;
            }
            fresh[at] = old[i];
        }
    }
    errata__arena_return(paths->arena, old);
    return ERRATA_OK;
}

enum errata_status errata__paths_number(struct errata__paths *paths, uint32_t pattern,
                                        uint32_t positions, uint64_t offset, uint32_t *number) {
    const struct errata_index *index = paths->index;
    uint32_t tag = (uint32_t)hash_path(index, pattern, offset, positions);

    if (paths->slots == NULL || paths->count >= (paths->mask + 1) / 4 * 3) {
        enum errata_status status = grow(paths);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    size_t at = tag & paths->mask;
    while (paths->slots[at].number_plus_1 != 0) {
        const struct errata__path_slot *slot = &paths->slots[at];
        if (slot->tag == tag && slot->pattern == pattern &&
            equal_positions(index, slot->offset, offset, positions)) {
            *number = slot->number_plus_1 - 1;
            return ERRATA_OK;
        }
        at = (at + 1) & paths->mask;
    }
    *number = paths->count++;
    paths->slots[at] = (struct errata__path_slot){offset, pattern, tag, *number + 1};
    return ERRATA_OK;
}
