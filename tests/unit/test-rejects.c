/*
 * Rejects: what on_reject is told and what the index keeps of them; abandoned sources; calls that are forbidden; what
 * the origin says about documents.
 */
#include <criterion/criterion.h>

#include "dump.h"

#define GOOD(id) "{\"record_id\":\"" id "\",\"status\":\"COMPLETED\"}"

/* All that there is about the rejects of a text: told and kept are the same. */
static void expect_rejects(const char *text, enum errata_framing framing, const char *expected) {
    for (size_t chunk = 0; chunk < 20; chunk++) {
        const struct how how = {.framing = framing, .keep_going = true, .chunk = chunk};
        struct outcome outcome;
        struct errata_counts counts;
        struct bytes kept = {0};
        struct bytes told = {0};
        read_text(&outcome, &how, text);
        cr_assert(outcome.status == ERRATA_OK);
        errata_index_counts(outcome.index, &counts);
        for (uint32_t i = 0; i < counts.rejects; i++) {
            struct errata_reject reject;
            cr_assert(errata_index_reject(outcome.index, i, &reject));
            bytes_add_reject(&kept, &reject);
            /* The text is told alone. */
            size_t shown = reject.length < 200 ? (size_t)reject.length : 200;
            bytes_print(&kept, "\n%zu: ", shown);
            bytes_add(&kept, text + reject.offset, shown);
            bytes_add_text(&kept, "\n");
            cr_expect(reject.trouble_offset >= reject.offset &&
                      reject.trouble_offset <= reject.offset + reject.length);
        }
        cr_expect(bytes_same(&kept, &outcome.rejects), "in pieces of %zu, kept:\n%s\ntold:\n%s",
                  chunk, kept.data, outcome.rejects.data);
        bytes_add_text(&told, outcome.rejects.data == NULL ? "" : outcome.rejects.data);
        cr_expect_str_eq(told.data, expected);
        bytes_free(&told);
        bytes_free(&kept);
        cr_expect(outcome_free(&outcome) == 0);
    }
}

Test(rejects, text_of_the_stretch) {
    expect_rejects(
        GOOD("a") "\n{\"status\":1}\n" GOOD("b") "\noops\n", ERRATA_FRAMING_LINES,
        "2:1 +39 12 bytes, trouble 2:1 +39: not a status document: `status` is not a string\n"
        "12: {\"status\":1}\n"
        "4:1 +91 4 bytes, trouble 4:1 +91: not JSON: invalid char in json text\n"
        "4: oops\n");
    expect_rejects(
        "[" GOOD("a") ",{},7,\n" GOOD("b") "x]\n" GOOD("c") "\n", ERRATA_FRAMING_STREAM,
        "1:41 +40 2 bytes, trouble 1:41 +40: not a status document: an object without `status`\n"
        "2: {}\n"
        "1:44 +43 1 bytes, trouble 1:44 +43: a number, not a status document (an object with a "
        "`status`)\n"
        "1: 7\n"
        "2:39 +84 42 bytes, trouble 2:39 +84: not JSON: invalid char in json text\n"
        "42: x]\n" GOOD("c") "\n\n");
}

Test(rejects, long_texts_are_cut) {
    for (size_t length = 190; length < 210; length++) {
        struct bytes text = {0};
        bytes_add_text(&text, "{\"x\":\"");
        while (text.length < length - 2) {
            bytes_add_text(&text, "y");
        }
        bytes_add_text(&text, "\"}");
        for (size_t chunk = 0; chunk < 260; chunk += 13) {
            const struct how how = {.keep_going = true, .chunk = chunk};
            struct outcome outcome;
            char head[32];
            read_text(&outcome, &how, text.data);
            snprintf(head, sizeof head, "\n%zu: {", length < 200 ? length : (size_t)200);
            cr_expect(strstr(outcome.rejects.data, head) != NULL, "%s", outcome.rejects.data);
            cr_expect(outcome_free(&outcome) == 0);
        }
        bytes_free(&text);
    }
}

/* Counts down, then has enough. */
static enum errata_status enough(void *ctx, const struct errata_reject *reject,
                                 struct errata_text text) {
    int *left = ctx;
    (void)reject;
    (void)text;
    return --*left > 0 ? ERRATA_OK : ERRATA_CANNOT_WRITE;
}

Test(rejects, callback_ends_the_run) {
    for (int rejects = 1; rejects < 7; rejects++) {
        struct counted heap = {0};
        const struct errata_allocator allocator = counted_allocator(&heap);
        int left = rejects;
        const struct errata_origin stream = {.framing = ERRATA_FRAMING_STREAM};
        const struct errata_reader_options options = {
            .allocator = &allocator, .keep_going = true, .on_reject = enough, .ctx = &left};
        struct errata_reader *reader;
        struct errata_index *index;
        struct errata_error error;
        struct errata_counts counts;
        const char *text = GOOD("a") "\n1\n[5,{},\n\"x\"," GOOD("b") ",null,oops]\n";
        cr_assert(errata_reader_new(&reader, &options, &error) == ERRATA_OK);
        cr_assert(errata_reader_begin(reader, &stream, &error) == ERRATA_OK);
        enum errata_status status = errata_reader_feed(reader, text, strlen(text), &error);
        if (status == ERRATA_OK) {
            status = errata_reader_end(reader, &error);
        }
        cr_expect(status == ERRATA_CANNOT_WRITE && error.status == ERRATA_CANNOT_WRITE);
        /* It stays ended. */
        cr_expect(errata_reader_feed(reader, text, 1, &error) == ERRATA_CANNOT_WRITE);
        cr_expect(error.status == ERRATA_CANNOT_WRITE);
        cr_expect(errata_reader_end(reader, NULL) == ERRATA_CANNOT_WRITE);
        cr_expect(errata_reader_begin(reader, NULL, NULL) == ERRATA_CANNOT_WRITE);
        cr_assert(errata_reader_finish(&index, reader, &error) == ERRATA_OK);
        errata_index_counts(index, &counts);
        cr_expect(counts.rejects == (uint32_t)rejects);
        cr_expect(counts.documents == (rejects < 5 ? 1U : 2U), "%u", counts.documents);
        errata_reader_free(reader);
        errata_index_free(index);
        cr_expect(heap.blocks == 0);
    }
}

/* Feeds without caring for the outcome. */
static void feed(struct errata_reader *reader, const char *text) {
    cr_expect(errata_reader_feed(reader, text, strlen(text), NULL) == ERRATA_OK);
}

Test(rejects, abandoned) {
    static const char *const starts[] = {
        GOOD("a"),
        GOOD("a") " ",
        GOOD("a") "{\"status\":\"x",
        GOOD("a") "\n{\"errors\":[{\"key\":\"k\",\"errors\":[{\"code\":\"new\"",
        "[" GOOD("a") ",{\"status\":\"new\",",
        GOOD("a") "\noops {",
        GOOD("a") "[",
        "[" GOOD("a") ",\xEF",
        GOOD("a") "\n{\"status\":\"\\ud800",
        GOOD("a") " 12"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        for (int again = 0; again < 2; again++) {
            struct outcome outcome;
            struct outcome alone;
            struct errata_reader *reader;
            const struct how how = {.keep_going = true};
            cr_assert(make_reader(&reader, &outcome, &how, NULL) == ERRATA_OK);
            errata_reader_abandon(reader);
            cr_assert(errata_reader_begin(reader, NULL, NULL) == ERRATA_OK);
            feed(reader, starts[i]);
            if (again == 1) {
                errata_reader_abandon(reader);
                errata_reader_abandon(reader);
                cr_assert(errata_reader_begin(reader, NULL, NULL) == ERRATA_OK);
                feed(reader, GOOD("b"));
                cr_expect(errata_reader_end(reader, NULL) == ERRATA_OK);
            }
            take_index(reader, &outcome);
            cr_assert(make_reader(&reader, &alone, &how, NULL) == ERRATA_OK);
            cr_assert(errata_reader_begin(reader, NULL, NULL) == ERRATA_OK);
            feed(reader, GOOD("a"));
            cr_expect(errata_reader_end(reader, NULL) == ERRATA_OK);
            if (again == 1) {
                cr_assert(errata_reader_begin(reader, NULL, NULL) == ERRATA_OK);
                feed(reader, GOOD("b"));
                cr_expect(errata_reader_end(reader, NULL) == ERRATA_OK);
            }
            take_index(reader, &alone);
            struct bytes one = {0};
            struct bytes two = {0};
            dump_index(&one, outcome.index, DUMP_WITHOUT_REJECTS);
            dump_index(&two, alone.index, DUMP_WITHOUT_REJECTS);
            cr_expect(bytes_same(&one, &two), "%s:\n%s\n%s", starts[i], one.data, two.data);
            cr_expect(outcome.stats.rejects == 0);
            bytes_free(&one);
            bytes_free(&two);
            cr_expect(outcome_free(&outcome) == 0);
            cr_expect(outcome_free(&alone) == 0);
        }
    }
}

Test(rejects, forbidden_calls) {
    struct errata_reader *reader;
    struct errata_index *index;
    struct errata_error error;
    cr_assert(errata_reader_new(&reader, NULL, &error) == ERRATA_OK);
    cr_expect(errata_reader_feed(reader, "x", 1, &error) == ERRATA_MISUSE);
    cr_expect(error.status == ERRATA_MISUSE && error.line == 0);
    cr_expect(errata_reader_end(reader, &error) == ERRATA_MISUSE);
    const struct errata_origin no_framing = {.framing = (enum errata_framing)77};
    const struct errata_origin no_kind = {.kind = (enum errata_source_kind)77};
    cr_expect(errata_reader_begin(reader, &no_framing, &error) == ERRATA_MISUSE);
    cr_expect(errata_reader_begin(reader, &no_kind, &error) == ERRATA_MISUSE);
    cr_assert(errata_reader_begin(reader, NULL, &error) == ERRATA_OK);
    cr_expect(errata_reader_begin(reader, NULL, &error) == ERRATA_MISUSE);
    /* What was forbidden did no harm. */
    cr_expect(errata_reader_feed(reader, NULL, 0, &error) == ERRATA_OK);
    feed(reader, GOOD("a"));
    cr_expect(errata_reader_end(reader, &error) == ERRATA_OK);
    cr_expect(errata_reader_end(reader, &error) == ERRATA_MISUSE);
    cr_assert(errata_reader_finish(&index, reader, &error) == ERRATA_OK);
    cr_expect(errata_reader_begin(reader, NULL, &error) == ERRATA_MISUSE);
    cr_expect(errata_reader_feed(reader, "x", 1, &error) == ERRATA_MISUSE);
    struct errata_index *second = index;
    cr_expect(errata_reader_finish(&second, reader, &error) == ERRATA_MISUSE);
    cr_expect(second == NULL);
    errata_reader_abandon(reader);
    errata_reader_free(reader);
    errata_reader_free(NULL);
    struct errata_counts counts;
    errata_index_counts(index, &counts);
    cr_expect(counts.documents == 1 && counts.sources == 1);
    errata_index_free(index);
}

/* What only the end of input ends: a number, and half a byte-order mark. */
Test(rejects, at_the_end_of_input) {
    static const struct {
        const char *text;
        const char *told;
    } cases[] = {
        {"5", "1:1 +0 1 bytes, trouble 1:1 +0: a number, not a status document (an object with a "
              "`status`)\n1: 5\n"},
        {"\xEF\xBB", "1:1 +0 2 bytes, trouble 1:1 +0: not JSON: invalid char in json text\n2: "
                     "\xEF\xBB\n"},
        {" -", "1:2 +1 1 bytes, trouble 1:3 +2: cut off by the end of input\n1: -\n"},
        {"{\"status\":\"\\ud800", "1:1 +0 17 bytes, trouble 1:18 +17: cut off by the end of "
                                  "input\n17: {\"status\":\"\\ud800\n"},
        {"{\"status\":\"\\u12", "1:1 +0 15 bytes, trouble 1:16 +15: cut off by the end of "
                                "input\n15: {\"status\":\"\\u12\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct outcome outcome;
        const struct how how = {.keep_going = true};
        read_text(&outcome, &how, cases[i].text);
        cr_expect(outcome.status == ERRATA_OK);
        cr_expect_str_eq(outcome.rejects.data, cases[i].told, "case %zu: %s", i,
                         outcome.rejects.data);
        cr_expect(outcome_free(&outcome) == 0);
    }
}

/* A source whose lines are all rejects, for whatever reason, may want another framing. */
Test(rejects, lines_all_rejected) {
    static const struct {
        const char *name;
        const char *text;
        uint64_t sources;
    } cases[] = {
        {"a.ndjson", "{\n\"status\":\n\"FAILED\"}\n", 1},
        {"a.ndjson", "x\n{\"status\":1}", 1},
        {"a.ndjson", "x\n{\"status\":\"FAILED\"}\n", 0},
        {"a.ndjson", "\n", 0},
        {"a.json", "x\ny\n", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct outcome outcome;
        const struct how how = {.name = cases[i].name, .keep_going = true};
        read_text(&outcome, &how, cases[i].text);
        cr_expect_eq(outcome.stats.lines_all_rejected, cases[i].sources, "case %zu", i);
        cr_expect(outcome_free(&outcome) == 0);
    }
}

/* A first document on a line of its own makes errata take the rest for lines: then the reject says what to do. */
Test(rejects, guessed_lines) {
    struct outcome outcome;
    struct how how = {.name = "a.json"};
    read_text(&outcome, &how, "{\"status\":\"FAILED\"}\n{\n\"status\":\"FAILED\"}\n");
    cr_expect(outcome.status == ERRATA_NOT_JSON);
    cr_expect(strstr(outcome.error.message, "try --framing stream") != NULL, "%s",
              outcome.error.message);
    cr_expect(outcome_free(&outcome) == 0);
    how.framing = ERRATA_FRAMING_STREAM;
    read_text(&outcome, &how, "{\"status\":\"FAILED\"}\n{\n\"status\":\"FAILED\"}\n");
    cr_expect(outcome.status == ERRATA_OK && outcome.stats.documents == 2);
    cr_expect(outcome_free(&outcome) == 0);
}

static struct errata_text text_of(const char *text) {
    return (struct errata_text){text, strlen(text)};
}

Test(rejects, origin_wins) {
    const struct errata_origin origins[] = {
        {.name = text_of("one"),
         .record = text_of("R"),
         .fetched_at = 5,
         .kind = ERRATA_SOURCE_API},
        {.name = text_of("two"), .app = text_of("c"), .collection = text_of("C")},
        {.app = text_of("A"), .collection = text_of("")},
        {.kind = ERRATA_SOURCE_FILE},
    };
    struct outcome outcome;
    struct errata_reader *reader;
    struct bytes dump = {0};
    const struct how how = {0};
    cr_assert(make_reader(&reader, &outcome, &how, NULL) == ERRATA_OK);
    for (size_t i = 0; i < 4; i++) {
        cr_assert(errata_reader_begin(reader, &origins[i], NULL) == ERRATA_OK);
        feed(reader, "{\"record_id\":\"r\",\"collection_id\":\"k\",\"app_id\":\"a\",\"fetched_at\":"
                     "9,\"status\":\"FAILED\"}");
        cr_expect(errata_reader_end(reader, NULL) == ERRATA_OK);
    }
    take_index(reader, &outcome);
    dump_index(&dump, outcome.index, 0);
    cr_expect_str_eq(dump.data,
                     "document 1 of source 0, line 1, +0 status \"FAILED\" record #0 record \"R\" "
                     "collection \"k\" app \"a\" fetched_at 5\n"
                     "document 1 of source 1, line 1, +0 status \"FAILED\" record #1 record \"r\" "
                     "collection \"C\" app \"a\" fetched_at 9\n"
                     "document 1 of source 2, line 1, +0 status \"FAILED\" record #2 record \"r\" "
                     "collection \"\" app \"A\" fetched_at 9\n"
                     "document 1 of source 3, line 1, +0 status \"FAILED\" record #3 record \"r\" "
                     "collection \"k\" app \"a\" fetched_at 9\n"
                     "counts: 4 sources, 4 documents, 4 records, 0 rule errors, 0 issues, 0 "
                     "shapes, 0 patterns, 0 deviations, 0 rejects, 10 strings\n");
    bytes_free(&dump);
    cr_expect(outcome_free(&outcome) == 0);
}

/* Every kind of deviation alone makes a reject of a document when strict; without any it is none. */
Test(rejects, strict) {
    static const struct {
        enum errata_deviation_kind kind;
        const char *text;
    } cases[] = {
        {ERRATA_DEVIATION_UNKNOWN_STATUS, "{\"status\":\"x\"}"},
        {ERRATA_DEVIATION_NULL_ERRORS, "{\"status\":\"FAILED\",\"errors\":null}"},
        {ERRATA_DEVIATION_NAME_TYPE, "{\"status\":\"FAILED\",\"id\":1}"},
        {ERRATA_DEVIATION_NAME_TYPE, "{\"status\":\"FAILED\",\"app_id\":null}"},
        {ERRATA_DEVIATION_NAME_TYPE, "{\"status\":\"FAILED\",\"collection_id\":{}}"},
        {ERRATA_DEVIATION_FETCHED_AT, "{\"status\":\"FAILED\",\"fetched_at\":[1]}"},
        {ERRATA_DEVIATION_REPEATED, "{\"status\":\"FAILED\",\"status\":\"FAILED\"}"},
        {ERRATA_DEVIATION_REPEATED, "{\"status\":\"FAILED\",\"id\":\"a\",\"id\":{\"a\":[]}}"},
        {ERRATA_DEVIATION_UTF8, "{\"status\":\"FAILED\",\"id\":\"\xC0\x80\"}"},
#define RULE_ERROR(text) "{\"status\":\"FAILED\",\"errors\":[{" text "}]}"
        {ERRATA_DEVIATION_NO_RULE_MESSAGE, RULE_ERROR("\"key\":\"k\",\"errors\":[]")},
        {ERRATA_DEVIATION_RULE_MESSAGE_TYPE,
         RULE_ERROR("\"key\":\"k\",\"errors\":[],\"message\":false")},
        {ERRATA_DEVIATION_NO_KEY, RULE_ERROR("\"message\":\"k\",\"errors\":[]")},
        {ERRATA_DEVIATION_KEY_TYPE, RULE_ERROR("\"message\":\"k\",\"errors\":[],\"key\":[[]]")},
        {ERRATA_DEVIATION_NO_ERRORS, RULE_ERROR("\"message\":\"k\",\"key\":\"\"")},
#define ONE_ISSUE(text) RULE_ERROR("\"message\":\"k\",\"key\":\"\",\"errors\":[{" text "}]")
        {ERRATA_DEVIATION_KINDS, ONE_ISSUE("\"code\":\"c\",\"expected\":\"e\",\"received\":\"r\","
                                           "\"path\":[\"1\"],\"message\":\"m\"")},
        {ERRATA_DEVIATION_NO_CODE,
         ONE_ISSUE("\"expected\":\"e\",\"received\":\"r\",\"path\":[],\"message\":\"m\"")},
        {ERRATA_DEVIATION_CODE_TYPE, ONE_ISSUE("\"code\":{\"a\":1},\"expected\":\"e\",\"received\":"
                                               "\"r\",\"path\":[],\"message\":\"m\"")},
        {ERRATA_DEVIATION_NO_EXPECTED,
         ONE_ISSUE("\"code\":\"c\",\"received\":\"r\",\"path\":[],\"message\":\"m\"")},
        {ERRATA_DEVIATION_EXPECTED_TYPE,
         ONE_ISSUE(
             "\"code\":\"c\",\"expected\":null,\"received\":\"r\",\"path\":[],\"message\":\"m\"")},
        {ERRATA_DEVIATION_NO_RECEIVED,
         ONE_ISSUE("\"code\":\"c\",\"expected\":\"e\",\"path\":[],\"message\":\"m\"")},
        {ERRATA_DEVIATION_RECEIVED_TYPE,
         ONE_ISSUE(
             "\"code\":\"c\",\"expected\":\"e\",\"received\":[{}],\"path\":[],\"message\":\"m\"")},
        {ERRATA_DEVIATION_NO_MESSAGE,
         ONE_ISSUE("\"code\":\"c\",\"expected\":\"e\",\"received\":\"r\",\"path\":[]")},
        {ERRATA_DEVIATION_MESSAGE_TYPE,
         ONE_ISSUE(
             "\"code\":\"c\",\"expected\":\"e\",\"received\":\"r\",\"path\":[],\"message\":1.0")},
        {ERRATA_DEVIATION_NO_PATH,
         ONE_ISSUE("\"code\":\"c\",\"expected\":\"e\",\"received\":\"r\",\"message\":\"m\"")},
        {ERRATA_DEVIATION_PATH_NUMBER, ONE_ISSUE("\"code\":\"c\",\"expected\":\"e\",\"received\":"
                                                 "\"r\",\"path\":[1],\"message\":\"m\"")},
        {ERRATA_DEVIATION_PATH_TYPE, ONE_ISSUE("\"code\":\"c\",\"expected\":\"e\",\"received\":"
                                               "\"r\",\"path\":[{\"key\":1}],\"message\":\"m\"")},
        {ERRATA_DEVIATION_PATH_TYPE, ONE_ISSUE("\"code\":\"c\",\"expected\":\"e\",\"received\":"
                                               "\"r\",\"path\":[[1]],\"message\":\"m\"")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct how how = {.keep_going = true};
        struct outcome outcome;
        struct errata_counts counts;
        read_text(&outcome, &how, cases[i].text);
        errata_index_counts(outcome.index, &counts);
        cr_expect(counts.documents == 1);
        cr_expect(counts.deviations == (cases[i].kind != ERRATA_DEVIATION_KINDS), "%s",
                  cases[i].text);
        struct errata_deviation deviation = {0};
        if (errata_index_deviation(outcome.index, cases[i].kind, &deviation)) {
            cr_expect(deviation.count == 1 && deviation.first_document == 0, "%s", cases[i].text);
        }
        cr_expect(outcome_free(&outcome) == 0);
        how.strict = true;
        read_text(&outcome, &how, cases[i].text);
        errata_index_counts(outcome.index, &counts);
        struct errata_source source;
        cr_expect(errata_index_source(outcome.index, 0, &source) && source.strict);
        cr_expect(counts.rejects == (cases[i].kind != ERRATA_DEVIATION_KINDS), "%s", cases[i].text);
        cr_expect(counts.documents + counts.rejects == 1 && counts.deviations == 0);
        if (counts.rejects == 1) {
            cr_expect(strstr(outcome.rejects.data, errata_deviation_name(cases[i].kind)) != NULL);
            cr_expect(counts.shapes == 0 && counts.patterns == 0 && counts.issues == 0 &&
                      counts.strings == 2);
        }
        cr_expect(outcome_free(&outcome) == 0);
    }
}

/* Documents that never came are rejects without a place, and those that came are as if nothing had been said. */
Test(rejects, documents_that_never_came) {
    static const char text[] = GOOD("a") "\n" GOOD("b") "\n";
    const struct errata_origin origin = {.name = {"s", 1}, .framing = ERRATA_FRAMING_LINES};
    const struct errata_text reason = {"HTTP 404: no such record", 24};
    struct errata_error error;
    struct errata_reader *reader;
    struct errata_reader_stats stats;
    struct errata_index *index;
    struct errata_counts counts;
    struct errata_document document;
    struct errata_reject reject;
    cr_assert(errata_reader_new(&reader, NULL, NULL) == ERRATA_OK);
    cr_expect(errata_reader_reject(reader, reason, &error) == ERRATA_MISUSE);
    cr_assert(errata_reader_begin(reader, &origin, NULL) == ERRATA_OK);
    cr_assert(errata_reader_reject(reader, reason, NULL) == ERRATA_OK);
    cr_assert(errata_reader_feed(reader, text, 10, NULL) == ERRATA_OK);
    errata_reader_stats(reader, &stats);
    cr_expect(stats.document_open);
    cr_expect(errata_reader_reject(reader, reason, &error) == ERRATA_MISUSE);
    cr_assert(errata_reader_feed(reader, text + 10, sizeof text - 11, NULL) == ERRATA_OK);
    errata_reader_stats(reader, &stats);
    cr_expect_not(stats.document_open);
    cr_assert(errata_reader_reject(reader, reason, NULL) == ERRATA_OK);
    cr_assert(errata_reader_end(reader, NULL) == ERRATA_OK);
    cr_assert(errata_reader_finish(&index, reader, NULL) == ERRATA_OK);
    errata_index_counts(index, &counts);
    cr_expect(counts.documents == 2);
    cr_expect(counts.rejects == 2);
    cr_assert(errata_index_document(index, 1, &document));
    cr_expect(document.number == 2 && document.line == 2);
    cr_assert(errata_index_reject(index, 1, &reject));
    cr_expect_str_eq(reject.reason.data, reason.data);
    cr_expect(reject.line == 0 && reject.length == 0 && reject.trouble_line == 0);
    errata_index_free(index);
    errata_reader_free(reader);
}

/* What is left to its default is said as what that is. */
Test(rejects, settings) {
    const struct errata_reader_options given = {.strict = true, .limits = {.depth = 7}};
    struct errata_reader_options options;
    struct errata_reader *reader;
    cr_assert(errata_reader_new(&reader, &given, NULL) == ERRATA_OK);
    errata_reader_settings(reader, &options);
    cr_expect(options.strict && !options.keep_going);
    cr_expect(options.limits.depth == 7);
    cr_expect(options.limits.token == (uint64_t)8 << 20);
    cr_expect(options.allocator != NULL && options.allocator->alloc != NULL);
    errata_reader_free(reader);
}
