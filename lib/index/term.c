/*
 * Making one term: its values are copied, parsed or compiled, each into memory that goes with the
 * term.
 */
#include <string.h>

#include "core/fail.h"
#include "index/query.h"
#include "index/sort.h"

void errata__term_free(struct errata__term *term) {
    if (term == NULL) {
        return;
    }
    for (size_t i = 0; term->filters != NULL && i < term->n_values; i++) {
        errata__filter_free(term->filters[i]);
    }
    struct errata_allocator allocator = term->arena.allocator;
    errata__arena_clear(&term->arena);
    allocator.free(allocator.ctx, term);
}

static int compare_texts(const void *ctx, uint32_t a, uint32_t b) {
    const struct errata_text *texts = ctx;
    return errata__text_compare(texts[a], texts[b]);
}

/* Copies values to term->texts, sorted, so that a list of many costs little more than one. */
static enum errata_status keep_texts(struct errata__term *term, const struct errata_text *values) {
    size_t count = term->n_values;
    uint32_t *order = NULL;

    if (count < UINT32_MAX) {
        order = errata__arena_zalloc(&term->arena, count, 2 * sizeof *order);
        term->texts = errata__arena_zalloc(&term->arena, count, sizeof *term->texts);
    }
    if (order == NULL || term->texts == NULL) {
        return ERRATA_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
    }
    errata__sort(order, order + count, count, compare_texts, values);
    for (size_t i = 0; i < count; i++) {
        struct errata_text value = values[order[i]];
        char *copy = errata__arena_alloc(&term->arena, value.length + 1);
        if (copy == NULL) {
            return ERRATA_NO_MEMORY;
        }
        memcpy(copy, value.data, value.length);
        copy[value.length] = '\0';
        term->texts[i] = (struct errata_text){copy, value.length};
    }
    return ERRATA_OK;
}

static enum errata_status keep_globs(struct errata__term *term, const struct errata_text *values,
                                     struct errata_error *error) {
    term->globs = errata__arena_zalloc(&term->arena, term->n_values, sizeof *term->globs);
    if (term->globs == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    for (size_t i = 0; i < term->n_values; i++) {
        enum errata_status status =
            errata__glob_parse(&term->globs[i], values[i], &term->arena, error);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    return ERRATA_OK;
}

static enum errata_status keep_filters(struct errata__term *term, struct errata_query *query,
                                       const struct errata_text *values,
                                       struct errata_error *error) {
    if (query->filters == NULL) {
        enum errata_status status = errata__filter_context_new(
            &query->filters, &query->arena.allocator, query->options.regex_steps,
            query->options.regex_heap, error);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    term->filters =
        errata__arena_zalloc(&term->arena, term->n_values, sizeof(struct errata__filter *));
    if (term->filters == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    for (size_t i = 0; i < term->n_values; i++) {
        enum errata_status status =
            errata__filter_new(&term->filters[i], query->filters, values[i], error);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    return ERRATA_OK;
}

static enum errata_status keep_values(struct errata__term *term, struct errata_query *query,
                                      const struct errata_text *values,
                                      struct errata_error *error) {
    if (term->op == ERRATA_PRESENT || term->op == ERRATA_ABSENT) {
        return ERRATA_OK;
    }
    if (term->op == ERRATA_MATCHES || term->op == ERRATA_NOT_MATCHES) {
        return keep_filters(term, query, values, error);
    }
    if (term->field == ERRATA_FIELD_PATH || term->field == ERRATA_FIELD_PATTERN) {
        return keep_globs(term, values, error);
    }
    enum errata_status status = keep_texts(term, values);
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

enum errata_status errata__term_new(struct errata__term **out, struct errata_query *query,
                                    enum errata_field field, enum errata_operator op,
                                    const struct errata_text *values, size_t n_values,
                                    struct errata_error *error) {
    const struct errata_allocator *allocator = &query->arena.allocator;
    struct errata__term *term = allocator->alloc(allocator->ctx, sizeof *term);

    *out = NULL;
    if (term == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(term, 0, sizeof *term);
    errata__arena_init(&term->arena, allocator, 0);
    term->field = field;
    term->op = op;
    term->n_values = n_values;
    enum errata_status status = keep_values(term, query, values, error);
    if (status != ERRATA_OK) {
        errata__term_free(term);
        return status;
    }
    *out = term;
    return ERRATA_OK;
}
