/* The parser over chunks: made-up JSON, right and wrong, comes to the same however it is cut, and costs no more. */
#include <criterion/criterion.h>

#include "json-trace.h"

/* A generator of numbers that is the same everywhere. */
static unsigned next(unsigned *seed, unsigned below) {
    *seed = *seed * 1664525U + 1013904223U;
    return (unsigned)(((uint64_t)(*seed >> 8) * below) >> 24);
}

struct text {
    unsigned seed;
    size_t length;
    char bytes[20000];
};

static void put(struct text *text, const char *bytes) {
    size_t length = strlen(bytes);

    if (length < sizeof text->bytes - text->length) {
        memcpy(text->bytes + text->length, bytes, length);
        text->length += length;
    }
}

#define PICK(text, list) (list)[next(&(text)->seed, sizeof(list) / sizeof((list)[0]))]

static void put_string(struct text *text) {
    static const char *const parts[] = {
        "a",
        "xyz",
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u0041",
        "\\ud83d\\ude00",
        "\\ud800",
        "\\udc00",
        "\\ud83d",
        "\xc3\xa9",
        "\xe2\x82\xac",
        "\xf0\x9f\x98\x80",
        "\xc0\x80",
        "\xed\xa0\x80",
        "\\u0000",
        "]",
        "}",
        " ",
        "a longer text",
        "\\uD83D\\u0041",
        "\\ud83d\\n",
    };
    unsigned count = next(&text->seed, next(&text->seed, 6) ? 5 : 60);

    put(text, "\"");
    while (count-- > 0) {
        put(text, PICK(text, parts));
    }
    put(text, "\"");
}

static void put_white(struct text *text) {
    static const char *const whites[] = {"", "", "", " ", "\n", "\t", "\r\n  "};

    put(text, PICK(text, whites));
}

static void put_value(struct text *text, unsigned depth) {
    static const char *const scalars[] = {
        "null", "true", "false",   "0",    "-1",
        "12",   "3.25", "-0.5e10", "1E+5", "123456789012345678901234567890"};
    unsigned kind = next(&text->seed, depth > 5 ? 5 : 9);
    unsigned count = next(&text->seed, 5);

    put_white(text);
    if (kind < 3) {
        put(text, PICK(text, scalars));
    } else if (kind < 5) {
        put_string(text);
    } else {
        put(text, kind < 7 ? "{" : "[");
        for (unsigned i = 0; i < count; i++) {
            put(text, i ? "," : "");
            put_white(text);
            if (kind < 7) {
                put_string(text);
                put_white(text);
                put(text, ":");
            }
            put_value(text, depth + 1);
        }
        put(text, kind < 7 ? "}" : "]");
    }
    put_white(text);
}

static void spoil(struct text *text) {
    static const char *const bad[] = {"\x0b", "\x0c", "\\",   "\"",   "]",   "}",     "{",      "[",
                                      ",",    ":",    "1",    "x",    "t",   "-",     ".",      "e",
                                      "/",    "\n",   "\xff", "\x01", "nul", "\\u12", "\\ud800"};
    size_t at = next(&text->seed, (unsigned)text->length + 1);
    const char *what = PICK(text, bad);
    size_t length = strlen(what);

    if (next(&text->seed, 2) && at + length <= text->length) {
        memcpy(text->bytes + at, what, length);
    } else if (next(&text->seed, 3) == 0 && at < text->length) {
        memmove(text->bytes + at, text->bytes + at + 1, text->length - at - 1);
        text->length--;
    } else if (text->length + length <= sizeof text->bytes) {
        memmove(text->bytes + at + length, text->bytes + at, text->length - at);
        memcpy(text->bytes + at, what, length);
        text->length += length;
    }
}

static void make(struct text *text, unsigned seed) {
    size_t white = 0;

    text->seed = seed * 2654435761U + 1;
    text->length = 0;
    put_value(text, 0);
    for (unsigned i = next(&text->seed, 3); i > 0; i--) {
        spoil(text);
    }
    if (next(&text->seed, 4) == 0) {
        text->length = next(&text->seed, (unsigned)text->length) + 1;
    }
    /* Values begin with no white space. */
    while (white < text->length && memchr(" \t\r\n\v\f", text->bytes[white], 6)) {
        white++;
    }
    text->length -= white;
    memmove(text->bytes, text->bytes + white, text->length);
}

/* Small limits now and then, so that they are met at all places. */
static struct run make_run(struct text *text) {
    struct run run = {
        .chunk = text->length,
        .token_limit = next(&text->seed, 2) ? 1000 : 1 + next(&text->seed, 40),
        .depth_limit = next(&text->seed, 3) ? 64 : next(&text->seed, 6),
        .offset = next(&text->seed, 2) ? 0 : next(&text->seed, 1000),
    };

    switch (next(&text->seed, 6)) {
    case 0:
        run.end = run.offset + 1 + next(&text->seed, (unsigned)text->length + 3);
        break;
    case 1:
        run.set_at = 1 + next(&text->seed, 5);
        run.lift_at = run.set_at + 1 + next(&text->seed, 8);
        run.set_to = run.offset + next(&text->seed, (unsigned)text->length + 3);
        break;
    case 2:
        run.fail_at = 1 + next(&text->seed, 8);
        break;
    default:
        break;
    }
    return run;
}

Test(json_chunks, made_up) {
    struct text *text = malloc(sizeof *text);
    unsigned states[3] = {0};

    for (unsigned seed = 1; seed <= 6000; seed++) {
        struct trace whole;
        struct run run;

        make(text, seed);
        run = make_run(text);
        if (text->length == 0) {
            continue;
        }
        cr_assert(trace_run(&whole, &run, NULL, text->bytes, text->length));
        states[whole.state]++;
        for (unsigned i = 0; i < 8; i++) {
            struct run cut = run;
            struct trace trace;

            cut.chunk = i < 5 ? i + 1 : 0;
            cut.seed = seed * 31 + i;
            cr_assert(trace_run(&trace, &cut, NULL, text->bytes, text->length));
            cr_assert(trace_same(&whole, &trace), "seed %u, cut %u", seed, i);
            trace_free(&trace);
        }
        trace_free(&whole);
    }
    free(text);
    cr_assert(states[ERRATA__JSON_MORE] > 500 && states[ERRATA__JSON_DONE] > 500 &&
              states[ERRATA__JSON_FAILED] > 500);
}

/* A string of about size bytes, of that part; it is not ended. */
static char *long_string(const char *part, size_t size, size_t *length) {
    size_t step = strlen(part);
    char *text = malloc(size + step);

    text[0] = '"';
    *length = 1;
    while (*length + 1 < size) {
        memcpy(text + *length, part, step);
        *length += step;
    }
    return text;
}

/* yajl may look at a byte four times at most, however the token is cut. */
Test(json_chunks, long_tokens_are_linear) {
    static const struct {
        const char *part;
        char end;
        size_t size;
        size_t chunk;
    } cases[] = {
        {"x", '"', 4 << 20, 4096},       {"x", '"', 1 << 20, 1},
        {"x", '"', 4 << 20, 4 << 20},    {"\\n", '"', 4 << 20, 4096},
        {"\\n", '"', 1 << 18, 1},        {"\\ud83d\\ude00", '"', 1 << 20, 7},
        {"\\ud83d", '"', 4 << 20, 4096}, {"\\ud83dx", '"', 1 << 18, 1},
        {"\\\"", '"', 4 << 20, 1001},    {"\\\\", '"', 1 << 20, 3},
        {"7", ' ', 4 << 20, 4096},       {"7", ' ', 1 << 18, 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run run = {.chunk = cases[i].chunk, .token_limit = 8 << 20, .depth_limit = 9};
        struct trace trace;
        size_t length;
        char *text = long_string(cases[i].part, cases[i].size, &length);

        if (cases[i].end == ' ') {
            text[0] = '7';
        }
        text[length++] = cases[i].end;
        cr_assert(trace_run(&trace, &run, NULL, text, length));
        cr_assert_eq(trace.state, ERRATA__JSON_DONE, "case %zu: %d", i, (int)trace.failure.status);
        cr_assert_leq(trace.parsed, 4 * length, "case %zu: %llu of %zu", i,
                      (unsigned long long)trace.parsed, length);
        trace_free(&trace);
        free(text);
    }
}

/* A string that is too long is found out before it is collected. */
Test(json_chunks, long_string_is_refused) {
    static const size_t chunks[] = {16 << 20, 4096, 100};
    size_t length;
    char *text = long_string("x", 16 << 20, &length);

    for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
        struct run run = {
            .chunk = chunks[i], .token_limit = 8 << 20, .depth_limit = 9, .offset = 3};
        struct trace trace;

        cr_assert(trace_run(&trace, &run, NULL, text, length));
        cr_assert_eq(trace.failure.status, ERRATA_LIMIT_TOKEN);
        cr_assert_eq(trace.failure.offset, 3);
        trace_free(&trace);
    }
    free(text);
}

Test(json_chunks, megabyte_of_0b) {
    size_t length = 1 << 20;
    char *text = malloc(length);
    struct run run = {.chunk = length, .token_limit = 99, .depth_limit = 9};
    struct trace trace;

    memset(text, 0x0B, length);
    text[0] = '[';
    cr_assert(trace_run(&trace, &run, NULL, text, length));
    cr_assert_eq(trace.failure.status, ERRATA_NOT_JSON);
    cr_assert_eq(trace.failure.offset, 1);
    trace_free(&trace);
    free(text);
}

/* Where each token was. */
struct places {
    struct errata__json *json;
    uint64_t start[16];
    uint64_t end[16];
    size_t count;
};

static enum errata_status note_place(void *ctx, enum errata__json_kind kind, uint32_t depth,
                                     const char *text, size_t length) {
    struct places *places = ctx;

    (void)kind;
    (void)depth;
    (void)text;
    (void)length;
    places->start[places->count] = errata__json_token_start(places->json);
    places->end[places->count++] = errata__json_offset(places->json);
    return ERRATA_OK;
}

Test(json_chunks, places_of_tokens) {
    static const char text[] = "{ \"a\\n\" : [ 12, \"\" ,\"\\ud800\\\"\",true , {} ] }";
    static const uint64_t starts[] = {0, 2, 10, 12, 16, 20, 31, 38, 39, 41, 43};
    static const uint64_t ends[] = {1, 7, 11, 14, 18, 30, 35, 39, 40, 42, 44};

    for (size_t chunk = 1; chunk < sizeof text; chunk++) {
        struct places places = {.count = 0};
        struct errata__json_failure failure;
        size_t consumed;

        cr_assert_eq(errata__json_new(&places.json, NULL, 99, note_place, &places), ERRATA_OK);
        errata__json_begin(places.json, 70, 9);
        for (size_t at = 0; at < sizeof text - 1; at += chunk) {
            size_t size = sizeof text - 1 - at < chunk ? sizeof text - 1 - at : chunk;

            cr_assert_neq(errata__json_feed(places.json, text + at, size, &consumed, &failure),
                          ERRATA__JSON_FAILED);
        }
        errata__json_free(places.json);
        cr_assert_eq(places.count, sizeof starts / sizeof starts[0]);
        for (size_t i = 0; i < places.count; i++) {
            cr_assert_eq(places.start[i], 70 + starts[i], "%zu by %zu: %llu", i, chunk,
                         (unsigned long long)places.start[i]);
            cr_assert_eq(places.end[i], 70 + ends[i], "%zu by %zu: %llu", i, chunk,
                         (unsigned long long)places.end[i]);
        }
    }
}
