/*
 * Sorting numbers by what they stand for. (qsort_r() takes memory from malloc, behind the
 * allocator's back.)
 */
#ifndef ERRATA_INDEX_SORT_H
#define ERRATA_INDEX_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Less than, equal to, greater than 0: a comes before, beside, behind b. */
typedef int errata__compare(const void *ctx, uint32_t a, uint32_t b);

/* Stable. scratch has room for count numbers too. */
void errata__sort(uint32_t *numbers, uint32_t *scratch, size_t count, errata__compare *compare,
                  const void *ctx);

/* As errata__sort(), but only the first `wanted` numbers end up in order; what is behind them is
   anything. Cost: one comparison for most numbers, when few are wanted. */
void errata__sort_first(uint32_t *numbers, uint32_t *scratch, size_t count, size_t wanted,
                        errata__compare *compare, const void *ctx);

#endif
