/*
 * A report: asks everything first, since most of that can fail, then writes the page.
 */
#include <errata/report.h>

#include <string.h>

#include <errata/store.h>

#include "export/report-parts.h"

#define GROUPS_DEFAULT 2000
#define BYTES_DEFAULT ((uint64_t)32 << 20)

static const enum errata_field fields[] = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE,
                                           ERRATA_FIELD_PATTERN};

enum errata_status errata__report_group(struct errata_groups **out, struct errata_query *query,
                                        size_t first, size_t n_fields, uint64_t limit,
                                        struct errata_error *error) {
    struct errata_grouping by = {
        .n_fields = n_fields, .order = ERRATA_ORDER_RECORDS, .limit = limit};

    memcpy(by.fields, fields + first, n_fields * sizeof *fields);
    return errata_query_group(out, query, &by, error);
}

static enum errata_status compare(struct errata__report *report, struct errata_error *error) {
    struct errata_query *const sides[] = {report->options.old, report->query};
    struct errata_grouping by = {.n_fields = 3, .order = ERRATA_ORDER_NAME};

    if (!report->options.old) {
        return ERRATA_OK;
    }
    memcpy(by.fields, fields, sizeof fields);
    return errata_query_diff(&report->diff, sides, 2, &by, error);
}

static enum errata_status ask(struct errata__report *report, struct errata_error *error) {
    /* The accessors have no words for damage. */
    enum errata_status status = errata_index_check(report->index, error);

    if (status == ERRATA_OK) {
        status = errata_query_totals(&report->totals, report->query, error);
    }
    if (status == ERRATA_OK) {
        status = errata__report_group(&report->keys, report->query, 0, 1, 0, error);
    }
    if (status == ERRATA_OK) {
        status = errata__report_group(&report->codes, report->query, 1, 1, 0, error);
    }
    if (status == ERRATA_OK) {
        status = errata__report_group(&report->map, report->query, 0, 2, 0, error);
    }
    if (status == ERRATA_OK) {
        status = errata__report_group(&report->groups, report->query, 0, 3,
                                      report->options.max_groups, error);
    }
    if (status == ERRATA_OK) {
        status = compare(report, error);
    }
    return status == ERRATA_OK ? errata__report_mark(report, error) : status;
}

/* When the documents were fetched that say so. */
static void find_times(struct errata__report *report) {
    struct errata_document document;

    for (uint32_t id = 0; errata_index_document(report->index, id, &document); id++) {
        int64_t at = document.fetched_at;

        if (at == 0) {
            continue;
        }
        if (report->fetched_first == 0 || at < report->fetched_first) {
            report->fetched_first = at;
        }
        if (report->fetched_last == 0 || at > report->fetched_last) {
            report->fetched_last = at;
        }
    }
}

static enum errata_status give(void *ctx, const void *bytes, size_t length) {
    struct errata__report *report = ctx;

    report->given += length;
    return report->write(report->ctx, bytes, length);
}

static void write_page(struct errata__report *report) {
    for (size_t i = 0; i < 3; i++) {
        errata__sink_bytes(&report->sink, errata__report_page[i].text,
                           errata__report_page[i].length);
        if (i == 0) {
            errata__report_plain(report);
        } else if (i == 1) {
            errata__report_data(report);
        }
    }
}

static void free_parts(struct errata__report *report) {
    const struct errata_allocator *allocator = report->allocator;

    errata_diff_free(report->diff);
    errata_groups_free(report->groups);
    errata_groups_free(report->map);
    errata_groups_free(report->codes);
    errata_groups_free(report->keys);
    errata_totals_free(report->totals);
    allocator->free(allocator->ctx, report->key_marks);
    allocator->free(allocator->ctx, report->group_marks);
    errata__buffer_free(&report->scratch);
    errata__buffer_free(&report->path);
}

enum errata_status errata_export_report(struct errata_query *query,
                                        const struct errata_index *index,
                                        const struct errata_report_options *options,
                                        errata_write_function *write, void *ctx,
                                        struct errata_error *error) {
    struct errata__report report = {.query = query,
                                    .index = index,
                                    .allocator = errata_index_allocator(index),
                                    .write = write,
                                    .ctx = ctx};
    enum errata_status status;

    if (options) {
        report.options = *options;
    }
    if (report.options.max_groups == 0) {
        report.options.max_groups = GROUPS_DEFAULT;
    }
    if (report.options.max_bytes == 0) {
        report.options.max_bytes = BYTES_DEFAULT;
    }
    errata__buffer_init(&report.scratch, report.allocator, SIZE_MAX);
    errata__buffer_init(&report.path, report.allocator, SIZE_MAX);
    status = ask(&report, error);
    if (status == ERRATA_OK) {
        find_times(&report);
        errata__sink_open(&report.sink, report.allocator, give, &report);
        write_page(&report);
        status = errata__sink_close(&report.sink, error);
    }
    free_parts(&report);
    return status;
}
