/*
 * CSV as RFC 4180 has it: CRLF line ends, a header line, quotes where a value needs them. An absent text
 * is nothing, an empty one is "", so that the two can be told apart. Control characters that no reader of
 * CSV expects become U+FFFD; LF, CR and TAB stay, in quotes.
 */
#include "export/delimited.h"

/* What bytes ask for: quotes around the text, or something else in their place. */
#define QUOTED 1U
#define CHANGED 2U

#define CHANGED_8 CHANGED, CHANGED, CHANGED, CHANGED, CHANGED, CHANGED, CHANGED, CHANGED

static const unsigned char kinds[256] = {
    CHANGED_8,
    CHANGED,
    ['\t'] = QUOTED,
    ['\n'] = QUOTED,
    [0x0B] = CHANGED,
    [0x0C] = CHANGED,
    ['\r'] = QUOTED,
    [0x0E] = CHANGED,
    [0x0F] = CHANGED,
    [0x10] = CHANGED_8,
    CHANGED_8,
    ['"'] = QUOTED | CHANGED,
    [','] = QUOTED,
    [0x7F] = CHANGED,
    /* Begins a control character of two bytes, or another. */
    [0xC2] = CHANGED,
};

static unsigned look(struct errata_text text) {
    unsigned found = text.length == 0 ? QUOTED : 0;

    for (size_t i = 0; i < text.length; i++) {
        found |= kinds[(unsigned char)text.data[i]];
    }
    return found;
}

static void write_escaped(struct errata__sink *sink, struct errata_text text) {
    size_t done = 0;
    size_t length;

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
}

static void write_found(struct errata__sink *sink, struct errata_text text, unsigned found) {
    if ((found & CHANGED) != 0) {
        write_escaped(sink, text);
    } else {
        errata__sink_bytes(sink, text.data, text.length);
    }
}

static void write_text(struct errata__sink *sink, struct errata_text text) {
    unsigned found = look(text);

    errata__sink_bytes(sink, "\"", (found & QUOTED) != 0);
    write_found(sink, text, found);
    errata__sink_bytes(sink, "\"", (found & QUOTED) != 0);
}

static void write_part(struct errata__sink *sink, struct errata_text text) {
    write_found(sink, text, look(text));
}

static const struct errata__delimited csv = {.separator = ',',
                                             .line_end = "\r\n",
                                             .absent = "",
                                             .text = write_text,
                                             .escaped = write_part,
                                             .quote = "\""};

static void begin(struct errata__writing *writing) {
    errata__delimited_begin(writing, &csv);
}

static void row(struct errata__writing *writing, const struct errata__cell *cells, size_t n_cells) {
    errata__delimited_row(writing, &csv, cells, n_cells);
}

const struct errata__format errata__format_csv = {
    .begin = begin, .row = row, .flat = true, .has_cells = true};
