/*
 * The columns, as data.
 */
#include "index/schema.h"

#include "index/tables.h"

#define SHIFT(table)                                                                               \
    ((ERRATA__##table) == ERRATA__STRING_BYTES || (ERRATA__##table) == ERRATA__POSITIONS           \
         ? ERRATA__STREAM_SHIFT                                                                    \
         : ERRATA__ROW_SHIFT)

const struct errata__column_schema errata__schema[ERRATA__COLUMNS] = {
#define X(column, table, width, rule, of, name)                                                    \
    [ERRATA__##column] = {name, ERRATA__##table, width, SHIFT(table), ERRATA__##rule, of},
    ERRATA__COLUMN_LIST(X)
#undef X
};
