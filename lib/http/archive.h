/*
 * The archive of a scan: every status document, one a line, in a file that is whole up to the last second whatever ends
 * the process. docs/api.md describes it.
 */
#ifndef ERRATA_HTTP_ARCHIVE_H
#define ERRATA_HTTP_ARCHIVE_H

#include "http/ids.h"
#include "http/line.h"
#include "http/pack.h"

struct errata__archive {
    /* The caller's. */
    const char *path;
    enum errata__form form;
    int fd;
    struct errata__pack *pack;
    const struct errata_allocator *allocator;
    /* Bytes of the file that are whole. */
    uint64_t whole;
    /* Lines in these, and lines that came since. */
    uint64_t lines;
    uint64_t waiting;
    /* When the first line came that is not on the disk yet; 0: all is. */
    int64_t since;
};

/* Opens and locks it, or makes it. resume: there may be something in it. ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_CANNOT_WRITE;
   ERRATA_BUSY. In all functions error is filled, with the path as its source; after a failure close it all the same. */
ERRATA_MUST_CHECK enum errata_status errata__archive_open(struct errata__archive *archive,
                                                          const struct errata_allocator *allocator,
                                                          const char *path, bool resume,
                                                          struct errata_error *error);

/*
 * Takes up what is in it: cuts it back to what is whole, enters the ids in it, and hands all its text to feed. names
 * says of which collection and app it must be.
 *
 * ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_CANNOT_READ; ERRATA_CANNOT_WRITE; ERRATA_MISMATCH: it is no archive, a damaged one
 * (what was only cut off is not), or one of another collection or app: then it is as before; what feed returned, which fills error itself.
 */
ERRATA_MUST_CHECK enum errata_status errata__archive_load(struct errata__archive *archive,
                                                          const struct errata__line_names *names,
                                                          struct errata__ids *ids,
                                                          errata__bytes_function *feed, void *ctx,
                                                          struct errata_error *error);

/* Appends to the line. In these: ERRATA_OK; ERRATA_CANNOT_WRITE; ERRATA_NO_MEMORY. After a failure the file is cut back
   to what is whole. */
ERRATA_MUST_CHECK enum errata_status errata__archive_add(struct errata__archive *archive,
                                                         const void *bytes, size_t length,
                                                         struct errata_error *error);
/* For a line that cannot be ended: takes away what was written since the last flush, as far as that is possible. Only
   closing is allowed afterwards; flushing does nothing. */
void errata__archive_drop(struct errata__archive *archive);
/* A line has ended. */
void errata__archive_line(struct errata__archive *archive, int64_t now);
/* Puts lines on the disk that have waited for a second; *wait is made no longer than until that is due. */
ERRATA_MUST_CHECK enum errata_status errata__archive_turn(struct errata__archive *archive,
                                                          int64_t now, int64_t *wait,
                                                          struct errata_error *error);
/* Puts all on the disk. */
ERRATA_MUST_CHECK enum errata_status errata__archive_flush(struct errata__archive *archive,
                                                           struct errata_error *error);
/* Closes what is open. What was not flushed is lost. */
void errata__archive_close(struct errata__archive *archive);

#endif
