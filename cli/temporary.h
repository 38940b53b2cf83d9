/*
 * Files that must not stay behind half-written: when a signal ends the program, what was to replace them is
 * removed. (What kill -9 leaves is in the way of nobody: see core/replace.h.)
 */
#ifndef ERRATA_CLI_TEMPORARY_H
#define ERRATA_CLI_TEMPORARY_H

#include "core/replace.h"

/* As the functions of core/replace.h. `replace` stays where it is until commit or abandon. */
enum errata_status temporary_begin(struct errata__replace *replace, const char *path,
                                   struct errata_error *error);
enum errata_status temporary_commit(struct errata__replace *replace, struct errata_error *error);
void temporary_abandon(struct errata__replace *replace);

void temporary_remove_all(void);

#endif
