/*
 * Finding equal values again: open addressing with linear probing over ids. Where a value's slot is follows from its
 * tag, half of the hash, so that a table grows without a look at the values, which for a million texts was a fifth of
 * the time of reading. Ids are added in order, and taken away from the last to the first. Hash values come from XXH3
 * with the index's secret, and are never stored elsewhere: nothing that is written depends on them.
 */
#ifndef ERRATA_INDEX_HASH_H
#define ERRATA_INDEX_HASH_H

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "index/tables.h"

/* The hash of the value with this id; used when ids are taken away. */
typedef uint64_t errata__hash_of(const struct errata_index *index, uint32_t id);

/* Makes the table larger. */
ERRATA_MUST_CHECK enum errata_status errata__hash_grow(struct errata_index *index,
                                                       struct errata__hash *hash);
/* Makes room for one more, so that at least a quarter of the slots stay empty. Only for a value that is not there, so
   that memory depends on what is there, and not on how often it was looked for. */
ERRATA_MUST_CHECK static inline enum errata_status errata__hash_reserve(struct errata_index *index,
                                                                        struct errata__hash *hash) {
    return hash->used < hash->room ? ERRATA_OK : errata__hash_grow(index, hash);
}
/* Takes id away, which must be the last one that was added. */
void errata__hash_remove(const struct errata_index *index, struct errata__hash *hash, uint32_t id,
                         errata__hash_of *hash_of);
/* Takes all away, but keeps the memory. Cost: the slots. */
void errata__hash_forget(struct errata__hash *hash);
void errata__hash_free(struct errata_index *index, struct errata__hash *hash);

static inline uint64_t errata__hash_bytes(const struct errata_index *index, const void *bytes,
                                          size_t length) {
    return XXH3_64bits_withSecret(bytes, length, index->secret, ERRATA__SECRET_SIZE);
}

/* The slot where probing for this hash begins, where there are slots; go on with (slot + 1) & hash->mask until one is
   empty. */
static inline uint32_t errata__hash_start(const struct errata__hash *hash, uint64_t value) {
    return (uint32_t)value & hash->mask;
}

/* Enters the id of a value that is not there, after errata__hash_reserve(). */
static inline void errata__hash_enter(struct errata__hash *hash, uint64_t value, uint32_t id) {
    uint32_t slot = errata__hash_start(hash, value);
    while (hash->slots[slot].id_plus_1 != 0) {
        slot = (slot + 1) & hash->mask;
    }
    hash->slots[slot] = (struct errata__slot){(uint32_t)value, id + 1};
    hash->used++;
}

#endif
