/*
 * Lines of cells: see delimited.h.
 */
#include "export/delimited.h"

#include <string.h>

/* C1 is C2 80 ... C2 9F. */
bool errata__delimited_control(struct errata_text text, size_t at, size_t *length) {
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

/* What bytes mean to a spreadsheet. */
#define RUN 1U     /* begins a formula */
#define BEGIN 2U   /* does so as the very first character */
#define SKIPPED 4U /* may stand before one */
#define WIDE 8U    /* begins a full-width character */
#define BREAK 16U  /* ends a cell */

static const unsigned char kinds[256] = {
    ['='] = RUN,
    ['+'] = RUN,
    ['-'] = RUN,
    ['@'] = RUN,
    [' '] = SKIPPED,
    ['"'] = SKIPPED,
    [0xEF] = WIDE,
    [';'] = BREAK,
    [','] = BREAK,
    ['\t'] = BREAK | BEGIN,
    ['\r'] = BREAK | BEGIN,
    ['\n'] = BREAK | BEGIN,
};

/* Would a spreadsheet take it for a formula? Some look behind blanks and quotes, and take the full-width forms of East
   Asian keyboards. run: RUN, and BEGIN for a whole text. */
static bool is_run(const char *at, size_t length, unsigned run) {
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                       "\xEF\xBC\xA0"};
    unsigned kind = length > 0 ? kinds[(unsigned char)*at] : 0;

    while ((kind & SKIPPED) != 0) {
        at++;
        length--;
        kind = length > 0 ? kinds[(unsigned char)*at] : 0;
    }
    if ((kind & WIDE) == 0 || length < 3) {
        return (kind & run) != 0;
    }
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        if (memcmp(at, wide[i], 3) == 0) {
            return true;
        }
    }
    return false;
}

/* An apostrophe wherever a cell begins that would be run: also in the middle, since Excel splits lines at the list separator
   of the country, and LibreOffice at several characters, whatever they were written with. */
static void write_safe(struct errata__sink *sink, const struct errata__delimited *with,
                       struct errata_text text) {
    size_t done = 0;

    errata__sink_words(sink, with->quote);
    errata__sink_words(sink, is_run(text.data, text.length, RUN | BEGIN) ? "'" : "");
    for (size_t i = 0; i < text.length; i++) {
        if ((kinds[(unsigned char)text.data[i]] & BREAK) == 0 ||
            !is_run(text.data + i + 1, text.length - i - 1, RUN)) {
            continue;
        }
        with->escaped(sink, (struct errata_text){text.data + done, i + 1 - done});
        errata__sink_words(sink, "'");
        done = i + 1;
    }
    with->escaped(sink, (struct errata_text){text.data + done, text.length - done});
    errata__sink_words(sink, with->quote);
}

void errata__delimited_begin(struct errata__writing *writing,
                             const struct errata__delimited *with) {
    const struct errata__frame *frame = writing->frame;
    struct errata__sink *sink = &writing->sink;
    size_t before = 0;

    for (size_t i = 0; i < frame->n_columns; i++) {
        if (!errata__cell_is_column(&frame->columns[i])) {
            continue;
        }
        errata__sink_bytes(sink, &with->separator, before);
        errata__sink_words(sink, frame->columns[i].name);
        before = 1;
    }
    errata__sink_words(sink, with->line_end);
}

void errata__delimited_row(struct errata__writing *writing, const struct errata__delimited *with,
                           const struct errata__cell *cells, size_t n_cells) {
    struct errata__sink *sink = &writing->sink;
    bool safe = writing->options.safe_cells;
    size_t before = 0;

    for (size_t i = 0; i < n_cells; i++) {
        const struct errata__cell *cell = &cells[i];

        if (!errata__cell_is_column(cell)) {
            continue;
        }
        errata__sink_bytes(sink, &with->separator, before);
        if (cell->kind == ERRATA__CELL_NUMBER) {
            errata__sink_number(sink, cell->number);
        } else if (cell->text.data && cell->kind == ERRATA__CELL_WORD) {
            errata__sink_bytes(sink, cell->text.data, cell->text.length);
        } else if (cell->text.data && safe) {
            write_safe(sink, with, cell->text);
        } else if (cell->text.data) {
            with->text(sink, cell->text);
        } else {
            errata__sink_words(sink, with->absent);
        }
        before = 1;
    }
    errata__sink_words(sink, with->line_end);
}
