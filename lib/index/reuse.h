/*
 * Using an index again that was read into and whose rows were taken by another: its memory is there already, and was
 * touched.
 */
#ifndef ERRATA_INDEX_REUSE_H
#define ERRATA_INDEX_REUSE_H

#include "index/tables.h"

/* Drops all rows but those of strings, patterns, shapes and, where asked, sources. Cost: the slots for records. */
void errata__index_drop_rows(struct errata_index *index, bool keep_sources);
/* Drops everything. Ids of before are none any more. Cost: the slots of all hash tables. */
void errata__index_empty(struct errata_index *index);

#endif
