/*
 * Tables for people: columns as wide as what is in them, fitted into the width there is. First every row
 * is measured, then each is added to a line; so rows are made twice and none has to be kept.
 */
#ifndef ERRATA_CLI_TABLE_H
#define ERRATA_CLI_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include <errata/diff.h>
#include <errata/query.h>
#include <errata/text.h>

#include "memory.h"

/* All fields and what errata diff says of each side. */
#define TABLE_COLUMNS (ERRATA_FIELDS + 2 + 2 * ERRATA_DIFF_SIDES)
/* Blanks between columns where there is room for them. */
#define TABLE_GAP 2

struct table_cell {
    struct errata_text text;
    /* In a column of numbers. */
    uint64_t number;
};

/* Where values that are too long are cut, so that rows can be told apart. */
enum table_cut {
    TABLE_CUT_BACK,
    TABLE_CUT_MIDDLE,
    TABLE_CUT_FRONT
};

struct table_column {
    const char *title;
    bool number;
    /* Of the values; of numbers, which are cut last and behind, of the title. */
    enum table_cut cut;
    /* Set by measuring and fitting. */
    size_t natural;
    /* Of a column of numbers without its title. */
    size_t digits;
    size_t width;
};

struct table {
    struct table_column columns[TABLE_COLUMNS];
    size_t n_columns;
    /* Blanks between columns; set by fitting. */
    size_t gap;
    bool color;
    /* Nothing is cut: columns are padded, and what is longer sticks out. */
    bool uncut;
};

/* Returns the column, for what else there is to say of it. */
struct table_column *table_column(struct table *table, const char *title, bool number);
/* A column of a field's values. */
void table_field(struct table *table, enum errata_field field);
void table_measure(struct table *table, const struct table_cell *cells);
/* width: columns that there are; 0: as many as it takes. Cuts text first, then titles of numbers, then gaps,
   and last the numbers themselves. Returns the columns of a whole row. */
size_t table_fit(struct table *table, size_t width);
/* Without a line end. padded: also behind the last cell, for something to follow. */
void table_titles(const struct table *table, struct line *line, bool padded);
void table_row(const struct table *table, struct line *line, const struct table_cell *cells,
               bool padded);

/* The shortest bar that tells something. */
#define TABLE_LEAST_BAR 8
/* How long bars can be behind rows that take so many of the columns; 0: there is no room for any. */
size_t table_bar_room(size_t used, size_t width);
/* Adds a bar behind a padded row, as long as `value` is of `most`. */
void table_bar(const struct table *table, struct line *line, uint64_t value, uint64_t most,
               size_t width);

#endif
