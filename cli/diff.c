/*
 * errata diff: what changed from one run to another. In a table that is the groups which are not the same
 * any more; programs get all of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <errata/diff.h>

#include "color.h"
#include "command.h"
#include "core/fail.h"
#include "core/text.h"
#include "diff-gate.h"
#include "show.h"
#include "table.h"
#include "told.h"

/* The most columns that a file's name takes within a sentence. */
#define NAME_COLUMNS 40

static enum exit_status prepare(void **state, const struct settings *settings) {
    struct diff_gate *gate = allocate(NULL, 1, sizeof *gate);
    enum exit_status status = EXIT_GOOD;

    memset(gate, 0, sizeof *gate);
    *state = gate;
    if (settings->files.count > ERRATA_DIFF_SIDES) {
        say("errata diff compares %d inputs at most, not %zu", ERRATA_DIFF_SIDES,
            settings->files.count);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < settings->fail_on.count && status == EXIT_GOOD; i++) {
        status = diff_gate_parse(gate, settings->fail_on.at[i]);
    }
    return status;
}

/* The groups of a table: without those that are the same, and of the others those that --offset and --limit
   let through. */
struct rows {
    const struct errata_diff *diff;
    uint64_t at;
    uint64_t skip;
    /* UINT64_MAX is all. */
    uint64_t left;
};

static struct rows rows_of(const struct errata_diff *diff, const struct settings *settings) {
    uint64_t limit = settings_limit(settings);

    return (struct rows){diff, 0, settings->offset, limit == 0 ? UINT64_MAX : limit};
}

static bool next_row(struct rows *rows, struct errata_difference *out) {
    while (rows->left > 0 && errata_diff_at(rows->diff, rows->at, out)) {
        rows->at++;
        if (out->change == ERRATA_CHANGE_SAME) {
            continue;
        }
        if (rows->skip == 0) {
            rows->left--;
            return true;
        }
        rows->skip--;
    }
    return false;
}

enum {
    SIDE_CELLS = 6
};

static void fill_side(struct table_cell cells[SIDE_CELLS], const struct run *run,
                      const struct errata_diff *diff, size_t number) {
    const char *name = run->sides[number].name;
    struct errata_diff_side side = {0};

    errata_diff_side_at(diff, number, &side);
    cells[0].number = number + 1;
    cells[1].text = (struct errata_text){name, strlen(name)};
    cells[2].number = side.issues;
    cells[3].number = side.records;
    cells[4].number = side.records_total;
    cells[5].number = side.rejects;
}

static bool any_rejects(const struct errata_diff *diff) {
    struct errata_diff_side side = {0};
    bool any = false;

    for (size_t i = 0; errata_diff_side_at(diff, i, &side); i++) {
        any = any || side.rejects > 0;
    }
    return any;
}

/* Which number belongs to which input, and what was found there. */
static void write_sides(const struct run *run, const struct errata_diff *diff, size_t width) {
    struct table table = {.color = color_wanted(run->settings->color, run->output)};
    struct table_cell cells[SIDE_CELLS] = {0};
    struct line line = {0};

    table_column(&table, "side", true);
    table_column(&table, "input", false)->cut = TABLE_CUT_MIDDLE;
    table_column(&table, "issues", true);
    table_column(&table, "records", true);
    table_column(&table, "all records", true);
    if (any_rejects(diff)) {
        table_column(&table, "rejects", true);
    }
    for (size_t i = 0; i < run->n_sides; i++) {
        fill_side(cells, run, diff, i);
        table_measure(&table, cells);
    }
    table_fit(&table, width);
    table_titles(&table, &line, false);
    line_words(&line, "\n");
    for (size_t i = 0; i < run->n_sides; i++) {
        fill_side(cells, run, diff, i);
        table_row(&table, &line, cells, false);
        line_words(&line, "\n");
    }
    output_line(run->output, &line);
    line_free(&line);
}

static void fill_cells(struct table_cell *cells, const struct errata_difference *one,
                       size_t n_fields, size_t n_sides) {
    const char *change = errata_change_name(one->change);
    size_t n = 0;

    cells[n++].text = (struct errata_text){change, strlen(change)};
    for (size_t i = 0; i < n_fields; i++) {
        cells[n++].text = one->values[i];
    }
    for (size_t i = 0; i < n_sides; i++) {
        cells[n++].number = one->issues[i];
    }
    for (size_t i = 0; i < n_sides; i++) {
        cells[n++].number = one->records[i];
    }
    cells[n].number = one->newly_failing;
}

/* Returns how many groups were listed. */
static uint64_t write_groups(const struct run *run, const struct errata_diff *diff, size_t width) {
    const struct errata_grouping *by = errata_diff_grouping(diff);
    struct table table = {.color = color_wanted(run->settings->color, run->output)};
    struct table_cell cells[TABLE_COLUMNS] = {0};
    char titles[2][ERRATA_DIFF_SIDES][32];
    struct errata_difference one;
    struct rows rows = rows_of(diff, run->settings);
    struct line line = {0};
    uint64_t count = 0;

    table_column(&table, "change", false);
    for (size_t i = 0; i < by->n_fields; i++) {
        table_field(&table, by->fields[i]);
    }
    for (size_t which = 0; which < 2; which++) {
        for (size_t i = 0; i < run->n_sides; i++) {
            snprintf(titles[which][i], sizeof titles[which][i], "%s %zu",
                     which == 0 ? "issues" : "records", i + 1);
            /* The side's number stays. */
            table_column(&table, titles[which][i], true)->cut = TABLE_CUT_MIDDLE;
        }
    }
    table_column(&table, "newly failing", true);
    for (; next_row(&rows, &one); count++) {
        fill_cells(cells, &one, by->n_fields, run->n_sides);
        table_measure(&table, cells);
    }
    if (count == 0) {
        return 0;
    }
    table_fit(&table, width);
    line_words(&line, "\n");
    table_titles(&table, &line, false);
    line_words(&line, "\n");
    rows = rows_of(diff, run->settings);
    while (next_row(&rows, &one) && run->output->status == ERRATA_OK) {
        fill_cells(cells, &one, by->n_fields, run->n_sides);
        table_row(&table, &line, cells, false);
        line_words(&line, "\n");
        output_line(run->output, &line);
    }
    line_free(&line);
    return count;
}

/* `3 changed groups: 1 new, 2 grown; 7 are the same`, `2 of 3 changed groups: ...` */
static void add_groups(struct line *line, const struct errata_diff_totals *totals, uint64_t shown) {
    char count[ERRATA__DIGITS_SIZE];
    uint64_t same = totals->groups[ERRATA_CHANGE_SAME];
    uint64_t changed = 0;
    const char *before = ": ";

    for (unsigned i = 0; i < ERRATA_CHANGE_SAME; i++) {
        changed += totals->groups[i];
    }
    if (shown < changed) {
        errata__text_digits(count, shown);
        line_format(line, "%s of ", count);
    }
    errata__text_digits(count, changed);
    line_format(line, "%s changed group%s", changed == 0 ? "no" : count, changed == 1 ? "" : "s");
    for (unsigned i = 0; i < ERRATA_CHANGE_SAME; i++) {
        if (totals->groups[i] > 0) {
            errata__text_digits(count, totals->groups[i]);
            line_format(line, "%s%s %s", before, count, errata_change_name((enum errata_change)i));
            before = ", ";
        }
    }
    errata__text_digits(count, same);
    line_format(line, "; %s %s the same\n", same == 0 ? "none" : count, same == 1 ? "is" : "are");
}

static void add_records(struct line *line, const struct errata_diff_totals *totals) {
    const struct {
        uint32_t count;
        const char *words;
    } parts[] = {{totals->newly_failing, "newly failing"},
                 {totals->no_longer_failing, "no longer failing"},
                 {totals->still_failing, "still failing"},
                 {totals->added, "added"},
                 {totals->removed, "removed"}};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char count[ERRATA__DIGITS_SIZE];

        errata__text_digits(count, parts[i].count);
        line_format(line, "%s%s %s", i == 0 ? "records: " : ", ", count, parts[i].words);
    }
    line_words(line, "\n");
}

/* `5 records without ids in a.ndjson and 1 in b.ndjson are counted, not matched` */
static void add_unnamed(struct line *line, const struct run *run, const struct errata_diff *diff,
                        size_t width) {
    struct errata_diff_side side = {0};
    size_t last = 0;
    bool first = true;

    for (size_t i = 0; errata_diff_side_at(diff, i, &side); i++) {
        last = side.unnamed > 0 ? i : last;
    }
    for (size_t i = 0; errata_diff_side_at(diff, i, &side); i++) {
        char count[ERRATA__DIGITS_SIZE];
        const char *name = run->sides[i].name;

        if (side.unnamed == 0) {
            continue;
        }
        errata__text_digits(count, side.unnamed);
        if (first) {
            line_format(line, "%s record%s without an id in ", count, side.unnamed == 1 ? "" : "s");
        } else {
            line_format(line, "%s%s in ", i == last ? " and " : ", ", count);
        }
        show_text_middle(line, (struct errata_text){name, strlen(name)},
                         width > 0 && width < NAME_COLUMNS ? width : NAME_COLUMNS);
        if (i == last) {
            line_format(line, " %s counted, not matched\n",
                        first && side.unnamed == 1 ? "is" : "are");
        }
        first = false;
    }
}

static void write_table(const struct run *run, const struct errata_diff *diff) {
    struct errata_diff_totals totals;
    struct line line = {0};
    size_t width = show_columns(run->output->fd);
    uint64_t shown;

    errata_diff_totals_get(diff, &totals);
    write_sides(run, diff, width);
    shown = write_groups(run, diff, width);
    line_words(&line, "\n");
    add_groups(&line, &totals, shown);
    add_records(&line, &totals);
    add_unnamed(&line, run, diff, width);
    show_wrapped(&line, 0, width);
    told_unread(&line, run->sides, run->n_sides, width);
    output_line(run->output, &line);
    line_free(&line);
}

/* A side without anything looks like one where all is well. */
static void say_empty(const struct run *run) {
    for (size_t i = 0; i < run->n_sides; i++) {
        struct errata_counts counts;

        errata_index_counts(run->sides[i].index, &counts);
        if (counts.documents == 0) {
            say("%s: there was no status document in it", run->sides[i].name);
        }
    }
}

/* The library knows sides by number; whoever named them wants their names. */
static enum errata_status check_sides(const struct run *run, struct errata_error *error) {
    bool on = errata_index_digit_names(run->sides[0].index);

    for (size_t i = 1; i < run->n_sides; i++) {
        if (errata_index_digit_names(run->sides[i].index) != on) {
            return errata__fail(error, ERRATA_MISMATCH,
                                "%s was made with --digit-names and %s without, so they do not "
                                "compare; give the option, and a saved index without it must be "
                                "made again",
                                run->sides[on ? 0 : i].name, run->sides[on ? i : 0].name);
        }
    }
    return ERRATA_OK;
}

static uint64_t all_groups(const struct errata_diff *diff) {
    struct errata_diff_totals totals;
    uint64_t count = 0;

    errata_diff_totals_get(diff, &totals);
    for (int i = 0; i < ERRATA_CHANGES; i++) {
        count += totals.groups[i];
    }
    return count;
}

static enum errata_status answer(struct run *run, struct errata_error *error) {
    const struct settings *settings = run->settings;
    struct errata_query *queries[ERRATA_DIFF_SIDES];
    struct errata_text names[ERRATA_DIFF_SIDES];
    struct errata_grouping by = command_grouping(settings);
    const struct errata_export_options how = command_export_options(settings);
    struct errata_diff *diff;
    enum errata_status status;

    if (settings->format == FORMAT_TABLE) {
        /* They are about what is not the same. */
        by.offset = 0;
        by.limit = 0;
    }
    for (size_t i = 0; i < run->n_sides; i++) {
        queries[i] = run->sides[i].query;
        names[i] = (struct errata_text){run->sides[i].name, strlen(run->sides[i].name)};
    }
    status = check_sides(run, error);
    if (status == ERRATA_OK) {
        status = errata_query_diff(&diff, queries, run->n_sides, &by, error);
    }
    if (status) {
        return status;
    }
    say_empty(run);
    run->gate_failed = diff_gate_fails(run->state, diff);
    if (settings->format == FORMAT_TABLE) {
        write_table(run, diff);
    } else if (settings->format == FORMAT_JUNIT) {
        status = errata_export_junit_diff(diff, output_write, run->output, error);
    } else {
        status = errata_export_diff(diff, names, &how, output_write, run->output, error);
        command_say_cut(settings, errata_diff_count(diff), all_groups(diff), "group", false);
    }
    errata_diff_free(diff);
    return status;
}

const struct command command_diff = {
    .name = "diff",
    .bit = COMMAND_DIFF,
    .operands = "OLD NEW [MORE]...",
    .about = "Compares runs: which groups are new, gone, grown or shrunk.",
    .examples = {"errata diff --fail-on new,grown yesterday.errata today.ndjson",
                 "errata diff --by key --format csv -o keys.csv mon/ tue/ wed/"},
    .least_sides = 2,
    .prepare = prepare,
    .release = free,
    .run = answer,
};
