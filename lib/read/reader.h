/*
 * What a reader is made of, for reading files and for reading in parts.
 */
#ifndef ERRATA_READ_READER_H
#define ERRATA_READ_READER_H

#include <errata/reader.h>

#include "read/frame.h"

struct errata_reader {
    struct errata_allocator allocator;
    struct errata_reader_options options;
    struct errata_limits limits;
    /* NULL once handed over. */
    struct errata_index *index;
    struct errata__ingest ingest;
    struct errata__frame frame;
    bool source_open;
    /* The status that every later call returns, with frame.error. */
    enum errata_status failed;
    uint64_t bytes;
    /* Of the open source's descriptor, what on_bytes was told of. */
    uint64_t bytes_told;
    /* Of bytes, what was read by parts (part.h). */
    uint64_t parsed_by_others;
    uint64_t known_to_others;
    /* Bytes that are read as a part; tests make it small. */
    size_t stretch;
};

const struct errata_allocator *errata__reader_allocator(const struct errata_reader *reader);
/* Tells on_bytes how far the open source's descriptor was read, as it lies there. */
void errata__reader_tell_bytes(struct errata_reader *reader, uint64_t read);
/* For tests, which choose a kernel or none. */
struct errata__lane *errata__reader_lane(struct errata_reader *reader);

/* Ends the open source because its rest cannot be had: trouble of grade 1 with this status. */
ERRATA_MUST_CHECK enum errata_status errata__reader_break(struct errata_reader *reader,
                                                          enum errata_status cause,
                                                          const char *reason,
                                                          struct errata_error *error);

#endif
