/*
 * Building an index: rows are appended, equal values are found again, and everything since a mark can be
 * taken back. Functions return ERRATA_OK, ERRATA_NO_MEMORY, ERRATA_LIMIT_MEMORY or ERRATA_LIMIT_IDS; after
 * a failure roll back to a mark.
 */
#ifndef ERRATA_INDEX_APPEND_H
#define ERRATA_INDEX_APPEND_H

#include "index/tables.h"

/* Everything that a document may have added to. */
struct errata__mark {
    uint64_t rows[ERRATA__TABLES];
};

struct errata__shape {
    uint32_t code;
    uint32_t expected;
    uint32_t received;
    uint32_t message;
    uint32_t pattern;
    uint8_t flags;
};

struct errata__document_row {
    uint64_t offset;
    uint64_t line;
    int64_t fetched_at;
    uint32_t record;
    uint32_t status;
    uint32_t source;
    uint32_t number;
    uint32_t first_rule_error;
};

/* Makes an empty index in memory of the allocator. */
ERRATA_MUST_CHECK enum errata_status errata__index_new(struct errata_index **out,
                                                       const struct errata_allocator *allocator,
                                                       uint64_t max_memory, uint32_t max_issues,
                                                       bool digit_names);
/* Gives back what only reading needs. Allocates nothing. */
void errata__index_finish(struct errata_index *index);

void errata__index_mark(const struct errata_index *index, struct errata__mark *mark);
void errata__index_rollback(struct errata_index *index, const struct errata__mark *mark);

/* The id of a string. Invalid UTF-8 becomes U+FFFD, and *repaired is then set (else left alone). */
ERRATA_MUST_CHECK enum errata_status errata__string_intern(struct errata_index *index,
                                                           const char *text, size_t length,
                                                           uint32_t *id, bool *repaired);
/* The same for ASCII, with its errata__hash_bytes(), which errata__string_prefetch() can be told before. */
ERRATA_MUST_CHECK enum errata_status errata__string_intern_plain(struct errata_index *index,
                                                                 const char *text, size_t length,
                                                                 uint64_t hash, uint32_t *id);
static inline void errata__string_prefetch(const struct errata_index *index, uint64_t hash) {
    if (index->string_hash.slots != NULL) {
        __builtin_prefetch(&index->string_hash.slots[(uint32_t)hash & index->string_hash.mask], 1);
    }
}
/* segments: string ids, or ERRATA__POSITION. */
ERRATA_MUST_CHECK enum errata_status errata__pattern_intern(struct errata_index *index,
                                                            const uint32_t *segments, size_t count,
                                                            uint32_t *id);
ERRATA_MUST_CHECK enum errata_status errata__shape_intern(struct errata_index *index,
                                                          const struct errata__shape *shape,
                                                          uint32_t *id);
/* Enters the shapes that are not yet in the hash table, since each had a value that no other had. Called for every
   shape that comes again, by whatever way it is known to, so that memory does not depend on that. */
ERRATA_MUST_CHECK enum errata_status errata__shapes_enter_all(struct errata_index *index);
ERRATA_MUST_CHECK static inline enum errata_status errata__shapes_enter(
    struct errata_index *index) {
    return index->shape_hash.used == index->rows[ERRATA__SHAPES] ? ERRATA_OK
                                                                 : errata__shapes_enter_all(index);
}
/* Both of these for an issue: sets shape->pattern too, and is quick where the two came together lately. */
ERRATA_MUST_CHECK enum errata_status errata__issue_shape(struct errata_index *index,
                                                         struct errata__shape *shape,
                                                         const uint32_t *segments, size_t count,
                                                         uint32_t *id);
/* Always a new row when record is ERRATA_NONE. */
ERRATA_MUST_CHECK enum errata_status errata__record_intern(struct errata_index *index, uint32_t app,
                                                           uint32_t collection, uint32_t record,
                                                           uint32_t *id);

/* An issue of the rule error that will be appended next. Also ERRATA_LIMIT_ISSUES. */
ERRATA_MUST_CHECK enum errata_status errata__issue_append(struct errata_index *index,
                                                          uint32_t shape, const uint64_t *positions,
                                                          size_t count);
/* A rule error of the document that will be appended next; its issues are first_issue and all since. */
ERRATA_MUST_CHECK enum errata_status errata__rule_error_append(struct errata_index *index,
                                                               uint32_t key, uint32_t message,
                                                               uint32_t first_issue);
ERRATA_MUST_CHECK enum errata_status errata__document_append(
    struct errata_index *index, const struct errata__document_row *row);
ERRATA_MUST_CHECK enum errata_status errata__source_append(struct errata_index *index,
                                                           const struct errata_source *source,
                                                           uint32_t *id);
/* reject->reason is interned. */
ERRATA_MUST_CHECK enum errata_status errata__reject_append(struct errata_index *index,
                                                           const struct errata_reject *reject);

#endif
