/*
 * A summary: totals, deviations, and the top keys, codes and patterns. JSON only: it is no table.
 */
#include <errata/export.h>

#include <string.h>

#include "core/fail.h"
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

static void write_top(struct errata__sink *sink, const struct errata_groups *groups) {
    struct errata_group group;

    errata__sink_quote(
        sink,
        (struct errata_text){errata_field_name(errata_groups_grouping(groups)->fields[0]),
                             strlen(errata_field_name(errata_groups_grouping(groups)->fields[0]))});
    errata__sink_bytes(sink, ":", 1);
    errata__format_json.begin(sink, &(struct errata__frame){0});
    for (uint64_t i = 0; errata_groups_at(groups, i, &group); i++) {
        const struct errata__cell cells[] = {{.name = "value", .text = group.values[0]},
                                             number_cell("issues", group.issues),
                                             number_cell("records", group.records)};

        errata__format_json.row(sink, cells, sizeof cells / sizeof *cells, i == 0);
    }
    errata__sink_bytes(sink, "]", 1);
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

enum errata_status errata_export_summary(struct errata_query *query,
                                         const struct errata_index *index, uint64_t top,
                                         const struct errata_export_options *options,
                                         errata_write_function *write, void *ctx,
                                         struct errata_error *error) {
    struct parts parts = {0};
    struct errata__sink sink;
    enum errata_status status;

    if (errata__format_of(options) != &errata__format_json) {
        return errata__fail(error, ERRATA_MISUSE,
                            "a summary is no table: it can be written as JSON only");
    }
    status = ask(&parts, query, top, error);
    if (status == ERRATA_OK) {
        errata__sink_open(&sink, errata_index_allocator(index), write, ctx);
        errata__sink_bytes(&sink, "{", 1);
        write_totals(&sink, parts.totals, index);
        write_deviations(&sink, index);
        errata__sink_words(&sink, ",\"top\":{");
        for (size_t i = 0; i < TOP_LISTS; i++) {
            errata__sink_bytes(&sink, ",", i > 0);
            write_top(&sink, parts.top[i]);
        }
        errata__sink_words(&sink, "}}\n");
        status = errata__sink_close(&sink, error);
    }
    for (size_t i = 0; i < TOP_LISTS; i++) {
        errata_groups_free(parts.top[i]);
    }
    errata_totals_free(parts.totals);
    return status;
}
