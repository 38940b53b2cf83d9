/*
 * As much of Criterion as a test of one kernel needs, for a machine that has none: each test runs before main() does.
 */
#ifndef ERRATA_TESTS_PLAIN_CRITERION_H
#define ERRATA_TESTS_PLAIN_CRITERION_H

#include <stdio.h>
#include <stdlib.h>

#define Test(suite, name)                                                                          \
    static void suite##_##name(void);                                                              \
    static __attribute__((constructor)) void run_##suite##_##name(void) {                          \
        suite##_##name();                                                                          \
        puts(#suite "/" #name);                                                                    \
    }                                                                                              \
    static void suite##_##name(void)

#define cr_assert(holds)                                                                           \
    do {                                                                                           \
        if (!(holds)) {                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #holds);                            \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)
#define cr_assert_eq(a, b) cr_assert((a) == (b))
#define cr_expect(holds) cr_assert(holds)

#endif
