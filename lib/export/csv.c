/*
 * CSV as RFC 4180 has it: CRLF line ends, a header line, quotes where a value needs them. An absent text
 * is nothing, an empty one is "", so that the two can be told apart. Control characters that no reader of
 * CSV expects become U+FFFD; LF, CR and TAB stay, in quotes.
 */
#include "export/delimited.h"

#include <string.h>

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

static void write_text(struct errata__sink *sink, const char *mark, struct errata_text text) {
    bool quotes = text.length == 0;
    size_t done = 0;
    size_t length;

    if (is_plain(text)) {
        errata__sink_words(sink, mark);
        errata__sink_bytes(sink, text.data, text.length);
        return;
    }
    for (size_t i = 0; i < text.length && !quotes; i++) {
        quotes = strchr("\n\r\t,\"", text.data[i]) && text.data[i] != '\0';
    }
    errata__sink_bytes(sink, "\"", quotes);
    errata__sink_words(sink, mark);
    for (size_t i = 0; i < text.length; i += length) {
        bool control = errata__delimited_control(text, i, &length);

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

static const struct errata__delimited csv = {
    .separator = ',', .line_end = "\r\n", .absent = "", .text = write_text};

static void begin(struct errata__writing *writing) {
    errata__delimited_begin(writing, &csv);
}

static void row(struct errata__writing *writing, const struct errata__cell *cells, size_t n_cells) {
    errata__delimited_row(writing, &csv, cells, n_cells);
}

const struct errata__format errata__format_csv = {
    .begin = begin, .row = row, .end = errata__delimited_end, .flat = true, .has_cells = true};
