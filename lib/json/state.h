/*
 * The parser's inside, shared by its files:
 *
 *     parser.c    the calls of parser.h: bytes come in, are cut into pieces, patched
 *     feed.c      hands pieces to yajl, collects open tokens
 *     events.c    yajl's callbacks
 *     failure.c   what went wrong, and where
 *
 * All offsets are within the source. A byte is "handed on" when yajl has seen it. Source bytes are, in order: handed
 * on, pending (of an open token), held (an escape cut by the end of a feed).
 */
#ifndef ERRATA_JSON_STATE_H
#define ERRATA_JSON_STATE_H

#include <yajl/yajl_parse.h>

#include "core/buffer.h"
#include "json/heap.h"
#include "json/parser.h"
#include "json/scan.h"

/* The most that is handed on at once, so that what looks through a piece finds it in the cache. */
#define ERRATA__JSON_PIECE ((size_t)64 * 1024)

struct errata__json {
    /* What the callbacks need. */
    errata__json_event *event;
    void *ctx;
    /* Open containers. */
    uint32_t depth;
    uint32_t depth_limit;
    /* A string or number so long, decoded, gets a closer look. */
    size_t suspect_length;
    /* Every token gets a closer look. */
    bool watch;
    /* What yajl looks at, the offset of its first byte, and where in it the last scalar that was reported ends (NULL:
       none was). Only containers' begins and ends and punctuation can lie between that and what yajl looks at. */
    const char *piece;
    size_t piece_length;
    uint64_t piece_offset;
    const char *mark;
    /* NULL: not made yet. */
    yajl_handle yajl;
    /* The mark before the last report. */
    const char *previous_mark;

    enum errata__json_state state;
    struct errata__json_failure failure;
    /* Right behind the value (state DONE), or behind the token whose callback stopped the parser; else
       UINT64_MAX. */
    uint64_t stop;

    uint64_t token_limit;
    /* See errata__json_set_end(). */
    uint64_t end;
    /* suspect_length when nothing else is to be watched. */
    size_t plain_length;

    /* Of the value's first byte, and of the next byte to be taken. */
    uint64_t begin;
    uint64_t at;
    /* How long values have been lately, and how much to look through at once, which starts with that. */
    size_t usual;
    size_t window;

    /* The token that is open at the end of what was handed on, and its bytes handed on. */
    struct errata__token open;
    uint64_t have;
    /* The same token after the pending bytes. */
    struct errata__token ahead;
    struct errata__buffer pending;
    /* An escape that is cut, at most ERRATA__ESCAPE_SIZE - 1 bytes, and room for the byte that settles it. */
    char held[ERRATA__ESCAPE_SIZE];
    size_t held_length;
    /* Room for a patched piece; NULL until needed. */
    char *scratch;

    uint64_t parsed_bytes;
    struct errata_allocator allocator;
    struct errata__json_heap heap;
    char reason[128];
};

/* events.c */
extern const yajl_callbacks errata__json_callbacks;
/* Makes ready for a piece of that length at piece_offset. */
void errata__json_watch(struct errata__json *json);

/* feed.c: hands on, or collects, clean bytes. All set and return json->state. */
enum errata__json_state errata__json_deliver(struct errata__json *json, const char *bytes,
                                             size_t length, uint64_t offset);
/* Hands on what was collected. */
enum errata__json_state errata__json_hand_pending(struct errata__json *json);
/* For the end of input: makes yajl finish a number. */
enum errata__json_state errata__json_finish_number(struct errata__json *json);
/* Hands on without collecting. */
enum errata__json_state errata__json_hand(struct errata__json *json, const char *bytes,
                                          size_t length, uint64_t offset);

/* failure.c */
/* Ends with a failure. */
enum errata__json_state errata__json_fail(struct errata__json *json, enum errata_status status,
                                          uint64_t offset);
/* As above, for one that shows at the byte seen: if that is behind the document's limit, it is the limit's. */
enum errata__json_state errata__json_fail_seen(struct errata__json *json, enum errata_status status,
                                               uint64_t offset, uint64_t seen);
/* As above for a token that is too long. */
enum errata__json_state errata__json_fail_token(struct errata__json *json, uint64_t start);
/* Takes yajl's error. */
enum errata__json_state errata__json_fail_yajl(struct errata__json *json);

#endif
