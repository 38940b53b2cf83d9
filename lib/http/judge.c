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

struct feeding {
    /* One of the two. */
    struct errata_reader *reader;
    struct errata__archive *archive;
    struct errata_error *error;
};

static enum errata_status feed(void *ctx, const void *bytes, size_t length) {
    const struct feeding *feeding = ctx;
    return feeding->reader != NULL
               ? errata_reader_feed(feeding->reader, bytes, length, feeding->error)
               : errata__archive_add(feeding->archive, bytes, length, feeding->error);
}

static enum errata_status cannot_read(struct errata_error *error) {
    return errata__fail(error, ERRATA_CANNOT_READ, "a temporary file cannot be read");
}

/* Feeds the line to somebody. */
static enum errata_status give(struct errata__scan *scan, struct feeding *feeding) {
    enum errata_status status = errata__line_give(&scan->line, feed, feeding);
    return status == ERRATA_CANNOT_READ ? cannot_read(feeding->error) : status;
}

/* Reads the line alone. error has what is wrong with it; documents: how many it was. */
static enum errata_status try_line(struct errata__scan *scan, uint64_t *documents,
                                   struct errata_error *error) {
    const struct errata_origin origin = {.framing = ERRATA_FRAMING_LINES};
    struct errata_reader_options options = scan->reading;
    struct errata_reader_stats stats = {0};
    struct errata_reader *reader;
    options.keep_going = false;
    options.on_reject = NULL;
    options.threads = 1;
    enum errata_status status = errata_reader_new(&reader, &options, error);
    if (status != ERRATA_OK) {
        return status;
    }
    struct feeding feeding = {.reader = reader, .error = error};
    status = errata_reader_begin(reader, &origin, error);
    if (status == ERRATA_OK) {
        status = give(scan, &feeding);
    }
    if (status == ERRATA_OK) {
        status = errata_reader_end(reader, error);
    }
    errata_reader_stats(reader, &stats);
    *documents = stats.documents;
    errata_reader_free(reader);
    return status;
}

/* Where an offset in the body is. */
struct place {
    uint64_t line;
    uint64_t column;
};

static enum errata_status count(void *ctx, const void *bytes, size_t length) {
    struct place *place = ctx;
    const char *text = bytes;
    for (size_t i = 0; i < length; i++) {
        place->column = text[i] == '\n' ? 1 : place->column + 1;
        place->line += text[i] == '\n';
    }
    return ERRATA_OK;
}

/* The first bytes of a body; no more than fit are handed to keep_head(). */
struct head {
    char bytes[ERRATA_SHOWN_BODY];
    size_t length;
};

static enum errata_status keep_head(void *ctx, const void *bytes, size_t length) {
    struct head *head = ctx;
    memcpy(head->bytes + head->length, bytes, length);
    head->length += length;
    return ERRATA_OK;
}

/* Makes the body a reject; offset: where in it the trouble is. */
static enum errata_status refuse_body(struct errata__scan *scan, size_t n,
                                      const struct errata__job *job, const char *reason,
                                      uint64_t offset, struct errata_error *error) {
    struct errata__scan_slot *slot = &scan->slots[n];
    struct errata__body *body = &slot->body;
    struct head head = {.length = 0};
    struct place place = {1, 1};
    struct errata_result result = {
        .outcome = ERRATA_OUTCOME_REJECTED, .http = 200, .reason = {reason, strlen(reason)}};
    offset = offset < body->length ? offset : body->length;
    enum errata_status status = errata__body_give(body, 0, offset, count, &place);
    if (status == ERRATA_OK) {
        uint64_t shown = body->length < sizeof head.bytes ? body->length : sizeof head.bytes;
        status = errata__body_give(body, 0, shown, keep_head, &head);
    }
    if (status != ERRATA_OK) {
        return cannot_read(error);
    }
    result.body = (struct errata_text){head.bytes, head.length};
    result.reject = (struct errata_reject){.reason = result.reason,
                                           .line = 1,
                                           .column = 1,
                                           .length = body->length,
                                           .trouble_line = place.line,
                                           .trouble_column = place.column,
                                           .trouble_offset = offset};
    errata__scan_result(&result, job, slot->record);
    return errata__scan_refuse(scan, &result, error);
}

/* Does this failure say something about the document, rather than about this machine? */
static bool is_about_document(enum errata_status status) {
    return status == ERRATA_NOT_JSON || status == ERRATA_NOT_STATUS ||
           status == ERRATA_LIMIT_DEPTH || status == ERRATA_LIMIT_TOKEN ||
           status == ERRATA_LIMIT_DOCUMENT;
}

static enum errata_status keep_line(struct errata__scan *scan, size_t n,
                                    const struct errata__job *job, struct errata_error *error) {
    struct feeding archiving = {.archive = scan->archive, .error = error};
    struct feeding reading = {.reader = scan->reader, .error = error};
    struct errata_result result = {.outcome = ERRATA_OUTCOME_READ, .http = 200};
    enum errata_status status = ERRATA_OK;
    /* The whole line first, so that the archive is whole even when the reader is full. */
    if (scan->archive != NULL) {
        status = give(scan, &archiving);
        if (status == ERRATA_OK) {
            errata__archive_line(scan->archive, errata__runner_now());
        }
    }
    if (status == ERRATA_OK) {
        status = give(scan, &reading);
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
    uint64_t documents;
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
    status = try_line(scan, &documents, &wrong);
    if (status == ERRATA_OK && documents == 1) {
        return keep_line(scan, n, job, error);
    }
    if (status == ERRATA_OK) {
        return refuse_body(scan, n, job, "more than one status document", 0, error);
    }
    if (!is_about_document(status)) {
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
