/*
 * Replacing a file as a whole: whoever reads it meets the old one or the new one, and never a part, whatever ends
 * the writing (a full disk, SIGKILL, the power).
 *
 * The new content goes to one fixed name beside the file, `.NAME.tmp`, which is locked while it is written, and is
 * then given the file's name. A second writer is told so. What a writer that was killed left behind is not locked,
 * and the next one puts its own in that place, so never more than one piles up.
 */
#ifndef ERRATA_CORE_REPLACE_H
#define ERRATA_CORE_REPLACE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include <errata/error.h>

struct errata__replace {
    /* As the caller knows it, for messages. */
    const char *path;
    /* Where the file really is, links followed: a folder and a name in it. */
    int folder;
    char name[NAME_MAX + 1];
    /* The new content, under this name in that folder until it is given the other. -1: nothing is open. */
    int fd;
    char temporary[NAME_MAX + 1];
};

/*
 * Begins to replace what path leads to, or to make it. path must live until the end. An existing file keeps its mode,
 * and must be a regular one: a device or pipe is no content to be replaced, nor is what a process has open
 * (/dev/stdout, /dev/fd/3, links to these), for whoever opened it goes on with the file that he has.
 *
 * Returns ERRATA_OK; ERRATA_BUSY: another process (or this one) is writing it; ERRATA_CANNOT_WRITE with the system's
 * reason. After a failure nothing is open. In all functions error may be NULL, and error->source becomes path.
 */
ERRATA_MUST_CHECK enum errata_status errata__replace_begin(struct errata__replace *replace,
                                                           const char *path,
                                                           struct errata_error *error);

/*
 * The descriptor of this process that path stands for, as /dev/stdout, /dev/fd/3, /proc/self/fd/3 and links to these do: what
 * goes there is to be written through it, where it stands. -1: none.
 */
int errata__replace_descriptor(const char *path);

/* Appends to the new content. ERRATA_OK, ERRATA_CANNOT_WRITE; after a failure abandon it. */
ERRATA_MUST_CHECK enum errata_status errata__replace_write(struct errata__replace *replace,
                                                           const void *bytes, size_t length,
                                                           struct errata_error *error);

/* Puts the new content in the place of the old one, and both on the disk. ERRATA_OK, ERRATA_CANNOT_WRITE; nothing is
   open afterwards, and after a failure nothing is left behind. The file is as it was then, unless only the folder
   could not be put on the disk: the message says so. */
ERRATA_MUST_CHECK enum errata_status errata__replace_commit(struct errata__replace *replace,
                                                            struct errata_error *error);

/* Leaves the file as it was. May be called twice, and after the end. */
void errata__replace_abandon(struct errata__replace *replace);

/* Removes the new content's file, if it still has its own name. For handlers of signals: async-signal-safe. */
void errata__replace_remove(const struct errata__replace *replace);

#endif
