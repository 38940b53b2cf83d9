/*
 * Reading: see load.h.
 */
#include "load.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <errata/export.h>
#include <errata/reader.h>

/* Rejects that are shown; --rejects has all. */
#define SHOWN_REJECTS 3U

/* Where a reject's line goes, and which source it is of. */
struct reject_line {
    struct output *output;
    struct errata_text source;
};

static enum errata_status write_reject(void *ctx, const struct errata_reject *reject,
                                       struct errata_text text) {
    struct reject_line *line = ctx;
    enum errata_status status =
        errata_export_reject(reject, line->source, text, output_write, line->output, NULL);

    /* A failure to write stays in the output and is said when that is closed; the result is still to come. */
    return line->output->status != ERRATA_OK ? ERRATA_OK : status;
}

static void fill_options(struct errata_reader_options *options, const struct settings *settings) {
    options->limits.memory = settings->max_memory;
    options->limits.token = settings->max_token;
    options->limits.document = settings->max_document;
    options->limits.depth = (uint32_t)settings->max_depth;
    options->limits.issues = (uint32_t)settings->max_issues;
    options->strict = settings->strict;
    options->keep_going = settings->keep_going || settings->rejects;
    options->digit_names = settings->digit_names;
}

static enum errata_status read_one(struct errata_reader *reader, const char *name, unsigned framing,
                                   struct errata_error *error) {
    struct errata_origin origin = {.name = {name, strlen(name)},
                                   .framing = (enum errata_framing)framing};

    if (strcmp(name, "-") != 0) {
        return errata_reader_read_path(reader, name, &origin, error);
    }
    origin.kind = ERRATA_SOURCE_STREAM;
    return errata_reader_read_fd(reader, STDIN_FILENO, &origin, error);
}

/* Sources so far in which every line was a reject. */
static uint64_t all_rejected(const struct errata_reader *reader) {
    struct errata_reader_stats stats;

    errata_reader_stats(reader, &stats);
    return stats.lines_all_rejected;
}

/* Documents over several lines are the likely reason, and the rejects alone do not tell. */
static void say_all_rejected(const char *name) {
    say("%s: every line is a reject; try --framing stream", name);
}

static double seconds_now(void) {
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void print_stats(const struct errata_reader *reader, double seconds) {
    struct errata_reader_stats stats;

    errata_reader_stats(reader, &stats);
    fprintf(stderr,
            "{\"bytes\":%llu,\"documents\":%llu,\"rejects\":%llu,\"issues\":%llu,\"seconds\":%.6f,"
            "\"mb_per_s\":%.1f,\"arena_bytes\":%llu}\n",
            (unsigned long long)stats.bytes, (unsigned long long)stats.documents,
            (unsigned long long)stats.rejects, (unsigned long long)stats.issues, seconds,
            seconds > 0 ? (double)stats.bytes / 1e6 / seconds : 0.0,
            (unsigned long long)stats.memory);
}

/* The same line as for a reject that ends the run. */
static void say_reject(const struct errata_index *index, const struct errata_reject *reject) {
    struct errata_error error = {.status = ERRATA_NOT_STATUS,
                                 .line = reject->trouble_line,
                                 .column = reject->trouble_column,
                                 .offset = reject->trouble_offset};
    struct errata_source source = {0};

    errata_index_source(index, reject->source, &source);
    snprintf(error.source, sizeof error.source, "%s", source.name.data ? source.name.data : "");
    snprintf(error.message, sizeof error.message, "%s", reject->reason.data);
    (void)say_error(&error);
}

static enum exit_status say_rejects(const struct errata_index *index, const char *file) {
    struct errata_counts counts;
    struct errata_reject reject;

    errata_index_counts(index, &counts);
    if (counts.rejects == 0) {
        return EXIT_GOOD;
    }
    say("%u reject%s left out (%s%s)%s:", counts.rejects, counts.rejects == 1 ? "" : "s",
        file ? "listed in " : "--rejects FILE lists all", file ? file : "",
        counts.rejects > SHOWN_REJECTS ? ", the first of them" : "");
    for (uint32_t i = 0; i < SHOWN_REJECTS && errata_index_reject(index, i, &reject); i++) {
        say_reject(index, &reject);
    }
    return EXIT_REJECTS;
}

/* `64K` for a number that is that. */
static void show_size(char out[32], uint64_t size) {
    static const char units[] = {'\0', 'K', 'M', 'G', 'T'};
    size_t unit = 0;

    while (size > 0 && size % 1024 == 0 && unit + 1 < sizeof units) {
        size /= 1024;
        unit++;
    }
    snprintf(out, 32, "%llu%.1s", (unsigned long long)size, &units[unit]);
}

/* Says why a run ended, and which option would help. */
static enum exit_status say_end(const struct errata_error *error, const struct settings *settings) {
    enum exit_status status = say_error(error);
    char size[32];

    if (error->status == ERRATA_LIMIT_MEMORY) {
        show_size(size, settings->max_memory);
        say("--max-memory is %s; raise it, or read less at once", size);
    }
    return status;
}

enum exit_status load(struct errata_index **index, const struct settings *settings,
                      char *const *names, size_t n_names, struct output *rejects) {
    struct reject_line line = {.output = rejects};
    struct errata_reader_options options = {.on_reject = rejects ? write_reject : NULL,
                                            .ctx = &line};
    struct errata_reader *reader;
    struct errata_error error = {0};
    enum errata_status status;
    double start = seconds_now();

    fill_options(&options, settings);
    status = errata_reader_new(&reader, &options, &error);
    for (size_t i = 0; i < n_names && status == ERRATA_OK; i++) {
        line.source = (struct errata_text){names[i], strlen(names[i])};
        uint64_t before = all_rejected(reader);

        status = read_one(reader, names[i], settings->framing, &error);
        if (status == ERRATA_OK && all_rejected(reader) > before) {
            say_all_rejected(names[i]);
        }
    }
    if (settings->stats && reader) {
        print_stats(reader, seconds_now() - start);
    }
    if (status == ERRATA_OK) {
        status = errata_reader_finish(index, reader, &error);
    }
    errata_reader_free(reader);
    if (status) {
        return say_end(&error, settings);
    }
    return say_rejects(*index, settings->rejects);
}

enum exit_status load_nothing(struct errata_index **index) {
    struct errata_reader *reader;
    struct errata_error error;
    enum errata_status status = errata_reader_new(&reader, NULL, &error);

    if (status == ERRATA_OK) {
        status = errata_reader_finish(index, reader, &error);
    }
    errata_reader_free(reader);
    return status ? say_error(&error) : EXIT_GOOD;
}
