/*
 * Distinct values: each string, pattern, shape and record once, with an id by first sight.
 */
#include <string.h>

#include "core/utf8.h"
#include "index/append.h"
#include "index/grow.h"
#include "index/hash.h"
#include "index/intern.h"
#include "index/later.h"
#include "index/recent.h"

uint64_t errata__string_hash(const struct errata_index *index, uint32_t id) {
    struct errata_text text = errata__text(index, id);
    return errata__hash_bytes(index, text.data, text.length);
}

/* Appends a string that is valid UTF-8 and not there yet. */
static enum errata_status add_string(struct errata_index *index, const char *text, size_t length,
                                     uint32_t *id) {
    uint64_t start = index->rows[ERRATA__STRING_BYTES];
    if (length >= UINT32_MAX) {
        return ERRATA_LIMIT_IDS;
    }
    enum errata_status status = errata__table_reserve(index, ERRATA__STRINGS);
    if (status == ERRATA_OK) {
        status =
            errata__stream_reserve(index, ERRATA__STRING_BYTE, &start, (uint64_t)length + 1, true);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    /* const is for those who only read: the bytes are ours. */
    char *bytes = (char *)index->columns[ERRATA__STRING_BYTE].at[start >> ERRATA__STREAM_SHIFT] +
                  (start & ((1U << ERRATA__STREAM_SHIFT) - 1));
    memcpy(bytes, text, length);
    bytes[length] = '\0';
    *id = (uint32_t)index->rows[ERRATA__STRINGS]++;
    errata__set_u64(index, ERRATA__STRING_OFFSET, *id, start);
    errata__set_u32(index, ERRATA__STRING_LENGTH, *id, (uint32_t)length);
    index->rows[ERRATA__STRING_BYTES] = start + length + 1;
    return ERRATA_OK;
}

static bool find_string(const struct errata_index *index, uint64_t value, const char *text,
                        size_t length, uint32_t *id) {
    const struct errata__hash *hash = &index->string_hash;
    uint32_t slot = errata__hash_start(hash, value);
    for (; hash->slots != NULL && hash->slots[slot].id_plus_1 != 0;
         slot = (slot + 1) & hash->mask) {
        if (hash->slots[slot].tag == (uint32_t)value) {
            *id = hash->slots[slot].id_plus_1 - 1;
            if (errata__u32(index, ERRATA__STRING_LENGTH, *id) == length &&
                memcmp(errata__text(index, *id).data, text, length) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Adds one that was not found. */
static enum errata_status add_new_string(struct errata_index *index, const char *text,
                                         size_t length, uint64_t value, uint32_t *id) {
    enum errata_status status = errata__hash_reserve(index, &index->string_hash);
    if (status == ERRATA_OK) {
        status = add_string(index, text, length, id);
    }
    if (status == ERRATA_OK) {
        errata__hash_enter(&index->string_hash, value, *id);
    }
    return status;
}

enum errata_status errata__string_intern_now(struct errata_index *index, const char *text,
                                             size_t length, uint64_t hash, uint32_t *id) {
    return find_string(index, hash, text, length, id)
               ? ERRATA_OK
               : add_new_string(index, text, length, hash, id);
}

enum errata_status errata__string_intern_plain(struct errata_index *index, const char *text,
                                               size_t length, uint64_t hash, uint32_t *id) {
    enum errata_status status = errata__strings_settle(index);
    return status == ERRATA_OK ? errata__string_intern_now(index, text, length, hash, id) : status;
}

/* Finds or adds a string by its hash. One that would have to be added and is no UTF-8 is left out: *invalid. */
static enum errata_status find_or_add(struct errata_index *index, const char *text, size_t length,
                                      uint32_t *id, bool *invalid) {
    uint64_t value = errata__hash_bytes(index, text, length);
    if (find_string(index, value, text, length, id)) {
        return ERRATA_OK;
    }
    *invalid = errata__utf8_valid(text, length) != length;
    return *invalid ? ERRATA_OK : add_new_string(index, text, length, value, id);
}

/* *repaired: the text was no UTF-8, and is interned as what it is repaired to. */
static enum errata_status intern_string(struct errata_index *index, const char *text, size_t length,
                                        uint32_t *id, bool *repaired) {
    enum errata_status status = find_or_add(index, text, length, id, repaired);
    if (status != ERRATA_OK || !*repaired) {
        return status;
    }
    bool invalid = false;
    size_t repaired_length = errata__utf8_repair(text, length, NULL);
    char *copy = errata__arena_borrow(&index->arena, 1, repaired_length);
    if (copy == NULL) {
        return index->arena.failure;
    }
    errata__utf8_repair(text, length, copy);
    status = find_or_add(index, copy, repaired_length, id, &invalid);
    errata__arena_return(&index->arena, copy);
    return status;
}

enum errata_status errata__string_remember(struct errata_index *index, uint32_t id) {
    struct errata_text text = errata__text(index, id);
    struct errata__recent_words words = errata__recent_words(text.data, text.length);
    if (index->recent == NULL) {
        const size_t bytes = ERRATA__RECENT_SLOTS * sizeof *index->recent;
        index->recent = errata__arena_borrow(&index->arena, 1, bytes);
        if (index->recent == NULL) {
            return index->arena.failure;
        }
        memset(index->recent, 0, bytes);
    }
    index->recent[errata__recent_slot(words, text.length)] =
        (struct errata__recent){words.first, words.last, text.data, (uint32_t)text.length, id};
    return ERRATA_OK;
}

enum errata_status errata__string_intern(struct errata_index *index, const char *text,
                                         size_t length, uint32_t *id, bool *repaired) {
    bool changed = false;
    if (errata__recent_find(index, text, length, id)) {
        return ERRATA_OK;
    }
    enum errata_status status = errata__strings_settle(index);
    if (status == ERRATA_OK) {
        status = intern_string(index, text, length, id, &changed);
    }
    if (changed && repaired != NULL) {
        *repaired = true;
    }
    return status == ERRATA_OK ? errata__string_remember(index, *id) : status;
}

/* A pattern is hashed in pieces, so that one that lies in two segments of the column needs no copy of its
   whole length. */
#define PIECE 64U

static uint64_t hash_piece(const struct errata_index *index, uint64_t before,
                           const uint32_t *segments, size_t count) {
    return errata__hash_bytes(index, segments, count * sizeof *segments) ^
           before * 0x9E3779B97F4A7C15U;
}

static uint64_t hash_segments(const struct errata_index *index, const uint32_t *segments,
                              size_t count) {
    uint64_t value = 0;
    for (size_t at = 0; at < count; at += PIECE) {
        value = hash_piece(index, value, segments + at, count - at < PIECE ? count - at : PIECE);
    }
    return value;
}

uint64_t errata__pattern_hash(const struct errata_index *index, uint32_t id) {
    uint32_t piece[PIECE];
    uint32_t first;
    uint32_t end;
    uint64_t value = 0;
    errata__pattern_segments(index, id, &first, &end);
    while (first < end) {
        uint32_t count = 0;
        while (count < PIECE && first < end) {
            piece[count++] = errata__u32(index, ERRATA__SEGMENT, first++);
        }
        value = hash_piece(index, value, piece, count);
    }
    return value;
}

static bool same_pattern(const struct errata_index *index, uint32_t id, const uint32_t *segments,
                         size_t count) {
    uint32_t first;
    uint32_t end;
    errata__pattern_segments(index, id, &first, &end);
    if (end - first != count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (errata__u32(index, ERRATA__SEGMENT, first + i) != segments[i]) {
            return false;
        }
    }
    return true;
}

static bool find_pattern(const struct errata_index *index, uint64_t value, const uint32_t *segments,
                         size_t count, uint32_t *id) {
    const struct errata__hash *hash = &index->pattern_hash;
    uint32_t slot = errata__hash_start(hash, value);
    for (; hash->slots != NULL && hash->slots[slot].id_plus_1 != 0;
         slot = (slot + 1) & hash->mask) {
        *id = hash->slots[slot].id_plus_1 - 1;
        if (hash->slots[slot].tag == (uint32_t)value && same_pattern(index, *id, segments, count)) {
            return true;
        }
    }
    return false;
}

enum errata_status errata__pattern_intern(struct errata_index *index, const uint32_t *segments,
                                          size_t count, uint32_t *id) {
    struct errata__hash *hash = &index->pattern_hash;
    uint64_t value = hash_segments(index, segments, count);
    if (find_pattern(index, value, segments, count, id)) {
        return ERRATA_OK;
    }
    enum errata_status status = errata__hash_reserve(index, hash);
    if (status == ERRATA_OK) {
        status = errata__table_reserve(index, ERRATA__PATTERNS);
    }
    uint32_t first = (uint32_t)index->rows[ERRATA__SEGMENTS];
    for (size_t i = 0; i < count && status == ERRATA_OK; i++) {
        status = errata__table_reserve(index, ERRATA__SEGMENTS);
        if (status == ERRATA_OK) {
            errata__set_u32(index, ERRATA__SEGMENT, index->rows[ERRATA__SEGMENTS]++, segments[i]);
        }
    }
    if (status != ERRATA_OK) {
        return status;
    }
    *id = (uint32_t)index->rows[ERRATA__PATTERNS]++;
    errata__set_u32(index, ERRATA__PATTERN_FIRST, *id, first);
    errata__hash_enter(hash, value, *id);
    return ERRATA_OK;
}

static uint64_t hash_shape(const struct errata_index *index, const struct errata__shape *shape) {
    const uint32_t values[6] = {shape->code,    shape->expected, shape->received,
                                shape->message, shape->pattern,  shape->flags};
    return errata__hash_bytes(index, values, sizeof values);
}

static inline struct errata__shape shape_at(const struct errata_index *index, uint32_t id) {
    return (struct errata__shape){.code = errata__u32(index, ERRATA__SHAPE_CODE, id),
                                  .expected = errata__u32(index, ERRATA__SHAPE_EXPECTED, id),
                                  .received = errata__u32(index, ERRATA__SHAPE_RECEIVED, id),
                                  .message = errata__u32(index, ERRATA__SHAPE_MESSAGE, id),
                                  .pattern = errata__u32(index, ERRATA__SHAPE_PATTERN, id),
                                  .flags = errata__u8(index, ERRATA__SHAPE_FLAGS, id)};
}

uint64_t errata__shape_hash(const struct errata_index *index, uint32_t id) {
    struct errata__shape shape = shape_at(index, id);
    return hash_shape(index, &shape);
}

static bool same_shape(const struct errata__shape *a, const struct errata__shape *b) {
    return a->code == b->code && a->expected == b->expected && a->received == b->received &&
           a->message == b->message && a->pattern == b->pattern && a->flags == b->flags;
}

/* Behind the last of a shape's strings. */
static uint32_t strings_end(const struct errata__shape *shape) {
    const uint32_t texts[4] = {shape->code, shape->expected, shape->received, shape->message};
    uint32_t end = 0;
    for (size_t i = 0; i < 4; i++) {
        /* ERRATA_NONE and one more is 0. */
        end = texts[i] + 1 > end ? texts[i] + 1 : end;
    }
    return end;
}

/* Is there a string or pattern that no shape has? Then there is no shape like it. Where every message is another, that
   spares the look. */
static bool is_new_shape(const struct errata_index *index, const struct errata__shape *shape) {
    return strings_end(shape) > index->strings_in_shapes ||
           shape->pattern >= index->patterns_in_shapes;
}

static enum errata_status add_shape(struct errata_index *index, const struct errata__shape *shape,
                                    uint32_t *id) {
    enum errata_status status = errata__table_reserve(index, ERRATA__SHAPES);
    if (status == ERRATA_OK && index->shape_hash.slots == NULL) {
        /* Some shape will be looked for. */
        status = errata__hash_reserve(index, &index->shape_hash);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    *id = (uint32_t)index->rows[ERRATA__SHAPES]++;
    errata__set_u32(index, ERRATA__SHAPE_CODE, *id, shape->code);
    errata__set_u32(index, ERRATA__SHAPE_EXPECTED, *id, shape->expected);
    errata__set_u32(index, ERRATA__SHAPE_RECEIVED, *id, shape->received);
    errata__set_u32(index, ERRATA__SHAPE_MESSAGE, *id, shape->message);
    errata__set_u32(index, ERRATA__SHAPE_PATTERN, *id, shape->pattern);
    errata__set_u8(index, ERRATA__SHAPE_FLAGS, *id, shape->flags);
    if (strings_end(shape) > index->strings_in_shapes) {
        index->strings_in_shapes = strings_end(shape);
    }
    if (shape->pattern >= index->patterns_in_shapes) {
        index->patterns_in_shapes = shape->pattern + 1;
    }
    return ERRATA_OK;
}

enum errata_status errata__shapes_enter_all(struct errata_index *index) {
    struct errata__hash *hash = &index->shape_hash;
    while (hash->used < index->rows[ERRATA__SHAPES]) {
        enum errata_status status = errata__hash_reserve(index, hash);
        if (status != ERRATA_OK) {
            return status;
        }
        errata__hash_enter(hash, errata__shape_hash(index, hash->used), hash->used);
    }
    return ERRATA_OK;
}

enum errata_status errata__shape_intern(struct errata_index *index,
                                        const struct errata__shape *shape, uint32_t *id) {
    const struct errata__hash *hash = &index->shape_hash;
    if (is_new_shape(index, shape)) {
        return add_shape(index, shape, id);
    }
    enum errata_status status = errata__shapes_enter(index);
    if (status != ERRATA_OK) {
        return status;
    }
    uint64_t value = hash_shape(index, shape);
    uint32_t slot = errata__hash_start(hash, value);
    for (; hash->slots != NULL && hash->slots[slot].id_plus_1 != 0;
         slot = (slot + 1) & hash->mask) {
        if (hash->slots[slot].tag == (uint32_t)value) {
            struct errata__shape candidate = shape_at(index, hash->slots[slot].id_plus_1 - 1);
            if (same_shape(&candidate, shape)) {
                *id = hash->slots[slot].id_plus_1 - 1;
                return ERRATA_OK;
            }
        }
    }
    return add_shape(index, shape, id);
}

/* Where the shape of such an issue is looked for. */
static uint32_t recent_shape_slot(const struct errata__shape *shape, const uint32_t *segments,
                                  size_t count) {
    const uint64_t odd = 0x9E3779B97F4A7C15U;
    uint64_t value = ((uint64_t)shape->code << 32 | shape->message) * odd ^
                     ((uint64_t)shape->expected << 32 | shape->received);
    for (size_t i = 0; i < count; i++) {
        value = (value ^ segments[i]) * odd;
    }
    return (uint32_t)(value * odd >> (64 - ERRATA__RECENT_SHAPE_BITS));
}

/* A look at the shape itself, found by a guess, takes half of what two hashes take. The guess needs no care when
   rows are taken back: what has this id by then is compared all the same. */
enum errata_status errata__issue_shape(struct errata_index *index, struct errata__shape *shape,
                                       const uint32_t *segments, size_t count, uint32_t *id) {
    uint32_t *recent = &index->recent_shapes[recent_shape_slot(shape, segments, count)];
    shape->pattern = 0;
    if (*recent < index->rows[ERRATA__SHAPES] && !is_new_shape(index, shape)) {
        struct errata__shape guess = shape_at(index, *recent);
        shape->pattern = guess.pattern;
        if (same_shape(&guess, shape) && same_pattern(index, guess.pattern, segments, count)) {
            *id = *recent;
            return errata__shapes_enter(index);
        }
    }
    enum errata_status status = errata__pattern_intern(index, segments, count, &shape->pattern);
    if (status == ERRATA_OK) {
        status = errata__shape_intern(index, shape, id);
    }
    if (status == ERRATA_OK) {
        *recent = *id;
    }
    return status;
}
