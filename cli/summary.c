/*
 * errata summary: one screen that tells what is there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "color.h"
#include "command.h"
#include "show.h"
#include "table.h"

/* The screen where there is none. */
#define COLUMNS 80
#define LINES 24
/* Around the top lists: what they take beside their rows, and how many rows are enough. */
#define LIST_LINES 2
#define MOST_ROWS 10
#define FEWEST_ROWS 3
/* Of a bar, with the gap before it. */
#define BAR_GAP 2
#define LEAST_BAR 8
#define MOST_BAR 24

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

/* A total with what it is made of: `FAILED 1,312, COMPLETED 688`, as many parts as fit. */
struct total_line {
    struct line line;
    /* Columns that there are, of a count, and that are taken. */
    size_t width;
    size_t count_width;
    size_t used;
    size_t parts;
    size_t left_out;
    /* The last place that leaves room for `, and 12 more`. */
    size_t cut;
    size_t cut_parts;
};

#define NAME_WIDTH 12
#define MORE_WIDTH 13
#define MOST_PART 32

static void start_total(struct total_line *total, const char *name, uint64_t count) {
    char digits[SHOW_COUNT_SIZE];

    show_count(digits, count);
    total->line.length = 0;
    line_format(&total->line, "%-*s %*s", NAME_WIDTH, name, (int)total->count_width, digits);
    total->used = NAME_WIDTH + 1 + total->count_width;
    total->parts = 0;
    total->left_out = 0;
    total->cut = total->line.length;
    total->cut_parts = 0;
}

static void add_part(struct total_line *total, struct errata_text name, uint64_t count) {
    char digits[SHOW_COUNT_SIZE];
    size_t needed = 2 + 1 + show_count(digits, count) + show_text(NULL, name, MOST_PART);

    if (total->left_out == 0 && total->used + needed > total->width) {
        total->line.length = total->cut;
        total->left_out = total->parts - total->cut_parts;
        total->parts = total->cut_parts;
    }
    if (total->left_out > 0 || total->used + needed > total->width) {
        total->left_out++;
        return;
    }
    line_words(&total->line, total->parts == 0 ? "  " : ", ");
    show_text(&total->line, name, MOST_PART);
    line_format(&total->line, " %s", digits);
    total->used += needed;
    total->parts++;
    if (total->used + MORE_WIDTH <= total->width) {
        total->cut = total->line.length;
        total->cut_parts = total->parts;
    }
}

static void end_total(struct total_line *total, struct output *output) {
    if (total->left_out > 0) {
        line_format(&total->line, total->parts == 0 ? "  %zu kinds" : ", and %zu more",
                    total->left_out);
    }
    line_words(&total->line, "\n");
    output_line(output, &total->line);
}

static void write_statuses(const struct parts *parts, struct total_line *line,
                           struct output *output, uint32_t documents) {
    struct errata_text status;
    uint32_t count;

    start_total(line, "documents", documents);
    for (size_t i = 0; errata_totals_status(parts->totals, i, &status, &count); i++) {
        add_part(line, status, count);
    }
    end_total(line, output);
}

static int by_count(const void *one, const void *other) {
    const struct errata_deviation *a = one;
    const struct errata_deviation *b = other;

    if (a->count != b->count) {
        return a->count < b->count ? 1 : -1;
    }
    return a->kind < b->kind ? -1 : a->kind > b->kind;
}

static void write_deviations(const struct parts *parts, struct total_line *line,
                             struct output *output, uint64_t deviations) {
    struct errata_deviation kinds[ERRATA_DEVIATION_KINDS] = {0};

    for (int kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        errata_index_deviation(parts->index, (enum errata_deviation_kind)kind, &kinds[kind]);
    }
    qsort(kinds, ERRATA_DEVIATION_KINDS, sizeof *kinds, by_count);
    start_total(line, "deviations", deviations);
    for (size_t i = 0; i < ERRATA_DEVIATION_KINDS && kinds[i].count > 0; i++) {
        const char *name = errata_deviation_name(kinds[i].kind);

        add_part(line, (struct errata_text){name, strlen(name)}, kinds[i].count);
    }
    end_total(line, output);
}

static void write_totals(const struct parts *parts, struct output *output, size_t width) {
    struct errata_total total;
    struct errata_counts counts;
    struct total_line line = {.width = width};
    char digits[SHOW_COUNT_SIZE];
    uint64_t most;

    errata_totals_get(parts->totals, &total);
    errata_index_counts(parts->index, &counts);
    /* No other total is greater than one of these. */
    most = total.documents > total.issues ? total.documents : total.issues;
    most = counts.deviations > most ? counts.deviations : most;
    most = counts.rejects > most ? counts.rejects : most;
    most = total.rule_errors > most ? total.rule_errors : most;
    line.count_width = show_count(digits, most);
    start_total(&line, "records", total.records);
    end_total(&line, output);
    write_statuses(parts, &line, output, total.documents);
    start_total(&line, "rule errors", total.rule_errors);
    end_total(&line, output);
    start_total(&line, "issues", total.issues);
    end_total(&line, output);
    write_deviations(parts, &line, output, counts.deviations);
    if (counts.rejects > 0) {
        start_total(&line, "rejects", counts.rejects);
        end_total(&line, output);
    }
    line_free(&line.line);
}

/* Eighths of a column, so that small differences show. */
static void add_bar(struct line *line, bool color, uint64_t value, uint64_t most, size_t width) {
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
    line_fill(line, ' ', BAR_GAP);
    color_add(line, color, COLOR_BAR);
    for (; eighths >= 8; eighths -= 8) {
        line_words(line, parts[8]);
    }
    line_words(line, parts[eighths]);
    color_add(line, color, COLOR_PLAIN);
}

static void fill_cells(struct table_cell cells[3], const struct errata_group *group) {
    cells[0].text = group->values[0];
    cells[1].number = group->issues;
    cells[2].number = group->records;
}

/* `10 of 512 keys`, `1 key` */
static void title_of(char title[64], const struct errata_groups *groups, size_t list) {
    char shown[SHOW_COUNT_SIZE];
    char total[SHOW_COUNT_SIZE];
    uint64_t n_total = errata_groups_total(groups);
    uint64_t n_shown = errata_groups_count(groups);

    show_count(shown, n_shown);
    show_count(total, n_total);
    snprintf(title, 64, "%s%s%s %s", n_shown < n_total ? shown : "",
             n_shown < n_total ? " of " : "", total, top_names[list][n_total != 1]);
}

static void write_list(const struct errata_groups *groups, struct table *table, size_t bar,
                       struct output *output) {
    struct table_cell cells[3] = {0};
    struct line line = {0};
    struct errata_group group;
    uint64_t most = 0;

    line_words(&line, "\n");
    table_titles(table, &line, false);
    line_words(&line, "\n");
    for (uint64_t i = 0; errata_groups_at(groups, i, &group) && output->status == ERRATA_OK; i++) {
        fill_cells(cells, &group);
        most = i == 0 ? group.issues : most;
        table_row(table, &line, cells, true);
        add_bar(&line, table->color, group.issues, most, bar);
        line_words(&line, "\n");
        output_line(output, &line);
    }
    output_line(output, &line);
    line_free(&line);
}

static void write_lists(const struct parts *parts, const struct settings *settings,
                        struct output *output, size_t width) {
    struct table table = {.color = color_wanted(settings->color, output)};
    struct table_cell cells[3] = {0};
    struct errata_group group;
    char titles[TOP_LISTS][64];
    size_t used;
    size_t bar;

    table_column(&table, "", false);
    table_column(&table, "issues", true);
    table_column(&table, "records", true);
    for (size_t list = 0; list < TOP_LISTS; list++) {
        title_of(titles[list], parts->top[list], list);
        cells[0].text = (struct errata_text){titles[list], strlen(titles[list])};
        table_measure(&table, cells);
        for (uint64_t i = 0; errata_groups_at(parts->top[list], i, &group); i++) {
            fill_cells(cells, &group);
            table_measure(&table, cells);
        }
        cells[1].number = 0;
        cells[2].number = 0;
    }
    used = table_fit(&table, width > LEAST_BAR + BAR_GAP ? width - LEAST_BAR - BAR_GAP : 1);
    bar = width > used + BAR_GAP + LEAST_BAR ? width - used - BAR_GAP : LEAST_BAR;
    for (size_t list = 0; list < TOP_LISTS; list++) {
        if (errata_groups_total(parts->top[list]) == 0) {
            continue;
        }
        table.columns[0].title = titles[list];
        write_list(parts->top[list], &table, bar < MOST_BAR ? bar : MOST_BAR, output);
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
    lines = lines > 0 ? lines : LINES;
    lines = lines > others ? lines - others : 0;
    rows = lines < TOP_LISTS * (LIST_LINES + FEWEST_ROWS) ? FEWEST_ROWS
                                                          : lines / TOP_LISTS - LIST_LINES;
    return rows < MOST_ROWS ? rows : MOST_ROWS;
}

static enum errata_status run(struct errata_query *query, const struct errata_index *index,
                              const struct settings *settings, struct output *output,
                              struct errata_error *error) {
    struct parts parts = {.index = index};
    size_t width = show_columns(output->fd);
    enum errata_status status;

    if (settings->format == FORMAT_JSON) {
        return errata_export_summary(query, index, settings_limit(settings), ERRATA_FORMAT_JSON,
                                     output_write, output, error);
    }
    status = errata_query_totals(&parts.totals, query, error);
    if (status == ERRATA_OK) {
        status = ask(&parts, query,
                     settings->limit == LIMIT_DEFAULT ? rows_for(&parts, output) : settings->limit,
                     error);
    }
    if (status == ERRATA_OK) {
        width = width > 0 ? width : COLUMNS;
        write_totals(&parts, output, width);
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
    .run = run,
};
