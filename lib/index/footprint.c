/*
 * How many bytes of an index are rows of which kind.
 */
#include <string.h>

#include "index/tables.h"

/* Where the rows of a table count. */
static uint64_t *place_of(struct errata_footprint *footprint, enum errata__table table) {
    switch ((int)table) {
    case ERRATA__ISSUES:
    case ERRATA__POSITIONS:
    case ERRATA__BLOCKS:
        return &footprint->issues;
    case ERRATA__RULE_ERRORS:
        return &footprint->rule_errors;
    case ERRATA__DOCUMENTS:
        return &footprint->documents;
    case ERRATA__RECORDS:
        return &footprint->records;
    case ERRATA__STRINGS:
    case ERRATA__STRING_BYTES:
        return &footprint->strings;
    case ERRATA__SEGMENTS:
    case ERRATA__PATTERNS:
    case ERRATA__SHAPES:
        return &footprint->shapes;
    default:
        return &footprint->other;
    }
}

void errata_index_footprint(const struct errata_index *index, struct errata_footprint *footprint) {
    memset(footprint, 0, sizeof *footprint);
    for (int column = 0; column < ERRATA__COLUMNS; column++) {
        const struct errata__column_schema *schema = &errata__schema[column];
        *place_of(footprint, (enum errata__table)schema->table) +=
            index->rows[schema->table] * schema->width;
    }
    uint64_t issues = index->rows[ERRATA__ISSUES];
    footprint->issues -= (issues < index->wide_from ? issues : index->wide_from) * sizeof(uint16_t);
}
