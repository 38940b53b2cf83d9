/*
 * A result as data, and the formats that write it. What a row of groups or of issues consists of is said
 * once, as cells; each format writes any cells.
 */
#ifndef ERRATA_EXPORT_FORMAT_H
#define ERRATA_EXPORT_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/export.h>
#include <errata/text.h>

#include "core/unread.h"
#include "export/markdown.h"
#include "export/sink.h"

enum errata__cell_kind {
    /* text; null in JSON and nothing in CSV when absent. */
    ERRATA__CELL_TEXT,
    /* number */
    ERRATA__CELL_NUMBER,
    /* A text of ours that needs no quotes: true, false, a number with decimals; absent as of a text. */
    ERRATA__CELL_WORD,
    /* JSON only: `true` when number is not 0, else no member at all. */
    ERRATA__CELL_MARK,
    /* JSON only: an object of cells. */
    ERRATA__CELL_OBJECT,
    /* JSON only: an array of cells, whose names do not matter. */
    ERRATA__CELL_LIST
};

struct errata__cell {
    /* Of the member and of the column. */
    const char *name;
    enum errata__cell_kind kind;
    /* Left out where people read and room is scarce: in Markdown. */
    bool detail;
    struct errata_text text;
    uint64_t number;
    const struct errata__cell *cells;
    size_t n_cells;
};

/* What stands around the rows. */
struct errata__frame {
    /* JSON only: members before the rows. */
    const struct errata__cell *head;
    size_t n_head;
    /* JSON only: the member that holds the rows; NULL when the rows are all there is. */
    const char *rows;
    /* The cells of a row, for their names and kinds. */
    const struct errata__cell *columns;
    size_t n_columns;
    /* Markdown only: what a row is called, such as "group", and how many rows there are, also those that are not
       written. */
    const char *noun;
    uint64_t total;
};

struct errata__format;

/* A result that is being written. */
struct errata__writing {
    struct errata__sink sink;
    const struct errata__format *format;
    struct errata_export_options options;
    const struct errata__frame *frame;
    /* Rows so far. */
    uint64_t rows;
    /* No more rows are wanted. */
    bool stopped;
    /* What of the input is in no row, as sentences, for a format that has a place for words. */
    char unread[2 * ERRATA__UNREAD_SIZE + 4];
    struct errata__markdown markdown;
};

struct errata__format {
    /* NULL: nothing to do. */
    void (*open)(struct errata__writing *writing);
    void (*close)(struct errata__writing *writing);
    /* Words of our own; NULL: there is no place for them, nor for more than one table. */
    void (*say)(struct errata__writing *writing, const char *format, va_list values)
        __attribute__((format(printf, 2, 0)));
    /* NULL: nothing to do. */
    void (*begin)(struct errata__writing *writing);
    void (*row)(struct errata__writing *writing, const struct errata__cell *cells, size_t n_cells);
    /* NULL: nothing to do. */
    void (*end)(struct errata__writing *writing);
    /* A row is columns: texts and numbers alone, without cells in cells. */
    bool flat;
    /* A spreadsheet reads it: safe_cells means something. */
    bool has_cells;
    /* max_bytes means something. */
    bool bounded;
};

extern const struct errata__format errata__format_json;
extern const struct errata__format errata__format_ndjson;
extern const struct errata__format errata__format_csv;
extern const struct errata__format errata__format_tsv;
extern const struct errata__format errata__format_markdown;

/* Looks at the options; allocates nothing. ERRATA_MISUSE when there is no such format. */
ERRATA_MUST_CHECK enum errata_status errata__writing_open(
    struct errata__writing *writing, const struct errata_export_options *options,
    const struct errata_allocator *allocator, errata_write_function *write, void *ctx,
    struct errata_error *error);
/* Words that stand before the rows, where the format has a place for them. */
__attribute__((format(printf, 2, 3))) void errata__writing_say(struct errata__writing *writing,
                                                               const char *format, ...);
/* What came of reading the sides; before anything is written. */
void errata__writing_unread(struct errata__writing *writing, const struct errata__reading *sides,
                            size_t n_sides);
/* What stands before the rows; frame must outlive the writing. */
void errata__writing_begin(struct errata__writing *writing, const struct errata__frame *frame);
void errata__writing_row(struct errata__writing *writing, const struct errata__cell *cells,
                         size_t n_cells);
/* What stands behind the rows. */
void errata__writing_end(struct errata__writing *writing);
/* As errata__sink_close(). */
ERRATA_MUST_CHECK enum errata_status errata__writing_close(struct errata__writing *writing,
                                                           struct errata_error *error);

/* Such as `1,234 groups`, `1 group`; of a noun that is empty, the number alone. Returns out. */
#define ERRATA__COUNT_SIZE 64
const char *errata__count_words(char out[ERRATA__COUNT_SIZE], uint64_t count, const char *noun);

/* Such as `119 issues` and, where filters leave some of them out, `119 of 3,661 issues`. Returns out. */
#define ERRATA__PART_SIZE (2 * ERRATA__COUNT_SIZE + 4)
const char *errata__part_words(char out[ERRATA__PART_SIZE], uint64_t part, uint64_t whole,
                               const char *noun);

/* Has it a column of its own where rows are flat? */
static inline bool errata__cell_is_column(const struct errata__cell *cell) {
    return cell->kind <= ERRATA__CELL_WORD;
}

/* {"name":value,...} */
void errata__json_object(struct errata__sink *sink, const struct errata__cell *cells,
                         size_t n_cells);
/* "name":value,... without braces */
void errata__json_members(struct errata__sink *sink, const struct errata__cell *cells,
                          size_t n_cells);

#endif
