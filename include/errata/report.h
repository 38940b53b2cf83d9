/*
 * A report for people: one HTML file that needs nothing else, no network and no server. docs/report.md shows
 * what is on it.
 *
 *     const struct errata_report_options options = {.old = yesterday};
 *
 *     if (errata_export_report(today, index, &options, write, file, &error))
 *         ...
 *
 * Texts of the payload are data in it, never markup: they are escaped where they stand, the page's script puts
 * them in as text, and the page's Content-Security-Policy lets only that script and its style run.
 */
#ifndef ERRATA_REPORT_H
#define ERRATA_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include <errata/error.h>
#include <errata/index.h>
#include <errata/query.h>
#include <errata/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

/** What stands in a report, and how much of it. All zero: everything within the defaults, no comparison. */
struct errata_report_options {
    /** What the query asks for, to be shown, such as `--key CHECK_INCOME`. Invalid UTF-8 becomes U+FFFD, here
        and below. */
    const struct errata_text *asked;
    size_t n_asked;
    /** What was read, as whoever asks calls it. None: the names of the index's sources. */
    const struct errata_text *inputs;
    size_t n_inputs;
    /** What there was before, with the same terms: the report tells what is new, gone, grown and shrunk since then.
        NULL: no comparison. */
    struct errata_query *old;
    /** What to call it; absent: nothing. */
    struct errata_text old_name;
    /** The most groups in the table, those in most records first; 0: 2,000. How many there are is said. */
    uint64_t max_groups;
    /** The most bytes of the table's data; 0: 32 MiB. Groups behind that are left out, which is said. The rest of the
        page has limits of its own in rows, not in bytes: bars, the heat map, what changed, and the tables for where no
        script runs. A single text is cut at 4,096 bytes in any case, and its length given. */
    uint64_t max_bytes;
};

/**
 * Writes a report on the issues that pass a query, grouped by key, code and pattern. The same index, query and
 * options give the same bytes: there is no clock in it.
 *
 * Of a record with issues of a single rule key or group it says that putting that right is enough. So issues that do
 * not pass the query count there, too, and these figures do not depend on it.
 *
 * Cost: an errata_index_check(), a walk over all documents, as two calls of errata_groups_visit() and four of
 * errata_query_group(); two more of each where issues do not pass the query, and with `old` one of errata_query_diff().
 *
 * @param query    what to report on
 * @param index    the index that query is of, and no other
 * @param options  may be NULL: all defaults
 * @param write    receives the bytes in order, some KiB at a time
 * @param ctx      handed to write
 * @return ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_LIMIT_REGEX; ERRATA_LIMIT_MEMORY (see errata_query_options.texts);
 *         ERRATA_MISMATCH (`old` is of an index that was read with digit_names, and the other is not, or the
 *         other way round); ERRATA_DAMAGED (see store.h); what write returned
 */
ERRATA_MUST_CHECK enum errata_status errata_export_report(
    struct errata_query *query, const struct errata_index *index,
    const struct errata_report_options *options, errata_write_function *write, void *ctx,
    struct errata_error *error);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
