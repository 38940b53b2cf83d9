/* Redaction: what is handed out, what goes on working on the values, and what is refused. */
#include <criterion/criterion.h>
#include <errata/diff.h>
#include <errata/reader.h>
#include <errata/redact.h>

#include "written.h"

static struct heap heap;

static const struct errata_redaction_key first_key = {{1, 2, 3}};
static const struct errata_redaction_key second_key = {{3, 2, 1}};
static const enum errata_field all_fields[] = {ERRATA_FIELD_RECEIVED, ERRATA_FIELD_EXPECTED,
                                               ERRATA_FIELD_MESSAGE, ERRATA_FIELD_RECORD};

/* What a mark looks like. */
static bool is_mark(struct errata_text text) {
    return text.length == ERRATA_MARK_SIZE - 1 && strncmp(text.data, "redacted:", 9) == 0 &&
           strspn(text.data + 9, "0123456789abcdef") == 16 && text.data[text.length] == '\0';
}

static bool same(struct errata_text a, struct errata_text b) {
    return a.length == b.length && (a.data == NULL) == (b.data == NULL) &&
           (a.data == NULL || memcmp(a.data, b.data, a.length) == 0);
}

/* A record's document with the issues that `received` has, apart by blanks; "-" is none. */
static void add(struct made *made, const char *record, const char *received) {
    char copy[64];
    snprintf(copy, sizeof copy, "%s", received);
    for (char *rest, *one = strtok_r(copy, " ", &rest); one != NULL;
         one = strtok_r(NULL, " ", &rest)) {
        made_issue(made, "odd", "5", true, strcmp(one, "-") == 0 ? NULL : one, "Wrong", "a 1");
    }
    made_rule_error(made, "KEY", "Rule");
    made_document(made, "FAILED", "app", "c1", record, 0);
}

static struct errata_index *make(void) {
    struct made made;
    made_begin(&made, &heap, "one.json");
    add(&made, "r1", "anna bert anna -");
    add(&made, "r2", "bert");
    add(&made, NULL, "carl");
    return made_end(&made);
}

static void redact(struct errata_index *index, const enum errata_field *fields, size_t n_fields,
                   const struct errata_redaction_key *key) {
    struct errata_error error;
    cr_assert_eq(errata_index_redact(index, fields, n_fields, key, &error), ERRATA_OK, "%s",
                 error.message);
}

Test(redact, all_fields_of_all_accessors) {
    struct errata_index *index = make();
    struct errata_whole_issue whole[6];
    redact(index, all_fields, 4, &first_key);
    for (uint32_t i = 0; i < 6; i++) {
        cr_assert(errata_index_whole_issue(index, i, &whole[i]));
        cr_assert(is_mark(whole[i].issue.expected));
        cr_assert(is_mark(whole[i].issue.message));
        cr_assert(is_mark(whole[i].rule_error.message));
        cr_assert_not(whole[i].issue.expected_json);
        cr_assert(i == 3 || is_mark(whole[i].issue.received));
        /* What was not asked for. */
        cr_assert_str_eq(whole[i].issue.code.data, "odd");
        cr_assert_str_eq(whole[i].rule_error.key.data, "KEY");
        cr_assert_str_eq(whole[i].record.app.data, "app");
        cr_assert_str_eq(whole[i].source.name.data, "one.json");
    }
    /* Equal and different can be told, and absent is neither. */
    cr_assert(same(whole[0].issue.received, whole[2].issue.received));
    cr_assert(same(whole[1].issue.received, whole[4].issue.received));
    cr_assert_not(same(whole[0].issue.received, whole[1].issue.received));
    cr_assert_null(whole[3].issue.received.data);
    cr_assert(is_mark(whole[0].record.record));
    cr_assert_not(same(whole[0].record.record, whole[4].record.record));
    cr_assert_null(whole[5].record.record.data);
    errata_index_free(index);
    cr_assert_eq(heap.out, 0);
}

Test(redact, one_field_leaves_the_others) {
    struct errata_index *index = make();
    struct errata_issue issue;
    struct errata_record record;
    redact(index, (enum errata_field[]){ERRATA_FIELD_RECORD}, 1, &first_key);
    cr_assert(errata_index_issue(index, 0, &issue));
    cr_assert_str_eq(issue.received.data, "anna");
    cr_assert_str_eq(issue.message.data, "Wrong");
    cr_assert(issue.expected_json);
    cr_assert(errata_index_record(index, 0, &record));
    cr_assert(is_mark(record.record));
    errata_index_free(index);
}

Test(redact, a_mark_goes_by_the_text_and_the_key) {
    struct errata_index *index = make();
    struct errata_issue issue;
    char one[ERRATA_MARK_SIZE];
    char other[ERRATA_MARK_SIZE];
    redact(index, all_fields, 1, &first_key);
    cr_assert(errata_index_issue(index, 0, &issue));
    errata_redaction_mark(one, text_of("anna"), &first_key);
    errata_redaction_mark(other, text_of("anna"), &second_key);
    cr_assert_str_eq(issue.received.data, one);
    cr_assert_str_neq(issue.received.data, other);
    errata_index_free(index);
}

/* 5 and "5": what kind of value it was is hidden as well. */
Test(redact, the_same_text_has_the_same_mark) {
    struct errata_index *index;
    struct errata_issue number;
    struct errata_issue string;
    struct made made;
    made_begin(&made, &heap, "one.json");
    made_issue(&made, "odd", "5", true, NULL, "Wrong", "a");
    made_issue(&made, "odd", "5", false, NULL, "Wrong", "a");
    made_rule_error(&made, "KEY", "Rule");
    made_document(&made, "FAILED", "app", "c1", "r1", 0);
    index = made_end(&made);
    redact(index, all_fields, 2, &first_key);
    cr_assert(errata_index_issue(index, 0, &number) && errata_index_issue(index, 1, &string));
    cr_assert_neq(number.shape, string.shape);
    cr_assert(is_mark(number.expected) && same(number.expected, string.expected));
    errata_index_free(index);
}

/* A string that stands in a redacted column and in another one. */
Test(redact, the_same_string_elsewhere_is_shown) {
    struct made made;
    struct errata_issue issue;
    made_begin(&made, &heap, "one.json");
    made_issue(&made, "twin", NULL, false, "twin", "Wrong", NULL);
    made_rule_error(&made, "KEY", "Rule");
    made_document(&made, "FAILED", NULL, NULL, "r1", 0);
    struct errata_index *index = made_end(&made);
    redact(index, all_fields, 1, &first_key);
    cr_assert(errata_index_issue(index, 0, &issue));
    cr_assert_str_eq(issue.code.data, "twin");
    cr_assert(is_mark(issue.received));
    errata_index_free(index);
}

Test(redact, filters_and_groups_work_on_the_values) {
    struct errata_index *index = make();
    const struct errata_grouping by = {.fields = {ERRATA_FIELD_RECEIVED}, .n_fields = 1};
    struct errata_query *query;
    struct errata_groups *groups;
    struct errata_group group;
    redact(index, all_fields, 4, &first_key);
    must(errata_query_new(&query, index, NULL, NULL));
    must(errata_query_where(query, "received ~ ^(anna|bert)$", NULL));
    must(errata_query_where(query, "record in [\"r1\",\"r2\"]", NULL));
    must(errata_query_group(&groups, query, &by, NULL));
    cr_assert_eq(errata_groups_issues(groups), 4);
    cr_assert_eq(errata_groups_count(groups), 2);
    for (uint64_t i = 0; errata_groups_at(groups, i, &group); i++) {
        cr_assert(is_mark(group.values[0]));
        cr_assert_eq(group.issues, 2);
    }
    errata_groups_free(groups);
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(heap.out, 0);
}

/* Names of groups with as many issues each, in the order of the values or against it, come in the order of the marks. */
Test(redact, order_is_that_of_the_marks) {
    static const enum errata_order orders[] = {ERRATA_ORDER_NAME, ERRATA_ORDER_ISSUES};
    struct made made;
    made_begin(&made, &heap, "one.json");
    add(&made, "r1", "a b c d e f g h i j k l");
    struct errata_index *index = made_end(&made);
    struct errata_query *query;
    redact(index, all_fields, 1, &first_key);
    must(errata_query_new(&query, index, NULL, NULL));
    for (size_t i = 0; i < 2; i++) {
        const struct errata_grouping by = {
            .fields = {ERRATA_FIELD_RECEIVED}, .n_fields = 1, .order = orders[i]};
        struct errata_groups *groups;
        struct errata_group before;
        struct errata_group group;
        must(errata_query_group(&groups, query, &by, NULL));
        cr_assert(errata_groups_at(groups, 0, &before));
        for (uint64_t at = 1; errata_groups_at(groups, at, &group); at++) {
            cr_assert_lt(strcmp(before.values[0].data, group.values[0].data), 0);
            before = group;
        }
        errata_groups_free(groups);
    }
    errata_query_free(query);
    errata_index_free(index);
}

static enum errata_status compare(struct errata_diff **diff, const struct errata_index *old,
                                  const struct errata_index *new, struct errata_query **queries,
                                  struct errata_error *error) {
    static const struct errata_grouping by = {
        .fields = {ERRATA_FIELD_RECEIVED, ERRATA_FIELD_RULE_MESSAGE}, .n_fields = 2};
    must(errata_query_new(&queries[0], old, NULL, NULL));
    must(errata_query_new(&queries[1], new, NULL, NULL));
    return errata_query_diff(diff, queries, 2, &by, error);
}

Test(redact, sides_are_compared_when_redacted_alike) {
    struct errata_index *old = make();
    struct made made;
    made_begin(&made, &heap, "two.json");
    add(&made, "r2", "bert dora");
    add(&made, "r1", "anna");
    struct errata_index *new = made_end(&made);
    struct errata_query *queries[2];
    struct errata_diff *diff;
    struct errata_diff_totals totals;
    struct errata_difference one;
    redact(old, all_fields, 4, &first_key);
    redact(new, all_fields, 4, &first_key);
    must(compare(&diff, old, new, queries, NULL));
    errata_diff_totals_get(diff, &totals);
    /* dora; carl and none at all; anna and bert. */
    cr_assert_eq(totals.groups[ERRATA_CHANGE_NEW], 1);
    cr_assert_eq(totals.groups[ERRATA_CHANGE_GONE], 2);
    cr_assert_eq(totals.groups[ERRATA_CHANGE_SHRUNK], 2);
    cr_assert_eq(totals.still_failing, 2);
    for (uint64_t i = 0; errata_diff_at(diff, i, &one); i++) {
        cr_assert(one.values[0].data == NULL || is_mark(one.values[0]));
        cr_assert(is_mark(one.values[1]));
    }
    errata_diff_free(diff);
    errata_query_free(queries[0]);
    errata_query_free(queries[1]);
    errata_index_free(old);
    errata_index_free(new);
    cr_assert_eq(heap.out, 0);
}

Test(redact, other_sides_are_refused) {
    static const struct {
        size_t n_fields;
        const struct errata_redaction_key *key;
    } others[] = {{0, NULL}, {1, &second_key}, {2, &first_key}};
    for (size_t i = 0; i < 3; i++) {
        struct errata_index *old = make();
        struct errata_index *new = make();
        struct errata_query *queries[2];
        struct errata_diff *diff;
        struct errata_error error;
        redact(old, all_fields, 1, &first_key);
        if (others[i].n_fields > 0) {
            redact(new, all_fields, others[i].n_fields, others[i].key);
        }
        cr_assert_eq(compare(&diff, old, new, queries, &error), ERRATA_MISMATCH);
        cr_assert_str_eq(error.message,
                         "sides 1 and 2 do not compare: they are not redacted alike");
        errata_query_free(queries[0]);
        errata_query_free(queries[1]);
        errata_index_free(old);
        errata_index_free(new);
    }
}

/* Addresses and reasons name the records that were asked for; names of files do not. */
Test(redact, sources_and_rejects_of_the_api) {
    static const char *const names[] = {"https://api/records/r1/status", "r1.json"};
    struct errata_reader *reader;
    struct errata_index *index;
    struct errata_source source;
    struct errata_reject reject;
    must(errata_reader_new(&reader, NULL, NULL));
    for (size_t i = 0; i < 2; i++) {
        const struct errata_origin origin = {
            .name = text_of(names[i]), .kind = i == 0 ? ERRATA_SOURCE_API : ERRATA_SOURCE_FILE};
        must(errata_reader_begin(reader, &origin, NULL));
        must(errata_reader_reject(reader, text_of("record r1: HTTP 404"), NULL));
        must(errata_reader_end(reader, NULL));
    }
    must(errata_reader_finish(&index, reader, NULL));
    redact(index, (enum errata_field[]){ERRATA_FIELD_RECORD}, 1, &first_key);
    cr_assert(errata_index_source(index, 0, &source));
    cr_assert(is_mark(source.name));
    cr_assert(errata_index_source(index, 1, &source));
    cr_assert_str_eq(source.name.data, "r1.json");
    cr_assert(errata_index_reject(index, 0, &reject));
    cr_assert_null(strstr(reject.reason.data, "r1"));
    cr_assert(errata_index_reject(index, 1, &reject));
    cr_assert_str_eq(reject.reason.data, "record r1: HTTP 404");
    errata_index_free(index);
    errata_reader_free(reader);
}

Test(redact, what_cannot_be) {
    struct errata_index *index = make();
    struct errata_error error;
    const enum errata_field code = ERRATA_FIELD_CODE;
    cr_assert_eq(errata_index_redact(index, &code, 1, &first_key, &error), ERRATA_MISUSE);
    cr_assert_str_eq(error.message, "only received, expected, message and record can be redacted");
    cr_assert_eq(errata_index_redact(index, all_fields, 0, &first_key, &error), ERRATA_MISUSE);
    redact(index, all_fields, 1, &first_key);
    cr_assert_eq(errata_index_redact(index, all_fields, 1, &first_key, &error), ERRATA_MISUSE);
    cr_assert_str_eq(error.message, "the index is redacted already");
    errata_index_free(index);
}

Test(redact, no_way_back_through_a_file_or_a_join) {
    struct errata_index *index = make();
    struct errata_reader *reader;
    struct errata_error error;
    struct written written = {NULL, 0, 0};
    redact(index, all_fields, 1, &first_key);
    cr_assert_eq(errata_index_write(index, written_take, &written, &error), ERRATA_MISUSE);
    cr_assert_eq(written.length, 0);
    must(errata_reader_new(&reader, NULL, NULL));
    cr_assert_eq(errata_reader_join(reader, index, &error), ERRATA_MISUSE);
    errata_reader_free(reader);
    errata_index_free(index);
}

Test(redact, each_allocation_may_fail) {
    for (long n = 1; n <= 3; n++) {
        struct errata_index *index = make();
        struct errata_issue issue;
        struct errata_error error;
        uint64_t held = errata_index_memory(index);
        heap.fail_at = heap.asked + n;
        cr_assert_eq(errata_index_redact(index, all_fields, 4, &first_key, &error),
                     ERRATA_NO_MEMORY);
        heap.fail_at = 0;
        cr_assert_eq(errata_index_memory(index), held);
        cr_assert(errata_index_issue(index, 0, &issue));
        cr_assert_str_eq(issue.received.data, "anna");
        redact(index, all_fields, 4, &first_key);
        errata_index_free(index);
    }
    cr_assert_eq(heap.out, 0);
}

/* As many issues as there may be: marks are for distinct values. */
Test(redact, memory_goes_by_distinct_values) {
    struct made made;
    made_begin(&made, &heap, "one.json");
    for (int i = 0; i < 10000; i++) {
        add(&made, "r1", "anna");
    }
    struct errata_index *index = made_end(&made);
    uint64_t held = errata_index_memory(index);
    redact(index, all_fields, 4, &first_key);
    cr_assert_lt(errata_index_memory(index) - held, 1000);
    errata_index_free(index);
}
