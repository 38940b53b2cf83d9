/*
 * A text with numbers to fill in, laid out once, so that writing it takes as few copies as there are numbers.
 */
#ifndef ERRATA_BENCH_TEMPLATE_H
#define ERRATA_BENCH_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "writer.h"

/* The most numbers in a text, and its most bytes when laid out. */
#define BENCH_HOLES 32
#define BENCH_TEMPLATE_SIZE 8192

/* A number to be filled in. */
struct bench_hole {
    /* Bytes of the text between the hole before and this one. */
    size_t before;
    /* Which number: 0 is the row, 1 the element, 2 the serial number. */
    size_t number;
};

struct bench_template {
    struct bench_hole holes[BENCH_HOLES];
    size_t n_holes;
    /* Without the holes. */
    size_t length;
    char text[BENCH_TEMPLATE_SIZE];
};

/* How to lay a text out. */
struct bench_layout {
    /* As JSON.stringify(value, null, 2) does, in front of it a line end. */
    bool pretty;
    /* A number that stands outside of strings becomes a string. */
    bool digit_strings;
    /* Containers that are open where the text begins. */
    unsigned depth;
};

/*
 * Makes a template of the parts of compact JSON, one behind the other, in which BENCH_ROW and the like stand for
 * numbers. The last part is NULL. Too long a text is a mistake in payload*.c, and ends the program.
 */
void bench_template_make(struct bench_template *template, const struct bench_layout *layout,
                         const char *const *parts);

/* Writes it with row, element and serial number filled in. */
void bench_template_write(const struct bench_template *template, struct bench_writer *writer,
                          const uint64_t numbers[3]);

#endif
