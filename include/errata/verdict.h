/*
 * The verdict of a gate: which limits hold, and what is behind those that do not. Whoever judges fills it in, as
 * errata check does; errata_export_verdict() writes it in every format.
 */
#ifndef ERRATA_VERDICT_H
#define ERRATA_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/error.h>
#include <errata/export.h>
#include <errata/index.h>
#include <errata/query.h>
#include <errata/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

/** A group that a verdict is about. */
struct errata_verdict_group {
    /** One for each field of errata_verdict.by. */
    const struct errata_text *values;
    uint64_t issues;
    uint64_t records;
    /** How it stands to what was known before, such as `new`; absent: nothing was. */
    struct errata_text change;
    /** Whether it was known before, and with how many issues and records. */
    bool known;
    uint64_t known_issues;
    uint64_t known_records;
    /** Behind a clause: how much of it counts there. */
    uint64_t counted;
};

/** Groups, of which there may be more than are listed. */
struct errata_verdict_groups {
    const struct errata_verdict_group *at;
    size_t count;
    uint64_t total;
};

/** A limit, and what was found. */
struct errata_verdict_clause {
    struct errata_text name;
    /** The limit's own name, what it counts (`issues`, `records`, `groups`), and its per cent; absent: it has none. */
    struct errata_text limit;
    struct errata_text unit;
    struct errata_text percent;
    uint64_t allowed;
    uint64_t found;
    bool passed;
    /** When it does not hold, that is only a warning. */
    bool warns;
    /** The largest groups behind it, how many there are, also those that are not here, and ids of some of their issues. */
    const struct errata_verdict_group *groups;
    size_t n_groups;
    uint64_t groups_total;
    const uint32_t *examples;
    size_t n_examples;
};

/** Whether a baseline was written. */
enum errata_verdict_written {
    ERRATA_WRITTEN_NOT_ASKED = 0,
    ERRATA_WRITTEN_NO,
    ERRATA_WRITTEN_YES
};

/** A verdict. Everything in it is borrowed. */
struct errata_verdict {
    /** The fields of its groups; the rest does not matter. */
    const struct errata_grouping *by;
    bool passed;
    const struct errata_verdict_clause *clauses;
    size_t n_clauses;
    /** Groups that were known and are not there any more. */
    struct errata_verdict_groups stale;
    /** Groups that what was known before does not have, or not so large. */
    struct errata_verdict_groups widened;
    enum errata_verdict_written written;
    /** Groups that were known and are not any more. */
    uint64_t dropped;
    /** Of all input. */
    uint64_t documents;
    uint64_t records;
    uint64_t rejects;
};

/**
 * Writes a verdict. JSON has all of it, NDJSON the clauses; CSV and TSV have the groups behind clauses that do not hold.
 *
 * @param verdict  with ids of this index
 * @param index    what was judged
 * @param options  may be NULL: all zero
 * @param write    receives the bytes in order, some KiB at a time
 * @param ctx      handed to write
 * @return as errata_export_groups()
 */
ERRATA_MUST_CHECK enum errata_status errata_export_verdict(
    const struct errata_verdict *verdict, const struct errata_index *index,
    const struct errata_export_options *options, errata_write_function *write, void *ctx,
    struct errata_error *error);

/**
 * Writes a verdict as test results, as errata_export_junit_groups() does: a suite for each name of clauses, a case for each
 * limit, which fails where it does not hold; where that is only a warning, the case passes and says so. A last suite has a
 * case for rejects and, where one was asked for, for the baseline. A verdict that did not pass has a failure.
 *
 * @return as errata_export_groups()
 */
ERRATA_MUST_CHECK enum errata_status errata_export_junit_verdict(
    const struct errata_verdict *verdict, const struct errata_index *index,
    errata_write_function *write, void *ctx, struct errata_error *error);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
