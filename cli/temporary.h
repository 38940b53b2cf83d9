/*
 * Files that must not stay behind half-written: they are removed when a signal ends the program.
 */
#ifndef ERRATA_CLI_TEMPORARY_H
#define ERRATA_CLI_TEMPORARY_H

/* Creates a new file beside `path` and returns its descriptor, or -1 with errno set. *name receives its
   name, which lives until temporary_keep() or temporary_remove(). */
int temporary_create(const char *path, const char **name);

/* Renames the file to `path`, replacing what is there. Returns 0, or -1 with errno set: it is then removed. */
int temporary_keep(const char *name, const char *path);

void temporary_remove(const char *name);
void temporary_remove_all(void);

#endif
