/*
 * errata index: the index itself as a file, to be asked later and joined with others.
 */
#include <string.h>
#include <unistd.h>

#include "command.h"

/* Nobody wants these bytes on a screen. */
static enum exit_status prepare(void **state, const struct settings *settings) {
    bool to_file = settings->output && strcmp(settings->output, "-") != 0;

    (void)state;
    if (to_file || !isatty(STDOUT_FILENO)) {
        return EXIT_GOOD;
    }
    say("an index is not for a terminal; say where it goes: -o FILE");
    return EXIT_USAGE;
}

static enum errata_status answer(struct run *run, struct errata_error *error) {
    return errata_index_write(run->sides->index, output_write, run->output, error);
}

const struct command command_index = {
    .name = "index",
    .bit = COMMAND_INDEX,
    .about = "Keeps what was read in a file, for other commands; joins such files.",
    .examples = {"errata index -o run.errata runs/",
                 "errata index -o all.errata monday.errata tuesday.errata more.ndjson"},
    .prepare = prepare,
    .run = answer,
};
