/* A program of somebody else that links the API client by pkg-config. It compiles as C and as C++. */
#include <errata/client.h>
#include <stdio.h>
#include <string.h>

static enum errata_status on_listed(void *ctx, const struct errata_listed *listed) {
    (void)ctx;
    (void)listed;
    return ERRATA_OK;
}

int main(void) {
    struct errata_client *client;
    struct errata_client_options options;
    struct errata_listing listing;
    struct errata_error error;
    char line[1024];

    memset(&options, 0, sizeof options);
    memset(&listing, 0, sizeof listing);
    options.url.data = "http://127.0.0.1:1";
    options.url.length = strlen(options.url.data);
    options.key.data = "key";
    options.key.length = strlen(options.key.data);
    options.retries = ERRATA_NO_RETRIES;
    listing.collection.data = "loans";
    listing.collection.length = strlen(listing.collection.data);
    if (errata_client_new(&client, &options, &error)) {
        return 1;
    }
    enum errata_status status = errata_client_list(client, &listing, on_listed, NULL, &error);
    errata_error_render(&error, line, sizeof line);
    printf("%s: %s\n", errata_status_text(status), line);
    errata_client_free(client);
    return 0;
}
