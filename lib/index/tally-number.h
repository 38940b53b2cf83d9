/*
 * What a grouping takes from a document, a rule error or a shape, as one number; and from two numbers, and the path where
 * it is asked for, the row of a group. Whatever comes for the first time gets the next number.
 */
#ifndef ERRATA_INDEX_TALLY_NUMBER_H
#define ERRATA_INDEX_TALLY_NUMBER_H

#include "index/tally.h"

/* All of these: ERRATA_OK, ERRATA_NO_MEMORY. */

/* Makes a row for a group. */
ERRATA_MUST_CHECK enum errata_status errata__tally_add_row(struct errata__tally *tally);

/* Goes on from the number of what was before with the grouping's fields of documents. */
ERRATA_MUST_CHECK enum errata_status errata__tally_chain_document(struct errata__tally *tally,
                                                                  uint32_t document,
                                                                  uint32_t *number);

/* The same for rule errors or shapes. */
ERRATA_MUST_CHECK enum errata_status errata__tally_chain(struct errata__tally *tally,
                                                         enum errata__level level, uint32_t row,
                                                         uint32_t *number);

/* outer: what documents and rule errors tell; number: a shape. Sets *row to that of the issue's group, a new one where it is
   the first. */
ERRATA_MUST_CHECK enum errata_status errata__tally_find_row(struct errata__tally *tally,
                                                            uint32_t outer, uint32_t number,
                                                            uint32_t issue, uint32_t *row);

#endif
