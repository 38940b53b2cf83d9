/*
 * The hashes of interned values by id, which rolling back needs.
 */
#ifndef ERRATA_INDEX_INTERN_H
#define ERRATA_INDEX_INTERN_H

#include "index/tables.h"

uint64_t errata__string_hash(const struct errata_index *index, uint32_t id);
uint64_t errata__pattern_hash(const struct errata_index *index, uint32_t id);
uint64_t errata__shape_hash(const struct errata_index *index, uint32_t id);

#endif
