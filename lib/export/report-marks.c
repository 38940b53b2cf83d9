/*
 * What a report says of groups beyond their counts: in how many records each is the only one, and examples. Found
 * in one walk each over the keys and over the groups, which gives the issues of a record one after another.
 */
#include <string.h>

#include "core/fail.h"
#include "export/report-parts.h"

/* A walk, and what it has seen of the record where it is. */
struct walk {
    struct errata__report_mark *marks;
    uint32_t record;
    /* The first group of the record; several: there is another. */
    uint64_t group;
    bool several;
    /* Records with one group. */
    uint32_t records;
};

static void end_record(struct walk *walk) {
    if (walk->record == ERRATA_NONE || walk->several) {
        return;
    }
    walk->records++;
    if (walk->group != ERRATA_NO_GROUP) {
        walk->marks[walk->group].only++;
    }
}

static void add_example(struct errata__report_mark *mark, uint32_t record, uint32_t issue) {
    bool fresh = mark->n_examples == 0 || mark->last_record != record;

    mark->last_record = record;
    if (fresh && mark->n_examples < ERRATA__REPORT_EXAMPLES) {
        mark->examples[mark->n_examples++] = issue;
    } else if (!fresh && mark->n_others < ERRATA__REPORT_EXAMPLES) {
        mark->others[mark->n_others++] = issue;
    }
}

static enum errata_status visit(void *ctx, uint64_t group, uint32_t record, uint32_t issue) {
    struct walk *walk = ctx;

    if (record != walk->record) {
        end_record(walk);
        walk->record = record;
        walk->group = group;
        walk->several = false;
    } else if (group != walk->group) {
        walk->several = true;
    }
    if (group != ERRATA_NO_GROUP) {
        add_example(&walk->marks[group], record, issue);
    }
    return ERRATA_OK;
}

/* Few enough examples are filled up with others, in the order of the input. */
static void finish_mark(struct errata__report_mark *mark) {
    for (uint32_t i = 0; i < mark->n_others && mark->n_examples < ERRATA__REPORT_EXAMPLES; i++) {
        uint32_t at = mark->n_examples++;

        for (; at > 0 && mark->examples[at - 1] > mark->others[i]; at--) {
            mark->examples[at] = mark->examples[at - 1];
        }
        mark->examples[at] = mark->others[i];
    }
}

static enum errata_status mark_groups(struct errata__report_mark **out, uint32_t *records,
                                      struct errata__report *report,
                                      const struct errata_groups *groups,
                                      struct errata_error *error) {
    const struct errata_allocator *allocator = report->allocator;
    uint64_t count = errata_groups_count(groups);
    struct walk walk = {.record = ERRATA_NONE};
    enum errata_status status;
    size_t size;

    if (__builtin_mul_overflow(count > 0 ? count : 1, sizeof *walk.marks, &size)) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    walk.marks = allocator->alloc(allocator->ctx, size);
    if (!walk.marks) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    *out = walk.marks;
    memset(walk.marks, 0, size);
    status = errata_groups_visit(groups, report->query, visit, &walk, error);
    if (status == ERRATA_OK) {
        end_record(&walk);
    }
    for (uint64_t i = 0; i < count; i++) {
        finish_mark(&walk.marks[i]);
    }
    *records = walk.records;
    return status;
}

enum errata_status errata__report_mark(struct errata__report *report, struct errata_error *error) {
    uint32_t ignored;
    enum errata_status status =
        mark_groups(&report->key_marks, &report->records_one_key, report, report->keys, error);

    if (status == ERRATA_OK) {
        status = mark_groups(&report->group_marks, &ignored, report, report->groups, error);
    }
    return status;
}
