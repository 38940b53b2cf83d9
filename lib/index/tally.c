/*
 * Counting groups. What a grouping takes from documents, rule errors and shapes is boiled down to
 * one number each, so that an issue costs one look-up for its shape and one for its row, in a matrix of these
 * numbers, or where that would be too large in the table of pairs; few shapes stand in the matrix themselves.
 * Documents are visited record by record: a record is new to a group unless it was the last one counted there.
 * Issues are counted in stretches, of as many rule errors as follow one another.
 */
#include "index/tally.h"

#include <string.h>

#include "core/fail.h"
#include "index/sound.h"
#include "index/tally-number.h"

/* Numbers of shapes: see tally.h. */
#define NOT_KNOWN 0U
#define DOES_NOT_PASS 1U
#define PASSES 2U
/* As many shapes may be columns of the matrix themselves, which saves a look-up for each issue; lines are then still
   short enough for the cache. */
#define MOST_SHAPES 1024U

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
    enum errata_status status = errata__tally_chain(tally, ERRATA__LEVEL_SHAPE, shape, number);
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

/* An issue that passes, which need not be all that its shape tells. */
static enum errata_status count_passing(struct errata__tally *tally, uint64_t state, uint32_t issue,
                                        uint32_t shape) {
    uint32_t outer = (uint32_t)state;
    uint32_t record = (uint32_t)(state >> 32) - 1;
    uint32_t number;
    uint32_t row;
    enum errata_status status = shape_number(tally, shape, &number);

    if (status == ERRATA_OK) {
        status = errata__tally_find_row(tally, outer, number, issue, &row);
    }
    if (status == ERRATA_OK && tally->by_numbers && tally->columns[shape] != NOT_KNOWN) {
        status = keep_row(tally, outer, shape, row);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    errata__tally_add(&tally->rows[row], state, issue, 1);
    errata__tally_record(&tally->passing, state, tally->asks);
    return tally->visit == NULL ? ERRATA_OK : tally->visit(tally->ctx, row, record, issue);
}

/* Counts an issue of which something is not known yet, or never is by its shape alone. */
static enum errata_status count_issue(struct errata__tally *tally, uint64_t state, uint32_t issue,
                                      struct errata_error *error) {
    uint32_t shape = errata__shape_of(tally->query->index, issue);
    bool passes = false;
    enum errata_status status = errata__scan_passes(&tally->scan, issue, shape, &passes, error);

    if (status != ERRATA_OK) {
        return status;
    }
    if (passes) {
        status = count_passing(tally, state, issue, shape);
    } else if (tally->columns != NULL && tally->query->shapes[shape] == ERRATA__NO) {
        tally->columns[shape] = DOES_NOT_PASS;
        status = keep_row(tally, (uint32_t)state, shape, ERRATA__TALLY_OTHERS);
    }
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

/* Counts the stretch, which then takes nothing more. */
static enum errata_status count_stretch(struct errata__tally *tally, struct errata_error *error) {
    struct errata__stretch *stretch = &tally->stretch;
    enum errata_status status = ERRATA_OK;

    while (stretch->at < stretch->end && status == ERRATA_OK) {
        const struct errata__counting counting = {tally->query->index, tally->rows, &tally->matrix,
                                                  tally->by_shapes ? NULL : tally->columns,
                                                  tally->asks ? &tally->passing : NULL};
        errata__stretch_count(stretch, &counting);
        if (stretch->at < stretch->end) {
            status = count_issue(tally, stretch->state, stretch->at++, error);
        }
        /* Where each shape comes once, to go back and forth would cost a tenth. */
        while (status == ERRATA_OK && stretch->at < stretch->end &&
               tally->columns[errata__shape_of(tally->query->index, stretch->at)] == NOT_KNOWN) {
            errata__stretch_step(stretch);
            status = count_issue(tally, stretch->state, stretch->at++, error);
        }
    }
    stretch->most = stretch->end;
    return status;
}

/* What the grouping takes from a rule error, most often its key alone. */
static inline enum errata_status find_rule_error(struct errata__tally *tally, uint32_t rule_error,
                                                 uint32_t *outer) {
    const struct errata__tally_level *fields = &tally->levels[ERRATA__LEVEL_RULE_ERROR];

    if (fields->count != 1) {
        return errata__tally_chain(tally, ERRATA__LEVEL_RULE_ERROR, rule_error, outer);
    }
    uint32_t value = errata__u32(tally->query->index, fields->columns[0], rule_error);
    uint64_t key = (uint64_t)*outer << 32 | value;
    struct errata__pair_slot *recent = &tally->recent[(value ^ *outer) % ERRATA__TALLY_RECENT];
    if (recent->key == key && recent->number_plus_1 != 0) {
        *outer = recent->number_plus_1 - 1;
        return ERRATA_OK;
    }
    enum errata_status status =
        errata__pairs_number(&tally->chains[fields->places[0]], *outer, value, outer);
    if (status == ERRATA_OK) {
        *recent = (struct errata__pair_slot){key, *outer + 1};
    }
    return status;
}

/* Counts the issues of a rule error whose line the matrix has, most often later. */
static inline enum errata_status count_by_line(struct errata__tally *tally, uint64_t state,
                                               uint32_t issue, uint32_t end,
                                               struct errata_error *error) {
    struct errata__stretch *stretch = &tally->stretch;

    do {
        if (issue != stretch->end || issue == stretch->most) {
            enum errata_status status = count_stretch(tally, error);
            if (status != ERRATA_OK) {
                return status;
            }
            errata__stretch_begin(stretch, issue);
        }
        issue = errata__stretch_take(stretch, state, end);
    } while (issue < end);
    return ERRATA_OK;
}

/* Counts those of one that has no line, or not yet. */
static enum errata_status count_apart(struct errata__tally *tally, uint64_t state, uint32_t issue,
                                      uint32_t end, struct errata_error *error) {
    uint32_t outer = (uint32_t)state;
    enum errata_status status = ERRATA_OK;

    if (tally->by_numbers && tally->columns == NULL) {
        /* Nothing is asked of issues. */
        uint32_t row;
        status = errata__tally_find_row(tally, outer, 0, issue, &row);
        if (status == ERRATA_OK) {
            errata__tally_add(&tally->rows[row], state, issue, end - issue);
        }
        return status == ERRATA_OK ? status : errata__fail_plain(error, status);
    }
    if (tally->by_numbers) {
        status = errata__matrix_reserve(&tally->matrix, tally->arena, outer, 0);
        if (status != ERRATA_OK) {
            return errata__fail_plain(error, status);
        }
        if (outer < tally->matrix.lines) {
            return count_by_line(tally, state, issue, end, error);
        }
    }
    status = count_stretch(tally, error);
    while (issue < end && status == ERRATA_OK) {
        status = count_issue(tally, state, issue++, error);
    }
    return status;
}

static enum errata_status count_document(struct errata__tally *tally,
                                         const struct errata__walk_document *document,
                                         struct errata_error *error) {
    const struct errata_index *index = tally->query->index;
    const bool has_terms = tally->query->terms[ERRATA__LEVEL_RULE_ERROR] != NULL;
    const uint32_t record = (uint32_t)(document->key >> 32);
    uint32_t end = 0;
    uint32_t of_document = 0;
    bool any = false;
    enum errata_status status = ERRATA_OK;

    if (document->first < document->end) {
        end = errata__u32(index, ERRATA__RULE_ERROR_FIRST, document->first);
    }
    for (uint32_t row = document->first; row < document->end && status == ERRATA_OK; row++) {
        uint32_t issue = end;
        uint32_t outer = of_document;
        end = errata__end_of(index, ERRATA__RULE_ERROR_FIRST, ERRATA__RULE_ERRORS, ERRATA__ISSUES,
                             row);
        if (has_terms) {
            bool passes = false;
            status =
                errata__query_try_row(tally->query, ERRATA__LEVEL_RULE_ERROR, row, &passes, error);
            if (status != ERRATA_OK) {
                return status;
            }
            if (!passes) {
                continue;
            }
        }
        if (issue == end) {
            continue;
        }
        if (!any) {
            status = errata__tally_chain_document(tally, (uint32_t)document->key, &of_document);
            outer = of_document;
            any = true;
        }
        if (status == ERRATA_OK) {
            status = find_rule_error(tally, row, &outer);
        }
        if (status != ERRATA_OK) {
            break;
        }
        uint64_t state = errata__stretch_state(record, outer);
        status = outer < tally->matrix.lines ? count_by_line(tally, state, issue, end, error)
                                             : count_apart(tally, state, issue, end, error);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    errata__tally_record(&tally->passing, errata__stretch_state(record, 0), any && !tally->asks);
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

static enum errata_status count_all(struct errata__tally *tally, struct errata_error *error) {
    enum errata_status status = ERRATA_OK;

    while (status == ERRATA_OK) {
        const struct errata__walk_document *document = errata__walk_next(&tally->walk);
        bool passes = false;
        if (document->key == ERRATA__NO_REPEAT) {
            return count_stretch(tally, error);
        }
        status = errata__query_row(tally->query, ERRATA__LEVEL_DOCUMENT, (uint32_t)document->key,
                                   &passes, error);
        if (status == ERRATA_OK && passes) {
            status = count_document(tally, document, error);
        }
    }
    return status;
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
    status = errata__tally_add_row(tally);
    if (status == ERRATA_OK) {
        status = errata__walk_init(&tally->walk, index, tally->arena);
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
    tally->asks = tally->query->terms[ERRATA__LEVEL_SHAPE] != NULL;
    status = count_all(tally, error);
    for (size_t row = ERRATA__TALLY_OTHERS + 1; row < tally->count; row++) {
        tally->issues += errata__tally_issues(&tally->rows[row]);
    }
    return status;
}
