/*
 * errata summary: one screen that tells what is there.
 */
#include <stdio.h>
#include <string.h>

#include "color.h"
#include "command.h"
#include "core/text.h"
#include "show.h"
#include "table.h"
#include "totals.h"

/* The screen where there is none. */
#define COLUMNS 80
#define LINES 24
/* Around the top lists: what they take beside their rows, and how many rows are enough. */
#define LIST_LINES 2
#define MOST_ROWS 10
#define FEWEST_ROWS 3

static const enum errata_field top_fields[] = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE,
                                               ERRATA_FIELD_PATTERN};
static const char *const top_names[][2] = {
    {"key", "keys"}, {"code", "codes"}, {"pattern", "patterns"}};
#define TOP_LISTS (sizeof top_fields / sizeof *top_fields)

/* All that is shown. */
struct parts {
    const struct errata_index *index;
    struct errata_totals *totals;
    struct errata_groups *top[TOP_LISTS];
};

static enum errata_status ask(struct parts *parts, struct errata_query *query, uint64_t limit,
                              struct errata_error *error) {
    enum errata_status status = ERRATA_OK;

    for (size_t i = 0; i < TOP_LISTS && status == ERRATA_OK; i++) {
        const struct errata_grouping by = {
            .fields = {top_fields[i]}, .n_fields = 1, .limit = limit};

        status = errata_query_group(&parts->top[i], query, &by, error);
    }
    return status;
}

static void free_parts(struct parts *parts) {
    for (size_t i = 0; i < TOP_LISTS; i++) {
        errata_groups_free(parts->top[i]);
    }
    errata_totals_free(parts->totals);
}

static void fill_cells(struct table_cell cells[3], const struct errata_group *group) {
    cells[0].text = group->values[0];
    cells[1].number = group->issues;
    cells[2].number = group->records;
}

/* `10 of 512 keys`, `1 key` */
static void title_of(char title[64], const struct errata_groups *groups, size_t list) {
    char shown[ERRATA__DIGITS_SIZE];
    char total[ERRATA__DIGITS_SIZE];
    uint64_t n_total = errata_groups_total(groups);
    uint64_t n_shown = errata_groups_count(groups);

    errata__text_digits(shown, n_shown);
    errata__text_digits(total, n_total);
    snprintf(title, 64, "%s%s%s %s", n_shown < n_total ? shown : "",
             n_shown < n_total ? " of " : "", total, top_names[list][n_total != 1]);
}

/* How the lists are laid out, all of them alike. */
struct layout {
    struct table table;
    char titles[TOP_LISTS][64];
    /* Of a screen, of a bar (0: there are none). */
    size_t width;
    size_t bar;
    bool bars;
    /* There is no room beside the title for those of the numbers. */
    bool alone;
};

static void write_list(const struct errata_groups *groups, struct layout *layout, size_t list,
                       struct output *output) {
    const char *title = layout->titles[list];
    struct table *table = &layout->table;
    struct table_cell cells[3] = {0};
    struct line line = {0};
    struct errata_group group;
    uint64_t most = 0;

    line_words(&line, "\n");
    if (layout->alone) {
        color_add(&line, table->color, COLOR_HEADING);
        show_text(&line, (struct errata_text){title, strlen(title)}, layout->width);
        color_add(&line, table->color, COLOR_PLAIN);
    } else {
        table->columns[0].title = title;
        table_titles(table, &line, false);
    }
    table->columns[0].cut =
        top_fields[list] == ERRATA_FIELD_PATTERN ? TABLE_CUT_FRONT : TABLE_CUT_MIDDLE;
    line_words(&line, "\n");
    for (uint64_t i = 0; errata_groups_at(groups, i, &group) && output->status == ERRATA_OK; i++) {
        fill_cells(cells, &group);
        most = i == 0 ? group.issues : most;
        table_row(table, &line, cells, true);
        if (layout->bar > 0) {
            table_bar(table, &line, group.issues, most, layout->bar);
        }
        line_words(&line, "\n");
        output_line(output, &line);
    }
    output_line(output, &line);
    line_free(&line);
}

/* Titles come first, then bars, then values in full. */
static void fit(struct layout *layout, size_t title) {
    struct table *table = &layout->table;
    size_t beside = title;
    size_t used;

    for (size_t i = 1; i < table->n_columns; i++) {
        beside += TABLE_GAP + table->columns[i].natural;
    }
    layout->alone = beside > layout->width;
    if (layout->bars && beside + TABLE_GAP + TABLE_LEAST_BAR <= layout->width) {
        used = table_fit(table, layout->width - TABLE_GAP - TABLE_LEAST_BAR);
        layout->bar = table_bar_room(used, layout->width);
        return;
    }
    for (size_t i = 1; i < table->n_columns && layout->alone; i++) {
        table->columns[i].natural = table->columns[i].digits;
    }
    table_fit(table, layout->width);
}

static void write_lists(const struct parts *parts, const struct settings *settings,
                        struct output *output, size_t width) {
    struct layout layout = {.width = width,
                            .bars = bars_wanted(settings->color, output),
                            .table = {.color = color_wanted(settings->color, output)}};
    struct table_cell cells[3] = {0};
    struct errata_group group;
    size_t widest = 0;

    table_column(&layout.table, "", false);
    table_column(&layout.table, "issues", true);
    table_column(&layout.table, "records", true);
    for (size_t list = 0; list < TOP_LISTS; list++) {
        size_t length;

        title_of(layout.titles[list], parts->top[list], list);
        length = strlen(layout.titles[list]);
        widest = length > widest ? length : widest;
        for (uint64_t i = 0; errata_groups_at(parts->top[list], i, &group); i++) {
            fill_cells(cells, &group);
            table_measure(&layout.table, cells);
        }
    }
    if (layout.table.columns[0].natural < widest && widest <= width) {
        layout.table.columns[0].natural = widest;
    }
    fit(&layout, widest);
    for (size_t list = 0; list < TOP_LISTS; list++) {
        if (errata_groups_total(parts->top[list]) > 0) {
            write_list(parts->top[list], &layout, list, output);
        }
    }
}

/* How many rows each list may have so that all of it is on one screen, with a line for the prompt. */
static uint64_t rows_for(const struct parts *parts, const struct output *output) {
    size_t lines = show_lines(output->fd);
    struct errata_counts counts;
    size_t others;
    size_t rows;

    errata_index_counts(parts->index, &counts);
    others = counts.rejects > 0 ? 7 : 6;
    others += totals_scopes(parts->index).limited > 0 ? 1 : 0;
    lines = lines > 0 ? lines : LINES;
    lines = lines > others ? lines - others : 0;
    rows = lines < TOP_LISTS * (LIST_LINES + FEWEST_ROWS) ? FEWEST_ROWS
                                                          : lines / TOP_LISTS - LIST_LINES;
    return rows < MOST_ROWS ? rows : MOST_ROWS;
}

/* What people read in a comment is as short as what they read on a screen. */
static uint64_t export_limit(const struct settings *settings) {
    bool brief = settings->format == FORMAT_MARKDOWN && settings->limit == LIMIT_DEFAULT;

    return brief ? MOST_ROWS : settings_limit(settings);
}

/* Formats of rows have no place for it. */
static enum errata_status say_cut(struct errata_query *query, const struct settings *settings,
                                  struct errata_error *error) {
    struct parts parts = {0};
    uint64_t limit = settings_limit(settings);
    bool rows = settings->format != FORMAT_JSON && settings->format != FORMAT_MARKDOWN;
    enum errata_status status = ERRATA_OK;

    if (limit > 0 && rows) {
        status = ask(&parts, query, limit, error);
    }
    for (size_t i = 0; i < TOP_LISTS && limit > 0 && rows && status == ERRATA_OK; i++) {
        command_say_cut(settings, errata_groups_count(parts.top[i]),
                        errata_groups_total(parts.top[i]), top_names[i][0], false);
    }
    free_parts(&parts);
    return status;
}

static enum errata_status answer(struct run *run, struct errata_error *error) {
    struct errata_query *query = run->sides->query;
    const struct errata_index *index = run->sides->index;
    const struct settings *settings = run->settings;
    struct output *output = run->output;
    const struct errata_export_options how = command_export_options(settings);
    struct parts parts = {.index = index};
    size_t width = show_columns(output->fd);
    enum errata_status status;

    if (settings->format != FORMAT_TABLE) {
        status = errata_export_summary(query, index, export_limit(settings), &how, output_write,
                                       output, error);
        return status ? status : say_cut(query, settings, error);
    }
    status = errata_query_totals(&parts.totals, query, error);
    if (status == ERRATA_OK) {
        status = ask(&parts, query,
                     settings->limit == LIMIT_DEFAULT ? rows_for(&parts, output) : settings->limit,
                     error);
    }
    if (status == ERRATA_OK) {
        width = width > 0 ? width : COLUMNS;
        totals_write(parts.index, parts.totals, settings, output, width);
        write_lists(&parts, settings, output, width);
    }
    free_parts(&parts);
    return status;
}

const struct command command_summary = {
    .name = "summary",
    .bit = COMMAND_SUMMARY,
    .about = "Shows totals, and the most frequent rule keys, codes and places.",
    .examples = {"errata summary run.ndjson.gz",
                 "errata summary --status FAILED --format json runs/"},
    .run = answer,
};
