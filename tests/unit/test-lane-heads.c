/*
 * Documents whose beginnings and ends are known: what could be taken for known and is not, near misses, limits that are
 * met there, and documents that are taken back.
 */
#include "lanes.h"

#define A "{\"code\":\"c\",\"path\":[\"a\",17],\"message\":\"Required\"}"
#define ISSUES "\"errors\":[{\"message\":\"m\",\"errors\":[" A "," A "],\"key\":\"K\"}]}\n"
#define DONE(id) "{\"record_id\":\"" id "\",\"collection_id\":\"loans\",\"status\":\"COMPLETED\"}\n"
#define FAILED(id)                                                                                 \
    "{\"record_id\":\"" id "\",\"collection_id\":\"loans\",\"status\":\"FAILED\"," ISSUES
#define TAUGHT DONE("a1") FAILED("a1") DONE("b2") FAILED("a2")

/* A line each, but for what is in its place, which is each of `values`. */
static const char *const lines[] = {
    "{\"record_id\":%s,\"status\":\"COMPLETED\"}\n",
    "{\"id\":%s,\"status\":\"COMPLETED\"}\n",
    "{\"id\":%s,\"record_id\":\"r\",\"status\":\"COMPLETED\"}\n",
    "{\"record_id\":\"r\",\"id\":%s,\"status\":\"COMPLETED\"}\n",
    "{\"record_id\":\"r\",\"record_id\":%s,\"status\":\"COMPLETED\"}\n",
    "{\"record_id\":%s,\"record_id\":\"r\",\"status\":\"COMPLETED\"}\n",
    "{\"collection_id\":%s,\"app_id\":\"c\",\"status\":\"FAILED\"," ISSUES,
    "{\"app_id\":%s,\"record_id\":\"r\",\"status\":\"COMPLETED\",\"errors\":[]}\n",
    "{\"app_id\":%s,\"app_id\":%s,\"record_id\":\"r\",\"status\":\"COMPLETED\",\"errors\":null}\n",
    "{\"fetched_at\":%s,\"record_id\":\"r\",\"status\":\"FAILED\"," ISSUES,
    "{\"fetched_at\":%s,\"fetched_at\":5,\"record_id\":%s,\"status\":\"DRAFT\"}\n",
    "{\"status\":%s,\"record_id\":\"r\"}\n",
    "{\"status\":%s," ISSUES,
    "{\"status\":\"FAILED\",\"status\":%s," ISSUES,
    "{\"x\":%s,\"status\":\"COMPLETED\"}\n",
    "{\"x\":{\"y\":[%s]},\"status\":\"COMPLETED\"}\n",
    "{\"record_id\":\"r\",\"x\":%s,\"status\":\"FAILED\"," ISSUES,
    "{\"status\":\"FAILED\",\"errors\":[{\"message\":%s,\"errors\":[" A "],\"key\":\"K\"}]}\n",
    "{\"status\":\"FAILED\",\"errors\":[{\"key\":%s,\"x\":%s,\"errors\":[" A "]}]}\n",
    "{\"status\":\"FAILED\",\"errors\":[{\"message\":\"m\",\"errors\":[" A "],\"key\":%s}]}\n",
    "{\"errors\":[{\"message\":\"m\",\"errors\":[" A "],\"key\":\"K\"}],\"status\":%s}\n",
    "{\"errors\":[{\"message\":\"m\",\"errors\":[" A
    "],\"key\":\"K\"}],\"x\":%s,\"status\":\"A\"}\n",
    "{\"errors\":[{\"message\":\"m\",\"errors\":[" A
    "],\"key\":\"K\"}],\"status\":\"FAILED\",\"record_id\":%s}\n",
    "{\"status\":\"FAILED\",\"errors\":%s}\n",
    "{\"status\":\"FAILED\",\"errors\":[{\"errors\":%s,\"message\":\"m\",\"key\":\"K\"}]}\n",
    "{%s:\"r\",\"status\":\"COMPLETED\"}\n",
    " { \"record_id\" :\t%s , \"status\" : \"COMPLETED\" } \n",
    "{\"record_id\":\"r\",\"status\":\"COMPLETED\"}%s\n",
};

static const char *const values[] = {
    "\"r1\"",
    "\"r2\"",
    "\"\"",
    "\"c\"",
    "\"r3\"",
    "\"c\"",
    "\"\\u0041\"",
    "\"\\ud800\"",
    "\"\xC3\xA9\"",
    "\"\x7F\"",
    "\"\t\"",
    "\"\\\\\"",
    "\"\xFF\"",
    "\"[\"",
    "\"}\"",
    "\"r{\"",
    "\"r1\"",
    "1",
    "23",
    "0",
    "1.5",
    "-1",
    "00",
    "01",
    "1e3",
    "123456789012345",
    "1234567890123456",
    "999999999999999",
    "123456789012345678",
    "1234567890123456789",
    "2.",
    "1792144000",
    "1792144001",
    "\"2026-01-02T03:04:05Z\"",
    "\"2026-01-02T03:04:06Z\"",
    "\"2026-01-02T03:04:66Z\"",
    "\"2026-01-02T03:04:05+01:00\"",
    "\"2026-01-02\"",
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[1]",
    "{\"a\":1}",
    "{\"a\":2}",
    "[null]",
    "[{}]",
    "[{\"errors\":[]}]",
    "\"FAILED\"",
    "\"COMPLETED\"",
    "\"status\"",
    "\"id\"",
    "\"a\":1",
    "",
    ",",
    "x",
    "\"",
    "\"r4\"",
    "\"r5\"",
    "1",
    "2",
};

/* The line with a value where it has a place for one. */
static void add_line(struct bytes *text, const char *line, const char *value) {
    const char *place;
    while ((place = strstr(line, "%s")) != NULL) {
        bytes_add(text, line, (size_t)(place - line));
        bytes_add_text(text, value);
        line = place + 2;
    }
    bytes_add_text(text, line);
}

static void compare_values(struct how how, const char *line) {
    struct bytes text = {0};
    for (unsigned pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            add_line(&text, line, values[i]);
            add_line(&text, line, values[i]);
        }
    }
    compare_kernels(how, line, text.data, text.length);
    how.chunk = 61;
    compare_kernels(how, line, text.data, text.length);
    bytes_free(&text);
}

Test(lane_heads, values) {
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        for (unsigned way = 0; way < 4; way++) {
            compare_values((struct how){.framing = (way & 1) == 0 ? ERRATA_FRAMING_LINES
                                                                  : ERRATA_FRAMING_STREAM,
                                        .keep_going = true,
                                        .strict = (way & 2) != 0},
                           lines[i]);
        }
    }
}

/* Each line with each value behind others, so that its trouble is the first there is. */
Test(lane_heads, first_trouble) {
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        for (size_t n = 0; n < sizeof values / sizeof values[0]; n++) {
            struct bytes text = {0};
            struct how how = {.framing = ERRATA_FRAMING_LINES, .strict = n % 2 == 0};
            add_line(&text, lines[i], "\"r1\"");
            add_line(&text, lines[i], "\"r2\"");
            add_line(&text, lines[i], values[n]);
            bytes_add_text(&text, TAUGHT);
            compare_kernels(how, lines[i], text.data, text.length);
            bytes_free(&text);
        }
    }
}

/* All lines with all values through one reader: more than there is room for. */
Test(lane_heads, all_at_once) {
    struct bytes text = {0};
    for (size_t n = 0; n < sizeof values / sizeof values[0]; n++) {
        for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
            add_line(&text, lines[i], values[n]);
        }
    }
    for (int framing = 1; framing < 3; framing++) {
        struct how how = {.keep_going = true, .framing = (enum errata_framing)framing, .times = 2};
        compare_kernels(how, "all lines", text.data, text.length);
        how.chunk = 300;
        compare_kernels(how, "all lines", text.data, text.length);
    }
    bytes_free(&text);
}

Test(lane_heads, near_misses_of_a_whole_document) {
    compare_near_misses(
        TAUGHT, "{\"record_id\":\"c3\",\"collection_id\":\"loans\",\"status\":\"COMPLETED\"}",
        "\n" TAUGHT);
}

Test(lane_heads, near_misses_of_a_beginning) {
    compare_near_misses(TAUGHT,
                        "{\"record_id\":\"c3\",\"collection_id\":\"loans\",\"status\":\"FAILED\","
                        "\"errors\":[{\"message\":\"m\",\"errors\":[",
                        A "," A "],\"key\":\"K\"}]}\n" TAUGHT);
}

Test(lane_heads, near_misses_of_an_end) {
    compare_near_misses(TAUGHT
                        "{\"record_id\":\"c3\",\"collection_id\":\"loans\",\"status\":\"FAILED\","
                        "\"errors\":[{\"message\":\"m\",\"errors\":[" A,
                        "],\"key\":\"K\"}]}\n", TAUGHT);
}

/* Limits are met at the same byte. */
Test(lane_heads, limits) {
    static const char text[] =
        TAUGHT FAILED("a name of some length") DONE("another such name") TAUGHT;
    for (unsigned i = 1; i < 250; i++) {
        struct how how = {.times = 2, .keep_going = i % 2 == 0, .chunk = i % 3 == 0 ? 100 : 0};
        how.limits.document = i;
        compare_kernels(how, "document", text, strlen(text));
        how.limits = (struct errata_limits){.token = i};
        compare_kernels(how, "token", text, strlen(text));
        how.limits = (struct errata_limits){.depth = i};
        compare_kernels(how, "depth", text, strlen(text));
        how.limits = (struct errata_limits){.issues = i};
        compare_kernels(how, "issues", text, strlen(text));
    }
}

/* What a document taught that is taken back, by trouble in it or by its source, is known to nobody. */
static const char *const taken_back[] = {
    "{\"record_id\":\"r\",\"status\":\"NEW\",\"errors\":[{\"message\":\"young\",\"errors\":[" A
    "],x\n",
    "{\"record_id\":\"r\",\"status\":\"NEW\",\"errors\":[{\"message\":\"young\",\"errors\":[" A
    "],\"key\":\"young\"}]\n",
    "{\"errors\":[{\"message\":\"young\",\"errors\":[" A "],\"key\":\"young\"}]}\n",
    "{\"record_id\":\"young\",\"status\":5}\n",
    ("{\"record_id\":\"young\",\"status\":\"NEW\",\"errors\":[{\"message\":\"young\",\"errors\":["
     "null\n"),
};

Test(lane_heads, taken_back) {
    for (size_t i = 0; i < sizeof taken_back / sizeof taken_back[0]; i++) {
        struct bytes text = {0};
        bytes_print(&text, "%s%s%s{\"status\":\"other\"," ISSUES "%s", TAUGHT, taken_back[i],
                    taken_back[i], taken_back[i]);
        for (unsigned n = 0; n < 3; n++) {
            bytes_print(&text,
                        "{\"record_id\":\"r%u\",\"status\":\"NEW\",\"errors\":[{\"message\":"
                        "\"young\",\"errors\":[" A "],\"key\":\"young\"}]}\n",
                        n);
        }
        for (int framing = 1; framing < 3; framing++) {
            compare_kernels((struct how){.keep_going = true,
                                         .times = 2,
                                         .framing = (enum errata_framing)framing},
                            text.data, text.data, text.length);
        }
        bytes_free(&text);
    }
}

/* With strict, where a document ends as others did decides on its status all the same. */
Test(lane_heads, strict_status) {
    static const char issues[] = "\"errors\":[{\"message\":\"m\",\"errors\":[{\"code\":\"c\","
                                 "\"expected\":\"e\",\"received\":\"r\","
                                 "\"path\":[\"a\"],\"message\":\"Required\"}],\"key\":\"K\"}]}\n";
    static const char *const statuses[] = {"\"FAILED\"", "\"FAILED\"", "\"FAILED\"", "\"odd\"",
                                           "\"FAILED\"", "\"odd\"",    "null",       "\"DRAFT\""};
    struct bytes text = {0};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        bytes_print(&text, "{\"status\":%s,%s", statuses[i], issues);
    }
    struct how how = {.strict = true, .keep_going = true};
    cr_expect(compare_kernels(how, "statuses", text.data, text.length) > 0);
    how.keep_going = false;
    compare_kernels(how, "statuses", text.data, text.length);
    how.strict = false;
    compare_kernels(how, "statuses", text.data, text.length);
    bytes_free(&text);
}

/* An array's elements are no values of their own. */
Test(lane_heads, arrays) {
    static const char text[] = "[" DONE("a1") "," FAILED("a1") "," DONE("b2") "," FAILED(
        "a2") "]\n" TAUGHT "[" DONE("a1") "," FAILED("a1") "]";
    compare_kernels((struct how){.times = 3, .framing = ERRATA_FRAMING_STREAM}, text, text,
                    strlen(text));
    compare_kernels((struct how){.times = 3, .chunk = 77}, text, text, strlen(text));
}

/* What a document gives itself, and what its source does. */
static struct bytes documents(unsigned count) {
    struct bytes text = {0};
    for (unsigned i = 0; i < count; i++) {
        bytes_print(&text,
                    i % 3 == 0 ? "{\"record_id\":\"r%u\",\"fetched_at\":\"2026-01-02T03:04:%02uZ\","
                                 "\"status\":\"COMPLETED\"}\n"
                               : "{\"record_id\":\"r%u\",\"took\":%u,\"status\":\"FAILED\"," ISSUES,
                    i, i % 60);
    }
    return text;
}

/* The parser has next to nothing to do, with eagerness or without. */
Test(lane_heads, are_known) {
    struct bytes text = documents(1000);
    for (size_t i = 0; i <= errata__n_kernels; i++) {
        struct outcome outcome;
        struct how how = {.lane = i < errata__n_kernels ? errata__kernels[i]->name : NULL};
        if (i < errata__n_kernels && !errata__kernels[i]->runs()) {
            continue;
        }
        read_bytes(&outcome, &how, text.data, text.length);
        cr_expect(outcome.stats.documents == 1000);
        cr_expect(outcome.stats.parsed_bytes < text.length / 100, "%llu bytes were parsed",
                  (unsigned long long)outcome.stats.parsed_bytes);
        outcome_free(&outcome);
    }
    compare_kernels((struct how){0}, "documents", text.data, text.length);
    bytes_free(&text);
}

/* Pieces that are fed from one place in memory, as who reads into a buffer does: beginnings to learn, of which one goes on
   behind a line end; such a one behind a line of the other kind, where it is found to begin ahead of its turn, and then
   is none, as its line ends; and something else where that one began. */
static void read_at_one_place(struct outcome *outcome, const char *lane) {
    static const struct {
        enum errata_framing framing;
        const char *pieces[2];
    } sources[] = {
        {ERRATA_FRAMING_STREAM,
         {"{\"id\":\"s1\",\n\"status\":\"COMPLETED\"}\n{\"id\":\"a1\",\"status\":\"COMPLETED\"}\n",
          ""}},
        {ERRATA_FRAMING_LINES,
         {"{\"id\":\"a2\",\"status\":\"COMPLETED\"}\n{\"id\":\"s2\",\n\"status\":\"COMPLETED\"}\n",
          "                                "
          "\n{\"id\":\"b3\",\"app_id\":\"x\",\"status\":\"DRAFT\"}\n"}},
    };
    const struct how how = {.lane = lane, .keep_going = true};
    struct errata_reader *reader;
    struct errata_error error;
    char place[128];
    enum errata_status status = make_reader(&reader, outcome, &how, &error);
    for (size_t i = 0; i < 2 && status == ERRATA_OK; i++) {
        const struct errata_origin origin = {.framing = sources[i].framing};
        status = errata_reader_begin(reader, &origin, &error);
        for (size_t k = 0; k < 2 && status == ERRATA_OK; k++) {
            size_t length = strlen(sources[i].pieces[k]);
            memcpy(place, sources[i].pieces[k], length);
            status = errata_reader_feed(reader, place, length, &error);
        }
        status = status == ERRATA_OK ? errata_reader_end(reader, &error) : status;
    }
    note_failure(outcome, status, &error);
    take_index(reader, outcome);
}

Test(lane_heads, at_one_place) {
    struct outcome closed;
    read_at_one_place(&closed, "off");
    cr_expect(closed.status == ERRATA_OK && closed.stats.documents == 4);
    for (size_t i = 0; i < errata__n_kernels; i++) {
        struct outcome open;
        if (errata__kernels[i]->runs()) {
            read_at_one_place(&open, errata__kernels[i]->name);
            const char *what = outcomes_differ(&closed, &open);
            cr_expect(what == NULL, "%s: %s\n%s", errata__kernels[i]->name, what,
                      open.rejects.length > 0 ? open.rejects.data : "");
            outcome_free(&open);
        }
    }
    outcome_free(&closed);
}

/* Without memory there is no document, and no other outcome. */
Test(lane_heads, no_memory) {
    struct bytes text = documents(60);
    compare_without_memory(&text, 100);
    for (uint64_t memory = 4096; memory < 1 << 20; memory += memory / 11) {
        compare_kernels((struct how){.limits.memory = memory}, "memory", text.data, text.length);
    }
    bytes_free(&text);
}
