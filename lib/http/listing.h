/*
 * A listing, page by page: which page to ask for next, and when it was the last. That is an empty one, or one with fewer
 * rows than the API says a page has; how many records there are in all may be said wrongly, or not at all. Pages shift
 * while records are added, so ids come again; a long run of pages without anything new is an API that turns none.
 */
#ifndef ERRATA_HTTP_LISTING_H
#define ERRATA_HTTP_LISTING_H

#include "http/ids.h"
#include "http/page.h"
#include "http/runner.h"

struct errata__listing {
    const struct errata_client *client;
    /* With its defaults filled in. */
    struct errata_listing options;
    struct errata__page page;
    struct errata__ids *ids;
    /* Called with every row whose id is new, and with those that have none. */
    errata_listed_function *each;
    void *ctx;
    /* The page that is asked for, from 1. */
    uint32_t number;
    /* Rows of it that were new, and how many pages before it had none. */
    uint32_t fresh;
    uint32_t stale_pages;
    /* Rows of it without an id: on this try, and told so far. A page that breaks off comes again. */
    uint32_t nameless;
    uint32_t nameless_told;
    /* Ids that were listed. */
    uint64_t listed;
    /* 0: unknown. */
    uint64_t expected;
    bool done;
};

/* ids may hold some that are not listed yet. client and the texts of options must live as long. ERRATA_OK;
   ERRATA_NO_MEMORY; ERRATA_MISUSE: there is no collection. */
ERRATA_MUST_CHECK enum errata_status errata__listing_init(struct errata__listing *listing,
                                                          const struct errata_client *client,
                                                          const struct errata_listing *options,
                                                          struct errata__ids *ids,
                                                          errata_listed_function *each, void *ctx,
                                                          struct errata_error *error);
void errata__listing_free(struct errata__listing *listing);

/* Gives the job the next page to ask for; not to be called once it is done. ERRATA_OK; ERRATA_NO_MEMORY;
   ERRATA_BAD_ANSWER: there are too many. */
ERRATA_MUST_CHECK enum errata_status errata__listing_next(struct errata__listing *listing,
                                                          struct errata__job *job,
                                                          struct errata_error *error);
/* The page will come again. */
void errata__listing_again(struct errata__listing *listing);
/* The page came. *whole = false: not all of it. */
void errata__listing_arrived(struct errata__listing *listing, const struct errata__job *job,
                             bool *whole);

#endif
