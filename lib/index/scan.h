/*
 * Walking over what passes in the order of the input: rule errors whose document and own terms hold, and within them
 * issues. Where an issue's positions begin is only looked for when it is asked for.
 */
#ifndef ERRATA_INDEX_SCAN_H
#define ERRATA_INDEX_SCAN_H

#include "index/query.h"

struct errata__scan {
    struct errata_query *query;
    uint32_t next_document;
    /* The rule error where the walk stands; those that are still to come. */
    uint32_t rule_error;
    uint32_t next_rule_error;
    uint32_t rule_errors_end;
    /* The rule error's issues that are still to come; the caller counts up. */
    uint32_t issue;
    uint32_t issues_end;
    /* An issue and where its positions begin. */
    uint32_t known_issue;
    uint64_t known_offset;
};

void errata__scan_init(struct errata__scan *scan, struct errata_query *query);

/* Behind the function below, where it is not the document's next rule error. */
ERRATA_MUST_CHECK enum errata_status errata__scan_further(struct errata__scan *scan, bool *more,
                                                          struct errata_error *error);

/* Goes to the next rule error that passes. *more is false at the end. */
static inline ERRATA_MUST_CHECK enum errata_status errata__scan_rule_error(
    struct errata__scan *scan, bool *more, struct errata_error *error) {
    if (scan->next_rule_error == scan->rule_errors_end ||
        scan->query->terms[ERRATA__LEVEL_RULE_ERROR] != NULL) {
        return errata__scan_further(scan, more, error);
    }
    scan->rule_error = scan->next_rule_error++;
    scan->issue = scan->issues_end;
    scan->issues_end = errata__end_of(scan->query->index, ERRATA__RULE_ERROR_FIRST,
                                      ERRATA__RULE_ERRORS, ERRATA__ISSUES, scan->rule_error);
    *more = true;
    return ERRATA_OK;
}

/* The shapes of issues from `issue` on that lie behind one another in memory, at least that one's; *count of them
   before `end`. */
static inline struct errata__shape_run errata__scan_shapes(const struct errata_index *index,
                                                           uint32_t issue, uint32_t end,
                                                           uint32_t *count) {
    uint32_t rows = 1U << ERRATA__ROW_SHIFT;
    uint32_t in_segment = rows - (issue & (rows - 1));

    *count = end - issue < in_segment ? end - issue : in_segment;
    return errata__shape_run(index, issue);
}

/* Where an issue's positions begin, after errata__query_prepare_paths(). Cheap when called with issues in
   ascending order. */
uint64_t errata__scan_positions(struct errata__scan *scan, uint32_t issue);

/* Does an issue pass? What is known already costs a look-up. */
static inline ERRATA_MUST_CHECK enum errata_status errata__scan_passes(struct errata__scan *scan,
                                                                       uint32_t issue,
                                                                       uint32_t shape, bool *passes,
                                                                       struct errata_error *error) {
    struct errata_query *query = scan->query;
    if (query->shapes[shape] == ERRATA__UNKNOWN) {
        enum errata_status status = errata__query_shape(query, shape, error);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    if (query->shapes[shape] == ERRATA__DEPENDS) {
        return errata__query_path(query, shape, errata__scan_positions(scan, issue), passes, error);
    }
    *passes = query->shapes[shape] == ERRATA__YES;
    return ERRATA_OK;
}

#endif
