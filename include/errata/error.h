/*
 * How errata reports failure: a status from every function that can fail, and the details in a
 * structure that the caller owns. The library never prints, never ends the process and keeps no
 * "last error" of its own.
 */
#ifndef ERRATA_ERROR_H
#define ERRATA_ERROR_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

/** Marks functions whose result must not be ignored. */
#if defined(__GNUC__) || defined(__clang__)
#define ERRATA_MUST_CHECK __attribute__((warn_unused_result))
#else
#define ERRATA_MUST_CHECK
#endif

/**
 * What a fallible function returns. New values are only ever added at the end, so a switch over it
 * in code that outlives this version wants a default.
 */
enum errata_status {
    /** It worked. */
    ERRATA_OK = 0,
    /** The allocator gave nothing, such as under RLIMIT_AS. What was complete stays readable. */
    ERRATA_NO_MEMORY,
    /** A call that the documentation forbids, such as feed() before begin(). */
    ERRATA_MISUSE,
    /** The input is not JSON (RFC 8259), such as `{"status":}`, or it ends in the middle. */
    ERRATA_NOT_JSON,
    /** JSON, but no status document, such as `{"status":5}`; with `strict` also any deviation. */
    ERRATA_NOT_STATUS,
    /** Containers are nested deeper than errata_limits.depth. */
    ERRATA_LIMIT_DEPTH,
    /** A string, a number or an assembled JSON text is longer than errata_limits.token. */
    ERRATA_LIMIT_TOKEN,
    /** A status document is longer than errata_limits.document. */
    ERRATA_LIMIT_DOCUMENT,
    /** More issues than errata_limits.issues. */
    ERRATA_LIMIT_ISSUES,
    /** The index would need more memory than errata_limits.memory. */
    ERRATA_LIMIT_MEMORY,
    /** A table has 2^32-2 rows, the most that 32-bit ids can tell apart. */
    ERRATA_LIMIT_IDS,
    /** gzip or zstd data are damaged, cut off, or need a window over 128 MiB. */
    ERRATA_BAD_COMPRESSION,
    /** A file cannot be opened or read; errata_error.message has the system's reason. */
    ERRATA_CANNOT_READ,
    /** The receiver of output could not take it, such as a full disk. */
    ERRATA_CANNOT_WRITE,
    /** A query term that cannot be parsed, such as `kex = A`, or a glob such as `inc*`. */
    ERRATA_BAD_QUERY,
    /** A regular expression that PCRE2 does not accept, such as `(`. */
    ERRATA_BAD_REGEX,
    /** A regular expression ran into the match or heap limit, such as `(a+)+$` on long text. */
    ERRATA_LIMIT_REGEX,
    /** The receiver of output has gone away (EPIPE). */
    ERRATA_CLOSED,
    /** A file to be opened as a saved index is none: it does not begin with the magic bytes. */
    ERRATA_NOT_INDEX,
    /**
     * A saved index that this version cannot read: of another format version or byte order, or with a
     * table that it does not know and may not skip. The message says which version wrote it.
     */
    ERRATA_BAD_VERSION,
    /** A saved index is cut off, a checksum is wrong, or an id or offset in it leads nowhere. */
    ERRATA_DAMAGED,
    /** Indexes that cannot be joined, since they were read with different options (digit_names). */
    ERRATA_MISMATCH,
    /** Another process is writing the same file. */
    ERRATA_BUSY,
    /** The API gave no answer: no connection, a time-out, 429 or 5xx, for as long as it was to be tried. */
    ERRATA_NETWORK,
    /** The API does not accept the key (401), or not for this (403). */
    ERRATA_UNAUTHORIZED,
    /** The API answered with a failure, such as 404, with a redirect, or with what is no listing. */
    ERRATA_BAD_ANSWER,
    /** The caller cancelled the call. */
    ERRATA_CANCELLED
};

/** The longest message, with its NUL; longer ones are cut at a character and end in "...". */
#define ERRATA_MESSAGE_SIZE 512
/** The longest source name kept in an error, with its NUL. */
#define ERRATA_SOURCE_SIZE 256

/**
 * The details of a failure. Owned by the caller, who passes its address or NULL. The content is
 * meaningful only after a call that returned something else than ERRATA_OK; all fields are then set.
 * Bytes from the input appear in texts only as escapes, so they are safe to print.
 */
struct errata_error {
    /** The status that the call returned. */
    enum errata_status status;
    /** From 1; 0 when the failure has no place in an input. */
    uint64_t line;
    /** In bytes, from 1; 0 when the failure has no place in an input. */
    uint64_t column;
    /** In bytes after decompression, from 0, of the place within the source. */
    uint64_t offset;
    /** Number of the status document within its source, from 1; 0 when none. */
    uint64_t document;
    /** Name of the source, cut to fit; empty when none. */
    char source[ERRATA_SOURCE_SIZE];
    /** One line of English without the place: what was wrong, and what to do about it. */
    char message[ERRATA_MESSAGE_SIZE];
};

/**
 * The constant's name in words, such as "out of memory", for logs.
 *
 * @param status  any value; one that this version does not know gives "unknown status"
 * @return a static string, never NULL; any thread may call this
 */
const char *errata_status_text(enum errata_status status);

/**
 * Renders an error as one line: `SOURCE:LINE:COLUMN: message (byte OFFSET)` when it has a place,
 * `SOURCE: message` or `message` when it has not.
 *
 * @param error   filled by a call that failed; not NULL
 * @param buffer  receives the line and a NUL, cut to fit; may be NULL when size is 0
 * @param size    bytes that buffer has room for
 * @return bytes of the whole line without the NUL, as snprintf does
 */
uint64_t errata_error_render(const struct errata_error *error, char *buffer, uint64_t size);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
