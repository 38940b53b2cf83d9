/*
 * TSV: text/tab-separated-values, where a value has no TAB and no line end. They are written as \t, \n and \r, a
 * backslash as \\, and \N is a value that is absent, as the text formats of databases have it. Quotes mean nothing.
 * Other control characters become U+FFFD, as in CSV.
 */
#include "export/delimited.h"

/* Nothing in it needs an escape or a replacement. */
static bool is_plain(struct errata_text text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];

        if (byte < 0x20 || byte == '\\' || byte == 0x7F || byte == 0xC2) {
            return false;
        }
    }
    return true;
}

static const char *escape_of(char byte) {
    switch (byte) {
    case '\t':
        return "\\t";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\\':
        return "\\\\";
    default:
        return NULL;
    }
}

static void write_text(struct errata__sink *sink, struct errata_text text) {
    size_t done = 0;
    size_t length;

    if (is_plain(text)) {
        errata__sink_bytes(sink, text.data, text.length);
        return;
    }
    for (size_t i = 0; i < text.length; i += length) {
        const char *instead =
            errata__delimited_control(text, i, &length) ? "\xEF\xBF\xBD" : escape_of(text.data[i]);

        if (!instead) {
            continue;
        }
        errata__sink_bytes(sink, text.data + done, i - done);
        errata__sink_words(sink, instead);
        done = i + length;
    }
    errata__sink_bytes(sink, text.data + done, text.length - done);
}

static const struct errata__delimited tsv = {.separator = '\t',
                                             .line_end = "\n",
                                             .absent = "\\N",
                                             .text = write_text,
                                             .escaped = write_text,
                                             .quote = ""};

static void begin(struct errata__writing *writing) {
    errata__delimited_begin(writing, &tsv);
}

static void row(struct errata__writing *writing, const struct errata__cell *cells, size_t n_cells) {
    errata__delimited_row(writing, &tsv, cells, n_cells);
}

const struct errata__format errata__format_tsv = {
    .begin = begin, .row = row, .flat = true, .has_cells = true};
