/*
 * A group of contestants: chosen, run in turns, and printed.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "figures.h"

struct bench_contestant *bench_add(struct bench_group *group, bench_function *run, const void *task,
                                   const char *format, ...) {
    struct bench_contestant *contestant = &group->contestants[group->n_contestants];
    va_list arguments;

    if (group->n_contestants == BENCH_MOST_CONTESTANTS) {
        fprintf(stderr, "errata-bench: too many contestants in %s\n", group->name);
        abort();
    }
    group->n_contestants++;
    *contestant = (struct bench_contestant){.run = run, .task = task, .threads = 1};
    va_start(arguments, format);
    vsnprintf(contestant->name, sizeof contestant->name, format, arguments);
    va_end(arguments);
    return contestant;
}

static void full_name(char name[2 * BENCH_NAME_SIZE], const struct bench_group *group,
                      const struct bench_contestant *contestant) {
    snprintf(name, (size_t)2 * BENCH_NAME_SIZE, "%s/%s", group->name, contestant->name);
}

bool bench_choose(const struct bench_session *session, struct bench_group *group) {
    char name[2 * BENCH_NAME_SIZE];
    size_t kept = 0;
    bool any = false;

    for (size_t i = 0; i < group->n_contestants; i++) {
        const struct bench_contestant *contestant = &group->contestants[i];
        bool wanted;

        full_name(name, group, contestant);
        wanted = !session->filter || regexec(session->filter, name, 0, NULL, 0) == 0;
        if (session->list && wanted) {
            puts(name);
        }
        /* Yardsticks run along with what they are for. */
        any = any || (wanted && contestant->yardstick == BENCH_REAL);
        if (wanted || contestant->yardstick != BENCH_REAL) {
            group->contestants[kept++] = *contestant;
        }
    }
    group->n_contestants = kept;
    return any && !session->list;
}

/* ---- printing */

/* A column of the table. */
struct column {
    const char *head;
    enum bench_figure figure;
    int width;
    int decimals;
    double factor;
    enum {
        SPEED,
        /* With the least and the most. */
        RANGE,
        /* In the table of memory, which stands below that of speed. */
        MEMORY,
    } kind;
};

#define MIB (1.0 / (1 << 20))

static const struct column columns[] = {
    {"ms", BENCH_REAL, 8, 2, 1e-6, SPEED},
    {"MB/s", BENCH_BYTES_PER_SECOND, 6, 0, 1e-6, RANGE},
    {"x yajl", BENCH_OF_YAJL, 5, 2, 1, RANGE},
    {"x read()", BENCH_OF_READ, 8, 3, 1, SPEED},
    {"x one thread", BENCH_OF_ONE_THREAD, 5, 2, 1, RANGE},
    {"+ ms", BENCH_OVER_EMPTY, 5, 2, 1e-6, RANGE},
    {"ns/issue", BENCH_NS_PER_ISSUE, 8, 1, 1, SPEED},
    {"kdocs/s", BENCH_DOCUMENTS_PER_SECOND, 7, 0, 1e-3, SPEED},
    {"peak MiB", BENCH_PEAK, 8, 1, MIB, SPEED},
    {"+ MiB", BENCH_GROWN, 7, 1, MIB, SPEED},
    {"lane %", BENCH_LANE, 6, 1, 100, SPEED},
    {"hits %", BENCH_LANE_HITS, 6, 1, 100, SPEED},
    {"+ B/issue", BENCH_GROWN_PER_ISSUE, 9, 1, 1, MEMORY},
    {"index MiB", BENCH_MEMORY, 9, 1, MIB, MEMORY},
    {"B/issue", BENCH_ISSUE, 7, 2, 1, MEMORY},
    {"B/document", BENCH_DOCUMENT, 10, 1, 1, MEMORY},
    {"B/rule error", BENCH_RULE_ERROR, 12, 1, 1, MEMORY},
    {"records MiB", BENCH_RECORDS, 11, 2, MIB, MEMORY},
    {"strings MiB", BENCH_STRINGS, 11, 2, MIB, MEMORY},
    {"shapes MiB", BENCH_SHAPES, 10, 2, MIB, MEMORY},
    {"tables MiB", BENCH_TABLES, 10, 2, MIB, MEMORY},
    {"room MiB", BENCH_ROOM, 8, 2, MIB, MEMORY},
    {"allocs", BENCH_ALLOCATIONS, 7, 0, 1, MEMORY},
};
#define N_COLUMNS (sizeof columns / sizeof columns[0])

/* All runs of one contestant. */
struct runs {
    struct bench_figures *figures;
    size_t n;
};

static int cell_width(const struct column *column) {
    return column->kind == RANGE ? column->width * 3 + 7 : column->width;
}

static void print_cell(const struct column *column, const struct runs *runs) {
    struct bench_spread spread;

    if (!bench_spread_of(&spread, runs->figures, runs->n, column->figure)) {
        printf("  %*s", cell_width(column), "");
    } else if (column->kind == RANGE) {
        printf("  %*.*f (%*.*f to %*.*f)", column->width, column->decimals,
               spread.median * column->factor, column->width, column->decimals,
               spread.least * column->factor, column->width, column->decimals,
               spread.most * column->factor);
    } else {
        printf("  %*.*f", column->width, column->decimals, spread.median * column->factor);
    }
}

static bool tells(const struct runs *runs, const struct column *column) {
    struct bench_spread spread;

    return bench_spread_of(&spread, runs->figures, runs->n, column->figure);
}

/* The table of speed, or that of memory: the columns, and the contestants, that have something in it. */
static void print_table(const struct bench_group *group, const struct runs *all, bool memory) {
    bool used[N_COLUMNS] = {false};
    bool there[BENCH_MOST_CONTESTANTS] = {false};

    for (size_t i = 0; i < group->n_contestants; i++) {
        for (size_t k = 0; k < N_COLUMNS; k++) {
            bool told = (columns[k].kind == MEMORY) == memory && tells(&all[i], &columns[k]);

            used[k] = used[k] || told;
            there[i] = there[i] || told;
        }
    }
    printf("%-24s", memory ? "  memory" : group->name);
    for (size_t k = 0; k < N_COLUMNS; k++) {
        if (used[k]) {
            printf("  %*s", cell_width(&columns[k]), columns[k].head);
        }
    }
    putchar('\n');
    for (size_t i = 0; i < group->n_contestants; i++) {
        if (!there[i]) {
            continue;
        }
        printf("  %-22s", group->contestants[i].name);
        for (size_t k = 0; k < N_COLUMNS; k++) {
            if (used[k]) {
                print_cell(&columns[k], &all[i]);
            }
        }
        putchar('\n');
    }
}

static void print_group(const struct bench_group *group, const struct runs *all) {
    bool memory = false;

    print_table(group, all, false);
    for (size_t i = 0; i < group->n_contestants; i++) {
        memory = memory || all[i].figures[0].values[BENCH_MEMORY] > 0;
    }
    if (memory) {
        print_table(group, all, true);
    }
    putchar('\n');
    fflush(stdout);
}

/* ---- running */

static bool run_round(const struct bench_group *group, size_t number, struct bench_outcome *round) {
    for (size_t i = 0; i < group->n_contestants; i++) {
        /* Another one is first in each round. */
        size_t turn = (i + number) % group->n_contestants;
        const struct bench_contestant *contestant = &group->contestants[turn];

        round[turn] = bench_run_once(contestant->run, contestant->task);
        if (!round[turn].ok) {
            fprintf(stderr, "errata-bench: %s/%s failed\n", group->name, contestant->name);
            return false;
        }
    }
    return true;
}

static bool run_all(const struct bench_session *session, const struct bench_group *group,
                    struct runs *all) {
    struct bench_outcome round[BENCH_MOST_CONTESTANTS];
    uint64_t allocations[BENCH_MOST_CONTESTANTS] = {0};

    for (size_t i = 0; i < group->n_contestants; i++) {
        const struct bench_contestant *contestant = &group->contestants[i];
        struct bench_outcome inspected = {.ok = true};

        if (contestant->inspect) {
            inspected = bench_run_once(contestant->inspect, contestant->task);
        }
        if (!inspected.ok) {
            return false;
        }
        allocations[i] = inspected.allocations;
    }
    /* The first reading of a file is the disk's. */
    if (!bench_run_once(group->contestants[0].run, group->contestants[0].task).ok) {
        return false;
    }
    for (size_t number = 0; number < session->rounds; number++) {
        if (!run_round(group, number, round)) {
            return false;
        }
        for (size_t i = 0; i < group->n_contestants; i++) {
            all[i].figures[all[i].n++] = bench_figures_of(group, round, i, allocations[i]);
        }
    }
    return true;
}

bool bench_run(struct bench_session *session, const struct bench_group *group) {
    struct runs all[BENCH_MOST_CONTESTANTS] = {{0}};
    size_t n = group->n_contestants;
    struct bench_figures *figures = calloc(n * session->rounds, sizeof *figures);
    bool ok = figures != NULL;

    for (size_t i = 0; ok && i < n; i++) {
        all[i].figures = figures + i * session->rounds;
    }
    ok = ok && run_all(session, group, all);
    if (ok) {
        print_group(group, all);
        for (size_t i = 0; session->json && i < n; i++) {
            bench_json_add(session, group, &group->contestants[i], all[i].figures, all[i].n);
        }
        session->n_groups++;
    } else {
        fprintf(stderr, "errata-bench: %s could not be measured\n", group->name);
    }
    free(figures);
    return ok;
}
