/*
 * Documents record by record. Ids of records are given by first sight, so documents come with rising ones, but for those
 * that report on a record again. Only these are put in order; a walk takes them in between the others, which it
 * goes through as they are.
 */
#ifndef ERRATA_INDEX_RECORDS_H
#define ERRATA_INDEX_RECORDS_H

#include "core/arena.h"
#include "index/tables.h"

/* More than any key. */
#define ERRATA__NO_REPEAT UINT64_MAX

/* The documents before which there is one of a higher record: the record's id << 32 | the document's, rising. Behind
   the last stands ERRATA__NO_REPEAT. */
struct errata__repeats {
    uint64_t *keys;
};

/* keys is a block of the arena. ERRATA_OK, ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__repeats_find(struct errata__repeats *out,
                                                          const struct errata_index *index,
                                                          struct errata__arena *arena);

#endif
