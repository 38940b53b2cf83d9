/*
 * The inside of a query: terms, what is known of them so far, and which rows pass.
 *
 * Every field belongs to a level: of documents, rule errors or shapes. A term is tried once per
 * distinct value of its field, and the verdict is kept by the value's number (a string's id, a
 * pattern's id, the number of a time). Verdicts of shapes are then kept per shape, so that the pass
 * over issues is a look-up. A term on `path` is tried on the pattern first; only where the
 * positions decide does it DEPEND on the issue.
 */
#ifndef ERRATA_INDEX_QUERY_H
#define ERRATA_INDEX_QUERY_H

#include <errata/query.h>

#include "core/arena.h"
#include "core/text.h"
#include "core/time.h"
#include "index/filter.h"
#include "index/glob.h"
#include "index/pairs.h"
#include "index/tables.h"

enum errata__level {
    ERRATA__LEVEL_DOCUMENT,
    ERRATA__LEVEL_RULE_ERROR,
    ERRATA__LEVEL_SHAPE,
    ERRATA__LEVELS
};

/* Zeroed memory is full of UNKNOWN. */
enum errata__verdict {
    ERRATA__UNKNOWN,
    ERRATA__NO,
    ERRATA__YES,
    /* On the positions of the issue. */
    ERRATA__DEPENDS
};

struct errata__term {
    struct errata__term *next;
    struct errata__arena arena;
    enum errata_field field;
    enum errata_operator op;
    size_t n_values;
    /* One of these has n_values elements. Texts are sorted by errata__text_compare(). */
    struct errata_text *texts;
    struct errata__glob *globs;
    struct errata__filter **filters;
    /* enum errata__verdict by number of the value; NULL until it is first needed. */
    unsigned char *verdicts;
};

struct errata_query {
    const struct errata_index *index;
    struct errata_query_options options;
    struct errata__arena arena;
    struct errata__term *terms[ERRATA__LEVELS];
    uint32_t n_terms;
    /* NULL until there is a regular expression. */
    struct errata__filter_context *filters;
    /* Numbers of the distinct values of fetched_at. */
    struct errata__pairs times;
    /* enum errata__verdict of all terms on shapes, by shape; NULL until errata__query_prepare(). */
    unsigned char *shapes;
    /* How many positions a path has, by pattern; NULL until errata__query_prepare_paths(). */
    uint32_t *position_counts;
    /* Room for a rendered path, and for the numbers in it. */
    char *text;
    size_t text_size;
    uint64_t *positions;
    size_t positions_size;
    /* How often a term was tried on a value; for tests. */
    uint64_t runs;
};

/* Whose rows hold this field. A path has its pattern at the level of shapes. */
enum errata__level errata__field_level(enum errata_field field);

/* What must be made sure of before the field is looked at: see sound.h. */
uint64_t errata__field_facts(enum errata_field field);

/* Fills error for what is about texts of patterns and paths; ERRATA_LIMIT_MEMORY is options.texts. Returns status. */
enum errata_status errata__query_fail(const struct errata_query *query, enum errata_status status,
                                      struct errata_error *error);

/* Is a pattern, or a path of it, surely longer than `most` bytes as text? Looks at the lengths of names only, so
   that nobody walks through a text that there is no room for. */
bool errata__query_exceeds(const struct errata_query *query, uint32_t pattern, uint64_t most);

/* The number of a row's value of a field (the row's table is that of the field's level): equal
   numbers are equal texts; ERRATA_NONE when absent. A PATH has that of its pattern. ERRATA_OK,
   ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__query_value(struct errata_query *query,
                                                         enum errata_field field, uint32_t row,
                                                         uint32_t *value);

/* The same for a field of rule errors or shapes: the column that has it. */
enum errata__column errata__field_column(enum errata_field field);

/* The text of fetched_at of a document; absent when unknown. */
struct errata_text errata__time_text(const struct errata_index *index, uint32_t document,
                                     char buffer[ERRATA__TIME_SIZE]);

/* Makes a term of checked arguments, and the query's context for regular expressions where it needs
   one. Status as errata_query_add(). */
ERRATA_MUST_CHECK enum errata_status errata__term_new(struct errata__term **out,
                                                      struct errata_query *query,
                                                      enum errata_field field,
                                                      enum errata_operator op,
                                                      const struct errata_text *values,
                                                      size_t n_values, struct errata_error *error);
void errata__term_free(struct errata__term *term);

/* Does the term hold where no value of it fits? */
static inline bool errata__term_is_negative(const struct errata__term *term) {
    return term->op == ERRATA_NOT_EQUAL || term->op == ERRATA_NOT_MATCHES;
}

/* Is the text one of the term's, or does one of its regular expressions match it? ERRATA_OK,
   ERRATA_NO_MEMORY, ERRATA_LIMIT_REGEX. */
ERRATA_MUST_CHECK enum errata_status errata__term_fits(struct errata__term *term,
                                                       struct errata_text text, bool *fits,
                                                       struct errata_error *error);

/* For errata_query_options.refuse_impossible: ERRATA_BAD_QUERY when no issue can pass a fresh term, alone
   or with those of the query on its field; ERRATA_OK; ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__term_possible(const struct errata_query *query,
                                                           struct errata__term *fresh,
                                                           struct errata_error *error);

/* To be called before the functions below. Makes sure of what a walk from documents to issues stands on.
   ERRATA_OK, ERRATA_NO_MEMORY, ERRATA_DAMAGED. */
ERRATA_MUST_CHECK enum errata_status errata__query_prepare(struct errata_query *query,
                                                           struct errata_error *error);

/* To be called before the positions of issues are looked for: makes sure of paths, and fills
   query->position_counts. ERRATA_OK, ERRATA_NO_MEMORY, ERRATA_DAMAGED. */
ERRATA_MUST_CHECK enum errata_status errata__query_prepare_paths(struct errata_query *query,
                                                                 struct errata_error *error);

/* Do the terms on documents, or on rule errors, hold for this one? */
ERRATA_MUST_CHECK enum errata_status errata__query_try_row(struct errata_query *query,
                                                           enum errata__level level, uint32_t row,
                                                           bool *passes,
                                                           struct errata_error *error);

/* The same; mostly there are none. */
static inline ERRATA_MUST_CHECK enum errata_status errata__query_row(struct errata_query *query,
                                                                     enum errata__level level,
                                                                     uint32_t row, bool *passes,
                                                                     struct errata_error *error) {
    if (query->terms[level] == NULL) {
        *passes = true;
        return ERRATA_OK;
    }
    return errata__query_try_row(query, level, row, passes, error);
}

/* Sets query->shapes[shape]. */
ERRATA_MUST_CHECK enum errata_status errata__query_shape(struct errata_query *query, uint32_t shape,
                                                         struct errata_error *error);

/* Of an issue of a shape that DEPENDS: do the terms on path hold? Its positions begin at offset. */
ERRATA_MUST_CHECK enum errata_status errata__query_path(struct errata_query *query, uint32_t shape,
                                                        uint64_t offset, bool *passes,
                                                        struct errata_error *error);

#endif
