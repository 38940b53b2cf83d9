/*
 * Who the lines of an archive are about: see lines.h.
 */
#include "http/lines.h"

#include <string.h>

/* As line.c writes them: what the parser's strings are. */
enum {
    RECORD,
    COLLECTION,
    APP,
    FETCHED_AT
};

/* How a line begins; a star is what is in a string. Every byte is compared with it before the parser sees it, which is there
   for the strings: so what is cut off must begin like that as far as it goes. */
static const char shape[] =
    "{\"record_id\":\"*\",\"collection_id\":\"*\",\"app_id\":\"*\",\"fetched_at\":\"*\",";

/* What the parser is stopped with once all that matters has come. */
#define ENOUGH ERRATA_CLOSED

static bool same(struct errata_text text, const char *data, size_t length) {
    return text.length == length && memcmp(text.data, data, length) == 0;
}

static enum errata_status refuse(struct errata__lines *lines, const char *reason) {
    lines->reason = reason;
    return ERRATA_MISMATCH;
}

static enum errata_status take_value(struct errata__lines *lines, const char *text, size_t length) {
    struct errata__buffer *record = &lines->record;
    struct errata__id *row;
    bool added;
    switch (lines->member++) {
    case RECORD:
        record->length = 0;
        return errata__buffer_append(record, text, length);
    case COLLECTION:
        return same(lines->names->collection, text, length)
                   ? ERRATA_OK
                   : refuse(lines, "it is of another collection");
    case APP:
        return same(lines->names->app, text, length) ? ERRATA_OK
                                                     : refuse(lines, "it is of another app");
    default:
        break;
    }
    lines->known = true;
    if (lines->ids == NULL) {
        return ENOUGH;
    }
    enum errata_status status = errata__ids_add(
        lines->ids, (struct errata_text){record->data, record->length}, &row, &added);
    return status == ERRATA_OK ? ENOUGH : status;
}

static enum errata_status take_event(void *ctx, enum errata__json_kind kind, uint32_t depth,
                                     const char *text, size_t length) {
    struct errata__lines *lines = ctx;
    (void)depth;
    return kind == ERRATA__JSON_STRING ? take_value(lines, text, length) : ERRATA_OK;
}

enum errata_status errata__lines_init(struct errata__lines *lines,
                                      const struct errata_allocator *allocator,
                                      const struct errata__line_names *names,
                                      struct errata__ids *ids) {
    *lines = (struct errata__lines){.names = names, .ids = ids};
    errata__buffer_init(&lines->record, allocator, (size_t)1 << 20U);
    return errata__json_new(&lines->json, allocator, (uint64_t)8 << 20U, take_event, lines);
}

void errata__lines_free(struct errata__lines *lines) {
    errata__json_free(lines->json);
    errata__buffer_free(&lines->record);
    lines->json = NULL;
}

/* Do the next bytes of the line have the shape, as far as it goes? */
static bool has_shape(struct errata__lines *lines, const char *text, size_t length) {
    for (size_t i = 0; i < length && shape[lines->shaped] != '\0'; i++) {
        if (shape[lines->shaped] != '*') {
            if (text[i] != shape[lines->shaped++]) {
                return false;
            }
        } else if (lines->escaped) {
            lines->escaped = false;
        } else if (text[i] == '"') {
            lines->shaped += 2;
        } else {
            lines->escaped = text[i] == '\\';
        }
    }
    return true;
}

/* Takes bytes of one line, without its end. */
static enum errata_status take_part(struct errata__lines *lines, const char *text, size_t length) {
    struct errata__json_failure failure;
    size_t consumed;
    if (lines->known || length == 0) {
        return ERRATA_OK;
    }
    if (!lines->begun) {
        errata__json_begin(lines->json, 0, 2);
        lines->begun = true;
        lines->member = RECORD;
        lines->shaped = 0;
        lines->escaped = false;
        lines->number++;
    }
    if (!has_shape(lines, text, length)) {
        return refuse(lines, "a line in it does not begin as those of a scan do");
    }
    if (errata__json_feed(lines->json, text, length, &consumed, &failure) == ERRATA__JSON_MORE) {
        return ERRATA_OK;
    }
    switch ((int)failure.status) {
    case ENOUGH:
        return ERRATA_OK;
    case ERRATA_NO_MEMORY:
    case ERRATA_LIMIT_IDS:
    case ERRATA_MISMATCH:
        return failure.status;
    default:
        return refuse(lines, "it is no archive of a scan");
    }
}

enum errata_status errata__lines_take(void *ctx, const void *bytes, size_t length) {
    struct errata__lines *lines = ctx;
    const char *text = bytes;
    enum errata_status status = ERRATA_OK;
    while (length > 0 && status == ERRATA_OK) {
        const char *end = memchr(text, '\n', length);
        size_t part = end != NULL ? (size_t)(end - text) : length;
        status = take_part(lines, text, part);
        if (end != NULL && status == ERRATA_OK) {
            if (!lines->known) {
                return refuse(lines, "it is no archive of a scan");
            }
            lines->known = false;
            lines->begun = false;
            part++;
        }
        text += part;
        length -= part;
    }
    return status;
}
