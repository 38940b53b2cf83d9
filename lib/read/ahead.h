/*
 * Reading ahead: a thread that reads and decompresses beside the one that parses, a few pieces ahead of it.
 */
#ifndef ERRATA_READ_AHEAD_H
#define ERRATA_READ_AHEAD_H

#include "read/input.h"

struct errata__ahead;

/* Starts to read on from an input, which nobody else may touch until errata__ahead_stop(). NULL: no memory, or no thread
   or descriptor to be had. */
struct errata__ahead *errata__ahead_start(struct errata__input *input);
/* The next piece, which lives until the next call; otherwise as errata__input_next(). */
ERRATA_MUST_CHECK enum errata_status errata__ahead_next(struct errata__ahead *ahead,
                                                        const unsigned char **bytes,
                                                        size_t *length);
/* Ends the thread, also where it waits for input, and gives everything back. ahead may be NULL. */
void errata__ahead_stop(struct errata__ahead *ahead);

#endif
