/*
 * The rules of schema.h, each as a loop over a run of cells.
 */
#include "index/check.h"

#include <endian.h>
#include <string.h>

#include "core/utf8.h"

/* A position has at most 18 digits, so less than 63 bits. */
#define MOST_NUMBER_BYTES 9U

void errata__check_begin(struct errata__check *check, const struct errata_index *index,
                         enum errata__column column, errata__lengths_function *next_lengths,
                         const void *ctx) {
    memset(check, 0, sizeof *check);
    check->index = index;
    check->column = column;
    check->next_lengths = next_lengths;
    check->ctx = ctx;
}

static enum errata_status damaged_at(struct errata__check *check, uint64_t offset) {
    check->row += offset;
    return ERRATA_DAMAGED;
}

/* Cells that are looked at without a branch in between, which gcc does four at a time as long as their number is fixed:
   it took a fifth of the time of opening 10 million issues. Where one of them is wrong, a plain loop finds it. */
#define BLOCK 64U

static bool any_from(const uint32_t *cells, uint32_t limit, uint32_t none) {
    uint32_t wrong = 0;
    for (unsigned i = 0; i < BLOCK; i++) {
        wrong |= cells[i] + none >= limit + none;
    }
    return wrong != 0;
}

static bool any_narrow_from(const uint16_t *cells, uint32_t limit) {
    uint32_t wrong = 0;
    for (unsigned i = 0; i < BLOCK; i++) {
        wrong |= cells[i] >= limit;
    }
    return wrong != 0;
}

static bool any_falls(const uint32_t *cells) {
    uint32_t wrong = 0;
    for (unsigned i = 0; i < BLOCK; i++) {
        wrong |= cells[i + 1] < cells[i];
    }
    return wrong != 0;
}

/* Each is less than limit; with none also ERRATA_NONE, which plus 1 is 0. */
static enum errata_status check_ids(struct errata__check *check, const uint32_t *cells,
                                    uint64_t count, uint32_t limit, uint32_t none) {
    uint64_t i = 0;
    while (count - i >= BLOCK && !any_from(cells + i, limit, none)) {
        i += BLOCK;
    }
    for (; i < count; i++) {
        if (cells[i] + none >= limit + none) {
            return damaged_at(check, i);
        }
    }
    return ERRATA_OK;
}

/* The same for ids of 2 bytes, of which none is absent. */
static enum errata_status check_narrow_ids(struct errata__check *check, const uint16_t *cells,
                                           uint64_t count, uint32_t limit) {
    uint64_t i = 0;
    while (count - i >= BLOCK && !any_narrow_from(cells + i, limit)) {
        i += BLOCK;
    }
    for (; i < count; i++) {
        if (cells[i] >= limit) {
            return damaged_at(check, i);
        }
    }
    return ERRATA_OK;
}

static enum errata_status check_rising(struct errata__check *check, const uint32_t *cells,
                                       uint64_t count, uint32_t most) {
    uint32_t last = (uint32_t)check->last;
    uint64_t i = 0;
    while (count - i > BLOCK && cells[i] >= last && !any_falls(cells + i) &&
           cells[i + BLOCK] <= most) {
        last = cells[i];
        i += BLOCK;
    }
    for (; i < count; i++) {
        if (cells[i] < last || cells[i] > most) {
            return damaged_at(check, i);
        }
        last = cells[i];
    }
    check->last = last;
    return ERRATA_OK;
}

static enum errata_status check_rising_offsets(struct errata__check *check, const uint64_t *cells,
                                               uint64_t count, uint64_t most) {
    for (uint64_t i = 0; i < count; i++) {
        if (cells[i] < check->last || cells[i] > most) {
            return damaged_at(check, i);
        }
        check->last = cells[i];
    }
    return ERRATA_OK;
}

static enum errata_status check_at_most(struct errata__check *check, const unsigned char *cells,
                                        uint64_t count, unsigned most) {
    for (uint64_t i = 0; i < count; i++) {
        if (cells[i] > most) {
            return damaged_at(check, i);
        }
    }
    return ERRATA_OK;
}

/* Are the next 8 bytes good, by the rule below? Then sets *open. */
static bool eight_numbers(const unsigned char *cells, uint64_t *open) {
    const uint64_t tops = 0x8080808080808080;
    uint64_t word;

    memcpy(&word, cells, sizeof word);
    /* The first byte is the lowest. */
    word = le64toh(word);
    uint64_t goes_on = word & tops;
    uint64_t ends = ~word & tops;
    uint64_t zeros = ~((word & ~tops) + ~tops) & ends;
    uint64_t behind_open = goes_on << 8 | (*open > 0 ? 0x80 : 0);
    if (ends == 0 || (zeros & behind_open) != 0 ||
        *open + ((unsigned)__builtin_ctzll(ends) >> 3) >= MOST_NUMBER_BYTES) {
        return false;
    }
    *open = (unsigned)__builtin_clzll(ends) >> 3;
    return true;
}

/* Shortest forms only, none over the most bytes. 8 at a time: byte by byte it was a third of the time of opening. */
static enum errata_status check_numbers(struct errata__check *check, const unsigned char *cells,
                                        uint64_t count) {
    uint64_t open = check->last;
    for (uint64_t i = 0; i < count; i++) {
        while (count - i > sizeof(uint64_t) && eight_numbers(cells + i, &open)) {
            i += sizeof(uint64_t);
        }
        if (cells[i] >= 0x80) {
            open++;
        } else if (cells[i] == 0 && open > 0) {
            return damaged_at(check, i);
        } else {
            open = 0;
        }
        if (open == MOST_NUMBER_BYTES) {
            return damaged_at(check, i);
        }
    }
    check->last = open;
    return ERRATA_OK;
}

static enum errata_status check_lengths(struct errata__check *check, const uint32_t *cells,
                                        uint64_t count) {
    uint64_t bytes = check->index->rows[ERRATA__STRING_BYTES];
    for (uint64_t i = 0; i < count; i++) {
        if (cells[i] >= bytes - check->last) {
            return damaged_at(check, i);
        }
        check->last += cells[i] + (uint64_t)1;
    }
    return ERRATA_OK;
}

/* Goes to the string behind, whose beginning check->offset then is. */
static enum errata_status next_string(struct errata__check *check) {
    if (check->n_lengths == 0) {
        enum errata_status status =
            check->next_lengths(check->ctx, check->string, &check->lengths, &check->n_lengths);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    check->offset += *check->lengths++ + (uint64_t)1;
    check->n_lengths--;
    check->string++;
    return ERRATA_OK;
}

static enum errata_status check_closed_up(struct errata__check *check, const uint64_t *cells,
                                          uint64_t count) {
    for (uint64_t i = 0; i < count; i++) {
        if (cells[i] != check->offset) {
            return damaged_at(check, i);
        }
        enum errata_status status = next_string(check);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    return ERRATA_OK;
}

/* Each string has its NUL. check->offset is where the one behind begins. */
static enum errata_status check_ends(struct errata__check *check, const char *bytes,
                                     uint64_t count) {
    for (;;) {
        if (check->offset > check->row) {
            uint64_t end = check->offset - 1 - check->row;
            if (end >= count) {
                return ERRATA_OK;
            }
            if (bytes[end] != '\0') {
                return damaged_at(check, end);
            }
        }
        if (check->string == check->index->rows[ERRATA__STRINGS]) {
            return check->offset == check->row + count ? ERRATA_OK : damaged_at(check, count - 1);
        }
        enum errata_status status = next_string(check);
        if (status != ERRATA_OK) {
            return status;
        }
    }
}

/* As every string ends in a NUL, they are UTF-8 if all of them together are. */
static enum errata_status check_utf8(struct errata__check *check, const char *bytes,
                                     uint64_t count) {
    size_t at = 0;
    if (check->n_cut > 0) {
        uint32_t point;
        size_t more = sizeof check->cut - check->n_cut;
        more = more < count ? more : (size_t)count;
        memcpy(check->cut + check->n_cut, bytes, more);
        size_t length = errata__utf8_decode(check->cut, check->n_cut + more, &point);
        if (point == UINT32_MAX || length < check->n_cut) {
            return damaged_at(check, 0);
        }
        at = length - check->n_cut;
        check->n_cut = 0;
    }
    size_t valid = at + errata__utf8_valid(bytes + at, (size_t)count - at);
    if (valid < count) {
        /* A character of 2 to 4 bytes may go on in the next run. */
        if (count - valid > 3) {
            return damaged_at(check, valid);
        }
        check->n_cut = (size_t)count - valid;
        memcpy(check->cut, bytes + valid, check->n_cut);
    }
    return ERRATA_OK;
}

static enum errata_status check_text(struct errata__check *check, const char *bytes,
                                     uint64_t count) {
    enum errata_status status = check_ends(check, bytes, count);
    return status == ERRATA_OK ? check_utf8(check, bytes, count) : status;
}

enum errata_status errata__check_run(struct errata__check *check, const void *cells,
                                     uint64_t count) {
    const struct errata__column_schema *schema = &errata__schema[check->column];
    enum errata__rule rule = (enum errata__rule)schema->rule;
    enum errata_status status = ERRATA_OK;
    /* For rules that are about a table. */
    uint64_t rows = rule == ERRATA__AT_MOST ? 0 : check->index->rows[schema->of];

    if (count == 0) {
        return ERRATA_OK;
    }
    switch (rule) {
    case ERRATA__ANYTHING:
        break;
    case ERRATA__ID:
        status = check->column == ERRATA__ISSUE_SHAPE && check->row < check->index->wide_from
                     ? check_narrow_ids(check, cells, count, (uint32_t)rows)
                     : check_ids(check, cells, count, (uint32_t)rows, 0);
        break;
    case ERRATA__ID_OR_NONE:
        status = check_ids(check, cells, count, (uint32_t)rows, 1);
        break;
    case ERRATA__RISING_ID:
        status = rows == 0 ? ERRATA_DAMAGED : check_rising(check, cells, count, (uint32_t)rows - 1);
        break;
    case ERRATA__FIRST:
        if (check->row == 0 && memcmp(cells, (const char[8]){0}, schema->width) != 0) {
            status = ERRATA_DAMAGED;
        } else if (schema->width == sizeof(uint64_t)) {
            status = check_rising_offsets(check, cells, count, rows);
        } else {
            status = check_rising(check, cells, count, (uint32_t)rows);
        }
        break;
    case ERRATA__AT_MOST:
        status = check_at_most(check, cells, count, schema->of);
        break;
    case ERRATA__CLOSED_UP:
        status = check_closed_up(check, cells, count);
        break;
    case ERRATA__LENGTH:
        status = check_lengths(check, cells, count);
        break;
    case ERRATA__TEXT:
        status = check_text(check, cells, count);
        break;
    case ERRATA__NUMBERS:
        status = check_numbers(check, cells, count);
        break;
    }
    if (status == ERRATA_OK) {
        check->row += count;
    }
    return status;
}

enum errata_status errata__check_end(struct errata__check *check) {
    enum errata__rule rule = (enum errata__rule)errata__schema[check->column].rule;
    bool open = false;

    if (rule == ERRATA__LENGTH) {
        open = check->last != check->index->rows[ERRATA__STRING_BYTES];
    } else if (rule == ERRATA__TEXT) {
        open = check->n_cut > 0;
    } else if (rule == ERRATA__NUMBERS) {
        open = check->last > 0;
    }
    if (open && check->row > 0) {
        check->row--;
    }
    return open ? ERRATA_DAMAGED : ERRATA_OK;
}
