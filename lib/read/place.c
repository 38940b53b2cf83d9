/*
 * Counting lines.
 */
#include "read/place.h"

#include <string.h>

void errata__lines_begin(struct errata__lines *lines, uint64_t offset, uint64_t line) {
    *lines = (struct errata__lines){
        .base = offset, .counted = offset, .line = line, .line_start = offset};
}

void errata__lines_feed(struct errata__lines *lines, const char *bytes, size_t length) {
    lines->bytes = bytes;
    lines->length = length;
}

void errata__lines_let_go(struct errata__lines *lines) {
    /* What was not asked for is counted as long as the bytes are there. */
    errata__lines_at(lines, lines->base + lines->length);
    lines->base += lines->length;
    lines->bytes = "";
    lines->length = 0;
}

/* Bytes counted at once: their number is known to the compiler, and fits into a byte, so that it uses vectors. Byte
   by byte, counting was a ninth of all instructions of reading. */
#define BLOCK 128U

static uint64_t count_line_ends(const char *bytes, size_t length) {
    uint64_t count = 0;
    for (; length >= BLOCK; bytes += BLOCK, length -= BLOCK) {
        uint8_t in_block = 0;
        for (size_t i = 0; i < BLOCK; i++) {
            in_block = (uint8_t)(in_block + (bytes[i] == '\n'));
        }
        count += in_block;
    }
    for (size_t i = 0; i < length; i++) {
        count += bytes[i] == '\n';
    }
    return count;
}

struct errata__position_in errata__lines_at(struct errata__lines *lines, uint64_t offset) {
    if (offset > lines->counted) {
        const char *from = lines->bytes + (lines->counted - lines->base);
        size_t length = (size_t)(offset - lines->counted);
        const char *last = memrchr(from, '\n', length);
        if (last != NULL) {
            /* Between two documents in lines there is one, which memchr() tells five times as fast. */
            const char *first = memchr(from, '\n', (size_t)(last - from) + 1);
            lines->line += first == last ? 1 : count_line_ends(first, (size_t)(last - first) + 1);
            lines->line_start = lines->counted + (uint64_t)(last - from) + 1;
        }
        lines->counted = offset;
    }
    uint64_t column = offset >= lines->line_start ? offset - lines->line_start + 1 : 1;
    return (struct errata__position_in){offset, lines->line, column};
}
