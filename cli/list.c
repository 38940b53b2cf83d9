/*
 * errata list: the issues themselves, in the order of the input.
 */
#include <stdio.h>
#include <stdlib.h>

#include "color.h"
#include "command.h"
#include "core/fail.h"
#include "core/text.h"
#include "database.h"
#include "show.h"
#include "table.h"
#include "told.h"

enum {
    RECORD,
    KEY,
    CODE,
    PATH,
    MESSAGE,
    COLUMNS
};

/* Room for what the index only has in pieces. */
struct scratch {
    struct line path;
    struct line place;
};

/* The names of a path are in an index once, however often they are in the path. */
#define PATH_MOST ((size_t)4 << 30)

static enum errata_status path_of(struct errata_text *out, const struct errata_index *index,
                                  uint32_t id, struct line *line, struct errata_error *error) {
    size_t length = errata_index_path(index, id, line->data, line->capacity);

    if (length >= PATH_MOST) {
        return errata__fail(error, ERRATA_LIMIT_MEMORY,
                            "the path of an issue is %zu bytes of text, and 4 GiB is the most; "
                            "leave it out with a condition (--where), or group by other fields",
                            length);
    }
    if (length >= line->capacity) {
        line->length = 0;
        line_fill(line, ' ', length + 1);
        length = errata_index_path(index, id, line->data, line->capacity);
    }
    *out = (struct errata_text){line->data, length};
    return ERRATA_OK;
}

static enum errata_status fill_cells(struct table_cell cells[COLUMNS],
                                     const struct errata_index *index, uint32_t id,
                                     struct scratch *scratch, struct errata_error *error) {
    struct errata_whole_issue found = {0};

    errata_index_whole_issue(index, id, &found);
    cells[RECORD].text = show_record(&found, &scratch->place);
    cells[KEY].text = found.rule_error.key;
    cells[CODE].text = found.issue.code;
    cells[MESSAGE].text = found.issue.message;
    return path_of(&cells[PATH].text, index, id, &scratch->path, error);
}

/* What is done with each row; first the one, then the other, over the same issues. */
struct pass {
    struct table *table;
    struct output *output;
    struct line line;
    uint64_t rows;
    bool measuring;
};

static enum errata_status walk(struct pass *pass, struct errata_query *query,
                               const struct errata_index *index, const struct settings *settings,
                               struct errata_error *error) {
    struct table_cell cells[COLUMNS] = {0};
    struct scratch scratch = {0};
    struct errata_matches *matches;
    uint32_t id = 0;
    enum errata_status status =
        errata_query_match(&matches, query, settings->offset, settings_limit(settings), error);

    while (status == ERRATA_OK && pass->output->status == ERRATA_OK) {
        status = errata_matches_next(matches, &id, error);
        if (status || id == ERRATA_NONE) {
            break;
        }
        status = fill_cells(cells, index, id, &scratch, error);
        if (status) {
            break;
        }
        if (pass->measuring) {
            table_measure(pass->table, cells);
            pass->rows++;
        } else {
            table_row(pass->table, &pass->line, cells, false);
            line_words(&pass->line, "\n");
            output_line(pass->output, &pass->line);
        }
    }
    errata_matches_free(matches);
    line_free(&scratch.path);
    line_free(&scratch.place);
    return status;
}

static enum errata_status add_footer(struct line *line, uint64_t rows, struct errata_query *query,
                                     struct errata_error *error) {
    char shown[ERRATA__DIGITS_SIZE];
    char issues[ERRATA__DIGITS_SIZE];
    char records[ERRATA__DIGITS_SIZE];
    struct errata_totals *totals;
    struct errata_total total;
    enum errata_status status = errata_query_totals(&totals, query, error);

    if (status) {
        return status;
    }
    errata_totals_get(totals, &total);
    errata_totals_free(totals);
    errata__text_digits(shown, rows);
    errata__text_digits(issues, total.issues);
    errata__text_digits(records, total.records_with_issues);
    line_words(line, rows > 0 ? "\n" : "");
    if (rows < total.issues) {
        line_format(line, "%s of ", shown);
    }
    line_format(line, "%s issue%s in %s record%s\n", issues, total.issues == 1 ? "" : "s", records,
                total.records_with_issues == 1 ? "" : "s");
    return ERRATA_OK;
}

static enum errata_status write_table(struct run *run, struct errata_error *error) {
    struct errata_query *query = run->sides->query;
    const struct errata_index *index = run->sides->index;
    const struct settings *settings = run->settings;
    struct output *output = run->output;
    struct table table = {.color = color_wanted(settings->color, output)};
    struct pass pass = {.table = &table, .output = output, .measuring = true};
    enum errata_status status;
    size_t width;

    table_column(&table, "record", false)->cut = TABLE_CUT_MIDDLE;
    table_column(&table, "key", false)->cut = TABLE_CUT_MIDDLE;
    table_column(&table, "code", false)->cut = TABLE_CUT_MIDDLE;
    table_column(&table, "path", false)->cut = TABLE_CUT_FRONT;
    table_column(&table, "message", false);
    status = walk(&pass, query, index, settings, error);
    if (status) {
        return status;
    }
    width = show_columns(output->fd);
    table_fit(&table, width);
    if (pass.rows > 0) {
        table_titles(&table, &pass.line, false);
        line_words(&pass.line, "\n");
    }
    pass.measuring = false;
    status = walk(&pass, query, index, settings, error);
    if (status == ERRATA_OK) {
        size_t start = pass.line.length;

        status = add_footer(&pass.line, pass.rows, query, error);
        show_wrapped(&pass.line, start, width);
        told_unread(&pass.line, run->sides, run->n_sides, width);
    }
    output_line(output, &pass.line);
    line_free(&pass.line);
    return status;
}

/* Counting looks at all issues once more, so it is done only where some may be missing. */
static enum errata_status say_cut(const struct errata_matches *matches,
                                  const struct settings *settings, struct errata_error *error) {
    uint64_t limit = settings_limit(settings);
    uint64_t total;
    enum errata_status status;

    if (limit == 0 && settings->offset == 0) {
        return ERRATA_OK;
    }
    status = errata_matches_total(matches, &total, error);
    if (status == ERRATA_OK) {
        uint64_t left = settings->offset < total ? total - settings->offset : 0;

        command_say_cut(settings, limit > 0 && limit < left ? limit : left, total, "issue",
                        settings->format == FORMAT_JSON || settings->format == FORMAT_SQLITE);
    }
    return status;
}

static enum errata_status answer(struct run *run, struct errata_error *error) {
    struct errata_query *query = run->sides->query;
    const struct errata_index *index = run->sides->index;
    const struct settings *settings = run->settings;
    const struct errata_export_options how = command_export_options(settings);
    struct output *output = run->output;
    struct errata_matches *matches;
    enum errata_status status;

    if (settings->format == FORMAT_TABLE) {
        return write_table(run, error);
    }
    status = errata_query_match(&matches, query, settings->offset, settings_limit(settings), error);
    if (status == ERRATA_OK && settings->format == FORMAT_SQLITE) {
        status = database_write(matches, run, error);
    } else if (status == ERRATA_OK) {
        status = errata_export_issues(matches, index, &how, output_write, output, error);
    }
    if (status == ERRATA_OK && output->status == ERRATA_OK) {
        status = say_cut(matches, settings, error);
    }
    errata_matches_free(matches);
    return status;
}

const struct command command_list = {
    .name = "list",
    .bit = COMMAND_LIST,
    .about = "Lists issues, each with its record, rule key, code, path, message.",
    .examples = {"errata list --path 'borrowers[*].income' --limit 0 loans.ndjson",
                 "errata list --where 'code !in [\"custom\"]' --format ndjson - < a.json"},
    .run = answer,
};
