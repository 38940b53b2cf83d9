/*
 * What must not stay behind when a signal ends the program: files that are half-written, and a line that tells how far
 * it is. What was to replace files is removed. (What kill -9 leaves is in the way of nobody: see core/replace.h.)
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

/* Sees to it from now on that signals leave no line (progress.h) behind. */
void temporary_watch(void);

#endif
