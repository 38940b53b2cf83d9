/*
 * Several records: each is collected whole, and read when those before it have been.
 */
#include <time.h>

#include "core/fail.h"
#include "http/fetch.h"
#include "http/trial.h"

static enum errata_status add(void *ctx, const void *bytes, size_t length) {
    struct errata__held *held = ctx;
    return errata__body_add(&held->body, bytes, length, &held->why);
}

static enum errata_status next(void *ctx, size_t n, bool *given, struct errata_error *error) {
    struct errata__fetch *fetch = ctx;
    struct errata__job *job = &fetch->runner.jobs[n];
    struct errata__held *held = &fetch->held[n];
    *given = fetch->next < fetch->what->n_records;
    if (!*given) {
        return ERRATA_OK;
    }
    held->index = fetch->next++;
    held->missed = false;
    errata__body_clear(&held->body);
    job->take = add;
    job->ctx = held;
    job->why = &held->why;
    return errata__fetch_ask(fetch, job, held->index, error);
}

static void again(void *ctx, size_t n) {
    struct errata__fetch *fetch = ctx;
    errata__body_clear(&fetch->held[n].body);
}

static enum errata_status give_body(void *ctx, errata__bytes_function *take, void *take_ctx) {
    struct errata__body *body = ctx;
    return errata__body_give(body, 0, body->length, take, take_ctx);
}

static enum errata_status read_body(struct errata__fetch *fetch, size_t n,
                                    struct errata_error *error) {
    struct errata__held *held = &fetch->held[n];
    const struct errata__job *job = &fetch->runner.jobs[n];
    struct errata_reader_stats before;
    errata_reader_stats(fetch->reader, &before);
    enum errata_status status =
        errata__fetch_begin(fetch, job, held->index, held->fetched_at, error);
    if (status == ERRATA_OK) {
        status = errata__trial_feed(fetch->reader, give_body, &held->body, error);
        if (status != ERRATA_OK) {
            errata_reader_abandon(fetch->reader);
            return status;
        }
        status = errata_reader_end(fetch->reader, error);
    }
    return status == ERRATA_OK ? errata__fetch_tell_read(fetch, job, held->index, &before, error)
                               : status;
}

/* Reads the body if it is a status document; else it is a reject, and told as such. */
static enum errata_status try_body(struct errata__fetch *fetch, size_t n,
                                   struct errata_error *error) {
    struct errata__held *held = &fetch->held[n];
    struct errata_reader_options reading;
    struct errata_result result = {.http = 200};
    struct errata_error wrong;
    char head[ERRATA_SHOWN_BODY];
    errata_reader_settings(fetch->reader, &reading);
    enum errata_status status =
        errata__trial_read(&reading, ERRATA_FRAMING_STREAM, give_body, &held->body, &wrong);
    if (status == ERRATA_OK) {
        return read_body(fetch, n, error);
    }
    if (!errata__trial_is_about(status)) {
        if (error != NULL) {
            *error = wrong;
        }
        return status;
    }
    status = errata__trial_refuse(&result, &held->body, wrong.message, wrong.offset, head);
    return status == ERRATA_OK
               ? errata__fetch_refuse(fetch, &fetch->runner.jobs[n], held->index, &result, error)
               : errata__fail(error, status, "a temporary file cannot be read");
}

/* Reads what is held and due. */
static enum errata_status read_due(struct errata__fetch *fetch, struct errata_error *error) {
    enum errata_status status = ERRATA_OK;
    for (size_t n = 0; n < fetch->n_held && status == ERRATA_OK;) {
        struct errata__job *job = &fetch->runner.jobs[n];
        struct errata__held *held = &fetch->held[n];
        if (job->state != ERRATA__JOB_HELD || held->index != fetch->due) {
            n++;
            continue;
        }
        status = held->missed ? errata__fetch_tell_missed(fetch, job, held->index, held->failed,
                                                          &held->answer, error)
                 : fetch->what->on_result != NULL ? try_body(fetch, n, error)
                                                  : read_body(fetch, n, error);
        errata__body_clear(&held->body);
        job->state = ERRATA__JOB_IDLE;
        fetch->due++;
        n = 0;
    }
    return status;
}

void errata__collect_rest(struct errata__fetch *fetch) {
    enum errata_status status = ERRATA_OK;
    while (fetch->due < fetch->next && status == ERRATA_OK) {
        /* The one that is due did not come. */
        fetch->due++;
        status = read_due(fetch, NULL);
    }
}

static enum errata_status arrived(void *ctx, size_t n, bool *whole, struct errata_error *error) {
    struct errata__fetch *fetch = ctx;
    struct errata__held *held = &fetch->held[n];
    bool cut;
    enum errata_status status = errata__body_is_cut(&held->body, &cut);
    if (status != ERRATA_OK) {
        return errata__fail_plain(error, status);
    }
    *whole = !cut;
    if (!*whole) {
        return ERRATA_OK;
    }
    held->fetched_at = (int64_t)time(NULL);
    fetch->runner.jobs[n].state = ERRATA__JOB_HELD;
    return read_due(fetch, error);
}

static enum errata_status missed(void *ctx, size_t n, bool failed,
                                 const struct errata__answer *answer, struct errata_error *error) {
    struct errata__fetch *fetch = ctx;
    struct errata__held *held = &fetch->held[n];
    if (fetch->what->on_result == NULL) {
        return errata__runner_end_missed(&fetch->runner, n, failed, answer, error);
    }
    held->missed = true;
    held->failed = failed;
    held->answer = *answer;
    fetch->runner.jobs[n].state = ERRATA__JOB_HELD;
    return read_due(fetch, error);
}

const struct errata__plan errata__collect_plan = {
    .next = next, .again = again, .arrived = arrived, .missed = missed, .turn = errata__fetch_turn};
