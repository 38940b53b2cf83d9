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

/* The filters as they were given, `--key CHECK_INCOME`, each ended by NUL. Returns how many. */
static size_t collect_asked(struct line *asked, const struct settings *settings) {
    struct filter_option option;
    size_t count = 0;

    for (size_t i = 0; filter_option_at(&option, settings, i); i++) {
        bool hidden = is_hidden(option.name, settings);

        for (size_t j = 0; j < option.values->count; j++, count++) {
            line_words(asked, option.name);
            line_words(asked, hidden ? ":redacted" : " ");
            line_words(asked, hidden ? "" : option.values->at[j]);
            line_add(asked, "", 1);
        }
    }
    return count;
}

/* Texts that stand in a row, each ended by NUL. NULL when there are none. */
static struct errata_text *texts_within(const char *words, size_t count) {
    struct errata_text *texts = count > 0 ? allocate(NULL, count, sizeof *texts) : NULL;

    for (size_t i = 0; i < count; i++) {
        texts[i] = (struct errata_text){words, strlen(words)};
        words += texts[i].length + 1;
    }
    return texts;
}

/* What was read, as it was named. */
static struct errata_text *inputs_of(const struct settings *settings, size_t *count) {
    const struct words *files = &settings->files;
    struct errata_text *texts = allocate(NULL, files->count + 1, sizeof *texts);

    texts[0] = (struct errata_text){"-", 1};
    for (size_t i = 0; i < files->count; i++) {
        texts[i] = (struct errata_text){files->at[i], strlen(files->at[i])};
    }
    *count = files->count > 0 ? files->count : 1;
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
    struct line asked = {0};
    size_t n_asked = collect_asked(&asked, settings);
    struct errata_text *terms = texts_within(asked.data, n_asked);
    size_t n_inputs;
    struct errata_text *inputs = inputs_of(settings, &n_inputs);
    enum errata_status status;

    const struct errata_report_options options = {
        .asked = terms,
        .n_asked = n_asked,
        .inputs = inputs,
        .n_inputs = n_inputs,
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
    line_free(&asked);
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
