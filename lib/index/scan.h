/*
 * Walking over what passes: rule errors whose document and own terms hold, and within them issues.
 * Where an issue's positions begin is only looked for when it is asked for.
 */
#ifndef ERRATA_INDEX_SCAN_H
#define ERRATA_INDEX_SCAN_H

#include "index/query.h"

struct errata__scan {
    struct errata_query *query;
    /* Ids of all documents in the order wanted; NULL: as they are. */
    const uint32_t *order;
    /* How many documents were begun, and the last of them. */
    uint32_t begun;
    uint32_t document;
    /* Its rule error where the walk stands; those that are still to come. */
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

void errata__scan_init(struct errata__scan *scan, struct errata_query *query,
                       const uint32_t *order);

/* Goes to the next rule error that passes. *more is false at the end. */
ERRATA_MUST_CHECK enum errata_status errata__scan_rule_error(struct errata__scan *scan, bool *more,
                                                             struct errata_error *error);

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
