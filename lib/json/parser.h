/*
 * One JSON value after another, pushed in as bytes: yajl, made safe. What yajl 2.1.0 does not do is done
 * here: limits on depth, token and value length, memory that can run out, tokens cut by chunks without
 * quadratic cost, unpaired surrogate escapes (handed on as U+FFFD), the bytes 0B and 0C (never JSON).
 *
 * The caller frames: between values it skips white space itself, and calls errata__json_begin() where a
 * value begins. It knows nothing of status documents.
 */
#ifndef ERRATA_JSON_PARSER_H
#define ERRATA_JSON_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/allocator.h>
#include <errata/error.h>
#include <errata/text.h>

struct errata__json;

/* What a value is made of. */
enum errata__json_kind {
    ERRATA__JSON_NULL,
    ERRATA__JSON_FALSE,
    ERRATA__JSON_TRUE,
    ERRATA__JSON_NUMBER, /* text: as sent */
    ERRATA__JSON_STRING, /* text: decoded, maybe not valid UTF-8 (C0 80, ED A0 80), maybe with NULs */
    ERRATA__JSON_OBJECT,
    ERRATA__JSON_KEY, /* text: as STRING */
    ERRATA__JSON_OBJECT_END,
    ERRATA__JSON_ARRAY,
    ERRATA__JSON_ARRAY_END
};

/*
 * Called for each part. depth: containers open around it (its own not counted, neither at begin nor at
 * end), so 0 for the value itself. Returns ERRATA_OK, or a status that stops the parser and is returned
 * by errata__json_feed() (with end in *consumed). text lives until the call returns.
 */
typedef enum errata_status errata__json_event(void *ctx, enum errata__json_kind kind,
                                              uint32_t depth, const char *text, size_t length);
/* One that wants none of them. */
errata__json_event errata__json_ignore;

/* What became of the bytes. */
enum errata__json_state {
    /* All taken; the value goes on. */
    ERRATA__JSON_MORE,
    /* The value has ended. */
    ERRATA__JSON_DONE,
    /* Failed: not JSON, a limit, no memory, or the callback's status. */
    ERRATA__JSON_FAILED
};

/* token_limit: bytes of a token as it stands in the input (a string with its quotes); not 0. event and ctx are
   used by all feeds. */
ERRATA_MUST_CHECK enum errata_status errata__json_new(struct errata__json **out,
                                                      const struct errata_allocator *allocator,
                                                      uint64_t token_limit,
                                                      errata__json_event *event, void *ctx);
void errata__json_free(struct errata__json *json);

/* Starts on a new value, forgetting an open one. offset: of the next byte within the source (from 0), so that
   offsets reported are those of the source. depth_limit: containers that may be open at once. Allocates nothing. */
void errata__json_begin(struct errata__json *json, uint64_t offset, uint32_t depth_limit);

/* A byte at or behind this offset that belongs to the value (white space too) is ERRATA_LIMIT_DOCUMENT, with this
   offset. Also within a callback, to set or to lift it (UINT64_MAX, which begin() sets). The outcome does not
   depend on chunks: a token that ends behind it, a failure at or behind it, and a feed that reaches behind it while
   the value is open, all give that failure. */
void errata__json_set_end(struct errata__json *json, uint64_t offset);

/*
 * Takes bytes of the value. On ERRATA__JSON_DONE *consumed is how many of these bytes belonged to it (a
 * number's end is only known by the byte behind it, which is not consumed); else it is length.
 * On ERRATA__JSON_FAILED the cause is in *failure.
 */
struct errata__json_failure {
    enum errata_status status;
    /* Of the trouble, within the source: for a bad byte that byte's, for a misplaced token its last byte's,
       for a token too long its first byte's, for a container too deep its bracket's. When the callback
       stopped the parser: the last byte of the token it was called for. */
    uint64_t offset;
    /* Why, a short English text without a place, such as "invalid object key (must be a string)"; for
       ERRATA_NOT_JSON only, else empty. Static or owned by json until the next call. */
    const char *reason;
};
enum errata__json_state errata__json_feed(struct errata__json *json, const char *bytes,
                                          size_t length, size_t *consumed,
                                          struct errata__json_failure *failure);

/* Tells that no more bytes come: ends a number at depth 0 (ERRATA__JSON_DONE); in any other open value
   ERRATA__JSON_MORE: it is cut off. ERRATA__JSON_FAILED as above. */
enum errata__json_state errata__json_end(struct errata__json *json,
                                         struct errata__json_failure *failure);

/* Within a callback: offset in the source right behind the token that it was called for. */
uint64_t errata__json_offset(const struct errata__json *json);

/* Within a callback: offset in the source of the token's first byte. Cost: may look again at the bytes since
   the last bracket, so for errors and other rare needs. */
uint64_t errata__json_token_start(const struct errata__json *json);

/*
 * For bytes that the caller knows without a look (lib/read/lane.h). The value must be open, and errata__json_between()
 * true before each of these.
 */

/* Is nothing of a token open? Then all bytes so far have been looked at, and all their events have come. */
bool errata__json_between(const struct errata__json *json);
/* How many more bytes the document's limit lets by. */
uint64_t errata__json_room(const struct errata__json *json);
/* Takes that many bytes as looked at; no more than errata__json_room(). */
void errata__json_pass(struct errata__json *json, uint64_t length);
/* The value ended with the bytes passed. */
void errata__json_end_passed(struct errata__json *json);
/* Shows the parser other bytes in place of those passed: it goes on in the state behind these. They may not end the
   value, must leave as many containers open as those passed, and bring no events. ERRATA__JSON_MORE, or
   ERRATA__JSON_FAILED, which only lack of memory can cause. */
enum errata__json_state errata__json_stand_in(struct errata__json *json, const char *text,
                                              size_t length, struct errata__json_failure *failure);

/* Bytes that yajl has looked at so far, repeated looks counted. */
uint64_t errata__json_parsed_bytes(const struct errata__json *json);

#endif
