/*
 * What reading gives: every case file against its expectation in tests/cases/expected. To take over a change, run
 *     BUILD/tests/dump --record tests/cases/expected tests/cases/NAME
 * and judge the difference. Then bad documents between good ones against the good ones alone.
 */
#include <criterion/criterion.h>

#include <dirent.h>

#include "dump.h"
#include "index/tables.h"

#define CASES ERRATA_SOURCE_ROOT "/tests/cases"

static bool is_case(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot != NULL && (strcmp(dot, ".json") == 0 || strcmp(dot, ".ndjson") == 0);
}

/* The first line in which they differ. */
static const char *differing_line(const char *a, const char *b) {
    const char *line = a;
    for (; *a != '\0' && *a == *b; a++, b++) {
        line = *a == '\n' ? a + 1 : line;
    }
    return line;
}

Test(reader, cases_as_expected) {
    DIR *folder = opendir(CASES);
    struct dirent *entry;
    cr_assert(folder != NULL);
    while ((entry = readdir(folder)) != NULL) {
        char path[1024];
        if (!is_case(entry->d_name)) {
            continue;
        }
        struct bytes text = {0};
        snprintf(path, sizeof path, CASES "/%s", entry->d_name);
        struct bytes input = bytes_of_file(path);
        snprintf(path, sizeof path, CASES "/expected/%s.txt", entry->d_name);
        struct bytes expected = bytes_of_file(path);
        dump_case(&text, entry->d_name, input.data, input.length);
        cr_expect(bytes_same(&text, &expected),
                  "%s: expected and got, from the difference on:\n%.300s\n%.300s", entry->d_name,
                  differing_line(expected.data, text.data),
                  differing_line(text.data, expected.data));
        bytes_free(&text);
        bytes_free(&input);
        bytes_free(&expected);
    }
    closedir(folder);
}

/* Good documents, one a line, that share strings, patterns and records with each other and with the bad ones. */
#define ISSUE(code, path, message)                                                                 \
    "{\"code\":\"" code "\",\"expected\":\"number\",\"received\":\"string\",\"path\":" path        \
    ",\"message\":\"" message "\"}"
#define RULE(key, issues) "{\"message\":\"m\",\"errors\":[" issues "],\"key\":\"" key "\"}"
#define DOCUMENT(id, rules)                                                                        \
    "{\"record_id\":\"" id "\",\"status\":\"FAILED\",\"errors\":[" rules "]}"

static const char *const good[] = {
    DOCUMENT("a",
             RULE("K1", ISSUE("c1", "[\"p\",1]", "m1") "," ISSUE("c2", "[\"q\",\"2\"]", "m2"))),
    DOCUMENT("b", RULE("K2", ISSUE("c1", "[\"p\",300,\"r\"]", "m1")) "," RULE("K3", "")),
    "{\"status\":\"COMPLETED\"}",
    DOCUMENT("a", RULE("K1", ISSUE("c3", "[]", "m3") "," ISSUE("c1", "[\"p\",70000]", "m1"))),
    DOCUMENT("d", "{\"errors\":[{}]}"),
    DOCUMENT("e",
             RULE("K1", ISSUE("c1", "[\"s\",0,\"s\"]", "\\ud800") "," ISSUE("c1", "[5]", "m1"))),
};
#define N_GOOD (sizeof good / sizeof good[0])

/* Bad ones that get far before they turn out to be so: strings, patterns and shapes of their own, deviations. */
static const char *const bad[] = {
    DOCUMENT("x", RULE("X", ISSUE("x1", "[\"xp\",1]", "x1")) "," RULE(
                      "Y", ISSUE("c1", "[\"p\",1]", "m1")) "}"),
    "{\"record_id\":\"y\",\"errors\":[" RULE("X2",
                                             ISSUE("x2", "[\"xq\",2,\"p\"]", "x2") ",{}") "]}",
    "{\"record_id\":\"a\",\"status\":\"ODD\",\"errors\":[" RULE(
        "K1", ISSUE("c1", "[\"p\",9]", "m1") ",5") "]}",
    "{\"record_id\":\"z\",\"status\":\"ODD\",\"status\":1,\"fetched_at\":\"soon\",\"id\":[1]}",
    "{\"status\":\"FAILED\",\"errors\":[" RULE(
        "K9", ISSUE("c9", "[{\"key\":\"k\"},null]", "\xC0\x80")) ",]}",
    "{\"status\":\"FAILED\",\"errors\":[{\"key\":\"new\",\"errors\":[{\"path\":[\"long\",\"path\","
    "12345678]",
    "{\"status\":\"FAILED\",\"errors\":[{\"errors\":[{\"expected\":{\"a\":[1,2,{\"b\":\"c\"}]}}],"
    "\"errors\":[]}]}",
    "17",
    "[["
    "{\"status\":\"FAILED\"}"
    "]]",
    "\"text\"",
    "{\"status\":\"FAILED\",\"x\":\"\xFF\"}",
    "\f{\"status\":\"FAILED\"}",
};
#define N_BAD (sizeof bad / sizeof bad[0])

/* Reads both and compares all but rejects and places. */
static void compare_with_good(const struct how *how, const struct bytes *mixed,
                              const struct bytes *alone, size_t rejects) {
    struct outcome one;
    struct outcome two;
    struct bytes first = {0};
    struct bytes second = {0};
    read_bytes(&one, how, mixed->data, mixed->length);
    read_bytes(&two, how, alone->data, alone->length);
    cr_assert(one.status == ERRATA_OK && two.status == ERRATA_OK);
    dump_index(&first, one.index, DUMP_WITHOUT_REJECTS);
    dump_index(&second, two.index, DUMP_WITHOUT_REJECTS);
    cr_expect(bytes_same(&first, &second), "%.2000s\nmixed:\n%.400s\nalone:\n%.400s", mixed->data,
              differing_line(first.data, second.data), differing_line(second.data, first.data));
    cr_expect(one.stats.rejects >= rejects);
    cr_expect(one.stats.documents == two.stats.documents);
    bytes_free(&first);
    bytes_free(&second);
    cr_expect(outcome_free(&one) == 0);
    cr_expect(outcome_free(&two) == 0);
}

Test(reader, bad_between_good) {
    for (size_t chunk = 0; chunk < 7; chunk++) {
        const struct how how = {
            .framing = ERRATA_FRAMING_LINES, .keep_going = true, .chunk = chunk};
        struct bytes mixed = {0};
        struct bytes alone = {0};
        for (size_t i = 0; i < N_GOOD; i++) {
            for (size_t j = 0; j < N_BAD; j++) {
                bytes_add_text(&mixed, bad[(i + j) % N_BAD]);
                bytes_add_text(&mixed, "\n");
            }
            bytes_add_text(&mixed, good[i]);
            bytes_add_text(&mixed, "\n");
            bytes_add_text(&alone, good[i]);
            bytes_add_text(&alone, "\n");
        }
        compare_with_good(&how, &mixed, &alone, N_GOOD * N_BAD);
        bytes_free(&mixed);
        bytes_free(&alone);
    }
}

/* The strings of an index in order, but for the reasons of rejects: what stays of a document that was taken back. */
static void add_strings(struct bytes *out, const struct outcome *outcome) {
    struct errata_counts counts;
    errata_index_counts(outcome->index, &counts);
    for (uint32_t i = 0; i < counts.strings; i++) {
        struct errata_text text = errata__text(outcome->index, i);
        bool reason = false;
        for (uint32_t j = 0; j < counts.rejects; j++) {
            struct errata_reject reject;
            errata_index_reject(outcome->index, j, &reject);
            reason = reason || reject.reason.data == text.data;
        }
        if (!reason) {
            bytes_add(out, text.data, text.length + 1);
        }
    }
}

Test(reader, nothing_stays_of_bad_ones) {
    for (size_t i = 0; i < N_BAD; i++) {
        const struct how how = {.framing = ERRATA_FRAMING_LINES, .keep_going = true};
        struct outcome one;
        struct outcome two;
        struct bytes mixed = {0};
        struct bytes alone = {0};
        struct bytes first = {0};
        struct bytes second = {0};
        bytes_print(&mixed, "%s\n%s\n%s\n%s\n%s\n", good[0], bad[i], good[1], bad[i], good[5]);
        bytes_print(&alone, "%s\n%s\n%s\n", good[0], good[1], good[5]);
        read_bytes(&one, &how, mixed.data, mixed.length);
        read_bytes(&two, &how, alone.data, alone.length);
        add_strings(&first, &one);
        add_strings(&second, &two);
        cr_expect(bytes_same(&first, &second), "%s", bad[i]);
        bytes_free(&mixed);
        bytes_free(&alone);
        bytes_free(&first);
        bytes_free(&second);
        cr_expect(outcome_free(&one) == 0);
        cr_expect(outcome_free(&two) == 0);
    }
}

static unsigned random_number(unsigned *seed, unsigned below) {
    *seed = *seed * 1103515245 + 12345;
    return (*seed >> 8) % below;
}

/* A document with bytes changed, cut or doubled, without a line end, that is surely none. */
static void add_damaged(struct bytes *out, const char *text, unsigned *seed) {
    struct bytes line = {0};
    bytes_add_text(&line, text);
    for (unsigned n = 1 + random_number(seed, 3); n > 0; n--) {
        unsigned at = random_number(seed, (unsigned)line.length);
        switch (random_number(seed, 3)) {
        case 0:
            line.data[at] = (char)(1 + random_number(seed, 255));
            break;
        case 1:
            line.length = at > 0 ? at : 1;
            break;
        default:
            bytes_add(&line, text, random_number(seed, (unsigned)strlen(text)));
            break;
        }
    }
    for (size_t i = 0; i < line.length; i++) {
        line.data[i] = line.data[i] == '\n' ? ' ' : line.data[i];
    }
    /* Whatever became of it, this makes trouble in the end. */
    bytes_add_text(&line, "\x01");
    bytes_add(out, line.data, line.length);
    bytes_add_text(out, "\n");
    bytes_free(&line);
}

Test(reader, damaged_between_good) {
    unsigned seed = 7;
    for (int round = 0; round < 400; round++) {
        struct bytes mixed = {0};
        unsigned documents = 0;
        for (size_t i = 0; i < N_GOOD; i++) {
            add_damaged(&mixed, good[random_number(&seed, N_GOOD)], &seed);
            bytes_print(&mixed, "%s\n", good[i]);
        }
        /* Documents may stand whole before the damage on a line, so the good ones are looked for by their place. */
        const struct how how = {.framing = ERRATA_FRAMING_LINES, .keep_going = true};
        struct outcome outcome;
        read_bytes(&outcome, &how, mixed.data, mixed.length);
        struct errata_counts counts;
        errata_index_counts(outcome.index, &counts);
        for (uint32_t i = 0; i < counts.documents; i++) {
            struct errata_document document;
            errata_index_document(outcome.index, i, &document);
            documents += document.line % 2 == 0;
        }
        cr_expect(documents == N_GOOD, "%s", mixed.data);
        cr_expect(counts.rejects >= N_GOOD);
        cr_expect(outcome_free(&outcome) == 0);
        bytes_free(&mixed);
    }
}

Test(reader, stream_resumes_at_the_next_line) {
    const struct how how = {.framing = ERRATA_FRAMING_STREAM, .keep_going = true};
    for (size_t i = 0; i < N_BAD; i++) {
        struct bytes mixed = {0};
        struct outcome outcome;
        bytes_print(&mixed, "%s\n%s\n%s\n", bad[i], good[0], good[1]);
        read_bytes(&outcome, &how, mixed.data, mixed.length);
        cr_expect(outcome.stats.documents == 2, "%s", bad[i]);
        cr_expect(outcome.stats.rejects >= 1);
        cr_expect(outcome_free(&outcome) == 0);
        bytes_free(&mixed);
    }
}
