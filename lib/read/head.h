/*
 * How documents begin: from the first byte to the first issue of the first rule error or, where there is none, to the
 * end. What one document says there the next says again, but for its ids and times: so the bytes between these are
 * known, and where they stood any plain text or number may.
 *
 * Known beginnings are a tree of pieces: fixed bytes, and what stands behind them. It is small, and where it is full, or
 * a document that taught something is taken back, all of it is forgotten.
 */
#ifndef ERRATA_READ_HEAD_H
#define ERRATA_READ_HEAD_H

#include "read/ingest.h"

/* What stands behind the fixed bytes of a piece. */
enum errata__hole {
    /* Nothing: the beginning ends. */
    ERRATA__HOLE_NONE,
    /* Plain text, in a string. */
    ERRATA__HOLE_TEXT,
    /* A whole number. */
    ERRATA__HOLE_NUMBER
};

struct errata__head_piece {
    /* Among the texts. */
    uint16_t text;
    uint16_t length;
    /* Numbers of pieces, from 1; 0: none. The next one with the same before it, and the first one behind its hole. */
    uint8_t next;
    uint8_t behind;
    /* enum errata__hole, and enum errata__member that it is the value of. */
    uint8_t hole;
    uint8_t member;
    /* NONE: the number of what the beginning means, from 0. */
    uint8_t meaning;
};

/* What a beginning does, but for what stands in its holes. */
struct errata__head_meaning {
    bool whole;
    uint8_t deviations;
    uint32_t status;
    uint32_t seen_in_document;
    /* Not whole: of the rule error that was begun. */
    uint32_t key;
    uint32_t rule_message;
    uint32_t seen_in_rule_error;
};

#define ERRATA__HEAD_PIECES 128U
#define ERRATA__HEAD_MEANINGS 64U
#define ERRATA__HEAD_TEXTS 8192U
/* The longest beginning that is learned. */
#define ERRATA__HEAD_MOST 1024U

/* How well it goes; where it does not pay, some documents are left to the parser. */
struct errata__head_fortune {
    uint32_t known;
    uint32_t unknown;
    uint32_t pause;
    uint32_t next_pause;
};

/* The beginning of a document, and what stands in its holes. */
struct errata__head_match {
    /* NULL: it is not known. */
    const struct errata__head_meaning *meaning;
    size_t length;
    size_t n_holes;
    struct errata__document_trace holes[ERRATA__TRACED_MEMBERS];
};

struct errata__heads {
    uint8_t first;
    uint8_t n_pieces;
    uint8_t n_meanings;
    /* The open document taught something. */
    bool fresh;
    uint16_t n_texts;
    struct errata__head_fortune fortune;
    /* What was found where the open document begins, and where the next one does, if that was looked at already. */
    struct errata__head_match found[2];
    uint8_t now;
    const char *next_at;
    struct errata__head_piece pieces[ERRATA__HEAD_PIECES];
    struct errata__head_meaning meanings[ERRATA__HEAD_MEANINGS];
    char texts[ERRATA__HEAD_TEXTS];
};

struct errata__lane;
struct errata__stretch;

void errata__heads_forget(struct errata__heads *heads);
/* Takes the beginning of the open document, which is the stretch's, if it is known; `length` bytes may be taken. Returns
   how many were, 0: it is not. */
size_t errata__head_take(struct errata__lane *lane, const struct errata__stretch *stretch,
                         size_t length);
/* The parser took a beginning. whole: and the document ended with it. */
void errata__head_learn(struct errata__lane *lane, const char *bytes, size_t length, bool whole);

#endif
