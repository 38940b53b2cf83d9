/*
 * errata group: which values come together, how often, in how many records.
 */
#include "color.h"
#include "command.h"
#include "core/text.h"
#include "show.h"
#include "table.h"
#include "told.h"

/* A rule of SARIF is a key. */
static enum exit_status prepare(void **state, const struct settings *settings) {
    bool has_key = settings->n_by == 0;

    *state = NULL;
    for (size_t i = 0; i < settings->n_by; i++) {
        has_key = has_key || settings->by[i] == ERRATA_FIELD_KEY;
    }
    if (settings->format == FORMAT_SARIF && !has_key) {
        say("--format sarif has a rule for each key, so --by needs key as well");
        return EXIT_USAGE;
    }
    return EXIT_GOOD;
}

static void fill_cells(struct table_cell *cells, const struct errata_group *group,
                       size_t n_fields) {
    for (size_t i = 0; i < n_fields; i++) {
        cells[i].text = group->values[i];
    }
    cells[n_fields].number = group->issues;
    cells[n_fields + 1].number = group->records;
}

/* `35 groups`, `20 of 35 groups`; then what they are made of. */
static void add_footer(struct line *line, const struct errata_groups *groups, size_t width) {
    size_t start = line->length;
    char total[ERRATA__DIGITS_SIZE];
    char shown[ERRATA__DIGITS_SIZE];
    char issues[ERRATA__DIGITS_SIZE];
    char records[ERRATA__DIGITS_SIZE];
    uint64_t n_groups = errata_groups_total(groups);
    uint64_t n_shown = errata_groups_count(groups);
    uint64_t n_issues = errata_groups_issues(groups);
    uint64_t n_records = errata_groups_records(groups);

    errata__text_digits(total, n_groups);
    errata__text_digits(shown, n_shown);
    errata__text_digits(issues, n_issues);
    errata__text_digits(records, n_records);
    if (n_shown < n_groups) {
        line_format(line, "%s of ", shown);
    }
    line_format(line, "%s group%s; %s issue%s in %s record%s\n", total, n_groups == 1 ? "" : "s",
                issues, n_issues == 1 ? "" : "s", records, n_records == 1 ? "" : "s");
    show_wrapped(line, start, width);
}

/* What the groups are sorted by. */
static uint64_t weight_of(const struct errata_group *group, const struct settings *settings) {
    return settings->sort == ERRATA_ORDER_RECORDS ? group->records : group->issues;
}

static void write_table(const struct errata_groups *groups, const struct run *run) {
    const struct settings *settings = run->settings;
    struct output *output = run->output;
    const struct errata_grouping *by = errata_groups_grouping(groups);
    struct table_cell cells[TABLE_COLUMNS] = {0};
    struct table table = {.color = color_wanted(settings->color, output)};
    struct line line = {0};
    struct errata_group group;
    size_t width = show_columns(output->fd);
    size_t bar = 0;
    uint64_t most = 0;

    for (size_t i = 0; i < by->n_fields; i++) {
        table_field(&table, by->fields[i]);
    }
    table_column(&table, "issues", true);
    table_column(&table, "records", true);
    for (uint64_t i = 0; errata_groups_at(groups, i, &group); i++) {
        fill_cells(cells, &group, by->n_fields);
        table_measure(&table, cells);
        most = weight_of(&group, settings) > most ? weight_of(&group, settings) : most;
    }
    bar = table_bar_room(table_fit(&table, width), width);
    bar = bars_wanted(settings->color, output) ? bar : 0;
    if (errata_groups_count(groups) > 0) {
        table_titles(&table, &line, false);
        line_words(&line, "\n");
    }
    for (uint64_t i = 0; errata_groups_at(groups, i, &group) && output->status == ERRATA_OK; i++) {
        fill_cells(cells, &group, by->n_fields);
        table_row(&table, &line, cells, bar > 0);
        if (bar > 0) {
            table_bar(&table, &line, weight_of(&group, settings), most, bar);
        }
        line_words(&line, "\n");
        output_line(output, &line);
    }
    line_words(&line, errata_groups_count(groups) > 0 ? "\n" : "");
    add_footer(&line, groups, width);
    told_unread(&line, run->sides, run->n_sides, width);
    output_line(output, &line);
    line_free(&line);
}

/* What --limit leaves out was asked for; what the format leaves out was not. */
static enum errata_status write_sarif(const struct errata_groups *groups,
                                      const struct errata_index *index, struct output *output,
                                      struct errata_error *error) {
    uint64_t count = errata_groups_count(groups);
    uint64_t results = 0;
    enum errata_status status =
        errata_export_sarif(groups, index, &results, output_write, output, error);

    if (status == ERRATA_OK && results < count) {
        say("the %llu smallest of %llu groups are left out: GitHub takes 25000 results and 10 MB "
            "of gzip; --where and --min choose",
            (unsigned long long)(count - results), (unsigned long long)count);
    }
    if (status == ERRATA_OK && results > ERRATA_SARIF_SHOWN) {
        say("of %llu results GitHub shows %d of its own choice; --limit %d makes them the largest",
            (unsigned long long)results, ERRATA_SARIF_SHOWN, ERRATA_SARIF_SHOWN);
    }
    return status;
}

static enum errata_status answer(struct run *run, struct errata_error *error) {
    struct errata_query *query = run->sides->query;
    const struct errata_index *index = run->sides->index;
    const struct settings *settings = run->settings;
    struct output *output = run->output;
    struct errata_grouping by = command_grouping(settings);
    const struct errata_export_options how = command_export_options(settings);
    struct errata_groups *groups;
    enum errata_status status;

    status = errata_query_group(&groups, query, &by, error);
    if (status) {
        return status;
    }
    if (settings->format == FORMAT_TABLE) {
        write_table(groups, run);
    } else if (settings->format == FORMAT_JUNIT) {
        status = errata_export_junit_groups(groups, query, index, output_write, output, error);
    } else if (settings->format == FORMAT_SARIF) {
        status = write_sarif(groups, index, output, error);
    } else {
        status = errata_export_groups(groups, index, &how, output_write, output, error);
        command_say_cut(settings, errata_groups_count(groups), errata_groups_total(groups), "group",
                        false);
    }
    errata_groups_free(groups);
    return status;
}

const struct command command_group = {
    .name = "group",
    .bit = COMMAND_GROUP,
    .about = "Counts issues and records by key, code and pattern, or as --by says.",
    .examples = {"errata group --by key,message --code custom loans.ndjson",
                 "errata group --sort records --format csv -o groups.csv runs/"},
    .prepare = prepare,
    .run = answer,
};
