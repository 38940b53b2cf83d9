/*
 * The kernels: each does what is written in look.h, byte by byte, and all give the same hash.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "read/look.h"

static uint64_t random_state;

static unsigned draw(unsigned below) {
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(random_state >> 33) % below;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Bytes of which many mean something. */
static void fill(char *bytes, size_t length) {
    static const char some[] = "{}[]\"\\0123456789/:a,\x7F\x1F\x20\x80\xFF";
    for (size_t i = 0; i < length; i++) {
        bytes[i] = draw(4) == 0 ? some[draw(sizeof some)] : 'x';
    }
}

static uint32_t naive_end(const char *bytes, size_t length, const struct errata__ends *ends) {
    int open = ends->before;
    for (uint32_t i = 0; i < length && i < ERRATA__SPAN_MOST; i++) {
        open += (unsigned char)bytes[i] == ends->open;
        if ((unsigned char)bytes[i] == ends->close && --open == 0) {
            return i + 1;
        }
    }
    return 0;
}

static const struct errata__ends ends[] = {{'}', '{', 0}, {'[', 0xFF, 1}};

/* In a block of its own, so that a sanitizer sees its end. */
Test(look, looks) {
    uint64_t seeds[ERRATA__SEEDS];
    for (size_t i = 0; i < ERRATA__SEEDS; i++) {
        seeds[i] = ((uint64_t)draw(1U << 30) << 34) ^ ((uint64_t)draw(1U << 30) << 8) ^ draw(256);
    }
    for (unsigned round = 0; round < 20000; round++) {
        size_t readable = ERRATA__FIRST_SIZE + draw(round % 10 == 0 ? 2300 : 200);
        const struct errata__ends *which = &ends[draw(2)];
        char *bytes = malloc(readable);
        fill(bytes, readable);
        bytes[0] = '{';
        uint64_t hash = 0;
        for (size_t k = 0; k < errata__n_kernels; k++) {
            struct errata__look look;
            if (!errata__kernels[k]->runs()) {
                continue;
            }
            errata__kernels[k]->look(&look, bytes, readable, which, seeds);
            size_t whole = readable / ERRATA__BLOCK_SIZE * ERRATA__BLOCK_SIZE;
            uint32_t end = naive_end(bytes, whole, which);
            cr_assert_eq(look.length, end);
            cr_assert_eq(look.cut, end == 0 && whole < ERRATA__SPAN_MOST);
            for (size_t i = 0; i < (end == 0 ? ERRATA__FIRST_SIZE : end); i++) {
                cr_assert_eq(look.digits[i / 64] >> i % 64 & 1, is_digit(bytes[i]));
            }
            cr_assert(k == 0 || hash == look.hash || end == 0);
            hash = look.hash;
            if (end == 0) {
                continue;
            }
            /* Other digits are the same, another byte is not, and what lies behind does not matter. */
            struct errata__look other;
            size_t at = draw(end);
            char kept = bytes[at];
            bytes[at] = is_digit(kept) ? (char)('0' + draw(10)) : 'y';
            errata__kernels[k]->look(&other, bytes, readable, which, seeds);
            cr_assert(other.length != end ||
                      (other.hash == look.hash) == (is_digit(kept) || bytes[at] == kept));
            bytes[at] = kept;
            kept = bytes[readable - 1];
            if (end < readable) {
                bytes[readable - 1] = 'z';
                errata__kernels[k]->look(&other, bytes, readable, which, seeds);
                cr_assert_eq(other.hash, look.hash);
                bytes[readable - 1] = kept;
            }
        }
        free(bytes);
    }
}

static bool naive_same(const struct errata__known_block *blocks, size_t count, const char *bytes) {
    for (size_t i = 0; i < count * ERRATA__BLOCK_SIZE; i++) {
        const struct errata__known_block *block = &blocks[i / 64];
        bool equal = block->bytes[i % 64] == (unsigned char)bytes[i];
        bool fixed = (block->fixed >> i % 64 & 1) != 0;
        bool hole = (block->holes >> i % 64 & 1) != 0;
        if ((fixed && !equal) || (hole && (equal || !is_digit(bytes[i])))) {
            return false;
        }
    }
    return true;
}

Test(look, compares) {
    enum {
        COUNT = 5
    };
    unsigned same = 0;
    for (unsigned round = 0; round < 20000; round++) {
        size_t count = ERRATA__FIRST_BLOCKS + draw(COUNT - ERRATA__FIRST_BLOCKS + 1);
        size_t length = count * ERRATA__BLOCK_SIZE;
        struct errata__known_block blocks[COUNT] = {0};
        uint64_t digits[COUNT] = {0};
        char *bytes = malloc(length);
        fill(bytes, length);
        for (size_t i = 0; i < length - draw(100); i++) {
            bool hole = is_digit(bytes[i]) && draw(2) == 0;
            blocks[i / 64].bytes[i % 64] =
                hole ? (bytes[i] != '0' && draw(2) == 0 ? '0' : 0xFF) : (unsigned char)bytes[i];
            *(hole ? &blocks[i / 64].holes : &blocks[i / 64].fixed) |= (uint64_t)1 << i % 64;
        }
        for (unsigned change = draw(3); change > 0; change--) {
            static const char some[] = "0123456789x\xFF/:";
            bytes[draw((unsigned)length)] = some[draw(sizeof some - 1)];
        }
        for (size_t i = 0; i < length; i++) {
            digits[i / 64] |= (uint64_t)is_digit(bytes[i]) << i % 64;
        }
        bool expected = naive_same(blocks, count, bytes);
        same += expected;
        for (size_t k = 0; k < errata__n_kernels; k++) {
            if (errata__kernels[k]->runs()) {
                cr_assert_eq(errata__kernels[k]->same(blocks, count, bytes, digits), expected);
            }
        }
        free(bytes);
    }
    cr_expect(same > 1000 && same < 19000);
}

Test(look, plain_text) {
    for (unsigned byte = 0; byte < 256; byte++) {
        bool plain = byte >= 0x20 && byte <= 0x7E && byte != '"' && byte != '\\';
        for (size_t length = 1; length < 80; length++) {
            char *text = malloc(length);
            memset(text, 'a', length);
            for (size_t at = 0; at < length; at++) {
                text[at] = (char)byte;
                for (size_t k = 0; k < errata__n_kernels; k++) {
                    if (errata__kernels[k]->runs()) {
                        cr_assert_eq(errata__kernels[k]->plain(text, length), plain ? length : at);
                    }
                }
                text[at] = 'a';
            }
            free(text);
        }
    }
}
