/*
 * errata_client_fetch_raw(): a body as it came.
 */
#include "core/fail.h"
#include "http/body.h"
#include "http/runner.h"

struct raw {
    struct errata_client *client;
    struct errata_text collection;
    struct errata_text record;
    struct errata__runner runner;
    struct errata__body body;
    struct errata_error why;
    bool asked;
};

static enum errata_status add(void *ctx, const void *bytes, size_t length) {
    struct raw *raw = ctx;
    return errata__body_add(&raw->body, bytes, length, &raw->why);
}

static enum errata_status next(void *ctx, size_t n, bool *given, struct errata_error *error) {
    struct raw *raw = ctx;
    struct errata__job *job = &raw->runner.jobs[n];
    *given = !raw->asked;
    if (!*given) {
        return ERRATA_OK;
    }
    raw->asked = true;
    job->take = add;
    job->ctx = raw;
    job->why = &raw->why;
    enum errata_status status = errata__url_status(&job->url, raw->client->base.text,
                                                   raw->client->app, raw->collection, raw->record);
    return status == ERRATA_OK ? status : errata__url_fail(error, status);
}

static void again(void *ctx, size_t n) {
    struct raw *raw = ctx;
    (void)n;
    errata__body_clear(&raw->body);
}

static enum errata_status arrived(void *ctx, size_t n, bool *whole, struct errata_error *error) {
    (void)ctx;
    (void)n;
    (void)error;
    *whole = true;
    return ERRATA_OK;
}

static enum errata_status missed(void *ctx, size_t n, bool failed,
                                 const struct errata__answer *answer, struct errata_error *error) {
    struct raw *raw = ctx;
    return errata__runner_end_missed(&raw->runner, n, failed, answer, error);
}

enum errata_status errata_client_fetch_raw(struct errata_client *client,
                                           struct errata_text collection, struct errata_text record,
                                           errata_write_function *write, void *ctx,
                                           struct errata_error *error) {
    struct raw raw = {.client = client, .collection = collection, .record = record};
    const struct errata__plan plan = {
        .ctx = &raw, .next = next, .again = again, .arrived = arrived, .missed = missed};
    if (collection.length == 0 || record.length == 0) {
        return errata__fail(error, ERRATA_MISUSE, "no record or no collection was given");
    }
    errata__body_init(&raw.body, &client->allocator);
    enum errata_status status = errata__runner_init(&raw.runner, client, &plan, 1);
    if (status != ERRATA_OK) {
        errata__fail_plain(error, status);
    } else {
        status = errata__runner_run(&raw.runner, error);
    }
    if (status == ERRATA_OK) {
        status = errata__body_give(&raw.body, 0, raw.body.length, write, ctx);
        if (status != ERRATA_OK) {
            errata__fail_plain(error, status);
        }
    }
    errata__runner_free(&raw.runner);
    errata__body_free(&raw.body);
    return status;
}
