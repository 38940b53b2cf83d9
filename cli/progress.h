/*
 * A line on a terminal that tells what goes on and how far it is, drawn over and over in the same place; nothing where standard
 * error is no terminal. Whatever is said by say() takes it away first, and so does a signal that ends the program.
 */
#ifndef ERRATA_CLI_PROGRESS_H
#define ERRATA_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"

/* Is there somebody to tell? */
bool progress_wanted(void);
/* Shows a line, without its end and cut to the width that the window has now, in place of the one before. */
void progress_draw(const struct line *line);
/* Takes it away. A signal handler may call this. */
void progress_clear(void);
/* `40 s`, `2 min`, `1 h 05 min`. */
void progress_add_time(struct line *line, double seconds);

/* How far reading files is. */
struct reading {
    /* Bytes, as they lie there; all: 0 when that cannot be known. */
    uint64_t all;
    uint64_t done;
    /* As of seconds_now(): the beginning, and when to show the next line; 0: nobody is to be told. */
    double start;
    double next;
};

/* All inputs of a run, by name; "-" is standard input. */
void reading_begin(struct reading *reading, const char *const *names, size_t n_names);
/* So many bytes more were read. */
void reading_add(struct reading *reading, uint64_t bytes);

/* Says what is written and from how many issues, if it takes long: a signal handler draws the line after a while, since
   whoever writes (SQLite, for one) does not come by here. */
void writing_begin(const char *name, uint64_t issues);
/* Also where none was begun. */
void writing_end(void);

/* Of a clock that is never set. */
double seconds_now(void);

#endif
