/*
 * Walking over documents record by record, for counting. There are two rows of documents with rising records: those that
 * report on a record again, and all others. The former are anywhere in memory, so many of them are looked up at once:
 * the next rows of a table for all of them before those of the table below.
 */
#ifndef ERRATA_INDEX_WALK_H
#define ERRATA_INDEX_WALK_H

#include "index/records.h"

/* Documents of a queue. */
#define ERRATA__WALK_DOCUMENTS 64U

/* A document, or what stands behind the last one: its key is ERRATA__NO_REPEAT. */
struct errata__walk_document {
    /* The record's id << 32 | the document's. */
    uint64_t key;
    /* Its rule errors. */
    uint32_t first;
    uint32_t end;
};

struct errata__walk {
    const struct errata_index *index;
    struct errata__repeats repeats;
    /* How many of them were taken. */
    size_t next_repeat;
    /* Of the other documents, the first that was not looked at, and the highest record so far. */
    uint32_t next_document;
    uint32_t highest_record;
    /* The next of either sort. */
    struct errata__walk_queue {
        struct errata__walk_document documents[ERRATA__WALK_DOCUMENTS];
        uint32_t at;
        uint32_t count;
    } others, again;
};

/* After errata__query_prepare(). arena: for what is put in order. ERRATA_OK, ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__walk_init(struct errata__walk *walk,
                                                       const struct errata_index *index,
                                                       struct errata__arena *arena);

/* For the function below, when a queue is empty. */
void errata__walk_take_others(struct errata__walk *walk);
void errata__walk_take_again(struct errata__walk *walk);

/* The next document, which stays until the next call. Of which sort it is, nobody can guess, so there is no branch on
   that: grouping small documents of which a tenth are repeats took 13 ns an issue, and took 10 without. */
static inline const struct errata__walk_document *errata__walk_next(struct errata__walk *walk) {
    if (walk->others.at == walk->others.count) {
        errata__walk_take_others(walk);
    }
    if (walk->again.at == walk->again.count) {
        errata__walk_take_again(walk);
    }
    const struct errata__walk_document *other = &walk->others.documents[walk->others.at];
    const struct errata__walk_document *again = &walk->again.documents[walk->again.at];
    uint32_t is_other = other->key < again->key;
    uint32_t is_again = again->key < other->key;
    walk->others.at += is_other;
    walk->again.at += is_again;
    return is_other ? other : again;
}

#endif
