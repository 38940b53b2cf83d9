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

static inline const struct errata__header *errata__file_header(const struct errata__file *file) {
    return (const void *)file->bytes;
}

static inline const struct errata__entry *errata__file_entries(const struct errata__file *file) {
    return (const void *)(file->bytes + sizeof(struct errata__header));
}

/* Where the bytes of a file come from while it is verified. */
struct errata__origin_bytes {
    /* Of a descriptor, or, when bytes is not NULL, of memory. */
    int fd;
    const unsigned char *bytes;
};

/* Fills error with the system's reason, an errno, behind what cannot be done. Returns ERRATA_CANNOT_READ. */
enum errata_status errata__file_cannot(const char *what, int reason, struct errata_error *error);

/* Gives back the pages of the mapping that were looked at; they come again when they are asked for. */
void errata__file_forget(const struct errata__file *file);

/* Ends the mapping. file may be NULL. */
void errata__file_close(struct errata__file *file);

/* Makes an empty index that of its file, as far as header and directory say. ERRATA_OK, ERRATA_NOT_INDEX,
   ERRATA_BAD_VERSION, ERRATA_DAMAGED, ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__directory_take(struct errata_index *index,
                                                            struct errata_error *error);

/* After errata__directory_take(): checksums of all tables, zeros behind them, and the rules of their cells; sets
   file->sound. The file is read through a small buffer. ERRATA_OK, ERRATA_DAMAGED, ERRATA_NO_MEMORY,
   ERRATA_CANNOT_READ. */
ERRATA_MUST_CHECK enum errata_status errata__verify(struct errata_index *index,
                                                    const struct errata__origin_bytes *from,
                                                    struct errata_error *error);

#endif
