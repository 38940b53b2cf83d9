/*
 * Marks in place of values. All are made at once, for accessors are asked by many threads at the same time and allocate
 * nothing: one for each distinct string that stands in a column to hide.
 */
#include "index/redact.h"

#include <string.h>

#include "core/fail.h"
#include "core/siphash.h"
#include "index/sound.h"

static const char prefix[] = "redacted:";

/* Bytes of a status that is shown. */
#define MOST_STATUS 32
_Static_assert(sizeof "--status  --search " - 1 + MOST_STATUS + ERRATA_MARK_SIZE <=
                   ERRATA__SCOPE_SIZE,
               "the longest scope");
_Static_assert(sizeof(struct errata_redaction_key) == ERRATA__SIPHASH_KEY_SIZE, "one is the other");
_Static_assert(sizeof prefix + 16 == ERRATA_MARK_SIZE, "16 digits behind it");

/* What each field hides, as bits of columns, which facts are as well. */
static const struct {
    enum errata_field field;
    uint64_t columns;
} hidden[] = {
    {ERRATA_FIELD_RECEIVED, ERRATA__FACT(SHAPE_RECEIVED)},
    {ERRATA_FIELD_EXPECTED, ERRATA__FACT(SHAPE_EXPECTED)},
    {ERRATA_FIELD_MESSAGE, ERRATA__FACT(SHAPE_MESSAGE) | ERRATA__FACT(RULE_ERROR_MESSAGE)},
    /* An address that was asked for a record names it, and so may the text by which a scan looked for records. */
    {ERRATA_FIELD_RECORD,
     ERRATA__FACT(RECORD_RECORD) | ERRATA__FACT(SOURCE_NAME) | ERRATA__FACT(SOURCE_SCOPE)},
};

void errata_redaction_mark(char mark[ERRATA_MARK_SIZE], struct errata_text text,
                           const struct errata_redaction_key *key) {
    static const char digits[] = "0123456789abcdef";
    uint64_t hash = errata__siphash(key->bytes, text.data, text.length);

    memcpy(mark, prefix, sizeof prefix - 1);
    for (size_t i = 0; i < 16; i++) {
        mark[sizeof prefix - 1 + i] = digits[hash >> (60 - 4 * i) & 0xF];
    }
    mark[ERRATA_MARK_SIZE - 1] = '\0';
}

/* 0 for a field that cannot be redacted. */
static uint64_t columns_of(enum errata_field field) {
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        if (hidden[i].field == field) {
            return hidden[i].columns;
        }
    }
    return 0;
}

static enum errata_status find_columns(uint64_t *columns, const enum errata_field *fields,
                                       size_t n_fields, struct errata_error *error) {
    *columns = 0;
    for (size_t i = 0; i < n_fields; i++) {
        uint64_t more = columns_of(fields[i]);
        if (more == 0) {
            return errata__fail(error, ERRATA_MISUSE,
                                "only received, expected, message and record can be redacted");
        }
        *columns |= more;
    }
    return n_fields > 0 ? ERRATA_OK : errata__fail(error, ERRATA_MISUSE, "no field to redact");
}

/* Does the row's string stand for something that is to be hidden? */
static bool hides_row(const struct errata_index *index, unsigned column, uint64_t row) {
    /* Of scopes only a part is hidden: make_scopes(). */
    return column != ERRATA__SOURCE_SCOPE &&
           (column != ERRATA__SOURCE_NAME ||
            errata__u8(index, ERRATA__SOURCE_KIND, row) == ERRATA_SOURCE_API);
}

/* Numbers the distinct strings of the columns. Returns how many there are. */
static uint32_t number_strings(const struct errata_index *index,
                               struct errata__redaction *redaction) {
    uint32_t count = 0;

    for (unsigned column = 0; column < ERRATA__COLUMNS; column++) {
        uint64_t rows = index->rows[errata__schema[column].table];
        if ((redaction->columns >> column & 1) == 0) {
            continue;
        }
        for (uint64_t row = 0; row < rows; row++) {
            uint32_t id = errata__u32(index, (enum errata__column)column, row);
            if (id != ERRATA_NONE && redaction->numbers[id] == 0 && hides_row(index, column, row)) {
                redaction->numbers[id] = ++count;
            }
        }
    }
    return count;
}

/* Moves *at behind words that stand there. */
static bool take_words(struct errata_text scope, size_t *at, const char *words) {
    size_t length = strlen(words);

    if (scope.length - *at < length || memcmp(scope.data + *at, words, length) != 0) {
        return false;
    }
    *at += length;
    return true;
}

/* How much of a scope is shown: the status, if it looks like one, and the name of the option behind it. Whether there are
   more options cannot be told, since a text that was searched for may look like one. */
static size_t shown_of_scope(struct errata_text scope) {
    size_t at = 0;

    if (take_words(scope, &at, "--status ")) {
        size_t start = at;

        while (at < scope.length && at - start < MOST_STATUS &&
               (scope.data[at] == '_' || (scope.data[at] >= 'A' && scope.data[at] <= 'Z'))) {
            at++;
        }
        if (at < scope.length && !take_words(scope, &at, " ")) {
            return start;
        }
    }
    if (!take_words(scope, &at, "--search ")) {
        (void)take_words(scope, &at, "--tag ");
    }
    return at;
}

static void make_scope(char shown[ERRATA__SCOPE_SIZE], struct errata_text scope,
                       const struct errata_redaction_key *key) {
    size_t length = scope.data == NULL ? 0 : shown_of_scope(scope);

    if (length > 0) {
        memcpy(shown, scope.data, length);
    }
    shown[length] = '\0';
    if (length < scope.length) {
        errata_redaction_mark(
            shown + length, (struct errata_text){scope.data + length, scope.length - length}, key);
    }
}

/* False: no memory. */
static bool make_scopes(struct errata_index *index, struct errata__redaction *redaction,
                        const struct errata_redaction_key *key) {
    size_t sources = (size_t)index->rows[ERRATA__SOURCES];
    size_t limited = 0;

    if ((redaction->columns & ERRATA__FACT(SOURCE_SCOPE)) == 0) {
        return true;
    }
    for (size_t i = 0; i < sources; i++) {
        limited += errata__u32(index, ERRATA__SOURCE_SCOPE, i) != ERRATA_NONE;
    }
    if (limited == 0) {
        return true;
    }
    redaction->scopes = errata__arena_borrow(&index->arena, sources, sizeof *redaction->scopes);
    for (size_t i = 0; i < sources && redaction->scopes != NULL; i++) {
        make_scope(redaction->scopes[i],
                   errata__text(index, errata__u32(index, ERRATA__SOURCE_SCOPE, i)), key);
    }
    return redaction->scopes != NULL;
}

static enum errata_status make_marks(struct errata_index *index,
                                     struct errata__redaction *redaction,
                                     const struct errata_redaction_key *key) {
    struct errata__arena *arena = &index->arena;
    size_t strings = (size_t)index->rows[ERRATA__STRINGS];

    redaction->numbers = errata__arena_borrow(arena, strings, sizeof *redaction->numbers);
    if (redaction->numbers == NULL) {
        return arena->failure;
    }
    memset(redaction->numbers, 0, strings * sizeof *redaction->numbers);
    redaction->marks =
        errata__arena_borrow(arena, number_strings(index, redaction), sizeof *redaction->marks);
    if (redaction->marks == NULL || !make_scopes(index, redaction, key)) {
        errata__arena_return(arena, redaction->marks);
        errata__arena_return(arena, redaction->numbers);
        return arena->failure;
    }
    for (uint32_t id = 0; id < strings; id++) {
        if (redaction->numbers[id] != 0) {
            errata_redaction_mark(redaction->marks[redaction->numbers[id] - 1],
                                  errata__text(index, id), key);
        }
    }
    return ERRATA_OK;
}

enum errata_status errata_index_redact(struct errata_index *index, const enum errata_field *fields,
                                       size_t n_fields, const struct errata_redaction_key *key,
                                       struct errata_error *error) {
    struct errata__redaction redaction = {.fingerprint =
                                              errata__siphash(key->bytes, prefix, sizeof prefix)};
    enum errata_status status = find_columns(&redaction.columns, fields, n_fields, error);

    if (status == ERRATA_OK && index->redaction != NULL) {
        status = errata__fail(error, ERRATA_MISUSE, "the index is redacted already");
    }
    if (status == ERRATA_OK) {
        status = errata__sound(
            index, redaction.columns | ERRATA__SOUND_TEXT | ERRATA__FACT(SOURCE_KIND), error);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    struct errata__redaction *kept = errata__arena_borrow(&index->arena, 1, sizeof *kept);
    if (kept == NULL) {
        return errata__fail_plain(error, index->arena.failure);
    }
    status = make_marks(index, &redaction, key);
    if (status != ERRATA_OK) {
        errata__arena_return(&index->arena, kept);
        return errata__fail_plain(error, status);
    }
    *kept = redaction;
    index->redaction = kept;
    return ERRATA_OK;
}

struct errata_text errata__shown_scope(const struct errata_index *index, uint32_t source) {
    struct errata_text scope =
        errata__text(index, errata__u32(index, ERRATA__SOURCE_SCOPE, source));

    if (scope.data == NULL || !errata__is_redacted(index, ERRATA__SOURCE_SCOPE)) {
        return scope;
    }
    const char *shown = index->redaction->scopes[source];

    return (struct errata_text){shown, strlen(shown)};
}

struct errata_text errata__redacted_reason(void) {
    static const char reason[] = ERRATA_REDACTED_REASON;

    return (struct errata_text){reason, sizeof reason - 1};
}

bool errata__redacted_alike(const struct errata_index *one, const struct errata_index *other) {
    const struct errata__redaction *a = one->redaction;
    const struct errata__redaction *b = other->redaction;

    return a == NULL || b == NULL ? a == b
                                  : a->columns == b->columns && a->fingerprint == b->fingerprint;
}

enum errata_status errata__redact_allows(const struct errata_index *index,
                                         struct errata_error *error) {
    return index->redaction == NULL
               ? ERRATA_OK
               : errata__fail(error, ERRATA_MISUSE,
                              "the index is redacted, so it is neither written nor joined: that "
                              "would bring the values back");
}
