/*
 * The parts that the table of options is made of, and what their rows are written with.
 */
#ifndef ERRATA_CLI_OPTION_ROWS_H
#define ERRATA_CLI_OPTION_ROWS_H

#include "command.h"
#include "option.h"

#define AT(member) offsetof(struct settings, member)
/* Commands that read files, and those that ask the API. */
#define FILES                                                                                      \
    (COMMAND_SUMMARY | COMMAND_GROUP | COMMAND_LIST | COMMAND_INDEX | COMMAND_DIFF |               \
     COMMAND_CHECK | COMMAND_REPORT)
#define API (COMMAND_FETCH | COMMAND_SCAN)
#define ALL (FILES | API)
/* Those of them that answer with what passes the filters; of these, those that do so in rows or on a screen; and
   those whose rows are groups. */
#define FILTERED (ANSWERS | COMMAND_REPORT)
#define ANSWERS                                                                                    \
    (COMMAND_SUMMARY | COMMAND_GROUP | COMMAND_LIST | COMMAND_DIFF | COMMAND_CHECK | API)
#define GROUPS (COMMAND_GROUP | COMMAND_DIFF | API)

struct option_list {
    /* For the manual pages. */
    const char *title;
    const struct option *rows;
    size_t count;
};

/* In the order of the help. */
extern const struct option_list options_api;
extern const struct option_list options_answer;
extern const struct option_list options_input;
extern const struct option_list *const option_lists[];
extern const size_t n_option_lists;

#endif
