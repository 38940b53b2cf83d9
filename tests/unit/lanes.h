/*
 * For tests of the fast lane: reading with it and without it, which must come to the same.
 */
#ifndef ERRATA_TESTS_LANES_H
#define ERRATA_TESTS_LANES_H

#include <criterion/criterion.h>

#include "reading.h"

/* Compares the kernel how.lane with the lane closed. Returns how many issues the lane knew. */
static inline uint64_t compare_lanes(struct how how, const char *name, const char *data,
                                     size_t length) {
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

/* The same with every kernel that runs here. */
static inline uint64_t compare_kernels(struct how how, const char *name, const char *data,
                                       size_t length) {
    uint64_t known = 0;
    for (size_t i = 0; i < errata__n_kernels; i++) {
        if (errata__kernels[i]->runs()) {
            how.lane = errata__kernels[i]->name;
            known = compare_lanes(how, name, data, length);
        }
    }
    return known;
}

/* What is known, with one byte changed, at every place: for the parser, or the same all the same. */
static inline void compare_near_misses(const char *before, const char *text, const char *behind) {
    static const char bytes[] = "\"\\{}[],:09a \n\x01\x0B\x80-";
    size_t from = strlen(before);
    struct bytes all = {0};
    bytes_add_text(&all, before);
    bytes_add_text(&all, text);
    bytes_add_text(&all, behind);
    for (size_t at = from; at < from + strlen(text); at++) {
        char kept = all.data[at];
        for (size_t i = 0; i < sizeof bytes; i++) {
            struct how how = {.framing = ERRATA_FRAMING_LINES, .keep_going = true};
            all.data[at] = bytes[i];
            compare_kernels(how, all.data, all.data, all.length);
            how.keep_going = false;
            how.framing = ERRATA_FRAMING_STREAM;
            compare_kernels(how, all.data, all.data, all.length);
        }
        all.data[at] = kept;
    }
    bytes_free(&all);
}

/* Without the nth block of memory, for each n up to the most: read as with the lane closed, or no memory. */
static inline void compare_without_memory(const struct bytes *text, long most) {
    struct outcome whole;
    read_bytes(&whole, &(struct how){.lane = "off"}, text->data, text->length);
    for (long n = 1; n <= most; n++) {
        struct how how = {.fail_at = n, .lane = "portable"};
        struct outcome outcome;
        read_bytes(&outcome, &how, text->data, text->length);
        cr_expect(outcome.status == ERRATA_OK || outcome.status == ERRATA_NO_MEMORY);
        cr_expect(outcome.status != ERRATA_OK || outcomes_differ(&whole, &outcome) == NULL);
        cr_expect(outcome_free(&outcome) == 0);
    }
    outcome_free(&whole);
}

#endif
