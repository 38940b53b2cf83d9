/* Errors: every field set, messages cut at a character, rendered as one line. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/fail.h"
#include "core/utf8.h"
#include "made-index.h"

static struct errata_error error;

static void dirty(void) {
    memset(&error, 0xAA, sizeof error);
}

TestSuite(fail, .init = dirty);

Test(fail, all_fields_are_set) {
    cr_assert_eq(errata__fail(&error, ERRATA_BAD_QUERY, "%s %d", "number", 5), ERRATA_BAD_QUERY);
    cr_assert_eq(error.status, ERRATA_BAD_QUERY);
    cr_assert_eq(error.line, 0);
    cr_assert_eq(error.column, 0);
    cr_assert_eq(error.offset, 0);
    cr_assert_eq(error.document, 0);
    cr_assert_str_eq(error.source, "");
    cr_assert_str_eq(error.message, "number 5");
    cr_assert_eq(errata__fail_plain(&error, ERRATA_NO_MEMORY), ERRATA_NO_MEMORY);
    cr_assert_str_eq(error.message, "out of memory");
}

Test(fail, nobody_wants_to_know) {
    cr_assert_eq(errata__fail(NULL, ERRATA_BAD_QUERY, "x"), ERRATA_BAD_QUERY);
    cr_assert_eq(errata__fail_plain(NULL, ERRATA_NO_MEMORY), ERRATA_NO_MEMORY);
    errata__fail_source(NULL, text_of("x"));
}

/* Each status has a text of its own, until there are no more. */
Test(fail, status_texts) {
    int count = 0;
    while (strcmp(errata_status_text((enum errata_status)count), "unknown status") != 0) {
        for (int i = 0; i < count; i++) {
            cr_assert_str_neq(errata_status_text((enum errata_status)count),
                              errata_status_text((enum errata_status)i));
        }
        count++;
    }
    cr_assert_eq(count, ERRATA_CANCELLED + 1);
    cr_assert_str_eq(errata_status_text((enum errata_status) - 1), "unknown status");
}

/* Characters of one to four bytes over the place where it is cut. */
Test(fail, long_messages_are_cut_at_a_character) {
    static const char *const characters[] = {"x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    for (size_t kind = 0; kind < 4; kind++) {
        size_t bytes = strlen(characters[kind]);
        for (size_t front = 490; front < 520; front++) {
            char text[1024] = "";
            memset(text, '-', front);
            for (int i = 0; i < 20; i++) {
                memcpy(text + front + (size_t)i * bytes, characters[kind], bytes);
            }
            size_t length = strlen(text);
            dirty();
            errata__fail(&error, ERRATA_NOT_JSON, "%s", text);
            size_t kept = strlen(error.message);
            cr_assert_lt(kept, ERRATA_MESSAGE_SIZE);
            cr_assert_eq(errata__utf8_valid(error.message, kept), kept);
            if (length < ERRATA_MESSAGE_SIZE) {
                cr_assert_str_eq(error.message, text);
            } else {
                cr_assert_str_eq(error.message + kept - 3, "...");
                cr_assert_eq(memcmp(error.message, text, kept - 3), 0);
                cr_assert_gt(kept, ERRATA_MESSAGE_SIZE - 5);
            }
        }
    }
}

Test(fail, sources_are_escaped) {
    errata__fail_plain(&error, ERRATA_CANNOT_READ);
    errata__fail_source(&error, text_of("a\x1B[2J\n\xFF.json"));
    cr_assert_str_eq(error.source, "a\\u{1B}[2J\\n\\xFF.json");
    errata__fail_source(&error, (struct errata_text){NULL, 0});
    cr_assert_str_eq(error.source, "");
    char name[1000];
    memset(name, 'n', sizeof name);
    errata__fail_source(&error, (struct errata_text){name, sizeof name});
    cr_assert_eq(strlen(error.source), ERRATA_SOURCE_SIZE - 1);
    cr_assert_str_eq(error.source + ERRATA_SOURCE_SIZE - 4, "...");
}

Test(fail, rendered) {
    char line[1024];
    errata__fail(&error, ERRATA_NOT_JSON, "what");
    cr_assert_eq(errata_error_render(&error, line, sizeof line), 4);
    cr_assert_str_eq(line, "what");
    errata__fail_source(&error, text_of("file"));
    cr_assert_eq(errata_error_render(&error, line, sizeof line), 10);
    cr_assert_str_eq(line, "file: what");
    error.line = 3;
    error.column = 9;
    error.offset = UINT64_MAX;
    static const char whole[] = "file:3:9: what (byte 18446744073709551615)";
    cr_assert_eq(errata_error_render(&error, NULL, 0), sizeof whole - 1);
    for (size_t size = 1; size <= sizeof whole; size++) {
        char *cut = malloc(size);
        cr_assert_eq(errata_error_render(&error, cut, size), sizeof whole - 1);
        cr_assert_eq(memcmp(cut, whole, size - 1), 0);
        cr_assert_eq(cut[size - 1], '\0');
        free(cut);
    }
}
