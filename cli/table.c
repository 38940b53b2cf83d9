/*
 * Tables: see table.h.
 */
#include "table.h"

#include <string.h>

#include "color.h"
#include "core/text.h"
#include "show.h"

/* Columns are cut to this before titles of numbers and gaps have to give way. */
#define NARROWEST 4
/* Where nothing is cut, one long value should not push the whole column to the right. */
#define WIDEST_PADDING 64
/* A longer bar tells no more. */
#define MOST_BAR 24

struct table_column *table_column(struct table *table, const char *title, bool number) {
    struct table_column *column = &table->columns[table->n_columns++];

    *column = (struct table_column){.title = title, .number = number};
    column->natural = show_text(NULL, (struct errata_text){title, strlen(title)}, SHOW_ALL);
    return column;
}

/* Sentences are read from their beginning; names within one app tend to begin alike. */
static enum table_cut cut_of(enum errata_field field) {
    if (field == ERRATA_FIELD_PATH || field == ERRATA_FIELD_PATTERN) {
        return TABLE_CUT_FRONT;
    }
    if (field == ERRATA_FIELD_KEY || field == ERRATA_FIELD_CODE || field == ERRATA_FIELD_RECORD ||
        field == ERRATA_FIELD_SOURCE) {
        return TABLE_CUT_MIDDLE;
    }
    return TABLE_CUT_BACK;
}

void table_field(struct table *table, enum errata_field field) {
    table_column(table, errata_field_name(field), false)->cut = cut_of(field);
}

static size_t cell_width(const struct table_column *column, const struct table_cell *cell) {
    char digits[ERRATA__DIGITS_SIZE];

    return column->number ? errata__text_digits(digits, cell->number)
                          : show_text(NULL, cell->text, SHOW_ALL);
}

void table_measure(struct table *table, const struct table_cell *cells) {
    for (size_t i = 0; i < table->n_columns; i++) {
        size_t width = cell_width(&table->columns[i], &cells[i]);

        if (width > table->columns[i].natural) {
            table->columns[i].natural = width;
        }
        if (table->columns[i].number && width > table->columns[i].digits) {
            table->columns[i].digits = width;
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
    return share > 1 ? share : 1;
}

static size_t least_of(size_t one, size_t other) {
    return one < other ? one : other;
}

/* The least columns of a row in which no text is cut below `text`, and no column of numbers below `number`
   unless its digits need less or more. Sets those of the numbers. */
static size_t row_with(struct table *table, size_t text, size_t number) {
    size_t all = table->n_columns > 0 ? table->gap * (table->n_columns - 1) : 0;

    for (size_t i = 0; i < table->n_columns; i++) {
        struct table_column *column = &table->columns[i];

        column->width = least_of(column->natural, column->number ? number : text);
        if (column->number && column->width < column->digits) {
            column->width = column->digits;
        }
        all += column->width;
    }
    return all;
}

/* Takes from the widest number until it fits: a number that is cut at least does not break the line. */
static void cut_numbers(struct table *table, size_t too_much) {
    while (too_much > 0) {
        struct table_column *widest = NULL;

        for (size_t i = 0; i < table->n_columns; i++) {
            struct table_column *column = &table->columns[i];

            if (column->number && column->width > (widest ? widest->width : 1)) {
                widest = column;
            }
        }
        if (!widest) {
            return;
        }
        widest->width--;
        too_much--;
    }
}

/* Sets the widths of numbers and the gap for a table that has to be cut; returns the share of text. */
static size_t squeeze(struct table *table, size_t width) {
    size_t row = row_with(table, NARROWEST, SHOW_ALL);
    size_t taken;

    if (row > width) {
        row = row_with(table, NARROWEST, NARROWEST);
    }
    if (row > width) {
        table->gap = 1;
        row = row_with(table, NARROWEST, NARROWEST);
    }
    if (row > width) {
        row = row_with(table, 1, 1);
        cut_numbers(table, row > width ? row - width : 0);
    }
    taken = table->gap * (table->n_columns - 1);
    for (size_t i = 0; i < table->n_columns; i++) {
        taken += table->columns[i].number ? table->columns[i].width : 0;
    }
    return fair_share(table, width > taken ? width - taken : 0);
}

size_t table_fit(struct table *table, size_t width) {
    size_t share = WIDEST_PADDING;
    size_t all;

    table->gap = TABLE_GAP;
    table->uncut = width == 0;
    all = row_with(table, SHOW_ALL, SHOW_ALL);
    if (width > 0) {
        share = all <= width ? SHOW_ALL : squeeze(table, width);
    }
    all = table->n_columns > 0 ? table->gap * (table->n_columns - 1) : 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        struct table_column *column = &table->columns[i];

        if (!column->number) {
            column->width = least_of(column->natural, share);
        }
        all += column->width;
    }
    return all;
}

static void add_number(struct line *line, const struct table_column *column, uint64_t number) {
    char digits[ERRATA__DIGITS_SIZE];
    size_t length = errata__text_digits(digits, number);

    line_fill(line, ' ', length < column->width ? column->width - length : 0);
    show_text(line, (struct errata_text){digits, length}, column->width);
}

static void add_text(const struct table *table, struct line *line,
                     const struct table_column *column, struct errata_text text, bool pad) {
    bool faint = table->color && !text.data;
    /* A title is read from its beginning; only one of numbers may say otherwise. */
    bool title = text.data == column->title && !column->number;
    enum table_cut cut = title ? TABLE_CUT_BACK : column->cut;
    size_t width = table->uncut ? SHOW_ALL : column->width;
    size_t used;

    color_add(line, faint, COLOR_FAINT);
    used = cut == TABLE_CUT_FRONT    ? show_text_end(line, text, width)
           : cut == TABLE_CUT_MIDDLE ? show_text_middle(line, text, width)
                                     : show_text(line, text, width);
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

        line_fill(line, ' ', i > 0 ? table->gap : 0);
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

        line_fill(line, ' ', i > 0 ? table->gap : 0);
        if (column->number) {
            add_number(line, column, cells[i].number);
        } else {
            add_text(table, line, column, cells[i].text, padded || i + 1 < table->n_columns);
        }
    }
}

size_t table_bar_room(size_t used, size_t width) {
    size_t room = width > used + TABLE_GAP ? width - used - TABLE_GAP : 0;

    return room < TABLE_LEAST_BAR ? 0 : least_of(room, MOST_BAR);
}

/* Eighths of a column, so that small differences show. */
void table_bar(const struct table *table, struct line *line, uint64_t value, uint64_t most,
               size_t width) {
    static const char *const parts[] = {"",
                                        "\xE2\x96\x8F",
                                        "\xE2\x96\x8E",
                                        "\xE2\x96\x8D",
                                        "\xE2\x96\x8C",
                                        "\xE2\x96\x8B",
                                        "\xE2\x96\x8A",
                                        "\xE2\x96\x89",
                                        "\xE2\x96\x88"};
    size_t eighths = most > 0 ? (size_t)((double)value / (double)most * 8.0 * (double)width) : 0;

    /* Something is never nothing. */
    if (eighths == 0 && value > 0) {
        eighths = 1;
    }
    line_fill(line, ' ', TABLE_GAP);
    color_add(line, table->color, COLOR_BAR);
    for (; eighths >= 8; eighths -= 8) {
        line_words(line, parts[8]);
    }
    line_words(line, parts[eighths]);
    color_add(line, table->color, COLOR_PLAIN);
}
