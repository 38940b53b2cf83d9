/*
 * Facts about a file that take several tables. A file is small beside what it can stand for: a pattern is there
 * once and may be that of every issue. So a hostile one could make a query write terabytes, or walk along a million
 * segments for each of a million issues. The bounds here are far above what reading ever makes, and keep
 * time and memory in proportion to the file.
 */
#include "index/sound.h"

#include "core/fail.h"

/* What is rendered may have so many bytes, and so many for each byte of the file. */
#define TEXT_BASE ((uint64_t)1 << 28)
#define TEXT_FACTOR 256U
/* The same for segments of the paths of all issues. */
#define SEGMENT_BASE ((uint64_t)1 << 28)
#define SEGMENT_FACTOR 16U

static enum errata_status too_long(const struct errata_index *index, const char *what,
                                   struct errata_error *error) {
    errata__fail(error, ERRATA_DAMAGED,
                 "the saved index is damaged: its %s are out of all proportion to the file", what);
    errata__fail_source(error, index->file->name);
    return ERRATA_DAMAGED;
}

static uint64_t bound(const struct errata_index *index, uint64_t base, unsigned factor) {
    uint64_t most;
    return __builtin_mul_overflow(index->file->length, factor, &most) ||
                   __builtin_add_overflow(most, base, &most)
               ? UINT64_MAX
               : most;
}

/* Of a segment's text: quotes and a dot included, escapes not. A position may have 18 digits. */
static uint64_t text_length(const struct errata_index *index, uint32_t segment) {
    return segment == ERRATA__POSITION
               ? 20
               : errata__u32(index, ERRATA__STRING_LENGTH, segment) + (uint64_t)4;
}

enum errata_status errata__patterns_fit(const struct errata_index *index,
                                        struct errata_error *error) {
    uint64_t most = bound(index, TEXT_BASE, TEXT_FACTOR);
    uint64_t length = 0;

    for (uint64_t row = 0; row < index->rows[ERRATA__SEGMENTS] && length <= most; row++) {
        length += text_length(index, errata__u32(index, ERRATA__SEGMENT, row));
    }
    return length > most ? too_long(index, "patterns", error) : ERRATA_OK;
}

/* What an issue adds by its pattern. */
struct weight {
    uint64_t text;
    uint32_t segments;
    uint32_t positions;
};

static void weigh(const struct errata_index *index, uint32_t pattern, struct weight *out) {
    uint32_t first;
    uint32_t end;

    errata__pattern_segments(index, pattern, &first, &end);
    *out = (struct weight){.segments = end - first};
    for (uint32_t row = first; row < end; row++) {
        uint32_t segment = errata__u32(index, ERRATA__SEGMENT, row);
        out->text += text_length(index, segment);
        out->positions += segment == ERRATA__POSITION;
    }
}

/* Are there `count` whole numbers between two offsets of the stream? */
static bool has_numbers(const struct errata_index *index, uint64_t from, uint64_t to,
                        uint64_t count) {
    unsigned char byte = 0;
    for (uint64_t at = from; at < to; at++) {
        byte = *errata__stream(index, ERRATA__POSITION_BYTE, at);
        count -= byte < 0x80;
    }
    /* Less than none wraps round, which is more than there can be. */
    return count == 0 && byte < 0x80;
}

static enum errata_status check_blocks(const struct errata_index *index,
                                       const struct weight *weights, struct errata_error *error) {
    uint64_t most_text = bound(index, TEXT_BASE, TEXT_FACTOR);
    uint64_t most_segments = bound(index, SEGMENT_BASE, SEGMENT_FACTOR);
    uint64_t blocks = index->rows[ERRATA__BLOCKS];
    uint64_t text = 0;
    uint64_t segments = 0;
    uint64_t issue = 0;

    for (uint64_t block = 0; block < blocks; block++) {
        bool last = block + 1 == blocks;
        uint64_t end = last ? index->rows[ERRATA__ISSUES] : (block + 1) << ERRATA__BLOCK_SHIFT;
        uint64_t stop = last ? index->rows[ERRATA__POSITIONS]
                             : errata__u64(index, ERRATA__BLOCK_OFFSET, block + 1);
        uint64_t positions = 0;
        for (; issue < end; issue++) {
            const struct weight *weight = &weights[errata__u32(
                index, ERRATA__SHAPE_PATTERN, errata__u32(index, ERRATA__ISSUE_SHAPE, issue))];
            positions += weight->positions;
            segments += weight->segments;
            text += weight->text;
        }
        if (text > most_text || segments > most_segments) {
            return too_long(index, "paths", error);
        }
        if (!has_numbers(index, errata__u64(index, ERRATA__BLOCK_OFFSET, block), stop, positions)) {
            return errata__damaged_row(index, ERRATA__BLOCK_OFFSET, block, error);
        }
    }
    return ERRATA_OK;
}

enum errata_status errata__paths_fit(const struct errata_index *index, struct errata_error *error) {
    struct errata__arena scratch;
    size_t patterns = (size_t)index->rows[ERRATA__PATTERNS];

    errata__arena_init(&scratch, &index->arena.allocator, 0);
    struct weight *weights = errata__arena_borrow(&scratch, patterns, sizeof *weights);
    if (weights == NULL) {
        return errata__fail_plain(error, scratch.failure);
    }
    for (size_t pattern = 0; pattern < patterns; pattern++) {
        weigh(index, (uint32_t)pattern, &weights[pattern]);
    }
    enum errata_status status = check_blocks(index, weights, error);
    errata__arena_clear(&scratch);
    return status;
}
