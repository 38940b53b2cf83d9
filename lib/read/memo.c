/*
 * The memo: entries one behind the other in blocks, and slots that lead to them. They are forgotten from the last to
 * the first, so that emptying its slot is all that takes, as in index/hash.h.
 */
#include "read/memo.h"

#include <string.h>

#define FIRST_SLOTS 256U

void errata__memo_init(struct errata__memo *memo, struct errata__arena *arena) {
    memset(memo, 0, sizeof *memo);
    memo->arena = arena;
}

void errata__memo_clear(struct errata__memo *memo) {
    uint32_t generation = memo->generation + 1;
    for (uint32_t i = 0; i < memo->n_blocks; i++) {
        errata__arena_return(memo->arena, memo->blocks[i]);
    }
    errata__arena_return(memo->arena, memo->slots);
    errata__memo_init(memo, memo->arena);
    memo->generation = generation;
}

struct errata__memo_mark errata__memo_mark(const struct errata__memo *memo) {
    return (struct errata__memo_mark){memo->generation, memo->last, memo->used};
}

void errata__memo_rollback(struct errata__memo *memo, const struct errata__memo_mark *mark) {
    if (mark->generation != memo->generation) {
        errata__memo_clear(memo);
        return;
    }
    while (memo->last != mark->last) {
        const struct errata__known *known = errata__memo_at(memo, memo->last);
        uint32_t slot = (uint32_t)(known->hash >> 32) & memo->mask;
        while (memo->slots[slot].at_plus_1 != memo->last) {
            slot = (slot + 1) & memo->mask;
        }
        memo->slots[slot] = (struct errata__memo_slot){0, 0};
        memo->last = known->previous;
        memo->count--;
    }
    memo->used = mark->used;
}

enum fill {
    FILLED,
    /* Too many others have the same hash. */
    ALIKE,
    /* Too many others are in the way. */
    CROWDED
};

/* Fills the first empty slot. */
static enum fill fill_slot(struct errata__memo *memo, uint64_t hash, uint32_t at_plus_1) {
    uint32_t slot = (uint32_t)(hash >> 32);
    unsigned alike = 0;
    for (unsigned i = 0; i < ERRATA__MEMO_PROBES && alike < ERRATA__MEMO_ALIKE; i++, slot++) {
        struct errata__memo_slot *found = &memo->slots[slot & memo->mask];
        alike += found->at_plus_1 != 0 && found->tag == (uint32_t)hash;
        if (found->at_plus_1 == 0) {
            *found = (struct errata__memo_slot){(uint32_t)hash, at_plus_1};
            return FILLED;
        }
    }
    return alike == ERRATA__MEMO_ALIKE ? ALIKE : CROWDED;
}

/* In the order in which they were added. */
static bool refill(struct errata__memo *memo, uint32_t at_plus_1) {
    /* Links lead from the last to the first: turned round on the way there, and again on the way back. */
    uint32_t next = 0;
    bool filled = true;
    while (at_plus_1 != 0) {
        struct errata__known *known = errata__memo_at(memo, at_plus_1);
        uint32_t previous = known->previous;
        known->previous = next;
        next = at_plus_1;
        at_plus_1 = previous;
    }
    uint32_t before = 0;
    while (next != 0) {
        struct errata__known *known = errata__memo_at(memo, next);
        uint32_t behind = known->previous;
        filled = filled && fill_slot(memo, known->hash, next) == FILLED;
        known->previous = before;
        before = next;
        next = behind;
    }
    return filled;
}

static uint32_t slots_of(const struct errata__memo *memo) {
    return memo->slots == NULL ? 0 : memo->mask + 1;
}

/* False: no memory. */
static bool grow_slots(struct errata__memo *memo) {
    uint32_t larger = memo->slots == NULL ? FIRST_SLOTS : slots_of(memo) * 2;
    struct errata__memo_slot *fresh = errata__arena_spare(memo->arena, larger, sizeof *fresh);
    if (fresh == NULL) {
        return false;
    }
    memset(fresh, 0, larger * sizeof *fresh);
    errata__arena_return(memo->arena, memo->slots);
    memo->slots = fresh;
    memo->mask = larger - 1;
    if (!refill(memo, memo->last)) {
        /* Unlikely: in a larger table more are in the way. */
        errata__memo_clear(memo);
        return false;
    }
    return true;
}

struct errata__known *errata__memo_room(struct errata__memo *memo, uint64_t hash, uint32_t blocks) {
    blocks = blocks < ERRATA__FIRST_BLOCKS ? ERRATA__FIRST_BLOCKS : blocks;
    size_t size = sizeof(struct errata__known) + blocks * sizeof(struct errata__known_block);
    if (memo->used % ERRATA__MEMO_BLOCK + size > ERRATA__MEMO_BLOCK) {
        memo->used = (uint32_t)((memo->used / ERRATA__MEMO_BLOCK + 1) * ERRATA__MEMO_BLOCK);
    }
    if (memo->used / ERRATA__MEMO_BLOCK >= ERRATA__MEMO_BLOCKS) {
        errata__memo_clear(memo);
    }
    /* At most half of the slots are in use. */
    if (memo->count >= slots_of(memo) / 2 && !grow_slots(memo)) {
        return NULL;
    }
    if (memo->used / ERRATA__MEMO_BLOCK >= memo->n_blocks) {
        unsigned char *block = errata__arena_spare(memo->arena, 1, ERRATA__MEMO_BLOCK);
        if (block == NULL) {
            return NULL;
        }
        memo->blocks[memo->n_blocks++] = block;
    }
    struct errata__known *known =
        (struct errata__known *)(void *)(memo->blocks[memo->used / ERRATA__MEMO_BLOCK] +
                                         memo->used % ERRATA__MEMO_BLOCK);
    memset(known, 0, size);
    known->hash = hash;
    known->n_blocks = blocks;
    return known;
}

bool errata__memo_add(struct errata__memo *memo, struct errata__known *known) {
    uint32_t at_plus_1 = memo->used / 8 + 1;
    enum fill fill = fill_slot(memo, known->hash, at_plus_1);
    /* Slots are crowded here and there long before half of them are in use: the entry would never be known. In a table
       of which an eighth is in use it is no accident. */
    if (fill == CROWDED && memo->count >= slots_of(memo) / 8) {
        /* Without memory for it `known` may be gone. */
        if (!grow_slots(memo)) {
            return false;
        }
        fill = fill_slot(memo, known->hash, at_plus_1);
    }
    if (fill != FILLED) {
        return false;
    }
    known->previous = memo->last;
    memo->last = at_plus_1;
    memo->used += (uint32_t)(sizeof *known + known->n_blocks * sizeof known->blocks[0]);
    memo->count++;
    return true;
}

/* All bits of a byte for each of eight bits, the lowest for the first in memory. */
static uint64_t bytes_of(uint64_t bits) {
    uint64_t each = (bits * 0x0101010101010101U) & 0x8040201008040201U;
    uint64_t high = (each + 0x7F7F7F7F7F7F7F7FU) & 0x8080808080808080U;
    return (high >> 7) * 0xFF;
}

/* With the digits that are fixed in `known`. */
static uint64_t hash_digits(const struct errata__known *known, const struct errata__look *look,
                            const char *at) {
    uint64_t hash = look->hash;
    for (uint32_t i = 0; i < known->n_blocks; i++) {
        uint64_t digits = known->blocks[i].fixed & look->digits[i];
        for (const char *bytes = at + (size_t)i * ERRATA__BLOCK_SIZE; digits != 0;
             digits >>= 8, bytes += 8) {
            uint64_t word;
            memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
            word = __builtin_bswap64(word);
#endif
            hash = (hash ^ (word & bytes_of(digits & 0xFF))) * 0x9E3779B97F4A7C15U;
            hash ^= hash >> 32;
        }
    }
    return hash * 0xC2B2AE3D27D4EB4FU;
}

struct errata__known *errata__memo_find_by_digits(const struct errata__memo *memo,
                                                  errata__same *same, struct errata__look *look,
                                                  const char *at, unsigned kind,
                                                  unsigned message_at,
                                                  const struct errata__known *alike) {
    if (alike->length != look->length) {
        return NULL;
    }
    look->hash = hash_digits(alike, look, at);
    uint32_t slot = (uint32_t)(look->hash >> 32);
    for (unsigned i = 0; i < ERRATA__MEMO_PROBES; i++, slot++) {
        const struct errata__memo_slot *found = &memo->slots[slot & memo->mask];
        if (found->at_plus_1 == 0) {
            return NULL;
        }
        if (found->tag == (uint32_t)look->hash) {
            struct errata__known *known = errata__memo_at(memo, found->at_plus_1);
            if (errata__memo_is(known, same, look, at, kind, message_at)) {
                return known;
            }
        }
    }
    return NULL;
}
