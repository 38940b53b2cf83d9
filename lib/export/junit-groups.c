/*
 * Groups as test results: a suite for each rule key, a case for each group, which fails.
 */
#include <errata/export.h>

#include <stdlib.h>

#include <errata/store.h>

#include "core/fail.h"
#include "export/examples.h"
#include "export/junit.h"
#include "export/place.h"

struct writing {
    struct errata__sink sink;
    const struct errata_groups *groups;
    const struct errata_index *index;
    const struct errata_grouping *by;
    struct errata__examples *examples;
    /* The groups by their suites. */
    uint64_t *order;
    uint64_t count;
    /* Which field is the key; n_fields where they are not grouped by it: then all are one suite. */
    size_t key;
    struct errata__buffer path;
    struct errata__buffer suite;
    struct errata__buffer name;
};

static struct errata_group group_at(const struct writing *writing, uint64_t number) {
    struct errata_group group = {0};

    errata_groups_at(writing->groups, number, &group);
    return group;
}

static struct errata_text key_of(const struct writing *writing, uint64_t number) {
    struct errata_text none = {NULL, 0};

    return writing->key < writing->by->n_fields ? group_at(writing, number).values[writing->key]
                                                : none;
}

/* By key; those of one key stay as they were. */
static int compare(const void *left, const void *right, void *ctx) {
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    int order = errata__text_compare(key_of(ctx, a), key_of(ctx, b));

    return order != 0 ? order : (a > b) - (a < b);
}

static enum errata_status sort(struct writing *writing) {
    const struct errata_allocator *allocator = errata_index_allocator(writing->index);
    size_t size;

    writing->count = errata_groups_count(writing->groups);
    if (__builtin_mul_overflow(writing->count + 1, sizeof *writing->order, &size)) {
        return ERRATA_NO_MEMORY;
    }
    writing->order = allocator->alloc(allocator->ctx, size);
    if (!writing->order) {
        return ERRATA_NO_MEMORY;
    }
    for (uint64_t i = 0; i < writing->count; i++) {
        writing->order[i] = i;
    }
    qsort_r(writing->order, writing->count, sizeof *writing->order, compare, writing);
    return ERRATA_OK;
}

/* A suite needs a name. */
static struct errata_text suite_name(struct writing *writing, struct errata_text key) {
    struct errata_text name = errata__words("all issues");

    if (writing->key < writing->by->n_fields) {
        errata__sink_fail(&writing->sink, errata__name_key(&name, key, &writing->suite));
    }
    return name;
}

/* The values of the other fields; a group by key alone has none, and is called after its suite. */
static struct errata_text case_name(struct writing *writing, const struct errata_group *group,
                                    struct errata_text suite) {
    struct errata_text name = suite;

    if (writing->key == writing->by->n_fields || writing->by->n_fields > 1) {
        errata__sink_fail(&writing->sink,
                          errata__name_values(&name, group->values, writing->by->n_fields,
                                              writing->key, &writing->name));
    }
    return name;
}

static void write_group(struct writing *writing, uint64_t number, struct errata_text suite) {
    struct errata__sink *sink = &writing->sink;
    const struct errata__examples *examples = &writing->examples[number];
    struct errata_group group = group_at(writing, number);
    struct errata_issue first = {0};
    char counts[ERRATA__NAME_COUNTS_SIZE];

    errata_index_issue(writing->index, group.first, &first);
    errata__name_counts(counts, group.issues, group.records);
    errata__junit_case(sink, suite, case_name(writing, &group, suite));
    errata__junit_fails(sink, first.code.data ? first.code : errata__words("issue"));
    errata__junit_text(sink, first.message);
    errata__sink_words(sink, first.message.length > 0 ? " (" : "(");
    errata__sink_words(sink, counts);
    errata__sink_words(sink, ")");
    errata__junit_details(sink);
    errata__sink_words(sink, counts);
    errata__sink_words(sink, group.issues > ERRATA__EXAMPLES ? ", for example:&#10;" : ":&#10;");
    for (uint32_t i = 0; i < examples->count; i++) {
        errata__junit_example(sink, writing->index, examples->issues[i], &writing->path);
    }
    errata__junit_fails_end(sink);
}

static void write_suites(struct writing *writing) {
    uint64_t first = 0;

    while (first < writing->count && writing->sink.status == ERRATA_OK) {
        struct errata_text key = key_of(writing, writing->order[first]);
        struct errata_text suite = suite_name(writing, key);
        uint64_t end = first;

        while (end < writing->count &&
               errata__text_compare(key_of(writing, writing->order[end]), key) == 0) {
            end++;
        }
        errata__junit_suite(&writing->sink, suite, end - first, end - first, 0);
        for (; first < end; first++) {
            write_group(writing, writing->order[first], suite);
        }
        errata__junit_suite_end(&writing->sink);
    }
}

static void write_all(struct writing *writing) {
    const struct errata__reading read = errata__place_reading(writing->index);

    errata__junit_begin_groups(&writing->sink, "all issues", writing->count,
                               errata_groups_total(writing->groups), writing->count, &read, 1);
    write_suites(writing);
    errata__junit_end(&writing->sink);
}

enum errata_status errata_export_junit_groups(const struct errata_groups *groups,
                                              struct errata_query *query,
                                              const struct errata_index *index,
                                              errata_write_function *write, void *ctx,
                                              struct errata_error *error) {
    const struct errata_allocator *allocator = errata_index_allocator(index);
    struct writing writing = {
        .groups = groups, .index = index, .by = errata_groups_grouping(groups)};
    /* The accessors have no words for damage. */
    enum errata_status status = errata_index_check(index, error);

    while (writing.key < writing.by->n_fields &&
           writing.by->fields[writing.key] != ERRATA_FIELD_KEY) {
        writing.key++;
    }
    if (status == ERRATA_OK) {
        status = errata__examples_find(&writing.examples, groups, query, index, error);
    }
    if (status == ERRATA_OK && sort(&writing) != ERRATA_OK) {
        status = errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    if (status == ERRATA_OK) {
        errata__buffer_init(&writing.path, allocator, SIZE_MAX);
        errata__buffer_init(&writing.suite, allocator, SIZE_MAX);
        errata__buffer_init(&writing.name, allocator, SIZE_MAX);
        errata__sink_open(&writing.sink, allocator, write, ctx);
        write_all(&writing);
        errata__buffer_free(&writing.path);
        errata__buffer_free(&writing.suite);
        errata__buffer_free(&writing.name);
        status = errata__sink_close(&writing.sink, error);
    }
    allocator->free(allocator->ctx, writing.order);
    allocator->free(allocator->ctx, writing.examples);
    return status;
}
