/*
 * --format sqlite: an answer that is a file of its own kind, which SQLite writes itself.
 */
#ifndef ERRATA_CLI_DATABASE_H
#define ERRATA_CLI_DATABASE_H

#include "command.h"

/* Looks whether there is a place for a database where one is asked for. EXIT_GOOD, or after saying why
   not: EXIT_USAGE; EXIT_MACHINE: what is there is no file, or beside it is SQLite's log of another database. */
enum exit_status database_check(const struct command *command, const struct settings *settings);

/* Writes the issues of a walk into the run's output. Its failure has the output's name. */
ERRATA_MUST_CHECK enum errata_status database_write(struct errata_matches *matches, struct run *run,
                                                    struct errata_error *error);

#endif
