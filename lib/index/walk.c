/*
 * The walk over documents and their rule errors, record by record. There are two rows of documents with rising
 * records: the repeats, and all others. Both are merged without a branch on which is next, since nobody can guess
 * it: grouping small documents of which a tenth are repeats took 13 ns an issue, and takes 10.
 */
#include "index/walk.h"

#include <string.h>

enum errata_status errata__walk_init(struct errata__walk *walk, struct errata_query *query,
                                     struct errata__arena *arena) {
    memset(walk, 0, sizeof *walk);
    walk->query = query;
    return errata__repeats_find(&walk->repeats, query->index, arena);
}

/* The next documents that are no repeats; behind the last one stands a key that is none. */
static void take_others(struct errata__walk *walk) {
    const struct errata_index *index = walk->query->index;
    struct errata__walk_queue *others = &walk->others;
    uint32_t documents = (uint32_t)index->rows[ERRATA__DOCUMENTS];
    uint32_t document = walk->next_document;
    uint32_t highest = walk->highest_record;
    uint32_t count = 0;

    while (count < ERRATA__WALK_DOCUMENTS && document < documents) {
        uint32_t record = errata__u32(index, ERRATA__DOCUMENT_RECORD, document);
        others->keys[count] = (uint64_t)record << 32 | document;
        count += record >= highest;
        highest = record < highest ? highest : record;
        document++;
    }
    if (count == 0) {
        others->keys[count++] = ERRATA__NO_REPEAT;
    }
    others->at = 0;
    others->count = count;
    walk->next_document = document;
    walk->highest_record = highest;
}

/* Puts the next documents in order, and looks up their rule errors. */
static void take_documents(struct errata__walk *walk) {
    const struct errata_index *index = walk->query->index;
    struct errata__walk_queue *order = &walk->order;
    const uint64_t *repeats = walk->repeats.keys + walk->next_repeat;
    uint32_t count = 0;

    while (count < ERRATA__WALK_DOCUMENTS) {
        if (walk->others.at == walk->others.count) {
            take_others(walk);
        }
        uint64_t other = walk->others.keys[walk->others.at];
        uint64_t repeat = *repeats;
        uint64_t key = other < repeat ? other : repeat;
        if (key == ERRATA__NO_REPEAT) {
            break;
        }
        walk->others.at += other < repeat;
        repeats += repeat < other;
        order->keys[count++] = key;
        errata__u32_prefetch(index, ERRATA__DOCUMENT_FIRST, (uint32_t)key);
    }
    walk->next_repeat = (uint32_t)(repeats - walk->repeats.keys);
    order->at = 0;
    order->count = count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t document = (uint32_t)order->keys[i];
        walk->first[i] = errata__u32(index, ERRATA__DOCUMENT_FIRST, document);
        walk->end[i] = errata__end_of(index, ERRATA__DOCUMENT_FIRST, ERRATA__DOCUMENTS,
                                      ERRATA__RULE_ERRORS, document);
        if (walk->first[i] < walk->end[i]) {
            errata__u32_prefetch(index, ERRATA__RULE_ERROR_FIRST, walk->first[i]);
            errata__u32_prefetch(index, ERRATA__RULE_ERROR_KEY, walk->first[i]);
        }
    }
}

/* Leaves out documents whose terms do not hold. */
static enum errata_status try_documents(struct errata__walk *walk, struct errata_error *error) {
    struct errata__walk_queue *order = &walk->order;
    uint32_t count = 0;

    for (uint32_t i = 0; i < order->count; i++) {
        bool passes = false;
        enum errata_status status = errata__query_row(walk->query, ERRATA__LEVEL_DOCUMENT,
                                                      (uint32_t)order->keys[i], &passes, error);
        if (status != ERRATA_OK) {
            return status;
        }
        order->keys[count] = order->keys[i];
        walk->first[count] = walk->first[i];
        walk->end[count] = walk->end[i];
        count += passes;
    }
    order->count = count;
    return ERRATA_OK;
}

/* Runs of the documents in order, as far as there is room. */
static void take_runs(struct errata__walk *walk) {
    const struct errata_index *index = walk->query->index;
    struct errata__walk_queue *order = &walk->order;
    uint32_t rows = (uint32_t)index->rows[ERRATA__RULE_ERRORS];
    uint32_t at = order->at;
    uint32_t count = 0;

    for (; at < order->count; at++) {
        uint64_t key = order->keys[at];
        uint32_t row = walk->first[at];
        uint32_t end = walk->end[at];
        uint32_t room = ERRATA__WALK_RUNS - count;
        uint32_t stop = end - row <= room ? end : row + room;
        uint32_t issue = row < stop ? errata__u32(index, ERRATA__RULE_ERROR_FIRST, row) : 0;
        for (; row < stop; row++) {
            struct errata__run *run = &walk->runs[count++];
            run->record = (uint32_t)(key >> 32);
            run->document = (uint32_t)key;
            run->rule_error = row;
            run->issue = issue;
            issue = row + 1 < rows ? errata__u32(index, ERRATA__RULE_ERROR_FIRST, row + 1)
                                   : (uint32_t)index->rows[ERRATA__ISSUES];
            run->end = issue;
            if (run->issue < issue) {
                __builtin_prefetch(errata__shape_run(index, run->issue).ids);
            }
        }
        if (stop < end) {
            walk->first[at] = stop;
            break;
        }
    }
    order->at = at;
    walk->count = count;
}

/* Leaves out rule errors whose terms do not hold. */
static enum errata_status try_runs(struct errata__walk *walk, struct errata_error *error) {
    uint32_t count = 0;

    for (uint32_t i = 0; i < walk->count; i++) {
        bool passes = false;
        enum errata_status status = errata__query_row(walk->query, ERRATA__LEVEL_RULE_ERROR,
                                                      walk->runs[i].rule_error, &passes, error);
        if (status != ERRATA_OK) {
            return status;
        }
        walk->runs[count] = walk->runs[i];
        count += passes;
    }
    walk->count = count;
    return ERRATA_OK;
}

enum errata_status errata__walk_next(struct errata__walk *walk, struct errata_error *error) {
    enum errata_status status = ERRATA_OK;

    do {
        if (walk->order.at == walk->order.count) {
            take_documents(walk);
            if (walk->order.count == 0) {
                walk->count = 0;
                return ERRATA_OK;
            }
            if (walk->query->terms[ERRATA__LEVEL_DOCUMENT] != NULL) {
                status = try_documents(walk, error);
            }
        }
        if (status == ERRATA_OK) {
            take_runs(walk);
            if (walk->query->terms[ERRATA__LEVEL_RULE_ERROR] != NULL) {
                status = try_runs(walk, error);
            }
        }
    } while (status == ERRATA_OK && walk->count == 0);
    return status;
}
