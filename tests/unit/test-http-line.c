/* Bodies as lines: what is put in front, what is left alone, and where an offset in the line is in the body. */
#include <criterion/criterion.h>

#include "http/line.h"

#include "taking.h"

#define HEAD                                                                                       \
    "{\"record_id\":\"r\\\"1\",\"collection_id\":\"k\",\"app_id\":\"c\","                          \
    "\"fetched_at\":\"2026-01-02T03:04:05Z\","

static const struct errata__line_names names = {
    .record = {"r\"1", 3}, .collection = {"k", 1}, .app = {"c", 1}, .fetched_at = 1767323045};
static struct errata_allocator allocator;
static struct errata__line line;
static struct errata__body body;
static struct bytes text;
static bool object;
static bool blank;

static void begin(void) {
    allocator = errata__allocator_or_default(NULL);
    errata__line_init(&line, &allocator);
    errata__body_init(&body, &allocator);
}

static void end(void) {
    errata__line_free(&line);
    errata__body_free(&body);
    bytes_free(&text);
}

TestSuite(http_line, .init = begin, .fini = end);

static void look(const char *data, size_t length) {
    errata__body_clear(&body);
    text.length = 0;
    cr_assert_eq(errata__body_add(&body, data, length, NULL), ERRATA_OK);
    cr_assert_eq(errata__line_look(&line, &body, &object, &blank), ERRATA_OK);
}

static void expect_line(const char *data, const char *expected) {
    look(data, strlen(data));
    cr_assert(object && !blank);
    cr_assert_eq(errata__line_name(&line, &names), ERRATA_OK);
    cr_assert_eq(errata__line_give(&line, bytes_take, &text), ERRATA_OK);
    bytes_add(&text, "", 1);
    cr_expect_str_eq(text.data, expected);
    cr_expect_eq(text.length - 1, errata__line_length(&line));
}

Test(http_line, who_and_when_in_front) {
    expect_line("{\"status\":\"FAILED\"}", HEAD "\"status\":\"FAILED\"}\n");
}

Test(http_line, line_breaks_become_blanks_and_nothing_else_changes) {
    expect_line("{\n  \"status\":\t\"a\\nb\",\r\n\"x\" : [1.0,\n2e5]\n}",
                HEAD "   \"status\":\t\"a\\nb\",  \"x\" : [1.0, 2e5] }\n");
}

Test(http_line, what_is_around_it_goes) {
    expect_line("\r\n {\"status\":\"A\"} \n\n", HEAD "\"status\":\"A\"}\n");
    expect_line("\xEF\xBB\xBF{\"status\":\"A\"}\n", HEAD "\"status\":\"A\"}\n");
}

Test(http_line, what_is_no_object) {
    static const char *const none[] = {"[{}]", "<html>", "5", "\xEF\xBB\xBF[", "x{}"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        look(none[i], strlen(none[i]));
        cr_expect(!object && !blank, "%s", none[i]);
    }
    look("", 0);
    cr_expect(!object && blank);
    look(" \n\t\r\n", 5);
    cr_expect(!object && blank);
}

Test(http_line, where_an_offset_is_in_the_body) {
    const char *data = "\n\n{\"status\":x}";
    expect_line(data, HEAD "\"status\":x}\n");
    cr_expect_eq(data[errata__line_in_body(&line, strlen(HEAD "\"status\":"))], 'x');
    cr_expect_eq(errata__line_in_body(&line, 5), 0);
}

/* In a file and in memory it is the same. */
Test(http_line, a_large_body) {
    static const char unit[] = "\"0123456789\",\n";
    struct bytes data = {0};
    bytes_add_text(&data, "\n{\"status\":\"A\",\"x\":[");
    while (data.length < 3 * ERRATA__BODY_MEMORY) {
        bytes_add_text(&data, unit);
    }
    bytes_add_text(&data, "0]}\n\n");
    for (size_t at = 0; at < data.length; at += 100000) {
        size_t some = data.length - at < 100000 ? data.length - at : 100000;
        cr_assert_eq(errata__body_add(&body, data.data + at, some, NULL), ERRATA_OK);
    }
    cr_assert_geq(body.fd, 0);
    cr_assert_eq(errata__line_look(&line, &body, &object, &blank), ERRATA_OK);
    cr_assert(object);
    cr_assert_eq(errata__line_name(&line, &names), ERRATA_OK);
    cr_assert_eq(errata__line_give(&line, bytes_take, &text), ERRATA_OK);
    cr_assert_eq(text.length, strlen(HEAD) + data.length - 4 + 1);
    size_t head = strlen(HEAD);
    for (size_t i = 0; i + 1 < text.length - head; i++) {
        char was = data.data[i + 2];
        cr_assert_eq(text.data[head + i], was == '\n' ? ' ' : was);
    }
    bytes_free(&data);
}

Test(http_line, a_long_name_is_too_long) {
    static char longest[2 << 20];
    struct errata__line_names named = names;
    memset(longest, 'x', sizeof longest);
    named.record = (struct errata_text){longest, sizeof longest};
    cr_expect_eq(errata__line_name(&line, &named), ERRATA_LIMIT_TOKEN);
}

/* ---- is a body cut off? */

Test(http_line, cut_off_or_not) {
    static const struct {
        const char *text;
        bool cut;
    } cases[] = {
        {"", true},           {" \n", true},          {"{", true},      {"{\"a\":\"b", true},
        {"{\"a\":[1]", true}, {"{\"a\":[1]}", false}, {"{} \n", false}, {"<html>", false},
        {"{]", false},        {"[{}", true},          {"nul", true},    {"{}{", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool cut;
        look(cases[i].text, strlen(cases[i].text));
        cr_assert_eq(errata__body_is_cut(&body, &cut), ERRATA_OK);
        cr_expect_eq(cut, cases[i].cut, "%s", cases[i].text);
    }
}
