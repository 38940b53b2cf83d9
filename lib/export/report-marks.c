/*
 * What a report says of groups beyond their counts: in how many records each is the only one, and examples. Found
 * in one walk each over the keys and over the groups, which gives the issues of a record one after another.
 *
 * The page says of a record with one group that it passes once that is put right. So what the query leaves out counts
 * here as well: where it leaves out something, a walk over everything finds the records with one group first.
 */
#include <string.h>

#include "core/fail.h"
#include "export/report-parts.h"

/* A walk, and what it has seen of the record where it is. */
struct walk {
    /* NULL: of everything. */
    struct errata__report_mark *marks;
    /* By record: has it one group? Filled by the walk over everything, asked by the other; NULL: ask nothing. */
    unsigned char *alone;
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
    if (!walk->marks) {
        walk->alone[walk->record] = 1;
    } else if (!walk->alone || walk->alone[walk->record]) {
        walk->records++;
        if (walk->group != ERRATA_NO_GROUP) {
            walk->marks[walk->group].only++;
        }
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
    if (walk->marks && group != ERRATA_NO_GROUP) {
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

/* NULL: there is no memory. */
static void *zeroed(const struct errata_allocator *allocator, uint64_t count, size_t size) {
    void *memory = NULL;
    size_t bytes;

    if (!__builtin_mul_overflow(count > 0 ? count : 1, size, &bytes)) {
        memory = allocator->alloc(allocator->ctx, bytes);
    }
    return memory ? memset(memory, 0, bytes) : NULL;
}

static enum errata_status take_walk(struct walk *walk, const struct errata_groups *groups,
                                    struct errata_query *query, struct errata_error *error) {
    enum errata_status status;

    walk->record = ERRATA_NONE;
    status = errata_groups_visit(groups, query, visit, walk, error);
    if (status == ERRATA_OK) {
        end_record(walk);
    }
    return status;
}

/* The records whose issues, whatever passes the query, are of one group by the first n_fields. */
static enum errata_status find_alone(unsigned char *alone, const struct errata_index *index,
                                     size_t n_fields, struct errata_error *error) {
    struct walk walk = {.alone = alone};
    struct errata_query *all;
    struct errata_groups *groups = NULL;
    enum errata_status status = errata_query_new(&all, index, NULL, error);

    if (status == ERRATA_OK) {
        status = errata__report_group(&groups, all, 0, n_fields, 0, error);
    }
    if (status == ERRATA_OK) {
        status = take_walk(&walk, groups, all, error);
    }
    errata_groups_free(groups);
    errata_query_free(all);
    return status;
}

/* Marks groups by the first n_fields, *out in the order of groups. alone: NULL, or what find_alone() found. */
static enum errata_status mark_groups(struct errata__report_mark **out, uint32_t *records,
                                      struct errata__report *report,
                                      const struct errata_groups *groups, unsigned char *alone,
                                      struct errata_error *error) {
    uint64_t count = errata_groups_count(groups);
    struct walk walk = {.alone = alone};
    enum errata_status status;

    walk.marks = zeroed(report->allocator, count, sizeof *walk.marks);
    if (!walk.marks) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    *out = walk.marks;
    status = take_walk(&walk, groups, report->query, error);
    for (uint64_t i = 0; i < count; i++) {
        finish_mark(&walk.marks[i]);
    }
    *records = walk.records;
    return status;
}

static enum errata_status mark(struct errata__report *report, struct errata__report_mark **out,
                               uint32_t *records, const struct errata_groups *groups,
                               size_t n_fields, struct errata_error *error) {
    const struct errata_allocator *allocator = report->allocator;
    enum errata_status status = ERRATA_OK;
    unsigned char *alone = NULL;
    struct errata_counts counts;

    errata_index_counts(report->index, &counts);
    if (errata_groups_issues(groups) < counts.issues) {
        alone = zeroed(allocator, counts.records, sizeof *alone);
        if (!alone) {
            return errata__fail_plain(error, ERRATA_NO_MEMORY);
        }
        status = find_alone(alone, report->index, n_fields, error);
    }
    if (status == ERRATA_OK) {
        status = mark_groups(out, records, report, groups, alone, error);
    }
    allocator->free(allocator->ctx, alone);
    return status;
}

enum errata_status errata__report_mark(struct errata__report *report, struct errata_error *error) {
    uint32_t ignored;
    enum errata_status status =
        mark(report, &report->key_marks, &report->records_one_key, report->keys, 1, error);

    if (status == ERRATA_OK) {
        status = mark(report, &report->group_marks, &ignored, report->groups, 3, error);
    }
    return status;
}
