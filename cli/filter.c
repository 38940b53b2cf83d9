/*
 * From options to a query: see filter.h. Repeats of a short form are alternatives; all else must hold.
 */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

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

/* The library's message cites the value. */
static enum exit_status say_about(const char *option, const struct errata_error *error) {
    say("%s: %s", option, error->message);
    return exit_of(error->status);
}

static enum exit_status add_short_form(struct errata_query *query, const struct short_form *form,
                                       const struct settings *settings) {
    const struct words *words =
        (const struct words *)(const void *)((const char *)settings + form->offset);
    struct errata_text *values;
    struct errata_error error;
    enum errata_status status;

    if (words->count == 0) {
        return EXIT_GOOD;
    }
    values = allocate(NULL, words->count, sizeof *values);
    for (size_t i = 0; i < words->count; i++) {
        values[i] = (struct errata_text){words->at[i], strlen(words->at[i])};
    }
    status = errata_query_add(query, form->field, form->op, values, words->count, &error);
    free(values);
    return status ? say_about(form->option, &error) : EXIT_GOOD;
}

static enum exit_status add_all(struct errata_query *query, const struct settings *settings) {
    enum exit_status status = EXIT_GOOD;
    struct errata_error error;

    for (size_t i = 0; i < settings->where.count; i++) {
        if (errata_query_where(query, settings->where.at[i], &error)) {
            return say_about("--where", &error);
        }
    }
    for (size_t i = 0; i < sizeof short_forms / sizeof *short_forms && status == EXIT_GOOD; i++) {
        status = add_short_form(query, &short_forms[i], settings);
    }
    return status;
}

enum exit_status filter_make(struct errata_query **query, const struct errata_index *index,
                             const struct settings *settings) {
    struct errata_error error;
    enum exit_status status;

    if (errata_query_new(query, index, NULL, &error)) {
        return say_error(&error);
    }
    status = add_all(*query, settings);
    if (status != EXIT_GOOD) {
        errata_query_free(*query);
        *query = NULL;
    }
    return status;
}
