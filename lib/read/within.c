/*
 * Within a JSON value: the events of the parser, with which documents begin and end. One that has ended goes into
 * the index, or among the rejects.
 */
#include <string.h>

#include "read/frame.h"
#include "read/reject.h"

void errata__frame_begin_document(struct errata__frame *frame, struct errata__position_in start) {
    uint64_t end;
    errata__index_mark(frame->index, &frame->mark);
    errata__lane_begin_document(&frame->lane);
    errata__ingest_begin(frame->ingest);
    /* What was kept of the bytes before an element of an array may hold its first ones. */
    uint64_t before = start.offset - frame->start.offset;
    frame->head_length = before < frame->head_length ? frame->head_length - (size_t)before : 0;
    if (frame->head_length > 0) {
        memmove(frame->head, frame->head + before, frame->head_length);
    }
    frame->document_open = true;
    frame->start = start;
    if (__builtin_add_overflow(start.offset, frame->limits->document, &end)) {
        end = UINT64_MAX;
    }
    errata__json_set_end(frame->json, end);
}

void errata__frame_take_back(struct errata__frame *frame) {
    if (frame->document_open) {
        errata__index_rollback(frame->index, &frame->mark);
        errata__lane_take_back(&frame->lane);
        frame->ingest->place = ERRATA__OUTSIDE;
        frame->document_open = false;
    }
}

enum errata_status errata__frame_end_document(struct errata__frame *frame, uint64_t end) {
    enum errata_status status;
    errata__json_set_end(frame->json, UINT64_MAX);
    if (frame->trouble_open) {
        errata__frame_take_back(frame);
        status = errata__frame_reject(frame, end);
    } else {
        struct errata__document_row row = {.offset = frame->start.offset,
                                           .line = frame->start.line,
                                           .source = frame->source,
                                           .number = frame->number + 1};
        status = errata__ingest_commit(frame->ingest, &row);
        if (status == ERRATA_OK) {
            frame->number++;
            frame->documents++;
        } else {
            errata__frame_take_back(frame);
        }
    }
    frame->document_open = false;
    if (frame->in_array) {
        frame->start = errata__lines_at(&frame->lines, end);
        frame->head_length = 0;
    }
    return status;
}

/* An event was not like most: it made trouble, or ended the document. */
static __attribute__((noinline)) enum errata_status heed_event(struct errata__frame *frame) {
    const struct errata__ingest *ingest = frame->ingest;
    if (ingest->trouble.status != ERRATA_OK && !frame->trouble_open) {
        struct errata__position_in place = frame->start;
        if (!ingest->trouble.at_start) {
            place = errata__lines_at(&frame->lines, errata__json_token_start(frame->json));
        }
        errata__frame_note(frame, ERRATA_NOT_STATUS, place, ingest->trouble.reason);
        if (!frame->options->keep_going) {
            return ERRATA_NOT_STATUS;
        }
    }
    return ingest->place == ERRATA__OUTSIDE
               ? errata__frame_end_document(frame, errata__json_offset(frame->json))
               : ERRATA_OK;
}

/* An event of the open document. */
static inline enum errata_status take_event(struct errata__frame *frame,
                                            enum errata__json_kind kind, uint32_t depth,
                                            const char *text, size_t length) {
    struct errata__ingest *ingest = frame->ingest;
    enum errata_status status = errata__ingest_event(ingest, kind, depth, text, length);
    /* No more than this tells, too, that there is no trouble. */
    bool in_midst = ingest->place > ERRATA__IN_REJECTED;
    return status != ERRATA_OK || in_midst ? status : heed_event(frame);
}

/* An event of an array of documents: one of its brackets, or what begins an element. */
static __attribute__((noinline)) enum errata_status array_event(struct errata__frame *frame,
                                                                enum errata__json_kind kind,
                                                                uint32_t depth, const char *text,
                                                                size_t length) {
    if (depth == 0) {
        return ERRATA_OK;
    }
    errata__frame_begin_document(
        frame, errata__lines_at(&frame->lines, errata__json_token_start(frame->json)));
    return take_event(frame, kind, depth, text, length);
}

/* Runs for every few bytes, so what is rare is out of line, which halved its instructions. */
enum errata_status errata__frame_event(void *ctx, enum errata__json_kind kind, uint32_t depth,
                                       const char *text, size_t length) {
    struct errata__frame *frame = ctx;
    return frame->document_open ? take_event(frame, kind, depth, text, length)
                                : array_event(frame, kind, depth, text, length);
}
