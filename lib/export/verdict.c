/*
 * The verdict of a gate. JSON has all of it; the rows of NDJSON are clauses; those of CSV and TSV the groups behind
 * clauses that do not hold; Markdown says first whether it passed, then has tables of all these.
 */
#include <errata/verdict.h>

#include <stdio.h>

#include <errata/store.h>

#include "core/text.h"
#include "export/format.h"
#include "export/place.h"

static struct errata__cell number_cell(const char *name, uint64_t number) {
    return (struct errata__cell){.name = name, .kind = ERRATA__CELL_NUMBER, .number = number};
}

/* `true`, `false` or a number with decimals, as it is. */
static struct errata__cell word_cell(const char *name, struct errata_text word) {
    return (struct errata__cell){.name = name, .kind = ERRATA__CELL_WORD, .text = word};
}

static struct errata__cell bool_cell(const char *name, bool value) {
    return word_cell(name, errata__words(value ? "true" : "false"));
}

static const char *result_of(const struct errata_verdict_clause *clause) {
    return clause->passed ? "passed" : clause->warns ? "warned" : "failed";
}

/* The cells of a group: fields, issues, records, change, what was known of it, and how much of it counts. */
enum {
    GROUP_ISSUES,
    GROUP_RECORDS,
    GROUP_CHANGE,
    GROUP_KNOWN_ISSUES,
    GROUP_KNOWN_RECORDS,
    GROUP_COUNTED,
    GROUP_CELLS
};
#define MOST_CELLS (ERRATA_FIELDS + GROUP_CELLS)

static struct errata__cell known_cell(const char *name, const struct errata_verdict_group *group,
                                      uint64_t number) {
    return group->known ? number_cell(name, number) : word_cell(name, (struct errata_text){0});
}

/* Returns how many cells there are up to `last`. */
static size_t fill_group(struct errata__cell cells[MOST_CELLS],
                         const struct errata_verdict *verdict,
                         const struct errata_verdict_group *group, int last) {
    size_t n = verdict->by->n_fields;

    for (size_t i = 0; i < n; i++) {
        cells[i] = (struct errata__cell){.name = errata_field_name(verdict->by->fields[i]),
                                         .text = group->values[i]};
    }
    cells[n + GROUP_ISSUES] = number_cell("issues", group->issues);
    cells[n + GROUP_RECORDS] = number_cell("records", group->records);
    cells[n + GROUP_CHANGE] = (struct errata__cell){.name = "change", .text = group->change};
    cells[n + GROUP_KNOWN_ISSUES] = known_cell("baseline_issues", group, group->known_issues);
    cells[n + GROUP_KNOWN_RECORDS] = known_cell("baseline_records", group, group->known_records);
    cells[n + GROUP_COUNTED] = number_cell("counted", group->counted);
    return n + (size_t)last + 1;
}

static void write_groups(struct errata__sink *sink, const struct errata_verdict *verdict,
                         const struct errata_verdict_group *groups, size_t count, int last) {
    struct errata__cell cells[MOST_CELLS];

    errata__sink_bytes(sink, "[", 1);
    for (size_t i = 0; i < count; i++) {
        errata__sink_bytes(sink, ",", i > 0);
        errata__json_object(sink, cells, fill_group(cells, verdict, &groups[i], last));
    }
    errata__sink_bytes(sink, "]", 1);
}

/* RULE_KEY:path, in scratch. */
static enum errata_status fill_locator(struct errata_text *out, const struct errata_index *index,
                                       uint32_t id, const struct errata_text *key,
                                       struct errata__buffer *path,
                                       struct errata__buffer *locator) {
    struct errata_text text = {NULL, 0};
    enum errata_status status = errata__place_path(&text, index, id, path);

    locator->length = 0;
    if (status == ERRATA_OK) {
        status = errata__buffer_append(locator, key->data, key->length);
    }
    if (status == ERRATA_OK) {
        status = errata__buffer_append(locator, ":", 1);
    }
    if (status == ERRATA_OK) {
        status = errata__buffer_append(locator, text.data, text.length);
    }
    *out = (struct errata_text){locator->data, locator->length};
    return status;
}

static void write_examples(struct errata__sink *sink, const struct errata_index *index,
                           const struct errata_verdict_clause *clause) {
    struct errata__buffer path;
    struct errata__buffer locator;

    errata__buffer_init(&path, sink->buffer.allocator, SIZE_MAX);
    errata__buffer_init(&locator, sink->buffer.allocator, SIZE_MAX);
    errata__sink_bytes(sink, "[", 1);
    for (size_t i = 0; i < clause->n_examples; i++) {
        struct errata_whole_issue found = {0};
        struct errata_text text = {NULL, 0};

        errata_index_whole_issue(index, clause->examples[i], &found);
        errata__sink_fail(sink, fill_locator(&text, index, clause->examples[i],
                                             &found.rule_error.key, &path, &locator));
        const struct errata__cell cells[] = {{.name = "locator", .text = text},
                                             {.name = "record", .text = found.record.record},
                                             {.name = "source", .text = found.source.name},
                                             number_cell("line", found.document.line),
                                             {.name = "message", .text = found.issue.message}};
        errata__sink_bytes(sink, ",", i > 0);
        errata__json_object(sink, cells, sizeof cells / sizeof *cells);
    }
    errata__sink_bytes(sink, "]", 1);
    errata__buffer_free(&path);
    errata__buffer_free(&locator);
}

static void write_clause(struct errata__sink *sink, const struct errata_verdict *verdict,
                         const struct errata_verdict_clause *clause,
                         const struct errata_index *index) {
    const struct errata__cell before[] = {
        {.name = "name", .text = clause->name},
        {.name = "severity", .text = errata__words(clause->warns ? "warn" : "fail")},
        number_cell("allowed", clause->allowed),
        number_cell("found", clause->found),
        bool_cell("passed", clause->passed)};
    const struct errata__cell after[] = {{.name = "limit", .text = clause->limit},
                                         {.name = "unit", .text = clause->unit},
                                         word_cell("percent", clause->percent),
                                         number_cell("groups_total", clause->groups_total)};

    errata__sink_bytes(sink, "{", 1);
    errata__json_members(sink, before, sizeof before / sizeof *before);
    errata__sink_words(sink, ",\"groups\":");
    write_groups(sink, verdict, clause->groups, clause->n_groups, GROUP_COUNTED);
    errata__sink_words(sink, ",\"examples\":");
    write_examples(sink, index, clause);
    errata__sink_bytes(sink, ",", 1);
    errata__json_members(sink, after, sizeof after / sizeof *after);
    errata__sink_bytes(sink, "}", 1);
}

static void write_json(struct errata__sink *sink, const struct errata_verdict *verdict,
                       const struct errata_index *index) {
    static const char *const written[] = {NULL, "false", "true"};
    const char *word = written[verdict->written];
    struct errata__cell names[ERRATA_FIELDS];
    const struct errata__cell passed = bool_cell("passed", verdict->passed);
    const struct errata__cell counts[] = {
        number_cell("rejects", verdict->rejects),
        number_cell("records", verdict->records),
        {.name = "by", .kind = ERRATA__CELL_LIST, .cells = names, .n_cells = verdict->by->n_fields},
        word_cell("written", word ? errata__words(word) : (struct errata_text){0})};
    const struct errata__cell end[] = {number_cell("documents", verdict->documents),
                                       number_cell("dropped", verdict->dropped),
                                       number_cell("stale_total", verdict->stale.total),
                                       number_cell("widened_total", verdict->widened.total)};

    for (size_t i = 0; i < verdict->by->n_fields; i++) {
        names[i] =
            (struct errata__cell){.text = errata__words(errata_field_name(verdict->by->fields[i]))};
    }
    errata__sink_bytes(sink, "{", 1);
    errata__json_members(sink, &passed, 1);
    errata__sink_words(sink, ",\"clauses\":[");
    for (size_t i = 0; i < verdict->n_clauses; i++) {
        errata__sink_bytes(sink, ",", i > 0);
        write_clause(sink, verdict, &verdict->clauses[i], index);
    }
    errata__sink_words(sink, "],\"stale\":");
    write_groups(sink, verdict, verdict->stale.at, verdict->stale.count, GROUP_RECORDS);
    errata__sink_bytes(sink, ",", 1);
    errata__json_members(sink, counts, sizeof counts / sizeof *counts);
    errata__sink_words(sink, ",\"widened\":");
    write_groups(sink, verdict, verdict->widened.at, verdict->widened.count, GROUP_KNOWN_RECORDS);
    errata__sink_bytes(sink, ",", 1);
    errata__json_members(sink, end, sizeof end / sizeof *end);
    errata__sink_words(sink, "}\n");
}

/* Is any group compared with a baseline? */
static bool is_compared(const struct errata_verdict *verdict) {
    for (size_t i = 0; i < verdict->n_clauses; i++) {
        for (size_t j = 0; j < verdict->clauses[i].n_groups; j++) {
            if (verdict->clauses[i].groups[j].change.data) {
                return true;
            }
        }
    }
    return false;
}

/* Markdown is narrow, and without a baseline these four say nothing: no group has a change, and what counts of it are its
   issues or records. */
static void set_details(struct errata__cell *cells, size_t n_fields, bool compared) {
    for (size_t i = GROUP_CHANGE; i < GROUP_CELLS; i++) {
        cells[n_fields + i].detail = !compared;
    }
}

/* A row for each group behind a clause that does not hold: the clause, the group, and of how many it is one. */
static void write_behind(struct errata__writing *writing, const struct errata_verdict *verdict) {
    static const struct errata_text no_values[ERRATA_FIELDS];
    const struct errata_verdict_group none = {.values = no_values};
    struct errata__cell cells[2 + MOST_CELLS + 1] = {{.name = "clause"}, {.name = "result"}};
    struct errata__frame frame = {.columns = cells, .noun = "group"};
    size_t n = 2 + fill_group(cells + 2, verdict, &none, GROUP_COUNTED);
    const bool compared = is_compared(verdict);

    set_details(cells + 2, verdict->by->n_fields, compared);
    cells[n++] = number_cell("groups_total", 0);
    frame.n_columns = n;
    for (size_t i = 0; i < verdict->n_clauses; i++) {
        frame.total += verdict->clauses[i].passed ? 0 : verdict->clauses[i].n_groups;
    }
    errata__writing_begin(writing, &frame);
    for (size_t i = 0; i < verdict->n_clauses; i++) {
        const struct errata_verdict_clause *clause = &verdict->clauses[i];

        cells[0].text = clause->name;
        cells[1].text = errata__words(result_of(clause));
        cells[n - 1].number = clause->groups_total;
        for (size_t j = 0; !clause->passed && j < clause->n_groups && !writing->stopped; j++) {
            fill_group(cells + 2, verdict, &clause->groups[j], GROUP_COUNTED);
            set_details(cells + 2, verdict->by->n_fields, compared);
            errata__writing_row(writing, cells, n);
        }
    }
    errata__writing_end(writing);
}

static void write_clauses(struct errata__writing *writing, const struct errata_verdict *verdict) {
    struct errata__cell cells[] = {{.name = "result"},
                                   {.name = "clause"},
                                   {.name = "limit"},
                                   number_cell("allowed", 0),
                                   number_cell("found", 0)};
    const size_t n = sizeof cells / sizeof *cells;
    const struct errata__frame frame = {
        .columns = cells, .n_columns = n, .noun = "clause", .total = verdict->n_clauses};

    errata__writing_begin(writing, &frame);
    for (size_t i = 0; i < verdict->n_clauses && !writing->stopped; i++) {
        const struct errata_verdict_clause *clause = &verdict->clauses[i];

        cells[0].text = errata__words(result_of(clause));
        cells[1].text = clause->name;
        cells[2].text = clause->limit;
        cells[3].number = clause->allowed;
        cells[4].number = clause->found;
        errata__writing_row(writing, cells, n);
    }
    errata__writing_end(writing);
}

static void write_list(struct errata__writing *writing, const struct errata_verdict *verdict,
                       const struct errata_verdict_groups *groups, const char *title,
                       const char *noun, int last) {
    static const struct errata_text no_values[ERRATA_FIELDS];
    const struct errata_verdict_group none = {.values = no_values};
    struct errata__cell cells[MOST_CELLS];
    size_t n = fill_group(cells, verdict, &none, last);
    const struct errata__frame frame = {
        .columns = cells, .n_columns = n, .noun = noun, .total = groups->total};

    if (groups->total == 0) {
        return;
    }
    errata__writing_say(writing, "\n%s\n", title);
    errata__writing_begin(writing, &frame);
    for (size_t i = 0; i < groups->count && !writing->stopped; i++) {
        fill_group(cells, verdict, &groups->at[i], last);
        errata__writing_row(writing, cells, n);
    }
    errata__writing_end(writing);
}

static void write_prose(struct errata__writing *writing, const struct errata_verdict *verdict) {
    char words[4][ERRATA__COUNT_SIZE];
    char holds[2 * ERRATA__COUNT_SIZE + 16];
    uint64_t holding = 0;

    for (size_t i = 0; i < verdict->n_clauses; i++) {
        holding += verdict->clauses[i].passed;
    }
    snprintf(holds, sizeof holds, ": %s of %s hold%s", errata__count_words(words[0], holding, ""),
             errata__count_words(words[1], verdict->n_clauses, "clause"),
             verdict->n_clauses == 1 ? "s" : "");
    errata__writing_say(writing, "### %s%s\n\n%s read, %s.\n",
                        verdict->passed ? "Passed" : "Failed", verdict->n_clauses > 0 ? holds : "",
                        errata__count_words(words[2], verdict->records, "record"),
                        errata__count_words(words[3], verdict->rejects, "reject"));
    write_clauses(writing, verdict);
    write_behind(writing, verdict);
    write_list(writing, verdict, &verdict->widened,
               verdict->written == ERRATA_WRITTEN_YES ? "More in the new baseline, or larger there:"
                                                      : "What would widen the baseline:",
               "wider group", GROUP_KNOWN_RECORDS);
    write_list(writing, verdict, &verdict->stale,
               "Of the baseline this matched nothing any more:", "stale group", GROUP_RECORDS);
}

enum errata_status errata_export_verdict(const struct errata_verdict *verdict,
                                         const struct errata_index *index,
                                         const struct errata_export_options *options,
                                         errata_write_function *write, void *ctx,
                                         struct errata_error *error) {
    struct errata__writing writing;
    /* The accessors that examples ask have no words for damage. */
    enum errata_status status = errata_index_check(index, error);

    if (status == ERRATA_OK) {
        status = errata__writing_open(&writing, options, errata_index_allocator(index), write, ctx,
                                      error);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    if (writing.options.format == ERRATA_FORMAT_JSON) {
        write_json(&writing.sink, verdict, index);
    } else if (writing.options.format == ERRATA_FORMAT_NDJSON) {
        for (size_t i = 0; i < verdict->n_clauses; i++) {
            write_clause(&writing.sink, verdict, &verdict->clauses[i], index);
            errata__sink_bytes(&writing.sink, "\n", 1);
        }
    } else if (writing.format->say) {
        write_prose(&writing, verdict);
    } else {
        write_behind(&writing, verdict);
    }
    return errata__writing_close(&writing, error);
}
