/*
 * The ids of records: see ids.h. Open addressing in a table of row numbers that is at most half full.
 */
#include "http/ids.h"

#include <string.h>
#include <sys/random.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* The table has twice as many entries, whose number must fit in 32 bits. */
#define MOST_ROWS ((uint32_t)1 << 30U)
#define FIRST_ROOM 1024U

void errata__ids_init(struct errata__ids *ids, const struct errata_allocator *allocator) {
    *ids = (struct errata__ids){0};
    errata__arena_init(&ids->arena, allocator, 0);
    if (getrandom(&ids->seed, sizeof ids->seed, GRND_NONBLOCK) != (ssize_t)sizeof ids->seed) {
        ids->seed = (uint64_t)(uintptr_t)ids;
    }
}

void errata__ids_free(struct errata__ids *ids) {
    errata__arena_clear(&ids->arena);
    *ids = (struct errata__ids){0};
}

/* The entry where a row with this hash is, or the free one where it would go. */
static uint32_t *find(const struct errata__ids *ids, struct errata_text text, uint32_t hash) {
    uint32_t at = hash & (ids->table_size - 1);
    for (;; at = (at + 1) & (ids->table_size - 1)) {
        if (ids->table[at] == 0) {
            return &ids->table[at];
        }
        const struct errata__id *row = &ids->rows[ids->table[at] - 1];
        if (row->hash == hash && row->length == text.length &&
            memcmp(row->text, text.data, text.length) == 0) {
            return &ids->table[at];
        }
    }
}

/* Doubles the room for rows, and makes the table that goes with it. */
static enum errata_status grow(struct errata__ids *ids) {
    struct errata__arena *arena = &ids->arena;
    uint32_t room = ids->room == 0 ? FIRST_ROOM : 2 * ids->room;
    if (ids->room == MOST_ROWS) {
        return ERRATA_LIMIT_IDS;
    }
    struct errata__id *rows = errata__arena_borrow(arena, room, sizeof *rows);
    uint32_t *table = errata__arena_borrow(arena, (size_t)2 * room, sizeof *table);
    if (rows == NULL || table == NULL) {
        errata__arena_return(arena, rows);
        errata__arena_return(arena, table);
        return ERRATA_NO_MEMORY;
    }
    if (ids->n_rows > 0) {
        memcpy(rows, ids->rows, ids->n_rows * sizeof *rows);
    }
    errata__arena_return(arena, ids->rows);
    errata__arena_return(arena, ids->table);
    memset(table, 0, (size_t)2 * room * sizeof *table);
    ids->rows = rows;
    ids->room = room;
    ids->table = table;
    ids->table_size = 2 * room;
    for (uint32_t i = 0; i < ids->n_rows; i++) {
        const struct errata__id *row = &rows[i];
        *find(ids, (struct errata_text){row->text, row->length}, row->hash) = i + 1;
    }
    return ERRATA_OK;
}

enum errata_status errata__ids_add(struct errata__ids *ids, struct errata_text text,
                                   struct errata__id **row, bool *added) {
    uint32_t hash = (uint32_t)XXH3_64bits_withSeed(text.data, text.length, ids->seed);
    enum errata_status status = ids->n_rows == ids->room ? grow(ids) : ERRATA_OK;
    if (status != ERRATA_OK) {
        return status;
    }
    uint32_t *entry = find(ids, text, hash);
    *added = *entry == 0;
    if (*added) {
        char *copy = errata__arena_alloc(&ids->arena, text.length + 1);
        if (copy == NULL) {
            return ERRATA_NO_MEMORY;
        }
        memcpy(copy, text.data, text.length);
        copy[text.length] = '\0';
        ids->rows[ids->n_rows++] = (struct errata__id){
            .text = copy, .length = (uint32_t)text.length, .hash = hash, .listed = false};
        *entry = ids->n_rows;
    }
    *row = &ids->rows[*entry - 1];
    return ERRATA_OK;
}
