/*
 * Joining: the rows of a part behind those of an index that is being read into, as if the inputs of the part were
 * read now.
 */
#ifndef ERRATA_INDEX_JOIN_H
#define ERRATA_INDEX_JOIN_H

#include "index/joint.h"

/*
 * Appends a finished or opened index. Cost: linear in the rows of part and its distinct values; for the time of the
 * call 4 bytes for each of part's strings, segments and records, and 8 for each pattern and shape.
 *
 * ERRATA_OK; ERRATA_MISMATCH (digit names); ERRATA_DAMAGED (part was opened and is); ERRATA_LIMIT_ISSUES,
 * ERRATA_LIMIT_MEMORY, ERRATA_LIMIT_IDS; ERRATA_NO_MEMORY. After a failure index is as before.
 */
ERRATA_MUST_CHECK enum errata_status errata__index_join(struct errata_index *index,
                                                        const struct errata_index *part,
                                                        struct errata_error *error);

/* Of a source that is open in the index: what comes before a stretch of it. */
struct errata__before_stretch {
    uint32_t source;
    /* Documents and rejects, and lines. */
    uint32_t number;
    uint64_t lines;
};

/*
 * Appends a part that is read by the same options, whose values may be known from before. before: the part is a
 * stretch of an open source, and counts its lines and numbers from 1, but offsets as the source does; NULL: it has
 * sources of its own. After a failure (as above) index is as before, and the joint is no longer of use.
 */
ERRATA_MUST_CHECK enum errata_status errata__index_take(
    struct errata_index *index, struct errata__joint *joint, const struct errata_index *part,
    const struct errata__before_stretch *before);

#endif
