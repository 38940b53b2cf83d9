/*
 * UTF-8, by the table of well-formed sequences (Unicode Standard, table 3-7; RFC 3629 section 4).
 */
#include "core/utf8.h"

#include <stdio.h>
#include <string.h>

size_t errata__utf8_decode(const char *text, size_t length, uint32_t *point) {
    const unsigned char *s = (const unsigned char *)text;
    unsigned char first = s[0];
    if (first < 0x80) {
        *point = first;
        return 1;
    }
    /* The range of the second byte keeps out overlong forms, surrogates and what is over 10FFFF. */
    size_t more;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    uint32_t value;
    *point = UINT32_MAX;
    if (first >= 0xC2 && first <= 0xDF) {
        more = 1;
        value = first & 0x1FU;
    } else if (first >= 0xE0 && first <= 0xEF) {
        more = 2;
        value = first & 0x0FU;
        low = first == 0xE0 ? 0xA0 : low;
        high = first == 0xED ? 0x9F : high;
    } else if (first >= 0xF0 && first <= 0xF4) {
        more = 3;
        value = first & 0x07U;
        low = first == 0xF0 ? 0x90 : low;
        high = first == 0xF4 ? 0x8F : high;
    } else {
        return 1;
    }
    for (size_t i = 1; i <= more; i++) {
        if (i >= length || s[i] < low || s[i] > high) {
            return i;
        }
        value = value << 6 | (s[i] & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    *point = value;
    return more + 1;
}

/* Bytes from the start that are ASCII, eight at a time. */
static size_t ascii_run(const char *text, size_t length) {
    size_t at = 0;
    while (length - at >= 8) {
        uint64_t word;
        memcpy(&word, text + at, 8);
        if ((word & 0x8080808080808080U) != 0) {
            break;
        }
        at += 8;
    }
    while (at < length && (unsigned char)text[at] < 0x80) {
        at++;
    }
    return at;
}

size_t errata__utf8_valid(const char *text, size_t length) {
    size_t at = ascii_run(text, length);
    while (at < length) {
        uint32_t point;
        size_t bytes = errata__utf8_decode(text + at, length - at, &point);
        if (point == UINT32_MAX) {
            return at;
        }
        at += bytes;
        at += ascii_run(text + at, length - at);
    }
    return at;
}

size_t errata__utf8_repair(const char *text, size_t length, char *out) {
    size_t written = 0;
    size_t at = 0;
    while (at < length) {
        uint32_t point;
        size_t bytes = errata__utf8_decode(text + at, length - at, &point);
        const char *from = point == UINT32_MAX ? "\xEF\xBF\xBD" : text + at;
        size_t count = point == UINT32_MAX ? 3 : bytes;
        if (out != NULL) {
            memcpy(out + written, from, count);
        }
        written += count;
        at += bytes;
    }
    return written;
}

bool errata__utf8_hostile(uint32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xAD || point == 0x34F ||
           point == 0x61C || point == 0x115F || point == 0x1160 || point == 0x180E ||
           (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || point == 0x2800 || point == 0x3164 ||
           point == 0xFEFF || point == 0xFFA0 || (point >= 0xFFF9 && point <= 0xFFFB) ||
           (point >= 0xE0000 && point <= 0xE007F);
}

/* The escape that stands for a hostile or invalid piece, NUL-ended. */
static void escape_piece(const char *text, size_t bytes, uint32_t point, char out[32]) {
    if (point == UINT32_MAX) {
        size_t length = 0;
        for (size_t i = 0; i < bytes; i++) {
            length +=
                (size_t)snprintf(out + length, 32 - length, "\\x%02X", (unsigned char)text[i]);
        }
    } else if (point == '\n' || point == '\r' || point == '\t') {
        snprintf(out, 32, "\\%c", point == '\n' ? 'n' : point == '\r' ? 'r' : 't');
    } else {
        snprintf(out, 32, "\\u{%X}", (unsigned)point);
    }
}

size_t errata__utf8_escape(const char *text, size_t length, char *out, size_t size) {
    size_t written = 0;
    /* Where to cut if it turns out that not all fits: the last place with room for "...". */
    size_t cut = 0;
    size_t at = 0;
    while (at < length) {
        uint32_t point;
        char escape[32];
        size_t bytes = errata__utf8_decode(text + at, length - at, &point);
        const char *from = text + at;
        size_t count = bytes;
        if (point == UINT32_MAX || errata__utf8_hostile(point)) {
            escape_piece(text + at, bytes, point, escape);
            from = escape;
            count = strlen(escape);
        }
        if (count > size - 1 - written) {
            memcpy(out + cut, "...", 4);
            return cut + 3;
        }
        memcpy(out + written, from, count);
        written += count;
        if (written + 3 <= size - 1) {
            cut = written;
        }
        at += bytes;
    }
    out[written] = '\0';
    return written;
}
