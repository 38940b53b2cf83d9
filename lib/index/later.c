/*
 * Looking strings up later: see later.h.
 */
#include "index/later.h"

#include <string.h>

#include "core/utf8.h"
#include "index/append.h"
#include "index/hash.h"
#include "index/intern.h"
#include "index/recent.h"

enum errata_status errata__strings_settle_all(struct errata_index *index) {
    struct errata__later *later = &index->later;
    uint32_t count = later->count;
    enum errata_status status = ERRATA_OK;
    later->count = 0;
    for (uint32_t i = 0; i < count && status == ERRATA_OK; i++) {
        const struct errata__later_text *open = &later->texts[i];
        status = errata__string_intern_now(index, open->text, open->length, open->hash, open->id);
        if (status == ERRATA_OK) {
            status = errata__string_remember(index, *open->id);
        }
    }
    return status;
}

enum errata_status errata__string_intern_later(struct errata_index *index, const char *text,
                                               size_t length, uint32_t *id, bool *repaired) {
    struct errata__later *later = &index->later;
    if (later->count == ERRATA__LATER_TEXTS || length > ERRATA__LATER_LENGTH) {
        return errata__string_intern(index, text, length, id, repaired);
    }
    if (errata__recent_find(index, text, length, id)) {
        return ERRATA_OK;
    }
    if (errata__utf8_valid(text, length) != length) {
        return errata__string_intern(index, text, length, id, repaired);
    }
    struct errata__later_text *open = &later->texts[later->count++];
    memcpy(open->text, text, length);
    open->length = (uint32_t)length;
    open->hash = errata__hash_bytes(index, text, length);
    open->id = id;
    errata__string_prefetch(index, open->hash);
    return ERRATA_OK;
}
