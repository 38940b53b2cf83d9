/*
 * What an index is made of, and how its cells are read. Columns lie in segments of a fixed power of two
 * rows, so that growing never copies.
 */
#ifndef ERRATA_INDEX_TABLES_H
#define ERRATA_INDEX_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/index.h>

#include "core/arena.h"
#include "index/schema.h"

/* Rows of a segment: 2^12 for values, 2^16 for the two streams of bytes. */
#define ERRATA__ROW_SHIFT 12
#define ERRATA__STREAM_SHIFT 16

/* As many shapes have ids of 2 bytes. */
#define ERRATA__NARROW_SHAPES ((uint64_t)1 << 16)

struct errata__segments {
    unsigned char **at;
    uint32_t count;
    uint32_t capacity;
};

/* Open addressing over ids; id + 1 is stored so that zeroed memory is empty. NULL in a finished index. */
struct errata__hash {
    struct errata__slot {
        uint32_t tag;
        uint32_t id_plus_1;
    } * slots;
    uint32_t mask;
    uint32_t used;
    /* How many may be used before the table must grow. */
    uint32_t room;
};

#define ERRATA__SECRET_SIZE 192
#define ERRATA__RECENT_SHAPE_BITS 8

/* Records by the string that is their id: see roster.h. NULL in a finished index. */
#define ERRATA__ROSTER_RUNS 25

struct errata__roster {
    /* For 64 strings each: which of them are the id of a record on the roster, and how many records are there before
       these. Zeroed behind the last. */
    struct errata__roster_group {
        uint64_t strings;
        uint32_t before;
    } * groups;
    /* Its records, in the order of their strings, in runs of which each is one larger than all before it. */
    uint32_t *runs[ERRATA__ROSTER_RUNS];
    uint32_t n_groups;
    uint32_t count;
    /* Behind the last string on it. */
    uint32_t strings_end;
};

/* Strings that wait for their ids: see later.h. */
#define ERRATA__LATER_TEXTS 4
#define ERRATA__LATER_LENGTH 192

struct errata__later {
    struct errata__later_text {
        uint32_t *id;
        uint64_t hash;
        uint32_t length;
        char text[ERRATA__LATER_LENGTH];
    } texts[ERRATA__LATER_TEXTS];
    uint32_t count;
};

struct errata__file;
struct errata__redaction;

struct errata_index {
    struct errata__arena arena;
    /* NULL when the index was read, not opened; see sound.h for what then has to be asked before cells are looked at. */
    struct errata__file *file;
    /* NULL when nothing is redacted: see redact.h. */
    const struct errata__redaction *redaction;
    uint64_t rows[ERRATA__TABLES];
    struct errata__segments columns[ERRATA__COLUMNS];
    uint64_t deviation_count[ERRATA_DEVIATION_KINDS];
    uint32_t deviation_first[ERRATA_DEVIATION_KINDS];
    bool digit_names;
    /* Only while reading. */
    struct errata__hash string_hash;
    struct errata__hash pattern_hash;
    struct errata__hash shape_hash;
    struct errata__roster roster;
    /* Only records that are not on the roster. */
    struct errata__hash record_hash;
    /* See recent.h; NULL until needed. */
    struct errata__recent *recent;
    /* Ids of shapes that came lately, or of any: see errata__issue_shape(). */
    uint32_t recent_shapes[1U << ERRATA__RECENT_SHAPE_BITS];
    struct errata__later later;
    /* Behind the last string and pattern that some shape has or had. */
    uint32_t strings_in_shapes;
    uint32_t patterns_in_shapes;
    /* A segment of the shapes of issues has 2 bytes for each, before the issue `wide_from`, and 4 from there on. That
       is where the index had more than ERRATA__NARROW_SHAPES for the first time: the first issue of a segment;
       UINT64_MAX: nowhere. */
    uint64_t wide_from;
    uint32_t max_issues;
    /* The most issues that were in it when something was rolled back. */
    uint64_t most_rolled_back;
    unsigned char secret[ERRATA__SECRET_SIZE];
};

static inline uint32_t errata__u32(const struct errata_index *index, enum errata__column column,
                                   uint64_t row) {
    const unsigned char *segment = index->columns[column].at[row >> ERRATA__ROW_SHIFT];
    return ((const uint32_t *)(const void *)segment)[row & ((1U << ERRATA__ROW_SHIFT) - 1)];
}

/* Asks for a cell of four bytes. gcc 12 takes a call of such a function for one without effect, and leaves it out. */
__attribute__((always_inline)) static inline void errata__u32_prefetch(
    const struct errata_index *index, enum errata__column column, uint64_t row) {
    const unsigned char *segment = index->columns[column].at[row >> ERRATA__ROW_SHIFT];
    __builtin_prefetch((const uint32_t *)(const void *)segment +
                       (row & ((1U << ERRATA__ROW_SHIFT) - 1)));
}

static inline uint64_t errata__u64(const struct errata_index *index, enum errata__column column,
                                   uint64_t row) {
    const unsigned char *segment = index->columns[column].at[row >> ERRATA__ROW_SHIFT];
    return ((const uint64_t *)(const void *)segment)[row & ((1U << ERRATA__ROW_SHIFT) - 1)];
}

static inline uint8_t errata__u8(const struct errata_index *index, enum errata__column column,
                                 uint64_t row) {
    return index->columns[column]
        .at[row >> ERRATA__ROW_SHIFT][row & ((1U << ERRATA__ROW_SHIFT) - 1)];
}

/* Shapes of issues that lie behind one another in memory. */
struct errata__shape_run {
    const unsigned char *ids;
    bool wide;
};

static inline uint32_t errata__shape_at(struct errata__shape_run run, uint32_t i) {
    return run.wide ? ((const uint32_t *)(const void *)run.ids)[i]
                    : ((const uint16_t *)(const void *)run.ids)[i];
}

/* From an issue to the end of its segment. */
static inline struct errata__shape_run errata__shape_run(const struct errata_index *index,
                                                         uint64_t issue) {
    bool wide = issue >= index->wide_from;
    return (struct errata__shape_run){
        index->columns[ERRATA__ISSUE_SHAPE].at[issue >> ERRATA__ROW_SHIFT] +
            ((issue & ((1U << ERRATA__ROW_SHIFT) - 1)) << (wide ? 2 : 1)),
        wide};
}

static inline uint32_t errata__shape_of(const struct errata_index *index, uint64_t issue) {
    return errata__shape_at(errata__shape_run(index, issue), 0);
}

static inline uint32_t errata__pattern_of(const struct errata_index *index, uint64_t issue) {
    return errata__u32(index, ERRATA__SHAPE_PATTERN, errata__shape_of(index, issue));
}

/* The address of a byte of a stream; strings are contiguous from theirs. */
static inline const unsigned char *errata__stream(const struct errata_index *index,
                                                  enum errata__column column, uint64_t offset) {
    return index->columns[column].at[offset >> ERRATA__STREAM_SHIFT] +
           (offset & ((1U << ERRATA__STREAM_SHIFT) - 1));
}

/* The text of a string id; absent for ERRATA_NONE. */
static inline struct errata_text errata__text(const struct errata_index *index, uint32_t id) {
    struct errata_text text = {NULL, 0};
    if (id != ERRATA_NONE) {
        text.data = (const char *)errata__stream(index, ERRATA__STRING_BYTE,
                                                 errata__u64(index, ERRATA__STRING_OFFSET, id));
        text.length = errata__u32(index, ERRATA__STRING_LENGTH, id);
    }
    return text;
}

/* First row that belongs to the parent behind `row`: where the row's children end. */
static inline uint32_t errata__end_of(const struct errata_index *index, enum errata__column first,
                                      enum errata__table parents, enum errata__table children,
                                      uint64_t row) {
    return row + 1 < index->rows[parents] ? errata__u32(index, first, row + 1)
                                          : (uint32_t)index->rows[children];
}

/* Segments of a pattern: rows *first ... *end - 1 of ERRATA__SEGMENT. */
static inline void errata__pattern_segments(const struct errata_index *index, uint32_t pattern,
                                            uint32_t *first, uint32_t *end) {
    *first = errata__u32(index, ERRATA__PATTERN_FIRST, pattern);
    *end =
        errata__end_of(index, ERRATA__PATTERN_FIRST, ERRATA__PATTERNS, ERRATA__SEGMENTS, pattern);
}

/* How many segments of a pattern are positions. Cost: its segments. */
uint32_t errata__pattern_positions(const struct errata_index *index, uint32_t pattern);

/* Reads one position from the stream and moves *offset behind it. */
uint64_t errata__position_next(const struct errata_index *index, uint64_t *offset);

/* Moves *offset behind so many positions. */
void errata__position_skip(const struct errata_index *index, uint64_t positions, uint64_t *offset);

/* Where an issue's positions begin. counts: of the positions of each pattern; NULL: they are counted, which takes
   as long as the patterns of up to 63 issues are. */
uint64_t errata__issue_positions(const struct errata_index *index, const uint32_t *counts,
                                 uint32_t issue);

/* The rule error that an issue belongs to. */
uint32_t errata__issue_rule_error(const struct errata_index *index, uint32_t issue);

/* Renders a path whose positions begin at offset; like errata_index_path(). */
size_t errata__path_render(const struct errata_index *index, uint32_t pattern, uint64_t offset,
                           char *buffer, size_t size);

#endif
