/* Distinct values: equal ones have one id, by first sight; different ones have different ids. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "one-index.h"

TestSuite(intern, .init = begin_index, .fini = end_index);

static uint32_t intern(const char *text, size_t length, bool *repaired) {
    uint32_t id;
    must(errata__string_intern(index_, text, length, &id, repaired));
    return id;
}

/* The text with this number: every length up to 300, many that differ in one byte only, at the front or the end. */
static size_t text_number(uint32_t number, char *text) {
    size_t length = 8 + number % 293;
    memset(text, 'x', length);
    snprintf(text, 9, "%08x", number);
    text[8] = length > 8 ? 'x' : '\0';
    if (number % 2 == 0) {
        char front[8];
        memcpy(front, text, 8);
        memset(text, 'x', 8);
        memcpy(text + length - 8, front, 8);
    }
    return length;
}

Test(intern, many_strings) {
    enum {
        COUNT = 100000
    };
    char text[512];
    for (uint32_t round = 0; round < 2; round++) {
        for (uint32_t number = 0; number < COUNT; number++) {
            size_t length = text_number(number, text);
            cr_assert_eq(intern(text, length, NULL), number);
        }
    }
    for (uint32_t number = 0; number < COUNT; number++) {
        size_t length = text_number(number, text);
        struct errata_text found = errata__text(index_, number);
        cr_assert_eq(found.length, length);
        cr_assert_eq(memcmp(found.data, text, length), 0);
        cr_assert_eq(found.data[length], '\0');
    }
}

/* Texts of one length that differ in one byte, wherever it is; each comes again right away and much later. */
Test(intern, strings_alike) {
    char text[48];
    for (int round = 0; round < 2; round++) {
        uint32_t fresh = 0;
        for (size_t length = 1; length < sizeof text; length++) {
            memset(text, 'x', length);
            for (size_t place = 0; place < length; place++) {
                for (char byte = 0; byte < 3; byte++) {
                    text[place] = byte;
                    cr_assert_eq(intern(text, length, NULL), fresh);
                    cr_assert_eq(intern(text, length, NULL), fresh);
                    fresh++;
                }
                text[place] = 'x';
            }
        }
    }
}

Test(intern, strings_of_note) {
    cr_assert_eq(intern("", 0, NULL), 0);
    cr_assert_eq(intern("\0", 1, NULL), 1);
    cr_assert_eq(intern("\0\0", 2, NULL), 2);
    cr_assert_eq(intern("a", 1, NULL), 3);
    cr_assert_eq(intern("a\0", 2, NULL), 4);
    cr_assert_eq(intern("a\0b", 3, NULL), 5);
    cr_assert_eq(intern("", 0, NULL), 0);
    cr_assert_eq(intern("a\0b", 3, NULL), 5);
    cr_assert_eq(errata__text(index_, ERRATA_NONE).data, NULL);
    cr_assert_neq(errata__text(index_, 0).data, NULL);
}

/* Longer than a segment of the stream, and such that a segment is just full or one byte over. */
Test(intern, long_strings) {
    static const size_t lengths[] = {65535, 65536,   65534,  200000, 1,
                                     65537, 3000000, 131071, 131072};
    enum {
        COUNT = sizeof lengths / sizeof lengths[0]
    };
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT; i++) {
            char *text = malloc(lengths[i]);
            memset(text, 'a' + (int)i, lengths[i]);
            cr_assert_eq(intern(text, lengths[i], NULL), i);
            struct errata_text found = errata__text(index_, (uint32_t)i);
            cr_assert_eq(found.length, lengths[i]);
            cr_assert_eq(memcmp(found.data, text, lengths[i]), 0);
            cr_assert_eq(found.data[found.length], '\0');
            free(text);
        }
    }
}

Test(intern, invalid_text_is_repaired) {
    bool repaired = false;
    uint32_t good = intern("a\xEF\xBF\xBDz", 5, &repaired);
    cr_assert_not(repaired);
    cr_assert_eq(intern("a\xFFz", 3, &repaired), good);
    cr_assert(repaired);
    cr_assert_eq(intern("a\xE2\x82z", 4, NULL), good);
    uint32_t lone = intern("\xED\xA0\x80", 3, &repaired);
    cr_assert_eq(errata__text(index_, lone).length, 9);
    repaired = false;
    cr_assert_eq(intern("a\xEF\xBF\xBDz", 5, &repaired), good);
    cr_assert_not(repaired);
}

Test(intern, patterns) {
    enum {
        COUNT = 20000
    };
    uint32_t segments[300];
    uint32_t id;
    for (int round = 0; round < 2; round++) {
        for (uint32_t number = 0; number < COUNT; number++) {
            /* Every length up to 200: over one piece of the hash, and over the borders of segments. */
            size_t count = number % 201;
            for (size_t i = 0; i < count; i++) {
                segments[i] = i % 3 == 0 ? ERRATA__POSITION : number + (uint32_t)i;
            }
            must(errata__pattern_intern(index_, segments, count, &id));
            if (count > 1) {
                cr_assert_eq(errata__pattern_positions(index_, id), (count + 2) / 3);
            }
            uint32_t first;
            uint32_t end;
            errata__pattern_segments(index_, id, &first, &end);
            cr_assert_eq(end - first, count);
            for (size_t i = 0; i < count; i++) {
                cr_assert_eq(errata__u32(index_, ERRATA__SEGMENT, first + i), segments[i]);
            }
        }
    }
    /* Those of no and of one segment, which is a position, are the same each time. */
    cr_assert_eq(index_->rows[ERRATA__PATTERNS], COUNT - 2 * (COUNT / 201 + 1) + 2);
    /* The order counts, and so does where a position stands. */
    const uint32_t some[] = {1, 2, ERRATA__POSITION, 2, 1};
    uint32_t ids[3];
    must(errata__pattern_intern(index_, some, 2, &ids[0]));
    must(errata__pattern_intern(index_, some + 3, 2, &ids[1]));
    must(errata__pattern_intern(index_, some + 2, 2, &ids[2]));
    cr_assert_neq(ids[0], ids[1]);
    cr_assert_neq(ids[1], ids[2]);
}

/* Shapes that differ in one part only. */
Test(intern, shapes) {
    uint32_t fresh = 0;
    for (int round = 0; round < 2; round++) {
        uint32_t number = 0;
        for (uint32_t part = 0; part < 6; part++) {
            for (uint32_t value = 1; value < 4; value++, number++) {
                struct errata__shape shape = {0};
                uint32_t *parts[] = {&shape.code, &shape.expected, &shape.received, &shape.message,
                                     &shape.pattern};
                if (part < 5) {
                    *parts[part] = value;
                } else {
                    shape.flags = (uint8_t)value;
                }
                must(errata__shape_intern(index_, &shape, &fresh));
                cr_assert_eq(fresh, number);
            }
        }
    }
}

Test(intern, records) {
    uint32_t id;
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 8000; i++) {
            must(errata__record_intern(index_, i % 20, i / 20 % 20, i / 400, &id));
            cr_assert_eq(id, i);
        }
    }
    /* Without an id each is one of its own, and none of them is found for another. */
    for (uint32_t i = 0; i < 5000; i++) {
        must(errata__record_intern(index_, 1, 1, ERRATA_NONE, &id));
        cr_assert_eq(id, 8000 + i);
    }
    must(errata__record_intern(index_, ERRATA_NONE, ERRATA_NONE, 1, &id));
    cr_assert_eq(id, 13000);
    must(errata__record_intern(index_, ERRATA_NONE, ERRATA_NONE, 1, &id));
    cr_assert_eq(id, 13000);
}
