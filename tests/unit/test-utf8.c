/*
 * UTF-8 against a decoder that knows only the definition: RFC 3629 encodes each scalar value in one way, so a byte
 * sequence is a character exactly when it is what that value encodes to.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "made-index.h"

static size_t encode(uint32_t point, unsigned char out[4]) {
    if (point < 0x80) {
        out[0] = (unsigned char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (unsigned char)(0xC0 | point >> 6);
        out[1] = (unsigned char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (unsigned char)(0xE0 | point >> 12);
        out[1] = (unsigned char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (unsigned char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (unsigned char)(0xF0 | point >> 18);
    out[1] = (unsigned char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (unsigned char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (unsigned char)(0x80 | (point & 0x3F));
    return 4;
}

static bool is_scalar(uint32_t point) {
    return point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
}

/* The bytes of all characters, as a set over sequences of up to three bytes; four-byte ones are searched for. */
static unsigned char is_character[1 << 24];
/* Sequences of up to three bytes that a character begins with. */
static unsigned char is_prefix[1 << 24];

/* Sequences of one and two bytes stand at the front, without risk of being taken for longer ones: a byte 0 is never
   part of a longer character. */
static size_t key_of(const unsigned char *bytes, size_t length) {
    size_t key = 0;
    for (size_t i = 0; i < length; i++) {
        key = key << 8 | bytes[i];
    }
    return key;
}

static void fill_sets(void) {
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        unsigned char bytes[4];
        if (!is_scalar(point)) {
            continue;
        }
        size_t length = encode(point, bytes);
        if (length <= 3) {
            is_character[key_of(bytes, length)] = 1;
        }
        for (size_t i = 1; i < length; i++) {
            is_prefix[key_of(bytes, i)] = 1;
        }
    }
}

/* By the definition: the whole character at the start, or the longest stretch that some character begins with. */
static size_t expected_bytes(const unsigned char *bytes, size_t length, bool *valid) {
    size_t prefix = 0;
    for (size_t i = 1; i <= length && i <= 3; i++) {
        if ((i > 1 || bytes[0] < 0x80) && is_character[key_of(bytes, i)]) {
            *valid = true;
            return i;
        }
        if (!is_prefix[key_of(bytes, i)]) {
            break;
        }
        prefix = i;
    }
    *valid = false;
    if (prefix == 3 && length >= 4 && (bytes[3] & 0xC0) == 0x80) {
        *valid = true;
        return 4;
    }
    return prefix == 0 ? 1 : prefix;
}

static void check_decode(const unsigned char *bytes, size_t length) {
    uint32_t point;
    bool valid;
    unsigned char again[4];
    size_t expected = expected_bytes(bytes, length, &valid);
    size_t got = errata__utf8_decode((const char *)bytes, length, &point);
    if (got != expected || (point != UINT32_MAX) != valid) {
        cr_assert_fail("%02x %02x %02x of %zu: %zu bytes, expected %zu", bytes[0],
                       length > 1 ? bytes[1] : 0, length > 2 ? bytes[2] : 0, length, got, expected);
    }
    if (valid &&
        (!is_scalar(point) || encode(point, again) != got || memcmp(bytes, again, got) != 0)) {
        cr_assert_fail("%02x...: decoded as %x", bytes[0], (unsigned)point);
    }
}

TestSuite(utf8, .init = fill_sets);

Test(utf8, all_short_sequences) {
    for (uint32_t value = 0; value < 1U << 24; value++) {
        const unsigned char bytes[3] = {(unsigned char)(value >> 16), (unsigned char)(value >> 8),
                                        (unsigned char)value};
        check_decode(bytes, 3);
        if ((value & 0xFF) == 0) {
            check_decode(bytes, 2);
        }
        if ((value & 0xFFFF) == 0) {
            check_decode(bytes, 1);
        }
    }
}

Test(utf8, longer_sequences) {
    uint64_t seed = 1;
    for (uint32_t point = 0x10000; point <= 0x10FFFF; point++) {
        unsigned char bytes[4];
        cr_assert_eq(encode(point, bytes), 4);
        check_decode(bytes, 4);
    }
    /* Near misses: bytes that matter, put together at random. */
    static const unsigned char bytes_of_note[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                                  0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF,
                                                  0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFE, 0xFF};
    for (int i = 0; i < 1000000; i++) {
        unsigned char bytes[4];
        for (int at = 0; at < 4; at++) {
            bytes[at] = bytes_of_note[draw(&seed, sizeof bytes_of_note)];
        }
        check_decode(bytes, 4);
    }
}

/* Random text, mostly valid, of every length round the eight bytes that are looked at at once. */
Test(utf8, valid_and_repair) {
    uint64_t seed = 2;
    for (int round = 0; round < 100000; round++) {
        char text[48];
        size_t length = 0;
        size_t wanted = draw(&seed, 40);
        while (length < wanted) {
            uint32_t kind = draw(&seed, 16);
            if (kind == 0) {
                text[length++] = (char)(0x80 + draw(&seed, 128));
            } else if (kind < 4) {
                uint32_t point = draw(&seed, 0x110000);
                length += is_scalar(point) ? encode(point, (unsigned char *)text + length) : 0;
            } else {
                text[length++] = (char)draw(&seed, 128);
            }
        }
        size_t at = 0;
        size_t first_invalid = length;
        char expected[3 * sizeof text];
        size_t expected_length = 0;
        while (at < length) {
            bool valid;
            size_t bytes = expected_bytes((unsigned char *)text + at, length - at, &valid);
            if (!valid && first_invalid == length) {
                first_invalid = at;
            }
            memcpy(expected + expected_length, valid ? text + at : "\xEF\xBF\xBD",
                   valid ? bytes : 3);
            expected_length += valid ? bytes : 3;
            at += bytes;
        }
        char repaired[3 * sizeof text];
        cr_assert_eq(errata__utf8_valid(text, length), first_invalid);
        cr_assert_eq(errata__utf8_repair(text, length, NULL), expected_length);
        cr_assert_eq(errata__utf8_repair(text, length, repaired), expected_length);
        cr_assert_eq(memcmp(repaired, expected, expected_length), 0);
        cr_assert_eq(errata__utf8_valid(repaired, expected_length), expected_length);
    }
}

static const char *escaped(const char *text, size_t length, size_t size) {
    static char out[256];
    memset(out, 'X', sizeof out);
    size_t written = errata__utf8_escape(text, length, out, size);
    cr_assert_lt(written, size);
    cr_assert_eq(out[written], '\0');
    cr_assert_eq(strlen(out), written);
    return out;
}

Test(utf8, escape) {
    static const struct {
        const char *text;
        size_t length;
        const char *escaped;
    } cases[] = {
        {"", 0, ""},
        {NULL, 0, ""},
        {"plain", 5, "plain"},
        {"caf\xC3\xA9 \xF0\x9F\x98\x80", 10, "caf\xC3\xA9 \xF0\x9F\x98\x80"},
        {"a\nb\tc\rd", 7, "a\\nb\\tc\\rd"},
        {"\x1B[31m", 5, "\\u{1B}[31m"},
        {"\0", 1, "\\u{0}"},
        {"\x7F", 1, "\\u{7F}"},
        {"\xC2\x9B", 2, "\\u{9B}"},
        {"\xE2\x80\xAE", 3, "\\u{202E}"},
        {"\xE2\x81\xA6", 3, "\\u{2066}"},
        {"\xE2\x80\xA8", 3, "\\u{2028}"},
        {"\xEF\xBB\xBF", 3, "\\u{FEFF}"},
        {"\xF3\xA0\x81\x81", 4, "\\u{E0041}"},
        {"\xFF", 1, "\\xFF"},
        {"\xE2\x82", 2, "\\xE2\\x82"},
        {"a\xC0\x80z", 4, "a\\xC0\\x80z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_assert_str_eq(escaped(cases[i].text, cases[i].length, 256), cases[i].escaped);
    }
}

/* However little room there is: the start of the whole, cut between pieces, then dots. */
Test(utf8, escape_cuts_between_pieces) {
    static const char text[] = "ab\nc\xC3\xA9\xF0\x9F\x98\x80\xE2\x80\xAE\xFFzz";
    static const char *const pieces[] = {
        "a", "b", "\\n", "c", "\xC3\xA9", "\xF0\x9F\x98\x80", "\\u{202E}", "\\xFF", "z", "z"};
    char whole[64];
    size_t length = errata__utf8_escape(text, sizeof text - 1, whole, sizeof whole);
    for (size_t size = 4; size <= length + 1; size++) {
        const char *cut = escaped(text, sizeof text - 1, size);
        char expected[64] = "";
        if (size == length + 1) {
            memcpy(expected, whole, length + 1);
        } else {
            /* As many pieces as leave room for the dots. */
            for (size_t i = 0; strlen(expected) + strlen(pieces[i]) + 3 <= size - 1; i++) {
                strcat(expected, pieces[i]);
            }
            strcat(expected, "...");
        }
        cr_assert_str_eq(cut, expected, "room for %zu: %s", size, cut);
    }
}

/* Whatever comes in, what comes out is valid and disturbs no terminal. */
Test(utf8, escape_is_safe) {
    uint64_t seed = 3;
    for (int round = 0; round < 100000; round++) {
        char text[32];
        char out[128];
        size_t length = draw(&seed, sizeof text);
        for (size_t i = 0; i < length; i++) {
            static const unsigned char starts[] = {0xE2, 0x80, 0xAE, 0xC2, 0x9B, 0xF3, 0xA0, 0xEF};
            text[i] = (char)(draw(&seed, 2) ? starts[draw(&seed, 8)] : draw(&seed, 256));
        }
        size_t written = errata__utf8_escape(text, length, out, 4 + draw(&seed, 120));
        cr_assert_eq(errata__utf8_valid(out, written), written);
        for (size_t at = 0; at < written;) {
            uint32_t point;
            at += errata__utf8_decode(out + at, written - at, &point);
            cr_assert_not(errata__utf8_hostile(point));
        }
    }
}
