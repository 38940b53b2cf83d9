/*
 * Trying terms on values, and keeping what came out.
 */
#include <string.h>

#include "core/fail.h"
#include "index/query.h"

/* Makes the query's room for a text that large with its NUL, if it is not. */
static enum errata_status make_text_room(struct errata_query *query, size_t size) {
    if (size - 1 > query->options.texts) {
        return ERRATA_LIMIT_MEMORY;
    }
    if (size > query->text_size) {
        size_t room = size > query->options.texts / 2 ? size : size * 2;
        char *fresh = errata__arena_borrow(&query->arena, room, 1);
        if (fresh == NULL) {
            return query->arena.failure;
        }
        errata__arena_return(&query->arena, query->text);
        query->text = fresh;
        query->text_size = room;
    }
    return ERRATA_OK;
}

static enum errata_status pattern_text(struct errata_query *query, uint32_t pattern,
                                       struct errata_text *text) {
    if (errata__query_exceeds(query, pattern, query->options.texts)) {
        return ERRATA_LIMIT_MEMORY;
    }
    size_t length = errata_index_pattern(query->index, pattern, query->text, query->text_size);
    if (length >= query->text_size) {
        enum errata_status status = make_text_room(query, length + 1);
        if (status != ERRATA_OK) {
            return status;
        }
        length = errata_index_pattern(query->index, pattern, query->text, query->text_size);
    }
    *text = (struct errata_text){query->text, length};
    return ERRATA_OK;
}

static enum errata_status path_text(struct errata_query *query, uint32_t pattern, uint64_t offset,
                                    struct errata_text *text) {
    if (errata__query_exceeds(query, pattern, query->options.texts)) {
        return ERRATA_LIMIT_MEMORY;
    }
    size_t length =
        errata__path_render(query->index, pattern, offset, query->text, query->text_size);
    if (length >= query->text_size) {
        enum errata_status status = make_text_room(query, length + 1);
        if (status != ERRATA_OK) {
            return status;
        }
        length = errata__path_render(query->index, pattern, offset, query->text, query->text_size);
    }
    *text = (struct errata_text){query->text, length};
    return ERRATA_OK;
}

/* The numbers of a path, each at the place of its segment. */
static enum errata_status path_positions(struct errata_query *query, uint32_t pattern,
                                         uint64_t offset) {
    uint32_t first;
    uint32_t end;

    errata__pattern_segments(query->index, pattern, &first, &end);
    if (end - first > query->positions_size) {
        size_t room = (size_t)(end - first) * 2;
        uint64_t *fresh = errata__arena_borrow(&query->arena, room, sizeof *fresh);
        if (fresh == NULL) {
            return query->arena.failure;
        }
        errata__arena_return(&query->arena, query->positions);
        query->positions = fresh;
        query->positions_size = room;
    }
    for (uint32_t row = first; row < end; row++) {
        bool is_position = errata__u32(query->index, ERRATA__SEGMENT, row) == ERRATA__POSITION;
        query->positions[row - first] =
            is_position ? errata__position_next(query->index, &offset) : 0;
    }
    return ERRATA_OK;
}

static bool is_one_of(const struct errata__term *term, struct errata_text text) {
    size_t low = 0;
    size_t high = term->n_values;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = errata__text_compare(text, term->texts[middle]);
        if (order == 0) {
            return true;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}

enum errata_status errata__term_fits(struct errata__term *term, struct errata_text text, bool *fits,
                                     struct errata_error *error) {
    if (term->filters == NULL) {
        *fits = is_one_of(term, text);
        return ERRATA_OK;
    }
    *fits = false;
    for (size_t i = 0; i < term->n_values && !*fits; i++) {
        enum errata_status status = errata__filter_match(term->filters[i], text, fits, error);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    return ERRATA_OK;
}

/* Whether one of a term's globs matches a pattern, or every path of it, or that depends. */
static enum errata__verdict any_glob(const struct errata__term *term,
                                     const struct errata_index *index, uint32_t pattern) {
    enum errata__verdict verdict = ERRATA__NO;
    for (size_t i = 0; i < term->n_values; i++) {
        const struct errata__glob *glob = &term->globs[i];
        if (errata__glob_match(glob, index, pattern, NULL, false)) {
            return ERRATA__YES;
        }
        if (term->field == ERRATA_FIELD_PATH && glob->numbered &&
            errata__glob_match(glob, index, pattern, NULL, true)) {
            verdict = ERRATA__DEPENDS;
        }
    }
    return verdict;
}

/* The text of a row's value, which is there. */
static enum errata_status value_text(struct errata_query *query, const struct errata__term *term,
                                     uint32_t row, uint32_t value, char time[ERRATA__TIME_SIZE],
                                     struct errata_text *text) {
    if (term->field == ERRATA_FIELD_PATTERN || term->field == ERRATA_FIELD_PATH) {
        return pattern_text(query, value, text);
    }
    *text = term->field == ERRATA_FIELD_FETCHED_AT ? errata__time_text(query->index, row, time)
                                                   : errata__text(query->index, value);
    return ERRATA_OK;
}

/* Tries a term with values on the value of a row. */
static enum errata_status try_value(struct errata_query *query, struct errata__term *term,
                                    uint32_t row, uint32_t value, enum errata__verdict *verdict,
                                    struct errata_error *error) {
    char time[ERRATA__TIME_SIZE];
    struct errata_text text;
    bool holds;

    if (term->globs != NULL) {
        *verdict = any_glob(term, query->index, value);
    } else if (term->field == ERRATA_FIELD_PATH && query->position_counts[value] > 0) {
        *verdict = ERRATA__DEPENDS;
        return ERRATA_OK;
    } else {
        enum errata_status status = value_text(query, term, row, value, time, &text);
        if (status != ERRATA_OK) {
            return errata__query_fail(query, status, error);
        }
        status = errata__term_fits(term, text, &holds, error);
        if (status != ERRATA_OK) {
            return status;
        }
        *verdict = holds ? ERRATA__YES : ERRATA__NO;
    }
    query->runs++;
    if (errata__term_is_negative(term) && *verdict != ERRATA__DEPENDS) {
        *verdict = *verdict == ERRATA__YES ? ERRATA__NO : ERRATA__YES;
    }
    return ERRATA_OK;
}

/* How many values a field can have. */
static uint64_t value_count(const struct errata_index *index, enum errata_field field) {
    if (field == ERRATA_FIELD_PATH || field == ERRATA_FIELD_PATTERN) {
        return index->rows[ERRATA__PATTERNS];
    }
    return index->rows[field == ERRATA_FIELD_FETCHED_AT ? ERRATA__DOCUMENTS : ERRATA__STRINGS];
}

/* What a term says of a row of its level, tried only if it was not before. */
static enum errata_status term_verdict(struct errata_query *query, struct errata__term *term,
                                       uint32_t row, enum errata__verdict *verdict,
                                       struct errata_error *error) {
    uint32_t value;
    enum errata_status status = errata__query_value(query, term->field, row, &value);

    if (status != ERRATA_OK) {
        return errata__fail_plain(error, status);
    }
    if (value == ERRATA_NONE) {
        *verdict =
            errata__term_is_negative(term) || term->op == ERRATA_ABSENT ? ERRATA__YES : ERRATA__NO;
        return ERRATA_OK;
    }
    if (term->n_values == 0) {
        *verdict = term->op == ERRATA_PRESENT ? ERRATA__YES : ERRATA__NO;
        return ERRATA_OK;
    }
    if (term->verdicts == NULL) {
        term->verdicts =
            errata__arena_zalloc(&term->arena, value_count(query->index, term->field), 1);
        if (term->verdicts == NULL) {
            return errata__fail_plain(error, term->arena.failure);
        }
    }
    *verdict = (enum errata__verdict)term->verdicts[value];
    if (*verdict == ERRATA__UNKNOWN) {
        status = try_value(query, term, row, value, verdict, error);
        if (status == ERRATA_OK) {
            term->verdicts[value] = (unsigned char)*verdict;
        }
    }
    return status;
}

/* All terms of a level: NO if one says so, else DEPENDS if one does. */
static enum errata_status all_terms(struct errata_query *query, enum errata__level level,
                                    uint32_t row, enum errata__verdict *out,
                                    struct errata_error *error) {
    enum errata__verdict whole = ERRATA__YES;

    for (struct errata__term *term = query->terms[level]; term != NULL && whole != ERRATA__NO;
         term = term->next) {
        enum errata__verdict verdict = ERRATA__UNKNOWN;
        enum errata_status status = term_verdict(query, term, row, &verdict, error);
        if (status != ERRATA_OK) {
            return status;
        }
        if (verdict != ERRATA__YES) {
            whole = verdict;
        }
    }
    *out = whole;
    return ERRATA_OK;
}

enum errata_status errata__query_try_row(struct errata_query *query, enum errata__level level,
                                         uint32_t row, bool *passes, struct errata_error *error) {
    enum errata__verdict verdict = ERRATA__YES;
    enum errata_status status = all_terms(query, level, row, &verdict, error);
    *passes = verdict == ERRATA__YES;
    return status;
}

enum errata_status errata__query_shape(struct errata_query *query, uint32_t shape,
                                       struct errata_error *error) {
    enum errata__verdict verdict = ERRATA__UNKNOWN;
    enum errata_status status = all_terms(query, ERRATA__LEVEL_SHAPE, shape, &verdict, error);
    query->shapes[shape] = (unsigned char)verdict;
    return status;
}

static enum errata_status term_on_path(struct errata_query *query, struct errata__term *term,
                                       uint32_t pattern, uint64_t offset, bool *passes,
                                       struct errata_error *error) {
    enum errata_status status;
    struct errata_text text;
    bool holds = false;

    if (term->filters != NULL) {
        status = path_text(query, pattern, offset, &text);
        if (status != ERRATA_OK) {
            return errata__query_fail(query, status, error);
        }
        status = errata__term_fits(term, text, &holds, error);
        if (status != ERRATA_OK) {
            return status;
        }
    } else {
        status = path_positions(query, pattern, offset);
        if (status != ERRATA_OK) {
            return errata__fail_plain(error, status);
        }
        for (size_t i = 0; i < term->n_values && !holds; i++) {
            holds =
                errata__glob_match(&term->globs[i], query->index, pattern, query->positions, false);
        }
    }
    *passes = holds != errata__term_is_negative(term);
    return ERRATA_OK;
}

enum errata_status errata__query_path(struct errata_query *query, uint32_t shape, uint64_t offset,
                                      bool *passes, struct errata_error *error) {
    uint32_t pattern = errata__u32(query->index, ERRATA__SHAPE_PATTERN, shape);

    *passes = true;
    for (struct errata__term *term = query->terms[ERRATA__LEVEL_SHAPE]; term != NULL && *passes;
         term = term->next) {
        if (term->field == ERRATA_FIELD_PATH && term->n_values > 0 &&
            term->verdicts[pattern] == ERRATA__DEPENDS) {
            enum errata_status status = term_on_path(query, term, pattern, offset, passes, error);
            if (status != ERRATA_OK) {
                return status;
            }
        }
    }
    return ERRATA_OK;
}
