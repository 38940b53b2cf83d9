/*
 * How paths and patterns are written: `borrowers[17].income`, `a["two words"]`, `(root)`.
 */
#ifndef ERRATA_CORE_PATH_H
#define ERRATA_CORE_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/text.h>

/* The most digits of a position. */
#define ERRATA__POSITION_DIGITS 18

/* Writes like snprintf: counts everything, stores what fits, always leaves room for a NUL. */
struct errata__path_writer {
    char *out;
    size_t size;
    size_t length;
};

/* out may be NULL when size is 0. */
void errata__path_begin(struct errata__path_writer *writer, char *out, size_t size);
/* Bare, or as ["..."] with JSON escapes. */
void errata__path_name(struct errata__path_writer *writer, struct errata_text name);
/* [17] */
void errata__path_position(struct errata__path_writer *writer, uint64_t position);
/* [*] */
void errata__path_any_position(struct errata__path_writer *writer);
/* Writes (root) when nothing was written, and the NUL. Returns the length of the whole text. */
size_t errata__path_end(struct errata__path_writer *writer);

/* Is text a position: `0` or [1-9][0-9]{0,17}? Then sets *position. */
bool errata__position_parse(const char *text, size_t length, uint64_t *position);

/* May the name be written without quotes: [A-Za-z_$][A-Za-z0-9_$]*? */
bool errata__name_is_bare(struct errata_text name);

#endif
