/*
 * The hash tables: growing and taking away.
 */
#include "index/hash.h"

#include <string.h>

#define FIRST_SLOTS 256U

/* Moves the slots into a larger table. Those behind one another go behind one another, or as far behind, so that both
   tables are walked from front to back. */
static void move_slots(const struct errata__hash *hash, struct errata__slot *fresh, uint32_t mask) {
    for (size_t i = 0; hash->slots != NULL && i <= hash->mask; i++) {
        if (hash->slots[i].id_plus_1 != 0) {
            uint32_t slot = hash->slots[i].tag & mask;
            while (fresh[slot].id_plus_1 != 0) {
                slot = (slot + 1) & mask;
            }
            fresh[slot] = hash->slots[i];
        }
    }
}

enum errata_status errata__hash_grow(struct errata_index *index, struct errata__hash *hash) {
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
    move_slots(hash, fresh, (uint32_t)(larger - 1));
    errata__arena_return(&index->arena, hash->slots);
    hash->slots = fresh;
    hash->mask = (uint32_t)(larger - 1);
    hash->room = (uint32_t)(larger / 4 * 3);
    return ERRATA_OK;
}

void errata__hash_remove(const struct errata_index *index, struct errata__hash *hash, uint32_t id,
                         errata__hash_of *hash_of) {
    uint32_t hole = errata__hash_start(hash, hash_of(index, id));
    while (hash->slots[hole].id_plus_1 != id + 1) {
        hole = (hole + 1) & hash->mask;
    }
    /* Those behind it move up, but for those that are where their probing begins or would be before it. */
    for (uint32_t at = (hole + 1) & hash->mask; hash->slots[at].id_plus_1 != 0;
         at = (at + 1) & hash->mask) {
        uint32_t start = hash->slots[at].tag & hash->mask;
        if (((at - start) & hash->mask) >= ((at - hole) & hash->mask)) {
            hash->slots[hole] = hash->slots[at];
            hole = at;
        }
    }
    hash->slots[hole] = (struct errata__slot){0, 0};
    hash->used--;
}

void errata__hash_forget(struct errata__hash *hash) {
    if (hash->slots != NULL) {
        memset(hash->slots, 0, ((size_t)hash->mask + 1) * sizeof *hash->slots);
    }
    hash->used = 0;
}

void errata__hash_free(struct errata_index *index, struct errata__hash *hash) {
    errata__arena_return(&index->arena, hash->slots);
    memset(hash, 0, sizeof *hash);
}
