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

#endif
