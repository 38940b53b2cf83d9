/*
 * Guessing what somebody meant to type: the nearest of some names by edit distance.
 */
#ifndef ERRATA_CORE_NEAREST_H
#define ERRATA_CORE_NEAREST_H

#include <stddef.h>

/* The name that the fewest edits (one character added, left out, changed, or two neighbours
   swapped; capitals count as small letters) make of text; the first of several. NULL when even that
   one is too far off to be meant: more than a third of its characters, but one edit is always near.
   Cost: count times the product of the lengths; a text of more than 64 bytes is near nothing. */
const char *errata__nearest(const char *text, size_t length, const char *const names[],
                            size_t count);

#endif
