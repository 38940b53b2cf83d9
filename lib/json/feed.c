/*
 * From pieces to yajl. yajl looks at a token that a piece cuts from its beginning each time it gets more, which is
 * quadratic. So the bytes that follow are collected, and handed on when the token ends or they are as many as
 * yajl has of it already: all in all it looks at a byte three times at most.
 */
#include "json/state.h"

#include <string.h>

/* How yajl got on. */
enum outcome {
    TAKEN,
    STOPPED,
    REFUSED,
    NO_MEMORY
};

/* Returns here by longjmp when an allocation of yajl's fails. */
static enum outcome guarded_parse(struct errata__json *json) {
    yajl_alloc_funcs functions = {
        .malloc = errata__json_heap_malloc,
        .realloc = errata__json_heap_realloc,
        .free = errata__json_heap_free,
        .ctx = &json->heap,
    };

    if (_setjmp(json->heap.exit)) {
        return NO_MEMORY;
    }
    if (!json->yajl) {
        json->yajl = yajl_alloc(&errata__json_callbacks, &functions, json);
    }
    switch (yajl_parse(json->yajl, (const unsigned char *)json->piece, json->piece_length)) {
    case yajl_status_ok:
        return TAKEN;
    case yajl_status_client_canceled:
        return STOPPED;
    case yajl_status_error:
        break;
    }
    return REFUSED;
}

static enum outcome parse(struct errata__json *json, const char *bytes, size_t length,
                          uint64_t offset) {
    enum outcome outcome;

    json->piece = bytes;
    json->piece_length = length;
    json->piece_offset = offset;
    json->mark = NULL;
    json->previous_mark = NULL;
    errata__json_watch(json);
    outcome = guarded_parse(json);
    json->parsed_bytes += json->have;
    if (outcome != NO_MEMORY) {
        json->parsed_bytes += yajl_get_bytes_consumed(json->yajl);
    }
    return outcome;
}

/* Finds out which token is open at the end of the piece. */
static void find_open(struct errata__json *json) {
    const char *end = json->piece + json->piece_length;
    const char *at = json->piece;

    if (json->mark) {
        json->open.kind = ERRATA__TOKEN_NONE;
        at = json->mark;
    }
    for (;;) {
        if (json->open.kind != ERRATA__TOKEN_NONE) {
            at = errata__token_end(&json->open, at, end);
        }
        if (json->open.kind != ERRATA__TOKEN_NONE) {
            break;
        }
        at = errata__token_find(at, end);
        if (at == end) {
            break;
        }
        at =
            errata__token_begin(&json->open, at, json->piece_offset + (uint64_t)(at - json->piece));
    }
    json->ahead = json->open;
    json->have = json->open.kind == ERRATA__TOKEN_NONE
                     ? 0
                     : json->piece_offset + json->piece_length - json->open.start;
}

enum errata__json_state errata__json_hand(struct errata__json *json, const char *bytes,
                                          size_t length, uint64_t offset) {
    switch (parse(json, bytes, length, offset)) {
    case STOPPED:
        /* The callback has set all. */
        return json->state;
    case REFUSED:
        return errata__json_fail_yajl(json);
    case NO_MEMORY:
        return errata__json_fail(json, ERRATA_NO_MEMORY, offset);
    case TAKEN:
        break;
    }
    find_open(json);
    if (json->have > json->token_limit) {
        return errata__json_fail_token(json, json->open.start);
    }
    if (offset + length > json->end) {
        return errata__json_fail(json, ERRATA_LIMIT_DOCUMENT, json->end);
    }
    return json->state;
}

static uint64_t pending_offset(const struct errata__json *json) {
    return json->open.start + json->have;
}

enum errata__json_state errata__json_hand_pending(struct errata__json *json) {
    if (json->pending.length > 0 && json->state == ERRATA__JSON_MORE) {
        errata__json_hand(json, json->pending.data, json->pending.length, pending_offset(json));
        json->pending.length = 0;
    }
    return json->state;
}

static bool collect(struct errata__json *json, const char *bytes, size_t length) {
    enum errata_status status = errata__buffer_append(&json->pending, bytes, length);

    if (status) {
        errata__json_fail(json, status, pending_offset(json));
    }
    return !status;
}

/* A token is longer than allowed: what is allowed of it may hold an error that comes first. */
static enum errata__json_state fail_long(struct errata__json *json, const char *bytes,
                                         uint64_t offset) {
    size_t allowed = (size_t)(json->open.start + json->token_limit - offset);

    if (!collect(json, bytes, allowed) || errata__json_hand_pending(json) != ERRATA__JSON_MORE) {
        return json->state;
    }
    return errata__json_fail_token(json, json->open.start);
}

enum errata__json_state errata__json_deliver(struct errata__json *json, const char *bytes,
                                             size_t length, uint64_t offset) {
    while (length > 0 && json->state == ERRATA__JSON_MORE) {
        struct errata__token token = json->ahead;
        bool ended;
        size_t take;

        if (json->open.kind == ERRATA__TOKEN_NONE) {
            return errata__json_hand(json, bytes, length, offset);
        }
        take = (size_t)(errata__token_end(&token, bytes, bytes + length) - bytes);
        ended = token.kind == ERRATA__TOKEN_NONE;
        if (offset + take - json->open.start > json->token_limit) {
            return fail_long(json, bytes, offset);
        }
        if (json->pending.length == 0 && (ended || length >= json->have)) {
            return errata__json_hand(json, bytes, length, offset);
        }
        if (ended && json->open.kind == ERRATA__TOKEN_NUMBER) {
            /* With the byte behind it, which tells yajl that it has ended. */
            take++;
        }
        if (!collect(json, bytes, take)) {
            break;
        }
        json->ahead = token;
        /* No token goes over a line end, so yajl will refuse it: at once, while the caller still has the lines. */
        if (ended || json->pending.length >= json->have || memchr(bytes, '\n', take)) {
            errata__json_hand_pending(json);
        }
        bytes += take;
        length -= take;
        offset += take;
    }
    return json->state;
}

enum errata__json_state errata__json_finish_number(struct errata__json *json) {
    switch (parse(json, " ", 1, json->at)) {
    case STOPPED:
    case TAKEN:
        break;
    case REFUSED:
        /* Such as `1.`: not an error, cut off. */
        break;
    case NO_MEMORY:
        return errata__json_fail(json, ERRATA_NO_MEMORY, json->at);
    }
    return json->state;
}
