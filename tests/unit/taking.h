/*
 * For tests of the API client: what is handed on in pieces, put together.
 */
#ifndef ERRATA_TESTS_TAKING_H
#define ERRATA_TESTS_TAKING_H

#include "reading.h"

static inline enum errata_status bytes_take(void *ctx, const void *data, size_t length) {
    bytes_add(ctx, data, length);
    return ERRATA_OK;
}

#endif
