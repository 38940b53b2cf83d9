/*
 * Walking over the bytes of a source. Each mode takes what it can of the bytes at hand and names the next mode;
 * what the outcome is never depends on where the bytes were cut.
 */
#include "read/frame.h"

#include <string.h>

#include "read/reject.h"

static const char byte_order_mark[] = "\xEF\xBB\xBF";

/* Where the bytes of the feed at hand stand. */
struct span {
    const char *bytes;
    size_t length;
    size_t at;
};

static uint64_t here(const struct errata__frame *frame, const struct span *span) {
    return frame->offset + span->at;
}

static void begin_value(struct errata__frame *frame, uint64_t offset, char first) {
    frame->in_array = first == '[';
    frame->mode = ERRATA__INSIDE;
    frame->bracketed = first == '[' || first == '{';
    frame->ingest->base = frame->in_array;
    errata__json_begin(frame->json, offset, frame->limits->depth + frame->in_array);
    errata__lane_begin_value(&frame->lane, first == '{');
    frame->start = errata__lines_at(&frame->lines, offset);
    frame->value_line = frame->start.line;
    frame->head_length = 0;
    if (!frame->in_array) {
        errata__frame_begin_document(frame, frame->start);
    }
}

/* A value has ended before span->at. */
static void end_value(struct errata__frame *frame, uint64_t offset) {
    frame->mode = ERRATA__BETWEEN;
    frame->touching = true;
    if (frame->framing == ERRATA__UNDECIDED) {
        bool one_line = errata__lines_at(&frame->lines, offset).line == frame->value_line;
        frame->framing = one_line ? ERRATA__DECIDED_BY_NEXT : ERRATA__KNOWN_STREAM;
    }
}

/* The document ended with bytes that were known: no event said so. end: behind its last byte. */
static enum errata__json_state end_known(struct errata__frame *frame, uint64_t end,
                                         struct errata__json_failure *failure) {
    enum errata_status status = errata__frame_end_document(frame, end);
    *failure = (struct errata__json_failure){status, end - 1, ""};
    return status == ERRATA_OK ? ERRATA__JSON_DONE : ERRATA__JSON_FAILED;
}

/* Gives bytes to the parser. *consumed: how many are done with. */
static enum errata_status parse(struct errata__frame *frame, const char *bytes, size_t length,
                                size_t *consumed) {
    size_t readable = frame->lines.length - (size_t)(bytes - frame->lines.bytes);
    struct errata__json_failure failure;
    uint64_t offset = frame->offset + (uint64_t)(bytes - frame->lines.bytes);
    enum errata__json_state state =
        errata__lane_feed(&frame->lane, bytes, length, readable, consumed, &failure);
    if (frame->lane.ended) {
        state = end_known(frame, offset + *consumed, &failure);
    }
    switch (state) {
    case ERRATA__JSON_MORE:
        return ERRATA_OK;
    case ERRATA__JSON_DONE:
        end_value(frame, offset + *consumed);
        return ERRATA_OK;
    case ERRATA__JSON_FAILED:
        break;
    }
    /* Reading resumes from where the trouble is; a token that began in bytes now gone holds no line end. */
    *consumed = failure.offset > offset ? (size_t)(failure.offset - offset) : 0;
    enum errata_status status = errata__frame_failed(frame, &failure);
    if (failure.offset < offset) {
        /* Within the token, wherever on its line that began. */
        frame->at_line_start = false;
    }
    return status;
}

/* Behind some bytes of a byte-order mark that are none: they are the value's first bytes. */
static enum errata_status refuse_mark(struct errata__frame *frame) {
    struct errata__json_failure failure = {0};
    size_t consumed;
    begin_value(frame, 0, byte_order_mark[0]);
    memcpy(frame->head, byte_order_mark, frame->bom_bytes);
    frame->head_length = frame->bom_bytes;
    errata__json_feed(frame->json, byte_order_mark, frame->bom_bytes, &consumed, &failure);
    return errata__frame_failed(frame, &failure);
}

static enum errata_status at_start(struct errata__frame *frame, struct span *span) {
    if (span->bytes[span->at] == byte_order_mark[frame->bom_bytes]) {
        span->at++;
        frame->bom_bytes++;
        if (frame->bom_bytes == 3) {
            frame->mode = ERRATA__BETWEEN;
        }
        return ERRATA_OK;
    }
    if (frame->bom_bytes > 0) {
        return refuse_mark(frame);
    }
    frame->mode = ERRATA__BETWEEN;
    return ERRATA_OK;
}

static enum errata_status between(struct errata__frame *frame, struct span *span) {
    for (; span->at < span->length; span->at++) {
        char c = span->bytes[span->at];
        if (c == '\n' && frame->framing == ERRATA__DECIDED_BY_NEXT) {
            frame->framing = ERRATA__KNOWN_LINES;
            frame->guessed_lines = true;
        }
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
            break;
        }
        frame->touching = false;
    }
    if (span->at == span->length) {
        return ERRATA_OK;
    }
    if (frame->framing == ERRATA__DECIDED_BY_NEXT) {
        frame->framing = ERRATA__KNOWN_STREAM;
    }
    char first = span->bytes[span->at];
    bool container = first == '{' || first == '[';
    /* What begins no value is the parser's to refuse. */
    if (frame->touching && !(frame->bracketed && container) &&
        strchr("{[\"-0123456789tfn", first) != NULL && first != '\0') {
        frame->in_array = false;
        frame->start = errata__lines_at(&frame->lines, here(frame, span));
        frame->head_length = 0;
        return errata__frame_raise(frame, ERRATA_NOT_JSON, frame->start,
                                   "not JSON: white space must stand between two values");
    }
    begin_value(frame, here(frame, span), first);
    return ERRATA_OK;
}

/* The next line end at or behind span->at; span->length when there is none in these bytes. Found once, however many
   documents share the line. */
static size_t line_end(struct errata__frame *frame, const struct span *span) {
    if (!frame->line_end_known || frame->line_end < here(frame, span)) {
        frame->line_end_known = true;
        const char *from = span->bytes + span->at;
        const char *end = memchr(from, '\n', span->length - span->at);
        frame->line_end = end == NULL ? UINT64_MAX : here(frame, span) + (uint64_t)(end - from);
    }
    return frame->line_end == UINT64_MAX ? span->length : (size_t)(frame->line_end - frame->offset);
}

static enum errata_status inside(struct errata__frame *frame, struct span *span) {
    size_t end = span->length;
    size_t consumed = 0;
    if (frame->framing == ERRATA__KNOWN_LINES) {
        end = line_end(frame, span);
    }
    if (end > span->at) {
        enum errata_status status = parse(frame, span->bytes + span->at, end - span->at, &consumed);
        span->at += consumed;
        if (status != ERRATA_OK || frame->mode != ERRATA__INSIDE) {
            return status;
        }
    }
    if (end < span->length) {
        /* Before a number at the line's end is cut off, it may turn out to be whole. */
        struct errata__json_failure failure;
        switch (errata__json_end(frame->json, &failure)) {
        case ERRATA__JSON_DONE:
            end_value(frame, here(frame, span));
            return ERRATA_OK;
        case ERRATA__JSON_FAILED:
            return errata__frame_failed(frame, &failure);
        case ERRATA__JSON_MORE:
            break;
        }
        return errata__frame_raise(
            frame, ERRATA_NOT_JSON, errata__lines_at(&frame->lines, here(frame, span)),
            frame->documents == 0 || frame->guessed_lines
                ? "cut off by the line end (where documents span lines, try --framing stream)"
                : "cut off by the line end");
    }
    return ERRATA_OK;
}

static enum errata_status to_line_end(struct errata__frame *frame, struct span *span) {
    const char *from = span->bytes + span->at;
    const char *end = memchr(from, '\n', span->length - span->at);
    if (end == NULL) {
        span->at = span->length;
        return ERRATA_OK;
    }
    span->at += (size_t)(end - from);
    return errata__frame_reject(frame, here(frame, span));
}

static enum errata_status to_object_line(struct errata__frame *frame, struct span *span) {
    while (span->at < span->length) {
        if (frame->at_line_start && span->bytes[span->at] == '{') {
            return errata__frame_reject(frame, here(frame, span));
        }
        const char *from = span->bytes + span->at;
        const char *end = memchr(from, '\n', span->length - span->at);
        frame->at_line_start = end != NULL;
        span->at = end == NULL ? span->length : (size_t)(end - span->bytes) + 1;
    }
    return ERRATA_OK;
}

static enum errata_status step(struct errata__frame *frame, struct span *span) {
    switch (frame->mode) {
    case ERRATA__AT_START:
        return at_start(frame, span);
    case ERRATA__BETWEEN:
        return between(frame, span);
    case ERRATA__INSIDE:
        return inside(frame, span);
    case ERRATA__TO_LINE_END:
        return to_line_end(frame, span);
    case ERRATA__TO_OBJECT_LINE:
        return to_object_line(frame, span);
    case ERRATA__TO_END:
        span->at = span->length;
        return ERRATA_OK;
    }
    return ERRATA_OK;
}

enum errata_status errata__frame_feed(struct errata__frame *frame, const char *bytes,
                                      size_t length) {
    struct span span = {bytes, length, 0};
    enum errata_status status = ERRATA_OK;
    errata__lines_feed(&frame->lines, bytes, length);
    errata__lane_begin_bytes(&frame->lane);
    frame->line_end_known = false;
    while (span.at < span.length && status == ERRATA_OK) {
        status = step(frame, &span);
    }
    errata__frame_fill_head(frame, frame->offset + length);
    frame->offset += length;
    errata__lines_let_go(&frame->lines);
    return status;
}

enum errata_status errata__frame_end(struct errata__frame *frame) {
    enum errata_status status = ERRATA_OK;
    struct errata__json_failure failure;
    if (frame->mode == ERRATA__AT_START && frame->bom_bytes > 0) {
        status = refuse_mark(frame);
    } else if (frame->mode == ERRATA__INSIDE) {
        switch (errata__json_end(frame->json, &failure)) {
        case ERRATA__JSON_DONE:
            end_value(frame, frame->offset);
            break;
        case ERRATA__JSON_FAILED:
            status = errata__frame_failed(frame, &failure);
            break;
        case ERRATA__JSON_MORE:
            status = errata__frame_raise(frame, ERRATA_NOT_JSON,
                                         errata__lines_at(&frame->lines, frame->offset),
                                         "cut off by the end of input");
            break;
        }
    }
    if (status == ERRATA_OK && frame->trouble_open) {
        status = errata__frame_reject(frame, frame->offset);
    }
    frame->lines_all_rejected +=
        frame->framing == ERRATA__KNOWN_LINES && frame->documents == 0 && frame->number > 0;
    return status;
}

enum errata_status errata__frame_break(struct errata__frame *frame, enum errata_status status,
                                       const char *reason) {
    struct errata__position_in place = errata__lines_at(&frame->lines, frame->offset);
    if (frame->mode != ERRATA__INSIDE && !frame->trouble_open) {
        frame->start = place;
        frame->head_length = 0;
    }
    status = errata__frame_raise(frame, status, place, reason);
    if (status == ERRATA_OK) {
        status = errata__frame_reject(frame, frame->offset);
    }
    return status;
}

void errata__frame_abandon(struct errata__frame *frame) {
    errata__frame_take_back(frame);
    frame->trouble_open = false;
}

void errata__frame_begin(struct errata__frame *frame, uint32_t source, struct errata_text name,
                         enum errata_framing framing) {
    frame->source = source;
    frame->source_name = name;
    frame->mode = ERRATA__AT_START;
    frame->framing = errata__framing_of(name, framing);
    frame->offset = 0;
    frame->bom_bytes = 0;
    frame->touching = false;
    frame->bracketed = false;
    frame->in_array = false;
    frame->document_open = false;
    frame->trouble_open = false;
    frame->number = 0;
    frame->documents = 0;
    frame->guessed_lines = false;
    frame->told = 0;
    errata__lines_begin(&frame->lines, 0, 1);
}

void errata__frame_begin_line(struct errata__frame *frame, uint64_t offset, uint64_t line) {
    frame->mode = ERRATA__BETWEEN;
    frame->touching = false;
    frame->offset = offset;
    errata__lines_begin(&frame->lines, offset, line);
}

enum errata_status errata__frame_init(struct errata__frame *frame,
                                      const struct errata_reader_options *options,
                                      const struct errata_limits *limits,
                                      const struct errata_allocator *allocator,
                                      struct errata_index *index, struct errata__ingest *ingest) {
    memset(frame, 0, sizeof *frame);
    frame->options = options;
    frame->limits = limits;
    frame->index = index;
    frame->ingest = ingest;
    enum errata_status status =
        errata__json_new(&frame->json, allocator, limits->token, errata__frame_event, frame);
    if (status == ERRATA_OK) {
        errata__lane_init(&frame->lane, frame->json, ingest, index, limits->token);
    }
    return status;
}

void errata__frame_free(struct errata__frame *frame) {
    errata__json_free(frame->json);
    frame->json = NULL;
}
