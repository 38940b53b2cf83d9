/*
 * A run from beginning to end, the same for every command: what can be wrong with the command line is
 * found out first, then what can be wrong with the names of files, and only then is anything read.
 */
#include "command.h"

#include "clash.h"
#include "filter.h"
#include "inputs.h"
#include "load.h"

enum errata_format command_export_format(const struct settings *settings) {
    switch ((enum result_format)settings->format) {
    case FORMAT_TABLE:
    case FORMAT_JSON:
        break;
    case FORMAT_NDJSON:
        return ERRATA_FORMAT_NDJSON;
    case FORMAT_CSV:
        return ERRATA_FORMAT_CSV;
    }
    return ERRATA_FORMAT_JSON;
}

/* Terms and regular expressions are judged before a long read, not after it. */
static enum exit_status check_query(const struct settings *settings) {
    struct errata_index *index = NULL;
    struct errata_query *query = NULL;
    enum exit_status status = load_nothing(&index);

    if (status == EXIT_GOOD) {
        status = filter_make(&query, index, settings);
    }
    errata_query_free(query);
    errata_index_free(index);
    return status;
}

static enum exit_status check(const struct settings *settings) {
    enum exit_status status = clash_of_outputs(settings);

    return status == EXIT_GOOD ? check_query(settings) : status;
}

static enum exit_status answer(const struct command *command, const struct errata_index *index,
                               const struct settings *settings, struct output *output) {
    struct errata_query *query;
    struct errata_error error = {0};
    enum exit_status status = filter_make(&query, index, settings);

    if (status != EXIT_GOOD) {
        return status;
    }
    /* What the output met is said when it is closed. */
    if (command->run(query, index, settings, output, &error) && output->status == ERRATA_OK) {
        status = say_error(&error);
    }
    errata_query_free(query);
    return status;
}

/* With both outputs open. *good: everything was written that should be, so files may get their names. */
static enum exit_status read_and_answer(const struct command *command,
                                        const struct settings *settings,
                                        const struct inputs *inputs, struct output *output,
                                        struct output *rejects, bool *good) {
    struct errata_index *index = NULL;
    enum exit_status status = load(&index, settings, inputs, rejects);

    if (index) {
        enum exit_status answered = answer(command, index, settings, output);

        *good = answered == EXIT_GOOD;
        status = worse_of(status, answered);
    }
    errata_index_free(index);
    return status;
}

static enum exit_status run_with_outputs(const struct command *command,
                                         const struct settings *settings,
                                         const struct inputs *inputs) {
    struct output output;
    struct output rejects;
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
    status = read_and_answer(command, settings, inputs, &output,
                             settings->rejects ? &rejects : NULL, &good);
    closed = output_close(&output, good);
    /* Nobody listens any more: whatever else there was to tell, this is no failure. */
    if (output.status == ERRATA_CLOSED) {
        status = EXIT_GOOD;
    }
    status = worse_of(status, closed);
    if (settings->rejects) {
        status = worse_of(status, output_close_side(&rejects, good));
    }
    return status;
}

enum exit_status command_run(const struct command *command, struct settings *settings) {
    struct inputs inputs = {0};
    enum exit_status status = check(settings);

    if (status == EXIT_GOOD) {
        status = inputs_gather(&inputs, &settings->files);
    }
    if (status == EXIT_GOOD) {
        status = clash_with_inputs(settings, &inputs);
    }
    if (status == EXIT_GOOD) {
        status = run_with_outputs(command, settings, &inputs);
    }
    inputs_free(&inputs);
    return status;
}
