/*
 * Finding rows of texts again by what they say: how groups and records of one index are found in another,
 * whose ids mean something else. The rows themselves lie elsewhere; here are only their numbers.
 */
#ifndef ERRATA_INDEX_VALUES_H
#define ERRATA_INDEX_VALUES_H

#include "core/arena.h"
#include "index/tables.h"

/* The most texts of a row. */
#define ERRATA__VALUES_MOST 16

/* Gives the texts of a row. */
typedef void errata__values_row(const void *ctx, uint32_t row, struct errata_text *texts);

/* Open addressing with linear probing, at most three quarters full. */
struct errata__values {
    struct errata__arena *arena;
    const unsigned char *secret;
    errata__values_row *row;
    const void *ctx;
    size_t n_texts;
    struct errata__slot *slots;
    size_t mask;
    size_t used;
};

/* Rows of n_texts texts, at most ERRATA__VALUES_MOST. Texts come from hostile input and must not be made to
   collide: the hash is keyed with the index's secret. Allocates nothing. */
void errata__values_init(struct errata__values *values, struct errata__arena *arena,
                         const struct errata_index *index, size_t n_texts, errata__values_row *row,
                         const void *ctx);

/* The row with these texts; an absent text equals only an absent one. ERRATA_NONE when there is none. */
uint32_t errata__values_find(const struct errata__values *values, const struct errata_text *texts);

/* The row with these texts; when there is none, `fresh` is from now on. ERRATA_OK, ERRATA_NO_MEMORY,
   ERRATA_LIMIT_IDS. */
ERRATA_MUST_CHECK enum errata_status errata__values_number(struct errata__values *values,
                                                           const struct errata_text *texts,
                                                           uint32_t fresh, uint32_t *row);

#endif
