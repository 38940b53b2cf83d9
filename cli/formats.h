/*
 * The formats of answers, as one table: the words of --format, the commands whose answers each is for, what the library
 * calls it, what other options it has, and what manual pages say of it.
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
    ROW(TABLE, "table", ANSWERS, JSON, FORMAT_OPTIONS_NONE,                                        \
        "Columns for people, and no format for programs: what does not fit a "                     \
        "terminal is cut, and what could disturb one is an escape.")                               \
    ROW(JSON, "json", ANSWERS, JSON, FORMAT_OPTIONS_NONE,                                          \
        "One line: of a list an array of issues, else an object with counts and "                  \
        "rows. Members are only ever added.")                                                      \
    ROW(NDJSON, "ndjson", ANSWERS, NDJSON, FORMAT_ROWS,                                            \
        "A JSON object a line for each row, without the counts.")                                  \
    ROW(CSV, "csv", ANSWERS, CSV, FORMAT_SAFE_CELLS | FORMAT_ROWS,                                 \
        "Rows by RFC 4180, in UTF-8, with a header line. An absent value is "                      \
        "nothing, an empty text is \"\". For spreadsheets see --safe-cells.")                      \
    ROW(TSV, "tsv", ANSWERS, TSV, FORMAT_SAFE_CELLS | FORMAT_ROWS,                                 \
        "Rows with a TAB between values, and a header line. TAB, LF, CR and a "                    \
        "backslash in a value are \\t, \\n, \\r and \\\\, an absent value is \\N.")                \
    ROW(MARKDOWN, "markdown", ANSWERS, MARKDOWN, FORMAT_MAX_BYTES,                                 \
        "A table for a comment on a pull request, no longer than --max-bytes. A "                  \
        "last line says how many rows were left out.")                                             \
    ROW(JUNIT, "junit", COMMAND_GROUP | COMMAND_DIFF | COMMAND_CHECK, JSON, FORMAT_OPTIONS_NONE,   \
        "Test results for CI servers. Of groups a suite is a rule key and a case is "              \
        "a group, which fails, with three of its issues. Of a diff a case is a "                   \
        "group, which fails when it is new or grown. Of a check a suite is a rule "                \
        "of the policy or an option, and a case is a limit of it. Rejects are a "                  \
        "case that fails.")                                                                        \
    ROW(SARIF, "sarif", COMMAND_GROUP, JSON, FORMAT_OPTIONS_NONE,                                  \
        "SARIF 2.1.0 for code scanning of GitHub. A result is a group, a rule is a "               \
        "rule key, so --by must have key. There are 25,000 results at most, of 10 "                \
        "MB by gzip. The smallest groups are left out, and a notification says how "               \
        "many.")                                                                                   \
    ROW(SQLITE, "sqlite", COMMAND_LIST, JSON, FORMAT_OPTIONS_NONE,                                 \
        "A database, which needs -o FILE. A row of the view issue is an issue, one "               \
        "of issue_group a group, one of rule_error a rule error. docs/sqlite.md has "              \
        "all tables.")

#define FORMAT_NAME(name, word, commands, library, options, about) FORMAT_##name,
enum result_format {
    FORMATS(FORMAT_NAME)
};
#undef FORMAT_NAME

#endif
