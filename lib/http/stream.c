/*
 * One record, which goes from the connection straight into the reader, and ends the call where it is not read.
 */
#include <time.h>

#include "core/fail.h"
#include "http/fetch.h"

static enum errata_status feed(void *ctx, const void *bytes, size_t length) {
    struct errata__fetch *fetch = ctx;
    struct errata_error *why = &fetch->held[0].why;
    if (!fetch->begun) {
        errata_reader_stats(fetch->reader, &fetch->before);
        enum errata_status status =
            errata__fetch_begin(fetch, &fetch->runner.jobs[0], 0, (int64_t)time(NULL), why);
        if (status != ERRATA_OK) {
            return status;
        }
        fetch->begun = true;
    }
    return errata_reader_feed(fetch->reader, bytes, length, why);
}

static enum errata_status next(void *ctx, size_t n, bool *given, struct errata_error *error) {
    struct errata__fetch *fetch = ctx;
    struct errata__job *job = &fetch->runner.jobs[n];
    *given = fetch->next == 0;
    if (!*given) {
        return ERRATA_OK;
    }
    fetch->next = 1;
    job->take = feed;
    job->ctx = fetch;
    job->why = &fetch->held[0].why;
    return errata__fetch_ask(fetch, job, 0, error);
}

static void again(void *ctx, size_t n) {
    struct errata__fetch *fetch = ctx;
    (void)n;
    if (fetch->begun) {
        errata_reader_abandon(fetch->reader);
    }
    fetch->begun = false;
}

static enum errata_status arrived(void *ctx, size_t n, bool *whole, struct errata_error *error) {
    struct errata__fetch *fetch = ctx;
    struct errata_reader_stats now;
    errata_reader_stats(fetch->reader, &now);
    *whole = fetch->begun && !now.document_open;
    if (!*whole) {
        return ERRATA_OK;
    }
    fetch->begun = false;
    enum errata_status status = errata_reader_end(fetch->reader, error);
    return status == ERRATA_OK
               ? errata__fetch_tell_read(fetch, &fetch->runner.jobs[n], 0, &fetch->before, error)
               : status;
}

static enum errata_status missed(void *ctx, size_t n, bool failed,
                                 const struct errata__answer *answer, struct errata_error *error) {
    struct errata__fetch *fetch = ctx;
    return errata__runner_end_missed(&fetch->runner, n, failed, answer, error);
}

const struct errata__plan errata__stream_plan = {
    .next = next, .again = again, .arrived = arrived, .missed = missed, .turn = errata__fetch_turn};
