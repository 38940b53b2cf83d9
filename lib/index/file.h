/*
 * What an index that was opened has beside one that was read: its file, and what is known of its tables.
 */
#ifndef ERRATA_INDEX_FILE_H
#define ERRATA_INDEX_FILE_H

#include <stdatomic.h>

#include "index/format.h"
#include "index/tables.h"

struct errata__file {
    const unsigned char *bytes;
    uint64_t length;
    /* To be unmapped in the end. */
    bool mapped;
    /* For messages; absent when there is none. */
    struct errata_text name;
    /* Bits of facts that were found to hold, or not to: see sound.h. */
    _Atomic uint64_t sound;
    _Atomic uint64_t unsound;
};

/* Where the bytes of a file come from while it is verified. */
struct errata__origin_bytes {
    /* Of a descriptor, or, when bytes is not NULL, of memory. */
    int fd;
    const unsigned char *bytes;
};

/* Ends the mapping. file may be NULL. */
void errata__file_close(struct errata__file *file);

/* Checksums of all tables, zeros behind them, and the rules of their cells; sets file->sound. The file is read through
   a small buffer. entries: the directory, which is right. ERRATA_OK, ERRATA_DAMAGED, ERRATA_NO_MEMORY,
   ERRATA_CANNOT_READ. */
ERRATA_MUST_CHECK enum errata_status errata__verify(struct errata_index *index,
                                                    const struct errata__origin_bytes *from,
                                                    const struct errata__entry *entries,
                                                    uint32_t count, struct errata_error *error);

#endif
