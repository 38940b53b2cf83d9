/* Tokens and escapes; see scan.h. */
#include "json/scan.h"

#include <string.h>

const char *errata__token_find(const char *at, const char *end) {
    for (; at < end; at++) {
        switch (*at) {
        case ' ':
        case '\t':
        case '\n':
        case '\r':
        case '{':
        case '}':
        case '[':
        case ']':
        case ':':
        case ',':
            break;
        default:
            return at;
        }
    }
    return end;
}

/* Where one is in a number. yajl ends it at the first byte that cannot go on, so `01` and `1.` are exact too. */
enum number_part {
    ENDED,
    BEGIN,
    MINUS,
    ZERO,
    WHOLE,
    POINT,
    FRACTION,
    LETTER,
    SIGN,
    EXPONENT
};

static enum number_part number_next(enum number_part part, char c) {
    switch (c) {
    case '-':
        return part == BEGIN ? MINUS : part == LETTER ? SIGN : ENDED;
    case '+':
        return part == LETTER ? SIGN : ENDED;
    case '.':
        return part == ZERO || part == WHOLE ? POINT : ENDED;
    case 'e':
    case 'E':
        return part == ZERO || part == WHOLE || part == FRACTION ? LETTER : ENDED;
    default:
        break;
    }
    if (c < '0' || c > '9') {
        return ENDED;
    }
    switch (part) {
    case BEGIN:
    case MINUS:
        return c == '0' ? ZERO : WHOLE;
    case WHOLE:
        return WHOLE;
    case POINT:
    case FRACTION:
        return FRACTION;
    case LETTER:
    case SIGN:
    case EXPONENT:
        return EXPONENT;
    case ZERO:
    case ENDED:
        break;
    }
    return ENDED;
}

static const char *number_end(struct errata__token *token, const char *at, const char *end) {
    enum number_part part = (enum number_part)token->part;

    while (at < end && (part = number_next(part, *at)) != ENDED) {
        at++;
    }
    token->part = part;
    if (part == ENDED) {
        token->kind = ERRATA__TOKEN_NONE;
    }
    return at;
}

const char *errata__token_begin(struct errata__token *token, const char *at, uint64_t start) {
    token->start = start;
    token->part = 0;
    if (*at == '"') {
        token->kind = ERRATA__TOKEN_STRING;
        return at + 1;
    }
    if (*at == '-' || (*at >= '0' && *at <= '9')) {
        token->kind = ERRATA__TOKEN_NUMBER;
        token->part = BEGIN;
        return at;
    }
    token->kind = ERRATA__TOKEN_WORD;
    token->part = *at == 't' || *at == 'n' ? 4 : *at == 'f' ? 5 : 1;
    return at;
}

static const char *string_end(struct errata__token *token, const char *at, const char *end) {
    const char *quote;

    if (at == end) {
        return end;
    }
    if (token->kind == ERRATA__TOKEN_ESCAPE) {
        token->kind = ERRATA__TOKEN_STRING;
        at++;
    }
    /* The next quote is looked for only when the last one has been passed: a string of escapes is linear too. */
    quote = memchr(at, '"', (size_t)(end - at));
    for (;;) {
        const char *stop = quote ? quote : end;
        const char *slash = memchr(at, '\\', (size_t)(stop - at));

        if (!slash) {
            if (!quote) {
                return end;
            }
            token->kind = ERRATA__TOKEN_NONE;
            return quote + 1;
        }
        if (slash + 1 == end) {
            token->kind = ERRATA__TOKEN_ESCAPE;
            return end;
        }
        at = slash + 2;
        if (quote && quote < at) {
            quote = memchr(at, '"', (size_t)(end - at));
        }
    }
}

const char *errata__token_end(struct errata__token *token, const char *at, const char *end) {
    size_t left = (size_t)(end - at);

    switch (token->kind) {
    case ERRATA__TOKEN_STRING:
    case ERRATA__TOKEN_ESCAPE:
        return string_end(token, at, end);
    case ERRATA__TOKEN_NUMBER:
        return number_end(token, at, end);
    case ERRATA__TOKEN_WORD:
        if (left < token->part) {
            token->part -= (unsigned)left;
            return end;
        }
        token->kind = ERRATA__TOKEN_NONE;
        return at + token->part;
    case ERRATA__TOKEN_NONE:
        break;
    }
    return at;
}

/* 16 and more: none. */
static unsigned hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return (unsigned)(c - '0');
    }
    if (c >= 'a' && c <= 'f') {
        return (unsigned)(c - 'a') + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return (unsigned)(c - 'A') + 10;
    }
    return 16;
}

/* Looks at \uXXXX. Returns how many of its bytes are there and right: 6 when all are, and *code is set. */
static size_t look_at_unicode(const char *text, size_t length, unsigned *code) {
    unsigned value = 0;

    for (size_t i = 0; i < 6; i++) {
        unsigned digit = 0;

        if (i == length) {
            return i;
        }
        if (i == 0 || i == 1) {
            if (text[i] != "\\u"[i]) {
                return i;
            }
            continue;
        }
        digit = hex_digit(text[i]);
        if (digit > 15) {
            return i;
        }
        value = value * 16 + digit;
    }
    *code = value;
    return 6;
}

enum errata__escape errata__escape_look(const char *text, size_t length, size_t *size) {
    unsigned code = 0;
    size_t low;

    *size = look_at_unicode(text, length, &code);
    if (*size == length && length < 6) {
        return ERRATA__ESCAPE_CUT;
    }
    if (*size == 1) {
        *size = 2;
    }
    if (*size < 6 || code < 0xD800 || code > 0xDFFF) {
        return ERRATA__ESCAPE_WHOLE;
    }
    if (code > 0xDBFF) {
        return ERRATA__ESCAPE_LONE;
    }
    low = look_at_unicode(text + 6, length - 6, &code);
    if (low == 6 && code >= 0xDC00 && code <= 0xDFFF) {
        *size = ERRATA__ESCAPE_SIZE;
        return ERRATA__ESCAPE_WHOLE;
    }
    return low < 6 && low == length - 6 ? ERRATA__ESCAPE_CUT : ERRATA__ESCAPE_LONE;
}

void errata__escape_replace(char *text) {
    static const char replacement[6] = {'\\', 'u', 'F', 'F', 'F', 'D'};

    memcpy(text, replacement, sizeof replacement);
}

static bool patch_white(const char *bytes, size_t length, char *patch, char white) {
    const char *end = bytes + length;
    const char *at = memchr(bytes, white, length);
    bool found = at;

    while (patch && at) {
        patch[at - bytes] = 0x01;
        at = memchr(at + 1, white, (size_t)(end - at - 1));
    }
    return found;
}

/* Can an escape that begins at text be an unpaired surrogate, or one that is cut? */
static bool needs_look(const char *text, const char *end) {
    return end - text < ERRATA__ESCAPE_SIZE || (text[1] == 'u' && (text[2] | 0x20) == 'd');
}

/* All input goes through this: three times memchr() is faster than one loop that looks for three bytes. */
size_t errata__scan_patch(const char *bytes, size_t length, char *patch, bool *patched) {
    const char *end = bytes + length;
    const char *at = bytes;

    *patched = patch_white(bytes, length, patch, 0x0B);
    *patched = patch_white(bytes, length, patch, 0x0C) || *patched;
    while (at < end && (at = memchr(at, '\\', (size_t)(end - at)))) {
        enum errata__escape escape;
        size_t size;

        if (!needs_look(at, end)) {
            at += 2;
            continue;
        }
        escape = errata__escape_look(at, (size_t)(end - at), &size);
        if (escape == ERRATA__ESCAPE_CUT) {
            return (size_t)(at - bytes);
        }
        if (escape == ERRATA__ESCAPE_LONE) {
            *patched = true;
            if (patch) {
                errata__escape_replace(patch + (at - bytes));
            }
        }
        at += size;
    }
    return length;
}
