/*
 * Appending many issues in a row: where their rows and positions go is looked up once for each block of them. What a
 * cursor cannot take is for errata__issue_append(), with the cursor closed.
 */
#ifndef ERRATA_INDEX_CURSOR_H
#define ERRATA_INDEX_CURSOR_H

#include <string.h>

#include "index/tables.h"

/* Bytes that a position takes at most here, and how great it may be: four times seven bits. */
#define ERRATA__CURSOR_POSITION 8U
#define ERRATA__CURSOR_GREATEST ((1U << 28) - 1)

struct errata__cursor {
    unsigned char *shapes;
    unsigned char *shapes_end;
    /* Ids of shapes have 4 bytes; else 2. */
    bool wide;
    unsigned char *bytes;
    unsigned char *bytes_end;
    unsigned char *first_shape;
    unsigned char *first_byte;
};

/* Takes nothing when the next row begins a block, or there is no room. What it is given has a shape that came before,
   with an issue that was appended otherwise, as was the first of the block: one of these made the segment wide if it
   has to be. */
static inline void errata__cursor_open(struct errata__cursor *cursor,
                                       const struct errata_index *index) {
    uint64_t row = index->rows[ERRATA__ISSUES];
    uint64_t offset = index->rows[ERRATA__POSITIONS];
    uint64_t in_block = row % ERRATA__BLOCK_ISSUES;
    const struct errata__segments *stream = &index->columns[ERRATA__POSITION_BYTE];
    memset(cursor, 0, sizeof *cursor);
    if (in_block != 0 && offset >> ERRATA__STREAM_SHIFT < stream->count &&
        row < index->max_issues) {
        uint64_t rows = ERRATA__BLOCK_ISSUES - in_block;
        uint64_t in_segment = offset & ((1U << ERRATA__STREAM_SHIFT) - 1);
        if (rows > index->max_issues - row) {
            rows = index->max_issues - row;
        }
        cursor->wide = row >= index->wide_from;
        unsigned shift = cursor->wide ? 2 : 1;
        cursor->shapes = index->columns[ERRATA__ISSUE_SHAPE].at[row >> ERRATA__ROW_SHIFT] +
                         ((row & ((1U << ERRATA__ROW_SHIFT) - 1)) << shift);
        cursor->shapes_end = cursor->shapes + (rows << shift);
        cursor->bytes = stream->at[offset >> ERRATA__STREAM_SHIFT] + in_segment;
        cursor->bytes_end = cursor->bytes + ((1U << ERRATA__STREAM_SHIFT) - in_segment);
    }
    cursor->first_shape = cursor->shapes;
    cursor->first_byte = cursor->bytes;
}

/* Is there room for an issue with so many positions? */
static inline bool errata__cursor_takes(const struct errata__cursor *cursor, size_t positions) {
    return cursor->shapes != cursor->shapes_end &&
           (size_t)(cursor->bytes_end - cursor->bytes) >= positions * ERRATA__CURSOR_POSITION;
}

/* As LEB128. Longer ones without a branch: how long the next one is, nobody can guess. */
static inline void errata__cursor_position(struct errata__cursor *cursor, uint32_t position) {
    if (position < 0x80) {
        *cursor->bytes++ = (unsigned char)position;
        return;
    }
    uint64_t spread = (position & 0x7FU) | (uint64_t)(position & 0x3F80U) << 1 |
                      (uint64_t)(position & 0x1FC000U) << 2 |
                      (uint64_t)(position & 0xFE00000U) << 3;
    unsigned more = (unsigned)(position > 0x7FU) + (unsigned)(position > 0x3FFFU) +
                    (unsigned)(position > 0x1FFFFFU);
    spread |= 0x80808080U & (((uint64_t)1 << (8 * more)) - 1);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    spread = __builtin_bswap64(spread);
#endif
    memcpy(cursor->bytes, &spread, sizeof spread);
    cursor->bytes += more + 1;
}

static inline void errata__cursor_issue(struct errata__cursor *cursor, uint32_t shape) {
    if (cursor->wide) {
        *(uint32_t *)(void *)cursor->shapes = shape;
        cursor->shapes += sizeof(uint32_t);
    } else {
        *(uint16_t *)(void *)cursor->shapes = (uint16_t)shape;
        cursor->shapes += sizeof(uint16_t);
    }
}

static inline void errata__cursor_close(const struct errata__cursor *cursor,
                                        struct errata_index *index) {
    index->rows[ERRATA__ISSUES] +=
        (uint64_t)(cursor->shapes - cursor->first_shape) >> (cursor->wide ? 2 : 1);
    index->rows[ERRATA__POSITIONS] += (uint64_t)(cursor->bytes - cursor->first_byte);
}

#endif
