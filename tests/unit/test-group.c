/* Groups against the naive way, and what a grouping may ask for. */
#include <criterion/criterion.h>

#include "index/stretch.h"
#include "naive.h"

static struct heap heap;

/* A group found the slow way. */
struct naive_group {
    char *values[ERRATA_FIELDS];
    uint32_t issues;
    uint32_t records;
    uint32_t first;
    bool seen[1024];
};

static struct naive_group *groups;
static size_t n_groups;

static bool same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void naive_count(const struct errata_index *index, const struct errata_grouping *by,
                        const struct naive_term *term, uint64_t *issues) {
    struct errata_counts counts;
    errata_index_counts(index, &counts);
    groups = calloc(counts.issues + 1, sizeof *groups);
    n_groups = 0;
    *issues = 0;
    for (uint32_t id = 0; id < counts.issues; id++) {
        struct naive_issue values;
        size_t group = 0;
        naive_issue(index, id, &values);
        if (!naive_term_holds(term, &values)) {
            continue;
        }
        for (; group < n_groups; group++) {
            bool same = true;
            for (size_t i = 0; i < by->n_fields; i++) {
                same = same && same_text(groups[group].values[i], values.values[by->fields[i]]);
            }
            if (same) {
                break;
            }
        }
        if (group == n_groups) {
            for (size_t i = 0; i < by->n_fields; i++) {
                const char *value = values.values[by->fields[i]];
                groups[group].values[i] = value == NULL ? NULL : strdup(value);
            }
            groups[group].first = id;
            n_groups++;
        }
        groups[group].issues++;
        groups[group].records += !groups[group].seen[values.record];
        groups[group].seen[values.record] = true;
        ++*issues;
    }
}

static void naive_free(size_t n_fields) {
    for (size_t group = 0; group < n_groups; group++) {
        for (size_t i = 0; i < n_fields; i++) {
            free(groups[group].values[i]);
        }
    }
    free(groups);
}

static int compare_names(const struct naive_group *a, const struct naive_group *b) {
    for (size_t i = 0; i < ERRATA_FIELDS; i++) {
        if (same_text(a->values[i], b->values[i])) {
            continue;
        }
        if (a->values[i] == NULL || b->values[i] == NULL) {
            return a->values[i] == NULL ? -1 : 1;
        }
        return strcmp(a->values[i], b->values[i]);
    }
    return 0;
}

static int by_issues(const void *a, const void *b) {
    const struct naive_group *x = a, *y = b;
    return x->issues != y->issues ? (x->issues < y->issues ? 1 : -1) : compare_names(x, y);
}

static int by_records(const void *a, const void *b) {
    const struct naive_group *x = a, *y = b;
    return x->records != y->records ? (x->records < y->records ? 1 : -1) : compare_names(x, y);
}

static int by_name(const void *a, const void *b) {
    return compare_names(a, b);
}

static void compare(const struct errata_groups *got, const struct errata_grouping *by,
                    uint64_t seed) {
    size_t kept = 0;
    for (size_t i = 0; i < n_groups; i++) {
        if (groups[i].issues >= by->least) {
            struct naive_group swap = groups[kept];
            groups[kept++] = groups[i];
            groups[i] = swap;
        }
    }
    qsort(groups, kept, sizeof *groups,
          by->order == ERRATA_ORDER_ISSUES    ? by_issues
          : by->order == ERRATA_ORDER_RECORDS ? by_records
                                              : by_name);
    cr_assert_eq(errata_groups_total(got), kept);
    size_t start = by->offset < kept ? (size_t)by->offset : kept;
    size_t count = kept - start;
    if (by->limit != 0 && by->limit < count) {
        count = (size_t)by->limit;
    }
    cr_assert_eq(errata_groups_count(got), count);
    for (size_t i = 0; i < count; i++) {
        const struct naive_group *expected = &groups[start + i];
        struct errata_group group;
        cr_assert(errata_groups_at(got, i, &group));
        cr_assert_eq(group.issues, expected->issues, "seed %lu", (unsigned long)seed);
        cr_assert_eq(group.records, expected->records, "seed %lu", (unsigned long)seed);
        cr_assert_eq(group.first, expected->first, "seed %lu", (unsigned long)seed);
        for (size_t place = 0; place < by->n_fields; place++) {
            cr_assert(same_text(group.values[place].data, expected->values[place]), "seed %lu",
                      (unsigned long)seed);
            cr_assert(group.values[place].data == NULL ||
                      strlen(group.values[place].data) == group.values[place].length);
        }
    }
    struct errata_group group;
    cr_assert_not(errata_groups_at(got, count, &group));
}

/* What a walk over the issues with their groups has met. */
struct visited {
    const struct errata_index *index;
    const struct errata_groups *got;
    uint64_t issues;
    uint32_t last_record;
    uint32_t last_issue;
    bool seen[4096];
};

/* Is the group the one with the issue's values, or none because that one was left out? */
static enum errata_status meet(void *ctx, uint64_t number, uint32_t record, uint32_t issue) {
    struct visited *visited = ctx;
    const struct errata_grouping *by = errata_groups_grouping(visited->got);
    struct errata_group group;
    struct naive_issue values;
    uint64_t expected = ERRATA_NO_GROUP;
    naive_issue(visited->index, issue, &values);
    for (uint64_t i = 0; errata_groups_at(visited->got, i, &group); i++) {
        bool same = true;
        for (size_t place = 0; place < by->n_fields; place++) {
            same = same && same_text(group.values[place].data, values.values[by->fields[place]]);
        }
        expected = same ? i : expected;
    }
    cr_assert_eq(number, expected);
    cr_assert_eq(record, values.record);
    cr_assert_not(visited->seen[issue], "an issue comes twice");
    cr_assert(visited->issues == 0 || record > visited->last_record ||
                  (record == visited->last_record && issue > visited->last_issue),
              "out of order");
    visited->seen[issue] = true;
    visited->last_record = record;
    visited->last_issue = issue;
    visited->issues++;
    return ERRATA_OK;
}

static void draw_grouping(uint64_t *seed, struct errata_grouping *by) {
    draw_fields(seed, by);
    by->order = (enum errata_order)draw(seed, 3);
    by->least = draw(seed, 4);
    by->offset = draw(seed, 2) * draw(seed, 6);
    by->limit = draw(seed, 2) * draw(seed, 10);
}

Test(group, against_the_naive_way) {
    for (uint64_t seed = 1; seed <= 600; seed++) {
        uint64_t draws = seed + 5000;
        struct errata_index *index = made_at_random(&heap, seed, 10 + draw(&draws, 60));
        struct errata_query *query;
        struct errata_groups *got;
        struct errata_grouping by;
        uint64_t issues;
        draw_grouping(&draws, &by);
        struct naive_term term = naive_draw_term(&draws);
        struct errata_text value = text_of(term.value);
        must(errata_query_new(&query, index, NULL, NULL));
        must(errata_query_add(query, term.field, term.op, &value, value.data != NULL, NULL));
        must(errata_query_group(&got, query, &by, NULL));
        naive_count(index, &by, &term, &issues);
        cr_assert_eq(errata_groups_issues(got), issues);
        compare(got, &by, seed);
        struct visited visited = {.index = index, .got = got};
        must(errata_groups_visit(got, query, meet, &visited, NULL));
        cr_assert_eq(visited.issues, issues);
        naive_free(by.n_fields);
        errata_groups_free(got);
        errata_query_free(query);
        errata_index_free(index);
        cr_assert_eq(heap.out, 0);
    }
}

/* The count of all records does not add up the groups' counts. */
Test(group, records_of_all) {
    struct made made;
    struct errata_query *query;
    struct errata_groups *got;
    struct errata_grouping by = {.fields = {ERRATA_FIELD_CODE}, .n_fields = 1, .least = 100};
    made_begin(&made, &heap, "x");
    for (int i = 0; i < 10; i++) {
        made_issue(&made, "a", NULL, false, NULL, NULL, NULL);
        made_issue(&made, "b", NULL, false, NULL, NULL, NULL);
        made_rule_error(&made, "K", NULL);
        made_document(&made, "FAILED", NULL, NULL, i % 2 == 0 ? "r" : NULL, 0);
    }
    made_end(&made);
    must(errata_query_new(&query, made.index, NULL, NULL));
    must(errata_query_group(&got, query, &by, NULL));
    cr_assert_eq(errata_groups_total(got), 0);
    cr_assert_eq(errata_groups_issues(got), 20);
    cr_assert_eq(errata_groups_records(got), 6);
    cr_assert_eq(errata_groups_grouping(got)->least, 100);
    errata_groups_free(got);
    errata_query_free(query);
    errata_index_free(made.index);
}

/* More distinct values than any table has room for at first. */
Test(group, many) {
    struct made made;
    struct errata_query *query;
    struct errata_groups *got;
    struct errata_grouping by = {.fields = {ERRATA_FIELD_PATH, ERRATA_FIELD_RECORD},
                                 .n_fields = 2,
                                 .offset = 5,
                                 .limit = 20};
    made_begin(&made, &heap, "x");
    for (int i = 0; i < 3000; i++) {
        char path[64];
        char record[64];
        snprintf(path, sizeof path, "a %d b", i % 1500 + 1000000);
        snprintf(record, sizeof record, "r%d", i % 1500);
        made_issue(&made, "c", NULL, false, NULL, NULL, path);
        made_rule_error(&made, "K", NULL);
        made_document(&made, "FAILED", NULL, NULL, record, 0);
    }
    made_end(&made);
    must(errata_query_new(&query, made.index, NULL, NULL));
    must(errata_query_group(&got, query, &by, NULL));
    cr_assert_eq(errata_groups_total(got), 1500);
    cr_assert_eq(errata_groups_records(got), 1500);
    cr_assert_eq(errata_groups_count(got), 20);
    for (uint32_t i = 0; i < 20; i++) {
        struct errata_group group;
        char path[64];
        errata_groups_at(got, i, &group);
        snprintf(path, sizeof path, "a[%u].b", i + 1000005);
        cr_assert_str_eq(group.values[0].data, path);
        cr_assert_eq(group.issues, 2);
        cr_assert_eq(group.records, 1);
        cr_assert_eq(group.first, i + 5);
    }
    errata_groups_free(got);
    errata_query_free(query);
    errata_index_free(made.index);
}

static enum errata_status stop_at_third(void *ctx, uint64_t group, uint32_t record,
                                        uint32_t issue) {
    (void)group;
    (void)record;
    (void)issue;
    return ++*(int *)ctx == 3 ? ERRATA_CLOSED : ERRATA_OK;
}

/* More values, on both sides, than are kept in a table of all pairs of them; every record comes twice. */
Test(group, many_times_many) {
    enum {
        RECORDS = 1500
    };
    struct errata_grouping by = {.fields = {ERRATA_FIELD_RECORD, ERRATA_FIELD_MESSAGE},
                                 .n_fields = 2};
    struct errata_groups *found;
    struct errata_query *query;
    struct errata_group group;
    struct made made;
    made_begin(&made, &heap, "many.ndjson");
    for (int i = 0; i < 2 * RECORDS; i++) {
        char record[64];
        char messages[2][64];
        snprintf(record, sizeof record, "r%d", i % RECORDS);
        for (int k = 0; k < 2; k++) {
            snprintf(messages[k], sizeof messages[k], "m%d", (i + k) % RECORDS);
        }
        for (int k = 0; k < 3; k++) {
            made_issue(&made, "code", NULL, false, NULL, messages[k % 2], "a 1 b");
        }
        made_rule_error(&made, "KEY", NULL);
        made_document(&made, "FAILED", NULL, NULL, record, 0);
    }
    struct errata_index *index = made_end(&made);
    must(errata_query_new(&query, index, NULL, NULL));
    cr_assert_eq(errata_query_group(&found, query, &by, NULL), ERRATA_OK);
    cr_assert_eq(errata_groups_total(found), 2 * RECORDS);
    cr_assert_eq(errata_groups_records(found), RECORDS);
    for (uint64_t i = 0; errata_groups_at(found, i, &group); i++) {
        bool own = strcmp(group.values[0].data + 1, group.values[1].data + 1) == 0;
        cr_assert_eq(group.issues, own ? 4 : 2);
        cr_assert_eq(group.records, 1);
        cr_assert_eq(own, i < RECORDS);
    }
    errata_groups_free(found);
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(heap.out, 0);
}

/* More rule errors in a document than are looked up at once, some without issues, and one record again. */
Test(group, many_rule_errors) {
    enum {
        KEYS = 7,
        ROUNDS = 200
    };
    static const char *const records[] = {"r0", "r1", "r2", "r0", "r1"};
    struct errata_grouping by = {.fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE}, .n_fields = 2};
    struct errata_groups *found;
    struct errata_query *query;
    struct errata_group group;
    struct made made;
    made_begin(&made, &heap, "many.ndjson");
    for (int document = 0; document < 5; document++) {
        for (int i = 0; i < KEYS * ROUNDS; i++) {
            char key[64];
            snprintf(key, sizeof key, "K%d", i % KEYS);
            for (int k = 0; k < i % 3; k++) {
                made_issue(&made, "code", NULL, false, NULL, NULL, "a 1 b");
            }
            made_rule_error(&made, key, NULL);
        }
        made_document(&made, "FAILED", NULL, NULL, records[document], 0);
    }
    struct errata_index *index = made_end(&made);
    must(errata_query_new(&query, index, NULL, NULL));
    must(errata_query_group(&found, query, &by, NULL));
    cr_assert_eq(errata_groups_total(found), KEYS);
    cr_assert_eq(errata_groups_issues(found), index->rows[ERRATA__ISSUES]);
    cr_assert_eq(errata_groups_records(found), 3);
    for (uint64_t i = 0; errata_groups_at(found, i, &group); i++) {
        uint64_t of_key = 0;
        int key = group.values[0].data[1] - '0';
        for (int rule = key; rule < KEYS * ROUNDS; rule += KEYS) {
            of_key += (uint64_t)(rule % 3) * 5;
        }
        cr_assert_eq(group.issues, of_key);
        cr_assert_eq(group.records, 3);
    }
    errata_groups_free(found);
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(heap.out, 0);
}

/* As many issues as there are ids; a payload of them would have 700 GB. */
Test(group, the_last_stretch) {
    static struct errata__stretch stretch;
    const uint64_t state = errata__stretch_state(1, 2);
    const uint32_t end = UINT32_MAX - 1;
    errata__stretch_begin(&stretch, end - 10);
    cr_assert_eq(errata__stretch_take(&stretch, state, end - 3), end - 3);
    cr_assert_eq(errata__stretch_take(&stretch, state, end), end);
    cr_assert_lt(stretch.end, stretch.most);
}

/* Of documents without issues nothing is kept. */
Test(group, records_without_issues) {
    enum {
        DOCUMENTS = 20000
    };
    struct errata_grouping by = {.fields = {ERRATA_FIELD_KEY}, .n_fields = 1};
    struct errata_groups *found;
    struct errata_query *query;
    struct made made;
    long asked[2];
    made_begin(&made, &heap, "completed.ndjson");
    made_issue(&made, "c", NULL, false, NULL, NULL, "a");
    made_rule_error(&made, "K", NULL);
    for (int i = 0; i < DOCUMENTS; i++) {
        char record[16];
        snprintf(record, sizeof record, "r%d", i);
        made_document(&made, i == 0 ? "FAILED" : "COMPLETED", NULL, NULL, record, 0);
    }
    struct errata_index *index = made_end(&made);
    for (int i = 0; i < 2; i++) {
        by.fields[0] = i == 0 ? ERRATA_FIELD_KEY : ERRATA_FIELD_RECORD;
        must(errata_query_new(&query, index, NULL, NULL));
        asked[i] = heap.asked;
        must(errata_query_group(&found, query, &by, NULL));
        asked[i] = heap.asked - asked[i];
        cr_assert_eq(errata_groups_total(found), 1);
        errata_groups_free(found);
        errata_query_free(query);
    }
    cr_assert_eq(asked[0], asked[1], "%ld and %ld", asked[0], asked[1]);
    errata_index_free(index);
}

/* Rule errors of more issues than are counted at once, in records of which one passes only by its second document. */
Test(group, long_rule_errors) {
    enum {
        ISSUES = 3000
    };
    static const char *const records[] = {"r0", "r1", "r2", "r0"};
    static const char *const codes[] = {"c0", "c1", "c2"};
    struct errata_grouping by = {.fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE}, .n_fields = 2};
    struct errata_groups *found;
    struct errata_query *query;
    struct errata_group group;
    struct made made;
    made_begin(&made, &heap, "long.ndjson");
    for (int document = 0; document < 4; document++) {
        for (int i = 0; i < ISSUES; i++) {
            made_issue(&made, document == 0 ? "c0" : codes[i % 3], NULL, false, NULL, NULL,
                       "a 1 b");
        }
        made_rule_error(&made, document == 2 ? "L" : "K", NULL);
        made_document(&made, "FAILED", NULL, NULL, records[document], 0);
    }
    struct errata_index *index = made_end(&made);
    must(errata_query_new(&query, index, NULL, NULL));
    must(errata_query_where(query, "code != c0", NULL));
    must(errata_query_where(query, "key = K", NULL));
    must(errata_query_group(&found, query, &by, NULL));
    cr_assert_eq(errata_groups_total(found), 2);
    cr_assert_eq(errata_groups_issues(found), ISSUES / 3 * 4);
    cr_assert_eq(errata_groups_records(found), 2);
    for (uint32_t i = 0; errata_groups_at(found, i, &group); i++) {
        cr_assert_str_eq(group.values[1].data, codes[i + 1]);
        cr_assert_eq(group.issues, ISSUES / 3 * 2);
        cr_assert_eq(group.records, 2);
        cr_assert_eq(group.first, ISSUES + i + 1);
    }
    errata_groups_free(found);
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(heap.out, 0);
}

Test(group, a_walk_ends_when_it_is_told_to) {
    const struct errata_grouping by = {.fields = {ERRATA_FIELD_PATH}, .n_fields = 1};
    struct errata_index *index = made_at_random(&heap, 1, 30);
    struct errata_query *query;
    struct errata_query *other;
    struct errata_groups *got;
    struct errata_error error;
    int calls = 0;
    must(errata_query_new(&query, index, NULL, NULL));
    must(errata_query_new(&other, index, NULL, NULL));
    must(errata_query_group(&got, query, &by, NULL));
    cr_assert_eq(errata_groups_visit(got, query, stop_at_third, &calls, &error), ERRATA_CLOSED);
    cr_assert_eq(error.status, ERRATA_CLOSED);
    cr_assert_eq(calls, 3);

    /* Other issues would pass, under other numbers. */
    cr_assert_eq(errata_groups_visit(got, other, stop_at_third, &calls, &error), ERRATA_MISUSE);
    must(errata_query_where(query, "code", NULL));
    cr_assert_eq(errata_groups_visit(got, query, stop_at_third, &calls, &error), ERRATA_MISUSE);
    cr_assert_eq(error.status, ERRATA_MISUSE);
    cr_assert_eq(calls, 3);
    errata_groups_free(got);
    errata_query_free(other);
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(heap.out, 0);
}

Test(group, misuse) {
    static const struct errata_grouping wrong[] = {
        {.n_fields = 0},
        {.n_fields = ERRATA_FIELDS + 1},
        {.fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE, ERRATA_FIELD_KEY}, .n_fields = 3},
        {.fields = {ERRATA_FIELDS}, .n_fields = 1},
        {.fields = {ERRATA_FIELD_KEY}, .n_fields = 1, .order = (enum errata_order)7},
    };
    struct errata_index *index = made_at_random(&heap, 1, 3);
    struct errata_query *query;
    must(errata_query_new(&query, index, NULL, NULL));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct errata_groups *got;
        struct errata_error error;
        cr_assert_eq(errata_query_group(&got, query, &wrong[i], &error), ERRATA_MISUSE);
        cr_assert_eq(error.status, ERRATA_MISUSE);
        cr_assert_eq(got, NULL);
    }
    errata_query_free(query);
    errata_index_free(index);
}
