/*
 * The hash tables: growing and taking away.
 */
#include "index/hash.h"

#include <string.h>

#define FIRST_SLOTS 256U

enum errata_status errata__hash_grow(struct errata_index *index, struct errata__hash *hash,
                                     errata__hash_of *hash_of) {
    uint64_t slots = hash->slots == NULL ? 0 : (uint64_t)hash->mask + 1;
    uint64_t larger = slots == 0 ? FIRST_SLOTS : slots * 2;
    if (larger > (uint64_t)1 << 32) {
        return ERRATA_LIMIT_IDS;
    }
    struct errata__slot *fresh = errata__arena_borrow(&index->arena, (size_t)larger, sizeof *fresh);
    if (fresh == NULL) {
        return index->arena.failure;
    }
    memset(fresh, 0, (size_t)larger * sizeof *fresh);
    errata__arena_return(&index->arena, hash->slots);
    hash->slots = fresh;
    hash->mask = (uint32_t)(larger - 1);
    hash->room = (uint32_t)(larger / 4 * 3);
    /* In the order of ids, as if they had been added to this table: see errata__hash_remove(). */
    for (uint32_t id = 0; id < hash->used; id++) {
        uint64_t value = hash_of(index, id);
        uint32_t slot = errata__hash_start(hash, value);
        while (fresh[slot].id_plus_1 != 0) {
            slot = (slot + 1) & hash->mask;
        }
        fresh[slot] = (struct errata__slot){(uint32_t)value, id + 1};
    }
    return ERRATA_OK;
}

void errata__hash_remove(const struct errata_index *index, struct errata__hash *hash, uint32_t id,
                         errata__hash_of *hash_of) {
    uint32_t slot = errata__hash_start(hash, hash_of(index, id));
    while (hash->slots[slot].id_plus_1 != id + 1) {
        slot = (slot + 1) & hash->mask;
    }
    hash->slots[slot] = (struct errata__slot){0, 0};
    hash->used--;
}

void errata__hash_free(struct errata_index *index, struct errata__hash *hash) {
    errata__arena_return(&index->arena, hash->slots);
    memset(hash, 0, sizeof *hash);
}
