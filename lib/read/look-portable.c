/*
 * The kernel for any processor: eight bytes at a time, in plain C.
 */
#include <string.h>

#include "read/look.h"

#define KERNEL

#define ONES 0x0101010101010101U
#define HIGH (ONES * 0x80)
#define LOW (ONES * 0x7F)
#define WORDS 8U

struct block {
    uint64_t word[WORDS];
};

struct sums {
    uint64_t sum[4];
};

/* The first byte is the lowest, whatever the processor's order. */
static inline uint64_t load(const void *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* From the high bits of eight bytes to eight bits. */
static inline uint64_t gather(uint64_t high) {
    return (high >> 7) * 0x0102040810204080U >> 56;
}

/* The high bit of every byte that is zero. */
static inline uint64_t zeros(uint64_t word) {
    return ~(((word & LOW) + LOW) | word) & HIGH;
}

/* The high bit of every byte that is a digit. */
static inline uint64_t digits_of(uint64_t word) {
    uint64_t value = word ^ ONES * '0';
    return ~(((value & LOW) + ONES * (0x7F - 9)) | value) & HIGH;
}

static inline struct block block_load(const char *at, uint64_t *digits) {
    struct block block;
    *digits = 0;
    for (size_t i = 0; i < WORDS; i++) {
        uint64_t word = load(at + i * 8);
        uint64_t high = digits_of(word);
        /* All bits of a digit's byte: its high bit, shared out. */
        uint64_t whole = (high >> 7) * 0xFF;
        *digits |= gather(high) << (8 * i);
        block.word[i] = (word & ~whole) | (ONES * '0' & whole);
    }
    return block;
}

static inline uint64_t block_equal(const struct block *block, unsigned char byte) {
    uint64_t all = 0;
    for (size_t i = 0; i < WORDS; i++) {
        all |= gather(zeros(block->word[i] ^ ONES * byte)) << (8 * i);
    }
    return all;
}

static inline uint64_t block_same(const struct errata__known_block *known, const char *at) {
    uint64_t all = 0;
    for (size_t i = 0; i < WORDS; i++) {
        all |= gather(zeros(load(at + i * 8) ^ load(known->bytes + i * 8))) << (8 * i);
    }
    return all;
}

static inline struct sums sums_begin(void) {
    return (struct sums){{0}};
}

static inline void sums_end(const struct sums *sums, uint64_t words[4]) {
    memcpy(words, sums->sum, sizeof sums->sum);
}

static inline void block_hash(struct sums *sums, const struct block *block,
                              const unsigned char *mask, const uint64_t *seeds, uint64_t round) {
    for (size_t i = 0; i < WORDS; i++) {
        uint64_t word = (block->word[i] & load(mask + i * 8)) ^ (seeds[i] + round);
        sums->sum[i & 3] += (word & UINT32_MAX) * (word >> 32);
    }
}

#include "read/look-inline.h"

static size_t kernel_plain(const char *text, size_t length) {
    return plain_from(text, 0, length);
}

static bool kernel_runs(void) {
    return true;
}

const struct errata__kernel errata__kernel_portable = {"portable",  kernel_runs, kernel_look,
                                                       kernel_same, kernel_take, kernel_plain};
