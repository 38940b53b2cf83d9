/*
 * Comparing: what came of each group, in which order they are given, and the words for it. Counting is in
 * sides.c.
 */
#include "index/diff.h"

#include <string.h>

#include "core/fail.h"
#include "core/nearest.h"
#include "core/utf8.h"
#include "index/redact.h"
#include "index/sort.h"
#include "index/tally.h"

static const char *const names[ERRATA_CHANGES] = {
    [ERRATA_CHANGE_NEW] = "new",     [ERRATA_CHANGE_GONE] = "gone",
    [ERRATA_CHANGE_GROWN] = "grown", [ERRATA_CHANGE_SHRUNK] = "shrunk",
    [ERRATA_CHANGE_SAME] = "same",
};

const char *errata_change_name(enum errata_change change) {
    return (unsigned)change < ERRATA_CHANGES ? names[change] : NULL;
}

enum errata_status errata_change_parse(struct errata_text name, enum errata_change *out,
                                       struct errata_error *error) {
    char shown[64];

    for (unsigned change = 0; change < ERRATA_CHANGES; change++) {
        if (strlen(names[change]) == name.length &&
            memcmp(names[change], name.data, name.length) == 0) {
            *out = (enum errata_change)change;
            return ERRATA_OK;
        }
    }
    errata__utf8_escape(name.data, name.length, shown, sizeof shown);
    const char *nearest = errata__nearest(name.data, name.length, names, ERRATA_CHANGES);
    if (nearest != NULL) {
        return errata__fail(error, ERRATA_BAD_QUERY, "no change \"%s\"; did you mean %s?", shown,
                            nearest);
    }
    return errata__fail(error, ERRATA_BAD_QUERY,
                        "no change \"%s\"; there are new, gone, grown, shrunk, same", shown);
}

static enum errata_change change_of(const struct errata__diff_row *row, size_t n_sides) {
    uint64_t before = row->issues[0];
    uint64_t after = row->issues[n_sides - 1];

    if (after == 0) {
        return ERRATA_CHANGE_GONE;
    }
    if (before == 0) {
        return ERRATA_CHANGE_NEW;
    }
    return after > before   ? ERRATA_CHANGE_GROWN
           : after < before ? ERRATA_CHANGE_SHRUNK
                            : ERRATA_CHANGE_SAME;
}

static int compare_names(const struct errata_diff *diff, const struct errata__diff_row *a,
                         const struct errata__diff_row *b) {
    int order = 0;
    for (size_t i = 0; i < diff->by.n_fields && order == 0; i++) {
        order = errata__text_compare(a->values[i], b->values[i]);
    }
    return order;
}

static int compare_rows(const void *ctx, uint32_t first, uint32_t second) {
    const struct errata_diff *diff = ctx;
    const struct errata__diff_row *a = diff->rows[first];
    const struct errata__diff_row *b = diff->rows[second];

    if (diff->by.order != ERRATA_ORDER_NAME) {
        if (a->change != b->change) {
            return a->change < b->change ? -1 : 1;
        }
        if (a->most != b->most) {
            return a->most > b->most ? -1 : 1;
        }
    }
    return compare_names(diff, a, b);
}

/* Judges the groups, and puts those with enough issues in order. */
static enum errata_status arrange(struct errata_diff *diff) {
    const struct errata_grouping *by = &diff->by;
    uint32_t *order =
        errata__arena_borrow(&diff->arena, diff->n_rows + (size_t)1, 2 * sizeof *order);
    size_t count = 0;
    size_t wanted;

    if (order == NULL) {
        return diff->arena.failure;
    }
    for (uint32_t i = 0; i < diff->n_rows; i++) {
        struct errata__diff_row *row = diff->rows[i];
        uint64_t issues = 0;
        uint32_t records = 0;
        for (size_t side = 0; side < diff->n_sides; side++) {
            issues = row->issues[side] > issues ? row->issues[side] : issues;
            records = row->records[side] > records ? row->records[side] : records;
        }
        if (issues >= by->least) {
            row->change = change_of(row, diff->n_sides);
            row->most = by->order == ERRATA_ORDER_RECORDS ? records : issues;
            diff->totals.groups[row->change]++;
            order[count++] = i;
        }
    }
    if (by->limit == 0 || __builtin_add_overflow(by->offset, by->limit, &wanted) ||
        wanted > count) {
        wanted = count;
    }
    errata__sort_first(order, order + count, count, wanted, compare_rows, diff);
    size_t offset = by->offset < wanted ? (size_t)by->offset : wanted;
    diff->order = order + offset;
    diff->count = wanted - offset;
    return ERRATA_OK;
}

static enum errata_status check(struct errata_query *const *queries, size_t n_sides,
                                const struct errata_grouping *by, struct errata_error *error) {
    if (n_sides < 2 || n_sides > ERRATA_DIFF_SIDES) {
        return errata__fail(error, ERRATA_MISUSE, "a comparison has 2 to %d sides",
                            ERRATA_DIFF_SIDES);
    }
    bool digit_names = errata_index_digit_names(queries[0]->index);
    for (size_t side = 1; side < n_sides; side++) {
        if (errata_index_digit_names(queries[side]->index) != digit_names) {
            return errata__fail(error, ERRATA_MISMATCH,
                                "sides 1 and %zu do not compare: digits in the paths of side %zu "
                                "are names (digit_names), in those of the other positions",
                                side + 1, digit_names ? (size_t)1 : side + 1);
        }
        if (!errata__redacted_alike(queries[0]->index, queries[side]->index)) {
            return errata__fail(error, ERRATA_MISMATCH,
                                "sides 1 and %zu do not compare: they are not redacted alike",
                                side + 1);
        }
    }
    return errata__grouping_check(by, error);
}

enum errata_status errata_query_diff(struct errata_diff **out, struct errata_query *const *queries,
                                     size_t n_sides, const struct errata_grouping *by,
                                     struct errata_error *error) {
    *out = NULL;
    enum errata_status status = check(queries, n_sides, by, error);
    if (status != ERRATA_OK) {
        return status;
    }
    const struct errata_allocator *allocator = &queries[0]->arena.allocator;
    struct errata_diff *diff = allocator->alloc(allocator->ctx, sizeof *diff);
    if (diff == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(diff, 0, sizeof *diff);
    diff->by = *by;
    diff->n_sides = n_sides;
    errata__arena_init(&diff->arena, allocator, 0);
    status = errata__diff_count(diff, queries, error);
    if (status == ERRATA_OK) {
        status = arrange(diff);
        if (status != ERRATA_OK) {
            errata__fail_plain(error, status);
        }
    }
    if (status != ERRATA_OK) {
        errata_diff_free(diff);
        return status;
    }
    *out = diff;
    return ERRATA_OK;
}

void errata_diff_free(struct errata_diff *diff) {
    if (diff != NULL) {
        struct errata_allocator allocator = diff->arena.allocator;
        errata__arena_clear(&diff->arena);
        allocator.free(allocator.ctx, diff);
    }
}

uint64_t errata_diff_count(const struct errata_diff *diff) {
    return diff->count;
}

bool errata_diff_at(const struct errata_diff *diff, uint64_t number,
                    struct errata_difference *out) {
    if (number >= diff->count) {
        return false;
    }
    const struct errata__diff_row *row = diff->rows[diff->order[number]];
    *out = (struct errata_difference){row->values, row->change, row->issues, row->records,
                                      row->newly_failing};
    return true;
}

void errata_diff_totals_get(const struct errata_diff *diff, struct errata_diff_totals *out) {
    *out = diff->totals;
}

size_t errata_diff_sides(const struct errata_diff *diff) {
    return diff->n_sides;
}

bool errata_diff_side_at(const struct errata_diff *diff, size_t side,
                         struct errata_diff_side *out) {
    if (side >= diff->n_sides) {
        return false;
    }
    *out = diff->sides[side];
    return true;
}

const struct errata_grouping *errata_diff_grouping(const struct errata_diff *diff) {
    return &diff->by;
}

const struct errata_allocator *errata_diff_allocator(const struct errata_diff *diff) {
    return &diff->arena.allocator;
}
