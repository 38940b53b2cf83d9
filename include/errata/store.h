/*
 * Keeping an index in a file, taking it up again, and joining several into one.
 *
 *     if (errata_index_open(&index, "run.errata", NULL, &error))
 *         ...
 *
 * An index that was opened is used and freed as one that was read. docs/index-format.md describes the
 * file to the byte.
 *
 * Whatever a file holds, nothing is read outside of it, nothing runs for longer than the file's size and what is
 * asked for explain, and memory stays in proportion to both. What an id or offset leads to is made
 * sure of for a whole table at once: when the index is opened, or, with no_verify, when a table is used for
 * the first time. Trouble that shows then makes the function that came upon it return ERRATA_DAMAGED; an
 * accessor without a status says that there is no such row, or gives the length 0. A file that is changed while it
 * is open is outside of all this: it is mapped, so the process may get SIGBUS.
 */
#ifndef ERRATA_STORE_H
#define ERRATA_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include <errata/allocator.h>
#include <errata/error.h>
#include <errata/index.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

/** See reader.h. */
struct errata_reader_options;

/** How to open. Zero every field that you do not set. */
struct errata_open_options {
    /** NULL means malloc, realloc and free. Queries on the index use it too. */
    const struct errata_allocator *allocator;
    /** Leaves out the checksums of the tables and the look at every row, so that opening takes about the same
        time for any size. See above for what is made sure of later all the same. */
    bool no_verify;
};

/** How many bytes at the start of a file tell whether it is a saved index. */
#define ERRATA_MAGIC_SIZE 8

/**
 * Does a file that begins with these bytes hold a saved index?
 *
 * @param length  less than ERRATA_MAGIC_SIZE: no
 */
bool errata_index_is_saved(const void *bytes, size_t length);

/**
 * Maps a saved index. Cost: the file is read once, through a small buffer, and its shapes and positions of
 * issues once more, in the map, whose pages are given back; 288 KiB of the allocator and 4 bytes for each pattern,
 * until then. With no_verify only its first few KiB are read.
 *
 * @param out      receives the index, to be freed with errata_index_free(); NULL on failure
 * @param path     a regular file, which must not be changed while the index is open (replacing it by
 *                 another with rename() is no change)
 * @param options  may be NULL: all defaults
 * @return ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_CANNOT_READ (there is none, it is a folder); ERRATA_NOT_INDEX (it
 *         begins otherwise, such as with `{`); ERRATA_BAD_VERSION (of another format version or byte
 *         order, or with a table that is not known and not optional); ERRATA_DAMAGED (cut off, a checksum
 *         is wrong, a table leads out of another)
 */
ERRATA_MUST_CHECK enum errata_status errata_index_open(struct errata_index **out, const char *path,
                                                       const struct errata_open_options *options,
                                                       struct errata_error *error);

/**
 * The same for a descriptor.
 *
 * @param fd    of a regular file, open for reading; it stays the caller's and may be closed at once
 * @param name  for messages; copied; NULL: none
 */
ERRATA_MUST_CHECK enum errata_status errata_index_open_fd(struct errata_index **out, int fd,
                                                          const char *name,
                                                          const struct errata_open_options *options,
                                                          struct errata_error *error);

/**
 * The same for bytes in memory.
 *
 * @param bytes  aligned to 8 bytes, else ERRATA_MISUSE; borrowed until errata_index_free(), and not to be
 *               changed until then
 */
ERRATA_MUST_CHECK enum errata_status errata_index_open_memory(
    struct errata_index **out, const void *bytes, size_t length,
    const struct errata_open_options *options, struct errata_error *error);

/**
 * Makes sure of every table of an index that was opened, as far as that was not done yet. Behind ERRATA_OK no
 * function says ERRATA_DAMAGED of this index any more, and every accessor gives every row. Checksums are not
 * looked at. Cost: one pass over the index at first, then nothing; nothing for an index that was read. Any
 * number of threads may call it.
 *
 * @return ERRATA_OK; ERRATA_DAMAGED, whose message has the table and the row; ERRATA_NO_MEMORY
 */
ERRATA_MUST_CHECK enum errata_status errata_index_check(const struct errata_index *index,
                                                        struct errata_error *error);

/**
 * Writes an index to a file, which then holds the old content or the new one, whatever happens meanwhile: a
 * full disk, SIGKILL, a crash. The bytes go to `.NAME.tmp` beside the file NAME, which is locked, and written to
 * the disk before it is given the name. A link is followed to where the file really is; the mode of a file that
 * is there stays. What a writer that was killed left behind is cleared away.
 *
 * Cost: as errata_index_write(), and 256 KiB of the index's allocator. Where RLIMIT_FSIZE may be met, SIGXFSZ is the
 * program's business.
 *
 * @param path  NUL-ended; a regular file or none, not a device, a pipe, or what stands for a descriptor (/dev/stdout,
 *              /dev/fd/3): errata_index_write() writes to these
 * @return ERRATA_OK; ERRATA_CANNOT_WRITE with the system's reason (no room, no right, no such folder); where only the
 *         last step failed, writing the folder to the disk, the message begins with "was written": the file is the new
 *         one, but not yet sure to outlive a power cut;
 *         ERRATA_BUSY (another process, or another thread, is writing the same file); ERRATA_DAMAGED (the index was
 *         opened without verification, and is); ERRATA_MISUSE (it is redacted: see redact.h); ERRATA_NO_MEMORY
 */
ERRATA_MUST_CHECK enum errata_status errata_index_save(const struct errata_index *index,
                                                       const char *path,
                                                       struct errata_error *error);

/**
 * Joins indexes: the result is, byte for byte, the index that reading the inputs of all of them gives, in this
 * order. So shards may be joined in any tree that keeps their order. See errata_reader_join(), which does
 * the work, for the cost.
 *
 * @param out      receives the index, to be freed with errata_index_free(); NULL on failure
 * @param parts    n indexes, which may be freed afterwards; the same one may come twice
 * @param n        0 gives an empty index
 * @param options  as for errata_reader_new(), may be NULL; digit_names is taken from the parts instead
 * @return ERRATA_OK; ERRATA_MISMATCH (the parts differ in digit_names); what else errata_reader_new() and
 *         errata_reader_join() return
 */
ERRATA_MUST_CHECK enum errata_status errata_index_join(struct errata_index **out,
                                                       const struct errata_index *const *parts,
                                                       size_t n,
                                                       const struct errata_reader_options *options,
                                                       struct errata_error *error);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
