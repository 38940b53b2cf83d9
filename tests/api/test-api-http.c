/* What a stranger sees of the API client, who links the shared libraries alone. Nobody listens at the address. */
#include <criterion/criterion.h>
#include <errata/client.h>
#include <errno.h>
#include <string.h>

static struct errata_error error;
static const struct errata_text collection = {"loans", 5};
static const struct errata_text records[] = {{"r1", 2}, {"r2", 2}};

/* Port 1 of this machine is closed. */
static struct errata_client *make_client(void) {
    static const char url[] = "http://127.0.0.1:1";
    const struct errata_client_options options = {.url = {url, sizeof url - 1},
                                                  .key = {"SECRET", 6},
                                                  .rate = ERRATA_NO_LIMIT,
                                                  .retries = ERRATA_NO_RETRIES};
    struct errata_client *client;
    cr_assert_eq(errata_client_new(&client, &options, &error), ERRATA_OK, "%s", error.message);
    return client;
}

static struct errata_reader *make_reader(void) {
    struct errata_reader *reader;
    cr_assert_eq(errata_reader_new(&reader, NULL, &error), ERRATA_OK);
    return reader;
}

static enum errata_status on_listed(void *ctx, const struct errata_listed *listed) {
    (void)ctx;
    (void)listed;
    return ERRATA_OK;
}

static enum errata_status on_write(void *ctx, const void *bytes, size_t length) {
    (void)ctx;
    (void)bytes;
    (void)length;
    return ERRATA_OK;
}

static enum errata_status count_result(void *ctx, const struct errata_result *result) {
    int *results = ctx;
    cr_expect_eq(result->outcome, ERRATA_OUTCOME_FAILED);
    cr_expect_eq(result->http, 0);
    cr_expect_eq(result->requests, 1);
    cr_expect_str_eq(result->record.data, records[*results].data);
    (*results)++;
    return ERRATA_OK;
}

/* Every call says where it could not go, and nothing of the key. */
static void expect_network(enum errata_status status, const char *address) {
    cr_expect_eq(status, ERRATA_NETWORK, "%s", error.message);
    cr_expect_str_eq(error.source, address);
    cr_expect(strstr(error.message, "SECRET") == NULL);
}

#define STATUS "http://127.0.0.1:1/apps/c/collections/loans/records/r1/status"
#define LIST "http://127.0.0.1:1/apps/c/collections/loans/records?page=1&take=100&status=FAILED"

Test(api_http, nobody_there) {
    struct errata_client *client = make_client();
    struct errata_reader *reader = make_reader();
    const struct errata_fetch fetch = {
        .collection = collection, .records = records, .n_records = 1};
    const struct errata_listing listing = {.collection = collection};
    const struct errata_scan scan = {.listing = listing};
    expect_network(errata_client_fetch(client, &fetch, reader, &error), STATUS);
    expect_network(errata_client_fetch_raw(client, collection, records[0], on_write, NULL, &error),
                   STATUS);
    expect_network(errata_client_list(client, &listing, on_listed, NULL, &error), LIST);
    expect_network(errata_client_scan(client, &scan, reader, &error), LIST);
    errata_reader_free(reader);
    errata_client_free(client);
}

Test(api_http, results_in_order) {
    struct errata_client *client = make_client();
    struct errata_reader *reader = make_reader();
    struct errata_reader_stats stats;
    int results = 0;
    const struct errata_fetch fetch = {.collection = collection,
                                       .records = records,
                                       .n_records = 2,
                                       .on_result = count_result,
                                       .ctx = &results};
    cr_assert_eq(errata_client_fetch(client, &fetch, reader, &error), ERRATA_OK);
    cr_expect_eq(results, 2);
    errata_reader_stats(reader, &stats);
    cr_expect_eq(stats.rejects, 2);
    errata_reader_free(reader);
    errata_client_free(client);
}

Test(api_http, cancelled_before_it_begins) {
    struct errata_client *client = make_client();
    const struct errata_listing listing = {.collection = collection};
    errno = 5;
    errata_client_cancel(client, ERRATA_CANCEL_NOW);
    errata_client_cancel(client, ERRATA_CANCEL_GENTLY);
    cr_expect_eq(errno, 5);
    cr_expect_eq(errata_client_list(client, &listing, on_listed, NULL, &error), ERRATA_CANCELLED);
    cr_expect_eq(errata_client_list(client, &listing, on_listed, NULL, NULL), ERRATA_CANCELLED);
    errata_client_free(client);
}

Test(api_http, misuse) {
    struct errata_client *client = (struct errata_client *)&error;
    struct errata_client_options options = {.key = {NULL, 0}};
    cr_expect_eq(errata_client_new(&client, &options, &error), ERRATA_MISUSE);
    cr_expect_eq(client, NULL);
    options.key = (struct errata_text){"SECRET", 6};
    options.jobs = ERRATA_MOST_JOBS + 1;
    cr_expect_eq(errata_client_new(&client, &options, &error), ERRATA_MISUSE);
    options.jobs = 0;
    options.url = (struct errata_text){"http://example.com", 18};
    cr_expect_eq(errata_client_new(&client, &options, &error), ERRATA_MISUSE);
    options.url.data = NULL;
    options.cacert = "no/where";
    cr_expect_eq(errata_client_new(&client, &options, &error), ERRATA_CANNOT_READ);
    errata_client_free(NULL);
    client = make_client();
    struct errata_reader *reader = make_reader();
    const struct errata_text none = {"", 0};
    const struct errata_fetch fetch = {.collection = collection};
    const struct errata_listing listing = {.status = records[0]};
    const struct errata_scan scan = {.listing = listing};
    cr_expect_eq(errata_client_fetch(client, &fetch, reader, &error), ERRATA_MISUSE);
    cr_expect_eq(errata_client_fetch_raw(client, collection, none, on_write, NULL, &error),
                 ERRATA_MISUSE);
    cr_expect_eq(errata_client_list(client, &listing, on_listed, NULL, &error), ERRATA_MISUSE);
    cr_expect_eq(errata_client_scan(client, &scan, reader, &error), ERRATA_MISUSE);
    errata_reader_free(reader);
    errata_client_free(client);
}
