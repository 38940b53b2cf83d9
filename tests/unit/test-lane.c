/*
 * Nobody can tell from the outcome whether there is a fast lane: every case file and example, read several times by
 * one reader, comes to the same index, rejects and errors with the lane closed and with each kernel, however it is cut.
 */
#include <dirent.h>

#include "lanes.h"

#define CASES ERRATA_SOURCE_ROOT "/tests/cases"
#define EXAMPLES ERRATA_SOURCE_ROOT "/examples"

static bool is_case(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot != NULL && (strcmp(dot, ".json") == 0 || strcmp(dot, ".ndjson") == 0);
}

/* The chunks: of a few bytes, which lead nowhere; and so that much is seen, and cut at all places. */
static const size_t chunks[] = {0, 1, 7, 64, 300, 509, 1000, 4096};

/* In all ways that change what a document means, and with all kernels. */
static uint64_t compare_ways(enum errata_framing framing, const char *name,
                             const struct bytes *input) {
    uint64_t known = 0;
    for (unsigned way = 0; way < 8; way++) {
        for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
            for (size_t k = 0; k < errata__n_kernels; k++) {
                const struct how how = {.name = name,
                                        .framing = framing,
                                        .chunk = chunks[i],
                                        .keep_going = (way & 1) == 0,
                                        .strict = (way & 2) != 0,
                                        .digit_names = (way & 4) != 0,
                                        .times = 3,
                                        .lane = errata__kernels[k]->name};
                if (errata__kernels[k]->runs() && (way == 0 || (i + way + k) % 4 == 0)) {
                    known += compare_lanes(how, name, input->data, input->length);
                }
            }
        }
    }
    return known;
}

static void compare_folder(const char *folder, enum errata_framing framing, unsigned least) {
    DIR *directory = opendir(folder);
    struct dirent *entry;
    unsigned files = 0;
    uint64_t known = 0;
    cr_assert(directory != NULL);
    while ((entry = readdir(directory)) != NULL) {
        if (is_case(entry->d_name)) {
            char path[1024];
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            struct bytes input = bytes_of_file(path);
            known += compare_ways(framing, entry->d_name, &input);
            bytes_free(&input);
            files++;
        }
    }
    closedir(directory);
    cr_expect(files >= least);
    cr_expect(known > 10 * files, "only %llu issues were known", (unsigned long long)known);
}

Test(lane, cases_auto) {
    compare_folder(CASES, ERRATA_FRAMING_AUTO, 100);
}

Test(lane, cases_lines) {
    compare_folder(CASES, ERRATA_FRAMING_LINES, 100);
}

Test(lane, cases_stream) {
    compare_folder(CASES, ERRATA_FRAMING_STREAM, 100);
}

Test(lane, examples) {
    compare_folder(EXAMPLES, ERRATA_FRAMING_AUTO, 3);
}

static uint64_t known_of(const char *open, const char *differs, unsigned times) {
    struct bytes text = {0};
    struct outcome outcome;
    for (unsigned i = 0; i < 20000 / times; i++) {
        bytes_add_text(&text, open);
        for (unsigned k = 0; k < times; k++) {
            bytes_print(&text, "%s%s%u\"}", k > 0 ? "," : "", differs, i * times + k);
        }
        bytes_add_text(&text, "]}\n");
    }
    read_bytes(&outcome, &(struct how){.framing = ERRATA_FRAMING_LINES}, text.data, text.length);
    cr_expect(outcome.status == ERRATA_OK && outcome.stats.issues == 20000);
    uint64_t known = outcome.stats.known_issues;
    outcome_free(&outcome);
    bytes_free(&text);
    return known;
}

/* Known issues of two bytes do not make up for what is between them, which is never known: the lane is left. Larger
   ones do, or as many of them. */
Test(lane, little_is_known) {
    static const char open[] = "{\"status\":\"FAILED\",\"errors\":[";
    cr_expect_lt(known_of(open, "{\"errors\":[{}],\"key\":\"K", 20), 4000);
    cr_expect_lt(known_of(open, "{\"errors\":[{}],\"key\":\"K", 1), 4000);
    cr_expect_gt(known_of(open,
                          "{\"errors\":[{\"code\":\"custom\",\"path\":[\"one\",\"two\",\"three\"],"
                          "\"message\":\"The value is not one of these\"}],\"key\":\"K",
                          20),
                 16000);
}
