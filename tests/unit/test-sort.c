/* Sorting, whole and only the first. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "index/sort.h"
#include "made-index.h"

/* By value, so that equal ones show whether the order among them stays. */
static int compare(const void *ctx, uint32_t a, uint32_t b) {
    const uint32_t *values = ctx;
    return (values[a] > values[b]) - (values[a] < values[b]);
}

static int compare_stable(const void *a, const void *b, void *ctx) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int order = compare(ctx, x, y);
    return order != 0 ? order : (x > y) - (x < y);
}

Test(sort, like_the_c_library) {
    static const size_t counts[] = {0, 1, 2, 7, 8, 9, 63, 64, 65, 1000, 5000, 20000};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        for (size_t wanted = 0; wanted <= counts[i]; wanted = wanted * 7 + 1) {
            for (uint32_t distinct = 1; distinct < 100000; distinct *= 30) {
                size_t count = counts[i];
                uint64_t seed = count + wanted + distinct;
                uint32_t *all = malloc((4 * count + 1) * sizeof *all);
                uint32_t *values = all + count, *scratch = values + count,
                         *expected = scratch + count;
                for (size_t j = 0; j < count; j++) {
                    values[j] = draw(&seed, distinct);
                    all[j] = expected[j] = (uint32_t)j;
                }
                qsort_r(expected, count, sizeof *expected, compare_stable, values);
                errata__sort_first(all, scratch, count, wanted, compare, values);
                cr_assert_eq(memcmp(all, expected, wanted * sizeof *all), 0);
                for (size_t j = 0; j < count; j++) {
                    all[j] = (uint32_t)j;
                }
                errata__sort(all, scratch, count, compare, values);
                cr_assert_eq(memcmp(all, expected, count * sizeof *all), 0);
                free(all);
            }
        }
    }
}
