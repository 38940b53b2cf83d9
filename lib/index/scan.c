/*
 * The walk over documents and their rule errors.
 */
#include "index/scan.h"

#include <string.h>

void errata__scan_init(struct errata__scan *scan, struct errata_query *query) {
    memset(scan, 0, sizeof *scan);
    scan->query = query;
}

/* The next document whose terms hold. */
static enum errata_status next_document(struct errata__scan *scan, bool *more,
                                        struct errata_error *error) {
    const struct errata_index *index = scan->query->index;

    for (;;) {
        bool passes = false;
        uint32_t document = scan->next_document;
        *more = document < index->rows[ERRATA__DOCUMENTS];
        if (!*more) {
            return ERRATA_OK;
        }
        scan->next_document++;
        enum errata_status status =
            errata__query_row(scan->query, ERRATA__LEVEL_DOCUMENT, document, &passes, error);
        if (status != ERRATA_OK) {
            return status;
        }
        if (passes) {
            scan->next_rule_error = errata__u32(index, ERRATA__DOCUMENT_FIRST, document);
            scan->rule_errors_end = errata__end_of(index, ERRATA__DOCUMENT_FIRST, ERRATA__DOCUMENTS,
                                                   ERRATA__RULE_ERRORS, document);
            return ERRATA_OK;
        }
    }
}

enum errata_status errata__scan_further(struct errata__scan *scan, bool *more,
                                        struct errata_error *error) {
    const struct errata_index *index = scan->query->index;

    for (;;) {
        while (scan->next_rule_error < scan->rule_errors_end) {
            bool passes = false;
            enum errata_status status = errata__query_row(scan->query, ERRATA__LEVEL_RULE_ERROR,
                                                          scan->next_rule_error, &passes, error);
            if (status != ERRATA_OK) {
                return status;
            }
            scan->rule_error = scan->next_rule_error++;
            if (passes) {
                scan->issue = errata__u32(index, ERRATA__RULE_ERROR_FIRST, scan->rule_error);
                scan->issues_end =
                    errata__end_of(index, ERRATA__RULE_ERROR_FIRST, ERRATA__RULE_ERRORS,
                                   ERRATA__ISSUES, scan->rule_error);
                *more = true;
                return ERRATA_OK;
            }
        }
        enum errata_status status = next_document(scan, more, error);
        if (status != ERRATA_OK || !*more) {
            return status;
        }
    }
}

uint64_t errata__scan_positions(struct errata__scan *scan, uint32_t issue) {
    const struct errata_index *index = scan->query->index;
    const uint32_t *counts = scan->query->position_counts;

    if (issue < scan->known_issue || issue - scan->known_issue >= ERRATA__BLOCK_ISSUES) {
        scan->known_offset = errata__issue_positions(index, counts, issue);
    } else {
        uint64_t positions = 0;
        for (uint32_t i = scan->known_issue; i < issue; i++) {
            positions += counts[errata__pattern_of(index, i)];
        }
        errata__position_skip(index, positions, &scan->known_offset);
    }
    scan->known_issue = issue;
    return scan->known_offset;
}
