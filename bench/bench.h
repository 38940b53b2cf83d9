/*
 * What the parts of errata-bench share: contestants, that run in turns, and what a run of one tells.
 *
 * Machines are noisy. So contestants that are to be compared form a group: they run in turns, in an order that
 * changes from round to round, and what counts is the median of the ratios within the rounds. Every run is a
 * process of its own, so that its peak memory is its own too.
 */
#ifndef ERRATA_BENCH_H
#define ERRATA_BENCH_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <errata/errata.h>

#define BENCH_NAME_SIZE 64
#define BENCH_MOST_ROUNDS 1000U
#define BENCH_MOST_CONTESTANTS 16U

/* What a run of a contestant tells. 0 where there is nothing to tell. */
struct bench_outcome {
    bool ok;
    /* Of the wall clock and of processors. */
    double seconds;
    double cpu;
    /* How often it did what it does, such as 50 programs started. Filled in as 1 where it is 0. */
    uint64_t iterations;
    /* Read or written. */
    uint64_t bytes;
    uint64_t issues;
    uint64_t documents;
    /* What the reader asked of its allocator, in bytes and in calls; and how much of it the finished index keeps. */
    uint64_t memory;
    uint64_t allocations;
    uint64_t kept;
    /* The index's rows: how many, and their bytes. */
    struct errata_counts counts;
    struct errata_footprint rows;
    /* Bytes that the JSON parser looked at; the others were known to the fast lane. */
    uint64_t parsed_bytes;
    /* Issues that the fast lane took. */
    uint64_t known_issues;
    /* The most memory that the process had, and how much of it came during the run; not a number: nobody knows. */
    double peak;
    double grown;
};

typedef bool bench_function(const void *task, struct bench_outcome *outcome);

/* The figures of a run. Those that a run has nothing to tell of are not a number. */
enum bench_figure {
    /* Nanoseconds of one iteration, by the wall clock and of processors. */
    BENCH_REAL,
    BENCH_CPU,
    BENCH_BYTES_PER_SECOND,
    BENCH_ISSUES_PER_SECOND,
    BENCH_DOCUMENTS_PER_SECOND,
    BENCH_NS_PER_ISSUE,
    /* How many times as fast as yajl with callbacks that do nothing, as read() alone, and as one thread. */
    BENCH_OF_YAJL,
    BENCH_OF_READ,
    BENCH_OF_ONE_THREAD,
    /* Nanoseconds more than a program that does nothing. */
    BENCH_OVER_EMPTY,
    BENCH_PEAK,
    BENCH_GROWN,
    BENCH_MEMORY,
    BENCH_MEMORY_PER_ISSUE,
    BENCH_ALLOCATIONS,
    BENCH_GROWN_PER_ISSUE,
    /* Bytes of a row: an issue with its positions, a document, a rule error. */
    BENCH_ISSUE,
    BENCH_DOCUMENT,
    BENCH_RULE_ERROR,
    /* Bytes of all rows of a kind. */
    BENCH_RECORDS,
    BENCH_STRINGS,
    BENCH_SHAPES,
    /* Bytes of the tables to find equal values again, which go when reading ends, and of room for more rows. */
    BENCH_TABLES,
    BENCH_ROOM,
    /* Of all bytes, those that the JSON parser did not look at: what the fast lane took. */
    BENCH_LANE,
    /* Of all issues, those that it took. */
    BENCH_LANE_HITS,
    BENCH_FIGURES,
};

struct bench_contestant {
    char name[BENCH_NAME_SIZE];
    bench_function *run;
    /* Handed to run. */
    const void *task;
    /* A run that is not timed, once, for figures that would cost time: allocations. May be NULL. */
    bench_function *inspect;
    /* What others of its group are compared with: which figure they get by that. BENCH_REAL: it is none. */
    enum bench_figure yardstick;
    unsigned threads;
};

struct bench_group {
    char name[BENCH_NAME_SIZE];
    struct bench_contestant contestants[BENCH_MOST_CONTESTANTS];
    size_t n_contestants;
};

/* What the command line asks for, and where results go. */
struct bench_session {
    size_t rounds;
    /* Of a payload file; 0 means its shape's own size. */
    uint64_t most_bytes;
    /* How large the indexes are that are asked; ends in 0. */
    uint64_t issues[8];
    const char *data;
    const regex_t *filter;
    /* Only print the names. */
    bool list;
    /* May be NULL. */
    FILE *json;
    size_t n_reported;
    size_t n_groups;
};

/* ---- groups: group.c */

/* Adds a contestant, whose name is made as by printf. Returns it, its fields yet to be set zeroed. */
__attribute__((format(printf, 4, 5))) struct bench_contestant *bench_add(struct bench_group *group,
                                                                         bench_function *run,
                                                                         const void *task,
                                                                         const char *format, ...);

/* Takes out the contestants that are not asked for. False: none is left but yardsticks, or only names are wanted. */
bool bench_choose(const struct bench_session *session, struct bench_group *group);

/* Runs what bench_choose() left, prints the figures, and writes them as JSON. False: a run failed. */
bool bench_run(struct bench_session *session, const struct bench_group *group);

/* ---- one run, as a process of its own: run.c */

struct bench_outcome bench_run_once(bench_function *run, const void *task);

/* ---- yardsticks: yardstick.c. The task is the path of a file. */

bench_function bench_run_read;
bench_function bench_run_yajl;

/* Calls take with each chunk of a file. False: it could not be read, or take said so. */
bool bench_each_chunk(const char *path, size_t size,
                      bool (*take)(void *ctx, const unsigned char *bytes, size_t length), void *ctx,
                      uint64_t *bytes);

/* ---- payload files: data.c */

/* Sees to it that there is a payload of a shape. Returns its path, to be freed; NULL: it could not be made. */
char *bench_payload(const struct bench_session *session, const char *shape);
/* A file for other uses in the same folder; to be freed. */
char *bench_data_path(const struct bench_session *session, const char *name);
/* An index of so many issues, made of what shape R gives. NULL: that failed. */
struct errata_index *bench_index(uint64_t issues);

/* ---- the benchmarks. False: one failed. */

bool bench_reading(struct bench_session *session);
bool bench_chunks(struct bench_session *session);
bool bench_threads(struct bench_session *session);
bool bench_queries(struct bench_session *session);
bool bench_store(struct bench_session *session);
bool bench_start(struct bench_session *session);

/* ---- Google Benchmark's JSON: json.c */

void bench_json_begin(struct bench_session *session, const char *program);
/* The runs of one contestant; figures has all figures of each run, see figures.h. */
struct bench_figures;
void bench_json_add(struct bench_session *session, const struct bench_group *group,
                    const struct bench_contestant *contestant, const struct bench_figures *runs,
                    size_t n_runs);
/* False: the file could not be written. */
bool bench_json_end(struct bench_session *session);

/* Prints what errata says of a failure to standard error. Returns false. */
bool bench_complain(const struct errata_error *error);

#endif
