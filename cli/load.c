/*
 * Reading: see load.h. A saved index that is alone is taken as it is; anything else goes through a reader.
 */
#include "load.h"

#include <stdio.h>
#include <string.h>

#include <errata/export.h>
#include <errata/reader.h>

#include "open.h"
#include "processors.h"
#include "progress.h"
#include "redact.h"
#include "saved.h"
#include "told.h"

/* Where a reject's line goes, and which source it is of. */
struct reject_line {
    const struct settings *settings;
    struct output *output;
    struct errata_text source;
};

struct loading {
    const struct settings *settings;
    struct reject_line line;
    struct reading reading;
    struct digit_names digit_names;
    /* Made when it is needed. */
    struct errata_reader *reader;
    /* Of saved indexes. */
    uint64_t bytes;
};

static enum errata_status write_reject(void *ctx, const struct errata_reject *reject,
                                       struct errata_text text) {
    struct reject_line *line = &((struct loading *)ctx)->line;
    bool hidden = redact_any(line->settings);
    enum errata_status status =
        errata_export_reject(reject, line->source, hidden ? (struct errata_text){0} : text,
                             output_write, line->output, NULL);

    /* A failure to write stays in the output and is said when that is closed; the result is still to come. */
    return line->output->status != ERRATA_OK ? ERRATA_OK : status;
}

static void add_bytes(void *ctx, uint64_t bytes) {
    reading_add(&((struct loading *)ctx)->reading, bytes);
}

static enum errata_status make_reader(struct loading *loading, struct errata_error *error) {
    const struct settings *settings = loading->settings;
    const struct errata_reader_options options = {
        .limits = {.memory = settings->max_memory,
                   .token = settings->max_token,
                   .document = settings->max_document,
                   .depth = (uint32_t)settings->max_depth,
                   .issues = (uint32_t)settings->max_issues},
        .strict = settings->strict,
        .keep_going = settings->keep_going || settings->rejects,
        .digit_names = loading->digit_names.on,
        .on_reject = loading->line.output ? write_reject : NULL,
        .on_bytes = add_bytes,
        .ctx = loading,
        .threads = settings->threads ? (uint32_t)settings->threads : processors_usable()};

    return loading->reader ? ERRATA_OK : errata_reader_new(&loading->reader, &options, error);
}

/* Sources so far in which every line was a reject. */
static uint64_t all_rejected(const struct errata_reader *reader) {
    struct errata_reader_stats stats;

    errata_reader_stats(reader, &stats);
    return stats.lines_all_rejected;
}

/* Payload that is read, file by file. */
struct run {
    struct loading *loading;
    const char *const *names;
    /* How many were begun, and how many sources in which every line is a reject there were by then. */
    size_t begun;
    uint64_t all_rejected;
};

/* Documents over several lines are the likely reason, and the rejects alone do not tell. */
static void end_file(const struct run *run) {
    if (run->begun > 0 && all_rejected(run->loading->reader) > run->all_rejected) {
        say("%s: every line is a reject; try --framing stream", run->names[run->begun - 1]);
    }
}

static void begin_file(void *ctx, size_t file) {
    struct run *run = ctx;
    const char *name = run->names[file];

    end_file(run);
    run->begun = file + 1;
    run->all_rejected = all_rejected(run->loading->reader);
    run->loading->line.source = (struct errata_text){name, strlen(name)};
}

static enum exit_status end_run(const struct run *run, enum errata_status status,
                                const struct errata_error *error) {
    if (status) {
        return told_end(error, run->loading->settings);
    }
    end_file(run);
    return EXIT_GOOD;
}

/* What is no file, or alone between saved indexes. */
static enum exit_status read_one(struct loading *loading, const struct opened *opened) {
    struct run run = {.loading = loading, .names = &opened->name};
    struct errata_error error = {0};
    enum errata_status status = make_reader(loading, &error);

    if (status == ERRATA_OK) {
        begin_file(&run, 0);
        status = opened_read(opened, loading->reader,
                             (enum errata_framing)loading->settings->framing, &error);
    }
    return end_run(&run, status, &error);
}

static enum exit_status read_many(struct loading *loading, const char *const *names,
                                  size_t n_names) {
    struct digit_names own = {.name = names[0], .on = loading->settings->digit_names};
    const struct errata_origin origin = {.framing =
                                             (enum errata_framing)loading->settings->framing};
    struct run run = {.loading = loading, .names = names};
    struct errata_error error = {0};
    enum exit_status agrees = saved_digit_names(&loading->digit_names, &own, loading->settings);

    if (agrees != EXIT_GOOD) {
        return agrees;
    }
    enum errata_status status = make_reader(loading, &error);
    if (status == ERRATA_OK) {
        status = errata_reader_read_paths(loading->reader, names, n_names, &origin, begin_file,
                                          &run, &error);
    }
    return end_run(&run, status, &error);
}

static enum exit_status join(struct loading *loading, const struct errata_index *part,
                             const char *name) {
    struct errata_error error = {0};
    enum errata_status status = make_reader(loading, &error);

    if (status == ERRATA_OK) {
        status = errata_reader_join(loading->reader, part, &error);
    }
    if (status == ERRATA_OK) {
        return EXIT_GOOD;
    }
    /* The library knows no name for it. */
    snprintf(error.source, sizeof error.source, "%s", name);
    return told_end(&error, loading->settings);
}

/* Takes a saved index, or says that it does not fit. */
static enum exit_status map_one(struct errata_index **part, struct loading *loading,
                                const struct opened *opened) {
    const struct settings *settings = loading->settings;
    struct digit_names own = {.name = opened->name, .saved = true};
    uint64_t size;
    enum exit_status status = opened_map(part, &size, opened, settings->no_verify);

    if (status != EXIT_GOOD) {
        return status;
    }
    loading->bytes += size;
    reading_add(&loading->reading, size);
    own.on = errata_index_digit_names(*part);
    status = saved_digit_names(&loading->digit_names, &own, settings);
    if (status == EXIT_GOOD) {
        status = saved_is_strict(*part, opened->name, settings);
    }
    if (status == EXIT_GOOD && loading->line.output) {
        status = saved_rejects(*part, loading->line.output, settings);
    }
    return status;
}

/* alone: there is no other input, so an index need not be joined to anything. */
static enum exit_status take(struct loading *loading, struct errata_index **index, const char *name,
                             bool alone) {
    struct digit_names own = {.name = name, .on = loading->settings->digit_names};
    struct errata_index *part = NULL;
    struct opened opened;
    enum exit_status status = opened_open(&opened, name);

    if (status == EXIT_GOOD && !opened.saved) {
        status = saved_digit_names(&loading->digit_names, &own, loading->settings);
        status = status == EXIT_GOOD ? read_one(loading, &opened) : status;
    } else if (status == EXIT_GOOD) {
        status = map_one(&part, loading, &opened);
    }
    opened_close(&opened);
    if (part && alone) {
        *index = part;
        return status;
    }
    if (part && status == EXIT_GOOD) {
        status = join(loading, part, name);
    }
    errata_index_free(part);
    return status;
}

/* The index of all that was read. */
static enum exit_status finish(struct loading *loading, struct errata_index **index) {
    struct errata_error error = {0};
    struct errata_reader_stats stats;
    enum errata_status status = make_reader(loading, &error);

    if (status == ERRATA_OK) {
        errata_reader_stats(loading->reader, &stats);
        loading->bytes += stats.bytes;
        status = errata_reader_finish(index, loading->reader, &error);
    }
    errata_reader_free(loading->reader);
    return status ? told_end(&error, loading->settings) : EXIT_GOOD;
}

enum exit_status load(struct errata_index **index, const struct settings *settings,
                      char *const *names, size_t n_names, struct output *rejects) {
    struct loading loading = {.settings = settings,
                              .line = {.settings = settings, .output = rejects}};
    enum exit_status status = EXIT_GOOD;
    double start = seconds_now();

    *index = NULL;
    reading_begin(&loading.reading, (const char *const *)names, n_names);
    for (size_t i = 0, many; i < n_names && status == EXIT_GOOD; i += many) {
        for (many = 0; i + many < n_names && opened_is_payload_file(names[i + many]); many++) {}
        if (many > 1) {
            status = read_many(&loading, (const char *const *)names + i, many);
        } else {
            status = take(&loading, index, names[i], n_names == 1);
            many = 1;
        }
    }
    if (!*index && (status == EXIT_GOOD || loading.reader)) {
        status = worse_of(status, finish(&loading, index));
    }
    if (*index) {
        status = worse_of(status, redact_index(*index, settings));
    }
    progress_clear();
    if (settings->stats && *index) {
        told_stats(*index, loading.bytes, seconds_now() - start);
    }
    if (status == EXIT_GOOD) {
        status = told_rejects(*index, settings);
    }
    if (status != EXIT_GOOD && status != EXIT_REJECTS) {
        errata_index_free(*index);
        *index = NULL;
    }
    return status;
}
