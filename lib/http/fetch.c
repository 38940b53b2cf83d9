/*
 * Fetching records that the caller names.
 */
#include <curl/curl.h>
#include <string.h>
#include <time.h>

#include "core/fail.h"
#include "http/transfer.h"

static enum errata_status feed(void *ctx, const void *bytes, size_t length) {
    struct errata_reader *reader = ctx;
    return errata_reader_feed(reader, bytes, length, NULL);
}

enum errata_status errata_client_fetch(struct errata_client *client,
                                       const struct errata_fetch *fetch,
                                       struct errata_reader *reader, struct errata_error *error) {
    struct errata__transfer transfer;
    struct errata__answer answer;
    struct errata__buffer url;
    errata__buffer_init(&url, &client->allocator, ERRATA__URL_LIMIT);
    enum errata_status status = errata__url_status(&url, client->base.text, client->app,
                                                   fetch->collection, fetch->records[0]);
    if (status == ERRATA_OK) {
        status = errata__buffer_append(&url, "", 1);
    }
    if (status == ERRATA_OK) {
        status = errata__transfer_init(&transfer, client);
    }
    if (status == ERRATA_OK) {
        const struct errata_origin origin = {.name = {url.data, url.length - 1},
                                             .app = client->app,
                                             .collection = fetch->collection,
                                             .record = fetch->records[0],
                                             .fetched_at = (int64_t)time(NULL),
                                             .kind = ERRATA_SOURCE_API,
                                             .framing = ERRATA_FRAMING_STREAM};
        status = errata_reader_begin(reader, &origin, error);
        if (status == ERRATA_OK) {
            status = errata__transfer_begin(&transfer, url.data, feed, reader);
        }
        if (status == ERRATA_OK) {
            CURLcode code = curl_easy_perform(transfer.easy);
            errata__transfer_judge(&transfer, (int)code, &answer);
            if (answer.fate == ERRATA__FATE_DROPPED) {
                status = errata_reader_end(reader, error);
            } else if (answer.fate != ERRATA__FATE_ANSWERED) {
                errata_reader_abandon(reader);
                status = errata__fail(error, ERRATA_NETWORK, "%s", answer.reason);
            } else if (answer.http != 200) {
                errata_reader_abandon(reader);
                status = errata__fail(error, ERRATA_BAD_ANSWER, "%s", answer.reason);
            } else {
                status = errata_reader_end(reader, error);
            }
        }
    }
    errata__transfer_free(&transfer);
    errata__buffer_free(&url);
    return status;
}
