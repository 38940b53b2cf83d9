/*
 * Groups: their fields, counts and first issue.
 */
#include <errata/export.h>

#include <string.h>

#include <errata/store.h>

#include "export/format.h"
#include "export/place.h"

/* The members of `first`. */
enum {
    FIRST_RECORD,
    FIRST_SOURCE,
    FIRST_DOCUMENT,
    FIRST_PATH,
    FIRST_MESSAGE,
    FIRST_CELLS
};

/* A row: the fields, issues, records, first. */
#define MOST_CELLS (ERRATA_FIELDS + 3)

struct row {
    struct errata__cell cells[MOST_CELLS];
    size_t n_cells;
    struct errata__cell first[FIRST_CELLS];
    struct errata__buffer path;
};

static void shape_row(struct row *row, const struct errata_grouping *by) {
    size_t n = 0;

    for (; n < by->n_fields; n++) {
        row->cells[n] = (struct errata__cell){.name = errata_field_name(by->fields[n])};
    }
    row->cells[n++] = (struct errata__cell){.name = "issues", .kind = ERRATA__CELL_NUMBER};
    row->cells[n++] = (struct errata__cell){.name = "records", .kind = ERRATA__CELL_NUMBER};
    row->cells[n++] = (struct errata__cell){
        .name = "first", .kind = ERRATA__CELL_OBJECT, .cells = row->first, .n_cells = FIRST_CELLS};
    row->n_cells = n;
    row->first[FIRST_RECORD] = (struct errata__cell){.name = "record"};
    row->first[FIRST_SOURCE] = (struct errata__cell){.name = "source"};
    row->first[FIRST_DOCUMENT] =
        (struct errata__cell){.name = "document", .kind = ERRATA__CELL_NUMBER};
    row->first[FIRST_PATH] = (struct errata__cell){.name = "path"};
    row->first[FIRST_MESSAGE] = (struct errata__cell){.name = "message"};
}

static enum errata_status fill_first(struct row *row, const struct errata_index *index,
                                     uint32_t id) {
    struct errata_whole_issue first = {0};

    errata_index_whole_issue(index, id, &first);
    row->first[FIRST_RECORD].text = first.record.record;
    row->first[FIRST_SOURCE].text = first.source.name;
    row->first[FIRST_DOCUMENT].number = first.document.number;
    row->first[FIRST_MESSAGE].text = first.issue.message;
    return errata__place_path(&row->first[FIRST_PATH].text, index, id, &row->path);
}

static void write_rows(struct errata__writing *writing, struct row *row,
                       const struct errata_groups *groups, const struct errata_index *index) {
    const struct errata__sink *sink = &writing->sink;
    size_t n_fields = row->n_cells - 3;
    struct errata_group group;

    for (uint64_t i = 0;
         sink->status == ERRATA_OK && !writing->stopped && errata_groups_at(groups, i, &group);
         i++) {
        for (size_t f = 0; f < n_fields; f++) {
            row->cells[f].text = group.values[f];
        }
        row->cells[n_fields].number = group.issues;
        row->cells[n_fields + 1].number = group.records;
        errata__sink_fail(&writing->sink, fill_first(row, index, group.first));
        errata__writing_row(writing, row->cells, row->n_cells);
    }
}

/* What stands before the rows: by, issues, records, groups_total, documents, rejects. */
enum {
    HEAD_CELLS = 6
};

static void fill_head(struct errata__cell head[HEAD_CELLS],
                      struct errata__cell names[ERRATA_FIELDS], const struct errata_groups *groups,
                      const struct errata__reading *read) {
    const struct errata_grouping *by = errata_groups_grouping(groups);

    for (size_t i = 0; i < by->n_fields; i++) {
        const char *name = errata_field_name(by->fields[i]);

        names[i] = (struct errata__cell){.text = {name, strlen(name)}};
    }
    head[0] = (struct errata__cell){
        .name = "by", .kind = ERRATA__CELL_LIST, .cells = names, .n_cells = by->n_fields};
    head[1] = (struct errata__cell){
        .name = "issues", .kind = ERRATA__CELL_NUMBER, .number = errata_groups_issues(groups)};
    head[2] = (struct errata__cell){
        .name = "records", .kind = ERRATA__CELL_NUMBER, .number = errata_groups_records(groups)};
    head[3] = (struct errata__cell){
        .name = "groups_total", .kind = ERRATA__CELL_NUMBER, .number = errata_groups_total(groups)};
    head[4] = (struct errata__cell){
        .name = "documents", .kind = ERRATA__CELL_NUMBER, .number = read->documents};
    head[5] = (struct errata__cell){
        .name = "rejects", .kind = ERRATA__CELL_NUMBER, .number = read->rejects};
}

static void say_counts(struct errata__writing *writing, const struct errata_groups *groups,
                       const struct errata_index *index) {
    struct errata_counts counts;
    char total[ERRATA__COUNT_SIZE];
    char issues[ERRATA__PART_SIZE];
    char records[ERRATA__COUNT_SIZE];

    errata_index_counts(index, &counts);
    errata__writing_say(
        writing, "### %s, %s in %s\n",
        errata__count_words(total, errata_groups_total(groups), "group"),
        errata__part_words(issues, errata_groups_issues(groups), counts.issues, "issue"),
        errata__count_words(records, errata_groups_records(groups), "record"));
}

enum errata_status errata_export_groups(const struct errata_groups *groups,
                                        const struct errata_index *index,
                                        const struct errata_export_options *options,
                                        errata_write_function *write, void *ctx,
                                        struct errata_error *error) {
    const struct errata_allocator *allocator = errata_index_allocator(index);
    struct errata__cell head[HEAD_CELLS];
    struct errata__cell names[ERRATA_FIELDS];
    struct errata__frame frame = {.head = head, .n_head = HEAD_CELLS, .rows = "groups"};
    struct row row;
    struct errata__writing writing;

    /* The accessors that fill_first() asks have no words for damage. */
    enum errata_status status = errata_index_check(index, error);
    if (status == ERRATA_OK) {
        status = errata__writing_open(&writing, options, allocator, write, ctx, error);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    const struct errata__reading read = errata__place_reading(index);
    fill_head(head, names, groups, &read);
    shape_row(&row, errata_groups_grouping(groups));
    frame.columns = row.cells;
    frame.n_columns = row.n_cells;
    frame.noun = "group";
    frame.total = errata_groups_total(groups);
    errata__buffer_init(&row.path, allocator, SIZE_MAX);
    errata__writing_unread(&writing, &read, 1);
    say_counts(&writing, groups, index);
    errata__writing_begin(&writing, &frame);
    write_rows(&writing, &row, groups, index);
    errata__writing_end(&writing);
    errata__buffer_free(&row.path);
    return errata__writing_close(&writing, error);
}
