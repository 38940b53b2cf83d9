/*
 * Counting groups. What a grouping takes from documents, rule errors and shapes is boiled down to
 * one number each, so that an issue costs one look-up for its shape and one in the table of pairs.
 * Documents are visited record by record: a record is new to a group unless it was the last one
 * counted there.
 */
#include "index/tally.h"

#include <string.h>

#include "core/fail.h"
#include "index/sound.h"

#define FIRST_ROWS 256U

/* Counters of 32 bits are enough, since ids have no more. */
static enum errata_status add_row(struct errata__tally *tally) {
    if (tally->count == tally->room) {
        size_t room = tally->room == 0 ? FIRST_ROWS : tally->room * 2;
        struct errata__tally_row *fresh = errata__arena_borrow(tally->arena, room, sizeof *fresh);
        if (fresh == NULL) {
            return tally->arena->failure;
        }
        if (tally->count > 0) {
            memcpy(fresh, tally->rows, tally->count * sizeof *fresh);
        }
        errata__arena_return(tally->arena, tally->rows);
        tally->rows = fresh;
        tally->room = room;
    }
    tally->rows[tally->count++] = (struct errata__tally_row){0, 0, 0, ERRATA_NONE};
    return ERRATA_OK;
}

/* Goes on from the number of what was before with the grouping's fields of a level. */
static enum errata_status chain(struct errata__tally *tally, enum errata__level level, uint32_t row,
                                uint32_t *number) {
    for (size_t i = 0; i < tally->by->n_fields; i++) {
        enum errata_field field = tally->by->fields[i];
        uint32_t value;
        if (field == ERRATA_FIELD_PATH || errata__field_level(field) != level) {
            continue;
        }
        enum errata_status status = errata__query_value(tally->query, field, row, &value);
        if (status == ERRATA_OK) {
            status = errata__pairs_number(&tally->chains[i], *number, value, number);
        }
        if (status != ERRATA_OK) {
            return status;
        }
    }
    return ERRATA_OK;
}

/* What the grouping takes from a shape. */
static inline enum errata_status shape_number(struct errata__tally *tally, uint32_t shape,
                                              uint32_t *number) {
    *number = 0;
    if (tally->shapes == NULL) {
        return ERRATA_OK;
    }
    if (tally->shapes[shape] == 0) {
        enum errata_status status = chain(tally, ERRATA__LEVEL_SHAPE, shape, number);
        if (status != ERRATA_OK) {
            return status;
        }
        tally->shapes[shape] = *number + 1;
    }
    *number = tally->shapes[shape] - 1;
    return ERRATA_OK;
}

static inline enum errata_status count_issue(struct errata__tally *tally, uint32_t outer,
                                             uint32_t record, uint32_t issue, uint32_t shape) {
    uint32_t number;
    enum errata_status status = shape_number(tally, shape, &number);

    if (status == ERRATA_OK) {
        status = errata__pairs_number(&tally->whole, outer, number, &number);
    }
    if (status == ERRATA_OK && tally->by_path) {
        uint32_t pattern = errata__u32(tally->query->index, ERRATA__SHAPE_PATTERN, shape);
        uint32_t path;
        status =
            errata__paths_number(&tally->paths, pattern, tally->query->position_counts[pattern],
                                 errata__scan_positions(&tally->scan, issue), &path);
        if (status == ERRATA_OK) {
            status = errata__pairs_number(&tally->with_path, number, path, &number);
        }
    }
    if (status == ERRATA_OK && number == tally->count) {
        status = add_row(tally);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    struct errata__tally_row *row = &tally->rows[number];
    row->issues++;
    if (row->last_record != record + 1) {
        row->last_record = record + 1;
        row->records++;
    }
    if (issue < row->first) {
        row->first = issue;
    }
    return tally->visit == NULL ? ERRATA_OK : tally->visit(tally->ctx, number, record, issue);
}

/* The issues of the rule error where the walk stands; outer: what the grouping takes from that and
   its document. *any is set when one passes. */
static enum errata_status count_issues(struct errata__tally *tally, uint32_t outer, uint32_t record,
                                       bool *any, struct errata_error *error) {
    const struct errata_index *index = tally->query->index;
    uint32_t end = tally->scan.issues_end;

    for (uint32_t issue = tally->scan.issue; issue < end; issue++) {
        uint32_t shape = errata__u32(index, ERRATA__ISSUE_SHAPE, issue);
        bool passes = false;
        enum errata_status status = errata__scan_passes(&tally->scan, issue, shape, &passes, error);
        if (status != ERRATA_OK) {
            return status;
        }
        if (passes) {
            status = count_issue(tally, outer, record, issue, shape);
            if (status != ERRATA_OK) {
                return errata__fail_plain(error, status);
            }
            tally->issues++;
            *any = true;
        }
    }
    return ERRATA_OK;
}

static enum errata_status count_all(struct errata__tally *tally, struct errata_error *error) {
    const struct errata_index *index = tally->query->index;
    uint32_t document = ERRATA_NONE;
    uint32_t of_document = 0;
    uint32_t record = ERRATA_NONE;
    uint32_t counted_record = ERRATA_NONE;

    for (;;) {
        bool more = false;
        bool any = false;
        enum errata_status status = errata__scan_rule_error(&tally->scan, &more, error);
        if (status != ERRATA_OK || !more) {
            return status;
        }
        if (tally->scan.document != document) {
            document = tally->scan.document;
            record = errata__u32(index, ERRATA__DOCUMENT_RECORD, document);
            of_document = 0;
            status = chain(tally, ERRATA__LEVEL_DOCUMENT, document, &of_document);
        }
        uint32_t outer = of_document;
        if (status == ERRATA_OK) {
            status = chain(tally, ERRATA__LEVEL_RULE_ERROR, tally->scan.rule_error, &outer);
        }
        if (status != ERRATA_OK) {
            return errata__fail_plain(error, status);
        }
        status = count_issues(tally, outer, record, &any, error);
        if (status != ERRATA_OK) {
            return status;
        }
        if (any && record != counted_record) {
            counted_record = record;
            tally->records++;
        }
    }
}

enum errata_status errata__record_order(uint32_t **out, const struct errata_index *index,
                                        struct errata__arena *arena) {
    uint32_t documents = (uint32_t)index->rows[ERRATA__DOCUMENTS];
    size_t records = (size_t)index->rows[ERRATA__RECORDS];
    uint32_t last = 0;
    bool ascends = true;

    *out = NULL;
    for (uint32_t i = 0; i < documents && ascends; i++) {
        uint32_t record = errata__u32(index, ERRATA__DOCUMENT_RECORD, i);
        ascends = record >= last;
        last = record;
    }
    if (ascends) {
        return ERRATA_OK;
    }
    /* Counting sort: where the documents of a record go. */
    uint32_t *places = errata__arena_borrow(arena, records + 1, sizeof *places);
    uint32_t *order = errata__arena_borrow(arena, documents, sizeof *order);
    if (places == NULL || order == NULL) {
        return arena->failure;
    }
    memset(places, 0, (records + 1) * sizeof *places);
    for (uint32_t i = 0; i < documents; i++) {
        places[errata__u32(index, ERRATA__DOCUMENT_RECORD, i) + (size_t)1]++;
    }
    for (size_t record = 1; record < records; record++) {
        places[record] += places[record - 1];
    }
    for (uint32_t i = 0; i < documents; i++) {
        order[places[errata__u32(index, ERRATA__DOCUMENT_RECORD, i)]++] = i;
    }
    errata__arena_return(arena, places);
    *out = order;
    return ERRATA_OK;
}

void errata__tally_init(struct errata__tally *tally, struct errata_query *query,
                        const struct errata_grouping *by, struct errata__arena *arena) {
    memset(tally, 0, sizeof *tally);
    tally->query = query;
    tally->by = by;
    tally->arena = arena;
    errata__pairs_init(&tally->whole, arena, query->index);
    errata__pairs_init(&tally->with_path, arena, query->index);
    errata__paths_init(&tally->paths, arena, query->index);
    for (size_t i = 0; i < by->n_fields; i++) {
        errata__pairs_init(&tally->chains[i], arena, query->index);
        if (by->fields[i] == ERRATA_FIELD_PATH) {
            tally->by_path = true;
        } else if (errata__field_level(by->fields[i]) == ERRATA__LEVEL_SHAPE) {
            tally->by_shape = true;
        }
    }
}

enum errata_status errata__tally_count(struct errata__tally *tally, struct errata_error *error) {
    const struct errata_index *index = tally->query->index;
    /* The values of a group are found from one of its issues up. */
    uint64_t facts = ERRATA__SOUND_PLACE;
    uint32_t *order;

    for (size_t i = 0; i < tally->by->n_fields; i++) {
        facts |= errata__field_facts(tally->by->fields[i]);
    }
    enum errata_status status = errata__sound(index, facts, error);
    if (status == ERRATA_OK && tally->by_path) {
        status = errata__query_prepare_paths(tally->query, error);
    }
    if (status == ERRATA_OK) {
        status = errata__query_prepare(tally->query, error);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    if (tally->by_shape) {
        tally->shapes =
            errata__arena_zalloc(tally->arena, index->rows[ERRATA__SHAPES], sizeof(uint32_t));
        if (tally->shapes == NULL) {
            return errata__fail_plain(error, tally->arena->failure);
        }
    }
    status = errata__record_order(&order, index, tally->arena);
    if (status != ERRATA_OK) {
        return errata__fail_plain(error, status);
    }
    errata__scan_init(&tally->scan, tally->query, order);
    return count_all(tally, error);
}
