/*
 * Asking an index: which issues pass some conditions, and how they group.
 *
 *     struct errata_query *query;
 *     struct errata_groups *groups;
 *     struct errata_grouping by = {.fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_PATTERN},
 *                                  .n_fields = 2};
 *
 *     if (errata_query_new(&query, index, NULL, &error) ||
 *         errata_query_where(query, "message ~ (?i)income", &error) ||
 *         errata_query_group(&groups, query, &by, &error))
 *         ...
 *
 * A query is a conjunction of terms. docs/query.md has their syntax and meaning. Conditions and
 * regular expressions run once per distinct value, not once per issue (those on `path` excepted).
 *
 * A query belongs to one thread at a time; many queries may run on one index at once. The index
 * must outlive its queries, and a query what it handed out. Memory comes from the index's
 * allocator. On an index that was opened, every function that returns a status may also return
 * ERRATA_DAMAGED: see store.h.
 */
#ifndef ERRATA_QUERY_H
#define ERRATA_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/error.h>
#include <errata/index.h>
#include <errata/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

/** A conjunction of terms over one index. */
struct errata_query;
/** The result of grouping. */
struct errata_groups;
/** A walk over matching issues. */
struct errata_matches;
/** What passes a query, counted. */
struct errata_totals;

/** What can be asked for and grouped by. */
enum errata_field {
    /** Rule key. */
    ERRATA_FIELD_KEY = 0,
    ERRATA_FIELD_CODE,
    /** The path as sent, with positions: per issue, so dearer than the others. */
    ERRATA_FIELD_PATH,
    /** The path with every position replaced by `[*]`. */
    ERRATA_FIELD_PATTERN,
    ERRATA_FIELD_EXPECTED,
    ERRATA_FIELD_RECEIVED,
    /** The issue's message. */
    ERRATA_FIELD_MESSAGE,
    /** The rule error's message. */
    ERRATA_FIELD_RULE_MESSAGE,
    /** Record id. */
    ERRATA_FIELD_RECORD,
    /** Collection id. */
    ERRATA_FIELD_COLLECTION,
    /** App id. */
    ERRATA_FIELD_APP,
    ERRATA_FIELD_STATUS,
    /** Name of the source. */
    ERRATA_FIELD_SOURCE,
    /** As text, `2026-01-02T03:04:05Z`. */
    ERRATA_FIELD_FETCHED_AT,
    /** How many fields there are. */
    ERRATA_FIELDS
};

/**
 * How a term compares. A missing value equals nothing and matches nothing, so the negated ones hold
 * for it. EQUAL and its negation take globs on path and pattern. With several values, EQUAL and
 * MATCHES hold when one of them does, and their negations when none does.
 */
enum errata_operator {
    ERRATA_EQUAL = 0,
    ERRATA_NOT_EQUAL,
    /** PCRE2, anywhere in the text, case counts. */
    ERRATA_MATCHES,
    ERRATA_NOT_MATCHES,
    /** There is a value. Takes no values. */
    ERRATA_PRESENT,
    ERRATA_ABSENT
};

/** How a query is asked. 0 in a number means its default. */
struct errata_query_options {
    /** Steps of one match, as PCRE2 counts them; default 10,000,000. */
    uint32_t regex_steps;
    /** Heap of one match in KiB; default 65,536. */
    uint32_t regex_heap;
    /**
     * Bytes of patterns and paths that are held as text at once: by a grouping those of its groups, by a
     * term the one it looks at; default 4 GiB. An index has each name once, in however many patterns
     * it is and however often, so these texts can be far larger than the index.
     */
    uint64_t texts;
    /**
     * Takes a term that no issue can pass, whatever the index, for a mistake: ERRATA_BAD_QUERY. Such
     * are a position with a number in a pattern (`pattern = a[17]`), a time that is not written as
     * times are (`fetched_at = 2026-01-02`), `app = c`, `!path` (also of pattern, status and source), and
     * terms on one field that exclude one another (`key = A` with `key = B`, `code` with `!code`,
     * `path = a.*` with `path = b.**`, `key = A` with `key ~ ^B`); path and pattern are as one field here.
     * Of alternatives (`in`) none may be such a position, time or app id, but one that the other
     * terms let pass is enough. What is refused is impossible; not everything impossible is refused: two
     * regular expressions only if one is asked for and the very same refused, and globs not beside
     * regular expressions.
     */
    bool refuse_impossible;
};

/** How groups are ordered. Ties go by name: the fields' values in order, bytewise, absent first. */
enum errata_order {
    /** Most issues first. */
    ERRATA_ORDER_ISSUES = 0,
    /** Most records first. */
    ERRATA_ORDER_RECORDS,
    ERRATA_ORDER_NAME
};

/** What to group by, and which groups to give. */
struct errata_grouping {
    enum errata_field fields[ERRATA_FIELDS];
    /** 1 ... ERRATA_FIELDS. */
    size_t n_fields;
    enum errata_order order;
    /** Groups with fewer issues are left out, and out of the count of groups too; 0 is as 1. */
    uint64_t least;
    /** Groups to skip. */
    uint64_t offset;
    /** The most groups to give; 0 means all. */
    uint64_t limit;
};

/** One group. */
struct errata_group {
    /** One value per field of the grouping; absent where the issues have none. */
    const struct errata_text *values;
    uint64_t issues;
    /** Distinct records. */
    uint32_t records;
    /** Id of its first issue in input order. */
    uint32_t first;
};

/** The group of an issue that errata_groups_at() does not give. */
#define ERRATA_NO_GROUP UINT64_MAX

/**
 * Called with an issue that passes.
 *
 * @param group   the number of its group, as errata_groups_at() takes it; ERRATA_NO_GROUP when `least`,
 *                `offset` or `limit` left the group out
 * @param record  id of its record
 * @param issue   its id
 * @return ERRATA_OK, or what ends the walk
 */
typedef enum errata_status errata_visit_function(void *ctx, uint64_t group, uint32_t record,
                                                 uint32_t issue);

/** Counts of what passes a query. */
struct errata_total {
    /** Those for which the terms on documents hold and, if there are any others, with a rule error
        that is counted. */
    uint32_t documents;
    /** Distinct records of those documents. */
    uint32_t records;
    /** Those for which the terms on documents and rule errors hold and, if there are any others,
        with an issue that passes. */
    uint32_t rule_errors;
    uint32_t issues;
    /** Distinct records with an issue that passes. */
    uint32_t records_with_issues;
};

/** The name of a field, as in `--where`; NULL when there is no such field. */
const char *errata_field_name(enum errata_field field);

/**
 * Finds a field by its name.
 *
 * @param name  such as "rule_message"
 * @param out   receives the field
 * @return ERRATA_OK; ERRATA_BAD_QUERY, whose message suggests the nearest name
 */
ERRATA_MUST_CHECK enum errata_status errata_field_parse(struct errata_text name,
                                                        enum errata_field *out,
                                                        struct errata_error *error);

/**
 * Makes a query without terms: every issue passes.
 *
 * @param out      receives the query, to be freed with errata_query_free(); NULL on failure
 * @param index    what to ask; it must outlive the query. NULL, as a failed call leaves it, is refused
 * @param options  may be NULL: all defaults
 * @return ERRATA_OK; ERRATA_MISUSE (index is NULL); ERRATA_NO_MEMORY
 */
ERRATA_MUST_CHECK enum errata_status errata_query_new(struct errata_query **out,
                                                      const struct errata_index *index,
                                                      const struct errata_query_options *options,
                                                      struct errata_error *error);

/** Frees a query. What it handed out must be freed before. @param query  may be NULL */
void errata_query_free(struct errata_query *query);

/**
 * Adds a term in text form, such as `code = too_small` or `path !in ["a","b"]`. All terms must
 * hold. A walk that is under way heeds the new term from then on.
 *
 * @param text  NUL-ended; copied
 * @return ERRATA_OK; ERRATA_BAD_QUERY (`kex = A`, `path = inc*`, `key in []`), whose message has
 *         the term, the byte, and the nearest field or what would be right; ERRATA_BAD_REGEX (such as
 *         `(`), whose message has the expression and the byte; ERRATA_NO_MEMORY. After a failure
 *         the query is as before.
 */
ERRATA_MUST_CHECK enum errata_status errata_query_where(struct errata_query *query,
                                                        const char *text,
                                                        struct errata_error *error);

/**
 * Adds a term without text form.
 *
 * @param values    alternatives; copied
 * @param n_values  at least 1, but 0 for PRESENT and ABSENT
 * @return as errata_query_where(), its messages without the term; ERRATA_MISUSE (a wrong n_values,
 *         field or op, an absent value)
 */
ERRATA_MUST_CHECK enum errata_status errata_query_add(struct errata_query *query,
                                                      enum errata_field field,
                                                      enum errata_operator op,
                                                      const struct errata_text *values,
                                                      size_t n_values, struct errata_error *error);

/**
 * Groups the issues that pass. Cost: one pass over the issues, and sorting the groups.
 *
 * @param out  receives the groups, to be freed with errata_groups_free(); NULL on failure
 * @param by   not NULL
 * @return ERRATA_OK; ERRATA_MISUSE (a wrong n_fields, field or order, or a field twice);
 *         ERRATA_NO_MEMORY; ERRATA_LIMIT_REGEX, whose message has the expression; ERRATA_LIMIT_MEMORY (see
 *         errata_query_options.texts)
 */
ERRATA_MUST_CHECK enum errata_status errata_query_group(struct errata_groups **out,
                                                        struct errata_query *query,
                                                        const struct errata_grouping *by,
                                                        struct errata_error *error);

/** Frees groups. @param groups  may be NULL */
void errata_groups_free(struct errata_groups *groups);

/** How many groups there are, whatever offset and limit left out. */
uint64_t errata_groups_total(const struct errata_groups *groups);

/** How many groups errata_groups_at() gives. */
uint64_t errata_groups_count(const struct errata_groups *groups);

/** Issues that pass the query, in whatever group; also those that `least` left out. */
uint64_t errata_groups_issues(const struct errata_groups *groups);

/** Distinct records of those issues. */
uint32_t errata_groups_records(const struct errata_groups *groups);

/** The grouping that was asked for. @return borrowed from groups */
const struct errata_grouping *errata_groups_grouping(const struct errata_groups *groups);

/**
 * One group, in order.
 *
 * @param number  0 ... errata_groups_count() - 1
 * @param out     receives the group, borrowed from groups
 * @return false when there is none
 */
bool errata_groups_at(const struct errata_groups *groups, uint64_t number,
                      struct errata_group *out);

/**
 * Walks over the issues that pass, each with its group. All issues of a record come one after another:
 * records in the order of their first documents, the issues of each in input order. The query must
 * not be asked for anything by `visit`. Cost: as errata_query_group(), without the sorting.
 *
 * @param groups  what errata_query_group() gave for this query
 * @param query   without a new term since then
 * @param visit   called once for each issue
 * @param ctx     handed to visit
 * @return ERRATA_OK; ERRATA_MISUSE (the groups are of another query, or it has a new term);
 *         ERRATA_NO_MEMORY; ERRATA_LIMIT_REGEX; ERRATA_LIMIT_MEMORY; what visit returned
 */
ERRATA_MUST_CHECK enum errata_status errata_groups_visit(const struct errata_groups *groups,
                                                         struct errata_query *query,
                                                         errata_visit_function *visit, void *ctx,
                                                         struct errata_error *error);

/**
 * Starts a walk over the issues that pass, in input order.
 *
 * @param out     receives the walk, to be freed with errata_matches_free(); NULL on failure
 * @param offset  matching issues to skip
 * @param limit   the most issues to give; 0 means all
 * @return ERRATA_OK; ERRATA_NO_MEMORY
 */
ERRATA_MUST_CHECK enum errata_status errata_query_match(struct errata_matches **out,
                                                        struct errata_query *query, uint64_t offset,
                                                        uint64_t limit, struct errata_error *error);

/** Frees a walk. @param matches  may be NULL */
void errata_matches_free(struct errata_matches *matches);

/**
 * The next matching issue.
 *
 * @param id  receives its id, ERRATA_NONE at the end
 * @return ERRATA_OK, also at the end; ERRATA_NO_MEMORY; ERRATA_LIMIT_REGEX; ERRATA_LIMIT_MEMORY
 */
ERRATA_MUST_CHECK enum errata_status errata_matches_next(struct errata_matches *matches,
                                                         uint32_t *id, struct errata_error *error);

/**
 * The path of the issue that errata_matches_next() gave last, such as `borrowers[17].income`. The same as
 * errata_index_path(), which has to look for the place of the issue's positions, while a walk comes along there.
 *
 * @param buffer  receives the text, cut to what fits and ended by NUL; may be NULL when size is 0
 * @param size    bytes of buffer
 * @return the length of the whole text, without the NUL; 0 when no issue was given yet, or after the last
 */
size_t errata_matches_path(struct errata_matches *matches, char *buffer, size_t size);

/**
 * Counts the issues that pass, whatever offset and limit the walk has. Costs what errata_query_totals() does.
 *
 * @param out  receives the number
 * @return as errata_query_totals()
 */
ERRATA_MUST_CHECK enum errata_status errata_matches_total(const struct errata_matches *matches,
                                                          uint64_t *out,
                                                          struct errata_error *error);

/**
 * Groups the issues that pass, whatever offset and limit the walk has. Not while another call on the walk runs.
 *
 * @param out  receives the groups, to be freed with errata_groups_free(); NULL on failure
 * @param by   not NULL
 * @return as errata_query_group(), which also says what it costs
 */
ERRATA_MUST_CHECK enum errata_status errata_matches_group(struct errata_groups **out,
                                                          const struct errata_matches *matches,
                                                          const struct errata_grouping *by,
                                                          struct errata_error *error);

/**
 * Counts what passes.
 *
 * @param out  receives the totals, to be freed with errata_totals_free(); NULL on failure
 * @return ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_LIMIT_REGEX; ERRATA_LIMIT_MEMORY
 */
ERRATA_MUST_CHECK enum errata_status errata_query_totals(struct errata_totals **out,
                                                         struct errata_query *query,
                                                         struct errata_error *error);

/** Frees totals. @param totals  may be NULL */
void errata_totals_free(struct errata_totals *totals);

/** @param out  receives the counts */
void errata_totals_get(const struct errata_totals *totals, struct errata_total *out);

/**
 * Documents that pass, by status: most documents first, ties by name.
 *
 * @param number     from 0
 * @param status     receives the status
 * @param documents  receives how many documents have it
 * @return false when there are no more
 */
bool errata_totals_status(const struct errata_totals *totals, size_t number,
                          struct errata_text *status, uint32_t *documents);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
