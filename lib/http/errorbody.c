/*
 * What an answer that is no success says: see errorbody.h. The API sends `{status, message, errors?: [{validation,
 * code, message, path}]}`; a proxy on the way may send a page of HTML instead.
 */
#include "http/errorbody.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "core/utf8.h"
#include "json/text.h"

/* Of the raw words, before escapes. */
#define WORDS_SIZE 240

struct words {
    char text[WORDS_SIZE];
    size_t length;
    /* Something did not fit. */
    bool full;
};

static void add(struct words *words, const char *text, size_t length) {
    size_t room = sizeof words->text - words->length;
    if (length > room) {
        words->full = true;
        length = room;
    }
    memcpy(words->text + words->length, text, length);
    words->length += length;
}

static void add_words(struct words *words, const char *text) {
    add(words, text, strlen(text));
}

static void show(const struct words *words, char *out, size_t size) {
    size_t kept = words->length;
    /* No half a character where it was cut. */
    while (words->full && kept > 0 && ((unsigned char)words->text[kept - 1] & 0xC0U) == 0x80U) {
        kept--;
    }
    if (words->full && kept > 0 && (unsigned char)words->text[kept - 1] >= 0xC0U) {
        kept--;
    }
    size_t length = errata__utf8_escape(words->text, kept, out, size);
    if (words->full && length + 4 <= size) {
        memcpy(out + length, "...", 4);
    }
}

/* ---- JSON */

enum member {
    OTHER,
    MESSAGE,
    ERRORS,
    ERROR_MESSAGE,
    ERROR_PATH
};

struct body {
    struct words words;
    /* What the next value at its depth is. */
    enum member member;
    bool in_errors;
};

static bool is(const char *text, size_t length, const char *word) {
    return length == strlen(word) && memcmp(text, word, length) == 0;
}

static void take_key(struct body *body, uint32_t depth, const char *text, size_t length) {
    body->member = OTHER;
    if (depth == 1) {
        body->in_errors = is(text, length, "errors");
        body->member = is(text, length, "message") ? MESSAGE : body->in_errors ? ERRORS : OTHER;
    } else if (depth == 3 && body->in_errors) {
        body->member = is(text, length, "message") ? ERROR_MESSAGE
                       : is(text, length, "path")  ? ERROR_PATH
                                                   : OTHER;
    }
}

static enum errata_status take_event(void *ctx, enum errata__json_kind kind, uint32_t depth,
                                     const char *text, size_t length) {
    struct body *body = ctx;
    if (kind == ERRATA__JSON_KEY) {
        take_key(body, depth, text, length);
    } else if (kind == ERRATA__JSON_STRING && depth == 1 && body->member == MESSAGE) {
        add(&body->words, text, length);
    } else if (kind == ERRATA__JSON_STRING && depth == 3 && body->in_errors &&
               body->member == ERROR_MESSAGE) {
        add_words(&body->words, body->words.length > 0 ? "; " : "");
        add(&body->words, text, length);
    } else if ((depth == 3 || depth == 4) && body->in_errors && body->member == ERROR_PATH &&
               (kind == ERRATA__JSON_STRING || kind == ERRATA__JSON_NUMBER)) {
        add_words(&body->words, body->words.length > 0 ? " " : "");
        add(&body->words, text, length);
    }
    return ERRATA_OK;
}

/* A body that goes on where it was cut is good enough. */
static bool show_json(const struct errata_allocator *allocator, const char *text, size_t length,
                      char *out, size_t size) {
    struct body body = {.member = OTHER};
    struct errata__json_failure failure;
    struct errata__json *json;
    size_t consumed;
    if (errata__json_new(&json, allocator, length, take_event, &body) != ERRATA_OK) {
        return false;
    }
    errata__json_begin(json, 0, 16);
    bool good = errata__json_feed(json, text, length, &consumed, &failure) != ERRATA__JSON_FAILED &&
                body.words.length > 0;
    errata__json_free(json);
    if (good) {
        show(&body.words, out, size);
    }
    return good;
}

/* ---- anything else */

/* Behind the tag that begins at at, and behind what is between it and its end where that is no text. */
static const char *behind_tag(const char *at, const char *end) {
    static const char *const mute[] = {"script", "style"};
    for (size_t i = 0; i < sizeof mute / sizeof *mute; i++) {
        size_t length = strlen(mute[i]);
        if ((size_t)(end - at) <= length || strncasecmp(at + 1, mute[i], length) != 0) {
            continue;
        }
        for (const char *close = at + 1; (size_t)(end - close) > length + 2; close++) {
            if (close[0] == '<' && close[1] == '/' &&
                strncasecmp(close + 2, mute[i], length) == 0) {
                at = close;
                break;
            }
        }
    }
    const char *close = memchr(at, '>', (size_t)(end - at));
    return close != NULL ? close + 1 : end;
}

static void show_words(const char *text, size_t length, char *out, size_t size) {
    struct words words = {.length = 0};
    const char *end = text + length;
    bool html = length > 0 && text[0] == '<';
    bool gap = false;
    for (const char *at = text; at < end && !words.full;) {
        if (html && *at == '<') {
            at = behind_tag(at, end);
            gap = true;
        } else if (errata__json_is_white(*at)) {
            at++;
            gap = true;
        } else {
            add_words(&words, gap && words.length > 0 ? " " : "");
            gap = false;
            add(&words, at++, 1);
        }
    }
    show(&words, out, size);
}

void errata__error_body(const struct errata_allocator *allocator, const char *body, size_t length,
                        char *out, size_t size) {
    while (length > 0 && errata__json_is_white(*body)) {
        body++;
        length--;
    }
    out[0] = '\0';
    if (length == 0 || (body[0] == '{' && show_json(allocator, body, length, out, size))) {
        return;
    }
    show_words(body, length, out, size);
}
