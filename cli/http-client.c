/*
 * From options and the environment to a client. The key is only ever in the environment or in a file, never among
 * the words of the command line, which everybody on the machine can read.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "http.h"

struct errata_text http_text(const char *words) {
    return words ? (struct errata_text){words, strlen(words)} : (struct errata_text){0};
}

/* The option, or the variable where there is none; an empty variable is none. */
static struct errata_text or_variable(const char *option, const char *name) {
    const char *value = option ? option : getenv(name);

    return value && *value != '\0' ? http_text(value) : (struct errata_text){0};
}

/* `500/min`, or `500`; 0 is no limit. */
static enum exit_status parse_rate(uint32_t *rate, const char *text) {
    char *end;
    unsigned long number;

    *rate = 0;
    if (!text) {
        return EXIT_GOOD;
    }
    number = strtoul(text, &end, 10);
    if (!isdigit((unsigned char)*text) || (*end != '\0' && strcmp(end, "/min") != 0) ||
        number >= ERRATA_NO_LIMIT) {
        say("--rate takes requests a minute, such as 120/min, or 0 for no limit, not \"%s\"", text);
        return EXIT_USAGE;
    }
    *rate = number == 0 ? ERRATA_NO_LIMIT : (uint32_t)number;
    return EXIT_GOOD;
}

static uint32_t retries_of(const struct api_settings *api) {
    if (api->retries == RETRIES_DEFAULT) {
        return 0;
    }
    return api->retries == 0 ? ERRATA_NO_RETRIES : (uint32_t)api->retries;
}

/* Nobody needs it there any more, and what reads the environment of this process shall not find it. */
static void wipe_variable(char *key) {
    if (key) {
        explicit_bzero(key, strlen(key));
    }
}

enum exit_status http_client(struct errata_client **client, const struct settings *settings) {
    const struct api_settings *api = &settings->api;
    char *key = getenv("CORTEX_API_KEY");
    struct errata_client_options options = {.url = or_variable(api->url, "CORTEX_API_URL"),
                                            .app = or_variable(api->app, "CORTEX_APP_ID"),
                                            .key_file = api->key_file,
                                            .cacert = api->cacert,
                                            .proxy = api->proxy,
                                            .allow_http = api->allow_http,
                                            .jobs = (uint32_t)api->jobs,
                                            .retries = retries_of(api),
                                            .patience = (uint32_t)api->patience,
                                            .body = settings->max_document};
    struct errata_error error = {0};
    enum errata_status status;

    if (!api->key_file && (!key || *key == '\0')) {
        say(settings->key.count > 0
                ? "there is no key of the API: it comes from CORTEX_API_KEY, or from a file "
                  "(--key-file). "
                  "--key is a filter, the key of a rule; what stands there can be seen by "
                  "everybody on "
                  "this machine"
                : "there is no key: set CORTEX_API_KEY, or name a file that has it by --key-file");
        return EXIT_USAGE;
    }
    if (parse_rate(&options.rate, api->rate)) {
        return EXIT_USAGE;
    }
    if (!api->key_file) {
        options.key = http_text(key);
    }
    status = errata_client_new(client, &options, &error);
    wipe_variable(key);
    if (status == ERRATA_MISUSE) {
        /* What was used wrongly are options. */
        (void)say_error(&error);
        return EXIT_USAGE;
    }
    return status ? say_error(&error) : EXIT_GOOD;
}
