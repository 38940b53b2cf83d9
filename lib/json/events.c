/*
 * What yajl calls. Each of these returns 0 to stop yajl: at the end of the value, where yajl would otherwise take what
 * follows for garbage, and on failure. They run for every few bytes of input, so what only long tokens and
 * a limit within the piece need is out of line.
 */
#include "json/state.h"

#include <string.h>

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

/* The longest token that is no string and no number: `false`. */
#define WORD_LENGTH 5

static const char *yajl_at(const struct errata__json *json) {
    return json->piece + yajl_get_bytes_consumed(json->yajl);
}

uint64_t errata__json_offset(const struct errata__json *json) {
    return json->piece_offset + yajl_get_bytes_consumed(json->yajl);
}

void errata__json_watch(struct errata__json *json) {
    json->watch =
        json->piece_offset + json->piece_length > json->end || json->token_limit < WORD_LENGTH;
    json->suspect_length = json->watch ? 0 : json->plain_length;
}

void errata__json_set_end(struct errata__json *json, uint64_t offset) {
    json->end = offset;
    errata__json_watch(json);
}

uint64_t errata__json_token_start(const struct errata__json *json) {
    const char *at = yajl_at(json);
    const char *from = json->previous_mark ? json->previous_mark : json->piece;

    /* A bracket; the others end in a quote, a letter or a digit. */
    if (at > json->piece && strchr("{}[]", at[-1])) {
        return errata__json_offset(json) - 1;
    }
    if (!json->previous_mark && json->open.kind != ERRATA__TOKEN_NONE) {
        return json->open.start;
    }
    /* The first scalar behind the last one. */
    return json->piece_offset + (uint64_t)(errata__token_find(from, at) - json->piece);
}

/* Is the token within the limits? Fails if not. */
static __attribute__((noinline)) bool token_allowed(struct errata__json *json) {
    uint64_t start = errata__json_token_start(json);
    uint64_t end = errata__json_offset(json);

    if (end - start > json->token_limit) {
        errata__json_fail_token(json, start);
        return false;
    }
    if (end > json->end) {
        errata__json_fail(json, ERRATA_LIMIT_DOCUMENT, json->end);
        return false;
    }
    return true;
}

/* After the last event: at the value's end, or when the callback wants to stop. */
static __attribute__((noinline)) int stop(struct errata__json *json, enum errata_status status) {
    json->stop = errata__json_offset(json);
    if (status) {
        errata__json_fail(json, status, json->stop - 1);
    } else {
        json->state = ERRATA__JSON_DONE;
    }
    return 0;
}

/* What to tell yajl after an event. */
static inline int told(struct errata__json *json, enum errata_status status) {
    return LIKELY(!status && json->depth > 0) ? 1 : stop(json, status);
}

static inline int tell_scalar(struct errata__json *json, enum errata__json_kind kind,
                              const char *text, size_t length) {
    return told(json, json->event(json->ctx, kind, json->depth, text, length));
}

/* A scalar whose place must be asked for, or that may be too long. */
static __attribute__((noinline)) int on_odd_scalar(struct errata__json *json,
                                                   enum errata__json_kind kind, const char *text,
                                                   size_t length) {
    json->previous_mark = json->mark;
    json->mark = yajl_at(json);
    if (length >= json->suspect_length && !token_allowed(json)) {
        return 0;
    }
    return tell_scalar(json, kind, text, length);
}

/* behind: bytes from text to the token's end. */
static inline int on_scalar(struct errata__json *json, enum errata__json_kind kind,
                            const char *text, size_t length, size_t behind) {
    if (UNLIKELY(length >= json->suspect_length ||
                 (uintptr_t)text - (uintptr_t)json->piece >= json->piece_length)) {
        return on_odd_scalar(json, kind, text, length);
    }
    json->previous_mark = json->mark;
    json->mark = text + behind;
    return tell_scalar(json, kind, text, length);
}

static int on_string(void *ctx, const unsigned char *text, size_t length) {
    return on_scalar(ctx, ERRATA__JSON_STRING, (const char *)text, length, length + 1);
}

static int on_key(void *ctx, const unsigned char *text, size_t length) {
    return on_scalar(ctx, ERRATA__JSON_KEY, (const char *)text, length, length + 1);
}

static int on_number(void *ctx, const char *text, size_t length) {
    return on_scalar(ctx, ERRATA__JSON_NUMBER, text, length, length);
}

static int on_word(struct errata__json *json, enum errata__json_kind kind) {
    /* Length 0 is suspect only while every token is. */
    return on_odd_scalar(json, kind, NULL, 0);
}

static int on_null(void *ctx) {
    return on_word(ctx, ERRATA__JSON_NULL);
}

static int on_boolean(void *ctx, int value) {
    return on_word(ctx, value ? ERRATA__JSON_TRUE : ERRATA__JSON_FALSE);
}

static __attribute__((noinline)) int too_deep(struct errata__json *json) {
    uint64_t bracket = errata__json_offset(json) - 1;

    errata__json_fail_seen(json, ERRATA_LIMIT_DEPTH, bracket, bracket);
    return 0;
}

static inline int on_begin(struct errata__json *json, enum errata__json_kind kind) {
    uint32_t depth = json->depth;

    if (UNLIKELY(depth >= json->depth_limit)) {
        return too_deep(json);
    }
    if (UNLIKELY(json->watch) && !token_allowed(json)) {
        return 0;
    }
    json->depth = depth + 1;
    return told(json, json->event(json->ctx, kind, depth, NULL, 0));
}

static inline int on_end(struct errata__json *json, enum errata__json_kind kind) {
    if (UNLIKELY(json->watch) && !token_allowed(json)) {
        return 0;
    }
    json->depth--;
    return told(json, json->event(json->ctx, kind, json->depth, NULL, 0));
}

static int on_object(void *ctx) {
    return on_begin(ctx, ERRATA__JSON_OBJECT);
}

static int on_object_end(void *ctx) {
    return on_end(ctx, ERRATA__JSON_OBJECT_END);
}

static int on_array(void *ctx) {
    return on_begin(ctx, ERRATA__JSON_ARRAY);
}

static int on_array_end(void *ctx) {
    return on_end(ctx, ERRATA__JSON_ARRAY_END);
}

const yajl_callbacks errata__json_callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    /* Numbers as text: yajl's own conversion overflows. */
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_object,
    .yajl_map_key = on_key,
    .yajl_end_map = on_object_end,
    .yajl_start_array = on_array,
    .yajl_end_array = on_array_end,
};
