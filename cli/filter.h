/*
 * The options that say which issues, as a query.
 */
#ifndef ERRATA_CLI_FILTER_H
#define ERRATA_CLI_FILTER_H

#include <errata/query.h>

#include "message.h"
#include "settings.h"

/* One of these options, and what it was given. */
struct filter_option {
    const char *name;
    const struct words *values;
};

/* number: from 0. False when there are no more. */
bool filter_option_at(struct filter_option *out, const struct settings *settings, size_t number);

/* Do they say anything? */
bool filter_any(const struct settings *settings);

/* Adds the terms of all these options. The message of a failure has the option's name in front. */
ERRATA_MUST_CHECK enum errata_status filter_add(struct errata_query *query,
                                                const struct settings *settings,
                                                struct errata_error *error);

/* Makes the query of --where and its short forms. *query is NULL unless EXIT_GOOD; anything else was said. */
enum exit_status filter_make(struct errata_query **query, const struct errata_index *index,
                             const struct settings *settings);

#endif
