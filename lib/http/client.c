/*
 * Clients: options in, everything that requests have in common out.
 */
#include "http/client.h"

#include <curl/curl.h>
#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/fail.h"
#include "http/key.h"
#include "http/runner.h"

#define DEFAULT_URL "https://api.withcortex.ai"
#define DEFAULT_APP "c"

#define DEFAULT_JOBS 8U
#define DEFAULT_RATE 500U
#define DEFAULT_RETRIES 4U
#define DEFAULT_PATIENCE 600U
#define DEFAULT_CONNECT_TIMEOUT 30U
#define DEFAULT_STALL_TIMEOUT 60U
#define DEFAULT_TIMEOUT 3600U
#define DEFAULT_BODY ((uint64_t)1 << 30)
/* libcurl counts milliseconds in a long, which may have 32 bits. */
#define LONGEST_TIME 2000000U

#define AUTHORIZATION "Authorization: Bearer "

static uint32_t or_default(uint32_t value, uint32_t fallback) {
    return value == 0 ? fallback : value;
}

static uint32_t seconds_or_default(uint32_t value, uint32_t fallback) {
    value = or_default(value, fallback);
    return value < LONGEST_TIME ? value : LONGEST_TIME;
}

static void fill_in(struct errata_client_options *options) {
    options->jobs = or_default(options->jobs, DEFAULT_JOBS);
    options->rate = or_default(options->rate, DEFAULT_RATE);
    options->retries = or_default(options->retries, DEFAULT_RETRIES);
    options->retries = options->retries == ERRATA_NO_RETRIES ? 0 : options->retries;
    options->patience = seconds_or_default(options->patience, DEFAULT_PATIENCE);
    options->connect_timeout =
        seconds_or_default(options->connect_timeout, DEFAULT_CONNECT_TIMEOUT);
    options->stall_timeout = seconds_or_default(options->stall_timeout, DEFAULT_STALL_TIMEOUT);
    options->timeout = seconds_or_default(options->timeout, DEFAULT_TIMEOUT);
    options->body = options->body == 0 ? DEFAULT_BODY : options->body;
}

/* A copy that ends in NUL; NULL: no memory. */
static char *copy(const struct errata_client *client, struct errata_text text) {
    char *made = client->allocator.alloc(client->allocator.ctx, text.length + 1);
    if (made != NULL) {
        memcpy(made, text.data, text.length);
        made[text.length] = '\0';
    }
    return made;
}

static struct errata_text text_of(const char *words) {
    return (struct errata_text){words, strlen(words)};
}

/* Copies words to *out, which stays NULL for NULL. */
static bool copy_words(const struct errata_client *client, char **out, const char *words) {
    if (words == NULL) {
        return true;
    }
    *out = copy(client, text_of(words));
    return *out != NULL;
}

/* The headers of every request. libcurl keeps no copy of them: they are overwritten in free_headers(). */
static enum errata_status make_headers(struct errata_client *client, const struct errata__key *key,
                                       struct errata_error *error) {
    char line[sizeof AUTHORIZATION + ERRATA__KEY_SIZE];
    memcpy(line, AUTHORIZATION, sizeof AUTHORIZATION - 1);
    memcpy(line + sizeof AUTHORIZATION - 1, key->text, strlen(key->text) + 1);
    struct curl_slist *first = curl_slist_append(NULL, line);
    explicit_bzero(line, sizeof line);
    client->headers = first;
    if (first != NULL) {
        client->key = text_of(first->data + sizeof AUTHORIZATION - 1);
    }
    return first != NULL && curl_slist_append(first, "Accept: application/json") != NULL
               ? ERRATA_OK
               : errata__fail_plain(error, ERRATA_NO_MEMORY);
}

static void free_headers(struct errata_client *client) {
    struct curl_slist *headers = client->headers;
    for (struct curl_slist *at = headers; at != NULL; at = at->next) {
        explicit_bzero(at->data, strlen(at->data));
    }
    curl_slist_free_all(headers);
}

static enum errata_status take_key(struct errata_client *client, struct errata_error *error) {
    struct errata__key key;
    enum errata_status status = errata__key_take(&key, &client->options, error);
    if (status == ERRATA_OK) {
        status = make_headers(client, &key, error);
        errata__key_wipe(&key);
    }
    client->options.key = (struct errata_text){NULL, 0};
    client->options.key_file = NULL;
    return status;
}

static enum errata_status check_cacert(const struct errata_client *client,
                                       struct errata_error *error) {
    char text[128];
    if (client->cacert == NULL || access(client->cacert, R_OK) == 0) {
        return ERRATA_OK;
    }
    errata__fail(error, ERRATA_CANNOT_READ, "cannot read: %s",
                 strerror_r(errno, text, sizeof text));
    errata__fail_source(error, text_of(client->cacert));
    return ERRATA_CANNOT_READ;
}

static enum errata_status copy_texts(struct errata_client *client, struct errata_error *error) {
    struct errata_client_options *options = &client->options;
    struct errata_text app = options->app.data == NULL ? text_of(DEFAULT_APP) : options->app;
    struct errata_text url = options->url.data == NULL ? text_of(DEFAULT_URL) : options->url;
    if (app.length == 0) {
        return errata__fail(error, ERRATA_MISUSE, "the app id is empty");
    }
    client->app_text = copy(client, app);
    client->app = (struct errata_text){client->app_text, app.length};
    if (client->app.data == NULL || !copy_words(client, &client->cacert, options->cacert) ||
        !copy_words(client, &client->proxy, options->proxy)) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    enum errata_status status =
        errata__base_init(&client->base, &client->allocator, url, options->allow_http, error);
    options->app = client->app;
    options->url = text_of("");
    options->cacert = client->cacert;
    options->proxy = client->proxy;
    return status;
}

static enum errata_status make_connections(struct errata_client *client,
                                           struct errata_error *error) {
    client->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (client->wake < 0) {
        char text[128];
        return errata__fail(error, ERRATA_NO_MEMORY, "no descriptor is left: %s",
                            strerror_r(errno, text, sizeof text));
    }
    errata__bucket_init(&client->bucket, client->options.rate, client->options.jobs,
                        errata__runner_now());
    client->multi = curl_multi_init();
    return client->multi != NULL ? ERRATA_OK : errata__fail_plain(error, ERRATA_NO_MEMORY);
}

enum errata_status errata_client_new(struct errata_client **out,
                                     const struct errata_client_options *options,
                                     struct errata_error *error) {
    *out = NULL;
    if (options->jobs > ERRATA_MOST_JOBS) {
        return errata__fail(error, ERRATA_MISUSE, "more than %u jobs", ERRATA_MOST_JOBS);
    }
    struct errata_allocator allocator = errata__allocator_or_default(options->allocator);
    struct errata_client *client = allocator.alloc(allocator.ctx, sizeof *client);
    if (client == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(client, 0, sizeof *client);
    client->allocator = allocator;
    client->options = *options;
    client->wake = -1;
    atomic_init(&client->cancelled, 0);
    fill_in(&client->options);
    client->initialised = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    enum errata_status status =
        client->initialised ? ERRATA_OK : errata__fail_plain(error, ERRATA_NO_MEMORY);
    if (status == ERRATA_OK) {
        status = copy_texts(client, error);
    }
    if (status == ERRATA_OK) {
        status = check_cacert(client, error);
    }
    if (status == ERRATA_OK) {
        status = take_key(client, error);
    }
    if (status == ERRATA_OK) {
        status = make_connections(client, error);
    }
    if (status != ERRATA_OK) {
        errata_client_free(client);
        return status;
    }
    *out = client;
    return ERRATA_OK;
}

void errata_client_free(struct errata_client *client) {
    if (client == NULL) {
        return;
    }
    struct errata_allocator allocator = client->allocator;
    curl_multi_cleanup(client->multi);
    free_headers(client);
    if (client->wake >= 0) {
        close(client->wake);
    }
    allocator.free(allocator.ctx, client->app_text);
    allocator.free(allocator.ctx, client->cacert);
    allocator.free(allocator.ctx, client->proxy);
    allocator.free(allocator.ctx, client->base.text);
    if (client->initialised) {
        curl_global_cleanup();
    }
    allocator.free(allocator.ctx, client);
}

int errata__client_cancelled(const struct errata_client *client) {
    return atomic_load_explicit(&client->cancelled, memory_order_relaxed);
}

void errata_client_cancel(struct errata_client *client, enum errata_cancel how) {
    int before = errno;
    const uint64_t one = 1;
    /* NOW is not taken back. */
    int wanted = (int)how;
    int have = atomic_load(&client->cancelled);
    while (have < wanted && !atomic_compare_exchange_weak(&client->cancelled, &have, wanted)) {}
    /* It fails only when it is readable already. */
    ssize_t written = write(client->wake, &one, sizeof one);
    (void)written;
    errno = before;
}
