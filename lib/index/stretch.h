/*
 * Counting issues that follow one another, of any number of rule errors, in one loop. Where a rule error's issues end no
 * processor can guess, so a loop for each of them took 10 ns a rule error. Here record and rule error are a state, to which
 * a step is added before each issue: 0 but for the first issue of a rule error.
 */
#ifndef ERRATA_INDEX_STRETCH_H
#define ERRATA_INDEX_STRETCH_H

#include "index/matrix.h"

/* Issues of a stretch; a rule error with more of them goes on in the next. */
#define ERRATA__STRETCH 512U

/* A group while it is counted. */
struct errata__tally_row {
    /* Records << 32 | issues. */
    uint64_t counts;
    /* Its issue with the smallest id. */
    uint32_t first;
    /* The last record that was counted, and 1. */
    uint32_t last_record;
};

/* The row that counts what does not pass. */
#define ERRATA__TALLY_OTHERS 0U

/* Of a rule error: its record, and 1, << 32 | what the grouping takes from it. */
static inline uint64_t errata__stretch_state(uint32_t record, uint32_t outer) {
    return ((uint64_t)record + 1) << 32 | outer;
}

/* A record more is counted without a branch, since nobody can guess it: 1.5 ns an issue. Written as a choice of what is
   added, it takes the compiler one addition to memory, and 0.3 ns less. */
static inline void errata__tally_add(struct errata__tally_row *row, uint64_t state, uint32_t issue,
                                     uint32_t issues) {
    uint32_t record = (uint32_t)(state >> 32);
    row->counts += row->last_record != record ? ((uint64_t)1 << 32) + issues : issues;
    row->last_record = record;
    if (issue < row->first) {
        row->first = issue;
    }
}

/* How many records there are where those of the same number follow one another. */
struct errata__tally_records {
    uint32_t count;
    /* The last one, and 1. */
    uint32_t last;
};

/* passes: does the issue count? Nor can that be guessed, and the compiler would make a branch of a condition. */
static inline void errata__tally_record(struct errata__tally_records *records, uint64_t state,
                                        bool passes) {
    uint32_t last = records->last;
    records->last ^= (last ^ (uint32_t)(state >> 32)) & (0U - passes);
    records->count += records->last != last;
}

struct errata__stretch {
    uint32_t start;
    /* The next issue to be counted, and behind the last one. */
    uint32_t at;
    uint32_t end;
    /* Where it must end: there is no room, or other memory behind it. Up to 2^32. */
    uint64_t most;
    /* Of the issue that was counted last, and of the last one. */
    uint64_t state;
    uint64_t last;
    /* All others are 0. */
    uint64_t steps[ERRATA__STRETCH];
};

/* What a stretch is counted into. */
struct errata__counting {
    const struct errata_index *index;
    struct errata__tally_row *rows;
    const struct errata__matrix *matrix;
    /* By shape; NULL: shapes are the columns of the matrix. */
    const uint32_t *columns;
    /* Of what passes; NULL: all do, and somebody else counts them. */
    struct errata__tally_records *passing;
};

/* Begins a stretch behind one that was counted. */
static inline void errata__stretch_begin(struct errata__stretch *stretch, uint32_t issue) {
    uint32_t rows = 1U << ERRATA__ROW_SHIFT;
    uint32_t in_segment = rows - (issue & (rows - 1));
    stretch->start = issue;
    stretch->at = issue;
    stretch->end = issue;
    stretch->most = (uint64_t)issue + (in_segment < ERRATA__STRETCH ? in_segment : ERRATA__STRETCH);
    stretch->state = 0;
    stretch->last = 0;
}

/* Takes a rule error's issues from stretch->end on, where there must be room for one at least; returns the first that
   there was none for. */
static inline uint32_t errata__stretch_take(struct errata__stretch *stretch, uint64_t state,
                                            uint32_t end) {
    stretch->steps[stretch->end - stretch->start] = state - stretch->last;
    stretch->last = state;
    stretch->end = end < stretch->most ? end : (uint32_t)stretch->most;
    return stretch->end;
}

/* Makes stretch->state that of the next issue, for those who count it themselves. */
static inline void errata__stretch_step(struct errata__stretch *stretch) {
    uint64_t *step = &stretch->steps[stretch->at - stretch->start];
    stretch->state += *step;
    *step = 0;
}

/* Counts issues from stretch->at on. Stops at one whose row is not known, with stretch->state being that issue's. */
void errata__stretch_count(struct errata__stretch *stretch,
                           const struct errata__counting *counting);

#endif
