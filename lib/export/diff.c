/*
 * A comparison: its sides, what came of records and groups, and the groups with a number per side. In JSON
 * these numbers are lists, in CSV a column for each side.
 */
#include <errata/export.h>

#include <stdio.h>
#include <string.h>

#include "core/fail.h"
#include "core/utf8.h"
#include "export/format.h"
#include "export/place.h"

enum {
    SIDE_NAME,
    SIDE_ISSUES,
    SIDE_RECORDS,
    SIDE_RECORDS_TOTAL,
    SIDE_DOCUMENTS,
    SIDE_REJECTS,
    SIDE_UNNAMED,
    SIDE_UNNAMED_FAILING,
    SIDE_CELLS
};
enum {
    TOTAL_GROUPS,
    TOTAL_NEWLY_FAILING,
    TOTAL_NO_LONGER_FAILING,
    TOTAL_STILL_FAILING,
    TOTAL_ADDED,
    TOTAL_REMOVED,
    TOTAL_CELLS
};
/* What stands before the rows: by, sides, totals. */
enum {
    HEAD_CELLS = 3
};
/* A row: the fields, change, issues, records, newly_failing. */
#define MOST_CELLS (ERRATA_FIELDS + 2 + 2 * ERRATA_DIFF_SIDES)
/* "records_64" and more than enough. */
#define COLUMN_SIZE 32

/* All cells that are written. With room for so many sides they are too much for a stack. */
struct page {
    const struct errata_diff *diff;
    size_t n_sides;
    size_t n_fields;
    struct errata_text names[ERRATA_DIFF_SIDES];
    struct errata__cell head[HEAD_CELLS];
    struct errata__cell by[ERRATA_FIELDS];
    struct errata__cell sides[ERRATA_DIFF_SIDES];
    struct errata__cell side[ERRATA_DIFF_SIDES][SIDE_CELLS];
    struct errata__reading read[ERRATA_DIFF_SIDES];
    struct errata__cell totals[TOTAL_CELLS];
    struct errata__cell groups[ERRATA_CHANGES];
    struct errata__cell row[MOST_CELLS];
    size_t n_row;
    /* Of a row, by side: in the lists of JSON, or cells of the row itself. */
    struct errata__cell *issues;
    struct errata__cell *records;
    struct errata__cell lists[2][ERRATA_DIFF_SIDES];
    char columns[2][ERRATA_DIFF_SIDES][COLUMN_SIZE];
};

static struct errata__cell number_cell(const char *name, uint64_t number) {
    return (struct errata__cell){.name = name, .kind = ERRATA__CELL_NUMBER, .number = number};
}

static struct errata__cell cells_cell(const char *name, enum errata__cell_kind kind,
                                      const struct errata__cell *cells, size_t n_cells) {
    return (struct errata__cell){.name = name, .kind = kind, .cells = cells, .n_cells = n_cells};
}

/* Names come from a command line, not out of an index, so they may be no UTF-8. Sets *memory to what is to be
   freed. ERRATA_OK, ERRATA_NO_MEMORY. */
static enum errata_status repair_names(struct page *page, const struct errata_text *names,
                                       const struct errata_allocator *allocator, char **memory) {
    size_t size = 1;

    *memory = NULL;
    for (size_t i = 0; names && i < page->n_sides; i++) {
        size_t most;

        if (__builtin_mul_overflow(names[i].length, (size_t)3, &most) ||
            __builtin_add_overflow(size, most, &size)) {
            return ERRATA_NO_MEMORY;
        }
    }
    char *at = allocator->alloc(allocator->ctx, size);

    if (!at) {
        return ERRATA_NO_MEMORY;
    }
    *memory = at;
    for (size_t i = 0; names && i < page->n_sides; i++) {
        if (names[i].data) {
            size_t length = errata__utf8_repair(names[i].data, names[i].length, at);

            page->names[i] = (struct errata_text){at, length};
            at += length;
        }
    }
    return ERRATA_OK;
}

static void fill_sides(struct page *page) {
    char words[ERRATA__UNREAD_SIZE];
    bool none;

    errata__place_readings(page->read, page->diff);
    none = !errata__unread_rejects(words, page->read, page->n_sides);
    for (size_t i = 0; i < page->n_sides; i++) {
        struct errata__cell *cells = page->side[i];
        struct errata_diff_side side = {0};

        errata_diff_side_at(page->diff, i, &side);
        cells[SIDE_NAME] = (struct errata__cell){.name = "name", .text = page->names[i]};
        cells[SIDE_ISSUES] = number_cell("issues", side.issues);
        cells[SIDE_RECORDS] = number_cell("records", side.records);
        cells[SIDE_RECORDS_TOTAL] = number_cell("records_total", side.records_total);
        cells[SIDE_DOCUMENTS] = number_cell("documents", side.documents);
        cells[SIDE_DOCUMENTS].detail = true;
        cells[SIDE_REJECTS] = number_cell("rejects", side.rejects);
        cells[SIDE_REJECTS].detail = none;
        cells[SIDE_UNNAMED] = number_cell("unnamed", side.unnamed);
        cells[SIDE_UNNAMED_FAILING] = number_cell("unnamed_failing", side.unnamed_failing);
        page->sides[i] = cells_cell(NULL, ERRATA__CELL_OBJECT, cells, SIDE_CELLS);
    }
}

static void fill_totals(struct page *page) {
    struct errata_diff_totals totals;

    errata_diff_totals_get(page->diff, &totals);
    for (int i = 0; i < ERRATA_CHANGES; i++) {
        page->groups[i] = number_cell(errata_change_name((enum errata_change)i), totals.groups[i]);
    }
    page->totals[TOTAL_GROUPS] =
        cells_cell("groups", ERRATA__CELL_OBJECT, page->groups, ERRATA_CHANGES);
    page->totals[TOTAL_NEWLY_FAILING] = number_cell("newly_failing", totals.newly_failing);
    page->totals[TOTAL_NO_LONGER_FAILING] =
        number_cell("no_longer_failing", totals.no_longer_failing);
    page->totals[TOTAL_STILL_FAILING] = number_cell("still_failing", totals.still_failing);
    page->totals[TOTAL_ADDED] = number_cell("added", totals.added);
    page->totals[TOTAL_REMOVED] = number_cell("removed", totals.removed);
}

static uint64_t changed_groups(const struct page *page) {
    uint64_t changed = 0;

    for (int i = 0; i < ERRATA_CHANGES; i++) {
        changed += i == ERRATA_CHANGE_SAME ? 0 : page->groups[i].number;
    }
    return changed;
}

static void fill_head(struct page *page) {
    const struct errata_grouping *by = errata_diff_grouping(page->diff);

    for (size_t i = 0; i < page->n_fields; i++) {
        const char *name = errata_field_name(by->fields[i]);

        page->by[i] = (struct errata__cell){.text = {name, strlen(name)}};
    }
    fill_sides(page);
    fill_totals(page);
    page->head[0] = cells_cell("by", ERRATA__CELL_LIST, page->by, page->n_fields);
    page->head[1] = cells_cell("sides", ERRATA__CELL_LIST, page->sides, page->n_sides);
    page->head[2] = cells_cell("totals", ERRATA__CELL_OBJECT, page->totals, TOTAL_CELLS);
}

/* Numbers by side, under a name. Returns where they are to be put. */
static struct errata__cell *shape_numbers(struct page *page, unsigned which, const char *name,
                                          bool columns) {
    struct errata__cell *cells = columns ? &page->row[page->n_row] : page->lists[which];

    for (size_t i = 0; i < page->n_sides; i++) {
        char *column = page->columns[which][i];

        snprintf(column, COLUMN_SIZE, "%s_%zu", name, i + 1);
        cells[i] = number_cell(column, 0);
    }
    if (columns) {
        page->n_row += page->n_sides;
    } else {
        page->row[page->n_row++] = cells_cell(name, ERRATA__CELL_LIST, cells, page->n_sides);
    }
    return cells;
}

static void shape_row(struct page *page, bool columns) {
    const struct errata_grouping *by = errata_diff_grouping(page->diff);

    for (size_t i = 0; i < page->n_fields; i++) {
        page->row[page->n_row++] = (struct errata__cell){.name = errata_field_name(by->fields[i])};
    }
    page->row[page->n_row++] = (struct errata__cell){.name = "change"};
    page->issues = shape_numbers(page, 0, "issues", columns);
    page->records = shape_numbers(page, 1, "records", columns);
    page->row[page->n_row++] = number_cell("newly_failing", 0);
}

/* What people are told beside the groups: what came of all of them and of the records, and what the sides are. */
static void write_prose(struct errata__writing *writing, const struct page *page) {
    struct errata__frame frame = {.columns = page->side[0],
                                  .n_columns = SIDE_UNNAMED,
                                  .noun = "side",
                                  .total = page->n_sides};
    const struct errata__cell *totals = page->totals;
    char words[2][ERRATA__COUNT_SIZE];

    errata__writing_say(writing,
                        "### %s: %llu new, %llu gone, %llu grown, %llu shrunk; %llu the same\n\n"
                        "%s newly failing, %llu no longer, %llu still; %llu added, %llu removed.\n",
                        errata__count_words(words[0], changed_groups(page), "changed group"),
                        (unsigned long long)page->groups[ERRATA_CHANGE_NEW].number,
                        (unsigned long long)page->groups[ERRATA_CHANGE_GONE].number,
                        (unsigned long long)page->groups[ERRATA_CHANGE_GROWN].number,
                        (unsigned long long)page->groups[ERRATA_CHANGE_SHRUNK].number,
                        (unsigned long long)page->groups[ERRATA_CHANGE_SAME].number,
                        errata__count_words(words[1], totals[TOTAL_NEWLY_FAILING].number, "record"),
                        (unsigned long long)totals[TOTAL_NO_LONGER_FAILING].number,
                        (unsigned long long)totals[TOTAL_STILL_FAILING].number,
                        (unsigned long long)totals[TOTAL_ADDED].number,
                        (unsigned long long)totals[TOTAL_REMOVED].number);
    errata__writing_begin(writing, &frame);
    for (size_t i = 0; i < page->n_sides; i++) {
        errata__writing_row(writing, page->side[i], SIDE_UNNAMED);
    }
    errata__writing_end(writing);
}

static void write_rows(struct errata__writing *writing, struct page *page) {
    struct errata_difference one;

    for (uint64_t i = 0; writing->sink.status == ERRATA_OK && !writing->stopped &&
                         errata_diff_at(page->diff, i, &one);
         i++) {
        const char *change = errata_change_name(one.change);

        if (one.change == ERRATA_CHANGE_SAME && writing->format->say) {
            /* It is counted above. */
            continue;
        }

        for (size_t f = 0; f < page->n_fields; f++) {
            page->row[f].text = one.values[f];
        }
        page->row[page->n_fields].text = (struct errata_text){change, strlen(change)};
        for (size_t side = 0; side < page->n_sides; side++) {
            page->issues[side].number = one.issues[side];
            page->records[side].number = one.records[side];
        }
        page->row[page->n_row - 1].number = one.newly_failing;
        errata__writing_row(writing, page->row, page->n_row);
    }
}

enum errata_status errata_export_diff(const struct errata_diff *diff,
                                      const struct errata_text *names,
                                      const struct errata_export_options *options,
                                      errata_write_function *write, void *ctx,
                                      struct errata_error *error) {
    const struct errata_allocator *allocator = errata_diff_allocator(diff);
    struct errata__writing writing;
    char *memory;
    enum errata_status status =
        errata__writing_open(&writing, options, allocator, write, ctx, error);

    if (status != ERRATA_OK) {
        return status;
    }
    struct page *page = allocator->alloc(allocator->ctx, sizeof *page);
    if (!page) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(page, 0, sizeof *page);
    page->diff = diff;
    page->n_sides = errata_diff_sides(diff);
    page->n_fields = errata_diff_grouping(diff)->n_fields;
    if (repair_names(page, names, allocator, &memory) != ERRATA_OK) {
        allocator->free(allocator->ctx, page);
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    fill_head(page);
    shape_row(page, writing.format->flat);
    errata__writing_unread(&writing, page->read, page->n_sides);
    const struct errata__frame frame = {.head = page->head,
                                        .n_head = HEAD_CELLS,
                                        .rows = "groups",
                                        .columns = page->row,
                                        .n_columns = page->n_row,
                                        .noun = "changed group",
                                        .total = changed_groups(page)};
    if (writing.format->say) {
        write_prose(&writing, page);
    }
    errata__writing_begin(&writing, &frame);
    write_rows(&writing, page);
    errata__writing_end(&writing);
    allocator->free(allocator->ctx, memory);
    allocator->free(allocator->ctx, page);
    return errata__writing_close(&writing, error);
}
