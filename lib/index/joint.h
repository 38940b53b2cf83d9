/*
 * What the ids of one index, the part, are in another that takes its rows. A part that keeps its distinct values from
 * one time to the next (lib/read/part.h) has each of them looked up once.
 */
#ifndef ERRATA_INDEX_JOINT_H
#define ERRATA_INDEX_JOINT_H

#include "index/tables.h"

/* A number for each row of a table. */
struct errata__numbers {
    uint32_t *at;
    uint64_t count;
    uint64_t room;
};

/* Zeroed: nothing is known. Memory is the index's. */
struct errata__joint {
    /* By the part's id, the id in the index, of strings, patterns, shapes and records; of segments, what they are
       there. Empty for tables whose rows are appended. */
    struct errata__numbers ids[ERRATA__TABLES];
    /* How many positions each of the part's patterns has, and each of its shapes. */
    struct errata__numbers pattern_positions;
    struct errata__numbers shape_positions;
};

/* Makes the part's values known that are not yet, interning them in the order of their ids. After a failure, roll the
   index back and free the joint. Status as append.h. */
ERRATA_MUST_CHECK enum errata_status errata__joint_extend(struct errata__joint *joint,
                                                          struct errata_index *index,
                                                          const struct errata_index *part);
/* Forgets the records, which the part drops with the documents. */
void errata__joint_drop_records(struct errata__joint *joint);
void errata__joint_free(struct errata__joint *joint, struct errata_index *index);

#endif
