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

/* Would a spreadsheet take it for a formula? Some look behind blanks and quotes, and take the full-width forms of East
   Asian keyboards. */
static bool is_run(struct errata_text text) {
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                       "\xEF\xBC\xA0"};
    size_t at = 0;

    while (at < text.length && (text.data[at] == ' ' || text.data[at] == '"')) {
        at++;
    }
    if (at == text.length) {
        return false;
    }
    if (text.data[at] != '\0' && strchr("=+-@\t\r\n", text.data[at])) {
        return true;
    }
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        if (text.length - at >= 3 && memcmp(text.data + at, wide[i], 3) == 0) {
            return true;
        }
    }
    return false;
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
        } else if (cell->text.data) {
            with->text(sink, safe && is_run(cell->text) ? "'" : "", cell->text);
        } else {
            errata__sink_words(sink, with->absent);
        }
        before = 1;
    }
    errata__sink_words(sink, with->line_end);
}

void errata__delimited_end(struct errata__writing *writing) {
    (void)writing;
}
