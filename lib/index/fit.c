/*
 * The fact about a file that takes several tables: each block of issues has as many positions as the patterns of its
 * issues say.
 */
#include "index/sound.h"

#include <string.h>

#include "core/fail.h"
#include "index/scan.h"

/* So many blocks stand for some 4 MiB of shapes, and for less of positions where those are small numbers. */
#define FORGET_BLOCKS ((uint64_t)1 << 14)

/* Are these bytes `count` whole numbers? Counted 8 at a time: one by one it was a fifth of the time of opening. */
static bool are_numbers(const unsigned char *bytes, uint64_t length, uint64_t count) {
    const uint64_t ones = 0x0101010101010101;
    uint64_t ends = 0;
    uint64_t i = 0;

    for (; length - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, bytes + i, sizeof word);
        /* A one for each; the product's highest byte is their sum. */
        ends += (~word >> 7 & ones) * ones >> 56;
    }
    for (; i < length; i++) {
        ends += bytes[i] < 0x80;
    }
    return ends == count && (length == 0 || bytes[length - 1] < 0x80);
}

static enum errata_status check_blocks(const struct errata_index *index, const uint32_t *counts,
                                       bool forget, struct errata_error *error) {
    uint64_t blocks = index->rows[ERRATA__BLOCKS];
    uint64_t from = 0;
    uint64_t issue = 0;

    for (uint64_t block = 0; block < blocks; block++) {
        bool last = block + 1 == blocks;
        uint64_t end = last ? index->rows[ERRATA__ISSUES] : (block + 1) << ERRATA__BLOCK_SHIFT;
        uint64_t to = last ? index->rows[ERRATA__POSITIONS]
                           : errata__u64(index, ERRATA__BLOCK_OFFSET, block + 1);
        uint64_t positions = 0;
        /* A block does not go on in another segment. */
        uint32_t n;
        struct errata__shape_run shapes =
            errata__scan_shapes(index, (uint32_t)issue, (uint32_t)end, &n);
        for (uint32_t i = 0; i < n; i++) {
            positions +=
                counts[errata__u32(index, ERRATA__SHAPE_PATTERN, errata__shape_at(shapes, i))];
        }
        issue = end;
        /* In a file a stream is in one piece. */
        const unsigned char *bytes =
            from == to ? NULL : errata__stream(index, ERRATA__POSITION_BYTE, from);
        if (!are_numbers(bytes, to - from, positions)) {
            return errata__damaged_row(index, ERRATA__BLOCK_OFFSET, block, error);
        }
        from = to;
        if (forget && block % FORGET_BLOCKS == FORGET_BLOCKS - 1) {
            errata__file_forget(index->file);
        }
    }
    return ERRATA_OK;
}

enum errata_status errata__positions_fit(const struct errata_index *index, bool forget,
                                         struct errata_error *error) {
    struct errata__arena scratch;
    size_t patterns = (size_t)index->rows[ERRATA__PATTERNS];

    errata__arena_init(&scratch, &index->arena.allocator, 0);
    uint32_t *counts = errata__arena_borrow(&scratch, patterns, sizeof *counts);
    if (counts == NULL) {
        return errata__fail_plain(error, scratch.failure);
    }
    for (size_t pattern = 0; pattern < patterns; pattern++) {
        counts[pattern] = errata__pattern_positions(index, (uint32_t)pattern);
    }
    enum errata_status status = check_blocks(index, counts, forget, error);
    errata__arena_clear(&scratch);
    if (forget) {
        errata__file_forget(index->file);
    }
    return status;
}
