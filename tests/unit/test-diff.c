/* Comparisons against the naive way; names of changes; what may be compared. */
#include <criterion/criterion.h>
#include <errata/diff.h>

#include "naive.h"

#define MOST_SIDES 5
#define MOST_RECORDS 1024

static struct heap heap;

/* A group found the slow way, on all sides. */
struct naive_group {
    char *values[ERRATA_FIELDS];
    uint64_t issues[MOST_SIDES];
    uint32_t records[MOST_SIDES];
    uint32_t newly_failing;
    enum errata_change change;
    uint64_t most_issues;
    uint32_t most_records;
    bool seen[MOST_RECORDS];
};

/* A side found the slow way. */
struct naive_side {
    const struct errata_index *index;
    uint32_t issues;
    bool fails[MOST_RECORDS];
};

static struct naive_side sides[MOST_SIDES];
static size_t n_sides;
static struct naive_group *groups;
static size_t n_groups;

static bool same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static struct naive_group *find_group(const struct errata_grouping *by,
                                      const struct naive_issue *values) {
    for (size_t group = 0; group < n_groups; group++) {
        bool same = true;
        for (size_t i = 0; i < by->n_fields; i++) {
            same = same && same_text(groups[group].values[i], values->values[by->fields[i]]);
        }
        if (same) {
            return &groups[group];
        }
    }
    groups = realloc(groups, (n_groups + 1) * sizeof *groups);
    memset(&groups[n_groups], 0, sizeof *groups);
    for (size_t i = 0; i < by->n_fields; i++) {
        const char *value = values->values[by->fields[i]];
        groups[n_groups].values[i] = value == NULL ? NULL : strdup(value);
    }
    return &groups[n_groups++];
}

/* The first side's record with the ids of this one of the last; ERRATA_NONE when there is none. */
static uint32_t find_record(uint32_t id) {
    struct errata_record wanted;
    struct errata_record record;
    errata_index_record(sides[n_sides - 1].index, id, &wanted);
    for (uint32_t i = 0; errata_index_record(sides[0].index, i, &record); i++) {
        if (wanted.record.data != NULL && same_text(record.record.data, wanted.record.data) &&
            same_text(record.collection.data, wanted.collection.data) &&
            same_text(record.app.data, wanted.app.data)) {
            return i;
        }
    }
    return ERRATA_NONE;
}

static bool newly_fails(uint32_t record) {
    uint32_t before = find_record(record);
    return sides[n_sides - 1].fails[record] && before != ERRATA_NONE && !sides[0].fails[before];
}

static void count_side(size_t side, const struct errata_grouping *by,
                       const struct naive_term *term) {
    struct errata_counts counts;
    errata_index_counts(sides[side].index, &counts);
    cr_assert_leq(counts.records, MOST_RECORDS);
    for (size_t i = 0; i < n_groups; i++) {
        memset(groups[i].seen, 0, sizeof groups[i].seen);
    }
    for (uint32_t id = 0; id < counts.issues; id++) {
        struct naive_issue values;
        naive_issue(sides[side].index, id, &values);
        if (naive_term_holds(term, &values)) {
            struct naive_group *group = find_group(by, &values);
            sides[side].issues++;
            sides[side].fails[values.record] = true;
            group->issues[side]++;
            group->records[side] += !group->seen[values.record];
            group->seen[values.record] = true;
        }
    }
}

/* After all sides; the groups still know the records of the last one. */
static void judge(struct errata_diff_totals *totals, uint64_t least) {
    size_t last = n_sides - 1;
    size_t kept = 0;
    for (size_t i = 0; i < n_groups; i++) {
        struct naive_group *group = &groups[i];
        for (uint32_t record = 0; record < MOST_RECORDS; record++) {
            group->newly_failing += group->seen[record] && newly_fails(record);
        }
        for (size_t side = 0; side < n_sides; side++) {
            if (group->issues[side] > group->most_issues) {
                group->most_issues = group->issues[side];
            }
            if (group->records[side] > group->most_records) {
                group->most_records = group->records[side];
            }
        }
        group->change = group->issues[last] == 0                  ? ERRATA_CHANGE_GONE
                        : group->issues[0] == 0                   ? ERRATA_CHANGE_NEW
                        : group->issues[last] > group->issues[0]  ? ERRATA_CHANGE_GROWN
                        : group->issues[last] == group->issues[0] ? ERRATA_CHANGE_SAME
                                                                  : ERRATA_CHANGE_SHRUNK;
        if (group->most_issues >= least) {
            struct naive_group swap = groups[kept];
            totals->groups[group->change]++;
            groups[kept] = *group;
            groups[i] = swap;
            kept++;
        }
    }
    for (size_t i = kept; i < n_groups; i++) {
        for (size_t place = 0; place < ERRATA_FIELDS; place++) {
            free(groups[i].values[place]);
        }
    }
    n_groups = kept;
}

static void judge_records(struct errata_diff_totals *totals) {
    bool met[MOST_RECORDS] = {false};
    struct errata_record record;
    for (uint32_t i = 0; errata_index_record(sides[n_sides - 1].index, i, &record); i++) {
        uint32_t before = find_record(i);
        bool fails = sides[n_sides - 1].fails[i];
        bool failed = before != ERRATA_NONE && sides[0].fails[before];
        if (before != ERRATA_NONE) {
            met[before] = true;
        }
        totals->still_failing += failed && fails;
        totals->no_longer_failing += failed && !fails;
        totals->newly_failing += before != ERRATA_NONE && !failed && fails;
        totals->added += record.record.data != NULL && before == ERRATA_NONE && fails;
    }
    for (uint32_t i = 0; errata_index_record(sides[0].index, i, &record); i++) {
        totals->removed += record.record.data != NULL && !met[i] && sides[0].fails[i];
    }
}

static const struct errata_grouping *sorting;

static int compare_groups(const void *a, const void *b) {
    const struct naive_group *x = a, *y = b;
    if (sorting->order != ERRATA_ORDER_NAME && x->change != y->change) {
        return x->change < y->change ? -1 : 1;
    }
    if (sorting->order == ERRATA_ORDER_ISSUES && x->most_issues != y->most_issues) {
        return x->most_issues > y->most_issues ? -1 : 1;
    }
    if (sorting->order == ERRATA_ORDER_RECORDS && x->most_records != y->most_records) {
        return x->most_records > y->most_records ? -1 : 1;
    }
    for (size_t i = 0; i < sorting->n_fields; i++) {
        if (!same_text(x->values[i], y->values[i])) {
            return x->values[i] == NULL   ? -1
                   : y->values[i] == NULL ? 1
                                          : strcmp(x->values[i], y->values[i]);
        }
    }
    return 0;
}

static void compare(const struct errata_diff *got, const struct errata_grouping *by,
                    unsigned long seed) {
    struct errata_difference one;
    sorting = by;
    if (n_groups > 0) {
        qsort(groups, n_groups, sizeof *groups, compare_groups);
    }
    size_t start = by->offset < n_groups ? (size_t)by->offset : n_groups;
    size_t count = n_groups - start;
    if (by->limit != 0 && by->limit < count) {
        count = (size_t)by->limit;
    }
    cr_assert_eq(errata_diff_count(got), count, "seed %lu", seed);
    for (size_t i = 0; i < count; i++) {
        const struct naive_group *expected = &groups[start + i];
        cr_assert(errata_diff_at(got, i, &one));
        cr_assert_eq(one.change, expected->change, "seed %lu", seed);
        cr_assert_eq(one.newly_failing, expected->newly_failing, "seed %lu", seed);
        for (size_t place = 0; place < by->n_fields; place++) {
            cr_assert(same_text(one.values[place].data, expected->values[place]), "seed %lu", seed);
        }
        for (size_t side = 0; side < n_sides; side++) {
            cr_assert_eq(one.issues[side], expected->issues[side], "seed %lu", seed);
            cr_assert_eq(one.records[side], expected->records[side], "seed %lu", seed);
        }
    }
    cr_assert_not(errata_diff_at(got, count, &one));
}

static void compare_sides(const struct errata_diff *got, unsigned long seed) {
    struct errata_diff_side side;
    cr_assert_eq(errata_diff_sides(got), n_sides);
    for (size_t i = 0; i < n_sides; i++) {
        struct errata_diff_side expected = {.issues = sides[i].issues};
        struct errata_record record;
        struct errata_counts counts;
        for (uint32_t id = 0; errata_index_record(sides[i].index, id, &record); id++) {
            expected.records_total++;
            expected.records += sides[i].fails[id];
            expected.unnamed += record.record.data == NULL;
            expected.unnamed_failing += record.record.data == NULL && sides[i].fails[id];
        }
        cr_assert(errata_diff_side_at(got, i, &side));
        cr_assert_eq(side.issues, expected.issues, "seed %lu", seed);
        cr_assert_eq(side.records, expected.records, "seed %lu", seed);
        cr_assert_eq(side.records_total, expected.records_total, "seed %lu", seed);
        cr_assert_eq(side.unnamed, expected.unnamed, "seed %lu", seed);
        cr_assert_eq(side.unnamed_failing, expected.unnamed_failing, "seed %lu", seed);
        errata_index_counts(sides[i].index, &counts);
        cr_assert_eq(side.documents, counts.documents, "seed %lu", seed);
        cr_assert_eq(side.rejects, counts.rejects, "seed %lu", seed);
    }
    cr_assert_not(errata_diff_side_at(got, n_sides, &side));
}

static void draw_grouping(uint64_t *seed, struct errata_grouping *by) {
    draw_fields(seed, by);
    by->order = (enum errata_order)draw(seed, 3);
    by->least = draw(seed, 2) * draw(seed, 5);
    by->offset = draw(seed, 2) * draw(seed, 6);
    by->limit = draw(seed, 2) * draw(seed, 10);
}

/* Half of the tries have no term: records then only differ in whether they have an issue at all. */
static void try_seed(uint64_t seed, struct errata_diff_totals *sum) {
    uint64_t draws = seed + 700;
    struct errata_query *queries[MOST_SIDES];
    struct errata_index *indexes[MOST_SIDES];
    struct errata_diff *got;
    struct errata_grouping by;
    struct errata_diff_totals expected = {{0}, 0, 0, 0, 0, 0};
    struct errata_diff_totals totals;
    draw_grouping(&draws, &by);
    struct naive_term term = naive_draw_term(&draws);
    struct errata_text value = text_of(term.value);
    n_sides = 2 + draw(&draws, MOST_SIDES - 1);
    n_groups = 0;
    memset(sides, 0, sizeof sides);
    for (size_t i = 0; i < n_sides; i++) {
        indexes[i] = made_at_random(&heap, seed * 8 + i, 1 + draw(&draws, 25));
        sides[i].index = indexes[i];
        must(errata_query_new(&queries[i], indexes[i], NULL, NULL));
        must(errata_query_add(queries[i], term.field, term.op, &value, value.data != NULL, NULL));
        count_side(i, &by, &term);
    }
    judge(&expected, by.least);
    judge_records(&expected);
    must(errata_query_diff(&got, queries, n_sides, &by, NULL));
    compare(got, &by, (unsigned long)seed);
    compare_sides(got, (unsigned long)seed);
    errata_diff_totals_get(got, &totals);
    cr_assert_eq(memcmp(&totals, &expected, sizeof totals), 0, "seed %lu", (unsigned long)seed);
    for (unsigned i = 0; i < ERRATA_CHANGES; i++) {
        sum->groups[i] += totals.groups[i];
    }
    sum->newly_failing += totals.newly_failing;
    sum->no_longer_failing += totals.no_longer_failing;
    sum->still_failing += totals.still_failing;
    sum->added += totals.added;
    sum->removed += totals.removed;
    errata_diff_free(got);
    for (size_t i = 0; i < n_groups; i++) {
        for (size_t place = 0; place < ERRATA_FIELDS; place++) {
            free(groups[i].values[place]);
        }
    }
    for (size_t i = 0; i < n_sides; i++) {
        errata_query_free(queries[i]);
        errata_index_free(indexes[i]);
    }
    cr_assert_eq(heap.out, 0);
}

Test(diff, against_the_naive_way) {
    struct errata_diff_totals sum = {{0}, 0, 0, 0, 0, 0};
    for (uint64_t seed = 1; seed <= 500; seed++) {
        try_seed(seed, &sum);
    }
    free(groups);
    /* Everything that there is to tell came up. */
    for (unsigned i = 0; i < ERRATA_CHANGES; i++) {
        cr_assert_gt(sum.groups[i], 50);
    }
    cr_assert(sum.newly_failing > 50 && sum.no_longer_failing > 50 && sum.still_failing > 50 &&
              sum.added > 50 && sum.removed > 50);
}

/* Every value many times over, so that the tables of groups and of records grow. */
static struct errata_index *many(uint32_t first, uint32_t end, const char *code) {
    struct made made;
    made_begin(&made, &heap, "x");
    for (uint32_t i = first; i < end; i++) {
        char path[64];
        char record[64];
        snprintf(path, sizeof path, "a %u", i);
        snprintf(record, sizeof record, "r%u", i / 2);
        if (i % 3 != 0) {
            made_issue(&made, code, NULL, false, NULL, NULL, path);
            made_rule_error(&made, "K", NULL);
        }
        made_document(&made, "FAILED", NULL, NULL, record, 0);
    }
    return made_end(&made);
}

Test(diff, many) {
    const struct errata_grouping by = {
        .fields = {ERRATA_FIELD_PATH, ERRATA_FIELD_RECORD}, .n_fields = 2, .limit = 1};
    struct errata_index *before = many(0, 60000, "a");
    struct errata_index *after = many(6000, 66000, "b");
    struct errata_query *queries[2];
    struct errata_diff *diff;
    struct errata_difference one;
    struct errata_diff_totals totals;
    must(errata_query_new(&queries[0], before, NULL, NULL));
    must(errata_query_new(&queries[1], after, NULL, NULL));
    must(errata_query_diff(&diff, queries, 2, &by, NULL));
    errata_diff_totals_get(diff, &totals);
    cr_assert_eq(totals.groups[ERRATA_CHANGE_NEW], 4000);
    cr_assert_eq(totals.groups[ERRATA_CHANGE_GONE], 4000);
    cr_assert_eq(totals.groups[ERRATA_CHANGE_SAME], 36000);
    cr_assert_eq(totals.added, 3000);
    cr_assert_eq(totals.removed, 3000);
    cr_assert_eq(totals.still_failing, 27000);
    cr_assert_eq(totals.newly_failing, 0);
    cr_assert_eq(errata_diff_count(diff), 1);
    cr_assert(errata_diff_at(diff, 0, &one));
    cr_assert_str_eq(one.values[0].data, "a[60001]");
    errata_diff_free(diff);

    /* What fails there now did not before. */
    must(errata_query_where(queries[0], "code = b", NULL));
    must(errata_query_diff(&diff, queries, 2, &by, NULL));
    errata_diff_totals_get(diff, &totals);
    cr_assert_eq(totals.newly_failing, 27000);
    cr_assert_eq(totals.added, 3000);
    errata_diff_free(diff);
    errata_query_free(queries[0]);
    errata_query_free(queries[1]);
    errata_index_free(before);
    errata_index_free(after);
    cr_assert_eq(heap.out, 0);
}

/* Two questions on one index compare as well: here two times of day. */
Test(diff, one_index) {
    const struct errata_grouping by = {.fields = {ERRATA_FIELD_KEY}, .n_fields = 1};
    struct errata_query *queries[2];
    struct errata_diff *diff;
    struct errata_difference one;
    struct errata_diff_totals totals;
    struct made made;
    made_begin(&made, &heap, "x");
    for (int i = 0; i < 5; i++) {
        made_issue(&made, "a", NULL, false, NULL, NULL, NULL);
        made_rule_error(&made, "K", NULL);
        made_document(&made, "FAILED", NULL, NULL, i < 3 ? "r1" : "r2", 1767323045 + (i > 1));
    }
    made_end(&made);
    must(errata_query_new(&queries[0], made.index, NULL, NULL));
    must(errata_query_new(&queries[1], made.index, NULL, NULL));
    must(errata_query_where(queries[0], "fetched_at = 2026-01-02T03:04:05Z", NULL));
    must(errata_query_where(queries[1], "fetched_at = 2026-01-02T03:04:06Z", NULL));
    must(errata_query_diff(&diff, queries, 2, &by, NULL));
    cr_assert(errata_diff_at(diff, 0, &one));
    cr_assert_eq(one.change, ERRATA_CHANGE_GROWN);
    cr_assert_eq(one.issues[0], 2);
    cr_assert_eq(one.issues[1], 3);
    cr_assert_eq(one.newly_failing, 1);
    errata_diff_totals_get(diff, &totals);
    cr_assert_eq(totals.still_failing, 1);
    cr_assert_eq(totals.newly_failing, 1);
    errata_diff_free(diff);
    errata_query_free(queries[0]);
    errata_query_free(queries[1]);
    errata_index_free(made.index);
    cr_assert_eq(heap.out, 0);
}

Test(diff, names_of_changes) {
    struct errata_error error;
    enum errata_change change;
    for (unsigned i = 0; i < ERRATA_CHANGES; i++) {
        const char *name = errata_change_name((enum errata_change)i);
        must(errata_change_parse(text_of(name), &change, NULL));
        cr_assert_eq(change, i);
    }
    cr_assert_eq(errata_change_name(ERRATA_CHANGES), NULL);
    cr_assert_eq(errata_change_parse(text_of("grwon"), &change, &error), ERRATA_BAD_QUERY);
    cr_assert_str_eq(error.message, "no change \"grwon\"; did you mean grown?");
    cr_assert_eq(errata_change_parse(text_of("\033"), &change, &error), ERRATA_BAD_QUERY);
    cr_assert_str_eq(error.message,
                     "no change \"\\u{1B}\"; there are new, gone, grown, shrunk, same");
}

Test(diff, misuse) {
    const struct errata_grouping good = {.fields = {ERRATA_FIELD_KEY}, .n_fields = 1};
    const struct errata_grouping wrong = {.n_fields = 0};
    struct errata_allocator allocator = {heap_alloc, heap_realloc, heap_free, &heap};
    struct errata_index *index = made_at_random(&heap, 1, 3);
    struct errata_index *other;
    struct errata_query *queries[65];
    struct errata_diff *diff;
    struct errata_error error;
    must(errata_query_new(&queries[0], index, NULL, NULL));
    for (size_t i = 1; i < 65; i++) {
        queries[i] = queries[0];
    }
    cr_assert_eq(errata_query_diff(&diff, queries, 1, &good, &error), ERRATA_MISUSE);
    cr_assert_eq(diff, NULL);
    cr_assert_eq(errata_query_diff(&diff, queries, 65, &good, &error), ERRATA_MISUSE);
    cr_assert_eq(error.status, ERRATA_MISUSE);
    cr_assert_eq(errata_query_diff(&diff, queries, 2, &wrong, &error), ERRATA_MISUSE);
    must(errata_query_diff(&diff, queries, 64, &good, &error));
    errata_diff_free(diff);
    must(errata__index_new(&other, &allocator, 0, UINT32_MAX - 1, true));
    errata__index_finish(other);
    must(errata_query_new(&queries[2], other, NULL, NULL));
    cr_assert_eq(errata_query_diff(&diff, queries, 3, &good, &error), ERRATA_MISMATCH);
    cr_assert_eq(error.status, ERRATA_MISMATCH);
    cr_assert(strstr(error.message, "sides 1 and 3") != NULL, "%s", error.message);
    errata_query_free(queries[2]);
    errata_query_free(queries[0]);
    errata_index_free(other);
    errata_index_free(index);
    cr_assert_eq(heap.out, 0);
}
