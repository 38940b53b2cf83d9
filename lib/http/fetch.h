/*
 * A fetch under way: what its two forms, one record that streams and several that are collected, have in common.
 */
#ifndef ERRATA_HTTP_FETCH_H
#define ERRATA_HTTP_FETCH_H

#include "http/body.h"
#include "http/runner.h"

/* What is held for a job whose turn has not come. */
struct errata__held {
    struct errata__body body;
    /* Which of the records. */
    size_t index;
    int64_t fetched_at;
    /* It was missed: how, and why. */
    bool missed;
    bool failed;
    struct errata__answer answer;
    /* Of the body. */
    struct errata_error why;
};

struct errata__fetch {
    const struct errata_fetch *what;
    struct errata_client *client;
    struct errata_reader *reader;
    struct errata__runner runner;
    /* One for each job. */
    struct errata__held *held;
    size_t n_held;
    /* Of the records: the next to be asked for, and the next to be read. */
    size_t next;
    size_t due;
    struct errata_progress progress;
    int64_t progress_due;
    /* Of the one that streams: its source is open, and how far the reader was before. */
    bool begun;
    struct errata_reader_stats before;
};

/* Gives a job the status of a record to ask for. ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_MISUSE: its id is empty. */
ERRATA_MUST_CHECK enum errata_status errata__fetch_ask(const struct errata__fetch *fetch,
                                                       struct errata__job *job, size_t index,
                                                       struct errata_error *error);
/* Starts the source of a record. Status as errata_reader_begin(). */
ERRATA_MUST_CHECK enum errata_status errata__fetch_begin(const struct errata__fetch *fetch,
                                                         const struct errata__job *job,
                                                         size_t index, int64_t fetched_at,
                                                         struct errata_error *error);
/* Tells what became of a record that was read as far as the reader would. before: how far that was in front of it. */
ERRATA_MUST_CHECK enum errata_status errata__fetch_tell_read(
    struct errata__fetch *fetch, const struct errata__job *job, size_t index,
    const struct errata_reader_stats *before, struct errata_error *error);
/* Makes a record a reject, and tells; result has all but what the job knows. */
ERRATA_MUST_CHECK enum errata_status errata__fetch_refuse(struct errata__fetch *fetch,
                                                          const struct errata__job *job,
                                                          size_t index,
                                                          const struct errata_result *result,
                                                          struct errata_error *error);
/* The same for a record that was missed. */
ERRATA_MUST_CHECK enum errata_status errata__fetch_tell_missed(struct errata__fetch *fetch,
                                                               const struct errata__job *job,
                                                               size_t index, bool failed,
                                                               const struct errata__answer *answer,
                                                               struct errata_error *error);
/* As errata__plan.turn; ctx is the fetch. */
enum errata_status errata__fetch_turn(void *ctx, int64_t now, int64_t *wait,
                                      struct errata_error *error);
/* Tells how far it is. */
ERRATA_MUST_CHECK enum errata_status errata__fetch_tell_progress(struct errata__fetch *fetch,
                                                                 struct errata_error *error);

/* collect.c: reads, in order, what was collected when the run ended before what stands in front of it had come. */
void errata__collect_rest(struct errata__fetch *fetch);

/* stream.c, collect.c: plans, whose ctx is the fetch. */
extern const struct errata__plan errata__stream_plan;
extern const struct errata__plan errata__collect_plan;

#endif
