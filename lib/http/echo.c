/*
 * The key in what is sent back: see echo.h.
 */
#include "http/echo.h"

#include <string.h>

/* The longest that a byte becomes: \u0041. */
#define LONGEST ((size_t)6)

static int digit_of(char byte) {
    return byte >= '0' && byte <= '9'   ? byte - '0'
           : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
           : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
                                        : -1;
}

/* Are there count hexadecimal digits that mean wanted? */
static bool is_hex(const char *at, const char *end, size_t count, char wanted) {
    int value = 0;
    if ((size_t)(end - at) < count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        int digit = digit_of(at[i]);
        if (digit < 0) {
            return false;
        }
        value = value * 16 + digit;
    }
    return value == wanted;
}

/* How long the form is in which wanted begins at `at`; 0: it does not. */
static size_t match_byte(const char *at, const char *end, char wanted) {
    if (at == end) {
        return 0;
    }
    if (*at == '%' && is_hex(at + 1, end, 2, wanted)) {
        return 3;
    }
    if (*at == '\\' && end - at > 1) {
        if (at[1] == 'u' && is_hex(at + 2, end, 4, wanted)) {
            return 6;
        }
        if (at[1] == wanted && strchr("\"\\/", wanted) != NULL) {
            return 2;
        }
    }
    return *at == wanted ? 1 : 0;
}

/* How much of [at, end) is the key, or, where it ends, the beginning of one (*cut); 0: none of it. */
static size_t match(struct errata_text key, const char *at, const char *end, bool *cut) {
    const char *begin = at;
    for (size_t i = 0; i < key.length; i++) {
        size_t length = match_byte(at, end, key.data[i]);
        if (length == 0) {
            /* An escape may have been cut as well. */
            bool at_end =
                at == end || ((*at == '%' || *at == '\\') && (size_t)(end - at) < LONGEST);
            *cut = at_end && i >= ERRATA__ECHO_SHORTEST;
            return *cut ? (size_t)(end - begin) : 0;
        }
        at += length;
    }
    *cut = false;
    return (size_t)(at - begin);
}

size_t errata__echo_hide(struct errata_text key, char *text, size_t length) {
    static const char shown[] = "[key]";
    const char *end = text + length;
    char *out = text;
    if (key.length < ERRATA__ECHO_SHORTEST) {
        return length;
    }
    for (const char *at = text; at < end;) {
        bool cut;
        size_t found = match(key, at, end, &cut);
        if (found > 0) {
            memcpy(out, shown, sizeof shown - 1);
            out += sizeof shown - 1;
            at += found;
        } else {
            *out++ = *at++;
        }
    }
    return (size_t)(out - text);
}

enum errata_status errata__echo_init(struct errata__echo *echo,
                                     const struct errata_allocator *allocator,
                                     struct errata_text key) {
    *echo = (struct errata__echo){.allocator = allocator, .key = key};
    if (key.length < ERRATA__ECHO_SHORTEST) {
        return ERRATA_OK;
    }
    echo->tail = allocator->alloc(allocator->ctx, 2 * LONGEST * key.length);
    return echo->tail != NULL ? ERRATA_OK : ERRATA_NO_MEMORY;
}

void errata__echo_free(struct errata__echo *echo) {
    if (echo->tail != NULL) {
        echo->allocator->free(echo->allocator->ctx, echo->tail);
    }
    *echo = (struct errata__echo){.tail = NULL};
}

void errata__echo_begin(struct errata__echo *echo) {
    echo->tail_length = 0;
}

static bool has_key(struct errata_text key, const char *text, size_t length) {
    const char *end = text + length;
    for (const char *at = text; at < end; at++) {
        bool cut;
        if ((*at == key.data[0] || *at == '%' || *at == '\\') && match(key, at, end, &cut) > 0 &&
            !cut) {
            return true;
        }
    }
    return false;
}

bool errata__echo_take(struct errata__echo *echo, const char *bytes, size_t length) {
    size_t reach = LONGEST * echo->key.length;
    size_t joined = length < reach ? length : reach;
    if (echo->tail == NULL || length == 0) {
        return false;
    }
    /* What begins in the tail ends within its own length behind it. */
    memcpy(echo->tail + echo->tail_length, bytes, joined);
    echo->tail_length += joined;
    if (has_key(echo->key, echo->tail, echo->tail_length) || has_key(echo->key, bytes, length)) {
        return true;
    }
    if (length >= reach) {
        memcpy(echo->tail, bytes + (length - reach), reach);
        echo->tail_length = reach;
    } else if (echo->tail_length > reach) {
        memmove(echo->tail, echo->tail + (echo->tail_length - reach), reach);
        echo->tail_length = reach;
    }
    return false;
}
