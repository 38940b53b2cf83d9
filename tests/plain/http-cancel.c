/*
 * Cancelling what is under way, from another thread and from callbacks: what had come counts, what had not is left out,
 * and the client has had enough for good.
 */
#include <errata/client.h>

#include "answering.h"

#define DOCUMENT "{\"status\":\"FAILED\",\"errors\":[]}"

static const struct answer answers[] = {
    {"?page=1&", "200 OK", "[{\"id\":\"busy\"},{\"id\":\"a\"},{\"id\":\"b\"}]"},
    {"?page=", "200 OK", "[]"},
    /* Tried again and again, for longer than the test. */
    {"/busy/", "500 Internal Server Error", ""},
    {"", "200 OK", DOCUMENT},
};

static char url[64];
static const struct errata_text collection = {"k", 1};

static void check(bool good, const char *what) {
    if (!good) {
        fprintf(stderr, "%s\n", what);
        exit(1);
    }
}

static struct errata_client *make_client(void) {
    const struct errata_client_options options = {
        .url = {url, strlen(url)}, .key = {"key", 3}, .retries = 1000, .rate = ERRATA_NO_LIMIT};
    struct errata_client *client;
    check(errata_client_new(&client, &options, NULL) == ERRATA_OK, "no client");
    return client;
}

struct seen {
    struct errata_client *client;
    unsigned read;
    unsigned others;
    enum errata_cancel how;
    bool by_thread;
    pthread_t thread;
    bool cancelled;
};

static enum errata_status on_result(void *ctx, const struct errata_result *result) {
    struct seen *seen = ctx;
    if (result->outcome == ERRATA_OUTCOME_READ) {
        seen->read++;
    } else {
        seen->others++;
    }
    return ERRATA_OK;
}

static void *cancel(void *ctx) {
    struct seen *seen = ctx;
    errata_client_cancel(seen->client, seen->how);
    return NULL;
}

/* Once both good documents have come and the other is waited for, to be tried again. The page of a scan counts among the
   bytes, so that these alone do not tell. */
static enum errata_status on_progress(void *ctx, const struct errata_progress *progress) {
    struct seen *seen = ctx;
    if (seen->cancelled || progress->retries == 0 || progress->running > 0 ||
        progress->bytes < 2 * (sizeof DOCUMENT - 1)) {
        return ERRATA_OK;
    }
    seen->cancelled = true;
    if (seen->by_thread) {
        check(pthread_create(&seen->thread, NULL, cancel, seen) == 0, "no thread");
    } else {
        cancel(seen);
    }
    return ERRATA_OK;
}

static enum errata_status fetch(struct seen *seen, struct errata_reader *reader,
                                struct errata_error *error) {
    static const struct errata_text records[] = {{"busy", 4}, {"a", 1}, {"b", 1}};
    const struct errata_fetch what = {.collection = collection,
                                      .records = records,
                                      .n_records = 3,
                                      .on_result = on_result,
                                      .on_progress = on_progress,
                                      .ctx = seen};
    return errata_client_fetch(seen->client, &what, reader, error);
}

static enum errata_status scan(struct seen *seen, struct errata_reader *reader,
                               struct errata_error *error) {
    const struct errata_scan what = {.listing = {.collection = collection},
                                     .on_result = on_result,
                                     .on_progress = on_progress,
                                     .ctx = seen};
    return errata_client_scan(seen->client, &what, reader, error);
}

static void run(enum errata_status (*call)(struct seen *, struct errata_reader *,
                                           struct errata_error *),
                enum errata_cancel how, bool by_thread) {
    struct seen seen = {.client = make_client(), .how = how, .by_thread = by_thread};
    struct errata_reader *reader;
    struct errata_reader_stats stats;
    struct errata_error error;
    check(errata_reader_new(&reader, NULL, NULL) == ERRATA_OK, "no reader");
    check(call(&seen, reader, &error) == ERRATA_CANCELLED, "it was not cancelled");
    check(error.status == ERRATA_CANCELLED, "the error says something else");
    errata_reader_stats(reader, &stats);
    check(stats.documents == 2 && stats.rejects == 0, "what had come was not read");
    check(seen.read == 2 && seen.others == 0, "what had come was not told, or more");
    /* For good. */
    check(call(&seen, reader, NULL) == ERRATA_CANCELLED, "it begins again");
    check(seen.read == 2, "it goes on");
    if (by_thread) {
        pthread_join(seen.thread, NULL);
    }
    errata_reader_free(reader);
    errata_client_free(seen.client);
}

int main(void) {
    struct answering answering;
    if (!answering_begin(&answering, answers)) {
        return 2;
    }
    snprintf(url, sizeof url, "http://127.0.0.1:%u", answering.port);
    for (int by_thread = 0; by_thread < 2; by_thread++) {
        run(fetch, ERRATA_CANCEL_GENTLY, by_thread == 1);
        run(fetch, ERRATA_CANCEL_NOW, by_thread == 1);
        run(scan, ERRATA_CANCEL_GENTLY, by_thread == 1);
        run(scan, ERRATA_CANCEL_NOW, by_thread == 1);
    }
    answering_end(&answering);
    return 0;
}
