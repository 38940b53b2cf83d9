/*
 * What the program that makes the manual consists of. It runs while errata is built, on the tables that errata parses
 * its command line by; so help, manual and completions cannot differ.
 */
#ifndef ERRATA_CLI_MANUAL_H
#define ERRATA_CLI_MANUAL_H

#include <stdbool.h>

#include "command.h"
#include "option-rows.h"

/* Adds what stands for a line `@what` in a template. name: of the file that is made, such as errata-group.1; date: of
   its last change. False when such a line means nothing there. */
typedef bool manual_function(struct line *out, const char *name, const char *date,
                             const char *what);

/* Of manual pages, and of the completions of shells. */
manual_function manual_page;
manual_function manual_bash;
manual_function manual_zsh;
manual_function manual_fish;

/* Whether an option's value is the name of a file. */
bool manual_takes_file(const struct option *option);
/* Whether a command's operands are files. */
bool manual_wants_files(const struct command *command);
/* What an option does, in a few words: the first sentence for the manual, without its period. */
struct errata_text manual_brief(const struct option *option);

#endif
