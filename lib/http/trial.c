/*
 * A body that is tried: see trial.h.
 */
#include "http/trial.h"

#include <string.h>

#include "core/fail.h"

enum errata_status errata__trial_take(void *ctx, const void *bytes, size_t length) {
    const struct errata__feeding *feeding = ctx;
    return errata_reader_feed(feeding->reader, bytes, length, feeding->error);
}

enum errata_status errata__trial_feed(struct errata_reader *reader, errata__trial_give *give,
                                      void *ctx, struct errata_error *error) {
    struct errata__feeding feeding = {reader, error};
    enum errata_status status = give(ctx, errata__trial_take, &feeding);
    return status == ERRATA_CANNOT_READ
               ? errata__fail(error, status, "a temporary file cannot be read")
               : status;
}

enum errata_status errata__trial_read(const struct errata_reader_options *reading,
                                      enum errata_framing framing, errata__trial_give *give,
                                      void *ctx, struct errata_error *error) {
    const struct errata_origin origin = {.framing = framing};
    struct errata_reader_options options = *reading;
    struct errata_reader_stats stats = {0};
    struct errata_reader *reader;
    options.keep_going = false;
    options.on_reject = NULL;
    options.threads = 1;
    enum errata_status status = errata_reader_new(&reader, &options, error);
    if (status != ERRATA_OK) {
        return status;
    }
    status = errata_reader_begin(reader, &origin, error);
    if (status == ERRATA_OK) {
        status = errata__trial_feed(reader, give, ctx, error);
    }
    if (status == ERRATA_OK) {
        status = errata_reader_end(reader, error);
    }
    errata_reader_stats(reader, &stats);
    errata_reader_free(reader);
    return status == ERRATA_OK && stats.documents > 1
               ? errata__fail(error, ERRATA_NOT_STATUS, "more than one status document")
               : status;
}

bool errata__trial_is_about(enum errata_status status) {
    return status == ERRATA_NOT_JSON || status == ERRATA_NOT_STATUS ||
           status == ERRATA_LIMIT_DEPTH || status == ERRATA_LIMIT_TOKEN ||
           status == ERRATA_LIMIT_DOCUMENT;
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
    char *bytes;
    size_t length;
};

static enum errata_status keep_head(void *ctx, const void *bytes, size_t length) {
    struct head *head = ctx;
    memcpy(head->bytes + head->length, bytes, length);
    head->length += length;
    return ERRATA_OK;
}

enum errata_status errata__trial_refuse(struct errata_result *result, struct errata__body *body,
                                        const char *reason, uint64_t offset, char *head) {
    struct head first = {.bytes = head};
    struct place place = {1, 1};
    offset = offset < body->length ? offset : body->length;
    enum errata_status status = errata__body_give(body, 0, offset, count, &place);
    if (status == ERRATA_OK) {
        uint64_t shown = body->length < ERRATA_SHOWN_BODY ? body->length : ERRATA_SHOWN_BODY;
        status = errata__body_give(body, 0, shown, keep_head, &first);
    }
    result->outcome = ERRATA_OUTCOME_REJECTED;
    result->reason = (struct errata_text){reason, strlen(reason)};
    result->body = (struct errata_text){head, first.length};
    result->reject = (struct errata_reject){.reason = result->reason,
                                            .line = 1,
                                            .column = 1,
                                            .length = body->length,
                                            .trouble_line = place.line,
                                            .trouble_column = place.column,
                                            .trouble_offset = offset};
    return status;
}
