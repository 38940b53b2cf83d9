/*
 * A status document as a line: see line.h.
 */
#include "http/line.h"

#include <string.h>

#include "core/time.h"
#include "json/text.h"

/* Pieces with their line breaks made blanks. */
#define PIECE 16384
/* So much of a body is looked at at once for its opening brace, and as a whole for white space at its end. */
#define LOOK 4096U

void errata__line_init(struct errata__line *line, const struct errata_allocator *allocator) {
    *line = (struct errata__line){0};
    errata__buffer_init(&line->head, allocator, (size_t)1 << 20U);
}

void errata__line_free(struct errata__line *line) {
    errata__buffer_free(&line->head);
}

/* Finds the first or the last byte that is no white space among those that come. */
struct search {
    uint64_t at;
    uint64_t first;
    uint64_t last;
    char first_byte;
    bool found;
};

static enum errata_status look(void *ctx, const void *bytes, size_t length) {
    struct search *search = ctx;
    const char *text = bytes;
    for (size_t i = 0; i < length; i++) {
        if (!errata__json_is_white(text[i])) {
            search->first = search->found ? search->first : search->at + i;
            search->first_byte = search->found ? search->first_byte : text[i];
            search->last = search->at + i;
            search->found = true;
        }
    }
    search->at += length;
    return ERRATA_OK;
}

static enum errata_status has_mark(void *ctx, const void *bytes, size_t length) {
    bool *mark = ctx;
    *mark = length == 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    return ERRATA_OK;
}

enum errata_status errata__line_look(struct errata__line *line, struct errata__body *body,
                                     bool *object, bool *blank) {
    bool mark = false;
    enum errata_status status = ERRATA_OK;
    if (body->length >= 3) {
        status = errata__body_give(body, 0, 3, has_mark, &mark);
    }
    uint64_t start = mark ? 3 : 0;
    struct search front = {.at = start};
    while (status == ERRATA_OK && !front.found && front.at < body->length) {
        uint64_t left = body->length - front.at;
        uint64_t end = front.at + (left < LOOK ? left : LOOK);
        status = errata__body_give(body, front.at, end, look, &front);
    }
    uint64_t tail = body->length > LOOK ? body->length - LOOK : 0;
    struct search back = {.at = tail};
    if (status == ERRATA_OK) {
        status = errata__body_give(body, tail, body->length, look, &back);
    }
    line->body = body;
    line->from = front.first + 1;
    line->to = back.found ? back.last + 1 : tail;
    *object = front.found && front.first_byte == '{';
    *blank = !front.found && !back.found;
    return status;
}

static enum errata_status add_words(struct errata__buffer *out, const char *words) {
    return errata__buffer_append(out, words, strlen(words));
}

static enum errata_status add_name(struct errata__buffer *out, const char *key,
                                   struct errata_text value) {
    enum errata_status status = add_words(out, key);
    return status == ERRATA_OK ? errata__json_quote(out, value.data, value.length) : status;
}

enum errata_status errata__line_name(struct errata__line *line,
                                     const struct errata__line_names *names) {
    struct errata__buffer *head = &line->head;
    char time[ERRATA__TIME_SIZE];
    const struct errata_text fetched_at = {time, errata__time_format(names->fetched_at, time)};
    head->length = 0;
    enum errata_status status = add_name(head, "{\"record_id\":", names->record);
    if (status == ERRATA_OK) {
        status = add_name(head, ",\"collection_id\":", names->collection);
    }
    if (status == ERRATA_OK) {
        status = add_name(head, ",\"app_id\":", names->app);
    }
    if (status == ERRATA_OK) {
        status = add_name(head, ",\"fetched_at\":", fetched_at);
    }
    return status == ERRATA_OK ? add_words(head, ",") : status;
}

uint64_t errata__line_length(const struct errata__line *line) {
    return line->head.length + (line->to - line->from) + 1;
}

uint64_t errata__line_in_body(const struct errata__line *line, uint64_t offset) {
    return offset < line->head.length ? 0 : line->from + (offset - line->head.length);
}

struct giving {
    errata__bytes_function *take;
    void *ctx;
};

static enum errata_status give_flat(void *ctx, const void *bytes, size_t length) {
    const struct giving *giving = ctx;
    const char *text = bytes;
    char flat[PIECE];
    enum errata_status status = ERRATA_OK;
    while (length > 0 && status == ERRATA_OK) {
        size_t some = length < sizeof flat ? length : sizeof flat;
        for (size_t i = 0; i < some; i++) {
            flat[i] = text[i] == '\n' || text[i] == '\r' ? ' ' : text[i];
        }
        status = giving->take(giving->ctx, flat, some);
        text += some;
        length -= some;
    }
    return status;
}

enum errata_status errata__line_give(struct errata__line *line, errata__bytes_function *take,
                                     void *ctx) {
    struct giving giving = {take, ctx};
    enum errata_status status = take(ctx, line->head.data, line->head.length);
    if (status == ERRATA_OK) {
        status = errata__body_give(line->body, line->from, line->to, give_flat, &giving);
    }
    return status == ERRATA_OK ? take(ctx, "\n", 1) : status;
}
