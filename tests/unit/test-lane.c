/*
 * Nobody can tell from the outcome whether there is a fast lane: every case file and example, read several times by
 * one reader, comes to the same index, rejects and errors with the lane closed and with each kernel, however it is cut.
 */
#include <criterion/criterion.h>

#include <dirent.h>

#include "reading.h"

#define CASES ERRATA_SOURCE_ROOT "/tests/cases"
#define EXAMPLES ERRATA_SOURCE_ROOT "/examples"

/* Compares a kernel with the lane closed. Returns how many issues the lane knew. */
static uint64_t compare(struct how how, const char *name, const char *data, size_t length) {
    struct outcome closed;
    struct outcome open;
    const char *kernel = how.lane;
    read_bytes(&open, &how, data, length);
    how.lane = "off";
    read_bytes(&closed, &how, data, length);
    const char *what = outcomes_differ(&closed, &open);
    cr_expect(what == NULL,
              "%s in pieces of %zu, kernel %s (framing %d, keep going %d, strict %d, digit names "
              "%d): %s\nclosed:\n%s %s\n%s\nopen:\n%s %s\n%s",
              name, how.chunk, kernel, (int)how.framing, how.keep_going, how.strict,
              how.digit_names, what, errata_status_text(closed.status),
              closed.status == ERRATA_OK ? "" : closed.error.message,
              closed.rejects.length > 0 ? closed.rejects.data : "", errata_status_text(open.status),
              open.status == ERRATA_OK ? "" : open.error.message,
              open.rejects.length > 0 ? open.rejects.data : "");
    cr_expect(open.stats.bytes == closed.stats.bytes || open.status != ERRATA_OK);
    cr_expect(open.stats.issues == closed.stats.issues);
    cr_expect(closed.stats.known_issues == 0);
    uint64_t known = open.stats.known_issues;
    cr_expect(outcome_free(&closed) == 0 && outcome_free(&open) == 0,
              "%s: blocks were not given back", name);
    return known;
}

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
                    known += compare(how, name, input->data, input->length);
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
