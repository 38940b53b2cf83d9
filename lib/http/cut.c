/*
 * errata__body_is_cut(): a body that ends in the middle of a JSON value. Without a length in the header, or compressed,
 * it may look whole to HTTP.
 */
#include "http/body.h"
#include "json/text.h"

struct look {
    struct errata__json *json;
    enum errata__json_state state;
    bool begun;
};

static enum errata_status look_at(void *ctx, const void *bytes, size_t length) {
    struct look *look = ctx;
    struct errata__json_failure failure;
    const char *text = bytes;
    size_t at = 0;
    size_t consumed;
    while (!look->begun && at < length && errata__json_is_white(text[at])) {
        at++;
    }
    if (at < length && look->state == ERRATA__JSON_MORE) {
        if (!look->begun) {
            errata__json_begin(look->json, 0, UINT32_MAX);
            look->begun = true;
        }
        look->state = errata__json_feed(look->json, text + at, length - at, &consumed, &failure);
        if (look->state == ERRATA__JSON_FAILED && failure.status == ERRATA_NO_MEMORY) {
            return ERRATA_NO_MEMORY;
        }
    }
    return ERRATA_OK;
}

enum errata_status errata__body_is_cut(struct errata__body *body, bool *cut) {
    struct look look = {.state = ERRATA__JSON_MORE};
    const struct errata_allocator *allocator = body->memory.allocator;
    enum errata_status status =
        errata__json_new(&look.json, allocator, (uint64_t)1 << 30U, errata__json_ignore, NULL);
    if (status == ERRATA_OK) {
        status = errata__body_give(body, 0, body->length, look_at, &look);
        *cut = look.state == ERRATA__JSON_MORE;
        errata__json_free(look.json);
    }
    return status;
}
