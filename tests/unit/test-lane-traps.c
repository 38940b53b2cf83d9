/*
 * What a fast lane could get wrong: each trap by itself, near misses of everything that is known, limits that are met
 * within what is known, and documents that are taken back.
 */
#include "lanes.h"

#define OPEN "{\"status\":\"FAILED\",\"errors\":[{\"message\":\"m\",\"errors\":["
#define CLOSE "],\"key\":\"K\"}]}\n"
#define NEXT "],\"key\":\"K\"},{\"message\":\"n\",\"errors\":["
#define A "{\"code\":\"c\",\"path\":[\"a\",17],\"message\":\"Required\"}"
#define B "{\"code\":\"c\",\"path\":[\"b\",\"5\"],\"message\":\"Required\"}"
#define TAUGHT OPEN A "," A "," B "," B "," A "," A CLOSE

/* Read twice by one reader, so that what can be known is known. */
static const char *const traps[] = {
    /* Something else than an object in a list, or nothing where something must be. */
    TAUGHT OPEN A ",1 2" CLOSE,
    TAUGHT OPEN A ",null," A CLOSE,
    TAUGHT OPEN "null" CLOSE,
    TAUGHT OPEN A ",\"{\"," A CLOSE,
    TAUGHT OPEN A "," CLOSE,
    TAUGHT OPEN A ",," A CLOSE,
    TAUGHT OPEN "," A CLOSE,
    TAUGHT OPEN A A CLOSE,
    TAUGHT OPEN A " " A CLOSE,
    TAUGHT OPEN A ",[" A "]" CLOSE,
    TAUGHT OPEN A "}" CLOSE,
    TAUGHT OPEN A "]" CLOSE,
    /* Other gaps, learned and met and not met. */
    OPEN A " , " A ",\n\t" A ", " A CLOSE OPEN " " A " ," A " ,\r\n " A " " CLOSE,
    OPEN "\n" A ",\n" A ",\n" A "\n" CLOSE OPEN "\n" A ",\n" A ",\n\v" A "\n" CLOSE,
    /* Only these are positions. */
    OPEN "{\"path\":[7]},{\"path\":[8]},{\"path\":[0]},{\"path\":[00]}" CLOSE,
    OPEN "{\"path\":[17]},{\"path\":[18]},{\"path\":[07]}" CLOSE,
    OPEN "{\"path\":[17]},{\"path\":[18]},{\"path\":[-1]},{\"path\":[1.]}" CLOSE,
    OPEN "{\"path\":[\"17\"]},{\"path\":[\"18\"]},{\"path\":[\"07\"]},{\"path\":[\"00\"]}" CLOSE,
    OPEN "{\"path\":[\"07\"]},{\"path\":[\"08\"]},{\"path\":[\"17\"]},{\"path\":[\"70\"]}" CLOSE,
    OPEN
    "{\"path\":[1.5]},{\"path\":[1.5]},{\"path\":[1.7]},{\"path\":[7.5]},{\"path\":[0.5]}" CLOSE,
    OPEN "{\"path\":[1e5]},{\"path\":[1e5]},{\"path\":[2e5]},{\"path\":[1e7]}" CLOSE,
    OPEN "{\"path\":[-1]},{\"path\":[-1]},{\"path\":[-2]}" CLOSE,
    OPEN "{\"path\":[\"\\u0031\"]},{\"path\":[\"\\u0031\"]},{\"path\":[\"\\u0032\"]}" CLOSE,
    OPEN "{\"path\":[\"a1\"]},{\"path\":[\"a1\"]},{\"path\":[\"a2\"]},{\"path\":[\"a1\"]}" CLOSE,
    OPEN "{\"path\":[99999999]},{\"path\":[99999998]},{\"path\":[999999999]},{\"path\":[999999998]}"
         ",{\"path\":[123456789012345678]},{\"path\":[123456789012345679]}"
         ",{\"path\":[1234567890123456789]},{\"path\":[1234567890123456788]}" CLOSE,
    OPEN "{\"path\":[1,22,333,4444]},{\"path\":[5,66,777,8888]},{\"path\":[1,2,3,4,5]}"
         ",{\"path\":[5,4,3,2,1]},{\"path\":[0,10,100,1000]},{\"path\":[0,00,100,1000]}" CLOSE,
    OPEN "{\"path\":[{\"key\":\"1\"},2]},{\"path\":[{\"key\":\"1\"},3]},{\"path\":[{\"key\":\"2\"},"
         "3]}" CLOSE,
    OPEN "{\"path\":[[1],2]},{\"path\":[[1],3]},{\"path\":[[2],3]}" CLOSE,
    /* Digits elsewhere are what they are, but for those that nobody wants, which must still be JSON. */
    OPEN "{\"code\":\"c1\"},{\"code\":\"c1\"},{\"code\":\"c2\"},{\"received\":1},{\"received\":2}"
         ",{\"received\":[1]},{\"received\":[2]},{\"expected\":\"1\"},{\"expected\":\"2\"}" CLOSE,
    OPEN "{\"minimum\":10},{\"minimum\":20},{\"minimum\":31},{\"minimum\":03}" CLOSE,
    OPEN "{\"x\":[10,{\"y\":\"5\"}]},{\"x\":[20,{\"y\":\"6\"}]},{\"x\":[01,{\"y\":\"6\"}]}" CLOSE,
    OPEN "{\"x\":\"\\u0010\"},{\"x\":\"\\u0010\"},{\"x\":\"\\u0020\"},{\"x\":\"\\ud800\"}"
         ",{\"x\":\"\\ud801\"}" CLOSE,
    OPEN "{\"x1\":1,\"path\":[]},{\"x1\":2,\"path\":[]},{\"x2\":2,\"path\":[]}" CLOSE,
    /* Names and messages that are not what they seem. */
    OPEN "{\"p\\u0061th\":[1]},{\"p\\u0061th\":[2]},{\"path\":[3]},{\"p\\u0062th\":[3]}" CLOSE,
    OPEN "{\"path\":[1],\"path\":[2]},{\"path\":[3],\"path\":[4]}" CLOSE,
    OPEN "{\"path\":[1],\"path\":[1]}" CLOSE OPEN A CLOSE,
    OPEN "{\"options\":[1,\"[\"],\"path\":[1]},{\"options\":[2,\"[\"],\"path\":[2]}" CLOSE,
    OPEN "{\"x\":\"}\",\"path\":[1]},{\"x\":\"}\",\"path\":[2]},{\"x\":\"{\",\"path\":[1]}"
         ",{\"x\":\"{\",\"path\":[2]}" CLOSE,
    OPEN "{\"message\":\"a1\"},{\"message\":\"b\"},{\"message\":\"\"},{\"message\":\"}{\"}"
         ",{\"message\":\"\\\"\"},{\"message\":\"\xC3\xA9\"},{\"message\":\"\x7F\"}"
         ",{\"message\":\"a\tb\"}" CLOSE,
    OPEN "{\"message\":\"a\",\"path\":[1]},{\"message\":\"b\",\"path\":[22]}"
         ",{\"message\":\"c\",\"path\":[22]},{\"message\":\"d\",\"path\":[23]}"
         ",{\"message\":\"e\\n\",\"path\":[23]},{\"message\":\"f\",\"path\":[03]}" CLOSE,
    OPEN "{\"message\":\"a\",\"message\":\"b\"},{\"message\":\"c\",\"message\":\"d\"}"
         ",{\"message\":\"e\",\"message\":\"d\"},{\"message\":\"f\",\"message\":\"g\"}" CLOSE,
    OPEN
    "{\"u\":{\"message\":\"a\"},\"message\":\"a\"},{\"u\":{\"message\":\"b\"},\"message\":\"a\"}"
    ",{\"u\":{\"message\":\"c\"},\"message\":\"a\"},{\"u\":{\"message\":\"a\"},\"message\":"
    "\"d\"}" CLOSE,
    OPEN
    "{\"x\":\"\\\"message\\\":\\\"a\\\"\",\"message\":\"a\"},{\"x\":\"\\\"message\\\":\\\"b\\\"\","
    "\"message\":\"b\"}" CLOSE,
    OPEN "{\"message\":5},{\"message\":6},{\"message\":\"5\"},{\"message\":\"6\"},{\"message\":"
         "null}" CLOSE,
    OPEN "{\"message\":\"received\",\"received\":\"x\"},{\"message\":\"m\",\"received\":\"y\"}"
         ",{\"message\":\"received\",\"received\":\"z\"}" CLOSE,
    /* A text that comes first in a message, and again elsewhere: ids are by first sight. */
    OPEN "{\"message\":\"p\",\"path\":[\"a\"]},{\"message\":\"q\",\"path\":[\"a\"]}"
         ",{\"message\":\"z\",\"path\":[\"a\"]},{\"code\":\"y\",\"path\":[\"z\",\"x\"]}"
         ",{\"message\":\"x\",\"path\":[\"a\"]},{\"message\":\"w\",\"path\":[\"a\"]}" CLOSE,
    /* Frames: members in any order, twice, not there, of the wrong kind. */
    OPEN A NEXT A NEXT A NEXT A CLOSE,
    OPEN NEXT NEXT NEXT A NEXT CLOSE,
    OPEN A "],\"message\":\"o\",\"key\":\"K\"},{\"errors\":[" A
           "],\"message\":\"o\",\"key\":\"K\"},"
           "{\"errors\":[" A CLOSE,
    OPEN A "]},{\"key\":\"L\",\"message\":\"m\",\"errors\":[" A
           "]},{\"key\":\"L\",\"message\":\"m\","
           "\"errors\":[" A "]},{\"key\":\"L\",\"message\":\"m\",\"errors\":[" A CLOSE,
    "{\"status\":\"FAILED\",\"errors\":[{\"errors\":[" A NEXT A NEXT A CLOSE,
    OPEN A NEXT A NEXT A "],\"key\":\"K\",\"key\":\"L\"},{\"message\":\"n\",\"errors\":[" A CLOSE,
    OPEN A "],\"key\":5},{\"message\":\"n\",\"errors\":[" A "],\"key\":5},{\"message\":\"n\","
           "\"errors\":[" A "],\"key\":7},{\"message\":\"n\",\"errors\":[" A CLOSE,
    OPEN A "],\"key\":\"K\",\"x\":[1]},{\"errors\":[" A
           "],\"key\":\"K\",\"x\":[1]},{\"errors\":[" A CLOSE,
    OPEN A "],\"key\":\"K[\"},{\"message\":\"n\",\"errors\":[" A
           "],\"key\":\"K[\"},{\"message\":\"n\","
           "\"errors\":[" A CLOSE,
    OPEN A "],\"key\":\"K1\"},{\"message\":\"1\",\"errors\":[" A
           "],\"key\":\"K1\"},{\"message\":\"1\","
           "\"errors\":[" A "],\"key\":\"K2\"},{\"message\":\"1\",\"errors\":[" A CLOSE,
    OPEN A NEXT A "],\"key\":\"K\"}],\"errors\":[{\"errors\":[" A CLOSE,
    OPEN A NEXT A "],\"key\":\"K\"}],\"id\":\"r\"}\n" OPEN A NEXT A "],\"errors\":[" A CLOSE,
    /* The parser where it is handed back, in either state of a list. */
    OPEN A "," A "," A "x" CLOSE,
    OPEN A NEXT "x" CLOSE,
    OPEN A NEXT A "," A "}}}" CLOSE,
    OPEN A NEXT A "," A "]]" CLOSE,
    OPEN A NEXT ",",
    OPEN A NEXT A,
    OPEN A "," A NEXT A ",\"",
    /* Documents that are taken back, and with them what they taught. */
    "{\"errors\":[{\"message\":\"m\",\"errors\":[" A "," A "," A NEXT A NEXT B CLOSE TAUGHT,
    "{\"errors\":[{\"message\":\"m\",\"errors\":[{\"message\":\"1\",\"code\":\"new\"},{\"message\":"
    "\"2\","
    "\"code\":\"new\"},{\"message\":\"3\",\"code\":\"new\"}" CLOSE TAUGHT OPEN
    "{\"message\":\"4\",\"code\":\"new\"},{\"message\":\"5\",\"code\":\"new\"}" CLOSE,
    TAUGHT OPEN
    "{\"code\":\"young\",\"path\":[\"y\"]},{\"code\":\"young\",\"path\":[\"y\"]},x" CLOSE OPEN
    "{\"code\":\"other\"},{\"code\":\"young\",\"path\":[\"y\"]},{\"code\":\"young\",\"path\":["
    "\"y\"]}" CLOSE,
    "[" OPEN A "," A NEXT A "],\"key\":\"K\"}]}," OPEN A NEXT A
    "],\"key\":\"K\"}],\"status\":1}," OPEN A NEXT B "],\"key\":\"K\"}]}]",
    "[" OPEN A "," A "],\"key\":\"K\"}]},[" A "," A "]," OPEN A "],\"key\":\"K\"}]}]",
};

/* Every trap, however it is cut, read twice by one reader. */
static void compare_trap(struct how how, const char *text) {
    static const size_t chunks[] = {0, 1, 13, 50, 100, 191, 192, 193, 257};
    how.times = 2;
    for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
        how.chunk = chunks[i];
        compare_kernels(how, text, text, strlen(text));
    }
}

Test(lane_traps, all) {
    for (size_t i = 0; i < sizeof traps / sizeof traps[0]; i++) {
        for (unsigned way = 0; way < 8; way++) {
            compare_trap((struct how){.framing = (way & 1) == 0 ? ERRATA_FRAMING_LINES
                                                                : ERRATA_FRAMING_STREAM,
                                      .keep_going = (way & 2) == 0,
                                      .digit_names = (way & 4) != 0},
                         traps[i]);
        }
        compare_trap((struct how){.strict = true, .keep_going = true}, traps[i]);
    }
}

/* The traps one behind the other, all through one reader: what one taught the next may meet. */
Test(lane_traps, all_at_once) {
    struct bytes text = {0};
    for (size_t i = 0; i < sizeof traps / sizeof traps[0]; i++) {
        bytes_add_text(&text, traps[i]);
        bytes_add_text(&text, "\n");
    }
    for (int framing = 1; framing < 3; framing++) {
        struct how how = {.keep_going = true, .framing = (enum errata_framing)framing, .times = 3};
        cr_expect(compare_kernels(how, "all traps", text.data, text.length) > 300);
        how.chunk = 300;
        compare_kernels(how, "all traps", text.data, text.length);
    }
    bytes_free(&text);
}

Test(lane_traps, near_misses_of_an_issue) {
    compare_near_misses(TAUGHT OPEN B ",", A, "," A CLOSE TAUGHT);
}

Test(lane_traps, near_misses_of_a_frame) {
    compare_near_misses(OPEN A NEXT A NEXT A NEXT B, NEXT, A CLOSE TAUGHT);
}

#define BARE(message, position)                                                                    \
    "{\"code\":\"c\",\"message\":\"" message "\",\"path\":[\"a\"," position "]}"

Test(lane_traps, near_misses_of_a_message) {
    compare_near_misses(OPEN BARE("w", "10") "," BARE("x", "10") "," BARE("y", "10") ",",
                        BARE("some text", "17"), "," BARE("z", "18") CLOSE);
}

#define LONG                                                                                       \
    "{\"code\":\"invalid_union\",\"unionErrors\":[{\"issues\":[{\"path\":[\"assets\",17,"          \
    "\"balance\"],"                                                                                \
    "\"message\":\"Expected number, received "                                                     \
    "string\"}],\"name\":\"ZodError\"},{\"issues\":[{\"path\":"                                    \
    "[\"assets\",17,\"kind\"],\"message\":\"Invalid literal value\"}],\"name\":\"ZodError\"}],"    \
    "\"path\":[\"assets\",17],\"message\":\"Invalid input\"}"

Test(lane_traps, near_misses_of_a_long_issue) {
    compare_near_misses(OPEN LONG "," LONG ",", LONG, "," LONG CLOSE);
}

#define APART 60U

/* Issues that differ in digits outside their positions look alike at first; each is known all the same. parts: what is
   before, between and behind the digits and the position; and behind a word that differs, if there is one. */
static void expect_apart(const char *const parts[4]) {
    struct bytes input = {0};
    const struct how how = {.name = "x.ndjson"};
    for (unsigned pass = 0; pass < 3; pass++) {
        bytes_add_text(&input, OPEN);
        for (unsigned n = 0; n < APART; n++) {
            bytes_print(&input, "%s%s%u%s%u%s", n == 0 ? "" : ",", parts[0], 100 + n * 7, parts[1],
                        10 + (n * 3 + pass) % 90, parts[2]);
            if (parts[3] != NULL) {
                bytes_print(&input, "%c%c%s", 'a' + (int)pass, 'a' + (int)n % 26, parts[3]);
            }
        }
        bytes_add_text(&input, CLOSE);
    }
    uint64_t known = compare_kernels(how, parts[0], input.data, input.length);
    cr_expect(known == 2ULL * APART, "%s: %llu were known", parts[0], (unsigned long long)known);
    bytes_free(&input);
}

Test(lane_traps, digits_apart) {
    static const char *const apart[][4] = {
        {"{\"code\":\"c\",\"received\":\"", "\",\"path\":[\"a\",", "],\"message\":\"m\\n\"}"},
        {"{\"path\":[\"0", "\",", "]}"},
        {"{\"received\":\"", "\",\"path\":[",
         "],\"x\":[\"a filling of some length, so that there is more than one block, and more\"]}"},
        {"{\"code\":\"c", "\",\"path\":[\"a\",", "],\"message\":\"text ", "\"}"},
    };
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++) {
        expect_apart(apart[i]);
    }
}

/* Limits that are met within what is known are met at the same byte. */
Test(lane_traps, limits) {
    static const char *const texts[] = {
        TAUGHT OPEN A "," A NEXT B "," BARE("x", "1") "," BARE("yy", "1") "," BARE(
            "longer than any other text here", "1") CLOSE,
        /* Cut off right behind what is known. */
        TAUGHT TAUGHT OPEN A "," B "," A "," A "," B "," A "," A "," B,
    };
    for (unsigned i = 1; i < 400; i++) {
        const char *text = texts[i / 200];
        struct how how = {.times = 3, .keep_going = i % 2 == 0, .chunk = i % 3 == 0 ? 100 : 0};
        how.limits.document = i;
        compare_kernels(how, "document", text, strlen(text));
        compare_kernels(how, "document", texts[1], strlen(texts[1]));
        how.limits = (struct errata_limits){.token = i};
        compare_kernels(how, "token", text, strlen(text));
        how.limits = (struct errata_limits){.issues = i};
        compare_kernels(how, "issues", text, strlen(text));
        how.limits = (struct errata_limits){.depth = i};
        compare_kernels(how, "depth", text, strlen(text));
    }
}

/* A document with so many issues, of which most are known and each tenth is not. */
static struct bytes many_issues(unsigned count) {
    struct bytes text = {0};
    for (unsigned i = 0; i < count; i++) {
        bytes_print(&text, "%s{\"code\":\"c\",\"path\":[\"a\",%u,\"b%u\"],\"message\":\"m%u %u\"}",
                    i == 0         ? OPEN
                    : i % 100 == 0 ? CLOSE OPEN
                    : i % 30 == 0  ? NEXT
                                   : ",",
                    i * 7, i % 10 == 0 ? i : 0, i % 3 == 0 ? i : 0, i % 2);
    }
    bytes_add_text(&text, CLOSE);
    return text;
}

/* What the lane has of the index's memory it gives back before the limit fails the index. */
Test(lane_traps, memory) {
    struct bytes text = many_issues(20000);
    unsigned failed = 0;
    for (uint64_t memory = 8192; memory < 8 << 20; memory += memory / 7) {
        struct how how = {.limits.memory = memory, .keep_going = memory % 2 == 0};
        struct outcome outcome;
        compare_kernels(how, "memory", text.data, text.length);
        read_bytes(&outcome, &how, text.data, text.length);
        failed += outcome.status == ERRATA_LIMIT_MEMORY;
        cr_expect(outcome.stats.memory <= memory);
        cr_expect(outcome_free(&outcome) == 0);
    }
    cr_expect(failed > 10);
    bytes_free(&text);
}

/* Without memory for itself the lane does without. */
Test(lane_traps, no_memory) {
    struct bytes text = many_issues(500);
    compare_without_memory(&text, 200);
    bytes_free(&text);
}

/* One reader, sources that are framed in different ways: what was learned over line ends must not go over one where it
   ends a document. The bytes behind the line are at hand. */
static void read_framings(struct outcome *outcome, const char *lane) {
    static const char text[] = OPEN
        "{\n\"path\":[1]},{\n\"path\":[2]},{\n\"path\":[3]}" CLOSE OPEN
        "{\n\"path\":[4]}\n],\"key\":\"K\"},{\"message\":\"n\",\"errors\":[\n{\n\"path\":[4]}\n],"
        "\"key\":\"K\"},{\"message\":\"n\",\"errors\":[\n{\n\"path\":[5]}" CLOSE;
    static const enum errata_framing framings[] = {ERRATA_FRAMING_STREAM, ERRATA_FRAMING_STREAM,
                                                   ERRATA_FRAMING_LINES, ERRATA_FRAMING_AUTO};
    const struct how how = {.lane = lane, .keep_going = true};
    struct errata_reader *reader;
    struct errata_error error;
    cr_assert_eq(make_reader(&reader, outcome, &how, &error), ERRATA_OK);
    for (size_t i = 0; i < 4; i++) {
        const struct errata_origin origin = {.framing = framings[i]};
        cr_assert_eq(errata_reader_begin(reader, &origin, &error), ERRATA_OK);
        cr_assert_eq(feed_in_pieces(reader, &how, text, strlen(text), &error), ERRATA_OK);
        cr_assert_eq(errata_reader_end(reader, &error), ERRATA_OK);
    }
    take_index(reader, outcome);
}

Test(lane_traps, line_ends) {
    struct outcome closed;
    read_framings(&closed, "off");
    for (size_t i = 0; i < errata__n_kernels; i++) {
        struct outcome open;
        read_framings(&open, errata__kernels[i]->name);
        cr_expect(outcomes_differ(&closed, &open) == NULL);
        cr_expect(!errata__kernels[i]->runs() || open.stats.known_issues > 3);
        outcome_free(&open);
    }
    outcome_free(&closed);
}

/* A source that is abandoned within a document that taught something. */
Test(lane_traps, abandoned) {
    struct outcome outcomes[2];
    for (int closed = 0; closed < 2; closed++) {
        static const char half[] =
            OPEN "{\"code\":\"new\",\"path\":[1]},{\"code\":\"new\",\"path\":[2]}" NEXT A NEXT;
        static const char whole[] = TAUGHT OPEN "{\"code\":\"new\",\"path\":[1]}" NEXT A NEXT CLOSE;
        const struct how how = {.lane = closed != 0 ? "off" : "portable"};
        struct errata_reader *reader;
        struct errata_error error;
        cr_assert_eq(make_reader(&reader, &outcomes[closed], &how, &error), ERRATA_OK);
        for (int i = 0; i < 6; i++) {
            const char *text = i % 2 == 0 ? half : whole;
            cr_assert_eq(errata_reader_begin(reader, NULL, &error), ERRATA_OK);
            cr_assert_eq(feed_in_pieces(reader, &how, text, strlen(text), &error), ERRATA_OK);
            if (i % 2 == 0) {
                errata_reader_abandon(reader);
            } else {
                cr_assert_eq(errata_reader_end(reader, &error), ERRATA_OK);
            }
        }
        take_index(reader, &outcomes[closed]);
    }
    cr_expect(outcomes_differ(&outcomes[0], &outcomes[1]) == NULL);
    cr_expect(outcomes[0].stats.known_issues > 5);
    outcome_free(&outcomes[0]);
    outcome_free(&outcomes[1]);
}
