/*
 * JSON: one value without white space, ended by LF. Members stand in the order of the cells.
 */
#include "export/format.h"

static void value(struct errata__sink *sink, const struct errata__cell *cell);

static void name(struct errata__sink *sink, bool comma, const char *words) {
    /* Names are ours, so nothing in them needs an escape. */
    errata__sink_bytes(sink, comma ? ",\"" : "\"", comma ? 2 : 1);
    errata__sink_words(sink, words);
    errata__sink_bytes(sink, "\":", 2);
}

/* Cells within cells are ours, never the input's: three deep at most. */
// NOLINTNEXTLINE(misc-no-recursion)
static void list(struct errata__sink *sink, const struct errata__cell *cells, size_t n_cells) {
    errata__sink_bytes(sink, "[", 1);
    for (size_t i = 0; i < n_cells; i++) {
        if (i > 0) {
            errata__sink_bytes(sink, ",", 1);
        }
        value(sink, &cells[i]);
    }
    errata__sink_bytes(sink, "]", 1);
}

// NOLINTNEXTLINE(misc-no-recursion)
static void value(struct errata__sink *sink, const struct errata__cell *cell) {
    switch (cell->kind) {
    case ERRATA__CELL_TEXT:
        if (cell->text.data) {
            errata__sink_quote(sink, cell->text);
        } else {
            errata__sink_bytes(sink, "null", 4);
        }
        break;
    case ERRATA__CELL_NUMBER:
        errata__sink_number(sink, cell->number);
        break;
    case ERRATA__CELL_WORD:
        errata__sink_bytes(sink, cell->text.data ? cell->text.data : "null",
                           cell->text.data ? cell->text.length : 4);
        break;
    case ERRATA__CELL_MARK:
        errata__sink_bytes(sink, "true", 4);
        break;
    case ERRATA__CELL_OBJECT:
        errata__json_object(sink, cell->cells, cell->n_cells);
        break;
    case ERRATA__CELL_LIST:
        list(sink, cell->cells, cell->n_cells);
        break;
    }
}

// NOLINTNEXTLINE(misc-no-recursion)
void errata__json_members(struct errata__sink *sink, const struct errata__cell *cells,
                          size_t n_cells) {
    bool comma = false;

    for (size_t i = 0; i < n_cells; i++) {
        if (cells[i].kind == ERRATA__CELL_MARK && cells[i].number == 0) {
            continue;
        }
        name(sink, comma, cells[i].name);
        comma = true;
        value(sink, &cells[i]);
    }
}

// NOLINTNEXTLINE(misc-no-recursion)
void errata__json_object(struct errata__sink *sink, const struct errata__cell *cells,
                         size_t n_cells) {
    errata__sink_bytes(sink, "{", 1);
    errata__json_members(sink, cells, n_cells);
    errata__sink_bytes(sink, "}", 1);
}

static void begin(struct errata__writing *writing) {
    const struct errata__frame *frame = writing->frame;
    struct errata__sink *sink = &writing->sink;

    if (frame->rows) {
        errata__sink_bytes(sink, "{", 1);
        errata__json_members(sink, frame->head, frame->n_head);
        name(sink, frame->n_head > 0, frame->rows);
    }
    errata__sink_bytes(sink, "[", 1);
}

static void row(struct errata__writing *writing, const struct errata__cell *cells, size_t n_cells) {
    errata__sink_bytes(&writing->sink, ",", writing->rows > 0);
    errata__json_object(&writing->sink, cells, n_cells);
}

static void end(struct errata__writing *writing) {
    errata__sink_words(&writing->sink, writing->frame->rows ? "]}\n" : "]\n");
}

const struct errata__format errata__format_json = {
    .begin = begin, .row = row, .end = end, .flat = false};
