/*
 * Payloads to measure with: as many bytes as wanted, always the same for the same arguments. What varies is what
 * reading is sensitive to: how much of the text comes again, how positions differ, how long a document is.
 */
#ifndef ERRATA_BENCH_GENERATE_H
#define ERRATA_BENCH_GENERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "writer.h"

struct bench_rule;

/* What a payload's documents look like. */
struct bench_shape {
    const char *name;
    const char *help;
    /* Each once in a document, unless the fields below say otherwise. NULL: documents without errors. */
    const struct bench_rule *rules;
    /* Bytes of the payload where nothing else is asked for. */
    uint64_t bytes;
    /* Elements of the application that each rule complains about, one behind the other from a random first. */
    uint64_t rows;
    /* Of a hundred issues so many are left out at random, so that nothing comes again by the period. */
    uint64_t dropped;
    /* Issues of a document, all of one rule. 0: no such limit. */
    uint64_t most;
    /* One document. */
    bool single;
    /* No two paths are equal: rows only grow. */
    bool growing;
    bool pretty;
    /* Positions are strings, as the API declares them; Zod sends numbers. */
    bool digit_strings;
};

extern const struct bench_shape bench_shapes[];
extern const size_t n_bench_shapes;

/* NULL when there is none of this name. */
const struct bench_shape *bench_find_shape(const char *name);

/* Where to end: with the document in which one of these is reached. 0 in a field means no such end. */
struct bench_size {
    uint64_t bytes;
    uint64_t documents;
    uint64_t issues;
};

/* Hands a payload to take, in pieces. False: take did not want any more. */
bool bench_generate(const struct bench_shape *shape, const struct bench_size *size, uint64_t seed,
                    bench_take *take, void *ctx);

#endif
