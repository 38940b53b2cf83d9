/*
 * The spans that are known: issue objects, and what stands between two lists of issues. Each was parsed before, so
 * that it is known what it means; the same bytes at the same place in the grammar mean the same again.
 *
 * Everything is in memory of the index, up to a limit, behind which all is forgotten; and nothing of it is written.
 */
#ifndef ERRATA_READ_MEMO_H
#define ERRATA_READ_MEMO_H

#include "index/append.h"
#include "read/look.h"

enum errata__known_kind {
    /* An issue object. */
    ERRATA__KNOWN_ISSUE,
    /* One whose message may be any plain text, which is not among the bytes. */
    ERRATA__KNOWN_BUT_MESSAGE,
    /* From an issue list's end to the beginning of the next rule error's. */
    ERRATA__KNOWN_FRAME,
    /* From the last issue list's end to the document's. */
    ERRATA__KNOWN_END
};

/* Positions of an issue, and digits of each, that can be known. */
#define ERRATA__KNOWN_POSITIONS 4U
#define ERRATA__KNOWN_DIGITS 8U

/* A digit run of the path: where in the span, and how long it is. */
struct errata__known_position {
    uint16_t at;
    uint8_t digits;
};

/* What a frame does; ids of strings. */
struct errata__known_frame {
    /* Of the rule error that ends; those members that are among `closes`. */
    uint32_t key;
    uint32_t message;
    /* Of the one that begins; ERRATA_NONE: not yet. */
    uint32_t next_key;
    uint32_t next_message;
    /* Members, a bit each. */
    uint32_t closes;
    uint32_t opens;
};

struct errata__known {
    uint64_t hash;
    /* The one that was learned before, as in the slots. */
    uint32_t previous;
    uint32_t length;
    uint8_t kind;
    uint8_t n_positions;
    /* Which deviations it has: see lane.h. */
    uint8_t deviations;
    /* BUT_MESSAGE: where the message stands. */
    uint16_t message_at;
    struct errata__known_position positions[ERRATA__KNOWN_POSITIONS];
    union {
        uint32_t shape;
        /* BUT_MESSAGE: all but message. */
        struct errata__shape but_message;
        struct errata__known_frame frame;
    } is;
    uint32_t n_blocks;
    struct errata__known_block blocks[];
};

/* Where entries lie: the number of an 8-byte unit, plus 1. */
struct errata__memo_slot {
    uint32_t tag;
    uint32_t at_plus_1;
};

/* Blocks of entries, each of this many bytes. */
#define ERRATA__MEMO_BLOCK ((size_t)64 << 10)
#define ERRATA__MEMO_BLOCKS 48U

struct errata__memo {
    struct errata__arena *arena;
    struct errata__memo_slot *slots;
    uint32_t mask;
    uint32_t count;
    unsigned char *blocks[ERRATA__MEMO_BLOCKS];
    uint32_t n_blocks;
    /* Of the next entry: bytes in all blocks before it. */
    uint32_t used;
    /* As in the slots; 0: none. */
    uint32_t last;
    /* How often all was forgotten. */
    uint32_t generation;
};

/* What was known at some time. */
struct errata__memo_mark {
    uint32_t generation;
    uint32_t last;
    uint32_t used;
};

/* Slots that are looked at for one hash. */
#define ERRATA__MEMO_PROBES 16U
/* Entries of one hash. Those that differ only in digits have the same: where there are so many, others are known by a
   hash with the digits that are fixed in the last of these, which is looked for next. With four instead of two, what
   is never known again took 7 % longer. */
#define ERRATA__MEMO_ALIKE 2U

void errata__memo_init(struct errata__memo *memo, struct errata__arena *arena);
/* Forgets all and gives the memory back. */
void errata__memo_clear(struct errata__memo *memo);
struct errata__memo_mark errata__memo_mark(const struct errata__memo *memo);
/* Forgets what was learned since. */
void errata__memo_rollback(struct errata__memo *memo, const struct errata__memo_mark *mark);
/* Room for an entry of so many blocks, zeroed, its hash and number of blocks set; counts once it is added. NULL: there
   is no room, either for this one or, as arena->failure says, at all. */
struct errata__known *errata__memo_room(struct errata__memo *memo, uint64_t hash, uint32_t blocks);
/* False: too many others of the same hash are known, or there is no memory; the memo may then have forgotten all, and
   `known` with it. */
bool errata__memo_add(struct errata__memo *memo, struct errata__known *known);

static inline struct errata__known *errata__memo_at(const struct errata__memo *memo,
                                                    uint32_t at_plus_1) {
    size_t offset = (size_t)(at_plus_1 - 1) * 8;
    return (struct errata__known *)(void *)(memo->blocks[offset / ERRATA__MEMO_BLOCK] +
                                            offset % ERRATA__MEMO_BLOCK);
}

static inline bool errata__memo_is(const struct errata__known *known, errata__same *same,
                                   const struct errata__look *look, const char *at, unsigned kind,
                                   unsigned message_at) {
    return known->length == look->length && known->kind == kind &&
           known->message_at == message_at &&
           same(known->blocks, known->n_blocks, at, look->digits);
}

/* The entry for the bytes at `at`, where those of look->hash are so many, the last of which is alike. look->hash becomes
   the one that they are to be learned by. */
struct errata__known *errata__memo_find_by_digits(const struct errata__memo *memo,
                                                  errata__same *same, struct errata__look *look,
                                                  const char *at, unsigned kind,
                                                  unsigned message_at,
                                                  const struct errata__known *alike);

/* The entry for the bytes at `at`, which look was made of. kind and, for BUT_MESSAGE, message_at are compared too.
   NULL: look->hash is then the one to learn them by. */
static inline struct errata__known *errata__memo_find(const struct errata__memo *memo,
                                                      errata__same *same, struct errata__look *look,
                                                      const char *at, unsigned kind,
                                                      unsigned message_at) {
    if (memo->slots == NULL) {
        return NULL;
    }
    uint32_t slot = (uint32_t)(look->hash >> 32);
    unsigned alike = 0;
    for (unsigned i = 0; i < ERRATA__MEMO_PROBES; i++, slot++) {
        const struct errata__memo_slot *found = &memo->slots[slot & memo->mask];
        if (found->at_plus_1 == 0) {
            return NULL;
        }
        if (found->tag == (uint32_t)look->hash) {
            struct errata__known *known = errata__memo_at(memo, found->at_plus_1);
            if (errata__memo_is(known, same, look, at, kind, message_at)) {
                return known;
            }
            if (++alike == ERRATA__MEMO_ALIKE) {
                return errata__memo_find_by_digits(memo, same, look, at, kind, message_at, known);
            }
        }
    }
    return NULL;
}

#endif
