/*
 * A walk over matching issues, one at a time.
 */
#include <string.h>

#include <errata/store.h>

#include "core/fail.h"
#include "index/scan.h"

struct errata_matches {
    struct errata__scan scan;
    /* Matching issues that are still to be skipped, then given. */
    uint64_t skip;
    uint64_t left;
    /* The issue that was given last. */
    uint32_t given;
};

enum errata_status errata_query_match(struct errata_matches **out, struct errata_query *query,
                                      uint64_t offset, uint64_t limit, struct errata_error *error) {
    const struct errata_allocator *allocator = &query->arena.allocator;

    *out = NULL;
    /* Who walks over issues looks at them, by accessors that have no words for damage. */
    enum errata_status status = errata_index_check(query->index, error);
    if (status == ERRATA_OK) {
        status = errata__query_prepare(query, error);
    }
    if (status == ERRATA_OK) {
        status = errata__query_prepare_paths(query, error);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    struct errata_matches *matches = allocator->alloc(allocator->ctx, sizeof *matches);
    if (matches == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    errata__scan_init(&matches->scan, query);
    matches->given = ERRATA_NONE;
    matches->skip = offset;
    matches->left = limit == 0 ? UINT64_MAX : limit;
    *out = matches;
    return ERRATA_OK;
}

void errata_matches_free(struct errata_matches *matches) {
    if (matches != NULL) {
        const struct errata_allocator *allocator = &matches->scan.query->arena.allocator;
        allocator->free(allocator->ctx, matches);
    }
}

/* Leaves scan->issue at the next issue that passes. */
static enum errata_status find_next(struct errata__scan *scan, bool *found,
                                    struct errata_error *error) {
    const struct errata_index *index = scan->query->index;

    *found = false;
    for (;;) {
        while (scan->issue < scan->issues_end) {
            uint32_t shape = errata__shape_of(index, scan->issue);
            enum errata_status status = errata__scan_passes(scan, scan->issue, shape, found, error);
            if (status != ERRATA_OK || *found) {
                return status;
            }
            scan->issue++;
        }
        bool more = false;
        enum errata_status status = errata__scan_rule_error(scan, &more, error);
        if (status != ERRATA_OK || !more) {
            return status;
        }
    }
}

enum errata_status errata_matches_next(struct errata_matches *matches, uint32_t *id,
                                       struct errata_error *error) {
    struct errata__scan *scan = &matches->scan;

    *id = ERRATA_NONE;
    matches->given = ERRATA_NONE;
    while (matches->left > 0) {
        bool found = false;
        enum errata_status status = find_next(scan, &found, error);
        if (status != ERRATA_OK) {
            return status;
        }
        if (!found) {
            matches->left = 0;
            break;
        }
        uint32_t issue = scan->issue++;
        if (matches->skip == 0) {
            matches->left--;
            matches->given = issue;
            *id = issue;
            break;
        }
        matches->skip--;
    }
    return ERRATA_OK;
}

enum errata_status errata_matches_total(const struct errata_matches *matches, uint64_t *out,
                                        struct errata_error *error) {
    struct errata_total total = {0};
    struct errata_totals *totals;
    enum errata_status status = errata_query_totals(&totals, matches->scan.query, error);

    if (status == ERRATA_OK) {
        errata_totals_get(totals, &total);
    }
    *out = total.issues;
    errata_totals_free(totals);
    return status;
}

enum errata_status errata_matches_group(struct errata_groups **out,
                                        const struct errata_matches *matches,
                                        const struct errata_grouping *by,
                                        struct errata_error *error) {
    return errata_query_group(out, matches->scan.query, by, error);
}

size_t errata_matches_path(struct errata_matches *matches, char *buffer, size_t size) {
    const struct errata_index *index = matches->scan.query->index;

    if (matches->given == ERRATA_NONE) {
        return 0;
    }
    return errata__path_render(index, errata__pattern_of(index, matches->given),
                               errata__scan_positions(&matches->scan, matches->given), buffer,
                               size);
}
