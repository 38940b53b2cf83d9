/*
 * What the kernels have in common. Each includes this behind its own `static inline` functions, which do the work of
 * one block, and gets its `look` and `same` from it:
 *
 *     block_load()   the block's bytes, with digits taken for `0`, and a bit for each digit
 *     block_equal()  a bit for each byte that equals another
 *     block_hash()   adds a block to the hash, but for the bytes where the mask is zero
 *     block_same()   a bit for each byte of the input that equals that of known bytes
 *
 * KERNEL stands for the attributes that every function of the kernel needs. What is done three times is written three
 * times: compilers leave loops as they are at -O2, and this is a fifth of the time of reading.
 */
#include <string.h>

#include "read/run.h"

static KERNEL inline uint64_t turn(uint64_t word, int by) {
    return word << by | word >> (64 - by);
}

static KERNEL inline uint64_t hash_end(const uint64_t sums[4], uint32_t length) {
    uint64_t hash = (sums[0] ^ turn(sums[1], 23) ^ length) * 0x9E3779B97F4A7C15U +
                    (sums[2] ^ turn(sums[3], 41)) * 0xC2B2AE3D27D4EB4FU;
    hash = (hash ^ hash >> 32) * 0x165667B19E3779F9U;
    return hash ^ hash >> 29;
}

/* The first byte from `at` on that is not plain: what the kernel's own `plain` leaves, which is less than a block of it. */
static KERNEL inline size_t plain_from(const char *text, size_t at, size_t length) {
    for (; at < length; at++) {
        unsigned char c = (unsigned char)text[at];
        if (c < 0x20 || c > 0x7E || c == '"' || c == '\\') {
            break;
        }
    }
    return at;
}

/* Where within a block the span ends, 0: not there. opened: `open` before the block less `close`. */
static KERNEL inline uint32_t end_within(uint64_t opens, uint64_t closes, int64_t *opened) {
    int64_t before = *opened;
    for (; closes != 0; closes &= closes - 1) {
        uint64_t below = (closes & -closes) - 1;
        before--;
        if (before + __builtin_popcountll(opens & below) == 0) {
            return (uint32_t)__builtin_ctzll(closes) + 1;
        }
    }
    *opened = before + __builtin_popcountll(opens);
    return 0;
}

/* How many bytes count, to a mask of as many: load at ERRATA__FIRST_SIZE less that. */
#define FULL16 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255
#define FULL64 FULL16, FULL16, FULL16, FULL16
static const unsigned char masks[2 * ERRATA__FIRST_SIZE] = {FULL64, FULL64, FULL64};

static KERNEL inline const unsigned char *mask_of(size_t length) {
    return masks + ERRATA__FIRST_SIZE - length;
}

/* Goes on behind the first blocks. */
static KERNEL __attribute__((noinline)) void look_on(struct errata__look *look, const char *at,
                                                     size_t readable,
                                                     const struct errata__ends *ends,
                                                     const uint64_t *seeds, int64_t opened,
                                                     struct sums *sums) {
    for (uint32_t i = ERRATA__FIRST_BLOCKS; i < ERRATA__MOST_BLOCKS; i++) {
        if (readable < (size_t)(i + 1) * ERRATA__BLOCK_SIZE) {
            look->cut = true;
            return;
        }
        struct block block = block_load(at + (size_t)i * ERRATA__BLOCK_SIZE, &look->digits[i]);
        uint32_t end =
            end_within(block_equal(&block, ends->open), block_equal(&block, ends->close), &opened);
        /* Other seeds for every block, from the few there are. */
        block_hash(sums, &block, mask_of(end == 0 ? ERRATA__BLOCK_SIZE : end),
                   seeds + (size_t)(i % ERRATA__FIRST_BLOCKS) * 8, i / ERRATA__FIRST_BLOCKS);
        if (end != 0) {
            look->length = i * ERRATA__BLOCK_SIZE + end;
            return;
        }
    }
}

struct first {
    uint64_t opens[ERRATA__FIRST_BLOCKS];
    uint64_t closes[ERRATA__FIRST_BLOCKS];
};

static KERNEL __attribute__((noinline)) uint32_t odd_end(const struct first *first,
                                                         int64_t *opened) {
    for (uint32_t i = 0; i < ERRATA__FIRST_BLOCKS; i++) {
        uint32_t end = end_within(first->opens[i], first->closes[i], opened);
        if (end != 0) {
            return i * ERRATA__BLOCK_SIZE + end;
        }
    }
    return 0;
}

/* Most spans end at the first `close`, wherever that is: found without a branch, since which block it is in nobody can
   guess. */
static KERNEL inline uint32_t first_end(const struct first *first, int64_t *opened) {
    bool not_0 = first->closes[0] == 0;
    bool not_1 = not_0 && first->closes[1] == 0;
    uint64_t closes = not_1 ? first->closes[2] : not_0 ? first->closes[1] : first->closes[0];
    uint64_t below = (closes & -closes) - 1;
    uint64_t open_0 = first->opens[0] & (not_0 ? UINT64_MAX : below);
    uint64_t open_1 = first->opens[1] & (not_1 ? UINT64_MAX : not_0 ? below : 0);
    uint64_t open_2 = first->opens[2] & (not_1 ? below : 0);
    int64_t open = *opened + __builtin_popcountll(open_0) + __builtin_popcountll(open_1) +
                   __builtin_popcountll(open_2);
    if (__builtin_expect(closes == 0 || open != 1, 0)) {
        return odd_end(first, opened);
    }
    return ((uint32_t)not_0 + (uint32_t)not_1) * ERRATA__BLOCK_SIZE +
           (uint32_t)__builtin_ctzll(closes) + 1;
}

static KERNEL inline __attribute__((always_inline)) void look_all(struct errata__look *look,
                                                                  const char *at, size_t readable,
                                                                  const struct errata__ends *ends,
                                                                  const uint64_t *seeds) {
    struct sums sums = sums_begin();
    int64_t opened = ends->before;
    const struct block a = block_load(at, &look->digits[0]);
    const struct block b = block_load(at + ERRATA__BLOCK_SIZE, &look->digits[1]);
    const struct block c = block_load(at + 2 * (size_t)ERRATA__BLOCK_SIZE, &look->digits[2]);
    const struct first first = {
        {block_equal(&a, ends->open), block_equal(&b, ends->open), block_equal(&c, ends->open)},
        {block_equal(&a, ends->close), block_equal(&b, ends->close), block_equal(&c, ends->close)}};
    uint32_t length = first_end(&first, &opened);
    const unsigned char *mask = mask_of(length == 0 ? ERRATA__FIRST_SIZE : length);
    block_hash(&sums, &a, mask, seeds, 0);
    block_hash(&sums, &b, mask + ERRATA__BLOCK_SIZE, seeds + 8, 0);
    block_hash(&sums, &c, mask + 2 * (size_t)ERRATA__BLOCK_SIZE, seeds + 16, 0);
    look->length = length;
    look->cut = false;
    if (__builtin_expect(length == 0, 0)) {
        look_on(look, at, readable, ends, seeds, opened, &sums);
    }
    uint64_t words[4];
    sums_end(&sums, words);
    look->hash = hash_end(words, look->length);
}

/* The bits of what is wrong with a block. */
static KERNEL inline uint64_t wrong(const struct errata__known_block *block, const char *at,
                                    uint64_t digits) {
    uint64_t equal = block_same(block, at);
    return ((equal ^ block->fixed) & (block->fixed | block->holes)) | (block->holes & ~digits);
}

static KERNEL inline __attribute__((always_inline)) bool same_all(
    const struct errata__known_block *blocks, size_t count, const char *at,
    const uint64_t *digits) {
    uint64_t all = wrong(&blocks[0], at, digits[0]) |
                   wrong(&blocks[1], at + ERRATA__BLOCK_SIZE, digits[1]) |
                   wrong(&blocks[2], at + 2 * (size_t)ERRATA__BLOCK_SIZE, digits[2]);
    for (size_t i = ERRATA__FIRST_BLOCKS; i < count; i++) {
        all |= wrong(&blocks[i], at + i * ERRATA__BLOCK_SIZE, digits[i]);
    }
    return all == 0;
}

static KERNEL void kernel_look(struct errata__look *look, const char *at, size_t readable,
                               const struct errata__ends *ends, const uint64_t *seeds) {
    look_all(look, at, readable, ends, seeds);
}

static KERNEL bool kernel_same(const struct errata__known_block *blocks, size_t count,
                               const char *at, const uint64_t *digits) {
    return same_all(blocks, count, at, digits);
}

/* errata__memo_find(), with the comparison in line. */
static KERNEL inline const struct errata__known *find_whole(const struct errata__memo *memo,
                                                            struct errata__look *look,
                                                            const char *span) {
    unsigned alike = 0;
    uint32_t slot = (uint32_t)(look->hash >> 32);
    for (unsigned i = 0; memo->slots != NULL && i < ERRATA__MEMO_PROBES; i++, slot++) {
        const struct errata__memo_slot *found = &memo->slots[slot & memo->mask];
        if (found->at_plus_1 == 0) {
            break;
        }
        const struct errata__known *known = errata__memo_at(memo, found->at_plus_1);
        if (found->tag != (uint32_t)look->hash) {
            continue;
        }
        if (known->length == look->length && known->kind == ERRATA__KNOWN_ISSUE &&
            same_all(known->blocks, known->n_blocks, span, look->digits)) {
            return known;
        }
        if (++alike == ERRATA__MEMO_ALIKE) {
            return errata__memo_find_by_digits(memo, kernel_same, look, span, ERRATA__KNOWN_ISSUE,
                                               0, known);
        }
    }
    return NULL;
}

static const struct errata__ends object_ends = {.close = '}', .open = '{', .before = 0};

/* Looks at the issue behind another. False: there is none, or too near the end. */
static KERNEL inline __attribute__((always_inline)) bool look_behind(const struct errata__run *run,
                                                                     size_t behind,
                                                                     struct errata__look *look) {
    const struct errata__gap *gap = &run->lane->gaps[1];
    const struct errata__stretch *stretch = run->stretch;
    if (!errata__run_meets_gap(gap, stretch->bytes + behind, run->end - behind) ||
        stretch->readable - behind - gap->length < ERRATA__FIRST_SIZE) {
        return false;
    }
    behind += gap->length;
    look_all(look, stretch->bytes + behind, stretch->readable - behind, &object_ends,
             run->lane->seeds);
    return true;
}

/* An issue is looked at before the one in front of it is looked up: so what the processor waits for there, and guesses
   wrong, does not hold up the other, which takes a twelfth off reading, and a seventh where positions differ most.

   The cursor is kept apart while it is used: what it writes are bytes, which, for all the compiler knows, may be
   anything else that is in memory. */
static KERNEL bool kernel_take(struct errata__run *run) {
    struct errata__lane *lane = run->lane;
    struct errata__look *look = &lane->look;
    struct errata__look *next = &lane->next_look;
    struct errata__cursor cursor = run->cursor;
    const char *bytes = run->stretch->bytes;
    const size_t readable = run->stretch->readable;
    const size_t end = run->end;
    const struct errata__gap *gap = &lane->gaps[run->behind_issue];
    size_t at = run->at;
    uint64_t known_issues = 0;
    bool at_tail = false;
    bool looked = false;
    while (errata__run_meets_gap(gap, bytes + at, end - at)) {
        size_t begin = at + gap->length;
        const char *span = bytes + begin;
        if (!looked) {
            at_tail = readable - begin < ERRATA__FIRST_SIZE;
            if (at_tail) {
                break;
            }
            look_all(look, span, readable - begin, &object_ends, lane->seeds);
        }
        size_t length = look->length;
        at_tail = look->cut;
        if (length == 0 || length > end - begin) {
            break;
        }
        looked = look_behind(run, begin + length, next);
        const struct errata__known *known = find_whole(&lane->memo, look, span);
        if (known == NULL) {
            break;
        }
        unsigned deviations = known->deviations;
        if (known_issues == 0 && !errata__run_repeats(lane)) {
            break;
        }
        if (errata__cursor_takes(&cursor, known->n_positions)) {
            errata__run_put(&cursor, known, span, known->is.shape);
        } else {
            run->cursor = cursor;
            bool put = errata__run_append_slowly(run, known, span, known->is.shape);
            cursor = run->cursor;
            if (!put) {
                break;
            }
        }
        errata__run_count(lane, deviations);
        at = begin + length;
        gap = &lane->gaps[1];
        known_issues++;
        struct errata__look *taken = look;
        look = next;
        next = taken;
    }
    run->cursor = cursor;
    run->at = at;
    run->behind_issue = gap == &lane->gaps[1];
    run->known_issues += known_issues;
    return at_tail;
}
