/*
 * Where results go: standard output or the file of an option. A file gets its name only when all of it is
 * there. The first failure sticks, and everything written behind it goes nowhere.
 */
#ifndef ERRATA_CLI_OUTPUT_H
#define ERRATA_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <errata/error.h>

#include "memory.h"
#include "message.h"

struct output {
    int fd;
    /* As the user knows it. */
    const char *name;
    /* Where it will be in the end; NULL when it is written in place. */
    char *path;
    const char *temporary;
    struct line buffer;
    /* ERRATA_OK, ERRATA_CANNOT_WRITE (errno was `reason`), ERRATA_CLOSED. */
    enum errata_status status;
    int reason;
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

/* Does it go to a terminal? */
bool output_is_terminal(const struct output *output);

#endif
