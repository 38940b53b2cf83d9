/*
 * One page of a listing, as it comes: a JSON array of records, of which the id, the name and the status are kept, one
 * row at a time.
 */
#ifndef ERRATA_HTTP_PAGE_H
#define ERRATA_HTTP_PAGE_H

#include <stdbool.h>

#include <errata/client.h>

#include "core/buffer.h"
#include "json/parser.h"

/* The most rows in a page. */
#define ERRATA__PAGE_ROWS 100000U
/* An id or name that is longer counts as absent. */
#define ERRATA__FIELD_LIMIT ((size_t)64 * 1024)

enum errata__page_field {
    ERRATA__PAGE_ID,
    ERRATA__PAGE_NAME,
    ERRATA__PAGE_STATUS
};
#define ERRATA__PAGE_FIELDS 3U

struct errata__page {
    struct errata__json *json;
    errata_listed_function *each;
    void *ctx;
    /* Of the open row; absent as long as there is no such member. */
    struct errata__buffer fields[ERRATA__PAGE_FIELDS];
    bool has[ERRATA__PAGE_FIELDS];
    /* Which of them the next value is; ERRATA__PAGE_FIELDS: none. */
    unsigned member;
    uint32_t rows;
    /* The array is open; it was closed. */
    bool begun;
    bool done;
    /* Filled when take() fails. */
    struct errata_error why;
};

/* ERRATA_OK; ERRATA_NO_MEMORY. each is called with every row. */
ERRATA_MUST_CHECK enum errata_status errata__page_init(struct errata__page *page,
                                                       const struct errata_allocator *allocator,
                                                       errata_listed_function *each, void *ctx);
/* Also for one that is zero. */
void errata__page_free(struct errata__page *page);

/* Starts on a page. */
void errata__page_begin(struct errata__page *page);
/* Takes the next bytes; ctx is the page. ERRATA_OK; ERRATA_BAD_ANSWER; ERRATA_NO_MEMORY; what each returned. */
enum errata_status errata__page_take(void *ctx, const void *bytes, size_t length);

#endif
