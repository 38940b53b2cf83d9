/*
 * Parts of interning that other files need: the hashes of interned values by id, for rolling back, and of strings the
 * steps.
 */
#ifndef ERRATA_INDEX_INTERN_H
#define ERRATA_INDEX_INTERN_H

#include "index/tables.h"

uint64_t errata__string_hash(const struct errata_index *index, uint32_t id);
uint64_t errata__pattern_hash(const struct errata_index *index, uint32_t id);
uint64_t errata__shape_hash(const struct errata_index *index, uint32_t id);

/* The id of a string that is valid UTF-8, by its errata__hash_bytes(). */
ERRATA_MUST_CHECK enum errata_status errata__string_intern_now(struct errata_index *index,
                                                               const char *text, size_t length,
                                                               uint64_t hash, uint32_t *id);
/* Keeps a string among the recent ones (recent.h). */
ERRATA_MUST_CHECK enum errata_status errata__string_remember(struct errata_index *index,
                                                             uint32_t id);

#endif
