/*
 * errata fetch: the statuses of records that are named.
 */
#include <stdlib.h>

#include "command.h"
#include "http.h"
#include "told.h"

/* Of a fetch that leaves out what cannot be read. */
struct fetching {
    const struct settings *settings;
    struct output *rejects;
    double deadline;
};

static enum errata_status on_result(void *ctx, const struct errata_result *result) {
    const struct fetching *fetching = ctx;

    if (fetching->rejects && result->outcome != ERRATA_OUTCOME_READ) {
        http_reject(fetching->rejects, result, fetching->settings);
    }
    return ERRATA_OK;
}

static enum errata_status on_progress(void *ctx, const struct errata_progress *progress) {
    struct fetching *fetching = ctx;

    return http_on_time(&fetching->deadline, progress);
}

static double deadline_of(const struct settings *settings) {
    return settings->api.timeout > 0 ? seconds_now() + (double)settings->api.timeout : 0;
}

static enum exit_status say_end(const struct errata_error *error, struct fetching *fetching,
                                const struct settings *settings) {
    if (error->status == ERRATA_CANCELLED && http_on_time(&fetching->deadline, NULL)) {
        say("there is no answer after %llu s (--timeout)",
            (unsigned long long)settings->api.timeout);
        return EXIT_NETWORK;
    }
    return http_told_end(error, settings);
}

/* All records, as they are now. */
static enum exit_status fetch_once(struct errata_index **index, struct errata_client *client,
                                   struct output *rejects, const struct settings *settings) {
    bool keep_going = settings->keep_going || settings->rejects;
    struct fetching fetching = {
        .settings = settings, .rejects = rejects, .deadline = deadline_of(settings)};
    struct errata_text *records = allocate(NULL, settings->files.count, sizeof *records);
    struct errata_fetch fetch = {.collection = http_text(settings->api.collection),
                                 .records = records,
                                 .n_records = settings->files.count,
                                 .on_result = keep_going ? on_result : NULL,
                                 .on_progress = on_progress,
                                 .ctx = &fetching};
    struct errata_reader *reader = NULL;
    struct errata_error error = {0};
    struct errata_reader_stats stats;
    double start = seconds_now();
    enum errata_status status = http_reader(&reader, settings, keep_going, &error);

    for (size_t i = 0; i < fetch.n_records; i++) {
        records[i] = http_text(settings->files.at[i]);
    }
    if (status == ERRATA_OK) {
        status = errata_client_fetch(client, &fetch, reader, &error);
    }
    if (status == ERRATA_OK) {
        errata_reader_stats(reader, &stats);
        status = errata_reader_finish(index, reader, &error);
    }
    errata_reader_free(reader);
    free(records);
    if (status) {
        return say_end(&error, &fetching, settings);
    }
    if (settings->stats) {
        told_stats(*index, stats.bytes, seconds_now() - start);
    }
    enum exit_status redacted = http_redact(index, settings);

    return *index ? told_rejects(*index, settings) : redacted;
}

static enum exit_status fetch_and_view(struct errata_client *client, struct output *output,
                                       struct output *rejects, const struct settings *settings,
                                       bool *good) {
    struct errata_index *index = NULL;
    enum exit_status status = settings->api.wait ? http_wait(&index, client, settings)
                                                 : fetch_once(&index, client, rejects, settings);
    enum exit_status viewed;

    if (!index) {
        return status;
    }
    viewed = http_view(output, index, settings);
    *good = viewed == EXIT_GOOD;
    if (settings->api.wait && !http_all_completed(index)) {
        status = worse_of(status, EXIT_GATE);
    }
    errata_index_free(index);
    return worse_of(status, viewed);
}

static enum exit_status fetch_raw(struct errata_client *client, struct output *output,
                                  const struct settings *settings, bool *good) {
    struct errata_error error = {0};
    enum errata_status status =
        errata_client_fetch_raw(client, http_text(settings->api.collection),
                                http_text(settings->files.at[0]), output_write, output, &error);

    *good = status == ERRATA_OK;
    /* What the output met is said when it is closed. */
    return status == ERRATA_OK || output->status != ERRATA_OK ? EXIT_GOOD
                                                              : told_end(&error, settings);
}

enum exit_status http_fetch(struct errata_client *client, const struct settings *settings) {
    struct output output;
    struct output rejects;
    enum exit_status status;
    bool good = false;

    if (!output_open(&output, settings->output)) {
        return EXIT_MACHINE;
    }
    if (settings->rejects && !output_open(&rejects, settings->rejects)) {
        return worse_of(EXIT_MACHINE, output_close(&output, false));
    }
    status =
        settings->api.raw
            ? fetch_raw(client, &output, settings, &good)
            : fetch_and_view(client, &output, settings->rejects ? &rejects : NULL, settings, &good);
    status = http_close(&output, good, status);
    if (settings->rejects) {
        status = worse_of(status, output_close_side(&rejects, good));
    }
    return status;
}
