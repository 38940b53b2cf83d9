/*
 * Requests on their way: several at once on one multi handle, each as often as retry.h says, all of them no faster than
 * the bucket gives tokens. What is asked for, and what becomes of the answers, is the plan's.
 */
#ifndef ERRATA_HTTP_RUNNER_H
#define ERRATA_HTTP_RUNNER_H

#include "http/bucket.h"
#include "http/retry.h"

enum errata__job_state {
    /* It has nothing to do. */
    ERRATA__JOB_IDLE,
    /* Its request is to go out, not before `due`. */
    ERRATA__JOB_DUE,
    ERRATA__JOB_RUNNING,
    /* Its answer came, and the plan has not done with it. */
    ERRATA__JOB_HELD
};

/* One request at a time. The plan writes url, take, ctx and why. */
struct errata__job {
    struct errata__transfer transfer;
    enum errata__job_state state;
    /* Ends in NUL. */
    struct errata__buffer url;
    errata__take_function *take;
    void *ctx;
    /* What take says about a failure of its own; may be NULL. */
    const struct errata_error *why;
    /* For this url: requests made, and those of them that count as retries. */
    uint32_t requests;
    uint32_t retries;
    int64_t due;
    int64_t sent;
};

struct errata__runner;

struct errata__plan {
    void *ctx;
    /* Gives job n something to do, and says so in *given. */
    enum errata_status (*next)(void *ctx, size_t n, bool *given, struct errata_error *error);
    /* What came for job n does not count; it will come again, or missed() follows. */
    void (*again)(void *ctx, size_t n);
    /* A 200 came whole as far as HTTP can tell. *whole = false: it was cut off all the same. The plan may make the job's
       state HELD; else it is idle again. */
    enum errata_status (*arrived)(void *ctx, size_t n, bool *whole, struct errata_error *error);
    /* The request is given up. failed: no usable answer came; else the answer is final. May hold the job, too. */
    enum errata_status (*missed)(void *ctx, size_t n, bool failed,
                                 const struct errata__answer *answer, struct errata_error *error);
    /* Called on every turn; *wait is the longest time to the next, and may be made shorter. May be NULL. */
    enum errata_status (*turn)(void *ctx, int64_t now, int64_t *wait, struct errata_error *error);
};

struct errata__runner {
    struct errata_client *client;
    const struct errata__plan *plan;
    struct errata__job *jobs;
    size_t n_jobs;
    struct errata_error *error;
    /* When something good came last, or the run began. */
    int64_t last_good;
    /* What was wrong last, for the end of patience. */
    char trouble[ERRATA_MESSAGE_SIZE];
    /* For errata_progress. */
    uint64_t requests;
    uint64_t retries;
    uint64_t slowed;
    uint64_t bytes;
    uint32_t running;
};

/* n_jobs: at most ERRATA_MOST_JOBS + 1. ERRATA_OK; ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__runner_init(struct errata__runner *runner,
                                                         struct errata_client *client,
                                                         const struct errata__plan *plan,
                                                         size_t n_jobs);
void errata__runner_free(struct errata__runner *runner);

/* Goes on until no job has anything to do. Nothing is under way afterwards, whatever it returns: what the plan's functions
   returned; ERRATA_CANCELLED; ERRATA_UNAUTHORIZED; ERRATA_NETWORK; ERRATA_NO_MEMORY. error is filled on failure. */
ERRATA_MUST_CHECK enum errata_status errata__runner_run(struct errata__runner *runner,
                                                        struct errata_error *error);

/* For a plan whose run ends with a request that was missed: fills error and returns its status, ERRATA_NETWORK or
   ERRATA_BAD_ANSWER (ERRATA_LIMIT_DOCUMENT for a body over the limit). */
enum errata_status errata__runner_end_missed(const struct errata__runner *runner, size_t n,
                                             bool failed, const struct errata__answer *answer,
                                             struct errata_error *error);

/* Fills in what the run itself knows; the rest is 0. */
void errata__runner_progress(const struct errata__runner *runner, struct errata_progress *progress);

/* Nanoseconds of the clock that all times here are of. */
int64_t errata__runner_now(void);

#endif
