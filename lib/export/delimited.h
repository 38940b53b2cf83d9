/*
 * What CSV and TSV have in common: a header line, a line for each row, and cells that a spreadsheet would run.
 */
#ifndef ERRATA_EXPORT_DELIMITED_H
#define ERRATA_EXPORT_DELIMITED_H

#include "export/format.h"

/* What sets one apart from the other. */
struct errata__delimited {
    char separator;
    const char *line_end;
    /* What stands for a value that is absent. */
    const char *absent;
    /* A value that is there. */
    void (*text)(struct errata__sink *sink, struct errata_text text);
    /* A part of one that has the quote before and behind it (which may be nothing). */
    void (*escaped)(struct errata__sink *sink, struct errata_text text);
    const char *quote;
};

void errata__delimited_begin(struct errata__writing *writing, const struct errata__delimited *with);
void errata__delimited_row(struct errata__writing *writing, const struct errata__delimited *with,
                           const struct errata__cell *cells, size_t n_cells);

/* Does a control character other than LF, CR and TAB begin at text[at]? Then U+FFFD stands for it. Sets *length to its
   bytes. */
bool errata__delimited_control(struct errata_text text, size_t at, size_t *length);

#endif
