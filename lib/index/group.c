/*
 * Groups: the tally ranked, cut to what was asked for, and kept.
 */
#include <string.h>

#include "core/fail.h"
#include "index/rank.h"

struct errata_groups {
    struct errata__arena arena;
    struct errata_grouping by;
    /* Count of them. */
    struct errata_group *groups;
    uint64_t count;
    /* Before offset and limit. */
    uint64_t total;
    uint64_t issues;
    uint32_t records;
    /* For errata_groups_visit(): whose they are, with how many terms, and the number in `groups` of
       each of the tally's rows, ERRATA_NONE where it is not among them. */
    const struct errata_query *query;
    uint32_t n_terms;
    uint32_t *numbers;
    size_t n_numbers;
};

enum errata_status errata__grouping_check(const struct errata_grouping *by,
                                          struct errata_error *error) {
    uint32_t seen = 0;

    if (by->n_fields == 0 || by->n_fields > ERRATA_FIELDS) {
        return errata__fail(error, ERRATA_MISUSE, "a grouping has 1 to %d fields", ERRATA_FIELDS);
    }
    if ((unsigned)by->order > ERRATA_ORDER_NAME) {
        return errata__fail(error, ERRATA_MISUSE, "no such order of groups");
    }
    for (size_t i = 0; i < by->n_fields; i++) {
        unsigned field = (unsigned)by->fields[i];
        if (field >= ERRATA_FIELDS) {
            return errata__fail(error, ERRATA_MISUSE, "no such field");
        }
        if ((seen & 1U << field) != 0) {
            return errata__fail(error, ERRATA_MISUSE, "the field %s is there twice",
                                errata_field_name(by->fields[i]));
        }
        seen |= 1U << field;
    }
    return ERRATA_OK;
}

/* A value that outlives the ranking. */
static enum errata_status keep_value(struct errata_groups *groups,
                                     const struct errata__ranking *ranking, uint32_t group,
                                     size_t place, struct errata_text *out) {
    enum errata_field field = groups->by.fields[place];

    *out = errata__rank_value(ranking, group, place);
    if (out->data != NULL && (field == ERRATA_FIELD_PATH || field == ERRATA_FIELD_FETCHED_AT)) {
        char *copy = errata__arena_alloc(&groups->arena, out->length + 1);
        if (copy == NULL) {
            return groups->arena.failure;
        }
        memcpy(copy, out->data, out->length + 1);
        out->data = copy;
    }
    return ERRATA_OK;
}

static enum errata_status keep(struct errata_groups *groups,
                               const struct errata__ranking *ranking) {
    size_t n_fields = groups->by.n_fields;
    uint64_t offset = groups->by.offset < ranking->count ? groups->by.offset : ranking->count;
    size_t count = (size_t)(ranking->count - offset);

    if (groups->by.limit != 0 && groups->by.limit < count) {
        count = (size_t)groups->by.limit;
    }
    groups->n_numbers = ranking->tally->count;
    groups->numbers =
        errata__arena_zalloc(&groups->arena, groups->n_numbers, sizeof *groups->numbers);
    groups->groups = errata__arena_zalloc(&groups->arena, count, sizeof *groups->groups);
    struct errata_text *values =
        errata__arena_zalloc(&groups->arena, count, n_fields * sizeof *values);
    if (groups->numbers == NULL || groups->groups == NULL || values == NULL) {
        return groups->arena.failure;
    }
    for (size_t i = 0; i < groups->n_numbers; i++) {
        groups->numbers[i] = ERRATA_NONE;
    }
    for (size_t i = 0; i < count; i++, values += n_fields) {
        uint32_t group = ranking->groups[offset + i];
        const struct errata__tally_row *row = &ranking->tally->rows[group];
        for (size_t place = 0; place < n_fields; place++) {
            enum errata_status status = keep_value(groups, ranking, group, place, &values[place]);
            if (status != ERRATA_OK) {
                return status;
            }
        }
        groups->groups[i] = (struct errata_group){values, errata__tally_issues(row),
                                                  errata__tally_records(row), row->first};
        groups->numbers[group] = (uint32_t)i;
    }
    groups->count = count;
    groups->total = ranking->count;
    groups->issues = ranking->tally->issues;
    groups->records = ranking->tally->passing.count;
    return ERRATA_OK;
}

static enum errata_status fill(struct errata_groups *groups, struct errata_query *query,
                               struct errata_error *error) {
    struct errata__arena scratch;
    struct errata__tally tally;
    struct errata__ranking ranking;

    errata__arena_init(&scratch, &query->arena.allocator, 0);
    errata__tally_init(&tally, query, &groups->by, &scratch);
    enum errata_status status = errata__tally_count(&tally, error);
    if (status == ERRATA_OK) {
        status = errata__rank_collect(&ranking, &tally, &groups->arena, &scratch, error);
    }
    if (status == ERRATA_OK) {
        errata__rank_sort(&ranking);
        status = keep(groups, &ranking);
        if (status != ERRATA_OK) {
            errata__fail_plain(error, status);
        }
    }
    errata__arena_clear(&scratch);
    return status;
}

enum errata_status errata_query_group(struct errata_groups **out, struct errata_query *query,
                                      const struct errata_grouping *by,
                                      struct errata_error *error) {
    const struct errata_allocator *allocator = &query->arena.allocator;

    *out = NULL;
    enum errata_status status = errata__grouping_check(by, error);
    if (status != ERRATA_OK) {
        return status;
    }
    struct errata_groups *groups = allocator->alloc(allocator->ctx, sizeof *groups);
    if (groups == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(groups, 0, sizeof *groups);
    groups->by = *by;
    groups->query = query;
    groups->n_terms = query->n_terms;
    errata__arena_init(&groups->arena, allocator, 0);
    status = fill(groups, query, error);
    if (status != ERRATA_OK) {
        errata_groups_free(groups);
        return status;
    }
    *out = groups;
    return ERRATA_OK;
}

void errata_groups_free(struct errata_groups *groups) {
    if (groups != NULL) {
        struct errata_allocator allocator = groups->arena.allocator;
        errata__arena_clear(&groups->arena);
        allocator.free(allocator.ctx, groups);
    }
}

uint64_t errata_groups_total(const struct errata_groups *groups) {
    return groups->total;
}

uint64_t errata_groups_count(const struct errata_groups *groups) {
    return groups->count;
}

uint64_t errata_groups_issues(const struct errata_groups *groups) {
    return groups->issues;
}

uint32_t errata_groups_records(const struct errata_groups *groups) {
    return groups->records;
}

const struct errata_grouping *errata_groups_grouping(const struct errata_groups *groups) {
    return &groups->by;
}

bool errata_groups_at(const struct errata_groups *groups, uint64_t number,
                      struct errata_group *out) {
    if (number >= groups->count) {
        return false;
    }
    *out = groups->groups[number];
    return true;
}

/* A walk over issues with the numbers that errata_groups_at() knows. */
struct visit {
    const struct errata_groups *groups;
    errata_visit_function *function;
    void *ctx;
};

static enum errata_status visit_issue(void *ctx, uint64_t row, uint32_t record, uint32_t issue) {
    const struct visit *visit = ctx;
    uint32_t number = visit->groups->numbers[row];
    return visit->function(visit->ctx, number == ERRATA_NONE ? ERRATA_NO_GROUP : number, record,
                           issue);
}

enum errata_status errata_groups_visit(const struct errata_groups *groups,
                                       struct errata_query *query, errata_visit_function *visit,
                                       void *ctx, struct errata_error *error) {
    struct visit walk = {groups, visit, ctx};
    struct errata__arena scratch;
    struct errata__tally tally;

    if (query != groups->query || query->n_terms != groups->n_terms) {
        return errata__fail(error, ERRATA_MISUSE,
                            "these groups are of another query, or it has got a new term");
    }
    errata__arena_init(&scratch, &query->arena.allocator, 0);
    errata__tally_init(&tally, query, &groups->by, &scratch);
    tally.visit = visit_issue;
    tally.ctx = &walk;
    enum errata_status status = errata__tally_count(&tally, error);
    errata__arena_clear(&scratch);
    return status;
}
