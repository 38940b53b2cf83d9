/*
 * Counting groups. What a grouping takes from documents, rule errors and shapes is boiled down to
 * one number each, so that an issue costs one look-up for its shape and one for its row, in a matrix of these
 * numbers, or where that would be too large in the table of pairs; few shapes stand in the matrix themselves.
 * Rule errors are visited record by record: a record is new to a group unless it was the last one counted there.
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
/* As many shapes may be columns of the matrix themselves, which saves a look-up for each issue; lines are then still
   short enough for the cache. */
#define MOST_SHAPES 1024U

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

/* A record more is counted without a branch, since nobody can guess it: 1.5 ns an issue. */
static inline void add(struct errata__tally_row *row, uint32_t record, uint32_t issue,
                       uint32_t issues) {
    row->counts += ((uint64_t)(row->last_record != record + 1) << 32) + issues;
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
        uint32_t pattern = errata__pattern_of(index, issue);
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

static inline uint32_t column_of(const struct errata__tally *tally, uint32_t shape) {
    return tally->by_shapes ? shape : tally->columns[shape];
}

/* Remembers the row of a shape that tells all. */
static enum errata_status keep_row(struct errata__tally *tally, uint32_t outer, uint32_t shape,
                                   uint32_t row) {
    return errata__matrix_set(&tally->matrix, tally->arena, outer, column_of(tally, shape), row);
}

static inline uint32_t known_row(const struct errata__tally *tally, const uint32_t *line,
                                 uint32_t shape) {
    uint32_t column = column_of(tally, shape);
    return column >> tally->matrix.shift == 0 ? line[column] : ERRATA_NONE;
}

/* An issue that passes, which need not be all that its shape tells. */
static enum errata_status count_passing(struct errata__tally *tally, const struct errata__run *run,
                                        uint32_t issue, uint32_t shape) {
    uint32_t number;
    uint32_t row;
    enum errata_status status = shape_number(tally, shape, &number);

    if (status == ERRATA_OK) {
        status = find_row(tally, run->outer, number, issue, &row);
    }
    if (status == ERRATA_OK && tally->by_numbers && tally->columns[shape] != NOT_KNOWN) {
        status = keep_row(tally, run->outer, shape, row);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    add(&tally->rows[row], run->record, issue, 1);
    return tally->visit == NULL ? ERRATA_OK : tally->visit(tally->ctx, row, run->record, issue);
}

/* Counts an issue of which something is not known yet, or never is by its shape alone. */
static enum errata_status count_issue(struct errata__tally *tally, const struct errata__run *run,
                                      uint32_t issue, struct errata_error *error) {
    uint32_t shape = errata__shape_of(tally->query->index, issue);
    bool passes = false;
    enum errata_status status = errata__scan_passes(&tally->scan, issue, shape, &passes, error);

    if (status != ERRATA_OK) {
        return status;
    }
    if (passes) {
        status = count_passing(tally, run, issue, shape);
    } else {
        add(&tally->rows[ROW_OF_OTHERS], run->record, issue, 1);
        if (tally->columns != NULL && tally->query->shapes[shape] == ERRATA__NO) {
            tally->columns[shape] = DOES_NOT_PASS;
            status = keep_row(tally, run->outer, shape, ROW_OF_OTHERS);
        }
    }
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

/* Counts issues as long as their rows are known; returns how many. few: known to the compiler, by_shapes and not wide. */
static inline uint32_t count_line(const struct errata__tally *tally, const uint32_t *line, bool few,
                                  struct errata__shape_run shapes, uint32_t record, uint32_t issue,
                                  uint32_t count) {
    shapes.wide = !few && shapes.wide;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t shape = errata__shape_at(shapes, i);
        uint32_t row = few ? line[shape] : known_row(tally, line, shape);
        if (row == ERRATA_NONE) {
            return i;
        }
        add(&tally->rows[row], record, issue + i, 1);
    }
    return count;
}

/* The same from an issue of a run on. */
static uint32_t count_known(const struct errata__tally *tally, const struct errata__run *run,
                            uint32_t issue) {
    const struct errata_index *index = tally->query->index;
    const uint32_t *line = errata__matrix_line(&tally->matrix, run->outer);
    uint32_t start = issue;

    while (line != NULL && issue < run->end) {
        uint32_t count;
        struct errata__shape_run shapes = errata__scan_shapes(index, issue, run->end, &count);
        uint32_t known = tally->by_shapes && !shapes.wide
                             ? count_line(tally, line, true, shapes, run->record, issue, count)
                             : count_line(tally, line, false, shapes, run->record, issue, count);
        issue += known;
        if (known < count) {
            break;
        }
    }
    return issue - start;
}

/* What the grouping takes from a rule error, most often its key alone. */
static inline enum errata_status find_rule_error(struct errata__tally *tally,
                                                 struct errata__run *run) {
    const struct errata__tally_level *fields = &tally->levels[ERRATA__LEVEL_RULE_ERROR];

    run->outer = tally->of_document;
    if (fields->count != 1) {
        return chain(tally, ERRATA__LEVEL_RULE_ERROR, run->rule_error, &run->outer);
    }
    uint32_t value = errata__u32(tally->query->index, fields->columns[0], run->rule_error);
    uint64_t key = (uint64_t)run->outer << 32 | value;
    struct errata__pair_slot *recent = &tally->recent[(value ^ run->outer) % ERRATA__TALLY_RECENT];
    if (recent->key == key && recent->number_plus_1 != 0) {
        run->outer = recent->number_plus_1 - 1;
        return ERRATA_OK;
    }
    enum errata_status status =
        errata__pairs_number(&tally->chains[fields->places[0]], run->outer, value, &run->outer);
    if (status == ERRATA_OK) {
        *recent = (struct errata__pair_slot){key, run->outer + 1};
    }
    return status;
}

/* Finds what the grouping takes from the documents and rule errors of runs. */
static enum errata_status find_outer(struct errata__tally *tally) {
    struct errata__walk *walk = &tally->walk;
    enum errata_status status = ERRATA_OK;

    for (uint32_t i = 0; i < walk->count && status == ERRATA_OK; i++) {
        struct errata__run *run = &walk->runs[i];
        if (run->document != tally->document) {
            tally->document = run->document;
            tally->of_document = 0;
            status = chain_document(tally, run->document, &tally->of_document);
        }
        if (status == ERRATA_OK) {
            status = find_rule_error(tally, run);
        }
    }
    return status;
}

static enum errata_status count_run(struct errata__tally *tally, const struct errata__run *run,
                                    struct errata_error *error) {
    uint32_t issue = run->issue;

    if (tally->by_numbers && tally->columns == NULL && issue < run->end) {
        /* Nothing is asked of issues. */
        uint32_t row;
        enum errata_status status = find_row(tally, run->outer, 0, issue, &row);
        if (status != ERRATA_OK) {
            return errata__fail_plain(error, status);
        }
        add(&tally->rows[row], run->record, issue, run->end - issue);
        return ERRATA_OK;
    }
    for (;;) {
        if (tally->by_numbers) {
            issue += count_known(tally, run, issue);
        }
        if (issue == run->end) {
            return ERRATA_OK;
        }
        enum errata_status status = count_issue(tally, run, issue++, error);
        if (status != ERRATA_OK) {
            return status;
        }
    }
}

static enum errata_status count_runs(struct errata__tally *tally, struct errata_error *error) {
    const struct errata__walk *walk = &tally->walk;

    for (uint32_t i = 0; i < walk->count; i++) {
        const struct errata__run *run = &walk->runs[i];
        uint32_t others = errata__tally_issues(&tally->rows[ROW_OF_OTHERS]);
        enum errata_status status = count_run(tally, run, error);
        if (status != ERRATA_OK) {
            return status;
        }
        others = errata__tally_issues(&tally->rows[ROW_OF_OTHERS]) - others;
        if (run->end - run->issue > others) {
            tally->records += tally->last_record != run->record + 1;
            tally->last_record = run->record + 1;
        }
    }
    return ERRATA_OK;
}

static enum errata_status count_all(struct errata__tally *tally, struct errata_error *error) {
    for (;;) {
        enum errata_status status = errata__walk_next(&tally->walk, error);
        if (status != ERRATA_OK || tally->walk.count == 0) {
            return status;
        }
        status = find_outer(tally);
        if (status != ERRATA_OK) {
            return errata__fail_plain(error, status);
        }
        status = count_runs(tally, error);
        if (status != ERRATA_OK) {
            return status;
        }
    }
}

void errata__tally_init(struct errata__tally *tally, struct errata_query *query,
                        const struct errata_grouping *by, struct errata__arena *arena) {
    memset(tally, 0, sizeof *tally);
    tally->query = query;
    tally->by = by;
    tally->arena = arena;
    tally->document = ERRATA_NONE;
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
        status = errata__walk_init(&tally->walk, tally->query, tally->arena);
    }
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

enum errata_status errata__tally_count(struct errata__tally *tally, struct errata_error *error) {
    enum errata_status status = prepare(tally, error);

    if (status != ERRATA_OK) {
        return status;
    }
    tally->by_shapes = tally->query->index->rows[ERRATA__SHAPES] <= MOST_SHAPES;
    while (tally->by_shapes &&
           tally->query->index->rows[ERRATA__SHAPES] >> tally->matrix.shift != 0) {
        tally->matrix.shift++;
    }
    tally->by_numbers = !tally->by_path && tally->visit == NULL;
    errata__scan_init(&tally->scan, tally->query);
    status = count_all(tally, error);
    for (size_t row = ROW_OF_OTHERS + 1; row < tally->count; row++) {
        tally->issues += errata__tally_issues(&tally->rows[row]);
    }
    return status;
}
