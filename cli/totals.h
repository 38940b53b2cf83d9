/*
 * The head of a summary: totals, and what they are made of.
 */
#ifndef ERRATA_CLI_TOTALS_H
#define ERRATA_CLI_TOTALS_H

#include <errata/query.h>

#include "output.h"
#include "settings.h"

/* What scans were limited to that sources are of. */
struct scopes {
    /* Of the first of them; absent when there is none. */
    struct errata_text first;
    uint32_t limited;
    uint32_t sources;
    /* Others were limited to something else. */
    bool differ;
};

struct scopes totals_scopes(const struct errata_index *index);

/* A line each, in `width` columns; where all is asked for, as many lines as it takes. */
void totals_write(const struct errata_index *index, const struct errata_totals *totals,
                  const struct settings *settings, struct output *output, size_t width);

#endif
