/*
 * Where results go: standard output or the file of an option. A file gets its name only when all of it is
 * there. The first failure sticks, and everything written behind it goes nowhere.
 */
#ifndef ERRATA_CLI_OUTPUT_H
#define ERRATA_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <errata/error.h>

#include "core/replace.h"
#include "memory.h"
#include "message.h"

struct output {
    /* As the user knows it. */
    const char *name;
    /* What is written in place: standard output, a device, a pipe; -1: a file is replaced. */
    int fd;
    struct errata__replace replace;
    struct line buffer;
    /* ERRATA_OK, or the first failure, ERRATA_CANNOT_WRITE or ERRATA_CLOSED, with its message. */
    enum errata_status status;
    struct errata_error error;
};

/* path: NULL or "-" is standard output. False after saying why it cannot be opened. */
bool output_open(struct output *output, const char *path);

/* An errata_write_function; ctx is the output. */
enum errata_status output_write(void *ctx, const void *bytes, size_t length);

/* Writes a line, or several, and empties it. */
void output_line(struct output *output, struct line *line);

/* Writes out what is left and closes; says what failed, once. keep: give the file its name; else nothing
   of it remains. */
enum exit_status output_close(struct output *output, bool keep);

/* The same for an output beside the result: that its reader has gone away is a failure, too. */
enum exit_status output_close_side(struct output *output, bool keep);

/* Is it a file, and no pipe whose reader may write to the same terminal? */
bool output_is_file(const struct output *output);

/* Does it go to a terminal? */
bool output_is_terminal(const struct output *output);

#endif
