/*
 * The kernel for AVX2.
 */
#include "read/look.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define KERNEL __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))

struct block {
    __m256i half[2];
};

struct sums {
    __m256i sum;
};

static KERNEL inline __m256i load(const void *at) {
    return _mm256_loadu_si256((const __m256i_u *)at);
}

static KERNEL inline uint64_t bits(__m256i low, __m256i high) {
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high)
                                                     << 32;
}

static KERNEL inline struct block block_load(const char *at, uint64_t *digits) {
    const __m256i zero = _mm256_set1_epi8('0');
    const __m256i nine = _mm256_set1_epi8(9);
    __m256i low = _mm256_sub_epi8(load(at), zero);
    __m256i high = _mm256_sub_epi8(load(at + 32), zero);
    __m256i low_digits = _mm256_cmpeq_epi8(_mm256_min_epu8(low, nine), low);
    __m256i high_digits = _mm256_cmpeq_epi8(_mm256_min_epu8(high, nine), high);
    *digits = bits(low_digits, high_digits);
    return (struct block){{_mm256_add_epi8(_mm256_andnot_si256(low_digits, low), zero),
                           _mm256_add_epi8(_mm256_andnot_si256(high_digits, high), zero)}};
}

static KERNEL inline uint64_t block_equal(const struct block *block, unsigned char byte) {
    __m256i all = _mm256_set1_epi8((char)byte);
    return bits(_mm256_cmpeq_epi8(block->half[0], all), _mm256_cmpeq_epi8(block->half[1], all));
}

static KERNEL inline uint64_t block_same(const struct errata__known_block *known, const char *at) {
    return bits(_mm256_cmpeq_epi8(load(at), load(known->bytes)),
                _mm256_cmpeq_epi8(load(at + 32), load(known->bytes + 32)));
}

static KERNEL inline struct sums sums_begin(void) {
    return (struct sums){_mm256_setzero_si256()};
}

static KERNEL inline void sums_end(const struct sums *sums, uint64_t words[4]) {
    _mm256_storeu_si256((__m256i_u *)words, sums->sum);
}

static KERNEL inline __m256i half_hash(__m256i bytes, const unsigned char *mask,
                                       const uint64_t *seeds, uint64_t round) {
    __m256i seed = _mm256_add_epi64(load(seeds), _mm256_set1_epi64x((int64_t)round));
    __m256i word = _mm256_xor_si256(_mm256_and_si256(bytes, load(mask)), seed);
    return _mm256_mul_epu32(word, _mm256_srli_epi64(word, 32));
}

static KERNEL inline void block_hash(struct sums *sums, const struct block *block,
                                     const unsigned char *mask, const uint64_t *seeds,
                                     uint64_t round) {
    __m256i low = half_hash(block->half[0], mask, seeds, round);
    __m256i high = half_hash(block->half[1], mask + 32, seeds + 4, round);
    sums->sum = _mm256_add_epi64(sums->sum, _mm256_add_epi64(low, high));
}

#include "read/look-inline.h"

static KERNEL size_t kernel_plain(const char *text, size_t length) {
    size_t at = 0;
    for (; length - at >= 32; at += 32) {
        __m256i bytes = load(text + at);
        /* As signed numbers, what is not ASCII is below 20 too. */
        __m256i good = _mm256_andnot_si256(
            _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"')),
                            _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\')),
                                            _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0x7F)))),
            _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(0x1F)));
        uint32_t bad = ~(uint32_t)_mm256_movemask_epi8(good);
        if (bad != 0) {
            return at + (size_t)__builtin_ctz(bad);
        }
    }
    return plain_from(text, at, length);
}

static bool kernel_runs(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}

const struct errata__kernel errata__kernel_avx2 = {"AVX2",      kernel_runs, kernel_look,
                                                   kernel_same, kernel_take, kernel_plain};

#else

typedef int errata__no_avx2;

#endif
