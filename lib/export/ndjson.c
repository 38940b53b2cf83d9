/*
 * NDJSON: the rows alone, one JSON object a line.
 */
#include "export/format.h"

static void row(struct errata__writing *writing, const struct errata__cell *cells, size_t n_cells) {
    errata__json_object(&writing->sink, cells, n_cells);
    errata__sink_bytes(&writing->sink, "\n", 1);
}

const struct errata__format errata__format_ndjson = {.row = row, .flat = false};
