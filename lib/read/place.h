/*
 * Lines and columns: line ends are counted once, as far as somebody asks.
 */
#ifndef ERRATA_READ_PLACE_H
#define ERRATA_READ_PLACE_H

#include <stddef.h>
#include <stdint.h>

/* A place in a source. */
struct errata__position_in {
    uint64_t offset;
    uint64_t line;
    uint64_t column;
};

struct errata__lines {
    /* The bytes at hand, and the offset of their first one in the source. */
    const char *bytes;
    size_t length;
    uint64_t base;
    /* Line ends before this offset are in line, and the last of them stands right before line_start. */
    uint64_t counted;
    uint64_t line;
    uint64_t line_start;
};

/* At the start of a line: for a source, offset 0 and line 1. */
void errata__lines_begin(struct errata__lines *lines, uint64_t offset, uint64_t line);
/* The next bytes of the source, behind those before, which were let go. */
void errata__lines_feed(struct errata__lines *lines, const char *bytes, size_t length);
/* The bytes at hand are gone after this. */
void errata__lines_let_go(struct errata__lines *lines);
/* The place of an offset among the bytes at hand, or right behind them. One before what was counted must lie in the
   line that counting has reached. Cost: the bytes since the last call. */
struct errata__position_in errata__lines_at(struct errata__lines *lines, uint64_t offset);

#endif
