/*
 * JSON text (RFC 8259), written: strings with the shortest escapes, and compact copies of parsed values.
 */
#ifndef ERRATA_JSON_TEXT_H
#define ERRATA_JSON_TEXT_H

#include <stdbool.h>

#include "core/buffer.h"
#include "json/parser.h"

/* White space between JSON's tokens. */
static inline bool errata__json_is_white(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Appends text as a JSON string in quotes: \" \\ \b \f \n \r \t, other C0 as \u00XX, all else verbatim.
   Status as errata__buffer_append(). */
ERRATA_MUST_CHECK enum errata_status errata__json_quote(struct errata__buffer *out,
                                                        const char *text, size_t length);

/*
 * Assembles the compact JSON text of a value from parser events: no white space, members in order, number
 * text as sent, strings with the shortest escapes. Zero it and set out to begin.
 */
struct errata__json_capture {
    struct errata__buffer *out;
    /* Open containers of the captured value. */
    uint32_t depth;
    /* A comma is due before the next member or element. */
    bool comma;
};

/* Takes one event; *done is set when the value is whole. Status as errata__buffer_append(). */
ERRATA_MUST_CHECK enum errata_status errata__json_capture_event(
    struct errata__json_capture *capture, enum errata__json_kind kind, const char *text,
    size_t length, bool *done);

/* Calls each for every element of a JSON array of strings, such as `["a","b"]`, and nothing else but white
   space around. ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_NOT_JSON with error filled: its column is the byte in text
   (from 1), its message says what was wrong; what each returned. */
ERRATA_MUST_CHECK enum errata_status errata__json_strings(
    struct errata_text text, const struct errata_allocator *allocator,
    enum errata_status (*each)(void *ctx, const char *text, size_t length), void *ctx,
    struct errata_error *error);

#endif
