/*
 * Reading cells that take more than one look: positions, paths, which rule error an issue belongs to.
 */
#include "index/tables.h"

#include "core/path.h"
#include "index/sound.h"

uint32_t errata__pattern_positions(const struct errata_index *index, uint32_t pattern) {
    uint32_t first;
    uint32_t end;
    uint32_t positions = 0;
    errata__pattern_segments(index, pattern, &first, &end);
    for (uint32_t row = first; row < end; row++) {
        positions += errata__u32(index, ERRATA__SEGMENT, row) == ERRATA__POSITION;
    }
    return positions;
}

uint64_t errata__position_next(const struct errata_index *index, uint64_t *offset) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && *offset < index->rows[ERRATA__POSITIONS]; shift += 7) {
        unsigned char byte = *errata__stream(index, ERRATA__POSITION_BYTE, (*offset)++);
        value |= (uint64_t)(byte & 0x7FU) << shift;
        if (byte < 0x80) {
            break;
        }
    }
    return value;
}

void errata__position_skip(const struct errata_index *index, uint64_t positions, uint64_t *offset) {
    while (positions > 0 && *offset < index->rows[ERRATA__POSITIONS]) {
        positions -= *errata__stream(index, ERRATA__POSITION_BYTE, (*offset)++) < 0x80;
    }
}

uint64_t errata__issue_positions(const struct errata_index *index, const uint32_t *counts,
                                 uint32_t issue) {
    uint32_t block = issue >> ERRATA__BLOCK_SHIFT;
    uint64_t offset = errata__u64(index, ERRATA__BLOCK_OFFSET, block);
    uint64_t positions = 0;
    for (uint32_t i = block << ERRATA__BLOCK_SHIFT; i < issue; i++) {
        uint32_t pattern = errata__pattern_of(index, i);
        positions += counts == NULL ? errata__pattern_positions(index, pattern) : counts[pattern];
    }
    errata__position_skip(index, positions, &offset);
    return offset;
}

uint32_t errata__issue_rule_error(const struct errata_index *index, uint32_t issue) {
    uint32_t block = issue >> ERRATA__BLOCK_SHIFT;
    /* The last rule error whose first issue is not behind this one: those without issues come before the
       one that has it, and begin where that begins. */
    uint32_t low = errata__u32(index, ERRATA__BLOCK_RULE_ERROR, block);
    uint32_t high = block + 1 < index->rows[ERRATA__BLOCKS]
                        ? errata__u32(index, ERRATA__BLOCK_RULE_ERROR, block + 1)
                        : (uint32_t)index->rows[ERRATA__RULE_ERRORS] - 1;
    while (low < high) {
        uint32_t middle = high - (high - low) / 2;
        if (errata__u32(index, ERRATA__RULE_ERROR_FIRST, middle) <= issue) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

size_t errata__path_render(const struct errata_index *index, uint32_t pattern, uint64_t offset,
                           char *buffer, size_t size) {
    struct errata__path_writer writer;
    uint32_t first;
    uint32_t end;
    errata__path_begin(&writer, buffer, size);
    errata__pattern_segments(index, pattern, &first, &end);
    for (uint32_t row = first; row < end; row++) {
        uint32_t segment = errata__u32(index, ERRATA__SEGMENT, row);
        if (segment == ERRATA__POSITION) {
            errata__path_position(&writer, errata__position_next(index, &offset));
        } else {
            errata__path_name(&writer, errata__text(index, segment));
        }
    }
    return errata__path_end(&writer);
}

size_t errata_index_pattern(const struct errata_index *index, uint32_t id, char *buffer,
                            size_t size) {
    struct errata__path_writer writer;
    uint32_t first;
    uint32_t end;
    if (id >= index->rows[ERRATA__PATTERNS] || !errata__is_sound(index, ERRATA__SOUND_PATTERN)) {
        return 0;
    }
    errata__path_begin(&writer, buffer, size);
    errata__pattern_segments(index, id, &first, &end);
    for (uint32_t row = first; row < end; row++) {
        uint32_t segment = errata__u32(index, ERRATA__SEGMENT, row);
        if (segment == ERRATA__POSITION) {
            errata__path_any_position(&writer);
        } else {
            errata__path_name(&writer, errata__text(index, segment));
        }
    }
    return errata__path_end(&writer);
}

size_t errata_index_path(const struct errata_index *index, uint32_t id, char *buffer, size_t size) {
    if (id >= index->rows[ERRATA__ISSUES] || !errata__is_sound(index, ERRATA__SOUND_PATH)) {
        return 0;
    }
    return errata__path_render(index, errata__pattern_of(index, id),
                               errata__issue_positions(index, NULL, id), buffer, size);
}
