/*
 * Reading a file of lines on several threads: cut at line ends into stretches, which a crew reads.
 */
#ifndef ERRATA_READ_STRETCHES_H
#define ERRATA_READ_STRETCHES_H

#include "read/reader.h"

struct errata__stretches {
    struct errata_reader *reader;
    const struct errata_origin *origin;
    int fd;
    /* Where in the file the source begins, and the source's length as it is now. */
    uint64_t start;
    uint64_t length;
    /* Before this offset of the source there is nothing to be read on several threads; UINT64_MAX: nor behind it. */
    uint64_t not_before;
};

/* For the open source of a reader, nothing of which was fed yet; peeked bytes were taken off before. */
void errata__stretches_begin(struct errata__stretches *stretches, struct errata_reader *reader,
                             int fd, const struct errata_origin *origin, size_t peeked);
/* Is there nothing to be read on several threads, as far as is known? */
bool errata__stretches_none(const struct errata__stretches *stretches);
/* Of bytes that are to be fed next, how many ought to be fed before errata__stretches_read() is asked: to behind the
   last line end, or all. */
size_t errata__stretches_cut(const struct errata__stretches *stretches, const char *bytes,
                             size_t length);
/* Reads on from where the reader stands, as far as it is possible and worth it. True: the reader stands behind that;
   the descriptor stands where it did. */
bool errata__stretches_read(struct errata__stretches *stretches);

#endif
