/*
 * Markdown with a bound: prose of our own, and tables whose cells are the input's.
 */
#ifndef ERRATA_EXPORT_MARKDOWN_H
#define ERRATA_EXPORT_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"

/* More tables than anything has. */
#define ERRATA__MARKDOWN_TABLES 6

/* What was written, and what was left out. */
struct errata__markdown {
    /* A piece before it is known to fit: a row, a paragraph. */
    struct errata__buffer piece;
    /* Bytes that may still be written. */
    uint64_t left;
    /* Something did not fit; a value was too long. */
    bool full;
    bool cut;
    /* Of each table so far, what its rows are called, how many it has, and how many there are. */
    struct {
        const char *noun;
        uint64_t shown;
        uint64_t total;
    } tables[ERRATA__MARKDOWN_TABLES];
    size_t n_tables;
};

#endif
