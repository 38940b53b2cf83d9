/*
 * NDJSON: the rows alone, one JSON object a line.
 */
#include "export/format.h"

static void begin(struct errata__writing *writing) {
    (void)writing;
}

static void row(struct errata__writing *writing, const struct errata__cell *cells, size_t n_cells) {
    errata__json_object(&writing->sink, cells, n_cells);
    errata__sink_bytes(&writing->sink, "\n", 1);
}

static void end(struct errata__writing *writing) {
    (void)writing;
}

const struct errata__format errata__format_ndjson = {
    .begin = begin, .row = row, .end = end, .flat = false};
