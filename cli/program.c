/*
 * The program errata: its commands, and how a run of it begins.
 */
#include <unistd.h>

#include "command.h"
#include "exec.h"
#include "help.h"

const struct command *const commands[] = {&command_summary, &command_group, &command_list,
                                          &command_index,   &command_diff,  &command_check,
                                          &command_report,  &command_fetch, &command_scan};
// NOLINTNEXTLINE(bugprone-sizeof-expression): it is an array of pointers
const size_t n_commands = sizeof commands / sizeof *commands;
const struct command *const command_default = &command_summary;

enum exit_status program_run(const struct command *command, struct settings *settings,
                             char *const *words) {
    if (command->api) {
        return exec_http(command, words);
    }
    if (settings->files.count == 0 && isatty(STDIN_FILENO)) {
        help_usage();
        return EXIT_USAGE;
    }
    return command_run(command, settings);
}
