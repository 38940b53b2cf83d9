/*
 * NDJSON: the rows alone, one JSON object a line.
 */
#include "export/format.h"

static void begin(struct errata__sink *sink, const struct errata__frame *frame) {
    (void)sink;
    (void)frame;
}

static void row(struct errata__sink *sink, const struct errata__cell *cells, size_t n_cells,
                bool first) {
    (void)first;
    errata__json_object(sink, cells, n_cells);
    errata__sink_bytes(sink, "\n", 1);
}

static void end(struct errata__sink *sink, const struct errata__frame *frame) {
    (void)sink;
    (void)frame;
}

const struct errata__format errata__format_ndjson = {begin, row, end, .flat = false};
