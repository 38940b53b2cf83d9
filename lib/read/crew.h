/*
 * A crew: threads that read parts. Pieces of the input are claimed one behind the other by whoever is free, the calling
 * thread too, and taken by the calling thread in the order of the claims. No more are claimed at once than there are
 * parts.
 *
 * The threads are there for the time of one call, and block all signals, which are for the caller's own.
 */
#ifndef ERRATA_READ_CREW_H
#define ERRATA_READ_CREW_H

#include "read/part.h"

/* What a crew does. ctx is the first parameter of each. */
struct errata__work {
    /* Sets what the part is to read; false: there is no more. Called by one thread at a time, in order. */
    bool (*claim)(void *ctx, struct errata__part *part);
    /* Reads it, ending early when *stop. Called by several threads at once. */
    void (*read)(void *ctx, struct errata__part *part, const atomic_bool *stop);
    /* Called by the calling thread, in order. false: the part cannot be taken, and those behind it are not wanted. */
    bool (*take)(void *ctx, struct errata__part *part);
    void *ctx;
};

/* Does the work for a reader, whose options say on how many threads; not more than there may be pieces. True: all that
   was claimed was taken. */
bool errata__crew_run(struct errata_reader *owner, const struct errata__work *work,
                      uint64_t pieces);

#endif
