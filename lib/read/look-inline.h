/*
 * What the kernels have in common. Each includes this behind its own `static inline` functions, which do the work of
 * one block, and gets its `look` and `same` from it:
 *
 *     block_load()    the block's bytes, kept as the kernel likes them
 *     block_equal()   a bit for each byte that equals another
 *     block_digits()  a bit for each digit
 *     block_hash()    adds a block's first `length` bytes, digits taken for `0`, to the hash
 *     block_same()    a bit for each byte that equals that of known bytes
 *
 * KERNEL stands for the attributes that every function of the kernel needs.
 */
#include <string.h>

#include "read/look.h"

static KERNEL inline uint64_t turn(uint64_t word, int by) {
    return word << by | word >> (64 - by);
}

static KERNEL inline uint64_t hash_end(const uint64_t sums[4], uint32_t length) {
    uint64_t hash = (sums[0] ^ turn(sums[1], 23) ^ length) * 0x9E3779B97F4A7C15U +
                    (sums[2] ^ turn(sums[3], 41)) * 0xC2B2AE3D27D4EB4FU;
    hash = (hash ^ hash >> 32) * 0x165667B19E3779F9U;
    return hash ^ hash >> 29;
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
        struct block block = block_load(at + (size_t)i * ERRATA__BLOCK_SIZE);
        look->digits[i] = block_digits(&block);
        uint32_t end =
            end_within(block_equal(&block, ends->open), block_equal(&block, ends->close), &opened);
        /* Other seeds for every block, from the few there are. */
        block_hash(sums, &block, end == 0 ? ERRATA__BLOCK_SIZE : end,
                   seeds + (size_t)(i % ERRATA__FIRST_BLOCKS) * 8, i / ERRATA__FIRST_BLOCKS);
        if (end != 0) {
            look->length = i * ERRATA__BLOCK_SIZE + end;
            return;
        }
    }
}

static KERNEL inline uint32_t first_end(const struct block *blocks, const struct errata__ends *ends,
                                        int64_t *opened) {
    for (uint32_t i = 0; i < ERRATA__FIRST_BLOCKS; i++) {
        uint32_t end = end_within(block_equal(&blocks[i], ends->open),
                                  block_equal(&blocks[i], ends->close), opened);
        if (end != 0) {
            return i * ERRATA__BLOCK_SIZE + end;
        }
    }
    return 0;
}

static KERNEL void kernel_look(struct errata__look *look, const char *at, size_t readable,
                               const struct errata__ends *ends, const uint64_t *seeds) {
    struct block blocks[ERRATA__FIRST_BLOCKS];
    struct sums sums = sums_begin();
    int64_t opened = ends->before;
    for (uint32_t i = 0; i < ERRATA__FIRST_BLOCKS; i++) {
        blocks[i] = block_load(at + (size_t)i * ERRATA__BLOCK_SIZE);
        look->digits[i] = block_digits(&blocks[i]);
    }
    uint32_t length = first_end(blocks, ends, &opened);
    uint32_t hashed = length == 0 ? ERRATA__FIRST_SIZE : length;
    for (uint32_t i = 0; i < ERRATA__FIRST_BLOCKS; i++) {
        uint32_t from = i * ERRATA__BLOCK_SIZE;
        uint32_t inside = hashed > from ? hashed - from : 0;
        block_hash(&sums, &blocks[i], inside < ERRATA__BLOCK_SIZE ? inside : ERRATA__BLOCK_SIZE,
                   seeds + (size_t)i * 8, 0);
    }
    look->length = length;
    look->cut = false;
    if (length == 0) {
        look_on(look, at, readable, ends, seeds, opened, &sums);
    }
    uint64_t words[4];
    sums_end(&sums, words);
    look->hash = hash_end(words, look->length);
}

static KERNEL bool kernel_same(const struct errata__known_block *blocks, size_t count,
                               const char *at, const uint64_t *digits) {
    uint64_t wrong = 0;
    for (size_t i = 0; i < ERRATA__FIRST_BLOCKS; i++) {
        uint64_t equal = block_same(&blocks[i], at + i * ERRATA__BLOCK_SIZE);
        wrong |= ((equal ^ blocks[i].fixed) & (blocks[i].fixed | blocks[i].holes)) |
                 (blocks[i].holes & ~digits[i]);
    }
    for (size_t i = ERRATA__FIRST_BLOCKS; i < count; i++) {
        uint64_t equal = block_same(&blocks[i], at + i * ERRATA__BLOCK_SIZE);
        wrong |= ((equal ^ blocks[i].fixed) & (blocks[i].fixed | blocks[i].holes)) |
                 (blocks[i].holes & ~digits[i]);
    }
    return wrong == 0;
}
