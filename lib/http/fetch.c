/*
 * Fetching records that the caller names: see fetch.h.
 */
#include "http/fetch.h"

#include <string.h>

#include "core/fail.h"

/* Between two calls of on_progress. */
#define PROGRESS_TIME (ERRATA__SECOND / 5)

enum errata_status errata__fetch_ask(const struct errata__fetch *fetch, struct errata__job *job,
                                     size_t index, struct errata_error *error) {
    const struct errata_client *client = fetch->client;
    const struct errata_fetch *what = fetch->what;
    if (what->records[index].length == 0) {
        return errata__fail(error, ERRATA_MISUSE, "the id of a record is empty");
    }
    enum errata_status status = errata__url_status(&job->url, client->base.text, client->app,
                                                   what->collection, what->records[index]);
    return status == ERRATA_OK ? status : errata__url_fail(error, status);
}

static struct errata_text url_of(const struct errata__job *job) {
    return (struct errata_text){job->url.data, strlen(job->url.data)};
}

enum errata_status errata__fetch_begin(const struct errata__fetch *fetch,
                                       const struct errata__job *job, size_t index,
                                       int64_t fetched_at, struct errata_error *error) {
    const struct errata_origin origin = {
        .name = url_of(job),
        .app = fetch->client->app,
        .collection = fetch->what->collection,
        .record = fetch->what->records[index],
        .fetched_at = fetched_at,
        .kind = ERRATA_SOURCE_API,
        .framing = ERRATA_FRAMING_STREAM,
    };
    return errata_reader_begin(fetch->reader, &origin, error);
}

static enum errata_status tell(struct errata__fetch *fetch, const struct errata__job *job,
                               struct errata_result *result, size_t index,
                               struct errata_error *error) {
    const struct errata_fetch *what = fetch->what;
    result->record = what->records[index];
    result->url = url_of(job);
    result->requests = job->requests;
    if (what->on_result == NULL) {
        return ERRATA_OK;
    }
    enum errata_status status = what->on_result(what->ctx, result);
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

enum errata_status errata__fetch_tell_read(struct errata__fetch *fetch,
                                           const struct errata__job *job, size_t index,
                                           const struct errata_reader_stats *before,
                                           struct errata_error *error) {
    struct errata_result result = {.outcome = ERRATA_OUTCOME_READ, .http = 200};
    struct errata_reader_stats after;
    errata_reader_stats(fetch->reader, &after);
    if (after.documents > before->documents + 1) {
        errata__fail(error, ERRATA_NOT_STATUS, "more than one status document");
        errata__fail_source(error, url_of(job));
        return ERRATA_NOT_STATUS;
    }
    /* A reject, which a reader that keeps going may find, is told to nobody: what is told has been tried before. */
    if (after.rejects > before->rejects) {
        fetch->progress.rejected++;
    } else {
        fetch->progress.read++;
    }
    return tell(fetch, job, &result, index, error);
}

enum errata_status errata__fetch_refuse(struct errata__fetch *fetch, const struct errata__job *job,
                                        size_t index, const struct errata_result *result,
                                        struct errata_error *error) {
    struct errata_result told = *result;
    if (told.outcome == ERRATA_OUTCOME_FAILED) {
        fetch->progress.failed++;
    } else {
        fetch->progress.rejected++;
    }
    enum errata_status status = errata__fetch_begin(fetch, job, index, 0, error);
    if (status == ERRATA_OK) {
        status = errata_reader_reject(fetch->reader, told.reason, error);
    }
    if (status == ERRATA_OK) {
        status = errata_reader_end(fetch->reader, error);
    }
    return status == ERRATA_OK ? tell(fetch, job, &told, index, error) : status;
}

enum errata_status errata__fetch_tell_missed(struct errata__fetch *fetch,
                                             const struct errata__job *job, size_t index,
                                             bool failed, const struct errata__answer *answer,
                                             struct errata_error *error) {
    const struct errata_result result = {
        .outcome = failed ? ERRATA_OUTCOME_FAILED : ERRATA_OUTCOME_REJECTED,
        .http = answer->http,
        .reason = {answer->reason, strlen(answer->reason)},
    };
    return errata__fetch_refuse(fetch, job, index, &result, error);
}

enum errata_status errata__fetch_tell_progress(struct errata__fetch *fetch,
                                               struct errata_error *error) {
    const struct errata_fetch *what = fetch->what;
    struct errata_progress progress;
    if (what->on_progress == NULL) {
        return ERRATA_OK;
    }
    errata__runner_progress(&fetch->runner, &progress);
    progress.listed = what->n_records;
    progress.expected = what->n_records;
    progress.listing_done = true;
    progress.read = fetch->progress.read;
    progress.rejected = fetch->progress.rejected;
    progress.failed = fetch->progress.failed;
    enum errata_status status = what->on_progress(what->ctx, &progress);
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

enum errata_status errata__fetch_turn(void *ctx, int64_t now, int64_t *wait,
                                      struct errata_error *error) {
    struct errata__fetch *fetch = ctx;
    if (fetch->what->on_progress == NULL) {
        return ERRATA_OK;
    }
    if (now >= fetch->progress_due) {
        fetch->progress_due = now + PROGRESS_TIME;
        enum errata_status status = errata__fetch_tell_progress(fetch, error);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    int64_t left = fetch->progress_due - now;
    *wait = left < *wait ? left : *wait;
    return ERRATA_OK;
}

static void free_fetch(struct errata__fetch *fetch) {
    const struct errata_allocator *allocator = &fetch->client->allocator;
    for (size_t i = 0; i < fetch->n_held; i++) {
        errata__body_free(&fetch->held[i].body);
    }
    allocator->free(allocator->ctx, fetch->held);
    errata__runner_free(&fetch->runner);
}

static enum errata_status make_held(struct errata__fetch *fetch, size_t n) {
    const struct errata_allocator *allocator = &fetch->client->allocator;
    fetch->held = allocator->alloc(allocator->ctx, n * sizeof *fetch->held);
    if (fetch->held == NULL) {
        return ERRATA_NO_MEMORY;
    }
    memset(fetch->held, 0, n * sizeof *fetch->held);
    for (; fetch->n_held < n; fetch->n_held++) {
        errata__body_init(&fetch->held[fetch->n_held].body, allocator);
    }
    return ERRATA_OK;
}

enum errata_status errata_client_fetch(struct errata_client *client,
                                       const struct errata_fetch *what,
                                       struct errata_reader *reader, struct errata_error *error) {
    if (what->n_records == 0 || what->collection.length == 0) {
        return errata__fail(error, ERRATA_MISUSE, "no record or no collection was given");
    }
    size_t jobs = client->options.jobs < what->n_records ? client->options.jobs : what->n_records;
    struct errata__fetch fetch = {.what = what, .client = client, .reader = reader};
    /* What is a reject has to be told with its places, so it is tried before it is read. */
    bool streams = what->n_records == 1 && what->on_result == NULL;
    struct errata__plan plan = streams ? errata__stream_plan : errata__collect_plan;
    plan.ctx = &fetch;
    enum errata_status status = errata__runner_init(&fetch.runner, client, &plan, jobs);
    if (status == ERRATA_OK) {
        status = make_held(&fetch, jobs);
    }
    if (status != ERRATA_OK) {
        errata__fail_plain(error, status);
    } else {
        status = errata__runner_run(&fetch.runner, error);
        if (fetch.begun) {
            errata_reader_abandon(reader);
        }
        if (status == ERRATA_CANCELLED) {
            errata__collect_rest(&fetch);
        }
    }
    if (fetch.n_held > 0) {
        enum errata_status told =
            errata__fetch_tell_progress(&fetch, status == ERRATA_OK ? error : NULL);
        status = status == ERRATA_OK ? told : status;
    }
    free_fetch(&fetch);
    return status;
}
