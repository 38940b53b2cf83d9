/*
 * Making queries and giving them terms.
 */
#include "index/query.h"

#include <string.h>

#include "core/fail.h"
#include "index/sound.h"

#define DEFAULT_STEPS 10000000U
#define DEFAULT_HEAP 65536U
#define DEFAULT_TEXTS ((uint64_t)4 << 30)

enum errata_status errata_query_new(struct errata_query **out, const struct errata_index *index,
                                    const struct errata_query_options *options,
                                    struct errata_error *error) {
    const struct errata_allocator *allocator;
    struct errata_query *query;

    *out = NULL;
    /* Whoever did not look at what a reader or a file gave ends here. */
    if (index == NULL) {
        return errata__fail(error, ERRATA_MISUSE, "there is no index to ask");
    }
    allocator = &index->arena.allocator;
    query = allocator->alloc(allocator->ctx, sizeof *query);
    if (query == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(query, 0, sizeof *query);
    query->index = index;
    if (options != NULL) {
        query->options = *options;
    }
    if (query->options.regex_steps == 0) {
        query->options.regex_steps = DEFAULT_STEPS;
    }
    if (query->options.regex_heap == 0) {
        query->options.regex_heap = DEFAULT_HEAP;
    }
    if (query->options.texts == 0) {
        query->options.texts = DEFAULT_TEXTS;
    }
    errata__arena_init(&query->arena, allocator, 0);
    errata__pairs_init(&query->times, &query->arena, index);
    *out = query;
    return ERRATA_OK;
}

enum errata_status errata__query_fail(const struct errata_query *query, enum errata_status status,
                                      struct errata_error *error) {
    if (status != ERRATA_LIMIT_MEMORY) {
        return errata__fail_plain(error, status);
    }
    return errata__fail(error, status,
                        "the patterns and paths that this needs are more than %llu bytes of text; "
                        "group by other fields, or leave some out with conditions (--where) or a "
                        "least number of issues (--min)",
                        (unsigned long long)query->options.texts);
}

bool errata__query_exceeds(const struct errata_query *query, uint32_t pattern, uint64_t most) {
    uint64_t length = 0;
    uint32_t first;
    uint32_t end;

    errata__pattern_segments(query->index, pattern, &first, &end);
    for (uint32_t row = first; row < end && length <= most; row++) {
        uint32_t segment = errata__u32(query->index, ERRATA__SEGMENT, row);
        length += segment == ERRATA__POSITION
                      ? 1
                      : errata__u32(query->index, ERRATA__STRING_LENGTH, segment);
    }
    return length > most;
}

void errata_query_free(struct errata_query *query) {
    if (query == NULL) {
        return;
    }
    for (unsigned level = 0; level < ERRATA__LEVELS; level++) {
        struct errata__term *term = query->terms[level];
        while (term != NULL) {
            struct errata__term *next = term->next;
            errata__term_free(term);
            term = next;
        }
    }
    errata__filter_context_free(query->filters);
    struct errata_allocator allocator = query->arena.allocator;
    errata__arena_clear(&query->arena);
    allocator.free(allocator.ctx, query);
}

enum errata_status errata_query_add(struct errata_query *query, enum errata_field field,
                                    enum errata_operator op, const struct errata_text *values,
                                    size_t n_values, struct errata_error *error) {
    bool takes_values = op != ERRATA_PRESENT && op != ERRATA_ABSENT;
    struct errata__term *term;

    if ((unsigned)field >= ERRATA_FIELDS || (unsigned)op > ERRATA_ABSENT) {
        return errata__fail(error, ERRATA_MISUSE, "no such field or operator");
    }
    if (takes_values != (n_values > 0)) {
        return errata__fail(error, ERRATA_MISUSE, "%s",
                            takes_values ? "this operator takes at least one value"
                                         : "this operator takes no values");
    }
    for (size_t i = 0; i < n_values; i++) {
        if (values[i].data == NULL) {
            return errata__fail(error, ERRATA_MISUSE, "a value is absent");
        }
    }
    /* A walk may be under way, so what the term looks at is made sure of here. */
    enum errata_status status = errata__sound(query->index, errata__field_facts(field), error);
    if (status == ERRATA_OK && field == ERRATA_FIELD_PATH) {
        status = errata__query_prepare_paths(query, error);
    }
    if (status == ERRATA_OK) {
        status = errata__term_new(&term, query, field, op, values, n_values, error);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    if (query->options.refuse_impossible) {
        status = errata__term_possible(query, term, error);
        if (status != ERRATA_OK) {
            errata__term_free(term);
            return status;
        }
    }
    /* Terms are tried in the order in which they came. */
    enum errata__level level = errata__field_level(field);
    struct errata__term **link = &query->terms[level];
    while (*link != NULL) {
        link = &(*link)->next;
    }
    *link = term;
    query->n_terms++;
    if (level == ERRATA__LEVEL_SHAPE && query->shapes != NULL) {
        memset(query->shapes, ERRATA__UNKNOWN, query->index->rows[ERRATA__SHAPES]);
    }
    return ERRATA_OK;
}

enum errata_status errata__query_prepare(struct errata_query *query, struct errata_error *error) {
    enum errata_status status = errata__sound(query->index, ERRATA__SOUND_WALK, error);
    if (status != ERRATA_OK) {
        return status;
    }
    if (query->shapes == NULL) {
        query->shapes = errata__arena_zalloc(&query->arena, query->index->rows[ERRATA__SHAPES], 1);
    }
    return query->shapes == NULL ? errata__fail_plain(error, query->arena.failure) : ERRATA_OK;
}

enum errata_status errata__query_prepare_paths(struct errata_query *query,
                                               struct errata_error *error) {
    size_t patterns = (size_t)query->index->rows[ERRATA__PATTERNS];
    enum errata_status status = errata__sound(query->index, ERRATA__SOUND_PATH, error);

    if (status != ERRATA_OK || query->position_counts != NULL) {
        return status;
    }
    query->position_counts =
        errata__arena_borrow(&query->arena, patterns, sizeof *query->position_counts);
    if (query->position_counts == NULL) {
        return errata__fail_plain(error, query->arena.failure);
    }
    for (size_t pattern = 0; pattern < patterns; pattern++) {
        query->position_counts[pattern] =
            errata__pattern_positions(query->index, (uint32_t)pattern);
    }
    return ERRATA_OK;
}
