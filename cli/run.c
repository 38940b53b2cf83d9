/*
 * A run from beginning to end, the same for every command: what can be wrong with the command line is
 * found out first, then what can be wrong with the names of files, and only then is anything read.
 */
#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "ahead.h"
#include "clash.h"
#include "filter.h"
#include "inputs.h"
#include "load.h"
#include "progress.h"
#include "redact.h"

static enum exit_status check(const struct settings *settings) {
    enum exit_status status = clash_of_outputs(settings);

    return status == EXIT_GOOD ? ahead_check_query(settings) : status;
}

/* How the operands fall into sides. */
static size_t side_count(const struct command *command, const struct inputs *inputs) {
    return command->least_sides > 0 ? inputs->operands : 1;
}

static enum exit_status read_side(struct side *side, size_t number, const struct command *command,
                                  const struct settings *settings, const struct inputs *inputs,
                                  struct output *rejects) {
    bool own = command->least_sides > 0;
    size_t first = own && number > 0 ? inputs->ends[number - 1] : 0;
    size_t end = own ? inputs->ends[number] : inputs->count;
    enum exit_status status =
        load(&side->index, settings, inputs->names + first, end - first, rejects);

    side->name = settings->files.count > number ? settings->files.at[number] : "-";
    if (!side->index) {
        return status;
    }
    return worse_of(status, filter_make(&side->query, side->index, settings));
}

static void free_sides(struct side *sides, size_t count) {
    for (size_t i = 0; i < count; i++) {
        errata_query_free(sides[i].query);
        errata_index_free(sides[i].index);
    }
    free(sides);
}

static enum exit_status answer(const struct command *command, struct run *run) {
    struct errata_error error = {0};

    /* What the output met is said when it is closed. */
    if (command->run(run, &error) && run->output->status == ERRATA_OK) {
        return say_error(&error);
    }
    return EXIT_GOOD;
}

static void tell_writing(const struct run *run) {
    struct errata_counts counts;
    uint64_t issues = 0;

    if (!output_is_file(run->output)) {
        return;
    }
    for (size_t i = 0; i < run->n_sides; i++) {
        errata_index_counts(run->sides[i].index, &counts);
        issues += counts.issues;
    }
    writing_begin(run->output->name, issues);
}

/* With both outputs open. *good: everything was written that should be, so files may get their names. */
static enum exit_status read_and_answer(const struct command *command, struct run *run,
                                        const struct inputs *inputs, struct output *rejects,
                                        bool *good) {
    size_t count = side_count(command, inputs);
    struct side *sides = allocate(NULL, count, sizeof *sides);
    enum exit_status status = EXIT_GOOD;
    bool complete = true;

    memset(sides, 0, count * sizeof *sides);
    for (size_t i = 0; i < count && complete; i++) {
        status = worse_of(status, read_side(&sides[i], i, command, run->settings, inputs, rejects));
        complete = sides[i].query != NULL;
    }
    if (complete) {
        run->sides = sides;
        run->n_sides = count;
        tell_writing(run);
        enum exit_status answered = answer(command, run);

        *good = answered == EXIT_GOOD;
        status = worse_of(status, answered);
        status = worse_of(status, run->gate_failed ? EXIT_GATE : EXIT_GOOD);
        status = worse_of(status, run->aside);
    }
    free_sides(sides, count);
    return status;
}

static enum exit_status run_with_outputs(const struct command *command,
                                         const struct settings *settings,
                                         const struct inputs *inputs, void *state) {
    struct output output;
    struct output rejects;
    struct run run = {.settings = settings, .output = &output, .state = state};
    bool good = false;
    enum exit_status status;
    enum exit_status closed;

    if (!output_open(&output, settings->output)) {
        return EXIT_MACHINE;
    }
    if (settings->rejects && !output_open(&rejects, settings->rejects)) {
        status = output_close(&output, false);
        return worse_of(EXIT_MACHINE, status);
    }
    status = read_and_answer(command, &run, inputs, settings->rejects ? &rejects : NULL, &good);
    closed = output_close(&output, good);
    writing_end();
    /* Nobody listens any more: whatever else there was to tell, this is no failure. But a gate has been asked
       by whoever waits for the exit status. */
    if (output.status == ERRATA_CLOSED && !command->gate) {
        status = run.gate_failed ? EXIT_GATE : EXIT_GOOD;
    }
    status = worse_of(status, closed);
    if (settings->rejects) {
        status = worse_of(status, output_close_side(&rejects, good));
    }
    return status;
}

static enum exit_status check_sides(const struct command *command,
                                    const struct settings *settings) {
    if (settings->files.count >= command->least_sides) {
        return EXIT_GOOD;
    }
    say("errata %s needs %s; see errata %s --help", command->name, command->operands,
        command->name);
    return EXIT_USAGE;
}

enum exit_status command_run(const struct command *command, struct settings *settings) {
    struct inputs inputs = {0};
    void *state = NULL;
    enum exit_status status = check_sides(command, settings);

    if (status == EXIT_GOOD) {
        status = redact_begin(settings);
    }
    if (status == EXIT_GOOD) {
        status = check(settings);
    }
    if (status == EXIT_GOOD && command->prepare) {
        status = command->prepare(&state, settings);
    }
    if (status == EXIT_GOOD) {
        status = inputs_gather(&inputs, &settings->files);
    }
    if (status == EXIT_GOOD) {
        status = clash_with_inputs(settings, &inputs);
    }
    if (status == EXIT_GOOD) {
        status = run_with_outputs(command, settings, &inputs, state);
    }
    if (command->release) {
        command->release(state);
    }
    inputs_free(&inputs);
    return status;
}
