/*
 * The kernel for NEON, which every 64-bit ARM has.
 */
#include "read/look.h"

/* Numbers within vectors are in the processor's order, and bytes are loaded as they stand. */
#if defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

#include <arm_neon.h>

#define KERNEL

struct block {
    uint8x16_t part[4];
};

struct sums {
    uint64x2_t sum[2];
};

static inline uint8x16_t load(const void *at) {
    return vld1q_u8(at);
}

/* A bit for each byte, which is 00 or FF: each keeps a bit of its own, and neighbours are added up, three times. */
static inline uint64_t bits(const uint8x16_t part[4]) {
    static const uint8_t own[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t bit = load(own);
    uint8x16_t low = vpaddq_u8(vandq_u8(part[0], bit), vandq_u8(part[1], bit));
    uint8x16_t high = vpaddq_u8(vandq_u8(part[2], bit), vandq_u8(part[3], bit));
    uint8x16_t all = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

static inline struct block block_load(const char *at, uint64_t *digits) {
    const uint8x16_t zero = vdupq_n_u8('0');
    const uint8x16_t nine = vdupq_n_u8(9);
    struct block block;
    uint8x16_t are[4];
    for (size_t i = 0; i < 4; i++) {
        uint8x16_t bytes = load(at + i * 16);
        are[i] = vcleq_u8(vsubq_u8(bytes, zero), nine);
        block.part[i] = vbslq_u8(are[i], zero, bytes);
    }
    *digits = bits(are);
    return block;
}

static inline uint64_t block_equal(const struct block *block, unsigned char byte) {
    const uint8x16_t all = vdupq_n_u8(byte);
    const uint8x16_t equal[4] = {vceqq_u8(block->part[0], all), vceqq_u8(block->part[1], all),
                                 vceqq_u8(block->part[2], all), vceqq_u8(block->part[3], all)};
    return bits(equal);
}

static inline uint64_t block_same(const struct errata__known_block *known, const char *at) {
    uint8x16_t equal[4];
    for (size_t i = 0; i < 4; i++) {
        equal[i] = vceqq_u8(load(at + i * 16), load(known->bytes + i * 16));
    }
    return bits(equal);
}

static inline struct sums sums_begin(void) {
    return (struct sums){{vdupq_n_u64(0), vdupq_n_u64(0)}};
}

static inline void sums_end(const struct sums *sums, uint64_t words[4]) {
    vst1q_u64(words, sums->sum[0]);
    vst1q_u64(words + 2, sums->sum[1]);
}

static inline void block_hash(struct sums *sums, const struct block *block,
                              const unsigned char *mask, const uint64_t *seeds, uint64_t round) {
    for (size_t i = 0; i < 4; i++) {
        uint64x2_t seed = vaddq_u64(vld1q_u64(seeds + i * 2), vdupq_n_u64(round));
        uint8x16_t bytes = vandq_u8(block->part[i], load(mask + i * 16));
        uint64x2_t word = veorq_u64(vreinterpretq_u64_u8(bytes), seed);
        sums->sum[i & 1] = vmlal_u32(sums->sum[i & 1], vmovn_u64(word), vshrn_n_u64(word, 32));
    }
}

#include "read/look-inline.h"

static size_t kernel_plain(const char *text, size_t length) {
    size_t at = 0;
    for (; length - at >= 16; at += 16) {
        uint8x16_t bytes = load(text + at);
        uint8x16_t in = vcleq_u8(vsubq_u8(bytes, vdupq_n_u8(0x20)), vdupq_n_u8(0x7E - 0x20));
        uint8x16_t odd =
            vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('"')), vceqq_u8(bytes, vdupq_n_u8('\\')));
        uint8x16_t bad = vorrq_u8(vmvnq_u8(in), odd);
        /* Four bits for each byte. */
        uint64_t nibbles =
            vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(bad), 4)), 0);
        if (nibbles != 0) {
            return at + (size_t)__builtin_ctzll(nibbles) / 4;
        }
    }
    return plain_from(text, at, length);
}

static bool kernel_runs(void) {
    return true;
}

const struct errata__kernel errata__kernel_neon = {"NEON",      kernel_runs, kernel_look,
                                                   kernel_same, kernel_take, kernel_plain};

#else

typedef int errata__no_neon;

#endif
