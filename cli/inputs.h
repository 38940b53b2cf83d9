/*
 * What is to be read: files as named, folders taken apart, `-`.
 */
#ifndef ERRATA_CLI_INPUTS_H
#define ERRATA_CLI_INPUTS_H

#include "memory.h"
#include "message.h"

struct inputs {
    char **names;
    size_t count;
    /* For each operand: how many names there are up to and with its own. */
    size_t *ends;
    size_t operands;
};

/*
 * Finds out which files are meant and that each can be opened, before any is read. A folder stands for the
 * files below it, in byte order of names, without hidden names and links to folders. No files at all are
 * standard input. Names each that is missing or cannot be read, and returns EXIT_INPUT; EXIT_USAGE. Free
 * inputs in any case.
 */
enum exit_status inputs_gather(struct inputs *inputs, const struct words *files);
void inputs_free(struct inputs *inputs);

#endif
