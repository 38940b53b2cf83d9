/*
 * The table of pairs: open addressing with linear probing. While it fits into a processor's cache
 * it is at most a quarter full, so that the first slot is nearly always the right one; later three
 * quarters, to save memory.
 */
#include "index/pairs.h"

#include <string.h>

#define FIRST_SLOTS 64U
#define SMALL_SLOTS 16384U

void errata__pairs_init(struct errata__pairs *pairs, struct errata__arena *arena,
                        const struct errata_index *index) {
    memset(pairs, 0, sizeof *pairs);
    pairs->arena = arena;
    memcpy(&pairs->salt, index->secret, sizeof pairs->salt);
    memcpy(&pairs->factor, index->secret + sizeof pairs->salt, sizeof pairs->factor);
    pairs->factor |= 1;
}

static void put(struct errata__pairs *pairs, const struct errata__pair_slot *slot) {
    size_t at = errata__pairs_hash(pairs, slot->key) & pairs->mask;
    while (pairs->slots[at].number_plus_1 != 0) {
        at = (at + 1) & pairs->mask;
    }
    pairs->slots[at] = *slot;
}

static enum errata_status grow(struct errata__pairs *pairs) {
    struct errata__pair_slot *old = pairs->slots;
    size_t old_slots = old == NULL ? 0 : pairs->mask + 1;
    size_t slots = old == NULL ? FIRST_SLOTS : old_slots * 2;
    struct errata__pair_slot *fresh = errata__arena_borrow(pairs->arena, slots, sizeof *fresh);

    if (fresh == NULL) {
        return pairs->arena->failure;
    }
    memset(fresh, 0, slots * sizeof *fresh);
    pairs->slots = fresh;
    pairs->mask = slots - 1;
    for (size_t i = 0; i < old_slots; i++) {
        if (old[i].number_plus_1 != 0) {
            put(pairs, &old[i]);
        }
    }
    errata__arena_return(pairs->arena, old);
    return ERRATA_OK;
}

static bool is_full(const struct errata__pairs *pairs) {
    size_t slots = pairs->mask + 1;
    return pairs->slots == NULL || pairs->count >= slots / 4 * (slots <= SMALL_SLOTS ? 1 : 3);
}

enum errata_status errata__pairs_add(struct errata__pairs *pairs, uint64_t key, uint32_t *number) {
    if (is_full(pairs)) {
        enum errata_status status = grow(pairs);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    /* There are fewer pairs than issues or documents, so that this ends before 2^32. */
    *number = pairs->count++;
    put(pairs, &(struct errata__pair_slot){key, *number + 1});
    return ERRATA_OK;
}
