/*
 * Framing: where status documents begin and end in the bytes of a source, and where reading resumes behind trouble.
 * Between the bytes and the JSON parser on one side, the parser's events and the ingest on the other.
 */
#ifndef ERRATA_READ_FRAME_H
#define ERRATA_READ_FRAME_H

#include <errata/reader.h>

#include "read/ingest.h"
#include "read/lane.h"
#include "read/place.h"

/* The first bytes of a stretch that are shown with a reject. */
#define ERRATA__HEAD_SIZE 200U

enum errata__frame_mode {
    /* Behind the first bytes of a byte-order mark, or nothing yet. */
    ERRATA__AT_START,
    /* Between two documents. */
    ERRATA__BETWEEN,
    /* In a JSON value. */
    ERRATA__INSIDE,
    /* Behind trouble: to the next line end; to the next line that begins with `{`; to the end. */
    ERRATA__TO_LINE_END,
    ERRATA__TO_OBJECT_LINE,
    ERRATA__TO_END
};

/* Of ERRATA_FRAMING_AUTO: what is known. */
enum errata__framing_state {
    ERRATA__KNOWN_LINES,
    ERRATA__KNOWN_STREAM,
    /* No document yet: as a stream. */
    ERRATA__UNDECIDED,
    /* Behind a first document that ended on its own line. */
    ERRATA__DECIDED_BY_NEXT
};

struct errata__frame {
    const struct errata_reader_options *options;
    const struct errata_limits *limits;
    struct errata_index *index;
    struct errata__json *json;
    struct errata__ingest *ingest;
    struct errata__lane lane;

    uint32_t source;
    struct errata_text source_name;
    enum errata__frame_mode mode;
    enum errata__framing_state framing;
    struct errata__lines lines;
    /* Offset of the next byte in the source. */
    uint64_t offset;
    unsigned bom_bytes;
    /* No white space has stood since the last value, which was an object or an array. */
    bool touching;
    bool bracketed;
    /* The line that the open value began on. */
    uint64_t value_line;
    /* KNOWN_LINES: the next line end, once looked for; UINT64_MAX: none in these bytes. */
    uint64_t line_end;
    bool line_end_known;
    /* TO_OBJECT_LINE: the next byte is the first of its line. */
    bool at_line_start;

    bool in_array;
    bool document_open;
    /* Documents and rejects of this source, and the documents alone. */
    uint32_t number;
    uint32_t documents;
    /* KNOWN_LINES because the first document ended on its line, which may mislead. */
    bool guessed_lines;
    /* Over all sources: those read as lines that gave only rejects. */
    uint64_t lines_all_rejected;
    struct errata__mark mark;
    /* Of the open document; between the elements of an array, where the last one ended. */
    struct errata__position_in start;

    /* Trouble, which waits for the end of its stretch, and the stretch's first bytes. */
    bool trouble_open;
    enum errata_status trouble_status;
    struct errata__position_in trouble;
    char reason[256];
    char head[ERRATA__HEAD_SIZE];
    size_t head_length;

    /* So many of the next rejects were told to on_reject already (part.c), which answered this to the last of them. */
    uint64_t told;
    enum errata_status told_answer;

    /* The details of the failure that ended the run. */
    struct errata_error error;
    /* error is filled and final: a reject could not be stored, or on_reject wanted no more. */
    bool stopped;
};

/* Makes the parser and the ingest ready. Pointers must outlive the frame. */
ERRATA_MUST_CHECK enum errata_status errata__frame_init(struct errata__frame *frame,
                                                        const struct errata_reader_options *options,
                                                        const struct errata_limits *limits,
                                                        const struct errata_allocator *allocator,
                                                        struct errata_index *index,
                                                        struct errata__ingest *ingest);
void errata__frame_free(struct errata__frame *frame);

/* Starts on a source. name must live as long; it is also for ERRATA_FRAMING_AUTO. */
void errata__frame_begin(struct errata__frame *frame, uint32_t source, struct errata_text name,
                         enum errata_framing framing);
/* Goes on between two documents, at the start of a line. */
void errata__frame_begin_line(struct errata__frame *frame, uint64_t offset, uint64_t line);
/* On failure everything complete is in the index, the open document is not, and frame->error has the details. */
ERRATA_MUST_CHECK enum errata_status errata__frame_feed(struct errata__frame *frame,
                                                        const char *bytes, size_t length);
ERRATA_MUST_CHECK enum errata_status errata__frame_end(struct errata__frame *frame);
/* The rest of the source cannot be had, for the reason given: trouble with this status at its end. */
ERRATA_MUST_CHECK enum errata_status errata__frame_break(struct errata__frame *frame,
                                                         enum errata_status status,
                                                         const char *reason);
/* Takes the open document back, if there is one. */
void errata__frame_take_back(struct errata__frame *frame);
/* The same, and ends the source without a reject. */
void errata__frame_abandon(struct errata__frame *frame);

/* within.c: a document begins with the next event; the parser's callback, whose ctx is the frame. */
void errata__frame_begin_document(struct errata__frame *frame, struct errata__position_in start);
/* The document ended before `end`: into the index, or among the rejects. */
ERRATA_MUST_CHECK enum errata_status errata__frame_end_document(struct errata__frame *frame,
                                                                uint64_t end);
ERRATA_MUST_CHECK enum errata_status errata__frame_event(void *ctx, enum errata__json_kind kind,
                                                         uint32_t depth, const char *text,
                                                         size_t length);

#endif
