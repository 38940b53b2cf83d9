/*
 * Figures: what is worked out of a run, and what many runs come to.
 */
#ifndef ERRATA_BENCH_FIGURES_H
#define ERRATA_BENCH_FIGURES_H

#include <stdbool.h>
#include <stddef.h>

#include "bench.h"

/* All of them. */
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
