/*
 * errata report: a page for people, as one file.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <errata/report.h>

#include "command.h"
#include "core/fail.h"
#include "filter.h"
#include "inputs.h"
#include "load.h"
#include "redact.h"

/* The side that --old names, read before the inputs. */
struct old {
    struct errata_index *index;
    struct errata_query *query;
    /* EXIT_REJECTS: it has some. */
    enum exit_status status;
};

static enum exit_status read_old(struct old *old, const struct settings *settings) {
    const char *name = settings->old;
    const struct words files = {.at = &name, .count = 1};
    struct inputs inputs = {0};
    struct inputs others = {0};
    enum exit_status status = inputs_gather(&inputs, &files);

    /* So that a file which is missing is named before anything is read. */
    if (status == EXIT_GOOD) {
        status = inputs_gather(&others, &settings->files);
    }
    if (status == EXIT_GOOD) {
        old->status = load(&old->index, settings, inputs.names, inputs.count, NULL);
        status = old->index ? filter_make(&old->query, old->index, settings) : old->status;
    }
    inputs_free(&others);
    inputs_free(&inputs);
    return status;
}

static enum exit_status prepare(void **state, const struct settings *settings) {
    struct old *old = allocate(NULL, 1, sizeof *old);
    bool to_file = settings->output && strcmp(settings->output, "-") != 0;

    memset(old, 0, sizeof *old);
    *state = old;
    if (!to_file && isatty(STDOUT_FILENO)) {
        say("a report is for a browser, not for a terminal; say where it goes: -o FILE");
        return EXIT_USAGE;
    }
    return settings->old ? read_old(old, settings) : EXIT_GOOD;
}

static void release(void *state) {
    struct old *old = state;

    if (old) {
        errata_query_free(old->query);
        errata_index_free(old->index);
        free(old);
    }
}

/* What a filter asks for may be a value that is not to be shown. */
static bool is_hidden(const char *option, const struct settings *settings) {
    return redact_any(settings) &&
           (strcmp(option, "--where") == 0 || strcmp(option, "--grep") == 0 ||
            (strcmp(option, "--record") == 0 && redact_has(settings, ERRATA_FIELD_RECORD)));
}

/* The filters as they were given, `--key CHECK_INCOME`. */
static void collect_asked(struct words *asked, const struct settings *settings) {
    struct filter_option option;

    for (size_t i = 0; filter_option_at(&option, settings, i); i++) {
        for (size_t j = 0; j < option.values->count; j++) {
            bool hidden = is_hidden(option.name, settings);
            char *front = join_words(option.name, hidden ? ":redacted" : " ");

            words_add(asked, join_words(front, hidden ? "" : option.values->at[j]));
            free(front);
        }
    }
}

static void free_words(struct words *words) {
    for (size_t i = 0; i < words->count; i++) {
        free((void *)(uintptr_t)words->at[i]);
    }
    free(words->at);
}

/* NULL when there are none. */
static struct errata_text *texts_of(const struct words *words) {
    struct errata_text *texts =
        words->count > 0 ? allocate(NULL, words->count, sizeof *texts) : NULL;

    for (size_t i = 0; i < words->count; i++) {
        texts[i] = (struct errata_text){words->at[i], strlen(words->at[i])};
    }
    return texts;
}

/* The library knows sides by number. */
static enum errata_status check_sides(const struct run *run, const struct old *old,
                                      struct errata_error *error) {
    bool on = old->index && errata_index_digit_names(old->index);

    if (!old->index || errata_index_digit_names(run->sides->index) == on) {
        return ERRATA_OK;
    }
    return errata__fail(error, ERRATA_MISMATCH,
                        "--old %s was made %s --digit-names and the other inputs %s, so they do "
                        "not compare; give the option, and a saved index without it must be made "
                        "again",
                        run->settings->old, on ? "with" : "without", on ? "without" : "with");
}

static enum errata_status answer(struct run *run, struct errata_error *error) {
    const struct settings *settings = run->settings;
    const struct old *old = run->state;
    const char *standard_input = "-";
    const struct words none = {.at = &standard_input, .count = 1};
    const struct words *files = settings->files.count > 0 ? &settings->files : &none;
    struct words asked = {0};
    struct errata_text *inputs = texts_of(files);
    enum errata_status status;

    collect_asked(&asked, settings);
    struct errata_text *terms = texts_of(&asked);
    const struct errata_report_options options = {
        .asked = terms,
        .n_asked = asked.count,
        .inputs = inputs,
        .n_inputs = files->count,
        .old = old->query,
        .old_name = {settings->old, settings->old ? strlen(settings->old) : 0},
        .max_groups = settings->max_groups};

    status = check_sides(run, old, error);
    if (status == ERRATA_OK) {
        status = errata_export_report(run->sides->query, run->sides->index, &options, output_write,
                                      run->output, error);
    }
    run->aside = old->status;
    free(terms);
    free(inputs);
    free_words(&asked);
    return status;
}

const struct command command_report = {
    .name = "report",
    .bit = COMMAND_REPORT,
    .about = "Makes a page for people: what fails, why, in charts and a table.",
    .examples = {"errata report -o report.html run.ndjson.gz",
                 "errata report --old yesterday.errata -o report.html today.errata"},
    .prepare = prepare,
    .release = release,
    .run = answer,
};
