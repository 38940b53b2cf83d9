/*
 * errata scan: the statuses of a whole collection.
 */
#include <errata/store.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>

#include "http.h"
#include "redact.h"
#include "told.h"

struct scanning {
    const struct settings *settings;
    struct errata_client *client;
    /* Standard output, and what is written beside it, where it is wanted. */
    struct output output;
    struct output index;
    struct output rejects;
    struct progress_line line;
    struct errata_progress progress;
    bool stopping;
};

/* ---- SIGINT: once to stop, twice to leave */

static struct errata_client *interruptible;
static volatile sig_atomic_t interrupts;

static void interrupt(int number) {
    (void)number;
    interrupts = interrupts > 0 ? 2 : 1;
    errata_client_cancel(interruptible, interrupts > 1 ? ERRATA_CANCEL_NOW : ERRATA_CANCEL_GENTLY);
}

/* What was ignored, as in the background of a script, stays ignored. */
static void take_interrupts(struct errata_client *client, struct sigaction *before) {
    struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESTART};

    interruptible = client;
    if (sigaction(SIGINT, NULL, before) == 0 && before->sa_handler != SIG_IGN) {
        sigaction(SIGINT, &action, NULL);
    }
}

/* ---- while it goes on */

static enum errata_status on_result(void *ctx, const struct errata_result *result) {
    struct scanning *scanning = ctx;

    if (scanning->settings->rejects && result->outcome != ERRATA_OUTCOME_READ) {
        http_reject(&scanning->rejects, result, scanning->settings);
    }
    return ERRATA_OK;
}

static enum errata_status on_progress(void *ctx, const struct errata_progress *progress) {
    struct scanning *scanning = ctx;

    scanning->progress = *progress;
    if (interrupts > 0 && !scanning->stopping) {
        scanning->stopping = true;
        progress_clear();
        say("stopping: what is under way is being finished; interrupt again to leave now");
    }
    return progress_show(&scanning->line, progress);
}

/* ---- what there is in the end */

/* read: so many were; fewer are in the archive where it could not be written. */
static void say_how_to_go_on(const struct scanning *scanning, bool ended, uint32_t read) {
    const struct api_settings *api = &scanning->settings->api;
    const char *how = api->resume ? "the same command" : "the same command with --resume";
    uint64_t there = api->archive ? scanning->progress.archived : read;

    if (!ended && there == 0) {
        /* Beginning anew loses nothing. */
        return;
    }
    if (!ended && api->archive) {
        say("the scan is not complete; %" PRIu64 " record%s in %s, and %s goes on from there",
            there, there == 1 ? " is" : "s are", api->archive, how);
    } else if (!ended) {
        say("the scan is not complete; %" PRIu64
            " record%s read. With --archive FILE a scan can be gone "
            "on with",
            there, there == 1 ? " was" : "s were");
    } else if (scanning->progress.failed > 0 && api->archive) {
        say("%s asks again for what had no answer", how);
    }
}

static enum exit_status say_end(const struct scanning *scanning, enum errata_status status,
                                uint32_t documents, const struct errata_error *error) {
    enum exit_status result = EXIT_GOOD;

    if (status == ERRATA_CANCELLED && interrupts > 0) {
        result = EXIT_INTERRUPTED;
    } else if (status) {
        result = http_told_end(error, scanning->settings);
    }
    if (result != EXIT_INPUT && result != EXIT_USAGE) {
        say_how_to_go_on(scanning, status == ERRATA_OK, documents);
    }
    return result;
}

static enum exit_status write_index(struct scanning *scanning, const struct errata_index *index) {
    struct errata_error error = {0};
    enum errata_status status = errata_index_write(index, output_write, &scanning->index, &error);

    /* What the output met is said when it is closed. */
    return status == ERRATA_OK || scanning->index.status != ERRATA_OK ? EXIT_GOOD
                                                                      : say_error(&error);
}

/* Shows and keeps what came. *good: it was all written. */
static enum exit_status answer(struct scanning *scanning, struct errata_index *index, bool *good) {
    enum exit_status status = told_rejects(index, scanning->settings);
    enum exit_status viewed = http_view(&scanning->output, index, scanning->settings);

    if (scanning->settings->api.index) {
        viewed = worse_of(viewed, write_index(scanning, index));
    }
    *good = viewed == EXIT_GOOD;
    return worse_of(status, viewed);
}

/* Asks the API for everything. */
static enum errata_status ask(struct scanning *scanning, struct errata_reader *reader,
                              struct errata_error *error) {
    const struct api_settings *api = &scanning->settings->api;
    struct errata_text *tags = allocate(NULL, api->tags.count + 1, sizeof *tags);
    const struct errata_scan scan = {.listing = {.collection = http_text(api->collection),
                                                 .status = http_text(api->listed),
                                                 .search = http_text(api->search),
                                                 .tags = tags,
                                                 .n_tags = api->tags.count},
                                     .archive = api->archive,
                                     .resume = api->resume,
                                     .on_result = on_result,
                                     .on_progress = on_progress,
                                     .ctx = scanning};
    struct sigaction before;
    enum errata_status status;

    for (size_t i = 0; i < api->tags.count; i++) {
        tags[i] = http_text(api->tags.at[i]);
    }
    progress_begin(&scanning->line);
    take_interrupts(scanning->client, &before);
    status = errata_client_scan(scanning->client, &scan, reader, error);
    sigaction(SIGINT, &before, NULL);
    progress_clear();
    free(tags);
    return status;
}

/* The scan itself. *index: what came of it, NULL where there is nothing to show. */
static enum exit_status scan(struct scanning *scanning, struct errata_index **index) {
    struct errata_reader *reader = NULL;
    struct errata_error error = {0};
    struct errata_reader_stats stats = {0};
    struct errata_counts counts = {0};
    enum errata_status status = http_reader(&reader, scanning->settings, true, &error);
    enum exit_status result;

    if (status == ERRATA_OK) {
        status = ask(scanning, reader, &error);
        errata_reader_stats(reader, &stats);
    }
    /* What is complete is there, whatever ended the scan. */
    if (reader && errata_reader_finish(index, reader, NULL) == ERRATA_OK) {
        errata_index_counts(*index, &counts);
    }
    errata_reader_free(reader);
    result = say_end(scanning, status, counts.documents, &error);
    if (*index && scanning->settings->stats) {
        told_stats(*index, stats.bytes, seconds_now() - scanning->line.start);
    }
    /* Who interrupts twice does not want to see it; after a failure an empty answer says nothing. */
    if (interrupts > 1 || (status && counts.documents == 0)) {
        errata_index_free(*index);
        *index = NULL;
    }
    return *index ? worse_of(result, http_redact(index, scanning->settings)) : result;
}

static bool open_outputs(struct scanning *scanning) {
    const struct settings *settings = scanning->settings;

    if (!output_open(&scanning->output, NULL)) {
        return false;
    }
    if (settings->api.index && !output_open(&scanning->index, settings->api.index)) {
        return false;
    }
    if (settings->rejects && !output_open(&scanning->rejects, settings->rejects)) {
        if (settings->api.index) {
            (void)output_close_side(&scanning->index, false);
        }
        return false;
    }
    return true;
}

enum exit_status http_scan(struct errata_client *client, const struct settings *settings) {
    struct scanning scanning = {.settings = settings, .client = client};
    struct errata_index *index = NULL;
    bool good = false;
    bool there;
    enum exit_status status;

    if (!open_outputs(&scanning)) {
        return EXIT_MACHINE;
    }
    status = scan(&scanning, &index);
    there = index != NULL;
    if (there) {
        status = worse_of(status, answer(&scanning, index, &good));
    }
    errata_index_free(index);
    status = http_close(&scanning.output, good, status);
    if (settings->api.index) {
        status = worse_of(status, output_close_side(&scanning.index, good));
    }
    /* What could not be read is told also where nothing could be. */
    if (settings->rejects) {
        status = worse_of(status, output_close_side(&scanning.rejects, good || !there));
    }
    return status;
}
