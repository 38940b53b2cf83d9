/*
 * For tests of the tables: the written form of an index in memory, which two equal indexes have in common, and
 * documents at random that are appended by way of the internal functions.
 */
#ifndef ERRATA_TESTS_WRITTEN_H
#define ERRATA_TESTS_WRITTEN_H

#include "made-index.h"

struct written {
    char *data;
    size_t length;
    size_t capacity;
};

static inline enum errata_status written_take(void *ctx, const void *bytes, size_t length) {
    struct written *written = ctx;
    if (length > written->capacity - written->length) {
        size_t capacity = 2 * written->capacity + length;
        char *data = realloc(written->data, capacity);
        if (data == NULL) {
            return ERRATA_NO_MEMORY;
        }
        written->data = data;
        written->capacity = capacity;
    }
    memcpy(written->data + written->length, bytes, length);
    written->length += length;
    return ERRATA_OK;
}

/* data is to be freed. */
static inline struct written written_of(const struct errata_index *index) {
    struct written written = {NULL, 0, 0};
    must(errata_index_write(index, written_take, &written, NULL));
    return written;
}

static inline bool written_alike(const struct errata_index *a, const struct errata_index *b) {
    struct written first = written_of(a);
    struct written second = written_of(b);
    bool alike =
        first.length == second.length && memcmp(first.data, second.data, first.length) == 0;
    free(first.data);
    free(second.data);
    return alike;
}

static inline struct errata_index *empty_index(struct heap *heap, uint64_t max_memory,
                                               uint32_t max_issues) {
    const struct errata_allocator allocator = {heap_alloc, heap_realloc, heap_free, heap};
    struct errata_index *index;
    must(errata__index_new(&index, &allocator, max_memory, max_issues, false));
    return index;
}

/* What a random document is drawn from. */
struct drawn {
    uint64_t seed;
    /* The longest text, but for one in `rare` that may have up to `longest` bytes. */
    uint32_t rare;
    uint32_t longest;
};

/* Few short texts, so that much comes again; here and there long ones. Not always UTF-8. */
static inline enum errata_status drawn_string(struct errata_index *index, struct drawn *drawn,
                                              uint32_t *id) {
    size_t length = draw(&drawn->seed, 3);
    if (draw(&drawn->seed, 8) == 0) {
        *id = ERRATA_NONE;
        return ERRATA_OK;
    }
    if (draw(&drawn->seed, drawn->rare) == 0) {
        length = draw(&drawn->seed, drawn->longest);
    }
    char *text = malloc(length + 1);
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)(length > 2 ? 'a' + i % 7 : 'a' + draw(&drawn->seed, 26));
    }
    if (length > 2) {
        /* Long ones begin differently, and some with what is no character. */
        text[0] = (char)draw(&drawn->seed, 256);
        text[1] = (char)('0' + draw(&drawn->seed, 10));
    }
    enum errata_status status = errata__string_intern(index, text, length, id, NULL);
    free(text);
    return status;
}

static inline enum errata_status drawn_issue(struct errata_index *index, struct drawn *drawn) {
    struct errata__shape shape = {.flags = (uint8_t)draw(&drawn->seed, 4)};
    uint32_t segments[8];
    uint64_t positions[8];
    size_t count = draw(&drawn->seed, 8);
    size_t n_positions = 0;
    uint32_t id;
    uint32_t *texts[] = {&shape.code, &shape.expected, &shape.received, &shape.message};
    enum errata_status status = ERRATA_OK;
    for (size_t i = 0; i < 4 && status == ERRATA_OK; i++) {
        status = drawn_string(index, drawn, texts[i]);
    }
    for (size_t i = 0; i < count && status == ERRATA_OK; i++) {
        if (draw(&drawn->seed, 2) == 0) {
            segments[i] = ERRATA__POSITION;
            positions[n_positions++] = (uint64_t)draw(&drawn->seed, 1U << 30)
                                       << draw(&drawn->seed, 30);
        } else {
            do {
                status = drawn_string(index, drawn, &segments[i]);
            } while (status == ERRATA_OK && segments[i] == ERRATA_NONE);
        }
    }
    status = status ? status : errata__pattern_intern(index, segments, count, &shape.pattern);
    status = status ? status : errata__shape_intern(index, &shape, &id);
    return status ? status : errata__issue_append(index, id, positions, n_positions);
}

static inline enum errata_status drawn_document(struct errata_index *index, struct drawn *drawn) {
    struct errata__document_row row = {.offset = draw(&drawn->seed, 1U << 30),
                                       .line = draw(&drawn->seed, 1000),
                                       .fetched_at = draw(&drawn->seed, 1000),
                                       .number = draw(&drawn->seed, 1000),
                                       .first_rule_error =
                                           (uint32_t)index->rows[ERRATA__RULE_ERRORS]};
    uint32_t texts[3];
    enum errata_status status = ERRATA_OK;
    for (uint32_t rules = draw(&drawn->seed, 4); rules > 0 && status == ERRATA_OK; rules--) {
        uint32_t first_issue = (uint32_t)index->rows[ERRATA__ISSUES];
        for (uint32_t issues = draw(&drawn->seed, 6); issues > 0 && status == ERRATA_OK; issues--) {
            status = drawn_issue(index, drawn);
        }
        for (size_t i = 0; i < 2 && status == ERRATA_OK; i++) {
            status = drawn_string(index, drawn, &texts[i]);
        }
        status =
            status ? status : errata__rule_error_append(index, texts[0], texts[1], first_issue);
    }
    for (size_t i = 0; i < 3 && status == ERRATA_OK; i++) {
        status = drawn_string(index, drawn, &texts[i]);
    }
    status =
        status ? status : errata__record_intern(index, texts[0], texts[1], texts[2], &row.record);
    status = status ? status : errata__string_intern(index, "FAILED", 6, &row.status, NULL);
    return status ? status : errata__document_append(index, &row);
}

#endif
