/*
 * A part: what one stretch of the input is read into by any thread, to be joined to the reader's index by its own. A
 * part is a reader with an index like the reader's. It is used for one stretch after another, and keeps the distinct
 * values of its index and what its lane knows, so that neither has to be learned for each stretch.
 *
 * What a part cannot read as the reader itself would, it does not read at all: then part->good is false, the part is
 * thrown away, and the reader reads the stretch by itself. So every failure, and everything that depends on what came
 * before, is as with one thread.
 */
#ifndef ERRATA_READ_PART_H
#define ERRATA_READ_PART_H

#include <stdatomic.h>

#include "index/joint.h"
#include "read/reader.h"

struct errata__part {
    struct errata_reader *reader;
    /* The reader that it is for. Only its own thread may touch it, and the joint. */
    struct errata_reader *owner;
    struct errata__joint joint;
    /* Of the owner's source. */
    const struct errata_origin *origin;
    char *buffer;
    size_t buffer_size;
    /* The first bytes of each reject, behind a byte that says how many. */
    struct errata__buffer texts;
    /* Of the owner's source: from the start of a line to behind a line end. Of many files: which. */
    uint64_t from;
    uint64_t to;
    /* Of many files: all their bytes. */
    uint64_t size;
    /* All was read that there was to read. */
    bool good;
    /* See frame.h. */
    bool guessed_lines;
    /* Of the part's reader, when it was taken last. */
    uint64_t known_before;
    uint64_t parsed_before;
    uint64_t bytes_before;
};

/* Makes a part whose index may ask for so much memory (0: no limit). False: no memory. errata__part_free() it in any
   case. */
bool errata__part_make(struct errata__part *part, struct errata_reader *owner, uint64_t memory);
void errata__part_free(struct errata__part *part);

/* On any thread: reads a stretch of the file whose byte `start` is the source's first. Sets part->good. Ends early when
   *stop. */
void errata__part_read(struct errata__part *part, int fd, uint64_t start, const atomic_bool *stop);
/* On the owner's thread: joins the part to the owner's index, as what comes next of its source, tells of its rejects,
   and moves the owner's place behind it. False: nothing is joined; the owner has to read the stretch by itself. */
bool errata__part_take(struct errata__part *part);

/* The same for whole files, paths[from] to paths[to - 1]: as sources of their own. A part that has rejects to tell is
   not good, nor is one with a file in which every line is a reject. */
void errata__part_read_files(struct errata__part *part, const char *const *paths,
                             const struct errata_origin *origin, const atomic_bool *stop);
bool errata__part_take_files(struct errata__part *part);

#endif
