/*
 * SipHash-2-4, after "SipHash: a fast short-input PRF" (Aumasson, Bernstein, 2012). It is here beside XXH3, which hash
 * tables use, because its values are shown: XXH3 was made to be fast, and promises nothing to whoever hides a value behind
 * it. With some known pairs its secret can be solved for, and then every guess be tested. SipHash is made for just that
 * case: a short secret key, known inputs, outputs in the open.
 */
#include "core/siphash.h"

/* The words of the paper, "somepseudorandomlygeneratedbytes". */
#define WORD_0 UINT64_C(0x736f6d6570736575)
#define WORD_1 UINT64_C(0x646f72616e646f6d)
#define WORD_2 UINT64_C(0x6c7967656e657261)
#define WORD_3 UINT64_C(0x7465646279746573)

#define ROUNDS_OF_WORD 2
#define ROUNDS_AT_END 4

static uint64_t rotate(uint64_t word, unsigned by) {
    return word << by | word >> (64 - by);
}

static void mix(uint64_t v[4], unsigned rounds) {
    for (unsigned i = 0; i < rounds; i++) {
        v[0] += v[1];
        v[1] = rotate(v[1], 13) ^ v[0];
        v[0] = rotate(v[0], 32);
        v[2] += v[3];
        v[3] = rotate(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = rotate(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = rotate(v[1], 17) ^ v[2];
        v[2] = rotate(v[2], 32);
    }
}

/* Of up to eight bytes, the first of them lowest, whatever the machine's order. */
static uint64_t word_of(const unsigned char *bytes, size_t length) {
    uint64_t word = 0;

    for (size_t i = 0; i < length; i++) {
        word |= (uint64_t)bytes[i] << (8 * i);
    }
    return word;
}

static void take(uint64_t v[4], uint64_t word) {
    v[3] ^= word;
    mix(v, ROUNDS_OF_WORD);
    v[0] ^= word;
}

uint64_t errata__siphash(const unsigned char key[ERRATA__SIPHASH_KEY_SIZE], const void *bytes,
                         size_t length) {
    const unsigned char *at = bytes;
    size_t rest = length % 8;
    uint64_t low = word_of(key, 8);
    uint64_t high = word_of(key + 8, 8);
    uint64_t v[4] = {WORD_0 ^ low, WORD_1 ^ high, WORD_2 ^ low, WORD_3 ^ high};

    for (size_t done = 0; done + 8 <= length; done += 8) {
        take(v, word_of(at + done, 8));
    }
    take(v, (rest > 0 ? word_of(at + length - rest, rest) : 0) | (uint64_t)length << 56);
    v[2] ^= 0xFF;
    mix(v, ROUNDS_AT_END);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}
