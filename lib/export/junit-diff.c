/*
 * A comparison as test results: one suite, a case for each group, which fails where the group is new or grown.
 */
#include <errata/export.h>

#include <stdio.h>

#include "export/junit.h"
#include "export/place.h"

#define SUITE "errata diff"

static bool is_failure(enum errata_change change) {
    return change == ERRATA_CHANGE_NEW || change == ERRATA_CHANGE_GROWN;
}

/* `grown from 2 issues in 1 record to 5 in 3` */
static void write_change(struct errata__sink *sink, const struct errata_difference *one,
                         size_t last) {
    char text[200];
    char counts[ERRATA__NAME_COUNTS_SIZE];

    errata__name_counts(counts, one->issues[last], one->records[last]);
    snprintf(text, sizeof text, "%s: %s, before %llu in %llu; %llu record%s newly failing",
             errata_change_name(one->change), counts, (unsigned long long)one->issues[0],
             (unsigned long long)one->records[0], (unsigned long long)one->newly_failing,
             one->newly_failing == 1 ? "" : "s");
    errata__sink_words(sink, text);
}

static void write_group(struct errata__sink *sink, const struct errata_difference *one,
                        size_t n_fields, size_t last, struct errata__buffer *scratch) {
    struct errata_text name = {NULL, 0};

    errata__sink_fail(sink, errata__name_values(&name, one->values, n_fields, n_fields, scratch));
    errata__junit_case(sink, errata__words(SUITE), name);
    if (!is_failure(one->change)) {
        errata__junit_passes(sink);
        return;
    }
    errata__junit_fails(sink, errata__words(errata_change_name(one->change)));
    write_change(sink, one, last);
    errata__junit_details(sink);
    write_change(sink, one, last);
    errata__junit_fails_end(sink);
}

enum errata_status errata_export_junit_diff(const struct errata_diff *diff,
                                            errata_write_function *write, void *ctx,
                                            struct errata_error *error) {
    uint64_t count = errata_diff_count(diff);
    size_t n_fields = errata_diff_grouping(diff)->n_fields;
    size_t last = errata_diff_sides(diff) - 1;
    struct errata__reading read[ERRATA_DIFF_SIDES];
    struct errata_diff_totals totals;
    struct errata_difference one;
    struct errata__sink sink;
    struct errata__buffer name;
    uint64_t failures = 0;
    uint64_t total = 0;

    errata_diff_totals_get(diff, &totals);
    errata__place_readings(read, diff);
    for (int i = 0; i < ERRATA_CHANGES; i++) {
        total += totals.groups[i];
    }
    for (uint64_t i = 0; errata_diff_at(diff, i, &one); i++) {
        failures += is_failure(one.change);
    }
    errata__buffer_init(&name, errata_diff_allocator(diff), SIZE_MAX);
    errata__sink_open(&sink, errata_diff_allocator(diff), write, ctx);
    errata__junit_begin_groups(&sink, SUITE, count, total, failures, read, last + 1);
    if (count > 0) {
        errata__junit_suite(&sink, errata__words(SUITE), count, failures, 0);
        for (uint64_t i = 0; sink.status == ERRATA_OK && errata_diff_at(diff, i, &one); i++) {
            write_group(&sink, &one, n_fields, last, &name);
        }
        errata__junit_suite_end(&sink);
    }
    errata__junit_end(&sink);
    errata__buffer_free(&name);
    return errata__sink_close(&sink, error);
}
