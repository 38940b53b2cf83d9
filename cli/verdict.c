/*
 * The verdict for people: see verdict.h. First a line for each clause; then, for those that do not hold, what is
 * behind them; then what concerns the baselines; and at the end, in a sentence, how it went.
 */
#include "verdict.h"
#include "core/text.h"

#include <string.h>

#include "color.h"
#include "show.h"
#include "table.h"

/* The end of what is said, and how wide it may be. */
struct page {
    const struct verdict *verdict;
    struct output *output;
    struct line line;
    size_t width;
    bool color;
};

static const char *result_of(const struct clause *clause) {
    return clause->passed ? "passed" : clause->rule->warn ? "warned" : "failed";
}

struct errata_text verdict_locator(const struct errata_index *index, uint32_t id,
                                   const struct errata_rule_error *rule_error, struct line *line) {
    size_t length = errata_index_path(index, id, NULL, 0);
    size_t start;

    line->length = 0;
    line_add(line, rule_error->key.data, rule_error->key.length);
    line_words(line, ":");
    start = line->length;
    line_fill(line, '\0', length + 1);
    errata_index_path(index, id, line->data + start, length + 1);
    line->length--;
    return (struct errata_text){line->data, line->length};
}

/* `issues`, or what a per cent is of. */
static struct errata_text unit_text(const struct clause *clause, struct line *line) {
    char digits[PERCENT_SIZE];

    line->length = 0;
    if (clause->limit == LIMIT_PERCENT) {
        percent_show(digits, clause->rule->most[LIMIT_PERCENT]);
        line_format(line, "records, %s%%", digits);
    } else if (clause->limit == LIMIT_NEW_GROUPS) {
        line_words(line, "new groups");
    } else if (clause->limit == LIMIT_CHANGED) {
        line_words(line, "new or grown groups");
    } else {
        line_words(line, clause_unit(clause));
    }
    return (struct errata_text){line->data, line->length};
}

enum {
    RESULT,
    CLAUSE,
    UNIT,
    ALLOWED,
    FOUND,
    COLUMNS
};

static void fill_clause(struct table_cell cells[COLUMNS], const struct clause *clause,
                        struct line *unit) {
    const char *result = result_of(clause);
    const char *name = clause_name(clause);

    cells[RESULT].text = (struct errata_text){result, strlen(result)};
    cells[CLAUSE].text = (struct errata_text){name, strlen(name)};
    cells[UNIT].text = unit_text(clause, unit);
    cells[ALLOWED].number = clause->allowed;
    cells[FOUND].number = clause->found;
}

static void add_clauses(struct page *page) {
    const struct clauses *clauses = page->verdict->clauses;
    struct table table = {.color = page->color};
    struct table_cell cells[COLUMNS] = {0};
    struct line unit = {0};

    if (clauses->count == 0) {
        return;
    }
    table_column(&table, "result", false);
    table_column(&table, "clause", false)->cut = TABLE_CUT_MIDDLE;
    table_column(&table, "limit", false);
    table_column(&table, "allowed", true);
    table_column(&table, "found", true);
    for (size_t i = 0; i < clauses->count; i++) {
        fill_clause(cells, &clauses->at[i], &unit);
        table_measure(&table, cells);
    }
    table_fit(&table, page->width);
    table_titles(&table, &page->line, false);
    line_words(&page->line, "\n");
    for (size_t i = 0; i < clauses->count; i++) {
        fill_clause(cells, &clauses->at[i], &unit);
        table_row(&table, &page->line, cells, false);
        line_words(&page->line, "\n");
    }
    line_words(&page->line, "\n");
    line_free(&unit);
    output_line(page->output, &page->line);
}

static struct errata_text change_text(enum change change) {
    static const char *const words[] = {"same", "new", "grown"};

    return (struct errata_text){words[change], strlen(words[change])};
}

/* What is said of groups beside their own counts. */
enum beside {
    BESIDE_NOTHING,
    /* How they changed, and how much of them counts. */
    BESIDE_COUNTED,
    /* How they changed, and what they were before. */
    BESIDE_KNOWN
};

static void fill_group(struct table_cell *cells, const struct page *page,
                       const struct shown_group *group, enum beside beside) {
    size_t n = page->verdict->by->n_fields;

    for (size_t i = 0; i < n; i++) {
        cells[i].text = group->values[i];
    }
    cells[n++].number = group->issues;
    cells[n++].number = group->records;
    if (beside != BESIDE_NOTHING) {
        cells[n++].text = change_text(group->change);
        cells[n++].number = beside == BESIDE_COUNTED ? group->counted : group->known.issues;
        cells[n].number = group->known.records;
    }
}

static void add_groups(struct page *page, const struct shown_group *groups, size_t count,
                       enum beside beside) {
    const struct errata_grouping *by = page->verdict->by;
    struct table table = {.color = page->color};
    struct table_cell cells[TABLE_COLUMNS] = {0};

    if (count == 0) {
        return;
    }
    for (size_t i = 0; i < by->n_fields; i++) {
        table_field(&table, by->fields[i]);
    }
    table_column(&table, "issues", true);
    table_column(&table, "records", true);
    if (beside != BESIDE_NOTHING) {
        table_column(&table, "change", false);
        table_column(&table, beside == BESIDE_COUNTED ? "counted" : "known issues", true);
    }
    if (beside == BESIDE_KNOWN) {
        table_column(&table, "known records", true);
    }
    for (size_t i = 0; i < count; i++) {
        fill_group(cells, page, &groups[i], beside);
        table_measure(&table, cells);
    }
    table_fit(&table, page->width);
    table_titles(&table, &page->line, false);
    line_words(&page->line, "\n");
    for (size_t i = 0; i < count; i++) {
        fill_group(cells, page, &groups[i], beside);
        table_row(&table, &page->line, cells, false);
        line_words(&page->line, "\n");
        output_line(page->output, &page->line);
    }
}

static void fill_example(struct table_cell cells[2], const struct errata_index *index, uint32_t id,
                         struct line *locator, struct line *place) {
    struct errata_whole_issue found = {0};

    errata_index_whole_issue(index, id, &found);
    cells[0].text = verdict_locator(index, id, &found.rule_error, locator);
    cells[1].text = show_record(&found, place);
}

static void add_examples(struct page *page, const struct clause *clause) {
    struct table table = {.color = page->color};
    struct table_cell cells[2] = {0};
    struct line locator = {0};
    struct line place = {0};

    if (clause->n_examples == 0) {
        return;
    }
    table_column(&table, "for example", false)->cut = TABLE_CUT_MIDDLE;
    table_column(&table, "record", false)->cut = TABLE_CUT_MIDDLE;
    for (size_t i = 0; i < clause->n_examples; i++) {
        fill_example(cells, page->verdict->index, clause->examples[i], &locator, &place);
        table_measure(&table, cells);
    }
    table_fit(&table, page->width);
    line_words(&page->line, "\n");
    table_titles(&table, &page->line, false);
    line_words(&page->line, "\n");
    for (size_t i = 0; i < clause->n_examples; i++) {
        fill_example(cells, page->verdict->index, clause->examples[i], &locator, &place);
        table_row(&table, &page->line, cells, false);
        line_words(&page->line, "\n");
    }
    line_free(&locator);
    line_free(&place);
}

/* `1 group`, `1,200 groups` */
static void add_count(struct line *line, uint64_t count, const char *noun) {
    char digits[ERRATA__DIGITS_SIZE];

    errata__text_digits(digits, count);
    line_format(line, "%s %s%s", digits, noun, count == 1 ? "" : "s");
}

/* Ends a paragraph that began at start. */
static void end_words(struct page *page, size_t start) {
    line_words(&page->line, "\n");
    show_wrapped(&page->line, start, page->width);
}

static void add_details(struct page *page, const struct clause *clause) {
    const char *name = clause_name(clause);
    struct line limit = {0};
    size_t room = page->width > 8 ? page->width - 8 : SHOW_ALL;

    unit_text(clause, &limit);
    line_format(&page->line, "%s: ", result_of(clause));
    /* An option's name tells what it limits. */
    if (clause->rule->name && room > limit.length + 8) {
        show_text(&page->line, (struct errata_text){name, strlen(name)}, room - limit.length - 3);
        line_words(&page->line, " (");
        line_add(&page->line, limit.data, limit.length);
        line_words(&page->line, ")\n");
    } else {
        show_text(&page->line, (struct errata_text){name, strlen(name)}, room);
        line_words(&page->line, "\n");
    }
    line_free(&limit);
    add_groups(page, clause->groups, clause->n_groups,
               page->verdict->settings->baseline ? BESIDE_COUNTED : BESIDE_NOTHING);
    add_examples(page, clause);
    line_words(&page->line, "\n");
    output_line(page->output, &page->line);
}

static void add_list(struct page *page, const struct shown_groups *groups, const char *title,
                     enum beside beside) {
    uint64_t limit = settings_limit(page->verdict->settings);
    size_t count = limit > 0 && groups->count > limit ? (size_t)limit : groups->count;
    size_t start = page->line.length;

    if (groups->count == 0) {
        return;
    }
    add_count(&page->line, groups->count, "group");
    line_words(&page->line, title);
    if (count < groups->count) {
        line_format(&page->line, ", %zu of them:", count);
    } else {
        line_words(&page->line, ":");
    }
    end_words(page, start);
    add_groups(page, groups->at, count, beside);
    line_words(&page->line, "\n");
}

static void add_end(struct page *page) {
    const struct verdict *verdict = page->verdict;
    const struct clauses *clauses = verdict->clauses;
    size_t start = page->line.length;
    char digits[ERRATA__DIGITS_SIZE];
    uint64_t holding = 0;
    uint64_t warned = 0;

    for (size_t i = 0; i < clauses->count; i++) {
        holding += clauses->at[i].passed;
        warned += !clauses->at[i].passed && clauses->at[i].rule->warn;
    }
    line_words(&page->line, verdict->failed         ? "failed: "
                            : verdict->rejects == 0 ? "passed: "
                                                    : "not passed: ");
    if (clauses->count > 0) {
        errata__text_digits(digits, holding);
        line_format(&page->line, "%s of ", digits);
        add_count(&page->line, clauses->count, "clause");
        line_format(&page->line, " hold%s", clauses->count == 1 ? "s" : "");
    } else {
        line_words(&page->line, "no clauses");
    }
    if (warned > 0) {
        errata__text_digits(digits, warned);
        line_format(&page->line, ", %s warned", digits);
    }
    if (verdict->settings->write_baseline && !verdict->written) {
        line_words(&page->line, ", the baseline was not written");
    }
    line_words(&page->line, "; ");
    add_count(&page->line, verdict->records, "record");
    line_words(&page->line, " read");
    if (verdict->rejects > 0) {
        line_words(&page->line, ", ");
        add_count(&page->line, verdict->rejects, "reject");
        line_words(&page->line, " could not be read");
    }
    end_words(page, start);
    if (verdict->written) {
        start = page->line.length;
        add_count(&page->line, verdict->n_written, "group");
        line_words(&page->line, " in the new baseline");
        if (verdict->n_dropped > 0) {
            line_words(&page->line, ", ");
            add_count(&page->line, verdict->n_dropped, "group");
            line_words(&page->line, " of the old one dropped");
        }
        end_words(page, start);
    }
}

void verdict_write_table(const struct verdict *verdict, struct output *output) {
    struct page page = {.verdict = verdict,
                        .output = output,
                        .width = show_columns(output->fd),
                        .color = color_wanted(verdict->settings->color, output)};

    add_clauses(&page);
    for (size_t i = 0; i < verdict->clauses->count; i++) {
        if (!verdict->clauses->at[i].passed) {
            add_details(&page, &verdict->clauses->at[i]);
        }
    }
    add_list(&page, &verdict->widened,
             verdict->written ? " more in the new baseline, or larger there"
                              : " would widen the baseline",
             BESIDE_KNOWN);
    add_list(&page, &verdict->stale, " of the baseline matched nothing any more", BESIDE_NOTHING);
    add_end(&page);
    output_line(output, &page.line);
    line_free(&page.line);
}
