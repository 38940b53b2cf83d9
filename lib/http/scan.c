/*
 * Scanning a collection: the listing and the fetching go on at once, on the jobs of one runner.
 */
#include "http/scan.h"

#include <string.h>

#include "core/fail.h"
#include "core/text.h"
#include "core/utf8.h"
#include "http/trial.h"

#define PROGRESS_TIME (ERRATA__SECOND / 5)
#define SCOPE_LIMIT ((size_t)64 * 1024)

/* ---- the plan */

static enum errata_status add(void *ctx, const void *bytes, size_t length) {
    struct errata__scan_slot *slot = ctx;
    return errata__body_add(&slot->body, bytes, length, &slot->why);
}

/* An id that makes an address nobody would take: its record is not asked for. */
static enum errata_status refuse_id(struct errata__scan *scan, struct errata_text record,
                                    struct errata_error *error) {
    struct errata_result result = {.outcome = ERRATA_OUTCOME_REJECTED,
                                   .reason = errata__words("its id is too long to ask for"),
                                   .record = record,
                                   .url = errata__words("")};
    return errata__scan_refuse(scan, &result, error);
}

/* *given = false: there is nothing to ask for, since the record is refused. */
static enum errata_status ask(struct errata__scan *scan, size_t n, bool *given,
                              struct errata_error *error) {
    struct errata__scan_slot *slot = &scan->slots[n];
    struct errata__job *job = &scan->runner.jobs[n + 1];
    const struct errata__id *row = &scan->ids.rows[scan->next++];
    slot->record = (struct errata_text){row->text, row->length};
    errata__body_clear(&slot->body);
    job->url.length = 0;
    job->take = add;
    job->ctx = slot;
    job->why = &slot->why;
    enum errata_status status =
        errata__url_status(&job->url, scan->client->base.text, scan->client->app,
                           scan->what->listing.collection, slot->record);
    *given = status == ERRATA_OK;
    if (status == ERRATA_NO_MEMORY) {
        return errata__fail_plain(error, status);
    }
    return *given ? status : refuse_id(scan, slot->record, error);
}

static enum errata_status next(void *ctx, size_t n, bool *given, struct errata_error *error) {
    struct errata__scan *scan = ctx;
    uint32_t waiting = scan->ids.n_rows - scan->next;
    if (n == ERRATA__LISTING_JOB) {
        /* No more than a page ahead of the fetching. */
        *given = !scan->listing.done && waiting < scan->listing.options.take;
        return *given ? errata__listing_next(&scan->listing, &scan->runner.jobs[n], error)
                      : ERRATA_OK;
    }
    *given = false;
    enum errata_status status = ERRATA_OK;
    while (!*given && scan->next < scan->ids.n_rows && status == ERRATA_OK) {
        status = ask(scan, n - 1, given, error);
    }
    return status;
}

static void again(void *ctx, size_t n) {
    struct errata__scan *scan = ctx;
    if (n == ERRATA__LISTING_JOB) {
        errata__listing_again(&scan->listing);
    } else {
        errata__body_clear(&scan->slots[n - 1].body);
    }
}

static enum errata_status arrived(void *ctx, size_t n, bool *whole, struct errata_error *error) {
    struct errata__scan *scan = ctx;
    const struct errata__job *job = &scan->runner.jobs[n];
    if (n == ERRATA__LISTING_JOB) {
        errata__listing_arrived(&scan->listing, job, whole);
        return ERRATA_OK;
    }
    return errata__scan_take(scan, n - 1, job, whole, error);
}

static enum errata_status missed(void *ctx, size_t n, bool failed,
                                 const struct errata__answer *answer, struct errata_error *error) {
    struct errata__scan *scan = ctx;
    if (n == ERRATA__LISTING_JOB) {
        return errata__runner_end_missed(&scan->runner, n, failed, answer, error);
    }
    struct errata_result result = {
        .outcome = failed ? ERRATA_OUTCOME_FAILED : ERRATA_OUTCOME_REJECTED,
        .http = answer->http,
        .reason = {answer->reason, strlen(answer->reason)},
    };
    errata__scan_result(&result, &scan->runner.jobs[n], scan->slots[n - 1].record);
    return errata__scan_refuse(scan, &result, error);
}

static enum errata_status tell_progress(struct errata__scan *scan, struct errata_error *error) {
    struct errata_progress progress;
    if (scan->what->on_progress == NULL) {
        return ERRATA_OK;
    }
    errata__runner_progress(&scan->runner, &progress);
    progress.listed = scan->listing.listed;
    progress.expected = scan->listing.expected;
    progress.listing_done = scan->listing.done;
    progress.read = scan->progress.read;
    progress.rejected = scan->progress.rejected;
    progress.failed = scan->progress.failed;
    progress.archived = scan->archive != NULL ? scan->archive->lines : 0;
    /* What was listed and is not new. */
    progress.kept = scan->listing.listed - (scan->ids.n_rows - scan->kept);
    enum errata_status status = scan->what->on_progress(scan->what->ctx, &progress);
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

static enum errata_status turn(void *ctx, int64_t now, int64_t *wait, struct errata_error *error) {
    struct errata__scan *scan = ctx;
    enum errata_status status = ERRATA_OK;
    if (scan->archive != NULL) {
        status = errata__archive_turn(scan->archive, now, wait, error);
    }
    if (status == ERRATA_OK && scan->what->on_progress != NULL) {
        if (now >= scan->progress_due) {
            scan->progress_due = now + PROGRESS_TIME;
            status = tell_progress(scan, error);
        }
        int64_t left = scan->progress_due - now;
        *wait = left < *wait ? left : *wait;
    }
    return status;
}

/* A row of the listing whose id is new: it is in ids, where its turn will come. One without an id cannot be asked
   for. */
static enum errata_status listed(void *ctx, const struct errata_listed *row) {
    static const char reason[] = "its row in the listing has no id";
    struct errata__scan *scan = ctx;
    struct errata_result result = {
        .outcome = ERRATA_OUTCOME_REJECTED, .http = 200, .reason = {reason, sizeof reason - 1}};
    if (row->id.data != NULL) {
        return ERRATA_OK;
    }
    errata__scan_result(&result, &scan->runner.jobs[ERRATA__LISTING_JOB], row->id);
    return errata__scan_refuse(scan, &result, NULL);
}

/* ---- before and behind it */

static enum errata_status add_option(struct errata__buffer *scope, const char *option,
                                     struct errata_text value) {
    enum errata_status status =
        scope->length > 0 ? errata__buffer_append(scope, " ", 1) : ERRATA_OK;
    if (status == ERRATA_OK) {
        status = errata__buffer_append(scope, option, strlen(option));
    }
    return status == ERRATA_OK ? errata__buffer_append(scope, value.data, value.length) : status;
}

/* What the scan is limited to, as the options that do it. */
static enum errata_status make_scope(const struct errata__scan *scan,
                                     struct errata__buffer *scope) {
    const struct errata_listing *listing = &scan->listing.options;
    enum errata_status status = ERRATA_OK;
    if (listing->status.length != 3 || memcmp(listing->status.data, "ALL", 3) != 0) {
        status = add_option(scope, "--status ", listing->status);
    }
    if (status == ERRATA_OK && listing->search.data != NULL) {
        status = add_option(scope, "--search ", listing->search);
    }
    for (size_t i = 0; i < listing->n_tags && status == ERRATA_OK; i++) {
        status = add_option(scope, "--tag ", listing->tags[i]);
    }
    return status;
}

static enum errata_status begin_source(struct errata__scan *scan, struct errata_error *error) {
    const struct errata_scan *what = scan->what;
    struct errata__buffer scope;
    struct errata__buffer url;
    errata__buffer_init(&scope, &scan->client->allocator, SCOPE_LIMIT);
    errata__buffer_init(&url, &scan->client->allocator, ERRATA__URL_LIMIT);
    enum errata_status status = make_scope(scan, &scope);
    if (status == ERRATA_OK) {
        status = errata__url_records(&url, scan->client->base.text, scan->client->app,
                                     what->listing.collection);
    }
    if (status != ERRATA_OK) {
        errata__url_fail(error, status);
    } else {
        struct errata_origin origin = {
            .name = {url.data, url.length},
            .kind = ERRATA_SOURCE_API,
            .framing = ERRATA_FRAMING_LINES,
            .scope = what->scope,
        };
        if (what->archive != NULL) {
            origin.name = (struct errata_text){what->archive, strlen(what->archive)};
        }
        if (what->scope.data == NULL && scope.length > 0) {
            origin.scope = (struct errata_text){scope.data, scope.length};
        }
        status = errata_reader_begin(scan->reader, &origin, error);
    }
    errata__buffer_free(&scope);
    errata__buffer_free(&url);
    return status;
}

static enum errata_status load(struct errata__scan *scan, struct errata_error *error) {
    const struct errata__line_names names = {.collection = scan->what->listing.collection,
                                             .app = scan->client->app};
    struct errata__feeding feeding = {scan->reader, error};
    if (scan->archive == NULL) {
        return ERRATA_OK;
    }
    enum errata_status status = errata__archive_load(scan->archive, &names, &scan->ids,
                                                     errata__trial_take, &feeding, error);
    scan->kept = scan->ids.n_rows;
    scan->next = scan->kept;
    return status;
}

static enum errata_status check(const struct errata_scan *what, const struct errata_client *client,
                                struct errata_error *error) {
    const struct errata_text collection = what->listing.collection;
    /* They stand in every line of the archive. */
    if (errata__utf8_valid(collection.data, collection.length) != collection.length ||
        errata__utf8_valid(client->app.data, client->app.length) != client->app.length) {
        return errata__fail(error, ERRATA_MISUSE, "the id of the collection or app is not UTF-8");
    }
    return ERRATA_OK;
}

static enum errata_status init(struct errata__scan *scan, const struct errata__plan *plan,
                               struct errata_error *error) {
    const struct errata_allocator *allocator = &scan->client->allocator;
    size_t n = scan->client->options.jobs;
    scan->slots = allocator->alloc(allocator->ctx, n * sizeof *scan->slots);
    if (scan->slots == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(scan->slots, 0, n * sizeof *scan->slots);
    for (; scan->n_slots < n; scan->n_slots++) {
        errata__body_init(&scan->slots[scan->n_slots].body, allocator);
    }
    enum errata_status status = errata__runner_init(&scan->runner, scan->client, plan, n + 1);
    if (status != ERRATA_OK) {
        return errata__fail_plain(error, status);
    }
    if (scan->what->archive != NULL) {
        scan->archive = &scan->archive_room;
        status = errata__archive_open(scan->archive, allocator, scan->what->archive,
                                      scan->what->resume, error);
    }
    return status == ERRATA_OK
               ? errata__listing_init(&scan->listing, scan->client, &scan->what->listing,
                                      &scan->ids, listed, scan, error)
               : status;
}

static void free_scan(struct errata__scan *scan) {
    const struct errata_allocator *allocator = &scan->client->allocator;
    if (scan->archive != NULL) {
        errata__archive_close(scan->archive);
    }
    for (size_t i = 0; i < scan->n_slots; i++) {
        errata__body_free(&scan->slots[i].body);
    }
    allocator->free(allocator->ctx, scan->slots);
    errata__runner_free(&scan->runner);
    errata__listing_free(&scan->listing);
    errata__ids_free(&scan->ids);
    errata__line_free(&scan->line);
    errata__arena_clear(&scan->arena);
}

/* Makes `other`, whose details are in `later`, the run's status, unless it failed before. */
static void and_then(enum errata_status *status, struct errata_error *error,
                     enum errata_status other, const struct errata_error *later) {
    if (*status == ERRATA_OK && other != ERRATA_OK) {
        *status = other;
        if (error != NULL) {
            *error = *later;
        }
    }
}

/* Ends the archive and the source, whatever has ended the run. */
static enum errata_status end(struct errata__scan *scan, enum errata_status status,
                              struct errata_error *error) {
    struct errata_error later;
    if (scan->archive != NULL) {
        and_then(&status, error, errata__archive_flush(scan->archive, &later), &later);
    }
    and_then(&status, error, tell_progress(scan, &later), &later);
    and_then(&status, error, errata__scan_add_rejects(scan, &later), &later);
    and_then(&status, error, errata_reader_end(scan->reader, &later), &later);
    return status;
}

enum errata_status errata_client_scan(struct errata_client *client, const struct errata_scan *what,
                                      struct errata_reader *reader, struct errata_error *error) {
    struct errata__scan scan = {.what = what, .client = client, .reader = reader};
    const struct errata__plan plan = {.ctx = &scan,
                                      .next = next,
                                      .again = again,
                                      .arrived = arrived,
                                      .missed = missed,
                                      .turn = turn};
    enum errata_status status = check(what, client, error);
    if (status != ERRATA_OK) {
        return status;
    }
    scan.runner.client = client;
    scan.last_reject = &scan.first_reject;
    errata_reader_settings(reader, &scan.reading);
    errata__ids_init(&scan.ids, &client->allocator);
    errata__arena_init(&scan.arena, &client->allocator, 0);
    errata__line_init(&scan.line, &client->allocator);
    status = init(&scan, &plan, error);
    if (status == ERRATA_OK) {
        status = begin_source(&scan, error);
        if (status == ERRATA_OK) {
            status = load(&scan, error);
            if (status == ERRATA_OK) {
                errata__bucket_drain(&client->bucket, errata__runner_now());
                status = errata__runner_run(&scan.runner, error);
            }
            status = end(&scan, status, error);
        }
    }
    free_scan(&scan);
    return status;
}
