/*
 * For tests of queries: indexes that are made row by row, by hand or at random, in memory that is
 * counted.
 */
#ifndef ERRATA_TESTS_MADE_INDEX_H
#define ERRATA_TESTS_MADE_INDEX_H

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <errata/query.h>

#include "index/append.h"

/* Blocks that are out; what is asked for from the one numbered fail_at on (0: never) is refused. */
struct heap {
    atomic_long out;
    atomic_long asked;
    long fail_at;
};

static inline void *heap_alloc(void *ctx, size_t size) {
    struct heap *heap = ctx;
    long number = ++heap->asked;
    if (heap->fail_at != 0 && number >= heap->fail_at) {
        return NULL;
    }
    heap->out++;
    return malloc(size);
}

static inline void *heap_realloc(void *ctx, void *block, size_t size) {
    struct heap *heap = ctx;
    long number = ++heap->asked;
    if (heap->fail_at != 0 && number >= heap->fail_at) {
        return NULL;
    }
    heap->out += block == NULL;
    return realloc(block, size);
}

static inline void heap_free(void *ctx, void *block) {
    struct heap *heap = ctx;
    heap->out -= block != NULL;
    free(block);
}

/* Tests of what the code under test is made of, not of what it does. */
static inline void must(enum errata_status status) {
    if (status != ERRATA_OK) {
        fprintf(stderr, "making an index: %s\n", errata_status_text(status));
        abort();
    }
}

static inline struct errata_text text_of(const char *text) {
    return (struct errata_text){text, text == NULL ? 0 : strlen(text)};
}

struct made {
    struct errata_index *index;
    uint32_t first_issue;
    uint32_t first_rule_error;
    uint32_t source;
    uint32_t number;
};

static inline void made_source(struct made *made, const char *source) {
    const struct errata_source row = {.name = text_of(source)};
    must(errata__source_append(made->index, &row, &made->source));
    made->number = 0;
}

static inline void made_begin(struct made *made, struct heap *heap, const char *source) {
    struct errata_allocator allocator = {heap_alloc, heap_realloc, heap_free, heap};
    memset(made, 0, sizeof *made);
    must(errata__index_new(&made->index, &allocator, 0, UINT32_MAX - 1, false));
    made_source(made, source);
}

static inline uint32_t made_string(struct made *made, const char *text) {
    uint32_t id = ERRATA_NONE;
    bool repaired;
    if (text != NULL) {
        must(errata__string_intern(made->index, text, strlen(text), &id, &repaired));
    }
    return id;
}

/* path: segments divided by blanks; those that are digits are positions; NULL is the empty path. */
static inline void made_issue(struct made *made, const char *code, const char *expected, bool json,
                              const char *received, const char *message, const char *path) {
    uint32_t segments[64];
    uint64_t positions[64];
    size_t count = 0;
    size_t n_positions = 0;
    char copy[256] = "";
    snprintf(copy, sizeof copy, "%s", path == NULL ? "" : path);
    for (char *rest, *name = strtok_r(copy, " ", &rest); name != NULL;
         name = strtok_r(NULL, " ", &rest)) {
        if (*name >= '0' && *name <= '9') {
            positions[n_positions++] = strtoull(name, NULL, 10);
            segments[count++] = ERRATA__POSITION;
        } else {
            segments[count++] = made_string(made, name);
        }
    }
    struct errata__shape shape = {.code = made_string(made, code),
                                  .expected = made_string(made, expected),
                                  .received = made_string(made, received),
                                  .message = made_string(made, message),
                                  .flags = json ? ERRATA__EXPECTED_JSON : 0};
    uint32_t id;
    must(errata__pattern_intern(made->index, segments, count, &shape.pattern));
    must(errata__shape_intern(made->index, &shape, &id));
    must(errata__issue_append(made->index, id, positions, n_positions));
}

static inline void made_rule_error(struct made *made, const char *key, const char *message) {
    must(errata__rule_error_append(made->index, made_string(made, key), made_string(made, message),
                                   made->first_issue));
    made->first_issue = (uint32_t)made->index->rows[ERRATA__ISSUES];
}

static inline void made_document(struct made *made, const char *status, const char *app,
                                 const char *collection, const char *record, int64_t fetched_at) {
    struct errata__document_row row = {.fetched_at = fetched_at,
                                       .status = made_string(made, status),
                                       .source = made->source,
                                       .line = 1,
                                       .number = ++made->number,
                                       .first_rule_error = made->first_rule_error};
    must(errata__record_intern(made->index, made_string(made, app), made_string(made, collection),
                               made_string(made, record), &row.record));
    must(errata__document_append(made->index, &row));
    made->first_rule_error = (uint32_t)made->index->rows[ERRATA__RULE_ERRORS];
}

static inline struct errata_index *made_end(struct made *made) {
    errata__index_finish(made->index);
    return made->index;
}

/* A small generator of our own: the same numbers everywhere. */
static inline uint32_t draw(uint64_t *seed, uint32_t below) {
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(*seed >> 33) % below;
}

static inline const char *draw_from(uint64_t *seed, const char *const *list, uint32_t count) {
    return list[draw(seed, count)];
}

/* At random: few distinct values, so that much coincides; absent ones; records that come again far
   apart; documents and rule errors without anything in them; two sources under one name. */
static inline struct errata_index *made_at_random(struct heap *heap, uint64_t seed,
                                                  uint32_t documents) {
    static const char *const codes[] = {NULL, "", "too_small", "invalid_type", "5"};
    static const char *const values[] = {NULL, "5", "string", "\"5\""};
    static const char *const messages[] = {"Required", "Expected a name", "caf\303\251", NULL};
    static const char *const paths[] = {NULL,       "a",         "a 0",   "a 1 b",   "a 0 b",
                                        "a 17 b 3", "a 2 b 3 c", "b * a", "a 12 b 4"};
    static const char *const keys[] = {"CHECK_INCOME", "CHECK_AGE", NULL};
    static const char *const statuses[] = {"FAILED", "COMPLETED", "odd", "RUNNING"};
    static const char *const records[] = {"r1", "r2", "r3", "r4", NULL};
    struct made made;
    made_begin(&made, heap, "one.json");
    for (uint32_t i = 0; i < documents; i++) {
        if (draw(&seed, 8) == 0) {
            made_source(&made, draw(&seed, 2) == 0 ? "one.json" : "two.json");
        }
        for (uint32_t n = draw(&seed, 4); n > 0; n--) {
            for (uint32_t m = draw(&seed, 6); m > 0; m--) {
                made_issue(&made, draw_from(&seed, codes, 5), draw_from(&seed, values, 4),
                           draw(&seed, 2) == 0, draw_from(&seed, values, 4),
                           draw_from(&seed, messages, 4), draw_from(&seed, paths, 9));
            }
            made_rule_error(&made, draw_from(&seed, keys, 3), draw_from(&seed, messages, 4));
        }
        made_document(&made, draw_from(&seed, statuses, 4), draw(&seed, 3) == 0 ? "app" : NULL,
                      draw(&seed, 2) == 0 ? "c1" : "c2", draw_from(&seed, records, 5),
                      draw(&seed, 2) == 0 ? 0 : 1767323045 + draw(&seed, 3));
    }
    return made_end(&made);
}

#endif
