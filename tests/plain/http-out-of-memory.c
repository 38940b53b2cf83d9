/*
 * Fails allocation n, for n = 1, 2, ... until all goes well, in everything that the API client does: a listing, a scan
 * with an archive, the scan taken up again, records one and several, a raw body, answers that are no success. Once n
 * alone fails, once everything from n on. The call says so and nothing else, everything is given back, and the archive
 * is whole. (libcurl and the compressors have memory of their own, which does not fail here.)
 *
 * The answers come from a thread that knows them by heart.
 */
#include <errata/client.h>

#include "../unit/dump.h"
#include "answering.h"

static struct counted heap;

static void check(bool good, const char *what) {
    if (!good) {
        fprintf(stderr, "allocation %ld%s failed: %s\n", heap.fail_at,
                heap.fail_rest ? " and all behind it" : "", what);
        exit(1);
    }
}

/* ---- the API */

static const struct answer answers[] = {
    {"?page=1&", "200 OK",
     "[{\"id\":\"a\",\"name\":\"A\",\"status\":\"FAILED\"},{\"id\":\"b\"},{\"id\":\"gone\"},{},"
     "{\"id\":\"odd\"}]"},
    {"?page=", "200 OK", "[]"},
    {"/gone/", "404 Not Found",
     "{\"status\":404,\"message\":\"Gone\",\"errors\":[{\"message\":\"m\",\"path\":[\"p\"]}]}"},
    {"/odd/", "200 OK", "{\"a\":1}"},
    {"", "200 OK",
     "{\"status\":\"FAILED\",\n\"errors\":[{\"message\":\"m\",\"key\":\"K\",\"errors\":[{\"code\":"
     "\"c\",\"path\":[\"p\",1],\"message\":\"a\"}]}]}"},
};

/* ---- the work */

static char url[64];
static char archive[] = "/tmp/http-out-of-memory-XXXXXX";

static enum errata_status count_row(void *ctx, const struct errata_listed *listed) {
    *(unsigned *)ctx += listed->id.data != NULL;
    return ERRATA_OK;
}

static enum errata_status count_result(void *ctx, const struct errata_result *result) {
    *(unsigned *)ctx += result->outcome == ERRATA_OUTCOME_READ;
    return ERRATA_OK;
}

static enum errata_status count_bytes(void *ctx, const void *bytes, size_t length) {
    (void)bytes;
    *(unsigned *)ctx += (unsigned)length;
    return ERRATA_OK;
}

static enum errata_status work(struct errata_client *client, struct errata_reader *reader,
                               unsigned *count, struct errata_error *error) {
    static const struct errata_text all[] = {{"a", 1}, {"gone", 4}, {"b", 1}, {"odd", 3}};
    const struct errata_text collection = {"k", 1};
    struct errata_fetch fetch = {.collection = collection,
                                 .records = all,
                                 .n_records = 1,
                                 .on_result = count_result,
                                 .ctx = count};
    struct errata_scan scan = {.listing = {.collection = collection},
                               .archive = archive,
                               .resume = true,
                               .on_result = count_result,
                               .ctx = count};
    TRY(errata_client_list(client, &scan.listing, count_row, count, error));
    TRY(errata_client_fetch(client, &fetch, reader, error));
    fetch.n_records = 4;
    TRY(errata_client_fetch(client, &fetch, reader, error));
    TRY(errata_client_fetch_raw(client, collection, all[0], count_bytes, count, error));
    TRY(errata_client_scan(client, &scan, reader, error));
    return errata_client_scan(client, &scan, reader, error);
}

static enum errata_status run(unsigned *count, struct errata_error *error) {
    const struct errata_allocator allocator = counted_allocator(&heap);
    const struct errata_client_options options = {.allocator = &allocator,
                                                  .url = {url, strlen(url)},
                                                  .key = {"key", 3},
                                                  .jobs = 2,
                                                  .rate = ERRATA_NO_LIMIT};
    const struct errata_reader_options reading = {.allocator = &allocator, .keep_going = true};
    struct errata_client *client;
    struct errata_reader *reader = NULL;
    TRY(errata_client_new(&client, &options, error));
    enum errata_status status = errata_reader_new(&reader, &reading, error);
    if (status == ERRATA_OK) {
        status = work(client, reader, count, error);
    }
    errata_reader_free(reader);
    errata_client_free(client);
    return status;
}

/* Is what is in the archive whole lines, and none twice? */
static void check_archive(void) {
    char text[4096];
    FILE *file = fopen(archive, "r");
    check(file != NULL, "there is no archive");
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    check(length == 0 || text[length - 1] == '\n', "the archive ends within a line");
    for (const char *id = "ab"; *id != '\0'; id++) {
        char wanted[] = "{\"record_id\":\"?\"";
        wanted[14] = *id;
        const char *first = strstr(text, wanted);
        check(first == NULL || strstr(first + 1, wanted) == NULL, "a record is there twice");
    }
}

static bool fails(long at, bool rest) {
    struct errata_error error = {.status = ERRATA_OK};
    unsigned count = 0;
    heap = (struct counted){.fail_at = at, .fail_rest = rest};
    check(truncate(archive, 0) == 0, "the archive cannot be emptied");
    enum errata_status status = run(&count, &error);
    check(heap.blocks == 0, "something was not given back");
    check_archive();
    if (status == ERRATA_OK) {
        /* What can be done without: the words of an error body. */
        check(count > 100, "something is missing");
        return false;
    }
    check(status == ERRATA_NO_MEMORY, errata_status_text(status));
    check(error.status == ERRATA_NO_MEMORY && error.message[0] != '\0', "the error is not filled");
    return true;
}

int main(void) {
    int made = mkstemp(archive);
    struct answering answering;
    if (made < 0 || !answering_begin(&answering, answers)) {
        return 2;
    }
    close(made);
    snprintf(url, sizeof url, "http://127.0.0.1:%u", answering.port);
    check(!fails(0, false), "nothing failed, and it did not work");
    long calls = heap.calls;
    unsigned failures = 0;
    for (long at = 1; at <= calls; at++) {
        failures += fails(at, false);
        failures += fails(at, true);
    }
    check(failures > (unsigned)calls, "few failures were noticed");
    unlink(archive);
    answering_end(&answering);
    return 0;
}
