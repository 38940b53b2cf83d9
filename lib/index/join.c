/*
 * Joining: see join.h.
 *
 * The part's distinct values are interned (joint.c). All other rows keep their order, and are copied run by run: the
 * schema tells which cells are ids of interned values (looked up), which are rows of other tables (shifted by what was
 * there before), and which mean the same everywhere.
 */
#include "index/join.h"

#include <string.h>

#include "core/fail.h"
#include "index/append.h"
#include "index/grow.h"
#include "index/redact.h"
#include "index/sound.h"

struct join {
    struct errata_index *index;
    const struct errata_index *part;
    struct errata__joint *joint;
    /* The rows that were there before. */
    struct errata__mark mark;
    const struct errata__before_stretch *before;
};

static uint64_t least(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

/* What to add to a row of the part for it to be that row of the index. */
static uint32_t shift_of(const struct join *join, enum errata__table table) {
    return table == ERRATA__SOURCES && join->before != NULL ? join->before->source
                                                            : (uint32_t)join->mark.rows[table];
}

static void copy_shapes(const struct join *join, uint64_t to, uint64_t from, uint64_t count) {
    const uint32_t *ids = join->joint->ids[ERRATA__SHAPES].at;
    for (uint64_t i = 0; i < count; i++) {
        errata__set_shape(join->index, to + i, ids[errata__shape_of(join->part, from + i)]);
    }
}

/* Copies cells of a column, both runs within a segment. */
static void copy_cells(const struct join *join, enum errata__column column, uint64_t to,
                       uint64_t from, uint64_t count) {
    if (column == ERRATA__ISSUE_SHAPE) {
        copy_shapes(join, to, from, count);
        return;
    }
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
    } else if (join->joint->ids[schema->of].at != NULL) {
        const uint32_t *ids = join->joint->ids[schema->of].at;
        for (uint64_t i = 0; i < count; i++) {
            copies[i] = cells[i] == ERRATA_NONE ? ERRATA_NONE : ids[cells[i]];
        }
    } else {
        uint32_t before = shift_of(join, (enum errata__table)schema->of);
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
        status = table == ERRATA__ISSUES ? errata__issues_reserve(join->index)
                                         : errata__table_reserve(join->index, table);
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

/* Moves *offset behind so many positions. */
static void skip_positions(const struct errata_index *part, uint64_t positions, uint64_t *offset) {
    const uint64_t segment = (uint64_t)1 << ERRATA__STREAM_SHIFT;
    while (positions > 0 && *offset < part->rows[ERRATA__POSITIONS]) {
        uint64_t run =
            least(segment - (*offset & (segment - 1)), part->rows[ERRATA__POSITIONS] - *offset);
        const unsigned char *bytes = errata__stream(part, ERRATA__POSITION_BYTE, *offset);
        uint64_t at = 0;
        /* Each position has one byte under 80, its last; eight bytes hold eight of these at most. */
        for (; positions >= 8 && run - at >= 8; at += 8) {
            uint64_t word;
            memcpy(&word, bytes + at, sizeof word);
            positions -= (uint64_t)__builtin_popcountll(~word & 0x8080808080808080U);
        }
        for (; positions > 0 && at < run; at++) {
            positions -= bytes[at] < 0x80;
        }
        *offset += at;
    }
}

/* Where in the part a block of the index begins. */
struct block_place {
    uint64_t issue;
    uint64_t offset;
    uint64_t rule_error;
};

static void advance(const struct join *join, struct block_place *place, uint64_t issue) {
    const struct errata_index *part = join->part;
    const uint32_t *counts = join->joint->shape_positions.at;
    uint64_t positions = 0;
    for (; place->issue < issue; place->issue++) {
        positions += counts[errata__shape_of(part, place->issue)];
    }
    skip_positions(part, positions, &place->offset);
    /* Rule errors without issues come before the one that the issue belongs to. */
    while (place->rule_error + 1 < part->rows[ERRATA__RULE_ERRORS] &&
           errata__u32(part, ERRATA__RULE_ERROR_FIRST, place->rule_error + 1) <= issue) {
        place->rule_error++;
    }
}

/* Blocks begin at every 64th issue of the whole, so seldom where those of the part do. */
static enum errata_status append_blocks(struct join *join) {
    struct errata_index *index = join->index;
    const uint64_t *before = join->mark.rows;
    struct block_place place = {0};
    enum errata_status status = ERRATA_OK;
    for (uint64_t block = before[ERRATA__BLOCKS];
         block << ERRATA__BLOCK_SHIFT < index->rows[ERRATA__ISSUES] && status == ERRATA_OK;
         block++) {
        status = errata__table_reserve(index, ERRATA__BLOCKS);
        if (status == ERRATA_OK) {
            advance(join, &place, (block << ERRATA__BLOCK_SHIFT) - before[ERRATA__ISSUES]);
            errata__set_u64(index, ERRATA__BLOCK_OFFSET, block,
                            before[ERRATA__POSITIONS] + place.offset);
            errata__set_u32(index, ERRATA__BLOCK_RULE_ERROR, block,
                            (uint32_t)(before[ERRATA__RULE_ERRORS] + place.rule_error));
            index->rows[ERRATA__BLOCKS]++;
        }
    }
    return status;
}

/* Lines and numbers of a stretch go on from those before. */
static void renumber(const struct join *join) {
    struct errata_index *index = join->index;
    const struct errata__before_stretch *before = join->before;
    for (uint64_t row = join->mark.rows[ERRATA__DOCUMENTS]; row < index->rows[ERRATA__DOCUMENTS];
         row++) {
        uint64_t line = errata__u64(index, ERRATA__DOCUMENT_LINE, row);
        uint32_t number = errata__u32(index, ERRATA__DOCUMENT_NUMBER, row);
        errata__set_u64(index, ERRATA__DOCUMENT_LINE, row, line + before->lines);
        errata__set_u32(index, ERRATA__DOCUMENT_NUMBER, row, number + before->number);
    }
    for (uint64_t row = join->mark.rows[ERRATA__REJECTS]; row < index->rows[ERRATA__REJECTS];
         row++) {
        uint64_t line = errata__u64(index, ERRATA__REJECT_LINE, row);
        uint64_t trouble = errata__u64(index, ERRATA__REJECT_TROUBLE_LINE, row);
        errata__set_u64(index, ERRATA__REJECT_LINE, row, line + before->lines);
        errata__set_u64(index, ERRATA__REJECT_TROUBLE_LINE, row, trouble + before->lines);
    }
}

static void add_deviations(struct join *join) {
    struct errata_index *index = join->index;
    for (size_t kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        if (index->deviation_count[kind] == 0 && join->part->deviation_count[kind] > 0) {
            index->deviation_first[kind] =
                (uint32_t)join->mark.rows[ERRATA__DOCUMENTS] + join->part->deviation_first[kind];
        }
        index->deviation_count[kind] += join->part->deviation_count[kind];
    }
}

static enum errata_status append_all(struct join *join) {
    static const enum errata__table appended[] = {
        ERRATA__ISSUES, ERRATA__RULE_ERRORS, ERRATA__DOCUMENTS, ERRATA__REJECTS, ERRATA__SOURCES};
    size_t tables = sizeof appended / sizeof appended[0] - (join->before != NULL);
    enum errata_status status = ERRATA_OK;
    for (size_t i = 0; i < tables && status == ERRATA_OK; i++) {
        status = append_rows(join, appended[i]);
    }
    if (status == ERRATA_OK) {
        status = append_positions(join);
    }
    return status == ERRATA_OK ? append_blocks(join) : status;
}

enum errata_status errata__index_take(struct errata_index *index, struct errata__joint *joint,
                                      const struct errata_index *part,
                                      const struct errata__before_stretch *before) {
    struct join join = {.index = index, .part = part, .joint = joint, .before = before};
    if (part->rows[ERRATA__ISSUES] > index->max_issues - index->rows[ERRATA__ISSUES]) {
        return ERRATA_LIMIT_ISSUES;
    }
    errata__index_mark(index, &join.mark);
    enum errata_status status = errata__joint_extend(joint, index, part);
    if (status == ERRATA_OK) {
        status = append_all(&join);
    }
    if (status != ERRATA_OK) {
        errata__index_rollback(index, &join.mark);
        return status;
    }
    if (before != NULL) {
        renumber(&join);
    }
    add_deviations(&join);
    return ERRATA_OK;
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
    struct errata__joint joint = {0};
    if (index->digit_names != part->digit_names) {
        return fail_mismatch(part, error);
    }
    enum errata_status status = errata__redact_allows(part, error);
    if (status == ERRATA_OK) {
        status = errata_index_check(part, error);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    status = errata__index_take(index, &joint, part, NULL);
    errata__joint_free(&joint, index);
    return status == ERRATA_OK ? ERRATA_OK : errata__fail_plain(error, status);
}
