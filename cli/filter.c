/*
 * From options to a query: see filter.h. Repeats of a short form are alternatives; all else must hold.
 */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

#include "core/fail.h"

struct short_form {
    const char *option;
    size_t offset;
    enum errata_field field;
    enum errata_operator op;
};

#define AT(member) offsetof(struct settings, member)

static const struct short_form short_forms[] = {
    {"--key", AT(key), ERRATA_FIELD_KEY, ERRATA_EQUAL},
    {"--code", AT(code), ERRATA_FIELD_CODE, ERRATA_EQUAL},
    {"--path", AT(path), ERRATA_FIELD_PATH, ERRATA_EQUAL},
    {"--record", AT(record), ERRATA_FIELD_RECORD, ERRATA_EQUAL},
    {"--status", AT(status), ERRATA_FIELD_STATUS, ERRATA_EQUAL},
    {"--grep", AT(grep), ERRATA_FIELD_MESSAGE, ERRATA_MATCHES},
};

static const struct words *words_at(const struct settings *settings, size_t offset) {
    return (const struct words *)(const void *)((const char *)settings + offset);
}

bool filter_option_at(struct filter_option *out, const struct settings *settings, size_t number) {
    if (number == 0) {
        *out = (struct filter_option){"--where", &settings->where};
        return true;
    }
    if (number > sizeof short_forms / sizeof *short_forms) {
        return false;
    }
    *out = (struct filter_option){short_forms[number - 1].option,
                                  words_at(settings, short_forms[number - 1].offset)};
    return true;
}

bool filter_any(const struct settings *settings) {
    struct filter_option option;
    size_t terms = 0;

    for (size_t i = 0; filter_option_at(&option, settings, i); i++) {
        terms += option.values->count;
    }
    return terms > 0;
}

/* The library's message cites the value. */
static enum errata_status tell_option(const char *option, enum errata_status status,
                                      struct errata_error *error) {
    struct errata_error inner = *error;

    return errata__fail(error, status, "%s: %s", option, inner.message);
}

static enum errata_status add_short_form(struct errata_query *query, const struct short_form *form,
                                         const struct words *words, struct errata_error *error) {
    struct errata_text *values;
    enum errata_status status;

    if (words->count == 0) {
        return ERRATA_OK;
    }
    values = allocate(NULL, words->count, sizeof *values);
    for (size_t i = 0; i < words->count; i++) {
        values[i] = (struct errata_text){words->at[i], strlen(words->at[i])};
    }
    status = errata_query_add(query, form->field, form->op, values, words->count, error);
    free(values);
    return status ? tell_option(form->option, status, error) : ERRATA_OK;
}

enum errata_status filter_add(struct errata_query *query, const struct settings *settings,
                              struct errata_error *error) {
    enum errata_status status = ERRATA_OK;

    for (size_t i = 0; i < settings->where.count; i++) {
        status = errata_query_where(query, settings->where.at[i], error);
        if (status) {
            return tell_option("--where", status, error);
        }
    }
    for (size_t i = 0; i < sizeof short_forms / sizeof *short_forms && status == ERRATA_OK; i++) {
        const struct words *words = words_at(settings, short_forms[i].offset);

        status = add_short_form(query, &short_forms[i], words, error);
    }
    return status;
}

enum exit_status filter_make(struct errata_query **query, const struct errata_index *index,
                             const struct settings *settings) {
    struct errata_error error;
    enum errata_status status = errata_query_new(query, index, NULL, &error);

    if (status == ERRATA_OK) {
        status = filter_add(*query, settings, &error);
    }
    if (status) {
        errata_query_free(*query);
        *query = NULL;
        return say_error(&error);
    }
    return EXIT_GOOD;
}
