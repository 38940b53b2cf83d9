/*
 * Joining: the rows of a finished index behind those of one that is being read into, as if the inputs of the first
 * were read now.
 */
#ifndef ERRATA_INDEX_JOIN_H
#define ERRATA_INDEX_JOIN_H

#include "index/tables.h"

/*
 * Appends part to index. Cost: linear in the rows of part and its distinct values; for the time of the call 4 bytes
 * for each of part's strings, segments, patterns, shapes and records, and again for each pattern.
 *
 * ERRATA_OK; ERRATA_MISMATCH (digit names); ERRATA_DAMAGED (part was opened and is); ERRATA_LIMIT_ISSUES,
 * ERRATA_LIMIT_MEMORY, ERRATA_LIMIT_IDS; ERRATA_NO_MEMORY. After a failure index is as before.
 */
ERRATA_MUST_CHECK enum errata_status errata__index_join(struct errata_index *index,
                                                        const struct errata_index *part,
                                                        struct errata_error *error);

#endif
