/*
 * Issues: each with its rule error, record, document and place.
 */
#include <errata/export.h>

#include <stdio.h>
#include <string.h>

#include "export/format.h"
#include "export/place.h"

enum {
    RECORD,
    COLLECTION,
    APP,
    FETCHED_AT,
    STATUS,
    KEY,
    RULE_MESSAGE,
    CODE,
    PATH,
    PATTERN,
    EXPECTED,
    RECEIVED,
    MESSAGE,
    SOURCE,
    DOCUMENT,
    LINE,
    EXPECTED_JSON,
    RECEIVED_JSON,
    CELLS
};

/* Every issue's row. What stands in `fetched_at`, `path` and `pattern` has no text of its own in the index. */
struct row {
    const struct errata_index *index;
    struct errata__cell cells[CELLS];
    char fetched_at[ERRATA__TIME_SIZE];
    /* SOURCE:LINE, which stands for a record that has no id where people read. */
    bool with_place;
    struct errata__buffer place;
    struct errata__buffer path;
    struct errata__buffer pattern;
    /* What the cells are filled with already: neighbours share a document, a rule error, often a pattern. */
    uint32_t document_id;
    uint32_t rule_error_id;
    uint32_t pattern_id;
};

static const struct errata__cell shape[CELLS] = {
    [RECORD] = {.name = "record"},
    [COLLECTION] = {.name = "collection", .detail = true},
    [APP] = {.name = "app", .detail = true},
    [FETCHED_AT] = {.name = "fetched_at", .detail = true},
    [STATUS] = {.name = "status", .detail = true},
    [KEY] = {.name = "key"},
    [RULE_MESSAGE] = {.name = "rule_message", .detail = true},
    [CODE] = {.name = "code"},
    [PATH] = {.name = "path"},
    [PATTERN] = {.name = "pattern", .detail = true},
    [EXPECTED] = {.name = "expected", .detail = true},
    [RECEIVED] = {.name = "received", .detail = true},
    [MESSAGE] = {.name = "message"},
    [SOURCE] = {.name = "source", .detail = true},
    [DOCUMENT] = {.name = "document", .detail = true, .kind = ERRATA__CELL_NUMBER},
    [LINE] = {.name = "line", .detail = true, .kind = ERRATA__CELL_NUMBER},
    [EXPECTED_JSON] = {.name = "expected_json", .kind = ERRATA__CELL_MARK},
    [RECEIVED_JSON] = {.name = "received_json", .kind = ERRATA__CELL_MARK},
};

static enum errata_status fill_place(struct row *row, const struct errata_document *document) {
    char line[32];
    int length = snprintf(line, sizeof line, ":%llu", (unsigned long long)document->line);
    enum errata_status status;

    row->place.length = 0;
    status = errata__buffer_append(&row->place, row->cells[SOURCE].text.data,
                                   row->cells[SOURCE].text.length);
    if (status == ERRATA_OK) {
        status = errata__buffer_append(&row->place, line, (size_t)length);
    }
    row->cells[RECORD].text = (struct errata_text){row->place.data, row->place.length};
    return status;
}

static enum errata_status fill_document(struct row *row, uint32_t id) {
    struct errata_document document = {0};
    struct errata_record record = {0};
    struct errata_source source = {0};

    errata_index_document(row->index, id, &document);
    errata_index_record(row->index, document.record, &record);
    errata_index_source(row->index, document.source, &source);
    row->cells[RECORD].text = record.record;
    row->cells[COLLECTION].text = record.collection;
    row->cells[APP].text = record.app;
    row->cells[FETCHED_AT].text = errata__place_time(document.fetched_at, row->fetched_at);
    row->cells[STATUS].text = document.status;
    row->cells[SOURCE].text = source.name;
    row->cells[DOCUMENT].number = document.number;
    row->cells[LINE].number = document.line;
    row->document_id = id;
    return record.record.data || !row->with_place ? ERRATA_OK : fill_place(row, &document);
}

static void fill_rule_error(struct row *row, uint32_t id) {
    struct errata_rule_error rule_error = {0};

    errata_index_rule_error(row->index, id, &rule_error);
    row->cells[KEY].text = rule_error.key;
    row->cells[RULE_MESSAGE].text = rule_error.message;
    row->rule_error_id = id;
}

static enum errata_status fill_issue(struct row *row, struct errata_matches *matches, uint32_t id) {
    struct errata_issue issue = {0};
    enum errata_status status;

    errata_index_issue(row->index, id, &issue);
    if (issue.document != row->document_id) {
        status = fill_document(row, issue.document);
        if (status) {
            return status;
        }
    }
    if (issue.rule_error != row->rule_error_id) {
        fill_rule_error(row, issue.rule_error);
    }
    row->cells[CODE].text = issue.code;
    row->cells[EXPECTED].text = issue.expected;
    row->cells[RECEIVED].text = issue.received;
    row->cells[MESSAGE].text = issue.message;
    row->cells[EXPECTED_JSON].number = issue.expected_json;
    row->cells[RECEIVED_JSON].number = issue.received_json;
    status = errata__place_walk(&row->cells[PATH].text, matches, &row->path);
    if (status == ERRATA_OK && issue.pattern != row->pattern_id) {
        status = errata__place_pattern(&row->cells[PATTERN].text, row->index, issue.pattern,
                                       &row->pattern);
        row->pattern_id = status == ERRATA_OK ? issue.pattern : ERRATA_NONE;
    }
    return status;
}

/* Returns the walk's failure, whose details are in error; the sink's is its own. */
static enum errata_status write_rows(struct errata__writing *writing, struct row *row,
                                     struct errata_matches *matches, struct errata_error *error) {
    uint32_t id;

    while (writing->sink.status == ERRATA_OK && !writing->stopped) {
        enum errata_status status = errata_matches_next(matches, &id, error);

        if (status || id == ERRATA_NONE) {
            return status;
        }
        errata__sink_fail(&writing->sink, fill_issue(row, matches, id));
        errata__writing_row(writing, row->cells, CELLS);
    }
    return ERRATA_OK;
}

/* Counting looks at all issues, so it is left to formats that have a place for the count. */
static enum errata_status say_counts(struct errata__writing *writing, uint64_t *total,
                                     const struct errata_matches *matches,
                                     const struct errata_index *index, struct errata_error *error) {
    char words[ERRATA__PART_SIZE];
    struct errata_counts counts;

    if (!writing->format->say) {
        return ERRATA_OK;
    }
    enum errata_status status = errata_matches_total(matches, total, error);
    if (status == ERRATA_OK) {
        errata_index_counts(index, &counts);
        errata__writing_say(writing, "### %s\n",
                            errata__part_words(words, *total, counts.issues, "issue"));
    }
    return status;
}

enum errata_status errata_export_issues(struct errata_matches *matches,
                                        const struct errata_index *index,
                                        const struct errata_export_options *options,
                                        errata_write_function *write, void *ctx,
                                        struct errata_error *error) {
    const struct errata_allocator *allocator = errata_index_allocator(index);
    struct errata__frame frame = {.columns = shape, .n_columns = CELLS, .noun = "issue"};
    struct row row = {.index = index,
                      .document_id = ERRATA_NONE,
                      .rule_error_id = ERRATA_NONE,
                      .pattern_id = ERRATA_NONE};
    const struct errata__reading read = errata__place_reading(index);
    struct errata__writing writing;
    enum errata_status status =
        errata__writing_open(&writing, options, allocator, write, ctx, error);

    if (status != ERRATA_OK) {
        return status;
    }
    memcpy(row.cells, shape, sizeof shape);
    row.with_place = writing.format->say != NULL;
    errata__buffer_init(&row.place, allocator, SIZE_MAX);
    errata__buffer_init(&row.path, allocator, SIZE_MAX);
    errata__buffer_init(&row.pattern, allocator, SIZE_MAX);
    errata__writing_unread(&writing, &read, 1);
    status = say_counts(&writing, &frame.total, matches, index, error);
    errata__writing_begin(&writing, &frame);
    if (status == ERRATA_OK) {
        status = write_rows(&writing, &row, matches, error);
    }
    if (status == ERRATA_OK) {
        errata__writing_end(&writing);
    }
    errata__buffer_free(&row.place);
    errata__buffer_free(&row.path);
    errata__buffer_free(&row.pattern);
    /* After a failed walk what was collected is still handed over, but the failure to tell is the walk's. */
    if (status) {
        enum errata_status ignored = errata__writing_close(&writing, NULL);

        (void)ignored;
        return status;
    }
    return errata__writing_close(&writing, error);
}
