/*
 * Counting groups. What a grouping takes from documents, rule errors and shapes is boiled down to
 * one number each, so that an issue costs one look-up for its shape and one for its row, in a matrix of these
 * numbers, or where that would be too large in the table of pairs. Documents are visited record by record: a
 * record is new to a group unless it was the last one counted there.
 */
#include "index/tally.h"

#include <string.h>

#include "core/fail.h"
#include "index/sound.h"

#define FIRST_ROWS 256U
/* Row 0, and numbers of shapes: see tally.h. */
#define ROW_OF_OTHERS 0U
#define NOT_KNOWN 0U
#define DOES_NOT_PASS 1U
#define PASSES 2U

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
    tally->rows[tally->count++] = (struct errata__tally_row){.first = ERRATA_NONE};
    return ERRATA_OK;
}

/* Goes on from the number of what was before with the grouping's fields of documents. */
static enum errata_status chain_document(struct errata__tally *tally, uint32_t document,
                                         uint32_t *number) {
    const struct errata__tally_level *fields = &tally->levels[ERRATA__LEVEL_DOCUMENT];
    enum errata_status status = ERRATA_OK;

    for (size_t i = 0; i < fields->count && status == ERRATA_OK; i++) {
        size_t place = fields->places[i];
        uint32_t value;
        status = errata__query_value(tally->query, tally->by->fields[place], document, &value);
        if (status == ERRATA_OK) {
            status = errata__pairs_number(&tally->chains[place], *number, value, number);
        }
    }
    return status;
}

/* The same for rule errors or shapes. */
static inline enum errata_status chain(struct errata__tally *tally, enum errata__level level,
                                       uint32_t row, uint32_t *number) {
    const struct errata__tally_level *fields = &tally->levels[level];
    enum errata_status status = ERRATA_OK;

    for (size_t i = 0; i < fields->count && status == ERRATA_OK; i++) {
        uint32_t value = errata__u32(tally->query->index, fields->columns[i], row);
        status = errata__pairs_number(&tally->chains[fields->places[i]], *number, value, number);
    }
    return status;
}

static inline void add(struct errata__tally_row *row, uint32_t record, uint32_t issue,
                       uint32_t issues) {
    row->issues += issues;
    /* Without a branch, since nobody can guess it: 1.5 ns an issue. */
    row->records += row->last_record != record + 1;
    row->last_record = record + 1;
    if (issue < row->first) {
        row->first = issue;
    }
}

/* The row of an issue whose shape's number this is; a new one where it is the first. */
static enum errata_status find_row(struct errata__tally *tally, uint32_t outer, uint32_t number,
                                   uint32_t issue, uint32_t *row) {
    enum errata_status status = errata__pairs_number(&tally->whole, outer, number, &number);

    if (status == ERRATA_OK && tally->by_path) {
        const struct errata_index *index = tally->query->index;
        uint32_t shape = errata__u32(index, ERRATA__ISSUE_SHAPE, issue);
        uint32_t pattern = errata__u32(index, ERRATA__SHAPE_PATTERN, shape);
        uint32_t path;
        status =
            errata__paths_number(&tally->paths, pattern, tally->query->position_counts[pattern],
                                 errata__scan_positions(&tally->scan, issue), &path);
        if (status == ERRATA_OK) {
            status = errata__pairs_number(&tally->with_path, number, path, &number);
        }
    }
    if (status == ERRATA_OK) {
        *row = number + 1;
        status = *row == tally->count ? add_row(tally) : ERRATA_OK;
    }
    return status;
}

/* What the grouping takes from a shape that passes. */
static enum errata_status shape_number(struct errata__tally *tally, uint32_t shape,
                                       uint32_t *number) {
    *number = 0;
    if (tally->columns == NULL) {
        return ERRATA_OK;
    }
    if (tally->columns[shape] != NOT_KNOWN) {
        *number = tally->columns[shape] - PASSES;
        return ERRATA_OK;
    }
    enum errata_status status = chain(tally, ERRATA__LEVEL_SHAPE, shape, number);
    if (status == ERRATA_OK && tally->query->shapes[shape] == ERRATA__YES) {
        tally->columns[shape] = *number + PASSES;
    }
    return status;
}

/* An issue that passes, which need not be all that its shape tells. */
static enum errata_status count_passing(struct errata__tally *tally, uint32_t outer,
                                        uint32_t record, uint32_t issue, uint32_t shape) {
    uint32_t number;
    uint32_t row;
    enum errata_status status = shape_number(tally, shape, &number);

    if (status == ERRATA_OK) {
        status = find_row(tally, outer, number, issue, &row);
    }
    if (status == ERRATA_OK && tally->by_numbers && tally->columns[shape] != NOT_KNOWN) {
        status = errata__matrix_set(&tally->matrix, tally->arena, outer, number + PASSES, row);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    add(&tally->rows[row], record, issue, 1);
    return tally->visit == NULL ? ERRATA_OK : tally->visit(tally->ctx, row, record, issue);
}

/* Counts an issue of which something is not known yet, or never is by its shape alone. */
static enum errata_status count_issue(struct errata__tally *tally, uint32_t outer, uint32_t record,
                                      uint32_t issue, struct errata_error *error) {
    uint32_t shape = errata__u32(tally->query->index, ERRATA__ISSUE_SHAPE, issue);
    bool passes = false;
    enum errata_status status = errata__scan_passes(&tally->scan, issue, shape, &passes, error);

    if (status != ERRATA_OK) {
        return status;
    }
    if (passes) {
        status = count_passing(tally, outer, record, issue, shape);
    } else {
        tally->rows[ROW_OF_OTHERS].issues++;
        if (tally->columns != NULL && tally->query->shapes[shape] == ERRATA__NO) {
            tally->columns[shape] = DOES_NOT_PASS;
            status = errata__matrix_set(&tally->matrix, tally->arena, outer, DOES_NOT_PASS,
                                        ROW_OF_OTHERS);
        }
    }
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

/* Counts issues as long as their rows are known from the matrix; returns how many. */
static uint32_t count_known(struct errata__tally *tally, uint32_t outer, uint32_t record,
                            uint32_t issue, uint32_t end) {
    const uint32_t *line = errata__matrix_line(&tally->matrix, outer);
    uint32_t width = 1U << tally->matrix.shift;
    const uint32_t *columns = tally->columns;
    struct errata__tally_row *rows = tally->rows;
    uint32_t start = issue;

    while (line != NULL && issue < end) {
        uint32_t count;
        const uint32_t *shapes = errata__scan_shapes(tally->query->index, issue, end, &count);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t column = columns[shapes[i]];
            if (column >= width || line[column] == ERRATA_NONE) {
                return issue + i - start;
            }
            add(&rows[line[column]], record, issue + i, 1);
        }
        issue += count;
    }
    return issue - start;
}

/* The issues of a rule error when nothing is asked of them. */
static enum errata_status count_whole(struct errata__tally *tally, uint32_t outer, uint32_t record,
                                      uint32_t issue, uint32_t end, struct errata_error *error) {
    uint32_t row;
    enum errata_status status = find_row(tally, outer, 0, issue, &row);

    if (status != ERRATA_OK) {
        return errata__fail_plain(error, status);
    }
    add(&tally->rows[row], record, issue, end - issue);
    return ERRATA_OK;
}

/* The issues of the rule error where the walk stands; outer: what the grouping takes from that and
   its document. */
static enum errata_status count_issues(struct errata__tally *tally, uint32_t outer, uint32_t record,
                                       struct errata_error *error) {
    uint32_t issue = tally->scan.issue;
    uint32_t end = tally->scan.issues_end;

    if (tally->by_numbers && tally->columns == NULL && issue < end) {
        return count_whole(tally, outer, record, issue, end, error);
    }
    for (;;) {
        if (tally->by_numbers) {
            issue += count_known(tally, outer, record, issue, end);
        }
        if (issue == end) {
            return ERRATA_OK;
        }
        enum errata_status status = count_issue(tally, outer, record, issue++, error);
        if (status != ERRATA_OK) {
            return status;
        }
    }
}

static enum errata_status count_all(struct errata__tally *tally, struct errata_error *error) {
    const struct errata_index *index = tally->query->index;
    uint32_t document = ERRATA_NONE;
    uint32_t of_document = 0;
    uint32_t record = ERRATA_NONE;
    uint32_t counted_record = ERRATA_NONE;

    for (;;) {
        bool more = false;
        enum errata_status status = errata__scan_rule_error(&tally->scan, &more, error);
        if (status != ERRATA_OK || !more) {
            return status;
        }
        if (tally->scan.document != document) {
            document = tally->scan.document;
            record = errata__u32(index, ERRATA__DOCUMENT_RECORD, document);
            of_document = 0;
            status = chain_document(tally, document, &of_document);
        }
        uint32_t outer = of_document;
        if (status == ERRATA_OK) {
            status = chain(tally, ERRATA__LEVEL_RULE_ERROR, tally->scan.rule_error, &outer);
        }
        if (status != ERRATA_OK) {
            return errata__fail_plain(error, status);
        }
        uint32_t others = tally->rows[ROW_OF_OTHERS].issues;
        status = count_issues(tally, outer, record, error);
        if (status != ERRATA_OK) {
            return status;
        }
        others = tally->rows[ROW_OF_OTHERS].issues - others;
        if (tally->scan.issues_end - tally->scan.issue > others && record != counted_record) {
            counted_record = record;
            tally->records++;
        }
    }
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
        struct errata__tally_level *level = &tally->levels[errata__field_level(by->fields[i])];
        errata__pairs_init(&tally->chains[i], arena, query->index);
        if (by->fields[i] == ERRATA_FIELD_PATH) {
            tally->by_path = true;
        } else {
            level->columns[level->count] = errata__field_column(by->fields[i]);
            level->places[level->count++] = i;
        }
    }
}

/* What is needed for counting. */
static enum errata_status prepare(struct errata__tally *tally, struct errata_error *error) {
    const struct errata_index *index = tally->query->index;
    /* The values of a group are found from one of its issues up. */
    uint64_t facts = ERRATA__SOUND_PLACE;

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
    if (tally->levels[ERRATA__LEVEL_SHAPE].count > 0 ||
        tally->query->terms[ERRATA__LEVEL_SHAPE] != NULL) {
        tally->columns =
            errata__arena_zalloc(tally->arena, index->rows[ERRATA__SHAPES], sizeof *tally->columns);
        if (tally->columns == NULL) {
            return errata__fail_plain(error, tally->arena->failure);
        }
    }
    status = add_row(tally);
    if (status == ERRATA_OK) {
        status = errata__repeats_find(&tally->repeats, index, tally->arena);
    }
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

enum errata_status errata__tally_count(struct errata__tally *tally, struct errata_error *error) {
    enum errata_status status = prepare(tally, error);

    if (status != ERRATA_OK) {
        return status;
    }
    tally->by_numbers = !tally->by_path && tally->visit == NULL;
    errata__scan_init(&tally->scan, tally->query, &tally->repeats);
    status = count_all(tally, error);
    for (size_t row = ROW_OF_OTHERS + 1; row < tally->count; row++) {
        tally->issues += tally->rows[row].issues;
    }
    return status;
}
