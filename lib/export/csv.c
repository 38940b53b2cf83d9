/*
 * CSV as RFC 4180 has it: CRLF line ends, a header line, quotes where a value needs them. An absent text
 * is nothing, an empty one is "", so that the two can be told apart. Control characters that no reader of
 * CSV expects become U+FFFD; LF, CR and TAB stay, in quotes.
 */
#include "export/format.h"

#include <string.h>

static bool is_column(const struct errata__cell *cell) {
    return cell->kind == ERRATA__CELL_TEXT || cell->kind == ERRATA__CELL_NUMBER;
}

/* Does a control character begin at text[at]? Sets *length to its bytes. C1 is C2 80 ... C2 9F. */
static bool control_at(struct errata_text text, size_t at, size_t *length) {
    unsigned char byte = (unsigned char)text.data[at];

    *length = 1;
    if (byte == '\n' || byte == '\r' || byte == '\t') {
        return false;
    }
    if (byte < 0x20 || byte == 0x7F) {
        return true;
    }
    if (byte != 0xC2 || at + 1 == text.length) {
        return false;
    }
    *length = 2;
    return (unsigned char)text.data[at + 1] <= 0x9F;
}

/* Nothing in it needs quotes or a replacement. */
static bool is_plain(struct errata_text text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];

        if (byte < 0x20 || byte == '"' || byte == ',' || byte == 0x7F || byte == 0xC2) {
            return false;
        }
    }
    return text.length > 0;
}

static void write_text(struct errata__sink *sink, struct errata_text text) {
    bool quotes = text.length == 0;
    size_t done = 0;
    size_t length;

    if (is_plain(text)) {
        errata__sink_bytes(sink, text.data, text.length);
        return;
    }
    for (size_t i = 0; i < text.length && !quotes; i++) {
        quotes = strchr("\n\r\t,\"", text.data[i]) && text.data[i] != '\0';
    }
    errata__sink_bytes(sink, "\"", quotes);
    for (size_t i = 0; i < text.length; i += length) {
        bool control = control_at(text, i, &length);

        if (!control && text.data[i] != '"') {
            continue;
        }
        errata__sink_bytes(sink, text.data + done, i - done);
        errata__sink_words(sink, control ? "\xEF\xBF\xBD" : "\"\"");
        done = i + length;
    }
    errata__sink_bytes(sink, text.data + done, text.length - done);
    errata__sink_bytes(sink, "\"", quotes);
}

static void begin(struct errata__sink *sink, const struct errata__frame *frame) {
    const char *comma = "";

    for (size_t i = 0; i < frame->n_columns; i++) {
        if (!is_column(&frame->columns[i])) {
            continue;
        }
        errata__sink_words(sink, comma);
        errata__sink_words(sink, frame->columns[i].name);
        comma = ",";
    }
    errata__sink_bytes(sink, "\r\n", 2);
}

static void row(struct errata__sink *sink, const struct errata__cell *cells, size_t n_cells,
                bool first) {
    const char *comma = "";

    (void)first;
    for (size_t i = 0; i < n_cells; i++) {
        if (!is_column(&cells[i])) {
            continue;
        }
        errata__sink_words(sink, comma);
        if (cells[i].kind == ERRATA__CELL_NUMBER) {
            errata__sink_number(sink, cells[i].number);
        } else if (cells[i].text.data) {
            write_text(sink, cells[i].text);
        }
        comma = ",";
    }
    errata__sink_bytes(sink, "\r\n", 2);
}

static void end(struct errata__sink *sink, const struct errata__frame *frame) {
    (void)sink;
    (void)frame;
}

const struct errata__format errata__format_csv = {begin, row, end, .flat = true};
