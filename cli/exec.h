/*
 * errata itself knows nothing of libcurl: for commands that ask the API another program takes its place.
 */
#ifndef ERRATA_CLI_EXEC_H
#define ERRATA_CLI_EXEC_H

#include "command.h"

/* Becomes errata-http, with the same words and environment; it lies beside errata or in the folder of programs
   that others run. Returns only after saying why it cannot. */
enum exit_status exec_http(const struct command *command, char *const *words);

#endif
