/*
 * The table of rows of texts. A slot has 32 bits of the hash, which are enough to find its place in a larger
 * table, and nearly always to tell different rows apart without looking at them.
 */
#include "index/values.h"

#include <string.h>

#include "index/hash.h"

#define FIRST_SLOTS 256U

void errata__values_init(struct errata__values *values, struct errata__arena *arena,
                         const struct errata_index *index, size_t n_texts, errata__values_row *row,
                         const void *ctx) {
    memset(values, 0, sizeof *values);
    values->arena = arena;
    values->secret = index->secret;
    values->n_texts = n_texts;
    values->row = row;
    values->ctx = ctx;
}

static uint32_t hash_of(const struct errata__values *values, const struct errata_text *texts) {
    uint64_t parts[2 * ERRATA__VALUES_MOST];
    size_t n = 0;

    for (size_t i = 0; i < values->n_texts; i++) {
        bool absent = texts[i].data == NULL;
        parts[n++] = absent ? 0
                            : XXH3_64bits_withSecret(texts[i].data, texts[i].length, values->secret,
                                                     ERRATA__SECRET_SIZE);
        parts[n++] = absent ? UINT64_MAX : texts[i].length;
    }
    return (uint32_t)XXH3_64bits_withSecret(parts, n * sizeof *parts, values->secret,
                                            ERRATA__SECRET_SIZE);
}

static bool same_texts(const struct errata_text *a, const struct errata_text *b, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (a[i].length != b[i].length || (a[i].data == NULL) != (b[i].data == NULL) ||
            (a[i].data != NULL && memcmp(a[i].data, b[i].data, a[i].length) != 0)) {
            return false;
        }
    }
    return true;
}

/* The slot with these texts, or the empty one where they belong. */
static size_t probe(const struct errata__values *values, const struct errata_text *texts,
                    uint32_t hash) {
    size_t at = hash & values->mask;

    while (values->slots[at].id_plus_1 != 0) {
        if (values->slots[at].tag == hash) {
            struct errata_text row[ERRATA__VALUES_MOST];
            values->row(values->ctx, values->slots[at].id_plus_1 - 1, row);
            if (same_texts(row, texts, values->n_texts)) {
                break;
            }
        }
        at = (at + 1) & values->mask;
    }
    return at;
}

static enum errata_status grow(struct errata__values *values) {
    size_t slots = values->slots == NULL ? 0 : values->mask + 1;
    size_t larger = slots == 0 ? FIRST_SLOTS : slots * 2;

    /* More than the hash tells apart. */
    if (larger > (uint64_t)1 << 32) {
        return ERRATA_LIMIT_IDS;
    }
    struct errata__slot *fresh = errata__arena_borrow(values->arena, larger, sizeof *fresh);
    if (fresh == NULL) {
        return values->arena->failure;
    }
    memset(fresh, 0, larger * sizeof *fresh);
    for (size_t i = 0; i < slots; i++) {
        if (values->slots[i].id_plus_1 != 0) {
            size_t at = values->slots[i].tag & (larger - 1);
            while (fresh[at].id_plus_1 != 0) {
                at = (at + 1) & (larger - 1);
            }
            fresh[at] = values->slots[i];
        }
    }
    errata__arena_return(values->arena, values->slots);
    values->slots = fresh;
    values->mask = larger - 1;
    return ERRATA_OK;
}

uint32_t errata__values_find(const struct errata__values *values, const struct errata_text *texts) {
    if (values->slots == NULL) {
        return ERRATA_NONE;
    }
    /* Of an empty slot this is ERRATA_NONE. */
    return values->slots[probe(values, texts, hash_of(values, texts))].id_plus_1 - 1;
}

enum errata_status errata__values_number(struct errata__values *values,
                                         const struct errata_text *texts, uint32_t fresh,
                                         uint32_t *row) {
    if (values->slots == NULL || values->used > values->mask / 4 * 3) {
        enum errata_status status = grow(values);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    uint32_t hash = hash_of(values, texts);
    struct errata__slot *slot = &values->slots[probe(values, texts, hash)];
    if (slot->id_plus_1 == 0) {
        *slot = (struct errata__slot){hash, fresh + 1};
        values->used++;
    }
    *row = slot->id_plus_1 - 1;
    return ERRATA_OK;
}
