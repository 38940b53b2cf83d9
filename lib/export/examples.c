/*
 * Examples of groups: see examples.h.
 */
#include "export/examples.h"

#include <string.h>

#include "core/fail.h"

struct finding {
    const struct errata_index *index;
    struct errata__examples *examples;
};

static uint32_t record_of(const struct finding *finding, uint32_t issue) {
    struct errata_issue found = {0};
    struct errata_document document = {0};

    errata_index_issue(finding->index, issue, &found);
    errata_index_document(finding->index, found.document, &document);
    return document.record;
}

/* The issues of a record come one after another, so those of one record are neighbours among the examples, too. An
   example of a record that has two gives way to one of a new record, from the end. */
static void take(const struct finding *finding, struct errata__examples *examples, uint32_t record,
                 uint32_t issue) {
    uint32_t *issues = examples->issues;
    size_t count = 0;

    while (count < ERRATA__EXAMPLES && issues[count] != ERRATA_NONE) {
        count++;
    }
    if (count < ERRATA__EXAMPLES) {
        issues[count] = issue;
        return;
    }
    if (record_of(finding, issues[count - 1]) == record) {
        return;
    }
    examples->wanted = 0;
    for (size_t i = count - 1; i > 0; i--) {
        if (record_of(finding, issues[i]) == record_of(finding, issues[i - 1])) {
            memmove(&issues[i], &issues[i + 1], (count - 1 - i) * sizeof *issues);
            issues[count - 1] = issue;
            /* There may be another such pair. */
            examples->wanted = 1;
            return;
        }
    }
}

static enum errata_status visit(void *ctx, uint64_t group, uint32_t record, uint32_t issue) {
    struct finding *finding = ctx;

    if (group != ERRATA_NO_GROUP && finding->examples[group].wanted) {
        take(finding, &finding->examples[group], record, issue);
    }
    return ERRATA_OK;
}

enum errata_status errata__examples_find(struct errata__examples **out,
                                         const struct errata_groups *groups,
                                         struct errata_query *query,
                                         const struct errata_index *index,
                                         struct errata_error *error) {
    const struct errata_allocator *allocator = errata_index_allocator(index);
    uint64_t count = errata_groups_count(groups);
    struct finding finding = {.index = index};
    enum errata_status status;
    size_t size;

    *out = NULL;
    if (__builtin_mul_overflow(count + 1, sizeof *finding.examples, &size)) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    finding.examples = allocator->alloc(allocator->ctx, size);
    if (!finding.examples) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(finding.examples, 0xFF, size);
    status = errata_groups_visit(groups, query, visit, &finding, error);
    if (status) {
        allocator->free(allocator->ctx, finding.examples);
        return status;
    }
    *out = finding.examples;
    return ERRATA_OK;
}
