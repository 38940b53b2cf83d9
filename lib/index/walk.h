/*
 * Walking over the rule errors that pass, record by record, for counting: in runs of issues, many at a time. The next rows
 * of a table are looked up for all of them before those of the table below, so that the processor waits for many at
 * once where documents that report on a record again are anywhere in memory.
 */
#ifndef ERRATA_INDEX_WALK_H
#define ERRATA_INDEX_WALK_H

#include "index/query.h"
#include "index/records.h"

/* Documents that are looked up at once, and rule errors. */
#define ERRATA__WALK_DOCUMENTS 256U
#define ERRATA__WALK_RUNS 256U

/* The issues of a rule error. */
struct errata__run {
    uint32_t record;
    uint32_t document;
    uint32_t rule_error;
    uint32_t issue;
    uint32_t end;
    /* The caller's. */
    uint32_t outer;
};

/* Documents: the record's id << 32 | the document's. */
struct errata__walk_queue {
    uint64_t keys[ERRATA__WALK_DOCUMENTS];
    uint32_t count;
    uint32_t at;
};

struct errata__walk {
    struct errata_query *query;
    struct errata__repeats repeats;
    /* How many of them were taken. */
    uint32_t next_repeat;
    /* Of the other documents, the first that was not looked at, the highest record so far, and the next ones. */
    uint32_t next_document;
    uint32_t highest_record;
    struct errata__walk_queue others;
    /* Documents in order, that pass, and their rule errors. */
    struct errata__walk_queue order;
    uint32_t first[ERRATA__WALK_DOCUMENTS];
    uint32_t end[ERRATA__WALK_DOCUMENTS];
    struct errata__run runs[ERRATA__WALK_RUNS];
    uint32_t count;
};

/* After errata__query_prepare(). arena: for what is put in order. ERRATA_OK, ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__walk_init(struct errata__walk *walk,
                                                       struct errata_query *query,
                                                       struct errata__arena *arena);

/* Fills walk->runs; walk->count is 0 at the end. ERRATA_OK, ERRATA_NO_MEMORY, ERRATA_LIMIT_REGEX. */
ERRATA_MUST_CHECK enum errata_status errata__walk_next(struct errata__walk *walk,
                                                       struct errata_error *error);

#endif
