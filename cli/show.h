/*
 * Text from the input, made fit for a terminal: hostile characters as escapes, cut to a number of columns.
 */
#ifndef ERRATA_CLI_SHOW_H
#define ERRATA_CLI_SHOW_H

#include <stdint.h>

#include <errata/index.h>

#include "memory.h"

#define SHOW_ALL SIZE_MAX

/* Adds text in at most `width` columns; what is cut ends in an ellipsis. Absent is `-`, empty is `""`.
   Returns the columns used. line may be NULL to measure. */
size_t show_text(struct line *line, struct errata_text text, size_t width);

/* The same, but cut in front: for what differs at its end, such as paths. */
size_t show_text_end(struct line *line, struct errata_text text, size_t width);

/* The same, but cut in the middle: for what begins alike and differs at its end, such as rule keys. */
size_t show_text_middle(struct line *line, struct errata_text text, size_t width);

/* Breaks what was added to a line from `start` on (words of ASCII) at blanks; width 0: as it is. */
void show_wrapped(struct line *line, size_t start, size_t width);

/* The record of an issue: its id, or SOURCE:LINE in `place` where the document names none. */
struct errata_text show_record(const struct errata_whole_issue *issue, struct line *place);

/* The columns to lay out what a person looks at: COLUMNS if set, or those of the terminal, but 20 at least; 0 when there
   is neither. */
size_t show_columns(int fd);
/* Of the terminal itself, as wide as its window is now; 0 when there is none. */
size_t show_window(int fd);
/* The lines, as show_columns(). */
size_t show_lines(int fd);

#endif
