/*
 * Where tokens and escapes begin and end, without a judgement whether they are right: that is yajl's. What lies
 * behind a byte that yajl will refuse does not matter here.
 */
#ifndef ERRATA_JSON_SCAN_H
#define ERRATA_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Tokens of more than one byte. */
enum errata__token_kind {
    /* Between such tokens. */
    ERRATA__TOKEN_NONE,
    ERRATA__TOKEN_STRING,
    /* In a string, right behind a backslash. */
    ERRATA__TOKEN_ESCAPE,
    ERRATA__TOKEN_NUMBER,
    /* true, false, null, or a byte that begins no token. */
    ERRATA__TOKEN_WORD
};

/* A token that is open: its end has not been seen. */
struct errata__token {
    /* Of its first byte, within the source. */
    uint64_t start;
    enum errata__token_kind kind;
    /* Bytes that a word still lacks; where one is in a number. */
    unsigned part;
};

/* The first byte that begins such a token; end when there is none. */
const char *errata__token_find(const char *at, const char *end);

/* Sets token to the one that begins with *at; returns where errata__token_end() goes on. */
const char *errata__token_begin(struct errata__token *token, const char *at, uint64_t start);

/* Goes on within an open token. Returns the byte behind its last one and sets its kind to NONE; end, with the
   kind kept, when the token goes on there. A number ends only where a byte follows it. */
const char *errata__token_end(struct errata__token *token, const char *at, const char *end);

/* What a backslash begins. */
enum errata__escape {
    /* Whole, or wrong in a way that yajl finds. */
    ERRATA__ESCAPE_WHOLE,
    /* An unpaired surrogate: the escape's six bytes are to be replaced. */
    ERRATA__ESCAPE_LONE,
    /* Cut by the end: what it is depends on what follows. Then at most ERRATA__ESCAPE_SIZE - 1 bytes. */
    ERRATA__ESCAPE_CUT
};

/* A surrogate pair. */
#define ERRATA__ESCAPE_SIZE 12

/* Looks at the escape that begins at text, which is a backslash. Sets *size to its bytes. */
enum errata__escape errata__escape_look(const char *text, size_t length, size_t *size);

/* Makes an unpaired surrogate \uFFFD. */
void errata__escape_replace(char *text);

/* Makes patches in bytes: 0B and 0C, which yajl takes for white space, become 01, which it refuses; unpaired
   surrogates become \uFFFD. With patch NULL only tells what would be done. Returns how many bytes are in front of an
   escape that is cut by the end, and sets *patched to whether there was anything to do. */
size_t errata__scan_patch(const char *bytes, size_t length, char *patch, bool *patched);

#endif
