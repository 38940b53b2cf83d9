/*
 * The walk over documents and their rule errors.
 */
#include "index/scan.h"

#include <string.h>

void errata__scan_init(struct errata__scan *scan, struct errata_query *query,
                       const struct errata__repeats *repeats) {
    memset(scan, 0, sizeof *scan);
    scan->query = query;
    scan->repeats = repeats;
}

/* Asks for a cell. gcc 12 takes a call of such a function for one without effect, and leaves it out. */
__attribute__((always_inline)) static inline void fetch(const struct errata_index *index,
                                                        enum errata__column column, uint32_t row) {
    const unsigned char *segment = index->columns[column].at[row >> ERRATA__ROW_SHIFT];
    __builtin_prefetch((const uint32_t *)(const void *)segment +
                       (row & ((1U << ERRATA__ROW_SHIFT) - 1)));
}

/* The next repeat; asks for the rows of those that come soon. They may be anywhere, and each would wait for
   memory three times: where a tenth of small documents were repeats, that was half of the time of grouping. */
static uint32_t take_repeat(struct errata__scan *scan) {
    enum {
        ISSUES_AHEAD = 4,
        RULE_ERRORS_AHEAD = 8,
        DOCUMENTS_AHEAD = 12
    };
    const struct errata_index *index = scan->query->index;
    const uint64_t *keys = scan->repeats->keys + scan->next_repeat;

    if (scan->repeats->count - scan->next_repeat > DOCUMENTS_AHEAD) {
        fetch(index, ERRATA__DOCUMENT_FIRST, (uint32_t)keys[DOCUMENTS_AHEAD]);
        fetch(index, ERRATA__DOCUMENT_RECORD, (uint32_t)keys[DOCUMENTS_AHEAD]);
        uint32_t row =
            errata__u32(index, ERRATA__DOCUMENT_FIRST, (uint32_t)keys[RULE_ERRORS_AHEAD]);
        if (row < index->rows[ERRATA__RULE_ERRORS]) {
            fetch(index, ERRATA__RULE_ERROR_FIRST, row);
            fetch(index, ERRATA__RULE_ERROR_KEY, row);
        }
        row = errata__u32(index, ERRATA__DOCUMENT_FIRST, (uint32_t)keys[ISSUES_AHEAD]);
        row = row < index->rows[ERRATA__RULE_ERRORS]
                  ? errata__u32(index, ERRATA__RULE_ERROR_FIRST, row)
                  : ERRATA_NONE;
        if (row < index->rows[ERRATA__ISSUES]) {
            fetch(index, ERRATA__ISSUE_SHAPE, row);
        }
    }
    scan->next_repeat++;
    return (uint32_t)*keys;
}

/* The next document record by record, of two rows of documents with rising records. Of one record, those that are no
   repeats come first in both. */
static bool next_by_record(struct errata__scan *scan, uint32_t *document) {
    const struct errata_index *index = scan->query->index;
    const struct errata__repeats *repeats = scan->repeats;
    uint32_t documents = (uint32_t)index->rows[ERRATA__DOCUMENTS];
    uint32_t record = 0;

    while (scan->next_document < documents) {
        record = errata__u32(index, ERRATA__DOCUMENT_RECORD, scan->next_document);
        if (record >= scan->highest_record) {
            break;
        }
        scan->next_document++;
    }
    if (scan->next_repeat < repeats->count) {
        if (scan->next_document == documents || repeats->keys[scan->next_repeat] >> 32 < record) {
            *document = take_repeat(scan);
            return true;
        }
    }
    *document = scan->next_document;
    if (scan->next_document == documents) {
        return false;
    }
    scan->highest_record = record;
    scan->next_document++;
    return true;
}

/* The next document whose terms hold. */
static enum errata_status next_document(struct errata__scan *scan, bool *more,
                                        struct errata_error *error) {
    const struct errata_index *index = scan->query->index;

    for (;;) {
        bool passes = false;
        uint32_t document = scan->next_document;
        if (scan->repeats != NULL) {
            *more = next_by_record(scan, &document);
        } else {
            *more = document < index->rows[ERRATA__DOCUMENTS];
            scan->next_document += *more;
        }
        if (!*more) {
            return ERRATA_OK;
        }
        enum errata_status status =
            errata__query_row(scan->query, ERRATA__LEVEL_DOCUMENT, document, &passes, error);
        if (status != ERRATA_OK) {
            return status;
        }
        if (passes) {
            scan->document = document;
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
            positions += counts[errata__u32(index, ERRATA__SHAPE_PATTERN,
                                            errata__u32(index, ERRATA__ISSUE_SHAPE, i))];
        }
        errata__position_skip(index, positions, &scan->known_offset);
    }
    scan->known_issue = issue;
    return scan->known_offset;
}
