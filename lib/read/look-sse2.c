/*
 * The kernel for SSE2, which every x86-64 has.
 */
#include "read/look.h"

#if defined(__x86_64__)

#include <emmintrin.h>

#define KERNEL

struct block {
    __m128i part[4];
};

struct sums {
    __m128i sum[2];
};

static inline __m128i load(const void *at) {
    return _mm_loadu_si128((const __m128i_u *)at);
}

static inline uint64_t bits(const __m128i part[4]) {
    uint64_t all = 0;
    for (unsigned i = 0; i < 4; i++) {
        all |= (uint64_t)(uint32_t)_mm_movemask_epi8(part[i]) << (16 * i);
    }
    return all;
}

static inline struct block block_load(const char *at, uint64_t *digits) {
    const __m128i zero = _mm_set1_epi8('0');
    const __m128i nine = _mm_set1_epi8(9);
    struct block block;
    __m128i are[4];
    for (size_t i = 0; i < 4; i++) {
        __m128i value = _mm_sub_epi8(load(at + i * 16), zero);
        are[i] = _mm_cmpeq_epi8(_mm_min_epu8(value, nine), value);
        block.part[i] = _mm_add_epi8(_mm_andnot_si128(are[i], value), zero);
    }
    *digits = bits(are);
    return block;
}

static inline uint64_t block_equal(const struct block *block, unsigned char byte) {
    __m128i all = _mm_set1_epi8((char)byte);
    const __m128i equal[4] = {
        _mm_cmpeq_epi8(block->part[0], all), _mm_cmpeq_epi8(block->part[1], all),
        _mm_cmpeq_epi8(block->part[2], all), _mm_cmpeq_epi8(block->part[3], all)};
    return bits(equal);
}

static inline uint64_t block_same(const struct errata__known_block *known, const char *at) {
    __m128i equal[4];
    for (size_t i = 0; i < 4; i++) {
        equal[i] = _mm_cmpeq_epi8(load(at + i * 16), load(known->bytes + i * 16));
    }
    return bits(equal);
}

static inline struct sums sums_begin(void) {
    return (struct sums){{_mm_setzero_si128(), _mm_setzero_si128()}};
}

static inline void sums_end(const struct sums *sums, uint64_t words[4]) {
    _mm_storeu_si128((__m128i_u *)words, sums->sum[0]);
    _mm_storeu_si128((__m128i_u *)(words + 2), sums->sum[1]);
}

static inline void block_hash(struct sums *sums, const struct block *block,
                              const unsigned char *mask, const uint64_t *seeds, uint64_t round) {
    for (size_t i = 0; i < 4; i++) {
        __m128i seed = _mm_add_epi64(load(seeds + i * 2), _mm_set1_epi64x((int64_t)round));
        __m128i word = _mm_xor_si128(_mm_and_si128(block->part[i], load(mask + i * 16)), seed);
        sums->sum[i & 1] =
            _mm_add_epi64(sums->sum[i & 1], _mm_mul_epu32(word, _mm_srli_epi64(word, 32)));
    }
}

#include "read/look-inline.h"

static size_t kernel_plain(const char *text, size_t length) {
    size_t at = 0;
    for (; length - at >= 16; at += 16) {
        __m128i bytes = load(text + at);
        /* As signed numbers, what is not ASCII is below 20 too. */
        __m128i good =
            _mm_andnot_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                          _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')),
                                                       _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)))),
                             _mm_cmpgt_epi8(bytes, _mm_set1_epi8(0x1F)));
        unsigned bad = ~(unsigned)_mm_movemask_epi8(good) & 0xFFFFU;
        if (bad != 0) {
            return at + (size_t)__builtin_ctz(bad);
        }
    }
    return plain_from(text, at, length);
}

static bool kernel_runs(void) {
    return true;
}

const struct errata__kernel errata__kernel_sse2 = {"SSE2",      kernel_runs, kernel_look,
                                                   kernel_same, kernel_take, kernel_plain};

#else

typedef int errata__no_sse2;

#endif
