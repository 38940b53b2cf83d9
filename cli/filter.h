/*
 * The options that say which issues, as a query.
 */
#ifndef ERRATA_CLI_FILTER_H
#define ERRATA_CLI_FILTER_H

#include <errata/query.h>

#include "message.h"
#include "settings.h"

/* Makes the query of --where and its short forms. *query is NULL unless EXIT_GOOD; anything else was said. */
enum exit_status filter_make(struct errata_query **query, const struct errata_index *index,
                             const struct settings *settings);

#endif
