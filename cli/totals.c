/*
 * The head of a summary: see totals.h.
 */
#include "totals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "filter.h"
#include "show.h"

#define NAME_WIDTH 12
/* Of `, and 12 more`. */
#define MORE_WIDTH 13
#define MOST_PART 32
/* What a line that goes on below must have left behind its indent. */
#define LEAST_ROOM 24
#define SMALL_INDENT 2
/* The most columns of what a scan was limited to: the whole line is one on a screen. */
#define SCOPE_WIDTH 40

/* A total with what it is made of: `FAILED 1,312, COMPLETED 688`, as many parts as fit. */
struct total_line {
    struct line line;
    /* Nothing is left out: what does not fit goes on below. */
    bool all;
    /* Only some issues are asked for, so it has to be said which totals are not of these. */
    bool filtered;
    /* Columns that there are, of a count, and that are taken. */
    size_t width;
    size_t count_width;
    size_t used;
    size_t parts;
    size_t left_out;
    /* The last place that leaves room for `, and 12 more`. */
    size_t cut;
    size_t cut_used;
    size_t cut_parts;
};

static void start_total(struct total_line *total, const char *name, uint64_t count) {
    char digits[ERRATA__DIGITS_SIZE];
    size_t length = errata__text_digits(digits, count);
    size_t room = total->width > total->count_width + 1 ? total->width - total->count_width - 1 : 1;
    size_t name_width = room < NAME_WIDTH ? room : NAME_WIDTH;

    total->line.length = 0;
    total->used = show_text(&total->line, (struct errata_text){name, strlen(name)}, name_width);
    line_fill(&total->line, ' ', name_width - total->used + 1 + total->count_width - length);
    line_words(&total->line, digits);
    total->used = name_width + 1 + total->count_width;
    total->parts = 0;
    total->left_out = 0;
    total->cut = total->line.length;
    total->cut_used = total->used;
    total->cut_parts = 0;
}

/* Where parts begin on a line of their own. */
static size_t indent_of(const struct total_line *total) {
    size_t indent = NAME_WIDTH + 1 + total->count_width + 2;

    return indent + LEAST_ROOM <= total->width ? indent : SMALL_INDENT;
}

static void go_on_below(struct total_line *total) {
    size_t indent = indent_of(total);

    line_words(&total->line, "\n");
    line_fill(&total->line, ' ', indent);
    total->used = indent;
}

/* Behind a total that no filter changes. */
static void say_all_input(struct total_line *total) {
    static const char words[] = "(all input)";

    if (!total->filtered) {
        return;
    }
    if (total->used + 2 + sizeof words - 1 > total->width) {
        go_on_below(total);
    } else {
        line_words(&total->line, "  ");
        total->used += 2;
    }
    line_words(&total->line, words);
    total->used += sizeof words - 1;
    total->cut = total->line.length;
    total->cut_used = total->used;
}

/* With all the others, on as many lines as it takes. */
static void add_to_all(struct total_line *total, struct errata_text name, const char *digits) {
    size_t room = total->width > SMALL_INDENT ? total->width - indent_of(total) : 1;
    size_t others = 1 + strlen(digits) + 1;
    size_t most = room > others ? room - others : 1;
    size_t needed = show_text(NULL, name, most) + others;

    line_words(&total->line, total->parts > 0 ? "," : "");
    if (total->used + 2 + needed > total->width) {
        go_on_below(total);
    } else {
        line_words(&total->line, total->parts > 0 ? " " : "  ");
        total->used += 2;
    }
    show_text(&total->line, name, most);
    line_format(&total->line, " %s", digits);
    /* A comma may follow, and was counted. */
    total->used += needed - 1;
    total->parts++;
}

static void add_part(struct total_line *total, struct errata_text name, uint64_t count) {
    char digits[ERRATA__DIGITS_SIZE];
    size_t needed = 2 + 1 + errata__text_digits(digits, count) + show_text(NULL, name, MOST_PART);

    if (total->all) {
        add_to_all(total, name, digits);
        return;
    }
    if (total->left_out == 0 && total->used + needed > total->width) {
        total->line.length = total->cut;
        total->used = total->cut_used;
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
        total->cut_used = total->used;
        total->cut_parts = total->parts;
    }
}

static void end_total(struct total_line *total, struct output *output) {
    char kinds[48];
    size_t length = (size_t)snprintf(kinds, sizeof kinds, "  %zu kind%s", total->left_out,
                                     total->left_out == 1 ? "" : "s");

    if (total->left_out > 0 && total->parts > 0) {
        line_format(&total->line, ", and %zu more", total->left_out);
    } else if (total->left_out > 0 && total->used + length <= total->width) {
        line_words(&total->line, kinds);
    }
    line_words(&total->line, "\n");
    output_line(output, &total->line);
}

static void write_statuses(const struct errata_totals *totals, struct total_line *line,
                           struct output *output, uint32_t documents) {
    struct errata_text status;
    uint32_t count;

    start_total(line, "documents", documents);
    for (size_t i = 0; errata_totals_status(totals, i, &status, &count); i++) {
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

static void write_deviations(const struct errata_index *index, struct total_line *line,
                             struct output *output, uint64_t deviations) {
    struct errata_deviation kinds[ERRATA_DEVIATION_KINDS] = {0};

    for (int kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        errata_index_deviation(index, (enum errata_deviation_kind)kind, &kinds[kind]);
    }
    qsort(kinds, ERRATA_DEVIATION_KINDS, sizeof *kinds, by_count);
    start_total(line, "deviations", deviations);
    say_all_input(line);
    for (size_t i = 0; i < ERRATA_DEVIATION_KINDS && kinds[i].count > 0; i++) {
        const char *name = errata_deviation_name(kinds[i].kind);

        add_part(line, (struct errata_text){name, strlen(name)}, kinds[i].count);
    }
    end_total(line, output);
}

struct scopes totals_scopes(const struct errata_index *index) {
    struct errata_source source = {0};
    struct scopes scopes = {0};

    for (; errata_index_source(index, scopes.sources, &source); scopes.sources++) {
        if (!source.scope.data) {
            continue;
        }
        if (!scopes.first.data) {
            scopes.first = source.scope;
        } else if (scopes.first.length != source.scope.length ||
                   memcmp(scopes.first.data, source.scope.data, source.scope.length) != 0) {
            scopes.differ = true;
        }
        scopes.limited++;
    }
    return scopes;
}

/* `Only records with --status FAILED were fetched.`: what is not there was not asked for, and may be well or not. */
static void write_scopes(const struct scopes *scopes, struct output *output, size_t width) {
    struct line line = {0};

    if (scopes->limited == 0) {
        return;
    }
    if (scopes->limited < scopes->sources) {
        line_format(&line, "In %u of %u sources, only records with ", scopes->limited,
                    scopes->sources);
    } else {
        line_words(&line, "Only records with ");
    }
    show_text(&line, scopes->first, SCOPE_WIDTH);
    line_words(&line, scopes->differ ? " (or others) were fetched.\n" : " were fetched.\n");
    show_wrapped(&line, 0, width);
    output_line(output, &line);
    line_free(&line);
}

void totals_write(const struct errata_index *index, const struct errata_totals *totals,
                  const struct settings *settings, struct output *output, size_t width) {
    struct errata_total total;
    struct errata_counts counts;
    struct total_line line = {
        .width = width, .all = settings->limit == 0, .filtered = filter_any(settings)};
    const struct scopes scopes = totals_scopes(index);
    char digits[ERRATA__DIGITS_SIZE];
    uint64_t most;

    errata_totals_get(totals, &total);
    errata_index_counts(index, &counts);
    /* No other total is greater than one of these. */
    most = total.documents > total.issues ? total.documents : total.issues;
    most = counts.deviations > most ? counts.deviations : most;
    most = counts.rejects > most ? counts.rejects : most;
    most = total.rule_errors > most ? total.rule_errors : most;
    line.count_width = errata__text_digits(digits, most);
    start_total(&line, "records", total.records);
    end_total(&line, output);
    write_statuses(totals, &line, output, total.documents);
    start_total(&line, "rule errors", total.rule_errors);
    end_total(&line, output);
    start_total(&line, "issues", total.issues);
    end_total(&line, output);
    write_deviations(index, &line, output, counts.deviations);
    if (counts.rejects > 0) {
        start_total(&line, "rejects", counts.rejects);
        say_all_input(&line);
        end_total(&line, output);
    }
    write_scopes(&scopes, output, width);
    line_free(&line.line);
}
