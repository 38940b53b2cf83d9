/*
 * Comparing runs: the same grouping over several indexes. Groups are found again by their values,
 * records by their ids, never by position or order.
 *
 *     struct errata_query *const sides[] = {yesterday, today};
 *     struct errata_difference one;
 *
 *     if (errata_query_diff(&diff, sides, 2, &by, &error))
 *         ...
 *     for (uint64_t i = 0; errata_diff_at(diff, i, &one); i++)
 *         if (one.change == ERRATA_CHANGE_NEW) ...
 *
 * Each side is a query, on an index of its own or not. The first is what there was, the last what
 * there is; runs between them are counted and listed, but what changed is from the first to the last.
 */
#ifndef ERRATA_DIFF_H
#define ERRATA_DIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/allocator.h>
#include <errata/error.h>
#include <errata/query.h>
#include <errata/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

/** The result of comparing. */
struct errata_diff;

/** The most sides of a comparison. */
#define ERRATA_DIFF_SIDES 64

/** What became of a group, by its issues. */
enum errata_change {
    /** Not on the first side, on the last. */
    ERRATA_CHANGE_NEW = 0,
    /** Not on the last side, but on an earlier one. */
    ERRATA_CHANGE_GONE,
    /** More issues on the last side than on the first. */
    ERRATA_CHANGE_GROWN,
    ERRATA_CHANGE_SHRUNK,
    /** As many. */
    ERRATA_CHANGE_SAME,
    /** How many changes there are. */
    ERRATA_CHANGES
};

/** One group, on all sides. */
struct errata_difference {
    /** One value per field of the grouping; absent where the issues have none. */
    const struct errata_text *values;
    enum errata_change change;
    /** One number per side; 0 where the side has no such group. */
    const uint64_t *issues;
    /** Distinct records, one number per side. */
    const uint32_t *records;
    /** Records with an issue in this group on the last side that newly fail: see errata_diff_totals. */
    uint32_t newly_failing;
};

/**
 * What became of groups and records. A record fails on a side when it has an issue there that passes
 * the query. It is on a side when the index has it, whatever passes. Records are the same when app,
 * collection and record id are; without a record id they are the same as none, and not counted here.
 */
struct errata_diff_totals {
    /** Groups by what became of them, also those that `offset` and `limit` left out. */
    uint64_t groups[ERRATA_CHANGES];
    /** Fail on the last side, and are on the first without failing. */
    uint32_t newly_failing;
    /** Fail on the first side, and are on the last without failing. */
    uint32_t no_longer_failing;
    /** Fail on the first side and on the last. */
    uint32_t still_failing;
    /** Fail on the last side, and are not on the first at all. */
    uint32_t added;
    /** Fail on the first side, and are not on the last at all. */
    uint32_t removed;
};

/** One side. */
struct errata_diff_side {
    /** That pass the query. */
    uint64_t issues;
    /** Distinct records of these issues, also those without an id. */
    uint32_t records;
    /** All records that the index has. */
    uint32_t records_total;
    /** Of all records those without an id: they cannot be found on another side. */
    uint32_t unnamed;
    /** Of these the ones with an issue that passes. */
    uint32_t unnamed_failing;
    /** Status documents and rejects of the index, whatever passes: what is gone may just not have been read. */
    uint32_t documents;
    uint32_t rejects;
};

/** The name of a change in outputs, such as "grown"; NULL when there is no such change. */
const char *errata_change_name(enum errata_change change);

/**
 * Finds a change by its name.
 *
 * @param name  such as "grown"
 * @param out   receives the change
 * @return ERRATA_OK; ERRATA_BAD_QUERY, whose message suggests the nearest name
 */
ERRATA_MUST_CHECK enum errata_status errata_change_parse(struct errata_text name,
                                                         enum errata_change *out,
                                                         struct errata_error *error);

/**
 * Compares. Cost: per side one pass over issues and records; sorting the groups. Memory: the groups of
 * all sides, the records of the first side and a few bytes for each of another. It comes from the
 * allocator of the first side's index.
 *
 * @param out      receives the diff, to be freed with errata_diff_free() before the queries are; NULL
 *                 on failure
 * @param queries  the sides; give all of them the same terms
 * @param n_sides  2 ... ERRATA_DIFF_SIDES
 * @param by       not NULL. Groups with fewer issues than `least` on every side are left out, and out of
 *                 the totals of groups too. The order is new, gone, grown, shrunk, same; within
 *                 these the most issues (or records) that a group has on one of its sides, then names.
 *                 ERRATA_ORDER_NAME is by name alone
 * @return ERRATA_OK; ERRATA_MISUSE (a wrong n_sides, or as errata_query_group()); ERRATA_MISMATCH (one
 *         index was read with digit_names and another was not, or they are not redacted alike: see redact.h); ERRATA_NO_MEMORY; ERRATA_LIMIT_REGEX;
 *         ERRATA_LIMIT_MEMORY (the texts of a side's groups: errata_query_options.texts); ERRATA_LIMIT_IDS (over 3
 *         billion groups or records); ERRATA_DAMAGED
 */
ERRATA_MUST_CHECK enum errata_status errata_query_diff(struct errata_diff **out,
                                                       struct errata_query *const *queries,
                                                       size_t n_sides,
                                                       const struct errata_grouping *by,
                                                       struct errata_error *error);

/** Frees a diff. @param diff  may be NULL */
void errata_diff_free(struct errata_diff *diff);

/** How many groups errata_diff_at() gives. */
uint64_t errata_diff_count(const struct errata_diff *diff);

/**
 * One group, in order.
 *
 * @param number  0 ... errata_diff_count() - 1
 * @param out     receives the group, borrowed from diff
 * @return false when there is none
 */
bool errata_diff_at(const struct errata_diff *diff, uint64_t number, struct errata_difference *out);

/** @param out  receives the totals */
void errata_diff_totals_get(const struct errata_diff *diff, struct errata_diff_totals *out);

/** How many sides there are. */
size_t errata_diff_sides(const struct errata_diff *diff);

/**
 * What was found on one side.
 *
 * @param side  0 ... errata_diff_sides() - 1
 * @return false when there is none
 */
bool errata_diff_side_at(const struct errata_diff *diff, size_t side, struct errata_diff_side *out);

/** The grouping that was asked for. @return borrowed from diff */
const struct errata_grouping *errata_diff_grouping(const struct errata_diff *diff);

/** Where the diff has its memory from, for what is made beside it. @return borrowed, never NULL */
const struct errata_allocator *errata_diff_allocator(const struct errata_diff *diff);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
