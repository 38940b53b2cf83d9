/*
 * For tests of queries: the same answers found the slow and obvious way, by public accessors, on
 * the text of every value of every issue.
 */
#ifndef ERRATA_TESTS_NAIVE_H
#define ERRATA_TESTS_NAIVE_H

#include "made-index.h"

/* The texts of an issue; NULL where it has none. (No text of these tests has a NUL in it.) */
struct naive_issue {
    const char *values[ERRATA_FIELDS];
    char path[512];
    char pattern[512];
    char fetched_at[32];
    uint32_t rule_error;
    uint32_t document;
    uint32_t record;
};

static inline void naive_document(const struct errata_index *index, uint32_t id,
                                  struct naive_issue *out) {
    struct errata_document document;
    struct errata_record record;
    struct errata_source source;
    errata_index_document(index, id, &document);
    errata_index_record(index, document.record, &record);
    errata_index_source(index, document.source, &source);
    out->document = id;
    out->record = document.record;
    out->values[ERRATA_FIELD_STATUS] = document.status.data;
    out->values[ERRATA_FIELD_RECORD] = record.record.data;
    out->values[ERRATA_FIELD_COLLECTION] = record.collection.data;
    out->values[ERRATA_FIELD_APP] = record.app.data;
    out->values[ERRATA_FIELD_SOURCE] = source.name.data;
    out->values[ERRATA_FIELD_FETCHED_AT] = NULL;
    if (document.fetched_at != 0) {
        /* The only times that these tests use. */
        snprintf(out->fetched_at, sizeof out->fetched_at, "2026-01-02T03:04:%02dZ",
                 (int)(document.fetched_at - 1767323040));
        out->values[ERRATA_FIELD_FETCHED_AT] = out->fetched_at;
    }
}

static inline void naive_rule_error(const struct errata_index *index, uint32_t id,
                                    struct naive_issue *out) {
    struct errata_rule_error rule_error;
    errata_index_rule_error(index, id, &rule_error);
    naive_document(index, rule_error.document, out);
    out->rule_error = id;
    out->values[ERRATA_FIELD_KEY] = rule_error.key.data;
    out->values[ERRATA_FIELD_RULE_MESSAGE] = rule_error.message.data;
}

static inline void naive_issue(const struct errata_index *index, uint32_t id,
                               struct naive_issue *out) {
    struct errata_issue issue;
    errata_index_issue(index, id, &issue);
    naive_rule_error(index, issue.rule_error, out);
    errata_index_path(index, id, out->path, sizeof out->path);
    errata_index_pattern(index, issue.pattern, out->pattern, sizeof out->pattern);
    out->values[ERRATA_FIELD_CODE] = issue.code.data;
    out->values[ERRATA_FIELD_PATH] = out->path;
    out->values[ERRATA_FIELD_PATTERN] = out->pattern;
    out->values[ERRATA_FIELD_EXPECTED] = issue.expected.data;
    out->values[ERRATA_FIELD_RECEIVED] = issue.received.data;
    out->values[ERRATA_FIELD_MESSAGE] = issue.message.data;
}

/* Bytes of the first segment of a path or glob, with the dot before it. */
static inline size_t naive_segment(const char *text) {
    size_t length = 1;
    if (text[0] == '[' && text[1] == '"') {
        for (length = 2; text[length] != '"'; length++) {
            length += text[length] == '\\';
        }
        return length + 2;
    }
    while (text[length] != '\0' && text[length] != '.' && text[length] != '[' &&
           text[length - 1] != ']') {
        length++;
    }
    return length;
}

static inline bool naive_glob(const char *glob, const char *text) {
    if (strcmp(text, "(root)") == 0) {
        text = "";
    }
    if (strcmp(glob, "(root)") == 0) {
        glob = "";
    }
    if (*glob == '\0' || (*text == '\0' && strspn(glob, ".*") == 0)) {
        return *glob == *text;
    }
    size_t item = naive_segment(glob);
    size_t dot = *glob == '.';
    if (item - dot == 2 && strncmp(glob + dot, "**", 2) == 0) {
        return naive_glob(glob + item, text) ||
               (*text != '\0' && naive_glob(glob, text + naive_segment(text)));
    }
    if (*text == '\0') {
        return false;
    }
    size_t segment = naive_segment(text);
    size_t text_dot = *text == '.';
    bool same =
        item - dot == segment - text_dot && strncmp(glob + dot, text + text_dot, item - dot) == 0;
    bool position = text[0] == '[' && text[1] != '"';
    if (item - dot == 1 && glob[dot] == '*') {
        same = true;
    } else if (strncmp(glob, "[*]", 3) == 0) {
        same = position;
    }
    return same && naive_glob(glob + item, text + segment);
}

/* A term with one value; regular expressions without anything special in them. */
struct naive_term {
    enum errata_field field;
    enum errata_operator op;
    const char *value;
};

static inline bool naive_term_holds(const struct naive_term *term,
                                    const struct naive_issue *issue) {
    const char *text = issue->values[term->field];
    bool glob = term->field == ERRATA_FIELD_PATH || term->field == ERRATA_FIELD_PATTERN;
    switch (term->op) {
    case ERRATA_PRESENT:
        return text != NULL;
    case ERRATA_ABSENT:
        return text == NULL;
    case ERRATA_EQUAL:
        return text != NULL &&
               (glob ? naive_glob(term->value, text) : strcmp(term->value, text) == 0);
    case ERRATA_NOT_EQUAL:
        return text == NULL ||
               !(glob ? naive_glob(term->value, text) : strcmp(term->value, text) == 0);
    case ERRATA_MATCHES:
        return text != NULL && strstr(text, term->value) != NULL;
    case ERRATA_NOT_MATCHES:
        return text == NULL || strstr(text, term->value) == NULL;
    }
    return false;
}

static inline struct naive_term naive_draw_term(uint64_t *seed) {
    static const char *const values[] = {"5",
                                         "string",
                                         "too_small",
                                         "Required",
                                         "CHECK_INCOME",
                                         "r1",
                                         "one.json",
                                         "FAILED",
                                         "c1",
                                         "app",
                                         "",
                                         "CHECK_AGE",
                                         "r2",
                                         "2026-01-02T03:04:06Z",
                                         "a",
                                         "invalid_type",
                                         "two.json"};
    static const char *const globs[] = {"(root)",     "a",        "a[*]",   "a[*].b", "a[0].b",
                                        "**",         "**.b",     "*[17]",  "**[*]",  "*",
                                        "a.**.c",     "**[1].**", "*.**.*", "b.**.a", "b[\"*\"].a",
                                        "**.b[3].**", "a[*].b[*]"};
    struct naive_term term = {(enum errata_field)draw(seed, ERRATA_FIELDS),
                              (enum errata_operator)draw(seed, ERRATA_ABSENT + 1), NULL};
    bool glob = term.field == ERRATA_FIELD_PATH || term.field == ERRATA_FIELD_PATTERN;
    if (term.op == ERRATA_EQUAL || term.op == ERRATA_NOT_EQUAL) {
        term.value = glob ? draw_from(seed, globs, 17) : draw_from(seed, values, 17);
    } else if (term.op == ERRATA_MATCHES || term.op == ERRATA_NOT_MATCHES) {
        static const char *const parts[] = {"a", "C", "e", "1", "5", "", "b", "04:0", "1", "r"};
        term.value = draw_from(seed, parts, 10);
    }
    return term;
}

/* A grouping by one to four fields, each once; all else in it is 0. */
static inline void draw_fields(uint64_t *seed, struct errata_grouping *by) {
    memset(by, 0, sizeof *by);
    by->n_fields = 1 + draw(seed, 4);
    for (size_t i = 0; i < by->n_fields; i++) {
        bool again;
        do {
            by->fields[i] = (enum errata_field)draw(seed, ERRATA_FIELDS);
            again = false;
            for (size_t j = 0; j < i; j++) {
                again = again || by->fields[j] == by->fields[i];
            }
        } while (again);
    }
}

#endif
