/*
 * How a fuzz target reads, from two of its first bytes; what these mean stands at the head of each target.
 */
#ifndef ERRATA_TESTS_HOW_H
#define ERRATA_TESTS_HOW_H

#include "../unit/reading.h"

/* token, document: bytes in a step of these limits. */
static inline struct how how_of(uint8_t flags, uint8_t limit, unsigned token, unsigned document) {
    struct how how = {
        .name = (flags & 32) != 0 ? "name.ndjson" : "name",
        .framing = (enum errata_framing)(flags % 4 % 3),
        .keep_going = (flags & 4) != 0,
        .strict = (flags & 8) != 0,
        .digit_names = (flags & 16) != 0,
    };
    switch (limit / 32) {
    case 4:
        how.limits.token = 1 + limit % 32 * token;
        break;
    case 5:
        how.limits.document = 1 + limit % 32 * document;
        break;
    case 6:
        how.limits.depth = 1 + limit % 32;
        break;
    case 7:
        how.limits.issues = 1 + limit % 32;
        break;
    default:
        break;
    }
    return how;
}

#endif
