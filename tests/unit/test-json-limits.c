/* The parser's limits: depth, token, document, memory. None may depend on how the input is cut. */
#include <criterion/criterion.h>

#include "json-trace.h"

#define MOST_CHUNK 17

/* Runs text at many chunk sizes; all must come to the same, which is left in *out. */
static void run_all(struct trace *out, struct run run, const char *text, size_t length) {
    run.chunk = length;
    cr_assert(trace_run(out, &run, NULL, text, length));
    for (size_t chunk = 1; chunk <= MOST_CHUNK; chunk++) {
        struct trace trace;

        run.chunk = chunk;
        cr_assert(trace_run(&trace, &run, NULL, text, length));
        cr_assert(trace_same(out, &trace), "%.*s by %zu: %d at %llu, whole: %d at %llu",
                  (int)length, text, chunk, (int)trace.failure.status,
                  (unsigned long long)trace.failure.offset, (int)out->failure.status,
                  (unsigned long long)out->failure.offset);
        trace_free(&trace);
    }
}

static void check(struct run run, const char *text, enum errata_status status, uint64_t offset) {
    struct trace trace;

    run_all(&trace, run, text, strlen(text));
    if (status) {
        cr_assert_eq(trace.state, ERRATA__JSON_FAILED, "%s", text);
        cr_assert_eq(trace.failure.status, status, "%s: %d", text, (int)trace.failure.status);
        cr_assert_eq(trace.failure.offset, offset, "%s: %llu", text,
                     (unsigned long long)trace.failure.offset);
        cr_assert(status == ERRATA_NOT_JSON || trace.reason[0] == '\0');
    } else {
        cr_assert_eq(trace.state, ERRATA__JSON_DONE, "%s: %d", text, (int)trace.failure.status);
    }
    trace_free(&trace);
}

/* What stands in front of and behind the token, and from which limit on it may pass. */
static void check_token(const char *before, const char *token, const char *after) {
    char text[256];
    size_t length = strlen(token);

    snprintf(text, sizeof text, "%s%s%s", before, token, after);
    for (uint64_t limit = length - 2; limit <= length + 1; limit++) {
        struct run run = {.token_limit = limit, .depth_limit = 9, .offset = 5};

        if (limit >= length) {
            check(run, text, ERRATA_OK, 0);
        } else {
            check(run, text, ERRATA_LIMIT_TOKEN, 5 + strlen(before));
        }
    }
}

Test(json_limits, token) {
    static const char *const tokens[] = {
        "\"abcdefghij\"",
        "\"a\\\"b\\\\c\\n\\/\"",
        "\"\\u0041\\u00e9\\ud83d\\ude00\"",
        "\"\\ud83d\\ud83d\\udc00\\ude00\"",
        "\"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\\u0041\\u0041\\u0041\"",
        "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"",
        "\"\\u0000\\u0000\"",
    };
    static const char *const others[] = {"1234567890", "-1.5e+10", "0.000000000001",
                                         "true",       "false",    "null"};

    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
        check_token("", tokens[i], "");
        check_token("[", tokens[i], "]");
        check_token("[\"\",1,[],\"\\n\",", tokens[i], ", \"b\"]");
        check_token("{", tokens[i], ":1}");
        check_token("{\"a\" : ", tokens[i], " , \"b\":2}");
        check_token("{\"\\\\\":0,\"\\u0041\":", tokens[i], "}");
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        check_token("", others[i], "");
        check_token("[", others[i], "]");
        check_token("[1,", others[i], ",\"\"]");
        check_token("{\"\":", others[i], " }");
    }
}

/* An error within the bytes that are allowed comes first; one behind them does not count. */
Test(json_limits, token_or_error) {
    struct run run = {.depth_limit = 9};

    for (run.token_limit = 1; run.token_limit <= 12; run.token_limit++) {
        bool early = run.token_limit >= 6;

        /* The bad byte is the token's sixth. */
        check(run,
              "[\"abcd\x01"
              "fgh\"]",
              early ? ERRATA_NOT_JSON : ERRATA_LIMIT_TOKEN, early ? 6 : 1);
        check(run, "[\"abc\\xfgh\"]", early ? ERRATA_NOT_JSON : ERRATA_LIMIT_TOKEN, early ? 6 : 1);
        /* A misplaced token of six bytes is found to be misplaced at its last. */
        check(run, "[1 \"abcd\"]", early ? ERRATA_NOT_JSON : ERRATA_LIMIT_TOKEN, early ? 8 : 3);
        check(run, "[1 123456]", early ? ERRATA_NOT_JSON : ERRATA_LIMIT_TOKEN, early ? 8 : 3);
        /* A malformed number of six bytes is found at the byte behind it. */
        check(run, "[12345.x]", early ? ERRATA_NOT_JSON : ERRATA_LIMIT_TOKEN, early ? 7 : 1);
    }
    run.token_limit = 4;
    check(run, "{\"a\":1 \"bcd\"}", ERRATA_LIMIT_TOKEN, 7);
    run.token_limit = 5;
    check(run, "{\"a\":1 \"bcd\"}", ERRATA_NOT_JSON, 11);
}

Test(json_limits, depth) {
    static const char text[] = "[{\"a\":[[],{}]}]";

    for (uint32_t depth = 0; depth <= 5; depth++) {
        static const uint64_t offsets[] = {0, 1, 6, 7};
        struct run run = {.token_limit = 99, .depth_limit = depth, .offset = 7};

        check(run, text, depth < 4 ? ERRATA_LIMIT_DEPTH : ERRATA_OK,
              depth < 4 ? 7 + offsets[depth] : 0);
    }
}

/* Three million brackets are an error message, and also no trouble when they are allowed. */
Test(json_limits, deep) {
    size_t length = 3000000;
    char *text = malloc(length);
    struct trace trace;

    memset(text, '[', length);
    for (uint32_t depth = 256; depth; depth = depth == 256 ? 4000000 : 0) {
        for (size_t chunk = length; chunk; chunk = chunk == length ? 1000 : 0) {
            struct run run = {.token_limit = 99, .depth_limit = depth, .chunk = chunk};

            cr_assert(trace_run(&trace, &run, NULL, text, length));
            cr_assert_eq(trace.state, depth == 256 ? ERRATA__JSON_FAILED : ERRATA__JSON_MORE);
            if (depth == 256) {
                cr_assert_eq(trace.failure.status, ERRATA_LIMIT_DEPTH);
                cr_assert_eq(trace.failure.offset, 256);
            }
            trace_free(&trace);
        }
    }
    free(text);
}

/* The limit stands before the first feed: every byte from it on is too much, unless the value has ended. */
Test(json_limits, document) {
    static const char *const texts[] = {
        "{\"ab\": [12, \"x\\ny\", true] }", "[[],[1]  ]", "1234", "\"a\\\"b\"",
        "[\"\\ud83d\\ude00\",-1.5]",        "true"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t length = strlen(texts[i]);

        for (uint64_t end = 1; end <= length + 1; end++) {
            struct run run = {.token_limit = 99, .depth_limit = 9, .offset = 3, .end = 3 + end};

            check(run, texts[i], end < length ? ERRATA_LIMIT_DOCUMENT : ERRATA_OK, 3 + end);
        }
    }
    /* What a number ends at does not belong to it. */
    check((struct run){.token_limit = 9, .depth_limit = 9, .end = 4}, "1234 ", ERRATA_OK, 0);
    check((struct run){.token_limit = 9, .depth_limit = 9, .end = 3}, "1234 ",
          ERRATA_LIMIT_DOCUMENT, 3);
}

/* Which comes first in the input comes out. */
Test(json_limits, document_or_another) {
    struct run run = {.token_limit = 5, .depth_limit = 2};

    for (run.end = 1; run.end <= 12; run.end++) {
        bool beyond = run.end <= 6;

        /* The byte at 6 is bad, is the sixth of a token, is a bracket too deep. */
        check(run, "[1, 2 x]     ", beyond ? ERRATA_LIMIT_DOCUMENT : ERRATA_NOT_JSON,
              beyond ? run.end : 6);
        check(run, "[\"abcdefghijk\"]", beyond ? ERRATA_LIMIT_DOCUMENT : ERRATA_LIMIT_TOKEN,
              beyond ? run.end : 1);
        check(run, "[1, [ [1]]]", beyond ? ERRATA_LIMIT_DOCUMENT : ERRATA_LIMIT_DEPTH,
              beyond ? run.end : 6);
    }
}

/* A callback sets the limit and lifts it again, as for the elements of an array. */
Test(json_limits, document_within) {
    static const char text[] = "[{\"a\":[12,\"\\u0041\"]} , {\"b\":0} ]";
    /* Events: [ { a [ 12 A ] } { b 0 } ]. The first object begins at 1 and ends at 20. */
    struct run run = {.token_limit = 99, .depth_limit = 9, .set_at = 2, .lift_at = 8};

    for (run.set_to = 2; run.set_to < 24; run.set_to++) {
        check(run, text, run.set_to < 20 ? ERRATA_LIMIT_DOCUMENT : ERRATA_OK, run.set_to);
    }
    /* Already passed: at the next byte. */
    run.set_to = 0;
    check(run, text, ERRATA_LIMIT_DOCUMENT, 0);
}

/* Texts that need all of yajl's buffers, all of ours, and the error text. */
static size_t make_hungry(char *text, size_t size) {
    size_t length = 0;

    text[length++] = '[';
    for (int i = 0; i < 300; i++) {
        text[length++] = '[';
    }
    text[length++] = '"';
    for (; length + 13 < size; length += 11) {
        memcpy(text + length, "\\ud800abc\\n", 11);
    }
    text[length++] = '"';
    text[length++] = '}';
    return length;
}

/* Every allocation fails once: a status, nothing lost, and the parser is good for another value. */
Test(json_limits, no_memory) {
    size_t size = 20000;
    char *text = malloc(size);
    size_t length = make_hungry(text, size);

    for (size_t chunk = 100; chunk <= length + 100; chunk += length) {
        struct counter counter = {0};
        long fail = 0;
        bool done = false;

        while (!done) {
            struct errata_allocator allocator = counting(&counter);
            struct run run = {.chunk = chunk, .token_limit = 100000, .depth_limit = 999};
            struct trace trace = {.run = &run};

            counter.calls = 0;
            counter.fail = ++fail;
            if (errata__json_new(&trace.json, &allocator, run.token_limit, trace_event, &trace)) {
                cr_assert_eq(counter.blocks, 0);
                continue;
            }
            errata__json_begin(trace.json, 0, run.depth_limit);
            trace_feed(&trace, text, length);
            cr_assert_eq(trace.state, ERRATA__JSON_FAILED);
            done = trace.failure.status == ERRATA_NOT_JSON;
            cr_assert(done || trace.failure.status == ERRATA_NO_MEMORY, "%d",
                      (int)trace.failure.status);
            counter.fail = 0;
            errata__json_begin(trace.json, 0, 9);
            trace_feed(&trace, "[\"\\n\",\"\\ud800\",1]", 18);
            cr_assert_eq(trace.state, ERRATA__JSON_DONE);
            errata__json_free(trace.json);
            trace_free(&trace);
            cr_assert_eq(counter.blocks, 0);
        }
        cr_assert_gt(fail, 5);
    }
    free(text);
}
