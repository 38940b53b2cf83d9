/*
 * For tests of the API client: what is handed on in pieces, put together; and a folder for files.
 */
#ifndef ERRATA_TESTS_TAKING_H
#define ERRATA_TESTS_TAKING_H

#include <criterion/criterion.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "reading.h"

/* Makes a folder for a test, whose name ends in XXXXXX, and goes there. */
static inline void enter_folder(char *folder) {
    cr_assert_neq(mkdtemp(folder), NULL);
    cr_assert_eq(chdir(folder), 0);
}

static inline void remove_folder(const char *folder) {
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_assert_eq(system(command), 0);
}

static inline enum errata_status bytes_take(void *ctx, const void *data, size_t length) {
    bytes_add(ctx, data, length);
    return ERRATA_OK;
}

#endif
