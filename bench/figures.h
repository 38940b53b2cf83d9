/*
 * Figures: what is worked out of a run, and what many runs come to.
 */
#ifndef ERRATA_BENCH_FIGURES_H
#define ERRATA_BENCH_FIGURES_H

#include <stdbool.h>
#include <stddef.h>

#include "bench.h"

/* The figures of a run. Those that a run has nothing to tell of are not a number. */
enum bench_figure {
    /* Nanoseconds of one iteration, by the wall clock and of processors. */
    BENCH_REAL,
    BENCH_CPU,
    BENCH_BYTES_PER_SECOND,
    BENCH_ISSUES_PER_SECOND,
    BENCH_DOCUMENTS_PER_SECOND,
    BENCH_NS_PER_ISSUE,
    /* How many times as fast as yajl with callbacks that do nothing, and as read() alone. */
    BENCH_OF_YAJL,
    BENCH_OF_READ,
    /* Nanoseconds more than a program that does nothing. */
    BENCH_OVER_EMPTY,
    BENCH_PEAK,
    BENCH_GROWN,
    BENCH_MEMORY,
    BENCH_MEMORY_PER_ISSUE,
    BENCH_ALLOCATIONS,
    /* Of all bytes, those that the JSON parser did not look at: what the fast lane took. */
    BENCH_LANE,
    /* Of all issues, those that it took. */
    BENCH_LANE_HITS,
    BENCH_FIGURES,
};

struct bench_figures {
    double values[BENCH_FIGURES];
};

/* The name of a figure in JSON; NULL for REAL and CPU, which have places of their own there. */
const char *bench_figure_name(enum bench_figure figure);

/*
 * Works the figures of a run out.
 *
 * round: outcomes of all contestants of group in the same round
 * allocations: of the run that inspected it
 */
struct bench_figures bench_figures_of(const struct bench_group *group,
                                      const struct bench_outcome *round, size_t contestant,
                                      uint64_t allocations);

/* What many runs come to. */
struct bench_spread {
    double least;
    double median;
    double mean;
    double most;
    /* Standard deviation. */
    double deviation;
};

/* Of one figure. False: the runs do not have it. */
bool bench_spread_of(struct bench_spread *spread, const struct bench_figures *runs, size_t n_runs,
                     enum bench_figure figure);

#endif
