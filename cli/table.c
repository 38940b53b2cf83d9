/*
 * Tables: see table.h.
 */
#include "table.h"

#include <string.h>

#include "color.h"
#include "show.h"

/* Between columns. */
#define GAP 2
/* What a column of text keeps when there is no room at all. */
#define NARROWEST 4
/* Where nothing is cut, one long value should not push the whole column to the right. */
#define WIDEST_PADDING 64

void table_column(struct table *table, const char *title, bool number) {
    struct table_column *column = &table->columns[table->n_columns++];

    *column = (struct table_column){.title = title, .number = number};
    column->natural = show_text(NULL, (struct errata_text){title, strlen(title)}, SHOW_ALL);
}

static size_t cell_width(const struct table_column *column, const struct table_cell *cell) {
    char digits[SHOW_COUNT_SIZE];

    return column->number ? show_count(digits, cell->number)
                          : show_text(NULL, cell->text, SHOW_ALL);
}

void table_measure(struct table *table, const struct table_cell *cells) {
    for (size_t i = 0; i < table->n_columns; i++) {
        size_t width = cell_width(&table->columns[i], &cells[i]);

        if (width > table->columns[i].natural) {
            table->columns[i].natural = width;
        }
    }
}

/* The most that each column of text may have when they share `room`: narrow ones keep what they need, and
   what they leave is for the others. */
static size_t fair_share(const struct table *table, size_t room) {
    size_t share = 0;
    size_t open = 0;
    size_t least;

    do {
        size_t taken = 0;

        least = share;
        open = 0;
        for (size_t i = 0; i < table->n_columns; i++) {
            const struct table_column *column = &table->columns[i];

            if (column->number) {
                continue;
            }
            if (column->natural <= share) {
                taken += column->natural;
            } else {
                open++;
            }
        }
        if (open > 0 && room > taken) {
            share = (room - taken) / open;
        }
    } while (open > 0 && share > least);
    return share > NARROWEST ? share : NARROWEST;
}

size_t table_fit(struct table *table, size_t width) {
    size_t gaps = table->n_columns > 0 ? GAP * (table->n_columns - 1) : 0;
    size_t numbers = 0;
    size_t all = gaps;
    size_t share = WIDEST_PADDING;

    for (size_t i = 0; i < table->n_columns; i++) {
        all += table->columns[i].natural;
        numbers += table->columns[i].number ? table->columns[i].natural : 0;
    }
    table->uncut = width == 0;
    if (width > 0) {
        share = all <= width
                    ? SHOW_ALL
                    : fair_share(table, width > gaps + numbers ? width - gaps - numbers : 0);
    }
    all = gaps;
    for (size_t i = 0; i < table->n_columns; i++) {
        struct table_column *column = &table->columns[i];

        column->width = column->number || column->natural < share ? column->natural : share;
        all += column->width;
    }
    return all;
}

static void add_number(struct line *line, const struct table_column *column, uint64_t number) {
    char digits[SHOW_COUNT_SIZE];
    size_t length = show_count(digits, number);

    line_fill(line, ' ', length < column->width ? column->width - length : 0);
    line_words(line, digits);
}

static void add_text(const struct table *table, struct line *line,
                     const struct table_column *column, struct errata_text text, bool pad) {
    bool faint = table->color && !text.data;
    size_t used;

    color_add(line, faint, COLOR_FAINT);
    used = show_text(line, text, table->uncut ? SHOW_ALL : column->width);
    color_add(line, faint, COLOR_PLAIN);
    if (pad) {
        line_fill(line, ' ', used < column->width ? column->width - used : 0);
    }
}

void table_titles(const struct table *table, struct line *line, bool padded) {
    color_add(line, table->color, COLOR_HEADING);
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct table_column *column = &table->columns[i];
        struct errata_text title = {column->title, strlen(column->title)};
        size_t width = show_text(NULL, title, column->width);

        line_fill(line, ' ', i > 0 ? GAP : 0);
        if (column->number) {
            line_fill(line, ' ', column->width - width);
        }
        add_text(table, line, column, title,
                 !column->number && (padded || i + 1 < table->n_columns));
    }
    color_add(line, table->color, COLOR_PLAIN);
}

void table_row(const struct table *table, struct line *line, const struct table_cell *cells,
               bool padded) {
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct table_column *column = &table->columns[i];

        line_fill(line, ' ', i > 0 ? GAP : 0);
        if (column->number) {
            add_number(line, column, cells[i].number);
        } else {
            add_text(table, line, column, cells[i].text, padded || i + 1 < table->n_columns);
        }
    }
}
