/*
 * A summary: totals, deviations, and the top keys, codes and patterns. JSON has all of it; other formats have rows,
 * which are those of the top lists.
 */
#include <errata/export.h>

#include <string.h>

#include "export/format.h"

/* What the top lists are of. */
static const enum errata_field top_fields[] = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE,
                                               ERRATA_FIELD_PATTERN};
#define TOP_LISTS (sizeof top_fields / sizeof *top_fields)

static struct errata__cell number_cell(const char *name, uint64_t number) {
    return (struct errata__cell){.name = name, .kind = ERRATA__CELL_NUMBER, .number = number};
}

static void write_totals(struct errata__sink *sink, const struct errata_totals *totals,
                         const struct errata_index *index) {
    struct errata_total total;
    struct errata_counts counts;
    struct errata_text status;
    uint32_t documents;

    errata_totals_get(totals, &total);
    errata_index_counts(index, &counts);
    const struct errata__cell before[] = {number_cell("documents", total.documents),
                                          number_cell("records", total.records)};
    const struct errata__cell after[] = {number_cell("rule_errors", total.rule_errors),
                                         number_cell("issues", total.issues),
                                         number_cell("rejects", counts.rejects)};
    errata__json_members(sink, before, sizeof before / sizeof *before);
    /* Statuses are the input's words, so they cannot be cells' names. */
    errata__sink_words(sink, ",\"statuses\":{");
    for (size_t i = 0; errata_totals_status(totals, i, &status, &documents); i++) {
        errata__sink_bytes(sink, ",", i > 0);
        errata__sink_quote(sink, status);
        errata__sink_bytes(sink, ":", 1);
        errata__sink_number(sink, documents);
    }
    errata__sink_words(sink, "},");
    errata__json_members(sink, after, sizeof after / sizeof *after);
}

static void write_deviations(struct errata__sink *sink, const struct errata_index *index) {
    struct errata__cell cells[ERRATA_DEVIATION_KINDS];
    struct errata_deviation deviation;
    size_t n_cells = 0;

    for (int kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        if (errata_index_deviation(index, (enum errata_deviation_kind)kind, &deviation) &&
            deviation.count > 0) {
            cells[n_cells++] = number_cell(errata_deviation_name(deviation.kind), deviation.count);
        }
    }
    const struct errata__cell member = {
        .name = "deviations", .kind = ERRATA__CELL_OBJECT, .cells = cells, .n_cells = n_cells};
    errata__sink_bytes(sink, ",", 1);
    errata__json_members(sink, &member, 1);
}

/* The cells of a row; JSON has a list of its own in place of the first. */
enum {
    TOP_LIST,
    TOP_VALUE,
    TOP_ISSUES,
    TOP_RECORDS,
    TOP_CELLS
};

static const struct errata__cell shape[TOP_CELLS] = {
    [TOP_LIST] = {.name = "list"},
    [TOP_VALUE] = {.name = "value"},
    [TOP_ISSUES] = {.name = "issues", .kind = ERRATA__CELL_NUMBER},
    [TOP_RECORDS] = {.name = "records", .kind = ERRATA__CELL_NUMBER},
};

static bool fill_top(struct errata__cell cells[TOP_CELLS], const struct errata_groups *groups,
                     uint64_t at) {
    struct errata_group group;

    if (!errata_groups_at(groups, at, &group)) {
        return false;
    }
    cells[TOP_VALUE].text = group.values[0];
    cells[TOP_ISSUES].number = group.issues;
    cells[TOP_RECORDS].number = group.records;
    return true;
}

/* All that can fail but for writing, done before the first byte is written. */
struct parts {
    struct errata_totals *totals;
    struct errata_groups *top[TOP_LISTS];
};

static enum errata_status ask(struct parts *parts, struct errata_query *query, uint64_t top,
                              struct errata_error *error) {
    enum errata_status status = errata_query_totals(&parts->totals, query, error);

    for (size_t i = 0; i < TOP_LISTS && status == ERRATA_OK; i++) {
        const struct errata_grouping by = {.fields = {top_fields[i]}, .n_fields = 1, .limit = top};

        status = errata_query_group(&parts->top[i], query, &by, error);
    }
    return status;
}

static void write_json(struct errata__sink *sink, const struct parts *parts,
                       const struct errata_index *index) {
    struct errata__cell cells[TOP_CELLS];
    struct errata__cell totals[TOP_LISTS];

    memcpy(cells, shape, sizeof shape);
    errata__sink_bytes(sink, "{", 1);
    write_totals(sink, parts->totals, index);
    write_deviations(sink, index);
    errata__sink_words(sink, ",\"top\":{");
    for (size_t list = 0; list < TOP_LISTS; list++) {
        const char *name = errata_field_name(top_fields[list]);

        errata__sink_bytes(sink, ",", list > 0);
        errata__sink_quote(sink, (struct errata_text){name, strlen(name)});
        errata__sink_words(sink, ":[");
        for (uint64_t i = 0; fill_top(cells, parts->top[list], i); i++) {
            errata__sink_bytes(sink, ",", i > 0);
            errata__json_object(sink, cells + TOP_VALUE, TOP_CELLS - TOP_VALUE);
        }
        errata__sink_bytes(sink, "]", 1);
        totals[list] = number_cell(name, errata_groups_total(parts->top[list]));
    }
    const struct errata__cell member = {
        .name = "top_total", .kind = ERRATA__CELL_OBJECT, .cells = totals, .n_cells = TOP_LISTS};
    errata__sink_words(sink, "},");
    errata__json_members(sink, &member, 1);
    errata__sink_words(sink, "}\n");
}

/* A table for each list, behind one of the statuses. */
static void write_tables(struct errata__writing *writing, const struct parts *parts) {
    struct errata__cell cells[TOP_CELLS];
    struct errata__cell statuses[] = {{.name = "status"},
                                      {.name = "documents", .kind = ERRATA__CELL_NUMBER}};
    struct errata__frame frame = {.columns = statuses, .n_columns = 2, .noun = "status value"};
    uint32_t documents;

    while (errata_totals_status(parts->totals, frame.total, &statuses[0].text, &documents)) {
        frame.total++;
    }
    errata__writing_begin(writing, &frame);
    for (uint64_t i = 0; errata_totals_status(parts->totals, i, &statuses[0].text, &documents);
         i++) {
        statuses[1].number = documents;
        errata__writing_row(writing, statuses, 2);
    }
    errata__writing_end(writing);
    memcpy(cells, shape, sizeof shape);
    for (size_t list = 0; list < TOP_LISTS; list++) {
        cells[TOP_VALUE].name = errata_field_name(top_fields[list]);
        frame = (struct errata__frame){.columns = cells + TOP_VALUE,
                                       .n_columns = TOP_CELLS - TOP_VALUE,
                                       .noun = cells[TOP_VALUE].name,
                                       .total = errata_groups_total(parts->top[list])};
        errata__writing_begin(writing, &frame);
        for (uint64_t i = 0; !writing->stopped && fill_top(cells, parts->top[list], i); i++) {
            errata__writing_row(writing, frame.columns, frame.n_columns);
        }
        errata__writing_end(writing);
    }
}

static void say_counts(struct errata__writing *writing, const struct parts *parts,
                       const struct errata_index *index) {
    char words[6][ERRATA__COUNT_SIZE];
    struct errata_counts counts;
    struct errata_total total;

    errata_totals_get(parts->totals, &total);
    errata_index_counts(index, &counts);
    errata__writing_say(writing, "### %s\n\n%s, %s, %s; of all input %s, %s.\n",
                        errata__count_words(words[0], total.issues, "issue"),
                        errata__count_words(words[1], total.records, "record"),
                        errata__count_words(words[2], total.documents, "document"),
                        errata__count_words(words[3], total.rule_errors, "rule error"),
                        errata__count_words(words[4], counts.rejects, "reject"),
                        errata__count_words(words[5], counts.deviations, "deviation"));
}

static void write_rows(struct errata__writing *writing, const struct parts *parts) {
    const struct errata__frame frame = {.columns = shape, .n_columns = TOP_CELLS};
    struct errata__cell cells[TOP_CELLS];

    memcpy(cells, shape, sizeof shape);
    errata__writing_begin(writing, &frame);
    for (size_t list = 0; list < TOP_LISTS; list++) {
        const char *name = errata_field_name(top_fields[list]);

        cells[TOP_LIST].text = (struct errata_text){name, strlen(name)};
        for (uint64_t i = 0;
             writing->sink.status == ERRATA_OK && fill_top(cells, parts->top[list], i); i++) {
            errata__writing_row(writing, cells, TOP_CELLS);
        }
    }
    errata__writing_end(writing);
}

enum errata_status errata_export_summary(struct errata_query *query,
                                         const struct errata_index *index, uint64_t top,
                                         const struct errata_export_options *options,
                                         errata_write_function *write, void *ctx,
                                         struct errata_error *error) {
    struct parts parts = {0};
    struct errata__writing writing;
    enum errata_status status =
        errata__writing_open(&writing, options, errata_index_allocator(index), write, ctx, error);

    if (status == ERRATA_OK) {
        status = ask(&parts, query, top, error);
    }
    if (status == ERRATA_OK) {
        if (writing.options.format == ERRATA_FORMAT_JSON) {
            write_json(&writing.sink, &parts, index);
        } else if (writing.format->say) {
            say_counts(&writing, &parts, index);
            write_tables(&writing, &parts);
        } else {
            write_rows(&writing, &parts);
        }
        status = errata__writing_close(&writing, error);
    }
    for (size_t i = 0; i < TOP_LISTS; i++) {
        errata_groups_free(parts.top[i]);
    }
    errata_totals_free(parts.totals);
    return status;
}
