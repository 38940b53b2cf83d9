/*
 * Dropping rows, but not their memory.
 */
#include "index/reuse.h"

#include <string.h>

#include "index/hash.h"
#include "index/recent.h"
#include "index/roster.h"

void errata__index_drop_rows(struct errata_index *index, bool keep_sources) {
    static const enum errata__table tables[] = {
        ERRATA__ISSUES,    ERRATA__POSITIONS, ERRATA__BLOCKS, ERRATA__RULE_ERRORS,
        ERRATA__DOCUMENTS, ERRATA__RECORDS,   ERRATA__REJECTS};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        index->rows[tables[i]] = 0;
    }
    if (!keep_sources) {
        index->rows[ERRATA__SOURCES] = 0;
    }
    index->most_rolled_back = 0;
    errata__records_forget(index);
    for (size_t kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        index->deviation_count[kind] = 0;
        index->deviation_first[kind] = ERRATA_NONE;
    }
}

void errata__index_empty(struct errata_index *index) {
    errata__index_drop_rows(index, false);
    memset(index->rows, 0, sizeof index->rows);
    errata__hash_forget(&index->string_hash);
    errata__hash_forget(&index->pattern_hash);
    errata__hash_forget(&index->shape_hash);
    index->strings_in_shapes = 0;
    index->patterns_in_shapes = 0;
    if (index->recent != NULL) {
        memset(index->recent, 0, ERRATA__RECENT_SLOTS * sizeof *index->recent);
    }
}
