/*
 * The calls of parser.h. Here bytes are cut into pieces, and made fit for yajl: 0B and 0C, unpaired surrogates, escapes
 * cut by the end of a feed.
 */
#include "json/parser.h"

#include <string.h>

#include "core/arena.h"
#include "json/state.h"

/* Pieces of a value get longer up to ERRATA__JSON_PIECE: one that ends soon must not cost a look at much more. */
#define FIRST_WINDOW ((size_t)256)

/* Room for collected bytes that is kept for the next value. */
#define KEPT_PENDING ((size_t)64 * 1024)

enum errata_status errata__json_new(struct errata__json **out,
                                    const struct errata_allocator *allocator, uint64_t token_limit,
                                    errata__json_event *event, void *ctx) {
    struct errata_allocator own = errata__allocator_or_default(allocator);
    struct errata__json *json = own.alloc(own.ctx, sizeof *json);
    uint64_t most = token_limit < SIZE_MAX / 4 ? token_limit : SIZE_MAX / 4;

    *out = json;
    if (!json) {
        return ERRATA_NO_MEMORY;
    }
    /* All but the heap's room. */
    memset(json, 0, offsetof(struct errata__json, heap));
    json->allocator = own;
    json->event = event;
    json->ctx = ctx;
    json->token_limit = token_limit;
    /* The longest escape is 6 bytes for one, and the quotes. */
    json->plain_length = (size_t)(most < 2 ? 0 : (most - 2) / 6);
    errata__json_heap_init(&json->heap, &json->allocator);
    /* A number is collected with the byte behind it. */
    errata__buffer_init(&json->pending, &json->allocator, (size_t)most + 1);
    json->reason[0] = '\0';
    json->state = ERRATA__JSON_FAILED;
    json->failure = (struct errata__json_failure){ERRATA_MISUSE, 0, ""};
    return ERRATA_OK;
}

void errata__json_free(struct errata__json *json) {
    struct errata_allocator own;

    if (!json) {
        return;
    }
    own = json->allocator;
    errata__json_heap_clear(&json->heap);
    errata__buffer_free(&json->pending);
    own.free(own.ctx, json->scratch);
    own.free(own.ctx, json);
}

void errata__json_begin(struct errata__json *json, uint64_t offset, uint32_t depth_limit) {
    uint64_t last = json->state == ERRATA__JSON_DONE ? json->stop - json->begin : 0;

    /* The next value is likely to be no longer than the last ones. A failed one says nothing: when it failed, more
       may have been looked at than belonged to it, and the next would do so again. */
    json->usual -= json->usual / 16;
    if (last > json->usual) {
        json->usual = last < ERRATA__JSON_PIECE ? (size_t)last : ERRATA__JSON_PIECE;
    }
    json->window = FIRST_WINDOW + json->usual;
    if (json->window > ERRATA__JSON_PIECE) {
        json->window = ERRATA__JSON_PIECE;
    }
    errata__json_heap_clear(&json->heap);
    json->yajl = NULL;
    if (json->pending.capacity > KEPT_PENDING) {
        errata__buffer_free(&json->pending);
    }
    json->pending.length = 0;
    json->held_length = 0;
    json->open.kind = ERRATA__TOKEN_NONE;
    json->ahead.kind = ERRATA__TOKEN_NONE;
    json->have = 0;
    json->depth = 0;
    json->depth_limit = depth_limit;
    json->end = UINT64_MAX;
    json->begin = offset;
    json->at = offset;
    json->stop = UINT64_MAX;
    json->state = ERRATA__JSON_MORE;
}

/* Adds bytes to the held escape until it is known what it is, and delivers it. Returns how many it took. */
static size_t settle_held(struct errata__json *json, const char *bytes, size_t length) {
    size_t taken = 0;

    while (json->held_length > 0 && taken < length && json->state == ERRATA__JSON_MORE) {
        char text[ERRATA__ESCAPE_SIZE];
        size_t size;
        size_t rest;
        enum errata__escape escape;

        json->held[json->held_length] = bytes[taken];
        escape = errata__escape_look(json->held, json->held_length + 1, &size);
        if (escape == ERRATA__ESCAPE_CUT) {
            json->held_length++;
            json->at++;
            taken++;
            continue;
        }
        /* The byte that settled it is the escape's last, or it is still to be looked at. What is between an
           unpaired surrogate and that byte is an escape again. */
        memcpy(text, json->held, sizeof text);
        if (escape == ERRATA__ESCAPE_LONE) {
            errata__escape_replace(text);
        }
        if (size > json->held_length) {
            json->held_length++;
            json->at++;
            taken++;
        }
        rest = json->held_length - size;
        memmove(json->held, json->held + size, rest);
        json->held_length = rest;
        errata__json_deliver(json, text, size, json->at - rest - size);
    }
    return taken;
}

static void deliver_held(struct errata__json *json) {
    size_t length = json->held_length;

    json->held_length = 0;
    errata__json_deliver(json, json->held, length, json->at - length);
}

static char *scratch_for(struct errata__json *json) {
    if (!json->scratch) {
        json->scratch = json->allocator.alloc(json->allocator.ctx, ERRATA__JSON_PIECE);
        if (!json->scratch) {
            errata__json_fail(json, ERRATA_NO_MEMORY, json->at);
        }
    }
    return json->scratch;
}

/* Takes a piece: length bytes, at most ERRATA__JSON_PIECE. */
static void take(struct errata__json *json, const char *bytes, size_t length) {
    size_t settled = settle_held(json, bytes, length);
    uint64_t offset = json->at;
    size_t whole;
    bool patched;

    bytes += settled;
    length -= settled;
    if (length == 0 || json->state != ERRATA__JSON_MORE) {
        return;
    }
    whole = errata__scan_patch(bytes, length, NULL, &patched);
    json->held_length = length - whole;
    memcpy(json->held, bytes + whole, json->held_length);
    if (patched) {
        char *copy = scratch_for(json);

        if (!copy) {
            return;
        }
        memcpy(copy, bytes, length);
        errata__scan_patch(bytes, length, copy, &patched);
        bytes = copy;
    }
    json->at += length;
    errata__json_deliver(json, bytes, whole, offset);
    if (json->state == ERRATA__JSON_MORE && json->ahead.kind != ERRATA__TOKEN_STRING) {
        /* A backslash outside of strings is no escape: it is wrong, or it ends a number. */
        deliver_held(json);
    }
}

/* Hands on what is pending and held. */
static enum errata__json_state flush(struct errata__json *json) {
    deliver_held(json);
    return errata__json_hand_pending(json);
}

/* All up to the document's limit was taken, and there is more. Returns how many bytes more it took. */
static size_t meet_end(struct errata__json *json, const char *bytes) {
    if (flush(json) != ERRATA__JSON_MORE) {
        return 0;
    }
    if (json->open.kind == ERRATA__TOKEN_NUMBER) {
        /* A number may have ended right there, which only this byte tells; and its callback may lift the limit. */
        take(json, bytes, 1);
        return 1;
    }
    errata__json_fail(json, ERRATA_LIMIT_DOCUMENT, json->end);
    return 0;
}

enum errata__json_state errata__json_feed(struct errata__json *json, const char *bytes,
                                          size_t length, size_t *consumed,
                                          struct errata__json_failure *failure) {
    uint64_t begin = json->at;
    size_t done = 0;

    if (json->state == ERRATA__JSON_DONE) {
        errata__json_fail(json, ERRATA_MISUSE, json->stop);
    }
    while (done < length && json->state == ERRATA__JSON_MORE) {
        uint64_t room = json->end > json->at ? json->end - json->at : 0;
        size_t piece = length - done < json->window ? length - done : json->window;

        if (room == 0) {
            done += meet_end(json, bytes + done);
            continue;
        }
        if (piece > room) {
            piece = (size_t)room;
        }
        take(json, bytes + done, piece);
        done += piece;
        if (json->window < ERRATA__JSON_PIECE) {
            json->window =
                json->window < ERRATA__JSON_PIECE / 2 ? json->window * 2 : ERRATA__JSON_PIECE;
        }
    }
    if (json->state == ERRATA__JSON_MORE && json->at > json->end &&
        flush(json) == ERRATA__JSON_MORE) {
        /* A callback has set the limit behind which bytes are still pending. */
        errata__json_fail(json, ERRATA_LIMIT_DOCUMENT, json->end);
    }
    *consumed = length;
    if (json->stop != UINT64_MAX) {
        *consumed = json->stop > begin ? (size_t)(json->stop - begin) : 0;
    }
    if (json->state == ERRATA__JSON_FAILED) {
        *failure = json->failure;
    }
    return json->state;
}

enum errata__json_state errata__json_end(struct errata__json *json,
                                         struct errata__json_failure *failure) {
    if (json->state == ERRATA__JSON_MORE && flush(json) == ERRATA__JSON_MORE && json->depth == 0 &&
        json->open.kind == ERRATA__TOKEN_NUMBER) {
        errata__json_finish_number(json);
    }
    if (json->state == ERRATA__JSON_FAILED) {
        *failure = json->failure;
    }
    return json->state;
}

bool errata__json_between(const struct errata__json *json) {
    return json->open.kind == ERRATA__TOKEN_NONE && json->held_length == 0 &&
           json->pending.length == 0;
}

uint64_t errata__json_room(const struct errata__json *json) {
    return json->end > json->at ? json->end - json->at : 0;
}

void errata__json_pass(struct errata__json *json, uint64_t length) {
    json->at += length;
}

void errata__json_end_passed(struct errata__json *json) {
    json->stop = json->at;
    json->state = ERRATA__JSON_DONE;
}

enum errata_status errata__json_ignore(void *ctx, enum errata__json_kind kind, uint32_t depth,
                                       const char *text, size_t length) {
    (void)ctx;
    (void)kind;
    (void)depth;
    (void)text;
    (void)length;
    return ERRATA_OK;
}

enum errata__json_state errata__json_stand_in(struct errata__json *json, const char *text,
                                              size_t length, struct errata__json_failure *failure) {
    errata__json_event *event = json->event;
    uint64_t token_limit = json->token_limit;
    uint64_t parsed_bytes = json->parsed_bytes;
    uint64_t end = json->end;
    enum errata__json_state state;

    /* No limit is for bytes that are not there. */
    json->event = errata__json_ignore;
    json->token_limit = UINT64_MAX;
    json->end = UINT64_MAX;
    state = errata__json_hand(json, text, length, json->at);
    json->event = event;
    json->token_limit = token_limit;
    json->end = end;
    json->parsed_bytes = parsed_bytes;
    if (state == ERRATA__JSON_FAILED) {
        *failure = json->failure;
    }
    return state;
}

uint64_t errata__json_parsed_bytes(const struct errata__json *json) {
    return json->parsed_bytes;
}
