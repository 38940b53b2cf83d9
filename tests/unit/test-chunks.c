/*
 * The outcome of reading does not depend on how the input is cut: every case file, and some text of our own under
 * tight limits, whole and in pieces of 1 to 64 bytes, however it is read.
 */
#include <criterion/criterion.h>

#include <dirent.h>

#include "reading.h"

#define CASES ERRATA_SOURCE_ROOT "/tests/cases"

/* Reads whole and in pieces of all 64 lengths or of a few, and compares. */
static void compare(struct how how, const char *name, const char *data, size_t length, bool all) {
    static const size_t few[] = {1, 2, 3, 7, 16, 33, 61};
    struct outcome whole;
    how.chunk = 0;
    read_bytes(&whole, &how, data, length);
    for (size_t i = 0; i < (all ? 64 : sizeof few / sizeof few[0]); i++) {
        struct outcome cut;
        how.chunk = all ? i + 1 : few[i];
        read_bytes(&cut, &how, data, length);
        const char *what = outcomes_differ(&whole, &cut);
        cr_expect(what == NULL,
                  "%s in pieces of %zu (framing %d, keep going %d, strict %d, digit names %d): "
                  "%s\nwhole:\n%s %s\n%s\npieces:\n%s %s\n%s",
                  name, how.chunk, (int)how.framing, how.keep_going, how.strict, how.digit_names,
                  what, errata_status_text(whole.status),
                  whole.status == ERRATA_OK ? "" : whole.error.message,
                  whole.rejects.length > 0 ? whole.rejects.data : "",
                  errata_status_text(cut.status), cut.status == ERRATA_OK ? "" : cut.error.message,
                  cut.rejects.length > 0 ? cut.rejects.data : "");
        cr_expect(cut.stats.bytes == whole.stats.bytes || cut.status != ERRATA_OK);
        cr_expect(cut.stats.documents == whole.stats.documents);
        cr_expect(outcome_free(&cut) == 0, "%s: blocks were not given back", name);
        if (what != NULL) {
            break;
        }
    }
    cr_expect(outcome_free(&whole) == 0, "%s: blocks were not given back", name);
}

static bool is_case(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot != NULL && (strcmp(dot, ".json") == 0 || strcmp(dot, ".ndjson") == 0);
}

static void compare_cases(enum errata_framing framing, bool keep_going) {
    DIR *folder = opendir(CASES);
    struct dirent *entry;
    unsigned files = 0;
    cr_assert(folder != NULL);
    while ((entry = readdir(folder)) != NULL) {
        if (!is_case(entry->d_name)) {
            continue;
        }
        char path[1024];
        snprintf(path, sizeof path, CASES "/%s", entry->d_name);
        struct bytes input = bytes_of_file(path);
        for (int way = 0; way < 4; way++) {
            const struct how how = {.name = entry->d_name,
                                    .framing = framing,
                                    .keep_going = keep_going,
                                    .strict = (way & 1) != 0,
                                    .digit_names = (way & 2) != 0};
            /* Long ones are cut in 64 ways where everything is as it usually is. */
            compare(how, entry->d_name, input.data, input.length,
                    input.length < 4096 ||
                        (framing == ERRATA_FRAMING_AUTO && keep_going && way == 0));
        }
        bytes_free(&input);
        files++;
    }
    closedir(folder);
    cr_expect(files > 100);
}

Test(chunks, cases_auto) {
    compare_cases(ERRATA_FRAMING_AUTO, true);
}

Test(chunks, cases_auto_stopping) {
    compare_cases(ERRATA_FRAMING_AUTO, false);
}

Test(chunks, cases_lines) {
    compare_cases(ERRATA_FRAMING_LINES, true);
}

Test(chunks, cases_lines_stopping) {
    compare_cases(ERRATA_FRAMING_LINES, false);
}

Test(chunks, cases_stream) {
    compare_cases(ERRATA_FRAMING_STREAM, true);
}

Test(chunks, cases_stream_stopping) {
    compare_cases(ERRATA_FRAMING_STREAM, false);
}

#define GOOD "{\"status\":\"FAILED\",\"errors\":[]}\n"

/* Texts in which trouble comes in unlucky places. */
static const char *const unlucky[] = {
    /* A token that is too long, at the start of a line, of bytes that could start a document. */
    "{\n\"{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{\":1}\n" GOOD,
    "\"{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{\"\n" GOOD,
    "{\"status\":\n123456789012345678901234567890123456789012345678901234567890\n}\n" GOOD,
    "{\"status\":\n\"FAILED\",\n\"x\":\n[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]\n}\n" GOOD,
    "{\"status\":\"FAILED\",\"x\":[\n{\n{{{{{\n{{{\n" GOOD "{" GOOD,
    "[" GOOD "," GOOD ",\"{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{\n" GOOD,
    "{\"status\":\"FAILED\",\"record_id\":{\"a\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}}"
    "\n" GOOD,
    "{\"errors\":[{\"errors\":[{\"path\":[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0]}]}]}\n" GOOD,
    "{\"status\":\"FAILED\",\"x\":\"\\ud800\\udc00\\ud800\\ud800\\u0041\\ud800\"}\n" GOOD,
    "{\"status\":\"FAILED\",\"errors\":[{\"errors\":[{},{},{},{},{},{},{}]}]}\n" GOOD GOOD,
    "{\"status\":\"FAILED\"\n{\n{\"status\":\"FAILED\"}\n" GOOD,
    "{\"status\":\"FAI\n{\n" GOOD,
    GOOD "1" GOOD "1\n1 " GOOD "1,\n{" GOOD,
    "\xEF\xBB\xBF\xEF\xBB\xBF" GOOD "\n" GOOD,
    "\xEF\n\xBB\n{" GOOD GOOD,
    "[\n" GOOD "]" GOOD "[" GOOD ",\n" GOOD "]]\n[" GOOD ",\n{,}\n",
    "\n\n \r\n [ ] [ ] \n [1,2 , 3] \n" GOOD "\n\n[[\n]]\n" GOOD,
    "-\n-1\n-1.\n1e\n1e5 1.5e-3\ntrue false null\nnul\n" GOOD,
};

static void compare_unlucky(struct how how, bool all) {
    for (size_t i = 0; i < sizeof unlucky / sizeof unlucky[0]; i++) {
        for (int framing = 0; framing < 3; framing++) {
            how.framing = (enum errata_framing)framing;
            how.keep_going = true;
            compare(how, unlucky[i], unlucky[i], strlen(unlucky[i]), all);
            how.keep_going = false;
            compare(how, unlucky[i], unlucky[i], strlen(unlucky[i]), all);
        }
    }
}

Test(chunks, unlucky) {
    compare_unlucky((struct how){0}, true);
}

Test(chunks, unlucky_tokens) {
    for (uint64_t token = 1; token < 70; token++) {
        compare_unlucky((struct how){.limits.token = token}, false);
    }
}

Test(chunks, unlucky_documents) {
    for (uint64_t document = 1; document < 100; document += document < 70 ? 1 : 7) {
        compare_unlucky((struct how){.limits.document = document}, false);
    }
}

Test(chunks, unlucky_depth_and_issues) {
    for (uint32_t i = 1; i < 20; i++) {
        compare_unlucky((struct how){.limits.depth = i}, false);
        compare_unlucky((struct how){.limits.issues = i}, false);
    }
}

Test(chunks, unlucky_all_at_once) {
    unsigned seed = 1;
    for (int i = 0; i < 60; i++) {
        seed = seed * 1103515245 + 12345;
        compare_unlucky((struct how){.limits = {.token = 1 + (seed >> 16) % 60,
                                                .document = 1 + (seed >> 20) % 90,
                                                .depth = 1 + (seed >> 24) % 10},
                                     .strict = (seed & 1) != 0},
                        false);
    }
}
