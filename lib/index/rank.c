/*
 * Ordering groups. The values of a group are those of its first issue. Only values that are no
 * string of the index are rendered: patterns once each, paths and times for each group. A value that is redacted
 * is its mark here, also where names are compared: an order by the values themselves would give them away.
 */
#include "index/rank.h"

#include <string.h>

#include "core/fail.h"
#include "index/redact.h"
#include "index/sort.h"

/* Room for a text of that length, and its NUL. */
static enum errata_status make_text(struct errata__ranking *ranking, size_t length,
                                    struct errata__arena *arena, char **out) {
    if (length > ranking->room) {
        return ERRATA_LIMIT_MEMORY;
    }
    ranking->room -= length;
    *out = errata__arena_alloc(arena, length + 1);
    return *out == NULL ? arena->failure : ERRATA_OK;
}

static enum errata_status pattern_text(struct errata__ranking *ranking, uint32_t pattern,
                                       struct errata_text *out) {
    const struct errata_query *query = ranking->tally->query;
    if (errata__query_exceeds(query, pattern, ranking->room)) {
        return ERRATA_LIMIT_MEMORY;
    }
    size_t length = errata_index_pattern(query->index, pattern, NULL, 0);
    char *text;
    enum errata_status status = make_text(ranking, length, ranking->result, &text);
    if (status == ERRATA_OK) {
        errata_index_pattern(query->index, pattern, text, length + 1);
        *out = (struct errata_text){text, length};
    }
    return status;
}

static enum errata_status path_text(struct errata__ranking *ranking, uint32_t issue,
                                    struct errata_text *out) {
    const struct errata_query *query = ranking->tally->query;
    const struct errata_index *index = query->index;
    uint64_t offset = errata__issue_positions(index, query->position_counts, issue);
    uint32_t pattern = errata__pattern_of(index, issue);
    if (errata__query_exceeds(query, pattern, ranking->room)) {
        return ERRATA_LIMIT_MEMORY;
    }
    size_t length = errata__path_render(index, pattern, offset, NULL, 0);
    char *text;
    enum errata_status status = make_text(ranking, length, ranking->scratch, &text);
    if (status == ERRATA_OK) {
        errata__path_render(index, pattern, offset, text, length + 1);
        *out = (struct errata_text){text, length};
    }
    return status;
}

static enum errata_status time_text(const struct errata_index *index, uint32_t document,
                                    struct errata__arena *arena, struct errata_text *out) {
    char buffer[ERRATA__TIME_SIZE];
    *out = errata__time_text(index, document, buffer);
    if (out->data != NULL) {
        char *text = errata__arena_alloc(arena, out->length + 1);
        if (text == NULL) {
            return ERRATA_NO_MEMORY;
        }
        memcpy(text, buffer, out->length + 1);
        out->data = text;
    }
    return ERRATA_OK;
}

/* Finds a group's value of one field. */
static enum errata_status fill(struct errata__ranking *ranking, size_t place, uint32_t group) {
    struct errata_query *query = ranking->tally->query;
    const struct errata_index *index = query->index;
    enum errata_field field = ranking->tally->by->fields[place];
    enum errata__level level = errata__field_level(field);
    uint32_t issue = ranking->tally->rows[group].first;
    uint32_t row = errata__shape_of(index, issue);

    if (level != ERRATA__LEVEL_SHAPE) {
        row = errata__issue_rule_error(index, issue);
    }
    if (level == ERRATA__LEVEL_DOCUMENT) {
        row = errata__u32(index, ERRATA__RULE_ERROR_DOCUMENT, row);
    }
    struct errata_text *texts = ranking->texts[place];
    if (field == ERRATA_FIELD_PATH) {
        return path_text(ranking, issue, &texts[group]);
    }
    if (field == ERRATA_FIELD_FETCHED_AT) {
        return time_text(index, row, ranking->scratch, &texts[group]);
    }
    uint32_t *cell = &ranking->cells[place][group];
    enum errata_status status = errata__query_value(query, field, row, cell);
    if (status == ERRATA_OK && field == ERRATA_FIELD_PATTERN && texts[*cell].data == NULL) {
        status = pattern_text(ranking, *cell, &texts[*cell]);
    }
    return status;
}

static enum errata_status make_room(struct errata__ranking *ranking, size_t place) {
    enum errata_field field = ranking->tally->by->fields[place];
    size_t count = ranking->tally->count;
    bool by_group = field == ERRATA_FIELD_PATH || field == ERRATA_FIELD_FETCHED_AT;

    if (by_group || field == ERRATA_FIELD_PATTERN) {
        size_t texts =
            by_group ? count : (size_t)ranking->tally->query->index->rows[ERRATA__PATTERNS];
        ranking->texts[place] =
            errata__arena_zalloc(ranking->scratch, texts, sizeof *ranking->texts[place]);
        if (ranking->texts[place] == NULL) {
            return ranking->scratch->failure;
        }
    }
    if (!by_group) {
        ranking->cells[place] =
            errata__arena_borrow(ranking->scratch, count, sizeof *ranking->cells[place]);
        if (ranking->cells[place] == NULL) {
            return ranking->scratch->failure;
        }
    }
    return ERRATA_OK;
}

struct errata_text errata__rank_value(const struct errata__ranking *ranking, uint32_t group,
                                      size_t place) {
    if (ranking->cells[place] == NULL) {
        return ranking->texts[place][group];
    }
    uint32_t cell = ranking->cells[place][group];
    if (ranking->texts[place] != NULL) {
        return ranking->texts[place][cell];
    }
    return errata__shown_text(ranking->tally->query->index,
                              errata__field_column(ranking->tally->by->fields[place]), cell);
}

static int compare_names(const void *ctx, uint32_t a, uint32_t b) {
    const struct errata__ranking *ranking = ctx;
    for (size_t place = 0; place < ranking->tally->by->n_fields; place++) {
        const uint32_t *cells = ranking->cells[place];
        if (cells != NULL && cells[a] == cells[b]) {
            continue;
        }
        int order = errata__text_compare(errata__rank_value(ranking, a, place),
                                         errata__rank_value(ranking, b, place));
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

static int compare_issues(const void *ctx, uint32_t a, uint32_t b) {
    const struct errata__tally_row *rows = ((const struct errata__ranking *)ctx)->tally->rows;
    uint32_t of_a = errata__tally_issues(&rows[a]);
    uint32_t of_b = errata__tally_issues(&rows[b]);
    int order = (of_a < of_b) - (of_a > of_b);
    return order != 0 ? order : compare_names(ctx, a, b);
}

static int compare_records(const void *ctx, uint32_t a, uint32_t b) {
    const struct errata__tally_row *rows = ((const struct errata__ranking *)ctx)->tally->rows;
    uint32_t of_a = errata__tally_records(&rows[a]);
    uint32_t of_b = errata__tally_records(&rows[b]);
    int order = (of_a < of_b) - (of_a > of_b);
    return order != 0 ? order : compare_names(ctx, a, b);
}

enum errata_status errata__rank_collect(struct errata__ranking *ranking,
                                        const struct errata__tally *tally,
                                        struct errata__arena *result, struct errata__arena *scratch,
                                        struct errata_error *error) {
    memset(ranking, 0, sizeof *ranking);
    ranking->tally = tally;
    ranking->room = tally->query->options.texts;
    ranking->result = result;
    ranking->scratch = scratch;
    ranking->groups = errata__arena_borrow(scratch, tally->count, 2 * sizeof *ranking->groups);
    if (ranking->groups == NULL) {
        return errata__fail_plain(error, scratch->failure);
    }
    for (uint32_t group = 1; group < tally->count; group++) {
        if (errata__tally_issues(&tally->rows[group]) >= tally->by->least) {
            ranking->groups[ranking->count++] = group;
        }
    }
    for (size_t place = 0; place < tally->by->n_fields; place++) {
        enum errata_status status = make_room(ranking, place);
        for (size_t i = 0; i < ranking->count && status == ERRATA_OK; i++) {
            status = fill(ranking, place, ranking->groups[i]);
        }
        if (status != ERRATA_OK) {
            return errata__query_fail(tally->query, status, error);
        }
    }
    return ERRATA_OK;
}

void errata__rank_sort(struct errata__ranking *ranking) {
    static errata__compare *const compare[] = {
        [ERRATA_ORDER_ISSUES] = compare_issues,
        [ERRATA_ORDER_RECORDS] = compare_records,
        [ERRATA_ORDER_NAME] = compare_names,
    };
    const struct errata_grouping *by = ranking->tally->by;
    size_t wanted;

    if (by->limit == 0 || __builtin_add_overflow(by->offset, by->limit, &wanted)) {
        wanted = ranking->count;
    }
    errata__sort_first(ranking->groups, ranking->groups + ranking->count, ranking->count, wanted,
                       compare[by->order], ranking);
}
