/* The parser's events and failures: values of all kinds, and every way in which JSON can be wrong. */
#include <criterion/criterion.h>

#include "core/arena.h"
#include "json-trace.h"
#include "json/text.h"

#define MOST_CHUNK 17

static const struct run plain = {.token_limit = 1 << 20, .depth_limit = 64};

struct compacting {
    struct errata__json_capture capture;
    struct errata__buffer buffer;
};

static enum errata_status compact_event(void *ctx, enum errata__json_kind kind, uint32_t depth,
                                        const char *text, size_t length) {
    struct compacting *all = ctx;
    bool done;

    (void)depth;
    return errata__json_capture_event(&all->capture, kind, text, length, &done);
}

/* The value that text holds as compact JSON; to be freed. */
static char *compact(const char *text, size_t length, size_t chunk) {
    struct errata_allocator allocator = errata__allocator_or_default(NULL);
    struct errata__json_failure failure;
    enum errata__json_state state = ERRATA__JSON_MORE;
    struct compacting all = {.capture = {.out = &all.buffer}};
    struct errata__json *json;
    size_t consumed;

    errata__buffer_init(&all.buffer, &allocator, 1 << 20);
    cr_assert_eq(errata__json_new(&json, NULL, 1 << 20, compact_event, &all), ERRATA_OK);
    errata__json_begin(json, 0, 64);
    for (size_t at = 0; at < length && state == ERRATA__JSON_MORE; at += chunk) {
        size_t size = length - at < chunk ? length - at : chunk;

        state = errata__json_feed(json, text + at, size, &consumed, &failure);
    }
    if (state == ERRATA__JSON_MORE) {
        state = errata__json_end(json, &failure);
    }
    cr_assert_eq(state, ERRATA__JSON_DONE, "%s", text);
    errata__json_free(json);
    cr_assert_eq(errata__buffer_append(&all.buffer, "", 1), ERRATA_OK);
    return all.buffer.data;
}

static void check_compact(const char *text, size_t length, const char *expected) {
    for (size_t chunk = 1; chunk <= length; chunk++) {
        char *got = compact(text, length, chunk);

        cr_assert_str_eq(got, expected, "%s by %zu", text, chunk);
        free(got);
    }
}

Test(json, values) {
    static const char *const values[][2] = {
        {"{}", "{}"},
        {"[]", "[]"},
        {"\"\"", "\"\""},
        {"0", "0"},
        {"-0.50e+10", "-0.50e+10"},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
        {"1E400", "1E400"},
        {"true", "true"},
        {"false", "false"},
        {"null", "null"},
        {" [ 1 , [ ] , { } , true ] ", "[1,[],{},true]"},
        {"{\"a\":1,\"b\":[null,false],\"a\":{\"\":\"\"}}",
         "{\"a\":1,\"b\":[null,false],\"a\":{\"\":\"\"}}"},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\"", "\"\\\"\\\\/\\b\\f\\n\\r\\tA\xc3\xa9\""},
        {"\"\x7f\xc3\xa9\xf0\x9f\x98\x80\"", "\"\x7f\xc3\xa9\xf0\x9f\x98\x80\""},
        {"\"\\u0000\\u001f\"", "\"\\u0000\\u001f\""},
        {"\r\n\t [\r\n\t ]", "[]"},
    };

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        const char *text = values[i][0] + strspn(values[i][0], " \r\n\t");

        check_compact(text, strlen(text), values[i][1]);
    }
}

/* yajl lets these through; what becomes of them is not the parser's to say. */
Test(json, invalid_utf8_that_passes) {
    check_compact("\"\xc0\x80\"", 4, "\"\xc0\x80\"");
    check_compact("\"\xed\xa0\x80\"", 5, "\"\xed\xa0\x80\"");
}

#define FFFD "\xef\xbf\xbd"

Test(json, surrogates) {
    static const char *const strings[][2] = {
        {"\\ud83d\\ude00", "\xf0\x9f\x98\x80"},
        {"\\uD83D\\uDE00x", "\xf0\x9f\x98\x80x"},
        {"\\ud800", FFFD},
        {"\\udfff", FFFD},
        {"a\\udc00b", "a" FFFD "b"},
        {"\\ud83dx", FFFD "x"},
        {"\\ud83d\\n", FFFD "\\n"},
        {"\\ud83d\\\"", FFFD "\\\""},
        {"\\ud83d\\\\ude00", FFFD "\\\\ude00"},
        {"\\ud83d\\u0041", FFFD "A"},
        {"\\ud83d\\ud83d\\ude00", FFFD "\xf0\x9f\x98\x80"},
        {"\\ud83d\\ude00\\ude00", "\xf0\x9f\x98\x80" FFFD},
        {"\\ude00\\ud83d", FFFD FFFD},
        {"\\\\ud800", "\\\\ud800"},
        {"\\\\\\ud800", "\\\\" FFFD},
        {"\\ud7ff\\ue000", "\xed\x9f\xbf\xee\x80\x80"},
        {"\\uDBFF\\uDFFF", "\xf4\x8f\xbf\xbf"},
        {"\\ud800\\ud800\\ud800", FFFD FFFD FFFD},
    };

    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        char text[96];
        char expected[96];
        int length = snprintf(text, sizeof text, "[\"%s\"]", strings[i][0]);

        snprintf(expected, sizeof expected, "[\"%s\"]", strings[i][1]);
        check_compact(text, (size_t)length, expected);
        length = snprintf(text, sizeof text, "{\"%s\":0}", strings[i][0]);
        snprintf(expected, sizeof expected, "{\"%s\":0}", strings[i][1]);
        check_compact(text, (size_t)length, expected);
    }
}

#define COLON "object key and value must be separated by a colon (':')"
#define KEY "invalid object key (must be a string)"
#define PLACE "unallowed token at this point in JSON text"
#define BYTE "invalid char in json text"
#define WORD "invalid string in json text"
#define IN_MAP "after key and value, inside map, I expect ',' or '}'"
#define IN_ARRAY "after array element, I expect ',' or ']'"
#define MINUS "malformed number, a digit is required after the minus sign"
#define POINT "malformed number, a digit is required after the decimal point"
#define LETTER "malformed number, a digit is required after the exponent"
#define ESCAPE "inside a string, '\\' occurs before a character which it may not"
#define HEX "invalid (non-hex) character occurs after '\\u' inside string"
#define CONTROL "invalid character inside string"
#define UTF8 "invalid bytes in UTF8 string"
#define COMMENT "probable comment found in input text, comments are not enabled"

static const struct wrong {
    const char *text;
    uint64_t offset;
    const char *reason;
} wrongs[] = {
    /* Misplaced tokens: the offset is that of their last byte. */
    {"]", 0, PLACE},
    {"}", 0, PLACE},
    {",", 0, PLACE},
    {":", 0, PLACE},
    {"{\"a\":}", 5, PLACE},
    {"{\"a\"::1}", 5, PLACE},
    {"[1,]", 3, PLACE},
    {"[,1]", 1, PLACE},
    {"[:]", 1, PLACE},
    {"{\"a\" 1}", 5, COLON},
    {"{\"a\" -1234567,}", 12, COLON},
    {"{\"a\",1}", 4, COLON},
    {"{\"a\"}", 4, COLON},
    {"{\"a\" \"long \\\" one\":1}", 17, COLON},
    {"{\"a\":1,}", 7, KEY},
    {"{1:2}", 1, KEY},
    {"{1234567:2}", 7, KEY},
    {"{null:1}", 4, KEY},
    {"{]", 1, KEY},
    {"{,}", 1, KEY},
    {"{{", 1, KEY},
    {"[1 2]", 3, IN_ARRAY},
    {"[1 \"abc\"]", 7, IN_ARRAY},
    {"[1:2]", 2, IN_ARRAY},
    {"[1}", 2, IN_ARRAY},
    {"[01]", 2, IN_ARRAY},
    {"[00012345]", 2, IN_ARRAY},
    {"[[] []]", 4, IN_ARRAY},
    /* Here yajl itself steps back. */
    {"{\"a\":1 \"b\"}", 9, IN_MAP},
    {"{\"a\":1 \"\"}", 8, IN_MAP},
    {"{\"a\":1 \"bcdefghijklmn\\\" o\"}", 25, IN_MAP},
    {"{\"a\":\"\"]", 7, IN_MAP},
    {"{\"a\":\"\" \"\"}", 9, IN_MAP},
    {"{\"a\":\"x\":1}", 8, IN_MAP},
    {"{\"a\":1 2345}", 10, IN_MAP},
    {"{\"a\":1 true}", 10, IN_MAP},
    {"{\"a\":1 {", 7, IN_MAP},
    {"{\"a\":1]", 6, IN_MAP},
    {"{\"a\":{} []}", 8, IN_MAP},
    {"{\"a\":[{\"b\":0}] \"c\"}", 17, IN_MAP},
    {"{\"a\":01}", 6, IN_MAP},
    /* Bad bytes. */
    {"x", 0, BYTE},
    {"'a'", 0, BYTE},
    {"{a:1}", 1, BYTE},
    {"[\x01]", 1, BYTE},
    {"[1\x01]", 2, BYTE},
    {"[\\]", 1, BYTE},
    {"[\\u0041]", 1, BYTE},
    {"[\xef\xbb\xbf]", 1, BYTE},
    {"[1,\x0b"
     "2]",
     3, BYTE},
    {"[1,\x0c"
     "2]",
     3, BYTE},
    {"\x0b", 0, BYTE},
    {"[0x10]", 2, BYTE},
    {"[1a]", 2, BYTE},
    {"[+1]", 1, BYTE},
    {"[.5]", 1, BYTE},
    {"[NaN]", 1, BYTE},
    {"[Infinity]", 1, BYTE},
    {"[truee]", 5, BYTE},
    {"[\"a\"b]", 4, BYTE},
    {"[/]", 1, COMMENT},
    {"[//\n]", 1, COMMENT},
    {"[/* a */1]", 1, COMMENT},
    {"[tru]", 4, WORD},
    {"[trux]", 4, WORD},
    {"[nulL]", 4, WORD},
    {"[f]", 2, WORD},
    {"{\"a\":nil}", 6, WORD},
    {"[-]", 2, MINUS},
    {"[-x]", 2, MINUS},
    {"[-Infinity]", 2, MINUS},
    {"[1.]", 3, POINT},
    {"[1.e5]", 3, POINT},
    {"[12345.x]", 7, POINT},
    {"[1e]", 3, LETTER},
    {"[1e+]", 4, LETTER},
    {"[1.5E-x]", 6, LETTER},
    /* Within strings. */
    {"[\"a\\x\"]", 4, ESCAPE},
    {"[\"a\\\n\"]", 4, ESCAPE},
    {"{\"\\U0041\":1}", 3, ESCAPE},
    {"[\"\\ud83d\\x\"]", 9, ESCAPE},
    {"[\"\\u12G4\"]", 6, HEX},
    {"[\"\\u\"]", 4, HEX},
    {"[\"\\u12\\u0041\"]", 6, HEX},
    {"[\"\\ud83d\\u\"]", 10, HEX},
    {"[\"\\ud83d\\udx\"]", 11, HEX},
    {"[\"a\nb\"]", 3, CONTROL},
    {"[\"a\tb\"]", 3, CONTROL},
    {"[\"\x1f\"]", 2, CONTROL},
    {"[\"a\x0b\"]", 3, CONTROL},
    {"[\"a\x0c\"]", 3, CONTROL},
    {"[\"\xff\"]", 2, UTF8},
    {"[\"\x80\"]", 2, UTF8},
    {"[\"a\xc3(\"]", 4, UTF8},
    {"[\"a\xc3\"]", 4, UTF8},
    {"[\"\xe2\x82(\"]", 4, UTF8},
    {"[\"\xf8\x88\x80\x80\x80\"]", 2, UTF8},
};

Test(json, wrong_at_every_chunk_size) {
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
        const struct wrong *wrong = &wrongs[i];
        size_t length = strlen(wrong->text);

        for (size_t chunk = 1; chunk <= MOST_CHUNK; chunk++) {
            struct run run = plain;
            struct trace trace;

            run.chunk = chunk == MOST_CHUNK ? length : chunk;
            run.offset = 1000 * (chunk % 2);
            cr_assert(trace_run(&trace, &run, NULL, wrong->text, length));
            cr_expect_eq(trace.state, ERRATA__JSON_FAILED, "%s by %zu", wrong->text, chunk);
            cr_expect_eq(trace.failure.status, ERRATA_NOT_JSON);
            cr_expect_eq(trace.failure.offset, wrong->offset + run.offset, "%s by %zu: %llu",
                         wrong->text, chunk,
                         (unsigned long long)(trace.failure.offset - run.offset));
            cr_expect_str_eq(trace.reason, wrong->reason, "%s by %zu: %s", wrong->text, chunk,
                             trace.reason);
            trace_free(&trace);
        }
    }
}

Test(json, nul_byte) {
    struct trace trace;

    cr_assert(trace_run(&trace, &(struct run){.chunk = 9, .token_limit = 9, .depth_limit = 9}, NULL,
                        "[\0]", 3));
    cr_expect_eq(trace.failure.offset, 1);
    cr_expect_str_eq(trace.reason, BYTE);
    trace_free(&trace);
    cr_assert(trace_run(&trace, &(struct run){.chunk = 9, .token_limit = 9, .depth_limit = 9}, NULL,
                        "\"a\0\"", 4));
    cr_expect_eq(trace.failure.offset, 2);
    cr_expect_str_eq(trace.reason, CONTROL);
    trace_free(&trace);
}

/* Cut off is not wrong, also where only a number's or an escape's end is missing. */
Test(json, cut_off) {
    static const char *const texts[] = {
        "[",       "{",         "{\"a\"",      "{\"a\":",         "{\"a\":1", "{\"a\":1,",
        "[1",      "[1,",       "\"",          "\"abc",           "\"abc\\",  "\"\\u",
        "\"\\u12", "\"\\ud83d", "\"\\ud83d\\", "\"\\ud83d\\ude0", "tr",       "-",
        "1.",      "1e",        "1e+",         "[\"\xe2\x82",     "[[[{}]",   "[ ",
        "n",
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (size_t chunk = 1; chunk <= MOST_CHUNK; chunk++) {
            struct run run = plain;
            struct trace trace;

            run.chunk = chunk;
            cr_assert(trace_run(&trace, &run, NULL, texts[i], strlen(texts[i])));
            cr_expect_eq(trace.state, ERRATA__JSON_MORE, "%s by %zu", texts[i], chunk);
            trace_free(&trace);
        }
    }
}

static enum errata_status ignore(void *ctx, enum errata__json_kind kind, uint32_t depth,
                                 const char *text, size_t length) {
    (void)kind;
    (void)depth;
    (void)text;
    (void)length;
    ++*(unsigned *)ctx;
    return ERRATA_OK;
}

/* A value ends at its last byte; a number in front of the byte that ends it. */
Test(json, one_value_after_another) {
    static const char text[] = "{\"a\":1}[2]\"x\"12 true-3[4] 5";
    static const size_t ends[] = {7, 10, 13, 15, 20, 22, 25};
    struct errata__json_failure failure;
    struct errata__json *json;
    unsigned events = 0;
    size_t consumed;
    size_t at = 0;

    cr_assert_eq(errata__json_new(&json, NULL, 100, ignore, &events), ERRATA_OK);
    cr_assert_eq(errata__json_feed(json, "1", 1, &consumed, &failure), ERRATA__JSON_FAILED);
    cr_assert_eq(failure.status, ERRATA_MISUSE);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        at += text[at] == ' ';
        errata__json_begin(json, at, 9);
        cr_assert_eq(errata__json_feed(json, text + at, sizeof text - 1 - at, &consumed, &failure),
                     ERRATA__JSON_DONE);
        at += consumed;
        cr_assert_eq(at, ends[i], "%zu: %zu", i, at);
    }
    cr_assert_eq(errata__json_feed(json, "1", 1, &consumed, &failure), ERRATA__JSON_FAILED);
    cr_assert_eq(failure.status, ERRATA_MISUSE);
    errata__json_begin(json, 26, 9);
    cr_assert_eq(errata__json_feed(json, "5", 1, &consumed, &failure), ERRATA__JSON_MORE);
    cr_assert_eq(errata__json_feed(json, "", 0, &consumed, &failure), ERRATA__JSON_MORE);
    cr_assert_eq(errata__json_end(json, &failure), ERRATA__JSON_DONE);
    /* Only a new value helps after a failure. */
    errata__json_begin(json, 0, 9);
    cr_assert_eq(errata__json_feed(json, "]", 1, &consumed, &failure), ERRATA__JSON_FAILED);
    cr_assert_eq(errata__json_feed(json, "1", 1, &consumed, &failure), ERRATA__JSON_FAILED);
    cr_assert_eq(failure.status, ERRATA_NOT_JSON);
    cr_assert_eq(errata__json_end(json, &failure), ERRATA__JSON_FAILED);
    errata__json_begin(json, 0, 9);
    cr_assert_eq(errata__json_feed(json, "null", 4, &consumed, &failure), ERRATA__JSON_DONE);
    errata__json_free(json);
    errata__json_free(NULL);
}

/* The callback's status comes back, with the place of the token it was called for. */
Test(json, callback_stops) {
    static const char text[] = "{\"ab\": [12 , \"x\\n\", true]}";
    static const uint64_t last[] = {0, 4, 7, 9, 17, 23, 24, 25};

    for (unsigned event = 1; event <= 8; event++) {
        for (size_t chunk = 1; chunk <= MOST_CHUNK; chunk++) {
            struct run run = plain;
            struct trace trace;

            run.fail_at = event;
            run.chunk = chunk;
            run.offset = 100;
            cr_assert(trace_run(&trace, &run, NULL, text, sizeof text - 1));
            cr_assert_eq(trace.state, ERRATA__JSON_FAILED);
            cr_assert_eq(trace.failure.status, ERRATA_NOT_STATUS);
            cr_assert_eq(trace.failure.offset, 100 + last[event - 1], "%u by %zu", event, chunk);
            /* A number's end may have been in an earlier feed. */
            cr_assert(trace.consumed == last[event - 1] + 1);
            trace_free(&trace);
        }
    }
}
