/*
 * One page of a listing: see page.h.
 */
#include "http/page.h"

#include <string.h>

#include "core/fail.h"
#include "json/text.h"

#define TOKEN_LIMIT ((uint64_t)8 << 20)
#define DEPTH_LIMIT 256U

static const char *const names[ERRATA__PAGE_FIELDS] = {
    [ERRATA__PAGE_ID] = "id", [ERRATA__PAGE_NAME] = "name", [ERRATA__PAGE_STATUS] = "status"};

static enum errata_status bad(struct errata__page *page, const char *reason) {
    return errata__fail(&page->why, ERRATA_BAD_ANSWER, "the listing is none: %s", reason);
}

static void clear_row(struct errata__page *page) {
    for (unsigned i = 0; i < ERRATA__PAGE_FIELDS; i++) {
        page->fields[i].length = 0;
        page->has[i] = false;
    }
    page->member = ERRATA__PAGE_FIELDS;
}

static struct errata_text field(const struct errata__page *page, unsigned i) {
    const struct errata__buffer *buffer = &page->fields[i];
    return page->has[i] ? (struct errata_text){buffer->data, buffer->length}
                        : (struct errata_text){NULL, 0};
}

static enum errata_status end_row(struct errata__page *page) {
    const struct errata_listed listed = {
        .id = field(page, ERRATA__PAGE_ID),
        .name = field(page, ERRATA__PAGE_NAME),
        .status = field(page, ERRATA__PAGE_STATUS),
    };
    if (page->rows == ERRATA__PAGE_ROWS) {
        return bad(page, "a page has more than 100,000 rows");
    }
    page->rows++;
    enum errata_status status = page->each(page->ctx, &listed);
    clear_row(page);
    return status == ERRATA_OK ? ERRATA_OK : errata__fail_plain(&page->why, status);
}

static void take_key(struct errata__page *page, const char *text, size_t length) {
    page->member = ERRATA__PAGE_FIELDS;
    for (unsigned i = 0; i < ERRATA__PAGE_FIELDS; i++) {
        if (length == strlen(names[i]) && memcmp(text, names[i], length) == 0) {
            page->member = i;
        }
    }
}

static enum errata_status take_value(struct errata__page *page, enum errata__json_kind kind,
                                     const char *text, size_t length) {
    struct errata__buffer *buffer = &page->fields[page->member];
    enum errata_status status = ERRATA_OK;
    buffer->length = 0;
    page->has[page->member] = false;
    /* An empty id names nothing. */
    if (kind == ERRATA__JSON_STRING && (length > 0 || page->member != ERRATA__PAGE_ID) &&
        length < ERRATA__FIELD_LIMIT) {
        status = errata__buffer_append(buffer, text, length);
        if (status == ERRATA_OK) {
            status = errata__buffer_append(buffer, "", 1);
        }
        if (status != ERRATA_OK) {
            return errata__fail_plain(&page->why, status);
        }
        buffer->length = length;
        page->has[page->member] = true;
    }
    return ERRATA_OK;
}

static enum errata_status take_event(void *ctx, enum errata__json_kind kind, uint32_t depth,
                                     const char *text, size_t length) {
    struct errata__page *page = ctx;
    if (depth == 0) {
        return kind == ERRATA__JSON_ARRAY || kind == ERRATA__JSON_ARRAY_END
                   ? ERRATA_OK
                   : bad(page, "it is no JSON array");
    }
    if (depth == 1 && kind == ERRATA__JSON_OBJECT_END) {
        return end_row(page);
    }
    if (depth == 1 && kind != ERRATA__JSON_OBJECT) {
        return bad(page, "a row is no JSON object");
    }
    if (depth == 2 && kind == ERRATA__JSON_KEY) {
        take_key(page, text, length);
    } else if (depth == 2 && page->member < ERRATA__PAGE_FIELDS &&
               kind != ERRATA__JSON_OBJECT_END && kind != ERRATA__JSON_ARRAY_END) {
        return take_value(page, kind, text, length);
    }
    return ERRATA_OK;
}

enum errata_status errata__page_init(struct errata__page *page,
                                     const struct errata_allocator *allocator,
                                     errata_listed_function *each, void *ctx) {
    *page = (struct errata__page){.each = each, .ctx = ctx};
    for (unsigned i = 0; i < ERRATA__PAGE_FIELDS; i++) {
        errata__buffer_init(&page->fields[i], allocator, ERRATA__FIELD_LIMIT);
    }
    return errata__json_new(&page->json, allocator, TOKEN_LIMIT, take_event, page);
}

void errata__page_free(struct errata__page *page) {
    if (page->each == NULL) {
        return;
    }
    errata__json_free(page->json);
    for (unsigned i = 0; i < ERRATA__PAGE_FIELDS; i++) {
        errata__buffer_free(&page->fields[i]);
    }
    page->json = NULL;
}

void errata__page_begin(struct errata__page *page) {
    clear_row(page);
    page->rows = 0;
    page->begun = false;
    page->done = false;
}

static size_t skip_white(const char *text, size_t at, size_t length) {
    while (at < length && errata__json_is_white(text[at])) {
        at++;
    }
    return at;
}

static enum errata_status failed(struct errata__page *page,
                                 const struct errata__json_failure *failure) {
    switch ((int)failure->status) {
    case ERRATA_NOT_JSON:
        return bad(page, failure->reason);
    case ERRATA_LIMIT_DEPTH:
    case ERRATA_LIMIT_TOKEN:
        return bad(page, errata_status_text(failure->status));
    case ERRATA_NO_MEMORY:
        return errata__fail_plain(&page->why, failure->status);
    default:
        /* From a callback, which said why. */
        return failure->status;
    }
}

enum errata_status errata__page_take(void *ctx, const void *bytes, size_t length) {
    struct errata__page *page = ctx;
    struct errata__json_failure failure;
    const char *text = bytes;
    size_t at = 0;
    if (!page->begun) {
        at = skip_white(text, 0, length);
        if (at == length) {
            return ERRATA_OK;
        }
        errata__json_begin(page->json, at, DEPTH_LIMIT);
        page->begun = true;
    }
    if (!page->done) {
        size_t consumed;
        switch (errata__json_feed(page->json, text + at, length - at, &consumed, &failure)) {
        case ERRATA__JSON_MORE:
            return ERRATA_OK;
        case ERRATA__JSON_FAILED:
            return failed(page, &failure);
        case ERRATA__JSON_DONE:
            break;
        }
        page->done = true;
        at += consumed;
    }
    return skip_white(text, at, length) == length ? ERRATA_OK
                                                  : bad(page, "something follows the array");
}
