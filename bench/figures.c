/*
 * Figures; see figures.h.
 */
#include "figures.h"

#include <math.h>
#include <stdlib.h>

const char *bench_figure_name(enum bench_figure figure) {
    static const char *const names[BENCH_FIGURES] = {
        [BENCH_BYTES_PER_SECOND] = "bytes_per_second",
        [BENCH_ISSUES_PER_SECOND] = "items_per_second",
        [BENCH_DOCUMENTS_PER_SECOND] = "documents_per_second",
        [BENCH_NS_PER_ISSUE] = "ns_per_issue",
        [BENCH_OF_YAJL] = "of_yajl",
        [BENCH_OF_READ] = "of_read",
        [BENCH_OF_ONE_THREAD] = "of_one_thread",
        [BENCH_OVER_EMPTY] = "over_empty_ns",
        [BENCH_PEAK] = "peak_bytes",
        [BENCH_GROWN] = "grown_bytes",
        [BENCH_MEMORY] = "index_bytes",
        [BENCH_MEMORY_PER_ISSUE] = "index_bytes_per_issue",
        [BENCH_ALLOCATIONS] = "allocations",
        [BENCH_GROWN_PER_ISSUE] = "grown_bytes_per_issue",
        [BENCH_ISSUE] = "issue_bytes",
        [BENCH_DOCUMENT] = "document_bytes",
        [BENCH_RULE_ERROR] = "rule_error_bytes",
        [BENCH_RECORDS] = "records_bytes",
        [BENCH_STRINGS] = "strings_bytes",
        [BENCH_SHAPES] = "shapes_bytes",
        [BENCH_TABLES] = "tables_bytes",
        [BENCH_ROOM] = "room_bytes",
        [BENCH_LANE] = "lane_share",
        [BENCH_LANE_HITS] = "lane_hits",
    };

    return names[figure];
}

/* Not a number where there is nothing to tell. */
static double divide(double value, double by) {
    return value > 0 && by > 0 ? value / by : NAN;
}

static double iteration(const struct bench_outcome *outcome) {
    return outcome->seconds / (double)outcome->iterations;
}

/* Compares a run with the yardsticks of its round. */
static void compare(struct bench_figures *figures, const struct bench_group *group,
                    const struct bench_outcome *round, const struct bench_outcome *run) {
    for (size_t i = 0; i < group->n_contestants; i++) {
        enum bench_figure figure = group->contestants[i].yardstick;

        if (figure == BENCH_OVER_EMPTY) {
            figures->values[figure] = (iteration(run) - iteration(&round[i])) * 1e9;
        } else if (figure != BENCH_REAL && run->bytes == round[i].bytes) {
            /* Only what went over the same bytes. */
            figures->values[figure] = iteration(&round[i]) / iteration(run);
        }
    }
}

/* What memory went where. */
static void part_memory(double *values, const struct bench_outcome *run) {
    const struct errata_footprint *rows = &run->rows;
    uint64_t all = rows->issues + rows->rule_errors + rows->documents + rows->records +
                   rows->strings + rows->shapes + rows->other;

    values[BENCH_PEAK] = divide(run->peak, 1);
    values[BENCH_GROWN] = divide(run->grown, 1);
    values[BENCH_GROWN_PER_ISSUE] = divide(run->grown, (double)run->issues);
    values[BENCH_MEMORY] = divide((double)run->memory, 1);
    values[BENCH_MEMORY_PER_ISSUE] = divide((double)run->memory, (double)run->issues);
    values[BENCH_ISSUE] = divide((double)rows->issues, run->counts.issues);
    values[BENCH_DOCUMENT] = divide((double)rows->documents, run->counts.documents);
    values[BENCH_RULE_ERROR] = divide((double)rows->rule_errors, run->counts.rule_errors);
    values[BENCH_RECORDS] = divide((double)rows->records, 1);
    values[BENCH_STRINGS] = divide((double)rows->strings, 1);
    values[BENCH_SHAPES] = divide((double)rows->shapes, 1);
    if (run->kept > 0) {
        values[BENCH_TABLES] = divide((double)run->memory - (double)run->kept, 1);
        values[BENCH_ROOM] = divide((double)run->kept - (double)all, 1);
    }
}

struct bench_figures bench_figures_of(const struct bench_group *group,
                                      const struct bench_outcome *round, size_t contestant,
                                      uint64_t allocations) {
    const struct bench_outcome *run = &round[contestant];
    struct bench_figures figures;
    double *values = figures.values;

    for (size_t i = 0; i < BENCH_FIGURES; i++) {
        values[i] = NAN;
    }
    values[BENCH_REAL] = iteration(run) * 1e9;
    values[BENCH_CPU] = run->cpu / (double)run->iterations * 1e9;
    values[BENCH_BYTES_PER_SECOND] = divide((double)run->bytes, run->seconds);
    values[BENCH_ISSUES_PER_SECOND] = divide((double)run->issues, run->seconds);
    values[BENCH_DOCUMENTS_PER_SECOND] = divide((double)run->documents, run->seconds);
    values[BENCH_NS_PER_ISSUE] = divide(run->seconds * 1e9, (double)run->issues);
    part_memory(values, run);
    values[BENCH_ALLOCATIONS] = divide((double)allocations, 1);
    if (run->parsed_bytes > 0 && run->bytes > 0) {
        /* A token that a chunk cuts is looked at twice. */
        values[BENCH_LANE] = fmax(0, 1 - (double)run->parsed_bytes / (double)run->bytes);
    }
    if (run->parsed_bytes > 0 && run->issues > 0) {
        values[BENCH_LANE_HITS] = (double)run->known_issues / (double)run->issues;
    }
    compare(&figures, group, round, run);
    return figures;
}

static int by_value(const void *a, const void *b) {
    double left = *(const double *)a;
    double right = *(const double *)b;

    return (left > right) - (left < right);
}

bool bench_spread_of(struct bench_spread *spread, const struct bench_figures *runs, size_t n_runs,
                     enum bench_figure figure) {
    double values[BENCH_MOST_ROUNDS];
    double sum = 0;
    double squares = 0;
    size_t middle = n_runs / 2;

    for (size_t i = 0; i < n_runs; i++) {
        values[i] = runs[i].values[figure];
        if (isnan(values[i])) {
            return false;
        }
        sum += values[i];
    }
    qsort(values, n_runs, sizeof values[0], by_value);
    spread->least = values[0];
    spread->most = values[n_runs - 1];
    spread->median = n_runs % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    spread->mean = sum / (double)n_runs;
    for (size_t i = 0; i < n_runs; i++) {
        squares += (values[i] - spread->mean) * (values[i] - spread->mean);
    }
    spread->deviation = n_runs > 1 ? sqrt(squares / (double)(n_runs - 1)) : 0;
    return true;
}
