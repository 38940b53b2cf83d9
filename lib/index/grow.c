/*
 * Growing tables.
 */
#include "index/grow.h"

#include <string.h>

_Static_assert(ERRATA__ARENA_PIECE == (size_t)1 << ERRATA__STREAM_SHIFT, "a segment is a piece");

/* Memory for count segments. Those of streams are given back when rolled back, since one string may be many. */
static unsigned char *add_bytes(struct errata__arena *arena,
                                const struct errata__column_schema *schema, uint64_t count,
                                size_t size) {
    if (schema->shift != ERRATA__STREAM_SHIFT) {
        return errata__arena_alloc(arena, size);
    }
    return count == 1 ? errata__arena_piece(arena) : errata__arena_borrow(arena, 1, size);
}

/* Bytes of a cell in a segment. */
static size_t width_of(const struct errata_index *index, enum errata__column column,
                       uint64_t segment) {
    bool narrow = column == ERRATA__ISSUE_SHAPE && segment << ERRATA__ROW_SHIFT < index->wide_from;
    return narrow ? sizeof(uint16_t) : errata__schema[column].width;
}

/* Adds segments until there are count of them. run: they lie behind one another in memory. */
static enum errata_status add_segments(struct errata_index *index, enum errata__column column,
                                       uint64_t count, bool run) {
    struct errata__segments *segments = &index->columns[column];
    const struct errata__column_schema *schema = &errata__schema[column];
    size_t bytes = (size_t)width_of(index, column, segments->count) << schema->shift;
    if (count > UINT32_MAX / 2) {
        return ERRATA_LIMIT_IDS;
    }
    if (count > segments->capacity) {
        uint32_t capacity = segments->capacity < 8 ? 8 : segments->capacity * 2;
        if (capacity < count) {
            capacity = (uint32_t)count;
        }
        unsigned char **at = errata__arena_borrow(&index->arena, capacity, sizeof *at);
        if (at == NULL) {
            return index->arena.failure;
        }
        if (segments->count > 0) {
            memcpy(at, segments->at, segments->count * sizeof *at);
        }
        errata__arena_return(&index->arena, segments->at);
        segments->at = at;
        segments->capacity = capacity;
    }
    while (segments->count < count) {
        uint64_t added = run ? count - segments->count : 1;
        size_t size;
        if (__builtin_mul_overflow(added, bytes, &size)) {
            return ERRATA_NO_MEMORY;
        }
        unsigned char *segment = add_bytes(&index->arena, schema, added, size);
        if (segment == NULL) {
            return index->arena.failure;
        }
        for (; added > 0; added--, segment += bytes) {
            segments->at[segments->count++] = segment;
        }
    }
    return ERRATA_OK;
}

enum errata_status errata__table_reserve(struct errata_index *index, enum errata__table table) {
    uint64_t row = index->rows[table];
    if (row >= ERRATA_NONE - 1) {
        return ERRATA_LIMIT_IDS;
    }
    /* Only the first row of a segment can need one. */
    if ((row & ((1U << ERRATA__ROW_SHIFT) - 1)) != 0) {
        return ERRATA_OK;
    }
    for (int column = 0; column < ERRATA__COLUMNS; column++) {
        if (errata__schema[column].table == table) {
            enum errata_status status = add_segments(index, (enum errata__column)column,
                                                     (row >> ERRATA__ROW_SHIFT) + 1, false);
            if (status != ERRATA_OK) {
                return status;
            }
        }
    }
    return ERRATA_OK;
}

/* From the segment of the next issue on, shapes get 4 bytes. */
static enum errata_status widen(struct errata_index *index) {
    const uint64_t rows = (uint64_t)1 << ERRATA__ROW_SHIFT;
    struct errata__segments *segments = &index->columns[ERRATA__ISSUE_SHAPE];
    uint64_t issues = index->rows[ERRATA__ISSUES];
    uint64_t first = issues >> ERRATA__ROW_SHIFT;
    uint64_t end = index->wide_from >> ERRATA__ROW_SHIFT;
    /* Those in stock behind it, too. The one in use comes last: until then it is narrow. */
    for (end = end < segments->count ? end : segments->count; end > first; end--) {
        uint32_t *wide = errata__arena_alloc(&index->arena, (size_t)rows * sizeof *wide);
        if (wide == NULL) {
            return index->arena.failure;
        }
        for (uint64_t i = first << ERRATA__ROW_SHIFT; i < issues && end == first + 1; i++) {
            wide[i & (rows - 1)] = errata__shape_of(index, i);
        }
        segments->at[end - 1] = (unsigned char *)wide;
    }
    index->wide_from = first << ERRATA__ROW_SHIFT;
    return ERRATA_OK;
}

enum errata_status errata__issues_reserve(struct errata_index *index) {
    enum errata_status status = ERRATA_OK;
    if (index->rows[ERRATA__SHAPES] > ERRATA__NARROW_SHAPES &&
        index->rows[ERRATA__ISSUES] < index->wide_from) {
        status = widen(index);
    }
    return status == ERRATA_OK ? errata__table_reserve(index, ERRATA__ISSUES) : status;
}

enum errata_status errata__stream_reserve(struct errata_index *index, enum errata__column column,
                                          uint64_t *start, uint64_t more, bool contiguous) {
    const uint64_t segment = (uint64_t)1 << ERRATA__STREAM_SHIFT;
    if (*start > UINT64_MAX - more - segment) {
        return ERRATA_LIMIT_IDS;
    }
    if (contiguous && more > segment - (*start & (segment - 1))) {
        /* Never more than the open segment is in use or in stock, so this is where new ones begin. */
        *start = (*start + segment - 1) & ~(segment - 1);
    }
    return add_segments(index, column, (*start + more + segment - 1) >> ERRATA__STREAM_SHIFT,
                        contiguous);
}

void errata__stream_truncate(struct errata_index *index, enum errata__column column,
                             uint64_t length) {
    const size_t segment = (size_t)1 << ERRATA__STREAM_SHIFT;
    struct errata__segments *segments = &index->columns[column];
    uint32_t kept = (uint32_t)((length + segment - 1) >> ERRATA__STREAM_SHIFT);
    bool run = false;
    for (uint32_t i = segments->count; i > kept; i--) {
        /* Blocks and pieces have a header before them, so only segments of one run can touch. */
        bool continues = i >= 2 && segments->at[i - 1] == segments->at[i - 2] + segment;
        if (!continues && run) {
            errata__arena_return(&index->arena, segments->at[i - 1]);
        } else if (!continues) {
            errata__arena_return_piece(&index->arena, segments->at[i - 1]);
        }
        run = continues;
    }
    if (segments->count > kept) {
        segments->count = kept;
    }
}
