/* JSON text, written, and the one kind of JSON that is read outside of status documents: lists of strings. */
#include "json/text.h"

#include <stdint.h>
#include <string.h>

#include "core/fail.h"

/* How a byte is written in a string: 0 as it is, 'u' as \u00XX, else behind a backslash. */
static char escape_for(unsigned char c) {
    switch (c) {
    case '"':
    case '\\':
        return (char)c;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return c < 0x20 ? 'u' : 0;
    }
}

static enum errata_status append_escape(struct errata__buffer *out, unsigned char c, char escape) {
    static const char digits[] = "0123456789abcdef";
    char text[6] = {'\\', escape, '0', '0', digits[c >> 4], digits[c & 15]};

    return errata__buffer_append(out, text, escape == 'u' ? 6 : 2);
}

/* Is one of 8 bytes a control character, a quote or a backslash? */
static bool needs_escape(const char *text) {
    const uint64_t ones = 0x0101010101010101;
    uint64_t word;

    memcpy(&word, text, sizeof word);
    /* A byte that is less than a number borrows, and so gets its highest bit, which it did not have. */
    uint64_t quote = word ^ ones * '"';
    uint64_t backslash = word ^ ones * '\\';
    uint64_t borrowed = ((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) |
                        ((backslash - ones) & ~backslash);
    return (borrowed & ones * 0x80) != 0;
}

/* How many bytes need no escape. 8 at a time: this is most of what a list of issues costs. */
static size_t count_plain(const char *text, size_t length) {
    size_t at = 0;

    while (length - at >= sizeof(uint64_t) && !needs_escape(text + at)) {
        at += sizeof(uint64_t);
    }
    while (at < length && !escape_for((unsigned char)text[at])) {
        at++;
    }
    return at;
}

enum errata_status errata__json_quote(struct errata__buffer *out, const char *text, size_t length) {
    size_t at = count_plain(text, length);
    enum errata_status status =
        length > SIZE_MAX - 2 ? ERRATA_LIMIT_TOKEN : errata__buffer_reserve(out, length + 2);

    if (status) {
        return status;
    }
    out->data[out->length++] = '"';
    if (at > 0) {
        memcpy(out->data + out->length, text, at);
        out->length += at;
    }
    while (at < length && !status) {
        size_t plain;

        status = append_escape(out, (unsigned char)text[at], escape_for((unsigned char)text[at]));
        at++;
        plain = count_plain(text + at, length - at);
        if (!status) {
            status = errata__buffer_append(out, text + at, plain);
        }
        at += plain;
    }
    return status ? status : errata__buffer_append(out, "\"", 1);
}

/* What a kind is written as; NULL for those with a text of their own. */
static const char *fixed_text(enum errata__json_kind kind) {
    switch (kind) {
    case ERRATA__JSON_NULL:
        return "null";
    case ERRATA__JSON_FALSE:
        return "false";
    case ERRATA__JSON_TRUE:
        return "true";
    case ERRATA__JSON_OBJECT:
        return "{";
    case ERRATA__JSON_OBJECT_END:
        return "}";
    case ERRATA__JSON_ARRAY:
        return "[";
    case ERRATA__JSON_ARRAY_END:
        return "]";
    case ERRATA__JSON_NUMBER:
    case ERRATA__JSON_STRING:
    case ERRATA__JSON_KEY:
        break;
    }
    return NULL;
}

static enum errata_status append_token(struct errata__buffer *out, enum errata__json_kind kind,
                                       const char *text, size_t length) {
    const char *fixed = fixed_text(kind);
    enum errata_status status;

    if (fixed) {
        return errata__buffer_append(out, fixed, strlen(fixed));
    }
    if (kind == ERRATA__JSON_NUMBER) {
        return errata__buffer_append(out, text, length);
    }
    status = errata__json_quote(out, text, length);
    if (!status && kind == ERRATA__JSON_KEY) {
        status = errata__buffer_append(out, ":", 1);
    }
    return status;
}

enum errata_status errata__json_capture_event(struct errata__json_capture *capture,
                                              enum errata__json_kind kind, const char *text,
                                              size_t length, bool *done) {
    bool begins = kind == ERRATA__JSON_OBJECT || kind == ERRATA__JSON_ARRAY;
    bool ends = kind == ERRATA__JSON_OBJECT_END || kind == ERRATA__JSON_ARRAY_END;
    enum errata_status status = ERRATA_OK;

    if (capture->comma && !ends) {
        status = errata__buffer_append(capture->out, ",", 1);
    }
    if (!status) {
        status = append_token(capture->out, kind, text, length);
    }
    capture->comma = !begins && kind != ERRATA__JSON_KEY;
    capture->depth += begins;
    capture->depth -= ends;
    *done = capture->depth == 0 && !begins && kind != ERRATA__JSON_KEY;
    return status;
}

/* What errata__json_strings() has going. */
struct strings {
    struct errata__json *json;
    enum errata_status (*each)(void *ctx, const char *text, size_t length);
    void *ctx;
    /* An element that is no string was met, or no array. */
    const char *wrong;
    /* Where it is. */
    uint64_t offset;
};

static enum errata_status take_event(void *ctx, enum errata__json_kind kind, uint32_t depth,
                                     const char *text, size_t length) {
    struct strings *strings = ctx;

    if (depth == 1 && kind == ERRATA__JSON_STRING) {
        return strings->each(strings->ctx, text, length);
    }
    if (depth == 0 && (kind == ERRATA__JSON_ARRAY || kind == ERRATA__JSON_ARRAY_END)) {
        return ERRATA_OK;
    }
    strings->wrong = depth == 0 ? "expected an array of strings, such as [\"a\",\"b\"]"
                                : "expected a string as the element of the array";
    strings->offset = errata__json_token_start(strings->json);
    return ERRATA_NOT_JSON;
}

static size_t skip_white(struct errata_text text, size_t at) {
    while (at < text.length && text.data[at] != '\0' && strchr(" \t\r\n", text.data[at])) {
        at++;
    }
    return at;
}

static enum errata_status not_strings(struct errata_error *error, uint64_t offset,
                                      const char *reason) {
    enum errata_status status = errata__fail(error, ERRATA_NOT_JSON, "%s", reason);

    if (error) {
        error->offset = offset;
        error->column = offset + 1;
    }
    return status;
}

/* text has one byte at least that is not white. */
static enum errata_status parse_strings(struct strings *strings, struct errata_text text, size_t at,
                                        struct errata_error *error) {
    struct errata__json_failure failure;
    enum errata__json_state state;
    size_t consumed;

    /* Depth 2, so that a list in the list is refused by take_event(). */
    errata__json_begin(strings->json, at, 2);
    state = errata__json_feed(strings->json, text.data + at, text.length - at, &consumed, &failure);
    if (state == ERRATA__JSON_MORE) {
        state = errata__json_end(strings->json, &failure);
        consumed = text.length - at;
    }
    switch (state) {
    case ERRATA__JSON_MORE:
        return not_strings(error, text.length, "the array is not closed");
    case ERRATA__JSON_FAILED:
        if (strings->wrong) {
            return not_strings(error, strings->offset, strings->wrong);
        }
        if (failure.status == ERRATA_NOT_JSON && failure.reason[0] != '\0') {
            return not_strings(error, failure.offset, failure.reason);
        }
        return failure.status;
    case ERRATA__JSON_DONE:
        break;
    }
    at = skip_white(text, at + consumed);
    return at < text.length ? not_strings(error, at, "something follows the array") : ERRATA_OK;
}

enum errata_status errata__json_strings(struct errata_text text,
                                        const struct errata_allocator *allocator,
                                        enum errata_status (*each)(void *ctx, const char *text,
                                                                   size_t length),
                                        void *ctx, struct errata_error *error) {
    struct strings strings = {.each = each, .ctx = ctx};
    size_t at = skip_white(text, 0);
    enum errata_status status;

    if (at == text.length) {
        return not_strings(error, at, "expected an array of strings, such as [\"a\",\"b\"]");
    }
    /* A token cannot be longer than the text. */
    status = errata__json_new(&strings.json, allocator, text.length, take_event, &strings);
    if (!status) {
        status = parse_strings(&strings, text, at, error);
        errata__json_free(strings.json);
    }
    return status == ERRATA_NO_MEMORY ? errata__fail_plain(error, status) : status;
}
