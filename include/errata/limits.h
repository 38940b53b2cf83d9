/*
 * How far anything may grow. Each limit has a status of its own in error.h.
 */
#ifndef ERRATA_LIMITS_H
#define ERRATA_LIMITS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Limits of reading. 0 in a field means its default. All count bytes after decompression.
 */
struct errata_limits {
    /** Open containers within one another; default 256, at most 100,000. A document's own braces are the first. */
    uint32_t depth;
    /** The most issues an index may hold; default and maximum 2^32-2. */
    uint32_t issues;
    /**
     * Bytes of one token as it stands in the input (a string with its quotes), and of the JSON text
     * assembled for an `expected` or `received` that is no string; default 8 MiB, at most 1 GiB.
     */
    uint64_t token;
    /** Bytes of one status document; default 4 GiB. */
    uint64_t document;
    /**
     * Bytes that the index may ask of the allocator: rows, distinct values and hash tables. Default:
     * no limit. Read buffers and the parser's own (bounded by `token`) are not counted.
     */
    uint64_t memory;
};

#ifdef __cplusplus
}
#endif
#endif
