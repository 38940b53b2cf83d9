/*
 * The text form of terms: `FIELD OP VALUE`, `FIELD in [...]`, `FIELD`, `!FIELD`. There is nothing
 * to quote or escape in a VALUE: it is all that stands behind the operator and blanks.
 */
#include <stdio.h>
#include <string.h>

#include "core/fail.h"
#include "core/utf8.h"
#include "index/query.h"
#include "json/text.h"

#define SHOWN 100

struct where {
    struct errata_text text;
    size_t at;
    struct errata_error *error;
    /* The values of a list. */
    struct errata__arena arena;
    struct errata_text *values;
    size_t n_values;
    size_t room;
};

static const struct spelling {
    char text[4];
    enum errata_operator op;
    bool list;
} spellings[] = {
    {"=", ERRATA_EQUAL, false},   {"!=", ERRATA_NOT_EQUAL, false},
    {"~", ERRATA_MATCHES, false}, {"!~", ERRATA_NOT_MATCHES, false},
    {"in", ERRATA_EQUAL, true},   {"!in", ERRATA_NOT_EQUAL, true},
};

static enum errata_status bad(const struct where *where, size_t at, const char *what) {
    char shown[SHOWN];
    errata__utf8_escape(where->text.data, where->text.length, shown, sizeof shown);
    return errata__fail(where->error, ERRATA_BAD_QUERY, "term \"%s\", byte %zu: %s", shown, at + 1,
                        what);
}

/* Says of which term the failure is that the error tells of. */
static enum errata_status in_term(const struct where *where, enum errata_status status) {
    char inner[ERRATA_MESSAGE_SIZE];
    char shown[SHOWN];

    if (where->error == NULL || (status != ERRATA_BAD_QUERY && status != ERRATA_BAD_REGEX)) {
        return status;
    }
    memcpy(inner, where->error->message, sizeof inner);
    errata__utf8_escape(where->text.data, where->text.length, shown, sizeof shown);
    return errata__fail(where->error, status, "term \"%s\": %s", shown, inner);
}

static void skip_blanks(struct where *where) {
    while (where->at < where->text.length &&
           (where->text.data[where->at] == ' ' || where->text.data[where->at] == '\t')) {
        where->at++;
    }
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

static enum errata_status parse_field(struct where *where, enum errata_field *field) {
    size_t start = where->at;
    struct errata_error inner;

    while (where->at < where->text.length && is_word(where->text.data[where->at])) {
        where->at++;
    }
    if (where->at == start) {
        return bad(where, start,
                   "here the name of a field is missing, as in `code = too_small`, `message` or "
                   "`!record`");
    }
    struct errata_text name = {where->text.data + start, where->at - start};
    enum errata_status status = errata_field_parse(name, field, &inner);
    return status == ERRATA_OK ? status : bad(where, start, inner.message);
}

/* The operator here, NULL when there is none. `in` must not run on: `index` is none. */
static const struct spelling *parse_operator(struct where *where) {
    const char *text = where->text.data + where->at;
    size_t left = where->text.length - where->at;

    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        size_t length = strlen(spellings[i].text);
        if (length <= left && memcmp(text, spellings[i].text, length) == 0 &&
            !(spellings[i].list && length < left && is_word(text[length]))) {
            where->at += length;
            return &spellings[i];
        }
    }
    return NULL;
}

static enum errata_status keep_value(void *ctx, const char *text, size_t length) {
    struct where *where = ctx;

    if (where->n_values == where->room) {
        size_t room = where->room == 0 ? 16 : where->room * 2;
        struct errata_text *fresh = errata__arena_borrow(&where->arena, room, sizeof *fresh);
        if (fresh == NULL) {
            return ERRATA_NO_MEMORY;
        }
        if (where->n_values > 0) {
            memcpy(fresh, where->values, where->n_values * sizeof *fresh);
        }
        errata__arena_return(&where->arena, where->values);
        where->values = fresh;
        where->room = room;
    }
    char *copy = errata__arena_alloc(&where->arena, length + 1);
    if (copy == NULL) {
        return ERRATA_NO_MEMORY;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    where->values[where->n_values++] = (struct errata_text){copy, length};
    return ERRATA_OK;
}

static enum errata_status parse_list(struct where *where) {
    struct errata_text list = {where->text.data + where->at, where->text.length - where->at};
    struct errata_error inner;
    char what[ERRATA_MESSAGE_SIZE + 64];

    enum errata_status status =
        errata__json_strings(list, &where->arena.allocator, keep_value, where, &inner);
    if (status == ERRATA_NOT_JSON) {
        size_t column = inner.column > 0 ? (size_t)inner.column - 1 : 0;
        snprintf(what, sizeof what, "in takes a JSON array of strings, such as [\"a\",\"b\"]: %s",
                 inner.message);
        return bad(where, where->at + column, what);
    }
    if (status == ERRATA_OK && where->n_values == 0) {
        return bad(where, where->at, "the list is empty");
    }
    return status == ERRATA_OK ? status : errata__fail_plain(where->error, status);
}

static enum errata_status parse(struct where *where, struct errata_query *query) {
    enum errata_field field = ERRATA_FIELD_KEY;
    bool absent = false;

    skip_blanks(where);
    if (where->at < where->text.length && where->text.data[where->at] == '!') {
        absent = true;
        where->at++;
        skip_blanks(where);
    }
    enum errata_status status = parse_field(where, &field);
    if (status != ERRATA_OK) {
        return status;
    }
    skip_blanks(where);
    if (where->at == where->text.length) {
        return in_term(where,
                       errata_query_add(query, field, absent ? ERRATA_ABSENT : ERRATA_PRESENT, NULL,
                                        0, where->error));
    }
    if (absent) {
        return bad(where, where->at,
                   "behind !FIELD comes nothing: it asks for what has no such value");
    }
    const struct spelling *spelling = parse_operator(where);
    if (spelling == NULL) {
        return bad(where, where->at, "here comes one of = != ~ !~ in !in, or nothing");
    }
    skip_blanks(where);
    struct errata_text value = {where->text.data + where->at, where->text.length - where->at};
    if (spelling->list) {
        status = parse_list(where);
        return status != ERRATA_OK
                   ? status
                   : in_term(where, errata_query_add(query, field, spelling->op, where->values,
                                                     where->n_values, where->error));
    }
    return in_term(where, errata_query_add(query, field, spelling->op, &value, 1, where->error));
}

enum errata_status errata_query_where(struct errata_query *query, const char *text,
                                      struct errata_error *error) {
    struct where where = {.text = {text, strlen(text)}, .error = error};

    errata__arena_init(&where.arena, &query->arena.allocator, 0);
    enum errata_status status = parse(&where, query);
    errata__arena_clear(&where.arena);
    return status;
}
