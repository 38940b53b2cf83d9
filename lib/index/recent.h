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

static inline uint64_t errata__recent_load(const char *text, size_t length) {
    uint64_t value = 0;
    memcpy(&value, text, length);
    return value;
}

/* Sets first, last and length. Those of two texts of up to 16 bytes are equal only if the texts are. */
static inline struct errata__recent errata__recent_key(const char *text, size_t length) {
    struct errata__recent key = {.length = (uint32_t)length};
    if (length >= 8) {
        key.first = errata__recent_load(text, 8);
        key.last = errata__recent_load(text + length - 8, 8);
    } else if (length >= 4) {
        key.first = errata__recent_load(text, 4);
        key.last = errata__recent_load(text + length - 4, 4);
    } else if (length > 0) {
        key.first = (unsigned char)text[0];
        key.last = (uint64_t)(unsigned char)text[length / 2] << 8 | (unsigned char)text[length - 1];
    }
    return key;
}

static inline uint32_t errata__recent_slot(const struct errata__recent *key) {
    uint64_t mixed = (key->first ^ (key->last << 29 | key->last >> 35)) + key->length;
    return (uint32_t)(mixed * 0x9E3779B97F4A7C15U >> (64 - ERRATA__RECENT_BITS));
}

/* Is what the slot holds the text that key was made from? length is less than 2^32. */
static inline bool errata__recent_is(const struct errata__recent *slot,
                                     const struct errata__recent *key, const char *text) {
    return slot->first == key->first && slot->last == key->last && slot->length == key->length &&
           slot->text != NULL &&
           (key->length <= 16 || memcmp(slot->text + 8, text + 8, key->length - 16) == 0);
}

#endif
