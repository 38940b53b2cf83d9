/*
 * Strings that are looked up a little later. Of texts that never came before, most of the time of interning is waiting
 * for the slot of the hash table, which lies anywhere in many megabytes: a fifth of the time of reading a million small
 * documents. So the slot is fetched when the text comes, and looked at when the id is needed, or when another string
 * must have its id, since ids are given by first sight. Meanwhile the reader reads on.
 */
#ifndef ERRATA_INDEX_LATER_H
#define ERRATA_INDEX_LATER_H

#include "index/tables.h"

/*
 * As errata__string_intern(), but *id may be set only by errata__strings_settle(), which whoever wants to read it calls
 * first; every other interning of a string does, too, unless it came lately. Until then id is where it is, and nobody
 * else writes there: where a text is to replace one before it, settle in between. Rolling back drops what is open, and
 * marks, or finishing, are for when nothing is. The text is copied.
 */
ERRATA_MUST_CHECK enum errata_status errata__string_intern_later(struct errata_index *index,
                                                                 const char *text, size_t length,
                                                                 uint32_t *id, bool *repaired);

/* Gives ids to all that are open, in the order in which they came. After a failure none is open, and *id of some is not
   set: roll back. */
ERRATA_MUST_CHECK enum errata_status errata__strings_settle_all(struct errata_index *index);
ERRATA_MUST_CHECK static inline enum errata_status errata__strings_settle(
    struct errata_index *index) {
    return index->later.count == 0 ? ERRATA_OK : errata__strings_settle_all(index);
}

#endif
