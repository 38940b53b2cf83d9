/*
 * A listing, page by page: see listing.h.
 */
#include "http/listing.h"

#include <stdio.h>

#include "core/fail.h"

#define DEFAULT_TAKE 100U
#define DEFAULT_PAGES 100000U
/* So many pages of nothing but what was listed before are no page that shifted: the API does not turn pages. */
#define MOST_STALE_PAGES 10U

static enum errata_status take_row(void *ctx, const struct errata_listed *listed) {
    struct errata__listing *listing = ctx;
    struct errata__id *row;
    bool added;
    if (listed->id.data != NULL) {
        enum errata_status status = errata__ids_add(listing->ids, listed->id, &row, &added);
        if (status != ERRATA_OK || row->listed) {
            return status;
        }
        row->listed = true;
        listing->listed++;
        listing->fresh++;
    } else if (listing->nameless++ < listing->nameless_told) {
        return ERRATA_OK;
    } else {
        listing->nameless_told++;
    }
    return listing->each(listing->ctx, listed);
}

enum errata_status errata__listing_init(struct errata__listing *listing,
                                        const struct errata_client *client,
                                        const struct errata_listing *options,
                                        struct errata__ids *ids, errata_listed_function *each,
                                        void *ctx, struct errata_error *error) {
    *listing = (struct errata__listing){
        .client = client, .options = *options, .ids = ids, .each = each, .ctx = ctx, .number = 1};
    if (options->collection.length == 0) {
        return errata__fail(error, ERRATA_MISUSE, "no collection was given");
    }
    if (options->status.data == NULL) {
        listing->options.status = (struct errata_text){"FAILED", 6};
    }
    listing->options.take = options->take == 0 ? DEFAULT_TAKE : options->take;
    listing->options.pages = options->pages == 0 ? DEFAULT_PAGES : options->pages;
    enum errata_status status =
        errata__page_init(&listing->page, &client->allocator, take_row, listing);
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

void errata__listing_free(struct errata__listing *listing) {
    errata__page_free(&listing->page);
}

static enum errata_status add_parameter(struct errata__buffer *url, const char *name,
                                        struct errata_text value) {
    enum errata_status status = value.data == NULL ? ERRATA_OK : errata__url_words(url, name);
    return status == ERRATA_OK ? errata__url_escaped(url, value) : status;
}

static enum errata_status make_url(const struct errata__listing *listing,
                                   struct errata__buffer *url) {
    const struct errata_client *client = listing->client;
    const struct errata_listing *options = &listing->options;
    char paging[64];
    enum errata_status status =
        errata__url_records(url, client->base.text, client->app, options->collection);
    snprintf(paging, sizeof paging, "?page=%u&take=%u", listing->number, options->take);
    if (status == ERRATA_OK) {
        status = errata__url_words(url, paging);
    }
    if (status == ERRATA_OK) {
        status = add_parameter(url, "&status=", options->status);
    }
    if (status == ERRATA_OK) {
        status = add_parameter(url, "&search=", options->search);
    }
    for (size_t i = 0; i < options->n_tags && status == ERRATA_OK; i++) {
        status = add_parameter(url, "&tags%5B%5D=", options->tags[i]);
    }
    return status == ERRATA_OK ? errata__buffer_append(url, "", 1) : status;
}

enum errata_status errata__listing_next(struct errata__listing *listing, struct errata__job *job,
                                        struct errata_error *error) {
    if (listing->number > listing->options.pages) {
        return errata__fail(error, ERRATA_BAD_ANSWER, "the listing has more than %u pages",
                            listing->options.pages);
    }
    enum errata_status status = make_url(listing, &job->url);
    if (status != ERRATA_OK) {
        return errata__url_fail(error, status);
    }
    errata__listing_again(listing);
    listing->fresh = 0;
    listing->nameless_told = 0;
    job->take = errata__page_take;
    job->ctx = &listing->page;
    job->why = &listing->page.why;
    return ERRATA_OK;
}

void errata__listing_again(struct errata__listing *listing) {
    errata__page_begin(&listing->page);
    listing->nameless = 0;
}

void errata__listing_arrived(struct errata__listing *listing, const struct errata__job *job,
                             bool *whole) {
    uint64_t count = 0;
    uint64_t take = 0;
    uint32_t rows = listing->page.rows;
    *whole = listing->page.done;
    if (!*whole) {
        return;
    }
    if (errata__transfer_header(&job->transfer, "pagination-count", &count)) {
        listing->expected = count;
    }
    bool echoed = errata__transfer_header(&job->transfer, "pagination-take", &take);
    listing->stale_pages = listing->fresh > 0 ? 0 : listing->stale_pages + 1;
    listing->done =
        rows == 0 || (echoed && rows < take) || listing->stale_pages == MOST_STALE_PAGES;
    listing->number++;
}
