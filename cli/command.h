/*
 * The subcommands, as one table: each is a file of its own that answers from one index or from several into
 * an output.
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
    COMMAND_LIST = 4,
    COMMAND_INDEX = 8,
    COMMAND_DIFF = 16,
    COMMAND_CHECK = 32,
    COMMAND_FETCH = 64,
    COMMAND_SCAN = 128,
    COMMAND_REPORT = 256
};

/* Those that --view of the commands that ask the API names. */
#define VIEW_COMMANDS (COMMAND_SUMMARY | COMMAND_GROUP | COMMAND_LIST)

/* What an answer is made from: all inputs together or, for commands with sides, one of them. */
struct side {
    /* The operand; "-" also where none was named. */
    const char *name;
    struct errata_index *index;
    /* With the terms of --where and its short forms. */
    struct errata_query *query;
};

/* What a command works with. */
struct run {
    const struct settings *settings;
    const struct side *sides;
    size_t n_sides;
    struct output *output;
    /* Of prepare(). */
    void *state;
    /* To be set when the answer is that a gate failed. */
    bool gate_failed;
    /* What became of a file beside the result; it was said. */
    enum exit_status aside;
};

struct command {
    const char *name;
    unsigned bit;
    /* For the help: what stands for the operands (NULL: any number of files), one line, and two examples. */
    const char *operands;
    const char *about;
    const char *examples[2];
    /* Each operand is a side, and there must be so many; 0: all operands together make one. */
    size_t least_sides;
    /* Looks at what the options say together and takes in the files that they name, before anything is read;
       NULL: nothing to do. Says what is wrong. *state becomes run.state, and release() gets it in the end,
       also after a failure. */
    enum exit_status (*prepare)(void **state, const struct settings *settings);
    void (*release)(void *state);
    /* Asks the API, so errata-http does it, and answers with a view: takes the options of view_command(), too. */
    bool api;
    /* The exit status is the answer: it holds also when the reader of the output went away. */
    bool gate;
    /* Writes the answer. Failures to write stay in the output. */
    enum errata_status (*run)(struct run *run, struct errata_error *error);
};

extern const struct command command_summary;
extern const struct command command_group;
extern const struct command command_list;
extern const struct command command_index;
extern const struct command command_diff;
extern const struct command command_check;
extern const struct command command_fetch;
extern const struct command command_scan;
extern const struct command command_report;

/* Those of a program, and the one that is meant where none is named. */
extern const struct command *const commands[];
extern const size_t n_commands;
extern const struct command *const command_default;

/* NULL when there is none. */
const struct command *command_find(const char *name);

/* What a program does with a command line that is right so far; words are those of main(). */
enum exit_status program_run(const struct command *command, struct settings *settings,
                             char *const *words);

/* The whole of a run: inputs, reading, the query, the answer. */
enum exit_status command_run(const struct command *command, struct settings *settings);

/* The command that makes what --view names. */
const struct command *view_command(const struct settings *settings);

/* What --by, --sort, --min, --offset and --limit ask for. */
struct errata_grouping command_grouping(const struct settings *settings);

/* Has the format the options that were given? EXIT_USAGE after saying which formats have. */
enum exit_status command_check_format(const struct settings *settings);

/* Says how many rows --limit and --offset let through when these are not all, unless the format has a place for
   it. bare: the format has none here, whatever it has elsewhere. */
void command_say_cut(const struct settings *settings, uint64_t shown, uint64_t total,
                     const char *noun, bool bare);

/* How a machine format is to be written, in the library's words. */
struct errata_export_options command_export_options(const struct settings *settings);

#endif
