/*
 * A run over what is known, shared by run.c and the kernels, each of which has the loop that most issues go through.
 */
#ifndef ERRATA_READ_RUN_H
#define ERRATA_READ_RUN_H

#include <string.h>

#include "index/cursor.h"
#include "read/lane.h"

/* An issue with a message that differs, on its way into the index: where it is to be looked for is fetched into the
   cache while the next one is looked at. */
struct errata__pending {
    bool is;
    /* Where the run stood before it. */
    size_t from;
    bool behind_issue;
    const char *text;
    size_t length;
    uint64_t hash;
    struct errata__shape shape;
    uint8_t deviations;
    uint8_t n_positions;
    uint64_t positions[ERRATA__KNOWN_POSITIONS];
};

struct errata__run {
    struct errata__lane *lane;
    const struct errata__stretch *stretch;
    struct errata__cursor cursor;
    size_t at;
    /* The most that may be taken. */
    size_t end;
    bool behind_issue;
    /* The document has ended. */
    bool ended;
    uint64_t known_issues;
    struct errata__pending pending;
};

extern const struct errata__ends errata__issue_ends;

/* Eight digits at most, the last of which stands before `end`, where eight bytes may be read. */
static inline uint32_t errata__run_digits(const char *end, unsigned digits) {
    uint64_t word;
    unsigned others = 64 - 8 * digits;
    memcpy(&word, end - sizeof word, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    word = (word & 0x0F0F0F0F0F0F0F0FU) >> others << others;
    word = (word * (1 + 10 * 256U)) >> 8 & 0x00FF00FF00FF00FFU;
    word = (word * (1 + 100 * 65536U)) >> 16 & 0x0000FFFF0000FFFFU;
    return (uint32_t)((word * (1 + 10000 * ((uint64_t)1 << 32))) >> 32);
}

static inline void errata__run_positions(const struct errata__known *known, const char *span,
                                         uint64_t *positions) {
    for (size_t i = 0; i < known->n_positions; i++) {
        const struct errata__known_position *position = &known->positions[i];
        positions[i] = errata__run_digits(span + position->at + position->digits, position->digits);
    }
}

/* Appends an issue that the cursor has no room for. False: it cannot be, for a reason that the parser will meet too.
   `known` is not to be used behind it. */
bool errata__run_append_slowly(struct errata__run *run, const struct errata__known *known,
                               const char *span, uint32_t shape);

/* Appends an issue whose positions stand in the span, and that the cursor takes. */
static inline void errata__run_put(struct errata__cursor *cursor, const struct errata__known *known,
                                   const char *span, uint32_t shape) {
    for (size_t i = 0; i < known->n_positions; i++) {
        const struct errata__known_position *position = &known->positions[i];
        errata__cursor_position(
            cursor, errata__run_digits(span + position->at + position->digits, position->digits));
    }
    errata__cursor_issue(cursor, shape);
}

static inline void errata__run_count(struct errata__lane *lane, unsigned deviations) {
    lane->sets.issues[deviations]++;
    lane->sets.touched |= (uint64_t)1 << deviations;
}

/* Heeds that a shape comes again. False: that failed, or took the memo's memory. */
static inline bool errata__run_repeats(struct errata__lane *lane) {
    return errata__shapes_enter(lane->index) == ERRATA_OK && lane->memo.slots != NULL;
}

/* Does the gap stand there, with an object behind it? */
static inline bool errata__run_meets_gap(const struct errata__gap *gap, const char *bytes,
                                         size_t length) {
    if (gap->length >= length || bytes[gap->length] != '{') {
        return false;
    }
    return gap->length == 1 ? bytes[0] == gap->bytes[0]
                            : memcmp(bytes, gap->bytes, gap->length) == 0;
}

static inline bool errata__run_at_gap(const struct errata__run *run,
                                      const struct errata__gap *gap) {
    return errata__run_meets_gap(gap, run->stretch->bytes + run->at, run->end - run->at);
}

/* bare.c */

/* An issue without its message. */
struct errata__bare {
    /* Where the message stands, and how long it is. */
    size_t text;
    size_t text_length;
    /* Bytes before it, and all that are not in it. */
    size_t head;
    size_t length;
};

/* Looks at the issue there without its message; false: it has none that is plain, or seems to have no end. */
bool errata__run_look_bare(struct errata__run *run, size_t begin, struct errata__bare *bare);
/* Takes the issue there if it is known but for its message. It is pending then. */
bool errata__run_take_bare(struct errata__run *run);
/* Appends the issue that is pending, if there is one. False: it cannot be; the run is where it was before it. */
bool errata__run_settle(struct errata__run *run);

#endif
