/*
 * What a client is made of, for the files that make requests.
 */
#ifndef ERRATA_HTTP_CLIENT_H
#define ERRATA_HTTP_CLIENT_H

#include <stdatomic.h>
#include <stdint.h>

#include <errata/client.h>

#include "http/bucket.h"
#include "http/url.h"

struct errata_client {
    struct errata_allocator allocator;
    /* With every default filled in; its texts are not kept, but for proxy and cacert, which are copies. */
    struct errata_client_options options;
    struct errata__base base;
    /* The app id, in memory that is owned. */
    struct errata_text app;
    char *app_text;
    char *cacert;
    char *proxy;
    /* Of every request (struct curl_slist): the key is in it. */
    void *headers;
    /* Where it is in there. */
    struct errata_text key;
    /* The connections (CURLM). */
    void *multi;
    /* Of all requests. */
    struct errata__bucket bucket;
    /* Becomes readable when the client is cancelled. */
    int wake;
    /* An enum errata_cancel, or 0. */
    atomic_int cancelled;
    bool initialised;
};

/* How the client has been cancelled; 0: not. */
int errata__client_cancelled(const struct errata_client *client);

#endif
