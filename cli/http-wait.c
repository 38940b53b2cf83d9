/*
 * errata fetch --wait: looks at records again and again until each has come to its end.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "http.h"
#include "redact.h"
#include "show.h"
#include "told.h"

/* Seconds. */
#define FIRST_PAUSE 1.0
#define SLOWER 1.5
#define INTERVAL 30
#define TIMEOUT 600

struct waiting {
    struct errata_client *client;
    const struct settings *settings;
    /* For each record what was there at the last look. */
    struct errata_index **last;
    size_t count;
    double deadline;
    uint64_t bytes;
    bool terminal;
};

enum errata_status http_on_time(void *deadline, const struct errata_progress *progress) {
    const double *end = deadline;

    (void)progress;
    return *end > 0 && seconds_now() >= *end ? ERRATA_CANCELLED : ERRATA_OK;
}

static bool is(struct errata_text status, const char *words) {
    return status.length == strlen(words) && memcmp(status.data, words, status.length) == 0;
}

bool http_all_completed(const struct errata_index *index) {
    struct errata_document document = {0};
    bool all = true;

    for (uint32_t i = 0; errata_index_document(index, i, &document); i++) {
        all = all && is(document.status, "COMPLETED");
    }
    return all;
}

/* Of the one document in an index; absent where there is none. */
static struct errata_text state_of(const struct errata_index *index) {
    struct errata_document document = {0};

    return index && errata_index_document(index, 0, &document) ? document.status
                                                               : (struct errata_text){0};
}

static bool ended(const struct errata_index *index) {
    struct errata_text state = state_of(index);

    return state.data && (is(state, "COMPLETED") || is(state, "FAILED") || is(state, "CANCELLED"));
}

/* One record, now. */
static enum errata_status look(struct waiting *waiting, size_t number, struct errata_error *error) {
    struct errata_text record = http_text(waiting->settings->files.at[number]);
    struct errata_fetch fetch = {.collection = http_text(waiting->settings->api.collection),
                                 .records = &record,
                                 .n_records = 1,
                                 .on_progress = http_on_time,
                                 .ctx = &waiting->deadline};
    struct errata_index *index = NULL;
    struct errata_reader *reader = NULL;
    struct errata_reader_stats stats;
    enum errata_status status = http_reader(&reader, waiting->settings, false, error);

    if (status == ERRATA_OK) {
        status = errata_client_fetch(waiting->client, &fetch, reader, error);
    }
    if (status == ERRATA_OK) {
        errata_reader_stats(reader, &stats);
        waiting->bytes += stats.bytes;
        status = errata_reader_finish(&index, reader, error);
    }
    errata_reader_free(reader);
    if (status == ERRATA_OK) {
        errata_index_free(waiting->last[number]);
        waiting->last[number] = index;
    }
    return status;
}

/* Looks at all that have not come to their end; *left says how many these are then. */
static enum errata_status look_at_all(struct waiting *waiting, size_t *left,
                                      struct errata_error *error) {
    enum errata_status status = ERRATA_OK;

    *left = 0;
    for (size_t i = 0; i < waiting->count && status == ERRATA_OK; i++) {
        if (ended(waiting->last[i])) {
            continue;
        }
        status = look(waiting, i, error);
        *left += ended(waiting->last[i]) ? 0 : 1;
    }
    return status;
}

/* The first record that has not come to its end, and its state. */
static void add_first(const struct waiting *waiting, struct line *line) {
    char mark[ERRATA_MARK_SIZE];
    size_t first = 0;

    while (first + 1 < waiting->count && ended(waiting->last[first])) {
        first++;
    }
    (void)show_text_middle(
        line, redact_record(mark, http_text(waiting->settings->files.at[first]), waiting->settings),
        40);
    line_words(line, " is ");
    (void)show_text(line, state_of(waiting->last[first]), 20);
}

static void show_line(const struct waiting *waiting, size_t left) {
    struct line line = {0};

    if (!waiting->terminal) {
        return;
    }
    if (left > 0) {
        add_first(waiting, &line);
    }
    if (left > 1) {
        line_format(&line, ", %zu more are under way", left - 1);
    }
    progress_draw(&line);
    line_free(&line);
}

static void sleep_for(double seconds) {
    struct timespec rest = {.tv_sec = (time_t)seconds,
                            .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)};

    /* A window that changes its size is no reason to look earlier. */
    while (nanosleep(&rest, &rest) != 0) {}
}

static enum errata_status wait_for_all(struct waiting *waiting, struct errata_error *error) {
    uint64_t given = waiting->settings->api.interval;
    double interval = (double)(given > 0 ? given : INTERVAL);
    double pause = FIRST_PAUSE;
    size_t left;
    enum errata_status status = look_at_all(waiting, &left, error);

    while (status == ERRATA_OK && left > 0) {
        double rest = waiting->deadline - seconds_now();

        if (rest <= 0) {
            status = ERRATA_CANCELLED;
            break;
        }
        show_line(waiting, left);
        sleep_for(pause < rest ? pause : rest);
        pause = pause * SLOWER < interval ? pause * SLOWER : interval;
        status = look_at_all(waiting, &left, error);
    }
    show_line(waiting, 0);
    return status;
}

static enum exit_status say_late(const struct waiting *waiting, uint64_t seconds) {
    struct line line = {0};

    add_first(waiting, &line);
    say("%.*s, and %llu s are over (--timeout)", (int)line.length, line.data,
        (unsigned long long)seconds);
    line_free(&line);
    return EXIT_NETWORK;
}

/* What was there last, in the order of the records. */
static enum errata_status join(struct errata_index **index, const struct waiting *waiting,
                               struct errata_error *error) {
    struct errata_reader *reader = NULL;
    enum errata_status status = http_reader(&reader, waiting->settings, false, error);

    for (size_t i = 0; i < waiting->count && status == ERRATA_OK; i++) {
        if (waiting->last[i]) {
            status = errata_reader_join(reader, waiting->last[i], error);
        }
    }
    if (status == ERRATA_OK) {
        status = errata_reader_finish(index, reader, error);
    }
    errata_reader_free(reader);
    return status;
}

enum exit_status http_wait(struct errata_index **index, struct errata_client *client,
                           const struct settings *settings) {
    uint64_t seconds = settings->api.timeout > 0 ? settings->api.timeout : TIMEOUT;
    double start = seconds_now();
    struct waiting waiting = {.client = client,
                              .settings = settings,
                              .count = settings->files.count,
                              .deadline = start + (double)seconds,
                              .terminal = progress_wanted()};
    struct errata_error error = {0};
    enum errata_status status;
    enum exit_status result = EXIT_GOOD;

    waiting.last = allocate(NULL, waiting.count, sizeof(struct errata_index *));
    memset(waiting.last, 0, waiting.count * sizeof(struct errata_index *));
    status = wait_for_all(&waiting, &error);
    if (status == ERRATA_CANCELLED) {
        result = say_late(&waiting, seconds);
    } else if (status) {
        result = http_told_end(&error, settings);
    }
    if (result == EXIT_GOOD || result == EXIT_NETWORK) {
        status = join(index, &waiting, &error);
        result = status ? told_end(&error, settings) : result;
    }
    if (*index) {
        result = worse_of(result, http_redact(index, settings));
    }
    if (*index && settings->stats) {
        told_stats(*index, waiting.bytes, seconds_now() - start);
    }
    for (size_t i = 0; i < waiting.count; i++) {
        errata_index_free(waiting.last[i]);
    }
    free(waiting.last);
    return result;
}
