/*
 * Requests on their way: see runner.h.
 */
#include "http/runner.h"

#include <curl/curl.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "core/fail.h"

#define MILLISECOND (ERRATA__SECOND / 1000)
/* The longest sleep, so that the plan has its turn. */
#define LONGEST_SLEEP (ERRATA__SECOND)

int64_t errata__runner_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * ERRATA__SECOND + now.tv_nsec;
}

static uint32_t random_number(void) {
    uint32_t number = UINT32_MAX / 2;
    ssize_t got = getrandom(&number, sizeof number, GRND_NONBLOCK);
    return got == (ssize_t)sizeof number ? number : UINT32_MAX / 2;
}

enum errata_status errata__runner_init(struct errata__runner *runner, struct errata_client *client,
                                       const struct errata__plan *plan, size_t n_jobs) {
    *runner = (struct errata__runner){.client = client, .plan = plan};
    runner->jobs = client->allocator.alloc(client->allocator.ctx, n_jobs * sizeof *runner->jobs);
    if (runner->jobs == NULL) {
        return ERRATA_NO_MEMORY;
    }
    memset(runner->jobs, 0, n_jobs * sizeof *runner->jobs);
    for (size_t i = 0; i < n_jobs; i++) {
        struct errata__job *job = &runner->jobs[i];
        errata__buffer_init(&job->url, &client->allocator, ERRATA__URL_LIMIT);
        runner->n_jobs = i + 1;
        enum errata_status status = errata__transfer_init(&job->transfer, client);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    return ERRATA_OK;
}

void errata__runner_progress(const struct errata__runner *runner,
                             struct errata_progress *progress) {
    const struct errata__bucket *bucket = &runner->client->bucket;
    int64_t wait = bucket->closed_until - errata__runner_now();
    *progress = (struct errata_progress){
        .requests = runner->requests,
        .retries = runner->retries,
        .slowed = runner->slowed,
        .bytes = runner->bytes,
        .rate = errata__bucket_rate(bucket),
        .waiting = wait > 0 ? (uint32_t)((wait + ERRATA__SECOND - 1) / ERRATA__SECOND) : 0,
        .running = runner->running,
    };
    for (size_t i = 0; i < runner->n_jobs; i++) {
        const struct errata__job *job = &runner->jobs[i];
        progress->bytes += job->state == ERRATA__JOB_RUNNING ? job->transfer.bytes : 0;
    }
}

/* Takes a job's transfer off the connections. */
static void detach(struct errata__runner *runner, struct errata__job *job) {
    if (job->state == ERRATA__JOB_RUNNING) {
        curl_multi_remove_handle(runner->client->multi, job->transfer.easy);
        job->state = ERRATA__JOB_IDLE;
        runner->running--;
    }
}

void errata__runner_free(struct errata__runner *runner) {
    for (size_t i = 0; i < runner->n_jobs; i++) {
        detach(runner, &runner->jobs[i]);
        errata__transfer_free(&runner->jobs[i].transfer);
        errata__buffer_free(&runner->jobs[i].url);
    }
    runner->client->allocator.free(runner->client->allocator.ctx, runner->jobs);
    *runner = (struct errata__runner){.client = runner->client};
}

static void name_source(const struct errata__job *job, struct errata_error *error) {
    errata__fail_source(error, (struct errata_text){job->url.data, strlen(job->url.data)});
}

/* Ends the run with a failure that has to do with this job's address. */
static enum errata_status end_with(const struct errata__job *job, enum errata_status status,
                                   const char *before, const char *reason,
                                   struct errata_error *error) {
    errata__fail(error, status, "%s%s", before, reason);
    name_source(job, error);
    return status;
}

enum errata_status errata__runner_end_missed(const struct errata__runner *runner, size_t n,
                                             bool failed, const struct errata__answer *answer,
                                             struct errata_error *error) {
    enum errata_status status = failed                                 ? ERRATA_NETWORK
                                : answer->fate == ERRATA__FATE_DROPPED ? ERRATA_LIMIT_DOCUMENT
                                                                       : ERRATA_BAD_ANSWER;
    return end_with(&runner->jobs[n], status, "", answer->reason, error);
}

static enum errata_status out_of_patience(struct errata__runner *runner) {
    return errata__fail(runner->error, ERRATA_NETWORK,
                        "the API gave no good answer for %u s; the last was: %s",
                        runner->client->options.patience, runner->trouble);
}

static bool is_patient(const struct errata__runner *runner, int64_t now) {
    return now - runner->last_good < runner->client->options.patience * ERRATA__SECOND;
}

/* Will try again, if that is worth it. */
static enum errata_status try_again(struct errata__runner *runner, size_t n,
                                    enum errata__verdict verdict,
                                    const struct errata__answer *answer, int64_t now) {
    struct errata__job *job = &runner->jobs[n];
    const struct errata__plan *plan = runner->plan;
    plan->again(plan->ctx, n);
    memcpy(runner->trouble, answer->reason, sizeof runner->trouble);
    if (!is_patient(runner, now)) {
        return out_of_patience(runner);
    }
    if (verdict == ERRATA__VERDICT_AGAIN && job->retries == runner->client->options.retries) {
        return plan->missed(plan->ctx, n, true, answer, runner->error);
    }
    /* After a 429 the bucket alone says when. */
    job->due = now;
    if (verdict == ERRATA__VERDICT_AGAIN) {
        job->due += errata__retry_wait(job->retries, random_number());
        job->retries++;
        runner->retries++;
    }
    job->state = ERRATA__JOB_DUE;
    return ERRATA_OK;
}

static void note_good(struct errata__runner *runner, int64_t now) {
    runner->last_good = now;
    errata__bucket_good(&runner->client->bucket);
}

static enum errata_status take_answer(struct errata__runner *runner, size_t n,
                                      struct errata__answer *answer, int64_t now) {
    struct errata__job *job = &runner->jobs[n];
    const struct errata__plan *plan = runner->plan;
    enum errata_status dropped = job->transfer.dropped;
    enum errata__verdict verdict = errata__retry_judge(answer, dropped);
    bool whole = true;
    enum errata_status status;
    switch (verdict) {
    case ERRATA__VERDICT_GOOD:
        note_good(runner, now);
        status = plan->arrived(plan->ctx, n, &whole, runner->error);
        if (status != ERRATA_OK || whole) {
            return status;
        }
        memcpy(answer->reason, "the body was cut off", sizeof "the body was cut off");
        return try_again(runner, n, ERRATA__VERDICT_AGAIN, answer, now);
    case ERRATA__VERDICT_LATER:
    case ERRATA__VERDICT_AGAIN:
        return try_again(runner, n, verdict, answer, now);
    case ERRATA__VERDICT_NO:
        note_good(runner, now);
        plan->again(plan->ctx, n);
        return plan->missed(plan->ctx, n, false, answer, runner->error);
    case ERRATA__VERDICT_UNAUTHORIZED:
        return end_with(job, ERRATA_UNAUTHORIZED,
                        answer->http == 401 ? "the API does not accept the key: "
                                            : "the API does not allow this with the key: ",
                        answer->reason, runner->error);
    case ERRATA__VERDICT_HOPELESS:
        return end_with(job, ERRATA_NETWORK, "", answer->reason, runner->error);
    case ERRATA__VERDICT_DROPPED:
        break;
    }
    if (job->why == NULL) {
        return errata__fail_plain(runner->error, dropped);
    }
    if (runner->error != NULL) {
        *runner->error = *job->why;
        if (job->why->source[0] == '\0') {
            name_source(job, runner->error);
        }
    }
    return dropped;
}

/* A transfer is over. */
static enum errata_status settle(struct errata__runner *runner, struct errata__job *job, int code) {
    struct errata__answer answer;
    int64_t now = errata__runner_now();
    errata__transfer_judge(&job->transfer, code, &answer);
    runner->bytes += job->transfer.bytes;
    detach(runner, job);
    if (errata__retry_slows(&answer)) {
        runner->slowed++;
        errata__bucket_slow(&runner->client->bucket, job->sent, now, answer.retry_after,
                            random_number());
    }
    return take_answer(runner, (size_t)(job - runner->jobs), &answer, now);
}

static struct errata__job *job_of(struct errata__runner *runner, CURL *easy) {
    for (size_t i = 0; i < runner->n_jobs; i++) {
        if (runner->jobs[i].transfer.easy == easy) {
            return &runner->jobs[i];
        }
    }
    return NULL;
}

/* Takes what has ended; *any: there was something. */
static enum errata_status settle_all(struct errata__runner *runner, bool *any) {
    CURLMsg *message;
    int left;
    *any = false;
    while ((message = curl_multi_info_read(runner->client->multi, &left)) != NULL) {
        struct errata__job *job = job_of(runner, message->easy_handle);
        if (message->msg != CURLMSG_DONE || job == NULL) {
            continue;
        }
        *any = true;
        enum errata_status status = settle(runner, job, (int)message->data.result);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    return ERRATA_OK;
}

static enum errata_status send_out(struct errata__runner *runner, struct errata__job *job,
                                   int64_t now) {
    enum errata_status status =
        errata__transfer_begin(&job->transfer, job->url.data, job->take, job->ctx);
    if (status != ERRATA_OK ||
        curl_multi_add_handle(runner->client->multi, job->transfer.easy) != CURLM_OK) {
        return errata__fail_plain(runner->error, ERRATA_NO_MEMORY);
    }
    errata__bucket_take(&runner->client->bucket, now);
    job->state = ERRATA__JOB_RUNNING;
    job->sent = now;
    job->requests++;
    runner->running++;
    runner->requests++;
    return ERRATA_OK;
}

/* Gives idle jobs something to do and sends what may go out. *wait: until the next may; *open: jobs that have
   something to do. */
static enum errata_status send_all(struct errata__runner *runner, int64_t now, int64_t *wait,
                                   size_t *open) {
    const struct errata__plan *plan = runner->plan;
    enum errata_status status = ERRATA_OK;
    *open = 0;
    for (size_t i = 0; i < runner->n_jobs && status == ERRATA_OK; i++) {
        struct errata__job *job = &runner->jobs[i];
        bool given = false;
        if (job->state == ERRATA__JOB_IDLE) {
            job->url.length = 0;
            job->why = NULL;
            job->requests = 0;
            job->retries = 0;
            job->due = now;
            status = plan->next(plan->ctx, i, &given, runner->error);
            job->state = given ? ERRATA__JOB_DUE : ERRATA__JOB_IDLE;
        }
        if (status == ERRATA_OK && job->state == ERRATA__JOB_DUE) {
            int64_t token = errata__bucket_wait(&runner->client->bucket, now);
            int64_t until = job->due - now > token ? job->due - now : token;
            if (until <= 0) {
                status = send_out(runner, job, now);
            } else if (until < *wait) {
                *wait = until;
            }
        }
        *open += job->state == ERRATA__JOB_DUE || job->state == ERRATA__JOB_RUNNING;
    }
    return status;
}

/* Is there nothing but waiting, and more of it than there is patience? */
static bool is_hopeless(const struct errata__runner *runner, int64_t now) {
    int64_t token = errata__bucket_wait(&runner->client->bucket, now);
    return runner->running == 0 && token > 0 && runner->trouble[0] != '\0' &&
           !is_patient(runner, now + token);
}

static enum errata_status sleep_until(struct errata__runner *runner, int64_t wait) {
    struct curl_waitfd wake = {.fd = runner->client->wake, .events = CURL_WAIT_POLLIN};
    uint64_t count;
    int milliseconds = (int)((wait + MILLISECOND - 1) / MILLISECOND);
    if (curl_multi_poll(runner->client->multi, &wake, 1, milliseconds, NULL) != CURLM_OK) {
        return errata__fail_plain(runner->error, ERRATA_NO_MEMORY);
    }
    if (wake.revents != 0) {
        /* It was a cancel, which has its own note; what woke is taken away, so that it wakes once. */
        ssize_t got = read(runner->client->wake, &count, sizeof count);
        (void)got;
    }
    return ERRATA_OK;
}

/* One turn of the loop. *over: nothing is left to do. */
static enum errata_status turn(struct errata__runner *runner, bool *over) {
    const struct errata__plan *plan = runner->plan;
    int cancelled = errata__client_cancelled(runner->client);
    int64_t now = errata__runner_now();
    int64_t wait = LONGEST_SLEEP;
    size_t open = runner->running;
    bool any;
    int running;
    enum errata_status status = ERRATA_OK;
    if (cancelled == 0) {
        status = send_all(runner, now, &wait, &open);
    }
    *over = open == 0;
    if (status != ERRATA_OK || *over || cancelled == ERRATA_CANCEL_NOW) {
        return status == ERRATA_OK && cancelled != 0
                   ? errata__fail_plain(runner->error, ERRATA_CANCELLED)
                   : status;
    }
    if (is_hopeless(runner, now)) {
        return errata__fail(
            runner->error, ERRATA_NETWORK,
            "the API asks to wait longer than the patience of %u s; the last was: %s",
            runner->client->options.patience, runner->trouble);
    }
    if (curl_multi_perform(runner->client->multi, &running) != CURLM_OK) {
        return errata__fail_plain(runner->error, ERRATA_NO_MEMORY);
    }
    status = settle_all(runner, &any);
    if (status == ERRATA_OK && plan->turn != NULL) {
        status = plan->turn(plan->ctx, errata__runner_now(), &wait, runner->error);
    }
    return status == ERRATA_OK && !any ? sleep_until(runner, wait) : status;
}

enum errata_status errata__runner_run(struct errata__runner *runner, struct errata_error *error) {
    enum errata_status status = ERRATA_OK;
    bool over = false;
    runner->error = error;
    runner->last_good = errata__runner_now();
    while (status == ERRATA_OK && !over) {
        status = turn(runner, &over);
    }
    for (size_t i = 0; i < runner->n_jobs; i++) {
        detach(runner, &runner->jobs[i]);
    }
    return status;
}
