/*
 * The formats of answers, as one table: the words of --format, the commands whose answers each is for, what the library
 * calls it, and what other options it has.
 */
#ifndef ERRATA_CLI_FORMATS_H
#define ERRATA_CLI_FORMATS_H

/* What not every format has: options. */
enum {
    FORMAT_OPTIONS_NONE = 0,
    FORMAT_SAFE_CELLS = 1,
    FORMAT_MAX_BYTES = 2,
    /* Not an option: rows alone, with no place to say how many there are. */
    FORMAT_ROWS = 4
};

/* In the order of the help. The library has no word for a table, and functions of their own for the formats of
   other programs. */
#define FORMATS(ROW)                                                                               \
    ROW(TABLE, "table", ANSWERS, JSON, FORMAT_OPTIONS_NONE)                                        \
    ROW(JSON, "json", ANSWERS, JSON, FORMAT_OPTIONS_NONE)                                          \
    ROW(NDJSON, "ndjson", ANSWERS, NDJSON, FORMAT_ROWS)                                            \
    ROW(CSV, "csv", ANSWERS, CSV, FORMAT_SAFE_CELLS | FORMAT_ROWS)                                 \
    ROW(TSV, "tsv", ANSWERS, TSV, FORMAT_SAFE_CELLS | FORMAT_ROWS)                                 \
    ROW(MARKDOWN, "markdown", ANSWERS, MARKDOWN, FORMAT_MAX_BYTES)                                 \
    ROW(JUNIT, "junit", COMMAND_GROUP | COMMAND_DIFF | COMMAND_CHECK, JSON, FORMAT_OPTIONS_NONE)   \
    ROW(SARIF, "sarif", COMMAND_GROUP, JSON, FORMAT_OPTIONS_NONE)                                  \
    ROW(SQLITE, "sqlite", COMMAND_LIST, JSON, FORMAT_OPTIONS_NONE)

#define FORMAT_NAME(name, word, commands, library, options) FORMAT_##name,
enum result_format {
    FORMATS(FORMAT_NAME)
};
#undef FORMAT_NAME

#endif
