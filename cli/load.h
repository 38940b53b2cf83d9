/*
 * From the inputs to an index.
 */
#ifndef ERRATA_CLI_LOAD_H
#define ERRATA_CLI_LOAD_H

#include <errata/index.h>

#include "inputs.h"
#include "output.h"
#include "settings.h"

/* Reads these inputs into one index. rejects: where --rejects goes, or NULL. *index is set only with EXIT_GOOD
   and EXIT_REJECTS; anything else was said. */
enum exit_status load(struct errata_index **index, const struct settings *settings,
                      char *const *names, size_t n_names, struct output *rejects);

#endif
