/*
 * What reading files needs of a reader beyond its public face.
 */
#ifndef ERRATA_READ_READER_H
#define ERRATA_READ_READER_H

#include <errata/reader.h>

#include "read/lane.h"

const struct errata_allocator *errata__reader_allocator(const struct errata_reader *reader);
/* For tests, which choose a kernel or none. */
struct errata__lane *errata__reader_lane(struct errata_reader *reader);

/* Ends the open source because its rest cannot be had: trouble of grade 1 with this status. */
ERRATA_MUST_CHECK enum errata_status errata__reader_break(struct errata_reader *reader,
                                                          enum errata_status cause,
                                                          const char *reason,
                                                          struct errata_error *error);

#endif
