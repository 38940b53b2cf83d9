/*
 * Dense numbers for pairs of numbers, by first sight: what grouping by several fields rests on. A
 * pair of a pair's number and a third number stands for three numbers, and so on.
 */
#ifndef ERRATA_INDEX_PAIRS_H
#define ERRATA_INDEX_PAIRS_H

#include "core/arena.h"
#include "index/tables.h"

struct errata__pairs {
    struct errata__arena *arena;
    struct errata__pair_slot {
        uint64_t key;
        /* Its number and 1; 0 in an empty slot. */
        uint32_t number_plus_1;
    } * slots;
    uint64_t salt;
    uint64_t factor;
    size_t mask;
    uint32_t count;
};

/* Allocates nothing. The slots will be blocks of the arena. */
void errata__pairs_init(struct errata__pairs *pairs, struct errata__arena *arena,
                        const struct errata_index *index);

/* Adds a pair that is not there. ERRATA_OK, ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__pairs_add(struct errata__pairs *pairs, uint64_t key,
                                                       uint32_t *number);

/* The folded product with a secret factor: ids come from hostile input, and must not be made to
   collide. */
static inline size_t errata__pairs_hash(const struct errata__pairs *pairs, uint64_t key) {
    unsigned __int128 product = (unsigned __int128)(key ^ pairs->salt) * pairs->factor;
    return (size_t)((uint64_t)(product >> 64) ^ (uint64_t)product);
}

/* The number of the pair (first, second). ERRATA_OK, ERRATA_NO_MEMORY. */
static inline ERRATA_MUST_CHECK enum errata_status errata__pairs_number(struct errata__pairs *pairs,
                                                                        uint32_t first,
                                                                        uint32_t second,
                                                                        uint32_t *number) {
    uint64_t key = (uint64_t)first << 32 | second;
    if (pairs->slots != NULL) {
        size_t at = errata__pairs_hash(pairs, key) & pairs->mask;
        while (pairs->slots[at].number_plus_1 != 0) {
            if (pairs->slots[at].key == key) {
                *number = pairs->slots[at].number_plus_1 - 1;
                return ERRATA_OK;
            }
            at = (at + 1) & pairs->mask;
        }
    }
    return errata__pairs_add(pairs, key, number);
}

#endif
