/*
 * The subcommands, as one table: each is a file of its own that answers a query into an output.
 */
#ifndef ERRATA_CLI_COMMAND_H
#define ERRATA_CLI_COMMAND_H

#include <stddef.h>

#include <errata/export.h>
#include <errata/query.h>

#include "output.h"
#include "settings.h"

/* Bits for struct option. */
enum {
    COMMAND_SUMMARY = 1,
    COMMAND_GROUP = 2,
    COMMAND_LIST = 4
};

struct command {
    const char *name;
    unsigned bit;
    /* For the help: one line, and two examples. */
    const char *about;
    const char *examples[2];
    /* Writes the answer. Failures to write stay in output. */
    enum errata_status (*run)(struct errata_query *query, const struct errata_index *index,
                              const struct settings *settings, struct output *output,
                              struct errata_error *error);
};

extern const struct command command_summary;
extern const struct command command_group;
extern const struct command command_list;

extern const struct command *const commands[];
extern const size_t n_commands;

/* NULL when there is none. */
const struct command *command_find(const char *name);

/* The whole of a run: inputs, reading, the query, the answer. */
enum exit_status command_run(const struct command *command, struct settings *settings);

/* settings.format of a machine format in the library's words. */
enum errata_format command_export_format(const struct settings *settings);

#endif
