/*
 * Writing paths.
 */
#include "core/path.h"

#include <stdio.h>
#include <string.h>

static void put(struct errata__path_writer *writer, const char *text, size_t length) {
    if (writer->length < writer->size) {
        size_t room = writer->size - writer->length;
        memcpy(writer->out + writer->length, text, length < room ? length : room);
    }
    writer->length += length;
}

void errata__path_begin(struct errata__path_writer *writer, char *out, size_t size) {
    writer->out = out;
    writer->size = size;
    writer->length = 0;
}

bool errata__name_is_bare(struct errata_text name) {
    if (name.length == 0 || (name.data[0] >= '0' && name.data[0] <= '9')) {
        return false;
    }
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '$')) {
            return false;
        }
    }
    return true;
}

/* JSON escapes (RFC 8259 section 7), the shortest there are. */
static void put_quoted(struct errata__path_writer *writer, struct errata_text name) {
    static const char short_escapes[][2] = {['\b'] = "b", ['\t'] = "t", ['\n'] = "n", ['\f'] = "f",
                                            ['\r'] = "r", ['"'] = "\"", ['\\'] = "\\"};
    put(writer, "[\"", 2);
    size_t plain = 0;
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)name.data[i];
        if (c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        put(writer, name.data + plain, i - plain);
        plain = i + 1;
        if (short_escapes[c][0] != '\0') {
            put(writer, "\\", 1);
            put(writer, short_escapes[c], 1);
        } else {
            char escape[8];
            snprintf(escape, sizeof escape, "\\u%04x", c);
            put(writer, escape, 6);
        }
    }
    put(writer, name.data + plain, name.length - plain);
    put(writer, "\"]", 2);
}

void errata__path_name(struct errata__path_writer *writer, struct errata_text name) {
    if (!errata__name_is_bare(name)) {
        put_quoted(writer, name);
        return;
    }
    if (writer->length > 0) {
        put(writer, ".", 1);
    }
    put(writer, name.data, name.length);
}

void errata__path_position(struct errata__path_writer *writer, uint64_t position) {
    char digits[24];
    size_t at = sizeof digits;
    digits[--at] = ']';
    do {
        digits[--at] = (char)('0' + position % 10);
        position /= 10;
    } while (position > 0);
    digits[--at] = '[';
    put(writer, digits + at, sizeof digits - at);
}

void errata__path_any_position(struct errata__path_writer *writer) {
    put(writer, "[*]", 3);
}

size_t errata__path_end(struct errata__path_writer *writer) {
    if (writer->length == 0) {
        put(writer, "(root)", 6);
    }
    if (writer->size > 0) {
        writer->out[writer->length < writer->size ? writer->length : writer->size - 1] = '\0';
    }
    return writer->length;
}

bool errata__position_parse(const char *text, size_t length, uint64_t *position) {
    if (length == 0 || length > ERRATA__POSITION_DIGITS || (text[0] == '0' && length > 1)) {
        return false;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit > 9) {
            return false;
        }
        value = value * 10 + digit;
    }
    *position = value;
    return true;
}
