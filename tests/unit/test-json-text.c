/* JSON text: quoting, compact copies, lists of strings. */
#include <criterion/criterion.h>

#include "core/arena.h"
#include "json-trace.h"
#include "json/text.h"

static void check_quote(const char *text, size_t length, const char *expected) {
    struct counter counter = {0};
    struct errata_allocator allocator = counting(&counter);
    struct errata__buffer out;

    errata__buffer_init(&out, &allocator, 1000);
    cr_assert_eq(errata__json_quote(&out, text, length), ERRATA_OK);
    cr_assert_eq(out.length, strlen(expected));
    cr_assert_eq(memcmp(out.data, expected, out.length), 0, "%.*s", (int)out.length, out.data);
    errata__buffer_free(&out);
    cr_assert_eq(counter.blocks, 0);
}

Test(json_text, quote) {
    char all[32];

    check_quote("", 0, "\"\"");
    check_quote("plain /", 7, "\"plain /\"");
    check_quote("\"\\\b\f\n\r\t", 7, "\"\\\"\\\\\\b\\f\\n\\r\\t\"");
    /* At each place of a long text. */
    for (size_t i = 0; i < 20; i++) {
        for (size_t k = 0; k < 3; k++) {
            char text[] = "aaaaaaaaaaaaaaaaaaaa";
            char expected[32];
            text[i] = "\"\\\n"[k];
            snprintf(expected, sizeof expected, "\"%.*s\\%c%s\"", (int)i, text, "\"\\n"[k],
                     text + i + 1);
            check_quote(text, 20, expected);
        }
    }
    check_quote("a\"b\"", 4, "\"a\\\"b\\\"\"");
    check_quote("\x7f\xc3\xa9\xff", 4, "\"\x7f\xc3\xa9\xff\"");
    for (int i = 0; i < 32; i++) {
        all[i] = (char)i;
    }
    check_quote(all, 32,
                "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\"
                "u000e\\u000f"
                "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u00"
                "1b\\u001c"
                "\\u001d\\u001e\\u001f\"");
}

Test(json_text, quote_meets_the_limit) {
    struct errata_allocator allocator = errata__allocator_or_default(NULL);
    char text[100];

    /* 106 bytes as JSON: two quotes, and six for the last byte. */
    memset(text, 'a', sizeof text);
    text[98] = '\x01';
    for (size_t limit = 98; limit < 109; limit++) {
        struct errata__buffer out;

        errata__buffer_init(&out, &allocator, limit);
        cr_assert_eq(errata__json_quote(&out, text, 99),
                     limit < 106 ? ERRATA_LIMIT_TOKEN : ERRATA_OK);
        errata__buffer_free(&out);
    }
}

/* Takes values until one is whole, and fails when an event follows it. */
struct whole {
    struct errata__json_capture capture;
    struct errata__buffer buffer;
    bool done;
};

static enum errata_status whole_event(void *ctx, enum errata__json_kind kind, uint32_t depth,
                                      const char *text, size_t length) {
    struct whole *whole = ctx;

    (void)depth;
    cr_assert(!whole->done);
    return errata__json_capture_event(&whole->capture, kind, text, length, &whole->done);
}

Test(json_text, capture) {
    static const char *const texts[][2] = {
        {"{}", "{}"},
        {"[ ]", "[]"},
        {"\"a\\u0001\\u00e9\\/\"", "\"a\\u0001\xc3\xa9/\""},
        {"-1.50E+3", "-1.50E+3"},
        {"true", "true"},
        {"null", "null"},
        {"{ \"a\" : { \"b\" : [ ] , \"c\" : false } , \"\" : [ { } , 1 , [ \"x\" , null ] ] }",
         "{\"a\":{\"b\":[],\"c\":false},\"\":[{},1,[\"x\",null]]}"},
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct errata_allocator allocator = errata__allocator_or_default(NULL);
        struct whole whole = {.capture = {.out = &whole.buffer}};
        struct errata__json_failure failure;
        struct errata__json *json;
        size_t consumed;

        errata__buffer_init(&whole.buffer, &allocator, 1000);
        cr_assert_eq(errata__json_new(&json, NULL, 1000, whole_event, &whole), ERRATA_OK);
        errata__json_begin(json, 0, 9);
        if (errata__json_feed(json, texts[i][0], strlen(texts[i][0]), &consumed, &failure) ==
            ERRATA__JSON_MORE) {
            cr_assert_eq(errata__json_end(json, &failure), ERRATA__JSON_DONE);
        }
        cr_assert(whole.done);
        cr_assert_eq(whole.buffer.length, strlen(texts[i][1]));
        cr_assert_eq(memcmp(whole.buffer.data, texts[i][1], whole.buffer.length), 0, "%.*s",
                     (int)whole.buffer.length, whole.buffer.data);
        errata__json_free(json);
        errata__buffer_free(&whole.buffer);
    }
}

struct list {
    char text[200];
    enum errata_status status;
};

static enum errata_status add(void *ctx, const char *text, size_t length) {
    struct list *list = ctx;
    size_t used = strlen(list->text);

    snprintf(list->text + used, sizeof list->text - used, "<%.*s>", (int)length, text);
    return list->status;
}

static struct errata_text text_of(const char *text) {
    return (struct errata_text){text, strlen(text)};
}

Test(json_text, strings) {
    static const char *const texts[][2] = {
        {"[]", ""},
        {" [ ] \n", ""},
        {"[\"a\"]", "<a>"},
        {"\t[\"a\",\"\",\"b\\\"\\u00e9\"]\r\n", "<a><><b\"\xc3\xa9>"},
    };
    struct errata_error error;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct list list = {"", ERRATA_OK};

        cr_assert_eq(errata__json_strings(text_of(texts[i][0]), NULL, add, &list, &error),
                     ERRATA_OK, "%s", texts[i][0]);
        cr_assert_str_eq(list.text, texts[i][1]);
    }
}

Test(json_text, no_strings) {
    static const struct {
        const char *text;
        uint64_t column;
        const char *message;
    } wrongs[] = {
        {"", 1, "expected an array of strings, such as [\"a\",\"b\"]"},
        {"  ", 3, "expected an array of strings, such as [\"a\",\"b\"]"},
        {" 12", 2, "expected an array of strings, such as [\"a\",\"b\"]"},
        {"\"a\"", 1, "expected an array of strings, such as [\"a\",\"b\"]"},
        {" {\"a\":1}", 2, "expected an array of strings, such as [\"a\",\"b\"]"},
        {"true", 1, "expected an array of strings, such as [\"a\",\"b\"]"},
        {"[\"a\", 17]", 7, "expected a string as the element of the array"},
        {"[null]", 2, "expected a string as the element of the array"},
        {"[ [\"a\"]]", 3, "expected a string as the element of the array"},
        {"[{}]", 2, "expected a string as the element of the array"},
        {"[\"a\"", 5, "the array is not closed"},
        {"[\"a", 4, "the array is not closed"},
        {"[1", 3, "the array is not closed"},
        {"[\"a\"] x", 7, "something follows the array"},
        {"[][]", 3, "something follows the array"},
        {"[\"a\",]", 6, "unallowed token at this point in JSON text"},
        {"[\"a\" \"b\"]", 8, "after array element, I expect ',' or ']'"},
        {"[a]", 2, "invalid char in json text"},
        {"a", 1, "invalid char in json text"},
        {"[\"\xff\"]", 3, "invalid bytes in UTF8 string"},
    };

    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
        struct list list = {"", ERRATA_OK};
        struct errata_error error;

        memset(&error, 0xAA, sizeof error);
        cr_expect_eq(errata__json_strings(text_of(wrongs[i].text), NULL, add, &list, &error),
                     ERRATA_NOT_JSON, "%s", wrongs[i].text);
        cr_expect_eq(error.status, ERRATA_NOT_JSON);
        cr_expect_eq(error.column, wrongs[i].column, "%s: %u", wrongs[i].text,
                     (unsigned)error.column);
        cr_expect_eq(error.offset, wrongs[i].column - 1);
        cr_expect_str_eq(error.message, wrongs[i].message, "%s: %s", wrongs[i].text, error.message);
        cr_expect_eq(errata__json_strings(text_of(wrongs[i].text), NULL, add, &list, NULL),
                     ERRATA_NOT_JSON);
    }
}

Test(json_text, strings_pass_a_status_on) {
    struct list list = {"", ERRATA_BAD_QUERY};
    struct errata_error error;

    cr_assert_eq(errata__json_strings(text_of("[\"a\",\"b\"]"), NULL, add, &list, &error),
                 ERRATA_BAD_QUERY);
    cr_assert_str_eq(list.text, "<a>");
    /* Also one that could be mistaken for the text's fault. */
    list.status = ERRATA_NOT_JSON;
    cr_assert_eq(errata__json_strings(text_of("[\"a\"]"), NULL, add, &list, &error),
                 ERRATA_NOT_JSON);
}

Test(json_text, strings_without_memory) {
    for (long fail = 1;; fail++) {
        struct counter counter = {.fail = fail};
        struct errata_allocator allocator = counting(&counter);
        struct list list = {"", ERRATA_OK};
        struct errata_error error;
        enum errata_status status =
            errata__json_strings(text_of("[\"a\",\"\\ud800\"]"), &allocator, add, &list, &error);

        cr_assert_eq(counter.blocks, 0);
        if (status == ERRATA_OK) {
            cr_assert_gt(fail, 2);
            break;
        }
        cr_assert_eq(status, ERRATA_NO_MEMORY);
        cr_assert_eq(error.status, ERRATA_NO_MEMORY);
        cr_assert_eq(error.column, 0);
    }
}
