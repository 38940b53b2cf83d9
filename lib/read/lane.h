/*
 * The fast lane: issues whose bytes were seen before go past the parser. Payloads say the same things over and over,
 * and the parser takes two thirds of the time of reading.
 *
 * yajl stays the judge of what is JSON. Within the issue list of a rule error, an object whose bytes were parsed before
 * is valid again, and what it means is known; so is the stretch from one such list to the next, and how a document
 * begins and ends. Two things are judged here, and no more: a whole number where another one stood, which has no
 * leading zero; and plain text, all of it 20 to 7E and neither a quote nor a backslash (RFC 8259, section 7), where a
 * message or a plain value of the document stood. Everything else is for the parser, which is told of what went past it by a stand-in of the same effect on its
 * state. Nobody can tell from the outcome whether there is a lane.
 *
 *     lane.c    from bytes to the parser, past it, and back
 *     run.c     spans that are known: finding them, and doing what they mean
 *     bare.c    the same for issues whose messages differ
 *     head.c    the same for how documents begin
 *     learn.c   from what was parsed to what is known
 *     memo.c    what is known
 *     look*.c   what is done to every byte
 */
#ifndef ERRATA_READ_LANE_H
#define ERRATA_READ_LANE_H

#include "read/head.h"
#include "read/ingest.h"
#include "read/memo.h"
#include "json/parser.h"

/* Where the bytes taken so far end. */
enum errata__stand {
    ERRATA__ELSEWHERE,
    /* Right behind the bracket of an issue list. */
    ERRATA__AT_LIST,
    /* Right behind an issue in one. */
    ERRATA__BEHIND_ISSUE,
    /* At the document's first byte; only the parser can be there. */
    ERRATA__AT_BEGINNING
};

/* What stands between issues; before the first one of a list, or before another. */
#define ERRATA__GAP_MOST 64U
struct errata__gap {
    char bytes[ERRATA__GAP_MOST];
    /* SIZE_MAX: not known. */
    size_t length;
};

/* The combinations of deviations that known issues have. */
#define ERRATA__DEVIATION_SETS 64U
struct errata__deviation_sets {
    uint8_t count[ERRATA__DEVIATION_SETS][ERRATA_DEVIATION_KINDS];
    uint32_t used;
    /* Issues not yet counted among the open document's deviations, and which sets have such. */
    uint32_t issues[ERRATA__DEVIATION_SETS];
    uint64_t touched;
};

/* How well it goes; when it does not pay, the lane is left for some bytes. */
struct errata__lane_fortune {
    /* Bytes that went past the parser; how often it was given an issue or a frame between; and how many issues were
       learned. */
    uint64_t known;
    uint32_t stops;
    uint32_t learned;
    uint64_t pause;
    uint64_t next_pause;
};

/* The bytes at hand; `readable` of them may be read, `length` belong to the value. */
struct errata__stretch {
    const char *bytes;
    size_t at;
    size_t length;
    size_t readable;
};

/* What stands where a run stopped, and may be learned when the parser has taken it. */
struct errata__unknown {
    enum {
        ERRATA__UNKNOWN_OTHER,
        ERRATA__UNKNOWN_ISSUE,
        ERRATA__UNKNOWN_FRAME,
        ERRATA__UNKNOWN_END
    } kind;
    /* It is known after all, but could not be taken. */
    bool familiar;
    /* The span, and behind it; 0: unknown. */
    size_t begin;
    size_t end;
    uint64_t hash;
    /* Without its message: 0 when there is none that could vary. */
    uint32_t message_at;
    uint32_t bare_length;
    uint64_t bare_hash;
};

/* Room for a span at the end of what may be read, and for one without its message. */
#define ERRATA__BARE_MOST 256U

struct errata__lane {
    struct errata__json *json;
    struct errata__ingest *ingest;
    struct errata_index *index;
    /* NULL: the lane is closed. */
    const struct errata__kernel *kernel;
    /* For tests: learns at first sight, and never leaves the lane. */
    bool eager;
    uint64_t token_limit;
    /* The index's secret. */
    uint64_t seeds[ERRATA__SEEDS];
    /* The index ran short of memory, and got what was here. */
    bool starved;

    enum errata__stand stand;
    /* Where the parser thinks it is, when stand is not ELSEWHERE. */
    enum errata__stand parser_stand;
    /* The value is a document, of which nothing was looked at. */
    bool at_beginning;
    /* Where the value begins among the bytes at hand, for what may be learned; NULL: not there. */
    const char *value;
    /* The document ended with what is known. */
    bool ended;
    /* Is the value a document? Else an array of them. */
    bool is_document;
    /* How often in a row the parser was given bytes up to a place where no issue list was. */
    unsigned vain;
    struct errata__gap gaps[2];

    struct errata__memo memo;
    struct errata__memo_mark mark;
    struct errata__heads heads;
    /* When the open document began. */
    uint64_t rows_before[ERRATA__TABLES];
    /* Hashes of spans that were seen, and how often; NULL until needed. */
    uint32_t *sightings;
    struct errata__deviation_sets sets;
    struct errata__lane_fortune fortune;
    /* Look for issues without their message first: the last one known was such. */
    bool bare_first;
    uint64_t known_issues;

    struct errata__unknown unknown;
    struct errata__look look;
    struct errata__look next_look;
    char tail[ERRATA__SPAN_MOST];
    char bare[ERRATA__BARE_MOST];
};

/* Pointers must outlive the lane. */
void errata__lane_init(struct errata__lane *lane, struct errata__json *json,
                       struct errata__ingest *ingest, struct errata_index *index,
                       uint64_t token_limit);
/* Gives back what it has of the index's memory; the index goes its own way. */
void errata__lane_end(struct errata__lane *lane);
/* The index was emptied: nothing is known any more. */
void errata__lane_forget(struct errata__lane *lane);
/* Other bytes are at hand, maybe where those before were. */
void errata__lane_begin_bytes(struct errata__lane *lane);
/* A value begins: a document, or an array of them. */
void errata__lane_begin_value(struct errata__lane *lane, bool is_document);
/* A document begins: what is learned from now on may have to be taken back. */
void errata__lane_begin_document(struct errata__lane *lane);
void errata__lane_take_back(struct errata__lane *lane);

/* As errata__json_feed(), to which it gives what it does not know. readable: bytes that may be read, at least length.
   lane->ended: the document ended with the value, without an event of the parser's. */
enum errata__json_state errata__lane_feed(struct errata__lane *lane, const char *bytes,
                                          size_t length, size_t readable, size_t *consumed,
                                          struct errata__json_failure *failure);

/* run.c: takes what is known from stretch->at on, and describes in lane->unknown what is not. */
void errata__lane_run(struct errata__lane *lane, struct errata__stretch *stretch);

/* learn.c: what there was before the parser took lane->unknown. */
struct errata__lane_before {
    uint64_t rows[ERRATA__TABLES];
    uint32_t deviations[ERRATA_DEVIATION_KINDS];
    uint32_t seen_in_document;
    uint32_t seen_in_rule_error;
    enum errata__stand stand;
};
void errata__lane_note(const struct errata__lane *lane, struct errata__lane_before *before);
/* The parser took all from `from` to lane->unknown.end, and stands in an issue list again. */
void errata__lane_learn(struct errata__lane *lane, const struct errata__lane_before *before,
                        const char *bytes, size_t from);
/* The document ended with lane->unknown, and is in the index. */
void errata__lane_learn_end(struct errata__lane *lane, const struct errata__lane_before *before,
                            const char *bytes);
/* Was what has this hash seen before, so that it is worth to be learned? */
bool errata__lane_seen(struct errata__lane *lane, uint64_t hash);
/* The set of the deviations since `before`; false when there are too many sets or deviations. */
bool errata__lane_deviations(struct errata__lane *lane, const uint32_t *before, uint8_t *set);

#endif
