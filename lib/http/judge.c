/*
 * What became of a record of a scan. A document is read twice: once by a reader of its own, which says whether it is
 * one, and then, as a line that is known to be good, by the scan's. So the archive has documents only, and the lines and
 * numbers of the source are those of the archive.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/fail.h"
#include "core/utf8.h"
#include "http/scan.h"
#include "http/trial.h"

void errata__scan_result(struct errata_result *result, const struct errata__job *job,
                         struct errata_text record) {
    result->record = record;
    result->url = (struct errata_text){job->url.data, strlen(job->url.data)};
    result->requests = job->requests;
}

static enum errata_status tell(struct errata__scan *scan, const struct errata_result *result,
                               struct errata_error *error) {
    if (scan->what->on_result == NULL) {
        return ERRATA_OK;
    }
    enum errata_status status = scan->what->on_result(scan->what->ctx, result);
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

/* Notes `record ID: REASON`. */
static enum errata_status note(struct errata__scan *scan, const struct errata_result *result) {
    char id[200] = "without an id";
    char reason[ERRATA_MESSAGE_SIZE + sizeof id + 16];
    if (result->record.data != NULL) {
        errata__utf8_escape(result->record.data, result->record.length, id, sizeof id);
    }
    int length = snprintf(reason, sizeof reason, "record %s: %.*s", id, (int)result->reason.length,
                          result->reason.data);
    struct errata__scan_reject *reject =
        errata__arena_alloc(&scan->arena, sizeof *reject + (size_t)length + 1);
    if (reject == NULL) {
        return ERRATA_NO_MEMORY;
    }
    char *text = (char *)(reject + 1);
    memcpy(text, reason, (size_t)length + 1);
    *reject = (struct errata__scan_reject){.reason = {text, (size_t)length}};
    *scan->last_reject = reject;
    scan->last_reject = &reject->next;
    return ERRATA_OK;
}

enum errata_status errata__scan_refuse(struct errata__scan *scan, struct errata_result *result,
                                       struct errata_error *error) {
    if (result->outcome == ERRATA_OUTCOME_FAILED) {
        scan->progress.failed++;
    } else {
        scan->progress.rejected++;
    }
    enum errata_status status = note(scan, result);
    return status == ERRATA_OK ? tell(scan, result, error) : errata__fail_plain(error, status);
}

enum errata_status errata__scan_add_rejects(struct errata__scan *scan, struct errata_error *error) {
    enum errata_status status = ERRATA_OK;
    for (const struct errata__scan_reject *at = scan->first_reject;
         at != NULL && status == ERRATA_OK; at = at->next) {
        status = errata_reader_reject(scan->reader, at->reason, error);
    }
    return status;
}

/* ---- is it a status document? */

struct archiving {
    struct errata__archive *archive;
    struct errata_error *error;
};

static enum errata_status archive(void *ctx, const void *bytes, size_t length) {
    const struct archiving *archiving = ctx;
    return errata__archive_add(archiving->archive, bytes, length, archiving->error);
}

static enum errata_status cannot_read(struct errata_error *error) {
    return errata__fail(error, ERRATA_CANNOT_READ, "a temporary file cannot be read");
}

static enum errata_status give_line(void *ctx, errata__bytes_function *take, void *take_ctx) {
    return errata__line_give(ctx, take, take_ctx);
}

/* Makes the body a reject; offset: where in it the trouble is. */
static enum errata_status refuse_body(struct errata__scan *scan, size_t n,
                                      const struct errata__job *job, const char *reason,
                                      uint64_t offset, struct errata_error *error) {
    struct errata__scan_slot *slot = &scan->slots[n];
    struct errata_result result = {.http = 200};
    char head[ERRATA_SHOWN_BODY];
    if (errata__trial_refuse(&result, &slot->body, reason, offset, head) != ERRATA_OK) {
        return cannot_read(error);
    }
    errata__scan_result(&result, job, slot->record);
    return errata__scan_refuse(scan, &result, error);
}

static enum errata_status keep_line(struct errata__scan *scan, size_t n,
                                    const struct errata__job *job, struct errata_error *error) {
    struct archiving archiving = {scan->archive, error};
    struct errata_result result = {.outcome = ERRATA_OUTCOME_READ, .http = 200};
    enum errata_status status = ERRATA_OK;
    /* The whole line first, so that the archive is whole even when the reader is full. */
    if (scan->archive != NULL) {
        status = errata__line_give(&scan->line, archive, &archiving);
        if (status == ERRATA_OK) {
            errata__archive_line(scan->archive, errata__runner_now());
        } else if (status == ERRATA_CANNOT_READ) {
            errata__archive_drop(scan->archive);
            return cannot_read(error);
        }
    }
    if (status == ERRATA_OK) {
        status = errata__trial_feed(scan->reader, give_line, &scan->line, error);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    scan->progress.read++;
    errata__scan_result(&result, job, scan->slots[n].record);
    return tell(scan, &result, error);
}

enum errata_status errata__scan_take(struct errata__scan *scan, size_t n,
                                     const struct errata__job *job, bool *whole,
                                     struct errata_error *error) {
    struct errata__scan_slot *slot = &scan->slots[n];
    struct errata_error wrong;
    bool object;
    bool blank;
    enum errata_status status = errata__line_look(&scan->line, &slot->body, &object, &blank);
    if (status != ERRATA_OK) {
        return cannot_read(error);
    }
    *whole = !blank;
    if (blank) {
        return ERRATA_OK;
    }
    if (!object) {
        return refuse_body(scan, n, job, "not a status document: no JSON object", 0, error);
    }
    const struct errata__line_names names = {.record = slot->record,
                                             .collection = scan->what->listing.collection,
                                             .app = scan->client->app,
                                             .fetched_at = (int64_t)time(NULL)};
    status = errata__line_name(&scan->line, &names);
    if (status != ERRATA_OK) {
        return errata__fail_plain(error, status);
    }
    status =
        errata__trial_read(&scan->reading, ERRATA_FRAMING_LINES, give_line, &scan->line, &wrong);
    if (status == ERRATA_OK) {
        return keep_line(scan, n, job, error);
    }
    if (!errata__trial_is_about(status)) {
        if (error != NULL) {
            *error = wrong;
        }
        return status;
    }
    /* JSON that is open where the body ends. */
    *whole = status != ERRATA_NOT_JSON || wrong.offset + 1 < errata__line_length(&scan->line);
    return *whole ? refuse_body(scan, n, job, wrong.message,
                                errata__line_in_body(&scan->line, wrong.offset), error)
                  : ERRATA_OK;
}
