/*
 * Strings that came lately, found again without a hash of all their bytes. Payloads say the same few hundred texts
 * over and over; with this, interning one takes a third of the instructions.
 *
 * A table of the ids last seen, one for each slot. A slot is chosen by the length and the first and last eight
 * bytes, which together are the whole of a text of up to 16 bytes; behind that the rest is compared.
 */
#ifndef ERRATA_INDEX_RECENT_H
#define ERRATA_INDEX_RECENT_H

#include <string.h>

#include "index/tables.h"

#define ERRATA__RECENT_BITS 9
#define ERRATA__RECENT_SLOTS (1U << ERRATA__RECENT_BITS)

struct errata__recent {
    uint64_t first;
    uint64_t last;
    /* Within the index; NULL: nothing here. */
    const char *text;
    uint32_t length;
    uint32_t id;
};

/* The words of a text, from which its slot follows. Those of two texts of equal length up to 16 are equal only if the
   texts are. */
struct errata__recent_words {
    uint64_t first;
    uint64_t last;
};

static inline struct errata__recent_words errata__recent_words(const char *text, size_t length) {
    struct errata__recent_words words = {0, 0};
    if (length >= 8) {
        memcpy(&words.first, text, 8);
        memcpy(&words.last, text + length - 8, 8);
    } else if (length >= 4) {
        memcpy(&words.first, text, 4);
        memcpy(&words.last, text + length - 4, 4);
    } else if (length > 0) {
        words.first = (unsigned char)text[0];
        words.last =
            (uint64_t)(unsigned char)text[length / 2] << 8 | (unsigned char)text[length - 1];
    }
    return words;
}

static inline uint32_t errata__recent_slot(struct errata__recent_words words, size_t length) {
    uint64_t mixed = (words.first ^ (words.last << 29 | words.last >> 35)) + length;
    return (uint32_t)(mixed * 0x9E3779B97F4A7C15U >> (64 - ERRATA__RECENT_BITS));
}

/* Sets *id to the id of a text that came lately. False: it did not, or is no longer known. */
static inline bool errata__recent_find(const struct errata_index *index, const char *text,
                                       size_t length, uint32_t *id) {
    if (index->recent == NULL) {
        return false;
    }
    struct errata__recent_words words = errata__recent_words(text, length);
    const struct errata__recent *slot = &index->recent[errata__recent_slot(words, length)];
    *id = slot->id;
    return slot->first == words.first && slot->last == words.last && slot->length == length &&
           slot->text != NULL &&
           (length <= 16 || memcmp(slot->text + 8, text + 8, length - 16) == 0);
}

#endif
