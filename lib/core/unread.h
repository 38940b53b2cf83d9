/*
 * What of the input is in no answer, in words: without them, what could not be read looks like what is well.
 */
#ifndef ERRATA_CORE_UNREAD_H
#define ERRATA_CORE_UNREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What came of reading one side of an answer, which has one; of a comparison, several. */
struct errata__reading {
    uint64_t documents;
    uint64_t rejects;
};

/* As many sides as there may be, each with its number. */
#define ERRATA__UNREAD_SIZE 512

/* `No status document was read`; of several sides `No status document was read on sides 1 and 3`. False, and nothing, where
   each has one. */
bool errata__unread_documents(char out[ERRATA__UNREAD_SIZE], const struct errata__reading *sides,
                              size_t n_sides);
/* `3 rejects could not be read`, `3 rejects could not be read on side 2`. False, and nothing, where there are none. */
bool errata__unread_rejects(char out[ERRATA__UNREAD_SIZE], const struct errata__reading *sides,
                            size_t n_sides);

#endif
