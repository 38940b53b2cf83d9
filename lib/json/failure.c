/*
 * What went wrong, and where. yajl tells how many bytes it had consumed, which for some errors is in front of the bad
 * byte and for others behind it; the outcome must not depend on how the input was cut.
 */
#include "json/state.h"

#include <stdio.h>
#include <string.h>

enum errata__json_state errata__json_fail(struct errata__json *json, enum errata_status status,
                                          uint64_t offset) {
    json->failure.status = status;
    json->failure.offset = offset;
    json->failure.reason = status == ERRATA_NOT_JSON ? json->reason : "";
    json->state = ERRATA__JSON_FAILED;
    return json->state;
}

enum errata__json_state errata__json_fail_seen(struct errata__json *json, enum errata_status status,
                                               uint64_t offset, uint64_t seen) {
    if (seen >= json->end) {
        return errata__json_fail(json, ERRATA_LIMIT_DOCUMENT, json->end);
    }
    return errata__json_fail(json, status, offset);
}

enum errata__json_state errata__json_fail_token(struct errata__json *json, uint64_t start) {
    /* It shows at the first byte that is too many. */
    return errata__json_fail_seen(json, ERRATA_LIMIT_TOKEN, start, start + json->token_limit);
}

static bool starts_with(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Fetches yajl's text, such as "lexical error: invalid string in json text.\n". */
static bool fetch_text(struct errata__json *json, char *text, size_t size) {
    unsigned char *message;

    if (_setjmp(json->heap.exit)) {
        return false;
    }
    message = yajl_get_error(json->yajl, 0, NULL, 0);
    snprintf(text, size, "%s", (const char *)message);
    yajl_free_error(json->yajl, message);
    return true;
}

/* Keeps the reason without its kind, and without the full stop and line end that only some have. */
static void keep_reason(struct errata__json *json, const char *text) {
    const char *colon = strstr(text, ": ");
    size_t length;

    snprintf(json->reason, sizeof json->reason, "%s", colon ? colon + 2 : text);
    length = strcspn(json->reason, "\n");
    if (length > 0 && json->reason[length - 1] == '.') {
        length--;
    }
    json->reason[length] = '\0';
}

/* The token that yajl was at: the first one behind the last that was reported. False: there is none. */
static bool last_token(const struct errata__json *json, uint64_t *start, uint64_t *end) {
    const char *piece_end = json->piece + json->piece_length;
    struct errata__token token = json->open;
    const char *at = json->piece;

    if (json->mark || token.kind == ERRATA__TOKEN_NONE) {
        at = errata__token_find(json->mark ? json->mark : at, piece_end);
        if (at == piece_end) {
            return false;
        }
        at = errata__token_begin(&token, at, json->piece_offset + (uint64_t)(at - json->piece));
    }
    at = errata__token_end(&token, at, piece_end);
    *start = token.start;
    *end = json->piece_offset + (uint64_t)(at - json->piece);
    return true;
}

enum errata__json_state errata__json_fail_yajl(struct errata__json *json) {
    uint64_t consumed = errata__json_offset(json);
    uint64_t offset = consumed - 1;
    uint64_t start;
    uint64_t end;
    char text[sizeof json->reason];
    bool lexical;

    if (!fetch_text(json, text, sizeof text)) {
        return errata__json_fail(json, ERRATA_NO_MEMORY, consumed);
    }
    lexical = starts_with(text, "lexical");
    keep_reason(json, text);
    if (lexical && !starts_with(json->reason, "invalid bytes in UTF8") &&
        !starts_with(json->reason, "invalid char in")) {
        /* yajl has put the bad byte back. */
        offset = consumed;
    }
    if (last_token(json, &start, &end) && start <= consumed) {
        if (starts_with(json->reason, "after key and value")) {
            /* Here yajl steps back, by what depends on where the token was cut, if it has more than one byte. */
            offset = end - 1;
        }
        if (start <= offset && (end <= offset ? end : offset + 1) - start > json->token_limit) {
            return errata__json_fail_token(json, start);
        }
    } else if (starts_with(json->reason, "after key and value")) {
        /* A token of one byte: yajl has stepped back in front of it. */
        offset = consumed;
    }
    return errata__json_fail_seen(json, ERRATA_NOT_JSON, offset, offset);
}
