/*
 * errata_client_list().
 */
#include "core/fail.h"
#include "http/listing.h"

struct list {
    struct errata__listing listing;
    struct errata__runner runner;
};

static enum errata_status next(void *ctx, size_t n, bool *given, struct errata_error *error) {
    struct list *list = ctx;
    *given = !list->listing.done;
    return *given ? errata__listing_next(&list->listing, &list->runner.jobs[n], error) : ERRATA_OK;
}

static void again(void *ctx, size_t n) {
    struct list *list = ctx;
    (void)n;
    errata__listing_again(&list->listing);
}

static enum errata_status arrived(void *ctx, size_t n, bool *whole, struct errata_error *error) {
    struct list *list = ctx;
    (void)error;
    errata__listing_arrived(&list->listing, &list->runner.jobs[n], whole);
    return ERRATA_OK;
}

static enum errata_status missed(void *ctx, size_t n, bool failed,
                                 const struct errata__answer *answer, struct errata_error *error) {
    struct list *list = ctx;
    return errata__runner_end_missed(&list->runner, n, failed, answer, error);
}

enum errata_status errata_client_list(struct errata_client *client,
                                      const struct errata_listing *listing,
                                      errata_listed_function *each, void *ctx,
                                      struct errata_error *error) {
    struct list list;
    const struct errata__plan plan = {
        .ctx = &list, .next = next, .again = again, .arrived = arrived, .missed = missed};
    struct errata__ids ids;
    errata__ids_init(&ids, &client->allocator);
    enum errata_status status = errata__runner_init(&list.runner, client, &plan, 1);
    if (status != ERRATA_OK) {
        errata__fail_plain(error, status);
    } else {
        status = errata__listing_init(&list.listing, client, listing, &ids, each, ctx, error);
        if (status == ERRATA_OK) {
            status = errata__runner_run(&list.runner, error);
        }
        errata__listing_free(&list.listing);
    }
    errata__runner_free(&list.runner);
    errata__ids_free(&ids);
    return status;
}
