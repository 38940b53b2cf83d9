/*
 * Examples of groups: see examples.h.
 */
#include "export/examples.h"

#include <string.h>

#include "core/fail.h"

#define LAST (ERRATA__EXAMPLES - 1)

/* The issues of a record come one after another, so those of one record are neighbours among the examples, too. An
   example of a record that has two gives way to one of a new record, from the end. */
static void take(struct errata__examples *examples, uint32_t record, uint32_t issue) {
    uint32_t *issues = examples->issues;
    uint32_t *records = examples->records;
    size_t at = examples->count;

    if (at < ERRATA__EXAMPLES) {
        examples->count++;
    } else if (records[LAST] == record) {
        return;
    } else {
        for (at = LAST; at > 0 && records[at] != records[at - 1]; at--) {}
        if (at == 0) {
            return;
        }
        memmove(&issues[at], &issues[at + 1], (LAST - at) * sizeof *issues);
        memmove(&records[at], &records[at + 1], (LAST - at) * sizeof *records);
        at = LAST;
    }
    issues[at] = issue;
    records[at] = record;
}

static enum errata_status visit(void *ctx, uint64_t group, uint32_t record, uint32_t issue) {
    struct errata__examples *examples = ctx;

    if (group != ERRATA_NO_GROUP) {
        take(&examples[group], record, issue);
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
    struct errata__examples *examples = NULL;
    enum errata_status status;
    size_t size;

    *out = NULL;
    if (!__builtin_mul_overflow(count + 1, sizeof *examples, &size)) {
        examples = allocator->alloc(allocator->ctx, size);
    }
    if (!examples) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(examples, 0, size);
    status = errata_groups_visit(groups, query, visit, examples, error);
    if (status) {
        allocator->free(allocator->ctx, examples);
        return status;
    }
    *out = examples;
    return ERRATA_OK;
}
