/*
 * Results as machine formats, and as Markdown. docs/formats.md has every member and column.
 *
 * JSON output is a contract: members are only ever added, and absent is null. CSV is RFC 4180, with CRLF line
 * ends as it says; control characters in it and in TSV, but for LF, CR and TAB, become U+FFFD.
 */
#ifndef ERRATA_EXPORT_H
#define ERRATA_EXPORT_H

#include <errata/diff.h>
#include <errata/error.h>
#include <errata/index.h>
#include <errata/query.h>

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

/** What to write. */
enum errata_format {
    /** One JSON value, ended by LF. */
    ERRATA_FORMAT_JSON = 0,
    /** One JSON object a line, without the totals. */
    ERRATA_FORMAT_NDJSON,
    /** RFC 4180, with a header line. */
    ERRATA_FORMAT_CSV,
    /** text/tab-separated-values, with a header line; \t, \n, \r and \\ are escapes, \N is absent. */
    ERRATA_FORMAT_TSV,
    /**
     * Tables for a comment on GitHub, with counts above and, below, how much was left out. For people: columns are
     * fewer, long values are cut, and what the input says can be no link, image, HTML or mention.
     */
    ERRATA_FORMAT_MARKDOWN
};

/** The most bytes of Markdown when nothing else is asked for: a comment on GitHub holds 65,536 characters. */
#define ERRATA_MARKDOWN_BYTES 60000
/** The least that can be asked for. */
#define ERRATA_MARKDOWN_LEAST_BYTES 1000

/** How to write. All zero: JSON, with defaults. */
struct errata_export_options {
    enum errata_format format;
    /**
     * CSV and TSV, no other format: a cell of the input's that a spreadsheet would run begins with an apostrophe, and so
     * does what would be one if the file were split at semicolons, commas or TABs; in CSV every text is quoted. It changes
     * the data, so it is for files that people open in a spreadsheet, not for programs.
     */
    bool safe_cells;
    /**
     * Markdown, no other format: the most bytes, of at least ERRATA_MARKDOWN_LEAST_BYTES; 0 is ERRATA_MARKDOWN_BYTES.
     * Rows that do not fit are left out, which the last line says.
     */
    uint64_t max_bytes;
};

/**
 * Writes groups. JSON and Markdown, of these as of what is below, also say what of the input could not be read.
 *
 * @param groups   what errata_query_group() gave
 * @param index    the index that they are of
 * @param options  may be NULL: all zero
 * @param write    receives the bytes in order, some KiB at a time
 * @param ctx      handed to write
 * @return ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_MISUSE (no such format, or one that does not
 *         have the option that was given); what write returned
 */
ERRATA_MUST_CHECK enum errata_status errata_export_groups(
    const struct errata_groups *groups, const struct errata_index *index,
    const struct errata_export_options *options, errata_write_function *write, void *ctx,
    struct errata_error *error);

/**
 * Writes a comparison.
 *
 * @param diff   what errata_query_diff() gave
 * @param names  what to call the sides, such as names of files, one each (invalid UTF-8 becomes
 *               U+FFFD); NULL: nothing
 * @return as errata_export_groups()
 */
ERRATA_MUST_CHECK enum errata_status errata_export_diff(const struct errata_diff *diff,
                                                        const struct errata_text *names,
                                                        const struct errata_export_options *options,
                                                        errata_write_function *write, void *ctx,
                                                        struct errata_error *error);

/**
 * Writes the issues that a walk gives. Needs no memory that grows with their number.
 *
 * @param matches  read to its end
 * @return as errata_export_groups(); ERRATA_LIMIT_REGEX
 */
ERRATA_MUST_CHECK enum errata_status errata_export_issues(
    struct errata_matches *matches, const struct errata_index *index,
    const struct errata_export_options *options, errata_write_function *write, void *ctx,
    struct errata_error *error);

/**
 * Writes groups as test results, for servers that run tests: the XML of JUnit, as Jenkins' junit-10.xsd has it. A suite for
 * each rule key (one for all, where they are not grouped by it), a case for each group, which fails, with three of its
 * issues. What `limit` and `offset` left out is said, by a case that is skipped, and so are rejects, by one that fails; where
 * there are no groups at all, a case passes. Of a value 1,000 characters at most are written; those that XML cannot have become U+FFFD. Memory: 24 bytes for each group.
 *
 * @param groups  what errata_query_group() gave for query
 * @param query   without a new term since then; it is asked once more, for examples
 * @return as errata_export_groups(); what errata_groups_visit() returns
 */
ERRATA_MUST_CHECK enum errata_status errata_export_junit_groups(const struct errata_groups *groups,
                                                                struct errata_query *query,
                                                                const struct errata_index *index,
                                                                errata_write_function *write,
                                                                void *ctx,
                                                                struct errata_error *error);

/**
 * Writes a comparison likewise: a suite, a case for each group, which fails where the group is new or grown.
 *
 * @return as errata_export_groups()
 */
ERRATA_MUST_CHECK enum errata_status errata_export_junit_diff(const struct errata_diff *diff,
                                                              errata_write_function *write,
                                                              void *ctx,
                                                              struct errata_error *error);

/** So many results of a SARIF file GitHub shows; of more it chooses. */
#define ERRATA_SARIF_SHOWN 5000

/**
 * Writes groups as SARIF 2.1.0, for GitHub's code scanning and other readers: a rule for each key, a result for each group,
 * most issues first. What GitHub does not take (over 25,000 results, over 10 MB of gzip) is left out, the smallest groups
 * first, and the file says so; also how many rejects the input has. Of a value 1,000 characters at most are written. Memory: 8 bytes for each group, some 0.5 MiB.
 *
 * @param groups   grouped by key, and maybe other fields
 * @param results  receives how many groups were written; may be NULL
 * @return as errata_export_groups(); ERRATA_MISUSE (not grouped by key)
 */
ERRATA_MUST_CHECK enum errata_status errata_export_sarif(const struct errata_groups *groups,
                                                         const struct errata_index *index,
                                                         uint64_t *results,
                                                         errata_write_function *write, void *ctx,
                                                         struct errata_error *error);

/**
 * Writes issues as a SQLite database, with everything that they belong to: docs/sqlite.md has the tables. Memory: a bit for
 * each record, shape and pattern of the index, the groups by key, code and pattern, and some 40 MiB of malloc for SQLite. Temporary files of SQLite's, of the
 * size of the database's largest index, are where SQLITE_TMPDIR or TMPDIR says, or in /var/tmp.
 *
 * @param matches  read to its end
 * @param whole    the walk gives all issues: also documents, records and rule errors that it does not come by
 * @param path     a file that is empty or not there; `path-journal` is not made. It is written in place and not yet sure to
 *                 outlive a power cut. What was written before a failure stays
 * @return ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_CANNOT_WRITE (the disk is full; something was in the file, or it is a
 *         device; a text is longer than the 10^9 bytes that SQLite takes); ERRATA_LIMIT_REGEX; ERRATA_LIMIT_MEMORY;
 *         ERRATA_DAMAGED;
 *         ERRATA_MISUSE (see errata_export_has_sqlite(); path is "" or ":memory:", which are no files for SQLite)
 */
ERRATA_MUST_CHECK enum errata_status errata_export_sqlite(struct errata_matches *matches,
                                                          const struct errata_index *index,
                                                          bool whole, const char *path,
                                                          struct errata_error *error);

/** Was the library built with SQLite? Without it errata_export_sqlite() is of no use. */
bool errata_export_has_sqlite(void);

/**
 * Writes a summary: totals, deviations and the top keys, codes and patterns. NDJSON, CSV and TSV have the rows of the
 * top lists alone.
 *
 * @param query    what to sum up
 * @param top      rows of each top list; 0 means all
 * @return as errata_export_issues()
 */
ERRATA_MUST_CHECK enum errata_status errata_export_summary(
    struct errata_query *query, const struct errata_index *index, uint64_t top,
    const struct errata_export_options *options, errata_write_function *write, void *ctx,
    struct errata_error *error);

/**
 * Writes one reject as a line of NDJSON, for errata_reader_options.on_reject.
 *
 * @param reject  as on_reject was given it
 * @param source  name of its source
 * @param text    as on_reject was given it; of more than 200 bytes the rest is left out; invalid UTF-8
 *                becomes U+FFFD; absent (for a reject out of an index, which does not keep it) is null
 * @return ERRATA_OK; ERRATA_NO_MEMORY (of malloc); what write returned
 */
ERRATA_MUST_CHECK enum errata_status errata_export_reject(const struct errata_reject *reject,
                                                          struct errata_text source,
                                                          struct errata_text text,
                                                          errata_write_function *write, void *ctx,
                                                          struct errata_error *error);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
