/*
 * Joining: see join.h.
 *
 * Ids are given by first sight, and those of the part are in that order, too. So interning its strings, patterns,
 * shapes and records in the order of their ids gives them the ids that reading would have given. All other rows keep
 * their order, and are copied run by run: the schema tells which cells are ids of interned values (looked up), which
 * are rows of other tables (shifted by what was there before), and which mean the same everywhere.
 */
#include "index/join.h"

#include <string.h>

#include "core/fail.h"
#include "index/append.h"
#include "index/grow.h"
#include "index/sound.h"

struct join {
    struct errata_index *index;
    const struct errata_index *part;
    /* The rows that were there before. */
    struct errata__mark before;
    /* By the part's id, the id in the index; NULL for tables whose rows are appended. */
    uint32_t *ids[ERRATA__TABLES];
    /* Segments of the part's patterns, as they are in the index. */
    uint32_t *segments;
    /* How many positions each of the part's patterns has. */
    uint32_t *positions;
};

static uint64_t least(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

/* Room for a number for each row that a table of the part has. */
static enum errata_status borrow(struct join *join, enum errata__table table, uint32_t **numbers) {
    *numbers = errata__arena_borrow(&join->index->arena, (size_t)join->part->rows[table],
                                    sizeof **numbers);
    return *numbers == NULL ? join->index->arena.failure : ERRATA_OK;
}

static enum errata_status borrow_all(struct join *join) {
    static const enum errata__table interned[] = {ERRATA__STRINGS, ERRATA__PATTERNS, ERRATA__SHAPES,
                                                  ERRATA__RECORDS};
    enum errata_status status = borrow(join, ERRATA__SEGMENTS, &join->segments);
    if (status == ERRATA_OK) {
        status = borrow(join, ERRATA__PATTERNS, &join->positions);
    }
    for (size_t i = 0; i < sizeof interned / sizeof interned[0] && status == ERRATA_OK; i++) {
        status = borrow(join, interned[i], &join->ids[interned[i]]);
    }
    return status;
}

static void return_all(struct join *join) {
    for (int table = 0; table < ERRATA__TABLES; table++) {
        errata__arena_return(&join->index->arena, join->ids[table]);
    }
    errata__arena_return(&join->index->arena, join->segments);
    errata__arena_return(&join->index->arena, join->positions);
}

static enum errata_status intern_strings(struct join *join) {
    enum errata_status status = ERRATA_OK;
    for (uint64_t id = 0; id < join->part->rows[ERRATA__STRINGS] && status == ERRATA_OK; id++) {
        struct errata_text text = errata__text(join->part, (uint32_t)id);
        status = errata__string_intern(join->index, text.data, text.length,
                                       &join->ids[ERRATA__STRINGS][id], NULL);
    }
    return status;
}

/* A cell of the part that is a string's id, as it is in the index. */
static uint32_t string_of(const struct join *join, enum errata__column column, uint64_t row) {
    uint32_t id = errata__u32(join->part, column, row);
    return id == ERRATA_NONE ? ERRATA_NONE : join->ids[ERRATA__STRINGS][id];
}

static enum errata_status intern_patterns(struct join *join) {
    enum errata_status status = ERRATA_OK;
    for (uint64_t row = 0; row < join->part->rows[ERRATA__SEGMENTS]; row++) {
        join->segments[row] = string_of(join, ERRATA__SEGMENT, row);
    }
    for (uint64_t id = 0; id < join->part->rows[ERRATA__PATTERNS] && status == ERRATA_OK; id++) {
        uint32_t first;
        uint32_t end;
        errata__pattern_segments(join->part, (uint32_t)id, &first, &end);
        join->positions[id] = errata__pattern_positions(join->part, (uint32_t)id);
        status = errata__pattern_intern(join->index, join->segments + first, end - first,
                                        &join->ids[ERRATA__PATTERNS][id]);
    }
    return status;
}

static enum errata_status intern_shapes(struct join *join) {
    const struct errata_index *part = join->part;
    enum errata_status status = ERRATA_OK;
    for (uint64_t id = 0; id < part->rows[ERRATA__SHAPES] && status == ERRATA_OK; id++) {
        uint32_t pattern = errata__u32(part, ERRATA__SHAPE_PATTERN, id);
        const struct errata__shape shape = {
            .code = string_of(join, ERRATA__SHAPE_CODE, id),
            .expected = string_of(join, ERRATA__SHAPE_EXPECTED, id),
            .received = string_of(join, ERRATA__SHAPE_RECEIVED, id),
            .message = string_of(join, ERRATA__SHAPE_MESSAGE, id),
            .pattern = join->ids[ERRATA__PATTERNS][pattern],
            .flags = errata__u8(part, ERRATA__SHAPE_FLAGS, id),
        };
        status = errata__shape_intern(join->index, &shape, &join->ids[ERRATA__SHAPES][id]);
    }
    return status;
}

static enum errata_status intern_records(struct join *join) {
    enum errata_status status = ERRATA_OK;
    for (uint64_t id = 0; id < join->part->rows[ERRATA__RECORDS] && status == ERRATA_OK; id++) {
        status = errata__record_intern(join->index, string_of(join, ERRATA__RECORD_APP, id),
                                       string_of(join, ERRATA__RECORD_COLLECTION, id),
                                       string_of(join, ERRATA__RECORD_RECORD, id),
                                       &join->ids[ERRATA__RECORDS][id]);
    }
    return status;
}

/* Copies cells of a column, both runs within a segment. */
static void copy_cells(const struct join *join, enum errata__column column, uint64_t to,
                       uint64_t from, uint64_t count) {
    const struct errata__column_schema *schema = &errata__schema[column];
    const uint64_t within = ((uint64_t)1 << schema->shift) - 1;
    void *target =
        join->index->columns[column].at[to >> schema->shift] + (to & within) * schema->width;
    const void *source =
        join->part->columns[column].at[from >> schema->shift] + (from & within) * schema->width;
    const uint32_t *cells = source;
    uint32_t *copies = target;
    if (schema->rule == ERRATA__ANYTHING || schema->rule == ERRATA__AT_MOST ||
        schema->rule == ERRATA__NUMBERS) {
        memcpy(target, source, (size_t)count * schema->width);
    } else if (join->ids[schema->of] != NULL) {
        const uint32_t *ids = join->ids[schema->of];
        for (uint64_t i = 0; i < count; i++) {
            copies[i] = cells[i] == ERRATA_NONE ? ERRATA_NONE : ids[cells[i]];
        }
    } else {
        uint32_t before = (uint32_t)join->before.rows[schema->of];
        for (uint64_t i = 0; i < count; i++) {
            copies[i] = cells[i] + before;
        }
    }
}

static enum errata_status append_rows(struct join *join, enum errata__table table) {
    const uint64_t segment = (uint64_t)1 << ERRATA__ROW_SHIFT;
    uint64_t rows = join->part->rows[table];
    enum errata_status status = ERRATA_OK;
    for (uint64_t from = 0, run; from < rows && status == ERRATA_OK; from += run) {
        uint64_t to = join->index->rows[table];
        status = errata__table_reserve(join->index, table);
        run = least(rows - from, segment - (from & (segment - 1)));
        run = least(run, segment - (to & (segment - 1)));
        run = least(run, ERRATA_NONE - 1 - to);
        for (int column = 0; column < ERRATA__COLUMNS && status == ERRATA_OK; column++) {
            if (errata__schema[column].table == table) {
                copy_cells(join, (enum errata__column)column, to, from, run);
            }
        }
        join->index->rows[table] += status == ERRATA_OK ? run : 0;
    }
    return status;
}

static enum errata_status append_positions(struct join *join) {
    const uint64_t segment = (uint64_t)1 << ERRATA__STREAM_SHIFT;
    uint64_t bytes = join->part->rows[ERRATA__POSITIONS];
    uint64_t *end = &join->index->rows[ERRATA__POSITIONS];
    uint64_t start = *end;
    enum errata_status status =
        errata__stream_reserve(join->index, ERRATA__POSITION_BYTE, &start, bytes, false);
    for (uint64_t from = 0, run; from < bytes && status == ERRATA_OK; from += run, *end += run) {
        run = least(bytes - from, segment - (from & (segment - 1)));
        run = least(run, segment - (*end & (segment - 1)));
        copy_cells(join, ERRATA__POSITION_BYTE, *end, from, run);
    }
    return status;
}

/* Where the positions of an issue of the part begin. As errata__issue_positions(), but without going over the
   segments of a pattern for each issue that has it, which might be many. */
static uint64_t positions_of(const struct join *join, uint64_t issue) {
    uint64_t first = issue & ~(uint64_t)(ERRATA__BLOCK_ISSUES - 1);
    uint64_t offset = errata__u64(join->part, ERRATA__BLOCK_OFFSET, issue >> ERRATA__BLOCK_SHIFT);
    uint64_t before = 0;
    for (uint64_t i = first; i < issue; i++) {
        uint32_t shape = errata__u32(join->part, ERRATA__ISSUE_SHAPE, i);
        before += join->positions[errata__u32(join->part, ERRATA__SHAPE_PATTERN, shape)];
    }
    while (before-- > 0) {
        errata__position_next(join->part, &offset);
    }
    return offset;
}

/* Blocks begin at every 64th issue of the whole, so seldom where those of the part do. */
static enum errata_status append_blocks(struct join *join) {
    struct errata_index *index = join->index;
    const uint64_t *before = join->before.rows;
    enum errata_status status = ERRATA_OK;
    for (uint64_t block = before[ERRATA__BLOCKS];
         block << ERRATA__BLOCK_SHIFT < index->rows[ERRATA__ISSUES] && status == ERRATA_OK;
         block++) {
        status = errata__table_reserve(index, ERRATA__BLOCKS);
        if (status == ERRATA_OK) {
            uint64_t issue = (block << ERRATA__BLOCK_SHIFT) - before[ERRATA__ISSUES];
            uint32_t rule_error = errata__issue_rule_error(join->part, (uint32_t)issue);
            errata__set_u64(index, ERRATA__BLOCK_OFFSET, block,
                            before[ERRATA__POSITIONS] + positions_of(join, issue));
            errata__set_u32(index, ERRATA__BLOCK_RULE_ERROR, block,
                            (uint32_t)before[ERRATA__RULE_ERRORS] + rule_error);
            index->rows[ERRATA__BLOCKS]++;
        }
    }
    return status;
}

static void add_deviations(struct join *join) {
    struct errata_index *index = join->index;
    for (size_t kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        if (index->deviation_count[kind] == 0 && join->part->deviation_count[kind] > 0) {
            index->deviation_first[kind] =
                (uint32_t)join->before.rows[ERRATA__DOCUMENTS] + join->part->deviation_first[kind];
        }
        index->deviation_count[kind] += join->part->deviation_count[kind];
    }
}

static enum errata_status append_all(struct join *join) {
    static const enum errata__table appended[] = {
        ERRATA__ISSUES, ERRATA__RULE_ERRORS, ERRATA__DOCUMENTS, ERRATA__SOURCES, ERRATA__REJECTS};
    enum errata_status status = ERRATA_OK;
    for (size_t i = 0; i < sizeof appended / sizeof appended[0] && status == ERRATA_OK; i++) {
        status = append_rows(join, appended[i]);
    }
    if (status == ERRATA_OK) {
        status = append_positions(join);
    }
    return status == ERRATA_OK ? append_blocks(join) : status;
}

static enum errata_status join_rows(struct join *join) {
    static enum errata_status (*const steps[])(struct join *) = {
        borrow_all, intern_strings, intern_patterns, intern_shapes, intern_records, append_all};
    enum errata_status status = ERRATA_OK;
    if (join->part->rows[ERRATA__ISSUES] >
        join->index->max_issues - join->index->rows[ERRATA__ISSUES]) {
        return ERRATA_LIMIT_ISSUES;
    }
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == ERRATA_OK; i++) {
        status = steps[i](join);
    }
    return_all(join);
    return status;
}

static enum errata_status fail_mismatch(const struct errata_index *part,
                                        struct errata_error *error) {
    errata__fail(
        error, ERRATA_MISMATCH,
        "this index was read %s digit names (digit strings in a path are names then), what "
        "it is to be joined with %s: read one of them again, both with or both without",
        part->digit_names ? "with" : "without", part->digit_names ? "without" : "with");
    if (part->file != NULL) {
        errata__fail_source(error, part->file->name);
    }
    return ERRATA_MISMATCH;
}

enum errata_status errata__index_join(struct errata_index *index, const struct errata_index *part,
                                      struct errata_error *error) {
    struct join join = {.index = index, .part = part};
    if (index->digit_names != part->digit_names) {
        return fail_mismatch(part, error);
    }
    enum errata_status status = errata_index_check(part, error);
    if (status != ERRATA_OK) {
        return status;
    }
    errata__index_mark(index, &join.before);
    status = join_rows(&join);
    if (status != ERRATA_OK) {
        errata__index_rollback(index, &join.before);
        return errata__fail_plain(error, status);
    }
    add_deviations(&join);
    return ERRATA_OK;
}
