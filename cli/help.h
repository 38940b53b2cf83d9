/*
 * Help texts, made from the tables of commands and options.
 */
#ifndef ERRATA_CLI_HELP_H
#define ERRATA_CLI_HELP_H

#include "command.h"

/* To standard output. command: NULL is the program as a whole. */
enum exit_status help_print(const struct command *command);

/* To standard error: how to call the program, where it was called without anything to do. */
void help_usage(void);

#endif
