/* Shapes of issues take 2 bytes each until there are more than fit: what is asked and written is the same on both sides. */
#include <criterion/criterion.h>

#include <errata/store.h>

#include "index/format.h"
#include "index/join.h"
#include "index/reuse.h"
#include "lanes.h"
#include "written.h"

#define NARROW ((uint32_t)ERRATA__NARROW_SHAPES)

static struct heap heap;
static struct errata_error error;

static void end(void) {
    cr_assert_eq(heap.out, 0);
}

TestSuite(wide, .fini = end);

static struct errata_index *make(void) {
    return empty_index(&heap, 0, UINT32_MAX - 1);
}

static enum errata_status add_issue(struct errata_index *index, uint32_t number) {
    struct errata__shape shape = {
        .code = ERRATA_NONE, .expected = ERRATA_NONE, .received = ERRATA_NONE};
    char text[16];
    uint32_t id;
    int length = snprintf(text, sizeof text, "m%u", number);
    must(errata__string_intern(index, text, (size_t)length, &shape.message, NULL));
    must(errata__pattern_intern(index, NULL, 0, &shape.pattern));
    must(errata__shape_intern(index, &shape, &id));
    return errata__issue_append(index, id, NULL, 0);
}

/* A document with a rule error of so many issues, whose messages count on from a number, modulo distinct. */
static void add_issues(struct errata_index *index, uint32_t number, uint32_t issues,
                       uint32_t distinct) {
    struct errata__document_row row = {.first_rule_error =
                                           (uint32_t)index->rows[ERRATA__RULE_ERRORS]};
    uint32_t first = (uint32_t)index->rows[ERRATA__ISSUES];
    for (uint32_t i = 0; i < issues; i++) {
        must(add_issue(index, (number + i) % distinct));
    }
    must(errata__rule_error_append(index, ERRATA_NONE, ERRATA_NONE, first));
    must(errata__record_intern(index, ERRATA_NONE, ERRATA_NONE, ERRATA_NONE, &row.record));
    must(errata__string_intern(index, "FAILED", 6, &row.status, NULL));
    must(errata__source_append(index, &(struct errata_source){.kind = ERRATA_SOURCE_FILE},
                               &row.source));
    must(errata__document_append(index, &row));
}

/* The same, where the message of issue i says i % distinct. */
static void add_document(struct errata_index *index, uint32_t issues, uint32_t distinct) {
    add_issues(index, (uint32_t)index->rows[ERRATA__ISSUES], issues, distinct);
}

static void expect_messages(const struct errata_index *index, uint32_t issues, uint32_t distinct) {
    static const struct errata_grouping by = {.fields = {ERRATA_FIELD_MESSAGE}, .n_fields = 1};
    struct errata_issue issue;
    struct errata_group group;
    struct errata_query *query;
    struct errata_groups *groups;
    char text[16];
    cr_assert_eq(index->rows[ERRATA__ISSUES], issues);
    for (uint32_t i = 0; i < issues; i++) {
        snprintf(text, sizeof text, "m%u", i % distinct);
        cr_assert(errata_index_issue(index, i, &issue));
        cr_assert_str_eq(issue.message.data, text, "issue %u", i);
    }
    must(errata_query_new(&query, index, NULL, &error));
    must(errata_query_group(&groups, query, &by, &error));
    cr_assert_eq(errata_groups_total(groups), issues < distinct ? issues : distinct);
    for (uint64_t i = 0; errata_groups_at(groups, i, &group); i++) {
        uint32_t number = (uint32_t)strtoul(group.values[0].data + 1, NULL, 10);
        cr_assert_eq(group.issues, 1 + (issues - 1 - number) / distinct);
        cr_assert_eq(group.first, number);
    }
    errata_groups_free(groups);
    errata_query_free(query);
}

/* The same of what is written, which has so many bytes for each shape. */
static void expect_written(const struct errata_index *index, uint32_t issues, uint32_t distinct,
                           uint32_t width) {
    struct written written = written_of(index);
    struct errata_index *opened;
    /* malloc() aligns to more than 8. */
    const struct errata__entry *entries =
        (const void *)(written.data + sizeof(struct errata__header));
    cr_assert_eq(entries[ERRATA__ISSUE_SHAPE].width, width);
    must(errata_index_open_memory(&opened, written.data, written.length, NULL, &error));
    expect_messages(opened, issues, distinct);
    cr_assert(written_alike(index, opened));
    errata_index_free(opened);
    free(written.data);
}

/* At the end of a segment, and within one. */
Test(wide, one_more_than_fits) {
    static const uint32_t before[] = {0, 1, 1000};
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        for (uint32_t distinct = NARROW; distinct <= NARROW + 1; distinct++) {
            struct errata_index *index = make();
            struct errata_footprint footprint;
            /* So many come again before there are too many. */
            add_document(index, before[i], distinct);
            add_document(index, distinct - before[i], distinct);
            add_document(index, 9000, distinct);
            errata__index_finish(index);
            errata_index_footprint(index, &footprint);
            expect_messages(index, distinct + 9000, distinct);
            expect_written(index, distinct + 9000, distinct, distinct > NARROW ? 4 : 2);
            uint64_t wide = distinct > NARROW ? 9001 : 0;
            uint64_t blocks = (distinct + 9000 + 63) / 64;
            cr_assert_eq(footprint.issues, (distinct + 9000) * 2 + wide * 2 + blocks * 12);
            errata_index_free(index);
        }
    }
}

/* Rows that are in stock, narrow and wide, when others come. */
Test(wide, taken_back) {
    struct errata_index *tried = make();
    struct errata_index *spared = make();
    struct errata__mark mark;
    errata__index_mark(tried, &mark);
    add_document(tried, NARROW + 30000, 3);
    errata__index_rollback(tried, &mark);
    add_document(tried, NARROW + 40000, NARROW + 1);
    expect_messages(tried, NARROW + 40000, NARROW + 1);
    errata__index_rollback(tried, &mark);
    add_document(tried, NARROW + 10000, 3);
    add_document(spared, NARROW + 10000, 3);
    expect_messages(tried, NARROW + 10000, 3);
    expect_written(tried, NARROW + 10000, 3, 2);
    cr_assert(written_alike(tried, spared));
    /* Emptied, with memory of both kinds, and filled to where there are too many earlier and later. */
    for (uint32_t distinct = NARROW - 1; distinct <= NARROW + 1; distinct++) {
        errata__index_empty(tried);
        add_document(tried, NARROW + 9000, distinct);
        expect_messages(tried, NARROW + 9000, distinct);
        expect_written(tried, NARROW + 9000, distinct, distinct > NARROW ? 4 : 2);
    }
    errata_index_free(tried);
    errata_index_free(spared);
}

/* Whichever allocation fails, what is there stays as it is. */
Test(wide, without_memory) {
    struct errata_index *index = make();
    struct errata__mark mark;
    enum errata_status status = ERRATA_NO_MEMORY;
    errata__index_mark(index, &mark);
    add_document(index, NARROW + 30000, NARROW);
    errata__index_rollback(index, &mark);
    add_document(index, NARROW + 5000, NARROW);
    errata__index_mark(index, &mark);
    int refused = -1;
    for (long n = 1; status == ERRATA_NO_MEMORY; n++, refused++) {
        struct errata__shape shape = {.code = 1};
        uint32_t id;
        heap.fail_at = heap.asked + n;
        status = errata__shape_intern(index, &shape, &id);
        status = status ? status : errata__issue_append(index, id, NULL, 0);
        heap.fail_at = 0;
        errata__index_rollback(index, &mark);
        expect_messages(index, NARROW + 5000, NARROW);
    }
    must(status);
    cr_assert_gt(refused, 0);
    errata_index_free(index);
}

/* Into what is narrow, into what becomes wide, into what is. */
Test(wide, joined) {
    static const uint32_t issues[] = {40000, 30000, 70000, 100};
    struct errata_index *joined = make();
    uint32_t number = 0;
    for (size_t i = 0; i < sizeof issues / sizeof issues[0]; i++) {
        struct errata_index *part = make();
        struct errata_index *whole = make();
        add_issues(part, number, issues[i], UINT32_MAX);
        number += issues[i];
        must(errata__index_join(joined, part, &error));
        expect_messages(joined, number, UINT32_MAX);
        for (size_t k = 0; k <= i; k++) {
            add_document(whole, issues[k], UINT32_MAX);
        }
        cr_assert(written_alike(joined, whole));
        errata_index_free(whole);
        errata_index_free(part);
    }
    errata_index_free(joined);
}

/* What the lane knows from before there are too many, and behind. */
Test(wide, lane) {
    struct bytes text = {0};
    for (uint32_t document = 0; document < 110; document++) {
        bytes_add_text(&text, "{\"status\":\"FAILED\",\"errors\":[{\"message\":\"m\",\"errors\":[");
        for (uint32_t i = 0; i < 1000; i++) {
            /* An escape in what comes again, so that it is known as a whole. */
            bool again = i % 3 == 0 || document > 104;
            bytes_print(&text,
                        again ? "%s{\"code\":\"c\",\"message\":\"\\n%u\",\"path\":[\"a\",%u]}"
                              : "%s{\"code\":\"c\",\"message\":\"m%u\",\"path\":[\"a\",%u]}",
                        i == 0 ? "" : ",", again ? i % 50 : document * 1000 + i, i);
        }
        bytes_add_text(&text, "],\"key\":\"K\"}]}\n");
    }
    cr_assert_gt(compare_kernels((struct how){.name = "a.ndjson"}, "wide", text.data, text.length),
                 80000);
    bytes_free(&text);
}
