/*
 * The life of an index: made empty, marked and rolled back while it is read into, finished, freed.
 */
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "index/append.h"
#include "index/file.h"
#include "index/grow.h"
#include "index/hash.h"
#include "index/intern.h"
#include "index/recent.h"
#include "index/roster.h"

enum errata_status errata__index_new(struct errata_index **out,
                                     const struct errata_allocator *allocator, uint64_t max_memory,
                                     uint32_t max_issues, bool digit_names) {
    *out = NULL;
    struct errata_index *index = allocator->alloc(allocator->ctx, sizeof *index);
    if (index == NULL) {
        return ERRATA_NO_MEMORY;
    }
    memset(index, 0, sizeof *index);
    errata__arena_init(&index->arena, allocator, max_memory);
    /* The limit is for all that the index asks for. */
    index->arena.held = sizeof *index;
    index->wide_from = UINT64_MAX;
    index->max_issues = max_issues;
    index->digit_names = digit_names;
    for (size_t i = 0; i < ERRATA_DEVIATION_KINDS; i++) {
        index->deviation_first[i] = ERRATA_NONE;
    }
    /* Hostile payloads must not be able to make everything land in one slot. Up to 256 bytes come whole or, only
       before the kernel has gathered entropy at boot, after a wait. */
    if (getrandom(index->secret, sizeof index->secret, 0) != (ssize_t)sizeof index->secret) {
        errata_index_free(index);
        return ERRATA_NO_MEMORY;
    }
    *out = index;
    return ERRATA_OK;
}

void errata__index_finish(struct errata_index *index) {
    errata__hash_free(index, &index->string_hash);
    errata__hash_free(index, &index->pattern_hash);
    errata__hash_free(index, &index->shape_hash);
    errata__records_free(index);
    errata__arena_return(&index->arena, index->recent);
    index->recent = NULL;
}

void errata_index_free(struct errata_index *index) {
    if (index != NULL) {
        struct errata_allocator allocator = index->arena.allocator;
        errata__file_close(index->file);
        errata__arena_clear(&index->arena);
        allocator.free(allocator.ctx, index);
    }
}

void errata__index_mark(const struct errata_index *index, struct errata__mark *mark) {
    memcpy(mark->rows, index->rows, sizeof mark->rows);
}

/* Takes the values since the mark out of their hash table, the last first. */
static void forget(struct errata_index *index, struct errata__hash *hash, uint64_t from,
                   errata__hash_of *hash_of) {
    while (hash->used > from) {
        errata__hash_remove(index, hash, hash->used - 1, hash_of);
    }
}

void errata__index_rollback(struct errata_index *index, const struct errata__mark *mark) {
    if (index->rows[ERRATA__ISSUES] > index->most_rolled_back) {
        index->most_rolled_back = index->rows[ERRATA__ISSUES];
    }
    index->later.count = 0;
    for (uint64_t id = index->rows[ERRATA__RECORDS]; id > mark->rows[ERRATA__RECORDS]; id--) {
        errata__record_forget(index, (uint32_t)id - 1);
    }
    forget(index, &index->shape_hash, mark->rows[ERRATA__SHAPES], errata__shape_hash);
    forget(index, &index->pattern_hash, mark->rows[ERRATA__PATTERNS], errata__pattern_hash);
    forget(index, &index->string_hash, mark->rows[ERRATA__STRINGS], errata__string_hash);
    if (index->recent != NULL && index->rows[ERRATA__STRINGS] > mark->rows[ERRATA__STRINGS]) {
        memset(index->recent, 0, ERRATA__RECENT_SLOTS * sizeof *index->recent);
    }
    memcpy(index->rows, mark->rows, sizeof index->rows);
    errata__stream_truncate(index, ERRATA__STRING_BYTE, index->rows[ERRATA__STRING_BYTES]);
    errata__stream_truncate(index, ERRATA__POSITION_BYTE, index->rows[ERRATA__POSITIONS]);
}
