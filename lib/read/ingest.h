/*
 * From JSON events to rows of the index: what a status document is. Knows its place by position, never by a
 * member's name alone: a Zod 4 issue has `errors` and `key` inside again. Knows nothing of bytes or lines.
 */
#ifndef ERRATA_READ_INGEST_H
#define ERRATA_READ_INGEST_H

#include "core/buffer.h"
#include "index/append.h"
#include "json/parser.h"
#include "json/text.h"

/* Where in a status document the next event falls. */
enum errata__place {
    /* Before the document, or behind it. */
    ERRATA__OUTSIDE,
    /* In a document that has turned out to be none. Trouble leads here, or finds the place outside already. */
    ERRATA__IN_REJECTED,
    ERRATA__IN_DOCUMENT,
    ERRATA__IN_RULE_ERRORS,
    ERRATA__IN_RULE_ERROR,
    ERRATA__IN_ISSUES,
    ERRATA__IN_ISSUE,
    ERRATA__IN_PATH,
    /* Within a value that nobody wants; ends at skip_depth. */
    ERRATA__IN_SKIPPED,
    /* Within a value that is kept as JSON text; ends with the capture. */
    ERRATA__IN_CAPTURED
};

/* The members that mean something, of all three kinds of object. */
enum errata__member {
    ERRATA__MEMBER_NONE,
    ERRATA__MEMBER_STATUS,
    ERRATA__MEMBER_ERRORS,
    ERRATA__MEMBER_RECORD_ID,
    ERRATA__MEMBER_ID,
    ERRATA__MEMBER_COLLECTION_ID,
    ERRATA__MEMBER_APP_ID,
    ERRATA__MEMBER_FETCHED_AT,
    ERRATA__MEMBER_MESSAGE,
    ERRATA__MEMBER_KEY,
    ERRATA__MEMBER_CODE,
    ERRATA__MEMBER_EXPECTED,
    ERRATA__MEMBER_RECEIVED,
    ERRATA__MEMBER_PATH,
    ERRATA__MEMBERS
};

/* What the open document says of itself; ids of strings or ERRATA_NONE. */
struct errata__document_names {
    uint32_t app;
    uint32_t collection;
    uint32_t record;
    int64_t fetched_at;
};

/* Why a document is none. */
struct errata__trouble {
    /* ERRATA_OK: none yet. */
    enum errata_status status;
    /* The place is the document's first byte, not the token that the event came from. */
    bool at_start;
    char reason[200];
};

/* Where a text of the open issue stood: as the parser gave it, so within the input only if no escape is in it. */
struct errata__trace {
    const char *text;
    size_t length;
};

#define ERRATA__TRACED_POSITIONS 4U
#define ERRATA__TRACED_UNWANTED 16U

/* For lane.h, which learns from it. */
struct errata__traces {
    struct errata__trace message;
    struct errata__trace positions[ERRATA__TRACED_POSITIONS];
    /* Of strings and numbers in values that nobody wants: those that may be numbers, or so it seems. */
    struct errata__trace unwanted[ERRATA__TRACED_UNWANTED];
    size_t n_unwanted;
};

/* Where the value of a member of the document stood. */
struct errata__document_trace {
    const char *text;
    size_t length;
    /* enum errata__member. */
    uint8_t member;
    bool number;
    /* 0, or errata__hash_bytes() of the text, which is ASCII. */
    uint64_t hash;
};

#define ERRATA__TRACED_MEMBERS 8U

/* Of strings and whole numbers that differ from document to document; for head.h. */
struct errata__document_traces {
    struct errata__document_trace members[ERRATA__TRACED_MEMBERS];
    size_t count;
    /* There were more, or a value of another kind that matters. */
    bool odd;
};

struct errata__ingest {
    struct errata_index *index;
    bool strict;
    /* Containers around a document: 1 within an array of them. */
    uint32_t base;
    enum errata__place place;
    /* Where to go on behind a skipped or captured value. */
    enum errata__place outer;
    uint32_t skip_depth;
    enum errata__member member;
    struct errata__trouble trouble;

    /* What the origin of the source says, and what the document says. */
    struct errata__document_names origin;
    struct errata__document_names names;
    bool record_from_id;

    /* Members seen so far, a bit each, of the open document, rule error and issue. */
    uint32_t seen_in_document;
    uint32_t seen_in_rule_error;
    uint32_t seen_in_issue;

    uint32_t status;
    uint32_t first_rule_error;
    uint32_t key;
    uint32_t rule_message;
    uint32_t first_issue;
    struct errata__shape shape;

    /* The path of the open issue: string ids or ERRATA__POSITION in segments, uint64_t in positions. */
    struct errata__buffer segments;
    struct errata__buffer positions;
    size_t n_segments;
    size_t n_positions;

    struct errata__traces traces;
    struct errata__document_traces document_traces;

    /* A value that becomes JSON text, and, for an object in a path, its last member `key`. */
    struct errata__json_capture capture;
    struct errata__buffer captured;
    struct errata__buffer path_key;
    bool path_key_next;
    /* ERRATA__JSON_STRING or _NUMBER when path_key holds one, else ERRATA__JSON_NULL. */
    enum errata__json_kind path_key_kind;

    /* Of the open document, by kind. */
    uint32_t deviations[ERRATA_DEVIATION_KINDS];
};

/* Allocates nothing. allocator must outlive ingest. token_limit bounds assembled JSON texts and paths. */
void errata__ingest_init(struct errata__ingest *ingest, struct errata_index *index,
                         const struct errata_allocator *allocator, uint64_t token_limit,
                         bool strict);
void errata__ingest_free(struct errata__ingest *ingest);

/* A document begins with the next event. */
void errata__ingest_begin(struct errata__ingest *ingest);

/*
 * Takes an event of the open document. ingest->place is ERRATA__OUTSIDE again when the document has ended; then
 * ingest->trouble says whether it was one. Returns ERRATA_OK, or what makes going on within the document
 * impossible: ERRATA_LIMIT_TOKEN, ERRATA_LIMIT_ISSUES, or a status of append.h. Trouble is no failure.
 */
ERRATA_MUST_CHECK enum errata_status errata__ingest_event(struct errata__ingest *ingest,
                                                          enum errata__json_kind kind,
                                                          uint32_t depth, const char *text,
                                                          size_t length);

/* Appends the document that has ended without trouble. row: offset, line, source and number are set. */
ERRATA_MUST_CHECK enum errata_status errata__ingest_commit(struct errata__ingest *ingest,
                                                           struct errata__document_row *row);

#endif
