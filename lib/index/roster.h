/*
 * Finding a record by the string that is its id. Where documents report on one record after another, both come for the
 * first time together: the strings of such records rise with the records. So one bit for each string, and a number
 * for each record, find them, of which those that follow one another lie together. Looking for a million records in a
 * hash table took three times the memory, and was a seventh of the time of reading.
 *
 * All others, whose string was there before (the same id in another collection, a value of some issue), are in a hash
 * table. None of these has a string behind the last on the roster, so a string behind it is of no record.
 */
#ifndef ERRATA_INDEX_ROSTER_H
#define ERRATA_INDEX_ROSTER_H

#include "index/tables.h"

/* Asks for what errata__record_intern() of a record with this string will look at. */
void errata__record_prefetch(const struct errata_index *index, uint32_t string);
/* Rolling back: the record is gone, which must be the last. Its row is still there. */
void errata__record_forget(struct errata_index *index, uint32_t id);
/* Forgets all, but keeps the memory. Cost: a bit for each string, and the slots of the hash table. */
void errata__records_forget(struct errata_index *index);
/* Gives all memory back. */
void errata__records_free(struct errata_index *index);

#endif
