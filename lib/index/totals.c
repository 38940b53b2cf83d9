/*
 * Totals: what passes a query, counted by kind, and documents by status.
 */
#include <string.h>

#include "core/fail.h"
#include "index/scan.h"
#include "index/sort.h"
#include "index/sound.h"

/* What is known of a record. */
#define HAS_DOCUMENT 1U
#define HAS_ISSUE 2U

struct status_count {
    /* A string's id. */
    uint32_t status;
    uint32_t documents;
};

struct errata_totals {
    struct errata__arena arena;
    const struct errata_index *index;
    struct errata_total total;
    struct status_count *statuses;
    size_t n_statuses;
};

/* While counting. */
struct count {
    struct errata_totals *totals;
    struct errata_query *query;
    struct errata__arena scratch;
    struct errata__scan scan;
    /* By record. */
    unsigned char *records;
    /* Numbers of statuses, and documents by these. */
    struct errata__pairs numbers;
    struct status_count *statuses;
    size_t room;
    /* There are terms on shapes; on shapes or rule errors. */
    bool inner;
    bool below;
};

static enum errata_status count_status(struct count *count, uint32_t status) {
    uint32_t number;
    enum errata_status result = errata__pairs_number(&count->numbers, 0, status, &number);

    if (result != ERRATA_OK) {
        return result;
    }
    if (number == count->room) {
        size_t room = count->room == 0 ? 16 : count->room * 2;
        struct status_count *fresh = errata__arena_borrow(&count->scratch, room, sizeof *fresh);
        if (fresh == NULL) {
            return count->scratch.failure;
        }
        if (number > 0) {
            memcpy(fresh, count->statuses, number * sizeof *fresh);
        }
        errata__arena_return(&count->scratch, count->statuses);
        count->statuses = fresh;
        count->room = room;
    }
    if (number == count->totals->n_statuses) {
        count->statuses[number] = (struct status_count){status, 0};
        count->totals->n_statuses++;
    }
    count->statuses[number].documents++;
    return ERRATA_OK;
}

/* How many issues of a rule error pass. */
static enum errata_status count_issues(struct count *count, uint32_t rule_error, uint32_t *passing,
                                       struct errata_error *error) {
    const struct errata_index *index = count->query->index;
    uint32_t first = errata__u32(index, ERRATA__RULE_ERROR_FIRST, rule_error);
    uint32_t end = errata__end_of(index, ERRATA__RULE_ERROR_FIRST, ERRATA__RULE_ERRORS,
                                  ERRATA__ISSUES, rule_error);

    *passing = end - first;
    if (!count->inner) {
        return ERRATA_OK;
    }
    *passing = 0;
    for (uint32_t issue = first; issue < end; issue++) {
        uint32_t shape = errata__shape_of(index, issue);
        bool passes = false;
        enum errata_status status = errata__scan_passes(&count->scan, issue, shape, &passes, error);
        if (status != ERRATA_OK) {
            return status;
        }
        *passing += passes;
    }
    return ERRATA_OK;
}

static enum errata_status count_document(struct count *count, uint32_t document,
                                         struct errata_error *error) {
    const struct errata_index *index = count->query->index;
    struct errata_total *total = &count->totals->total;
    uint32_t end = errata__end_of(index, ERRATA__DOCUMENT_FIRST, ERRATA__DOCUMENTS,
                                  ERRATA__RULE_ERRORS, document);
    bool any = false;
    bool any_rule_error = false;

    for (uint32_t row = errata__u32(index, ERRATA__DOCUMENT_FIRST, document); row < end; row++) {
        uint32_t passing = 0;
        bool passes = false;
        enum errata_status status =
            errata__query_row(count->query, ERRATA__LEVEL_RULE_ERROR, row, &passes, error);
        if (status == ERRATA_OK && passes) {
            status = count_issues(count, row, &passing, error);
        }
        if (status != ERRATA_OK) {
            return status;
        }
        bool counts = passes && (!count->inner || passing > 0);
        total->rule_errors += counts;
        any_rule_error = any_rule_error || counts;
        total->issues += passing;
        any = any || passing > 0;
    }
    unsigned char *record = &count->records[errata__u32(index, ERRATA__DOCUMENT_RECORD, document)];
    if (any && (*record & HAS_ISSUE) == 0) {
        *record |= HAS_ISSUE;
        total->records_with_issues++;
    }
    if (!any_rule_error && count->below) {
        return ERRATA_OK;
    }
    total->documents++;
    if ((*record & HAS_DOCUMENT) == 0) {
        *record |= HAS_DOCUMENT;
        total->records++;
    }
    enum errata_status status =
        count_status(count, errata__u32(index, ERRATA__DOCUMENT_STATUS, document));
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

static int compare_statuses(const void *ctx, uint32_t a, uint32_t b) {
    const struct count *count = ctx;
    const struct status_count *x = &count->statuses[a];
    const struct status_count *y = &count->statuses[b];
    int order = (x->documents < y->documents) - (x->documents > y->documents);
    return order != 0 ? order
                      : errata__text_compare(errata__text(count->query->index, x->status),
                                             errata__text(count->query->index, y->status));
}

static enum errata_status keep_statuses(struct count *count) {
    struct errata_totals *totals = count->totals;
    size_t statuses = totals->n_statuses;
    uint32_t *order = errata__arena_borrow(&count->scratch, statuses, 2 * sizeof *order);

    totals->statuses = errata__arena_zalloc(&totals->arena, statuses, sizeof *totals->statuses);
    if (order == NULL || totals->statuses == NULL) {
        return ERRATA_NO_MEMORY;
    }
    for (size_t i = 0; i < statuses; i++) {
        order[i] = (uint32_t)i;
    }
    errata__sort(order, order + statuses, statuses, compare_statuses, count);
    for (size_t i = 0; i < statuses; i++) {
        totals->statuses[i] = count->statuses[order[i]];
    }
    return ERRATA_OK;
}

static enum errata_status count_all(struct count *count, struct errata_error *error) {
    const struct errata_index *index = count->query->index;
    enum errata_status status =
        errata__sound(index, errata__field_facts(ERRATA_FIELD_STATUS), error);

    if (status == ERRATA_OK) {
        status = errata__query_prepare(count->query, error);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    count->records = errata__arena_zalloc(&count->scratch, index->rows[ERRATA__RECORDS], 1);
    if (count->records == NULL) {
        return errata__fail_plain(error, count->scratch.failure);
    }
    for (uint32_t document = 0; document < index->rows[ERRATA__DOCUMENTS]; document++) {
        bool passes = false;
        status = errata__query_row(count->query, ERRATA__LEVEL_DOCUMENT, document, &passes, error);
        if (status == ERRATA_OK && passes) {
            status = count_document(count, document, error);
        }
        if (status != ERRATA_OK) {
            return status;
        }
    }
    status = keep_statuses(count);
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

enum errata_status errata_query_totals(struct errata_totals **out, struct errata_query *query,
                                       struct errata_error *error) {
    const struct errata_allocator *allocator = &query->arena.allocator;
    struct errata_totals *totals = allocator->alloc(allocator->ctx, sizeof *totals);

    *out = NULL;
    if (totals == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(totals, 0, sizeof *totals);
    totals->index = query->index;
    errata__arena_init(&totals->arena, allocator, 0);
    struct count count = {.totals = totals, .query = query};
    errata__arena_init(&count.scratch, allocator, 0);
    errata__pairs_init(&count.numbers, &count.scratch, query->index);
    errata__scan_init(&count.scan, query);
    count.inner = query->terms[ERRATA__LEVEL_SHAPE] != NULL;
    count.below = count.inner || query->terms[ERRATA__LEVEL_RULE_ERROR] != NULL;
    enum errata_status status = count_all(&count, error);
    errata__arena_clear(&count.scratch);
    if (status != ERRATA_OK) {
        errata_totals_free(totals);
        return status;
    }
    *out = totals;
    return ERRATA_OK;
}

void errata_totals_free(struct errata_totals *totals) {
    if (totals != NULL) {
        struct errata_allocator allocator = totals->arena.allocator;
        errata__arena_clear(&totals->arena);
        allocator.free(allocator.ctx, totals);
    }
}

void errata_totals_get(const struct errata_totals *totals, struct errata_total *out) {
    *out = totals->total;
}

bool errata_totals_status(const struct errata_totals *totals, size_t number,
                          struct errata_text *status, uint32_t *documents) {
    if (number >= totals->n_statuses) {
        return false;
    }
    *status = errata__text(totals->index, totals->statuses[number].status);
    *documents = totals->statuses[number].documents;
    return true;
}
