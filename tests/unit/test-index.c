/* Rows by the public calls, at sizes where every table has several segments; which rule error an issue belongs to. */
#include <criterion/criterion.h>
#include <stdio.h>

#include <errata/index.h>

#include "one-index.h"

TestSuite(index, .init = begin_index, .fini = end_index);

/* A shape with so many positions, with a name between each two. */
static uint32_t shape_with(uint32_t positions) {
    uint32_t segments[16];
    uint32_t name;
    uint32_t id;
    struct errata__shape shape = {.expected = ERRATA_NONE, .received = ERRATA_NONE};
    must(errata__string_intern(index_, "x", 1, &name, NULL));
    shape.code = name;
    shape.message = name;
    for (uint32_t i = 0; i < positions; i++) {
        segments[2 * i] = name;
        segments[2 * i + 1] = ERRATA__POSITION;
    }
    must(errata__pattern_intern(index_, segments, 2 * (size_t)positions, &shape.pattern));
    must(errata__shape_intern(index_, &shape, &id));
    return id;
}

static void document(uint32_t first_rule_error) {
    struct errata__document_row row = {.first_rule_error = first_rule_error};
    must(errata__record_intern(index_, ERRATA_NONE, ERRATA_NONE, ERRATA_NONE, &row.record));
    must(errata__document_append(index_, &row));
}

/* Issues over rule errors and documents of all sizes, none among them; every issue is found where it was put. */
static void check_places(uint32_t issues, uint32_t empty_rules, uint32_t most_issues) {
    uint32_t *rule_of = malloc(issues * sizeof *rule_of);
    uint32_t *document_of = malloc(issues * sizeof *document_of);
    uint32_t shapes[4];
    uint64_t seed = issues;
    uint32_t count = 0;
    uint32_t source;
    must(errata__source_append(index_, &(struct errata_source){.name = {"s", 1}}, &source));
    for (uint32_t i = 0; i < 4; i++) {
        shapes[i] = shape_with(i);
    }
    while (count < issues) {
        uint32_t first_rule = (uint32_t)index_->rows[ERRATA__RULE_ERRORS];
        for (uint32_t rules = draw(&seed, 4); rules > 0; rules--) {
            for (uint32_t empty = draw(&seed, empty_rules); empty > 0; empty--) {
                must(errata__rule_error_append(index_, 0, 0, count));
            }
            uint32_t first_issue = count;
            for (uint32_t i = draw(&seed, most_issues); i > 0 && count < issues; i--) {
                const uint64_t positions[3] = {count, (uint64_t)count << 30, UINT64_MAX - count};
                rule_of[count] = (uint32_t)index_->rows[ERRATA__RULE_ERRORS];
                document_of[count] = (uint32_t)index_->rows[ERRATA__DOCUMENTS];
                must(errata__issue_append(index_, shapes[count % 4], positions, count % 4));
                count++;
            }
            must(errata__rule_error_append(index_, 0, 0, first_issue));
        }
        document(first_rule);
    }
    errata__index_finish(index_);

    for (uint32_t id = 0; id < issues; id++) {
        struct errata_issue issue;
        struct errata_rule_error rule;
        struct errata_document found;
        char path[128];
        char expected[128] = "(root)";
        size_t length = 0;
        const uint64_t positions[3] = {id, (uint64_t)id << 30, UINT64_MAX - id};
        for (uint32_t i = 0; i < id % 4; i++) {
            length += (size_t)snprintf(expected + length, sizeof expected - length, "%sx[%llu]",
                                       i == 0 ? "" : ".", (unsigned long long)positions[i]);
        }
        struct errata_whole_issue whole;
        bool good = errata_index_issue(index_, id, &issue) && issue.rule_error == rule_of[id] &&
                    issue.document == document_of[id] &&
                    errata_index_rule_error(index_, issue.rule_error, &rule) &&
                    id >= rule.first_issue && id - rule.first_issue < rule.issues &&
                    rule.document == issue.document &&
                    errata_index_document(index_, issue.document, &found) &&
                    issue.rule_error >= found.first_rule_error &&
                    issue.rule_error - found.first_rule_error < found.rule_errors &&
                    errata_index_whole_issue(index_, id, &whole) &&
                    whole.issue.rule_error == issue.rule_error &&
                    whole.rule_error.first_issue == rule.first_issue &&
                    whole.document.first_rule_error == found.first_rule_error &&
                    whole.document.record == found.record && whole.source.name.data != NULL;
        size_t told = errata_index_path(index_, id, path, sizeof path);
        if (!good || told != strlen(expected) || strcmp(path, expected) != 0) {
            cr_assert_fail("issue %u: rule error %u, expected %u; path %s, expected %s", id,
                           issue.rule_error, rule_of[id], path, expected);
        }
    }
    free(rule_of);
    free(document_of);
}

Test(index, places_with_many_empty_rule_errors) {
    check_places(20000, 200, 4);
}

Test(index, places_with_large_rule_errors) {
    check_places(50000, 3, 5000);
}

Test(index, places_of_more_issues_than_2_to_18) {
    check_places((1U << 18) + 5000, 3, 40);
}

/* A whole index of nothing but rule errors without issues. */
Test(index, no_issues_at_all) {
    struct errata_rule_error rule;
    struct errata_document found;
    /* The text that stands for every status. */
    shape_with(0);
    for (uint32_t i = 0; i < 10000; i++) {
        must(errata__rule_error_append(index_, ERRATA_NONE, ERRATA_NONE, 0));
        if (i % 10 == 9) {
            document(i - 9);
        }
    }
    cr_assert(errata_index_rule_error(index_, 9999, &rule));
    cr_assert_eq(rule.issues, 0);
    cr_assert_eq(rule.document, 999);
    cr_assert_eq(rule.key.data, NULL);
    cr_assert(errata_index_document(index_, 999, &found));
    cr_assert_eq(found.rule_errors, 10);
    cr_assert_eq(errata_index_path(index_, 0, NULL, 0), 0);
}

/* Ids that do not exist are told so, and nothing is touched. */
static void check_ends(const struct errata_index *index) {
    struct errata_counts counts;
    struct errata_source source;
    struct errata_document document_row;
    struct errata_record record;
    struct errata_rule_error rule;
    struct errata_issue issue;
    struct errata_whole_issue whole;
    struct errata_reject reject;
    char text[64] = "untouched";
    errata_index_counts(index, &counts);
    const uint32_t behind[] = {0, 1, 1000, ERRATA_NONE - 1, ERRATA_NONE};
    for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++) {
        uint32_t id = behind[i];
        cr_assert_eq(errata_index_source(index, id, &source), id < counts.sources);
        cr_assert_eq(errata_index_document(index, id, &document_row), id < counts.documents);
        cr_assert_eq(errata_index_record(index, id, &record), id < counts.records);
        cr_assert_eq(errata_index_rule_error(index, id, &rule), id < counts.rule_errors);
        cr_assert_eq(errata_index_issue(index, id, &issue), id < counts.issues);
        cr_assert_eq(errata_index_whole_issue(index, id, &whole),
                     id < counts.issues && counts.sources > 0);
        cr_assert_eq(errata_index_reject(index, id, &reject), id < counts.rejects);
        if (id >= counts.issues) {
            cr_assert_eq(errata_index_path(index, id, text, sizeof text), 0);
        }
        if (id >= counts.patterns) {
            cr_assert_eq(errata_index_pattern(index, id, text, sizeof text), 0);
        }
    }
    cr_assert_str_eq(text, "untouched");
}

Test(index, ends) {
    check_ends(index_);
    struct drawn drawn = {5, 10, 100};
    for (int i = 0; i < 20; i++) {
        must(drawn_document(index_, &drawn));
    }
    check_ends(index_);
    errata_index_free(NULL);
}

Test(index, deviations) {
    struct errata_deviation deviation;
    for (int kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        const char *name = errata_deviation_name((enum errata_deviation_kind)kind);
        cr_assert_neq(name, NULL);
        cr_assert_str_neq(name, "unknown");
        for (int other = 0; other < kind; other++) {
            cr_assert_str_neq(name, errata_deviation_name((enum errata_deviation_kind)other));
        }
        cr_assert(errata_index_deviation(index_, (enum errata_deviation_kind)kind, &deviation));
        cr_assert_eq(deviation.count, 0);
        cr_assert_eq(deviation.first_document, ERRATA_NONE);
    }
    cr_assert_str_eq(errata_deviation_name(ERRATA_DEVIATION_KINDS), "unknown");
    cr_assert_not(errata_index_deviation(index_, ERRATA_DEVIATION_KINDS, &deviation));
}

Test(index, sources_and_rejects) {
    struct errata_source source;
    struct errata_reject found;
    uint32_t id;
    for (uint32_t i = 0; i < 5000; i++) {
        const struct errata_reject reject = {
            text_of(i % 2 ? "odd" : "even"), i, 1, 2, 3, 4, 5, 6, 7};
        const struct errata_source row = {.name = text_of(i == 7 ? NULL : "same"),
                                          .kind = (enum errata_source_kind)(i % 3),
                                          .strict = i % 2 != 0,
                                          .scope = text_of(i == 8 ? "--status FAILED" : NULL)};
        must(errata__source_append(index_, &row, &id));
        cr_assert_eq(id, i);
        must(errata__reject_append(index_, &reject));
    }
    cr_assert(errata_index_source(index_, 4999, &source));
    cr_assert_eq(source.kind, 4999 % 3);
    cr_assert(source.strict);
    /* An absent name is stored as an empty one. */
    cr_assert(errata_index_source(index_, 7, &source));
    cr_assert_neq(source.name.data, NULL);
    cr_assert_eq(source.name.length, 0);
    cr_assert_eq(source.scope.data, NULL);
    cr_assert(errata_index_source(index_, 8, &source));
    cr_assert_str_eq(source.scope.data, "--status FAILED");
    cr_assert(errata_index_reject(index_, 4998, &found));
    cr_assert_str_eq(found.reason.data, "even");
    cr_assert_eq(found.source, 4998);
    cr_assert(found.line == 1 && found.column == 2 && found.offset == 3 && found.length == 4);
    cr_assert(found.trouble_line == 5 && found.trouble_column == 6 && found.trouble_offset == 7);
}

Test(index, limit_of_issues) {
    struct errata_index *small = empty_index(&heap, 0, 3);
    for (int i = 0; i < 3; i++) {
        must(errata__issue_append(small, 0, NULL, 0));
    }
    cr_assert_eq(errata__issue_append(small, 0, NULL, 0), ERRATA_LIMIT_ISSUES);
    cr_assert_eq(small->rows[ERRATA__ISSUES], 3);
    errata_index_free(small);
}

/* A limit on memory is kept to the byte, and what was complete stays. */
Test(index, limit_of_memory) {
    for (uint64_t limit = sizeof(struct errata_index); limit < 4000000;
         limit = limit * 3 / 2 + 1000) {
        struct errata_index *small = empty_index(&heap, limit, UINT32_MAX - 1);
        struct drawn drawn = {1, 5, 3000};
        struct errata__mark mark;
        enum errata_status status;
        do {
            errata__index_mark(small, &mark);
            status = drawn_document(small, &drawn);
            cr_assert_leq(small->arena.held, limit);
        } while (status == ERRATA_OK);
        cr_assert_eq(status, ERRATA_LIMIT_MEMORY);
        errata__index_rollback(small, &mark);
        cr_assert_eq(small->rows[ERRATA__DOCUMENTS], mark.rows[ERRATA__DOCUMENTS]);
        check_ends(small);
        errata__index_finish(small);
        errata_index_free(small);
    }
}
