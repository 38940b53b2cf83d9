/*
 * Text within XML: see xml.h.
 */
#include "export/xml.h"

#include <stddef.h>

/* What stands in place of a character that is only one byte; NULL: itself. */
static const char *in_place_of(unsigned char byte) {
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        return byte < 0x20 ? "\xEF\xBF\xBD" : NULL;
    }
}

/* U+FFFE or U+FFFF at text[at]. */
static bool is_no_character(struct errata_text text, size_t at) {
    return text.length - at >= 3 && memcmp(text.data + at, "\xEF\xBF", 2) == 0 &&
           (unsigned char)text.data[at + 2] >= 0xBE;
}

void errata__xml_text(struct errata__sink *sink, struct errata_text text) {
    size_t done = 0;

    for (size_t i = 0; i < text.length; i++) {
        const char *other = in_place_of((unsigned char)text.data[i]);
        size_t length = 1;

        if (!other && is_no_character(text, i)) {
            other = "\xEF\xBF\xBD";
            length = 3;
        }
        if (other) {
            errata__sink_bytes(sink, text.data + done, i - done);
            errata__sink_words(sink, other);
            done = i + length;
            i += length - 1;
        }
    }
    errata__sink_bytes(sink, text.data + done, text.length - done);
}
