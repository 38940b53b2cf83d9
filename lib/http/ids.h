/*
 * The ids of records, each once, in the order in which they were first seen.
 */
#ifndef ERRATA_HTTP_IDS_H
#define ERRATA_HTTP_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include <errata/text.h>

#include "core/arena.h"

struct errata__id {
    const char *text;
    uint32_t length;
    uint32_t hash;
    /* The caller's; false at first. */
    bool listed;
};

struct errata__ids {
    struct errata__arena arena;
    /* In order; the rows that the table's entries (1 more than the row, 0: free) lead to. */
    struct errata__id *rows;
    uint32_t n_rows;
    uint32_t room;
    uint32_t *table;
    /* A power of two, or 0. */
    uint32_t table_size;
    /* So that nobody can choose ids that meet in the table. */
    uint64_t seed;
};

/* Allocates nothing. */
void errata__ids_init(struct errata__ids *ids, const struct errata_allocator *allocator);
void errata__ids_free(struct errata__ids *ids);

/* Finds an id, or enters it, which *added tells. *row may be used until the next is added. ERRATA_OK; ERRATA_NO_MEMORY;
   ERRATA_LIMIT_IDS: there are 2^30. */
ERRATA_MUST_CHECK enum errata_status errata__ids_add(struct errata__ids *ids,
                                                     struct errata_text text,
                                                     struct errata__id **row, bool *added);

#endif
