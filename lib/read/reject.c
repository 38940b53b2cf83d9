/*
 * Trouble and rejects.
 */
#include "read/reject.h"

#include <stdio.h>
#include <string.h>

#include "core/fail.h"

void errata__frame_note(struct errata__frame *frame, enum errata_status status,
                        struct errata__position_in place, const char *reason) {
    if (!frame->trouble_open) {
        frame->trouble_open = true;
        frame->trouble_status = status;
        frame->trouble = place;
        snprintf(frame->reason, sizeof frame->reason, "%s", reason);
    }
}

static void fill_error(struct errata__frame *frame, enum errata_status status,
                       struct errata__position_in place, const char *reason) {
    errata__fail(&frame->error, status, "%s", reason);
    errata__fail_source(&frame->error, frame->source_name);
    frame->error.line = place.line;
    frame->error.column = place.column;
    frame->error.offset = place.offset;
    frame->error.document = (uint64_t)frame->number + 1;
}

enum errata_status errata__frame_raise(struct errata__frame *frame, enum errata_status status,
                                       struct errata__position_in place, const char *reason) {
    errata__frame_note(frame, status, place, reason);
    errata__frame_take_back(frame);
    if (!frame->options->keep_going) {
        fill_error(frame, frame->trouble_status, frame->trouble, frame->reason);
        frame->trouble_open = false;
        return frame->trouble_status;
    }
    if (frame->framing == ERRATA__KNOWN_LINES) {
        frame->mode = ERRATA__TO_LINE_END;
    } else if (frame->in_array) {
        frame->mode = ERRATA__TO_END;
    } else {
        frame->mode = ERRATA__TO_OBJECT_LINE;
        /* Never back to where the stretch began. */
        frame->at_line_start = place.column == 1 && place.offset > frame->start.offset;
    }
    return ERRATA_OK;
}

/* The reason for a limit, with its figure. */
static void describe_limit(const struct errata__frame *frame, enum errata_status status,
                           char *reason, size_t size) {
    const struct errata_limits *limits = frame->limits;
    switch ((int)status) {
    case ERRATA_LIMIT_DEPTH:
        snprintf(reason, size, "containers are nested deeper than the limit of %u", limits->depth);
        break;
    case ERRATA_LIMIT_TOKEN:
        snprintf(reason, size,
                 "a string, a number or a JSON text is longer than the limit of %llu bytes",
                 (unsigned long long)limits->token);
        break;
    case ERRATA_LIMIT_DOCUMENT:
        snprintf(reason, size, "the status document is longer than the limit of %llu bytes",
                 (unsigned long long)limits->document);
        break;
    case ERRATA_LIMIT_ISSUES:
        snprintf(reason, size, "there are more issues than the limit of %u", limits->issues);
        break;
    case ERRATA_LIMIT_MEMORY:
        snprintf(reason, size, "the index needs more memory than the limit of %llu bytes",
                 (unsigned long long)limits->memory);
        break;
    default:
        snprintf(reason, size, "%s", errata_status_text(status));
        break;
    }
}

enum errata_status errata__frame_failed(struct errata__frame *frame,
                                        const struct errata__json_failure *failure) {
    char reason[sizeof frame->reason];
    struct errata__position_in place = errata__lines_at(&frame->lines, failure->offset);
    if (failure->status == ERRATA_NOT_JSON) {
        snprintf(reason, sizeof reason, "not JSON: %s", failure->reason);
    } else {
        describe_limit(frame, failure->status, reason, sizeof reason);
    }
    switch ((int)failure->status) {
    case ERRATA_NOT_JSON:
    case ERRATA_NOT_STATUS:
    case ERRATA_LIMIT_DEPTH:
    case ERRATA_LIMIT_TOKEN:
    case ERRATA_LIMIT_DOCUMENT:
        if (!frame->stopped) {
            return errata__frame_raise(frame, failure->status, place, reason);
        }
        break;
    default:
        break;
    }
    /* What always ends the run: no memory, a full index, or on_reject did not want more. */
    errata__frame_take_back(frame);
    if (!frame->stopped) {
        fill_error(frame, failure->status, place, reason);
    }
    return failure->status;
}

void errata__frame_fill_head(struct errata__frame *frame, uint64_t end) {
    const struct errata__lines *lines = &frame->lines;
    uint64_t from = frame->start.offset + frame->head_length;
    if (frame->options->on_reject == NULL || from < lines->base || from >= end ||
        !(frame->document_open || frame->in_array || frame->trouble_open)) {
        return;
    }
    uint64_t length = end - from;
    if (length > ERRATA__HEAD_SIZE - frame->head_length) {
        length = ERRATA__HEAD_SIZE - frame->head_length;
    }
    if (length > lines->base + lines->length - from) {
        length = lines->base + lines->length - from;
    }
    memcpy(frame->head + frame->head_length, lines->bytes + (from - lines->base), (size_t)length);
    frame->head_length += (size_t)length;
}

static enum errata_status tell(struct errata__frame *frame, const struct errata_reject *reject,
                               struct errata_text text) {
    if (frame->told > 0) {
        frame->told--;
        return frame->told == 0 ? frame->told_answer : ERRATA_OK;
    }
    return frame->options->on_reject(frame->options->ctx, reject, text);
}

enum errata_status errata__frame_reject(struct errata__frame *frame, uint64_t end) {
    const struct errata_reject reject = {
        .reason = {frame->reason, strlen(frame->reason)},
        .source = frame->source,
        .line = frame->start.line,
        .column = frame->start.column,
        .offset = frame->start.offset,
        .length = end - frame->start.offset,
        .trouble_line = frame->trouble.line,
        .trouble_column = frame->trouble.column,
        .trouble_offset = frame->trouble.offset,
    };
    errata__frame_fill_head(frame, end);
    enum errata_status status = errata__reject_append(frame->index, &reject);
    if (status != ERRATA_OK) {
        fill_error(frame, status, frame->trouble, errata_status_text(status));
        frame->stopped = true;
        return status;
    }
    frame->number++;
    frame->trouble_open = false;
    frame->touching = false;
    if (frame->mode != ERRATA__INSIDE) {
        frame->mode = ERRATA__BETWEEN;
    }
    if (frame->options->on_reject != NULL) {
        size_t shown =
            frame->head_length < reject.length ? frame->head_length : (size_t)reject.length;
        status = tell(frame, &reject, (struct errata_text){frame->head, shown});
        if (status != ERRATA_OK) {
            fill_error(frame, status, frame->trouble, errata_status_text(status));
            frame->stopped = true;
        }
    }
    frame->head_length = 0;
    return status;
}

static bool ends_in(struct errata_text *name, const char *ending) {
    size_t length = strlen(ending);
    if (name->length < length || memcmp(name->data + name->length - length, ending, length) != 0) {
        return false;
    }
    name->length -= length;
    return true;
}

enum errata__framing_state errata__framing_of(struct errata_text name,
                                              enum errata_framing framing) {
    if (framing != ERRATA_FRAMING_AUTO) {
        return framing == ERRATA_FRAMING_LINES ? ERRATA__KNOWN_LINES : ERRATA__KNOWN_STREAM;
    }
    if (!ends_in(&name, ".gz")) {
        ends_in(&name, ".zst");
    }
    return ends_in(&name, ".ndjson") || ends_in(&name, ".jsonl") ? ERRATA__KNOWN_LINES
                                                                 : ERRATA__UNDECIDED;
}
