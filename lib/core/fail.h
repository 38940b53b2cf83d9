/*
 * Filling in the caller's struct errata_error. One place, so that every field is always set.
 */
#ifndef ERRATA_CORE_FAIL_H
#define ERRATA_CORE_FAIL_H

#include <errata/error.h>
#include <errata/text.h>

/* Sets every field of error (unless it is NULL): no place, the message formatted. Returns status. */
enum errata_status errata__fail(struct errata_error *error, enum errata_status status,
                                const char *format, ...) __attribute__((format(printf, 3, 4)));

/* errata__fail() with the usual words for a status that needs no more: out of memory, a limit. */
enum errata_status errata__fail_plain(struct errata_error *error, enum errata_status status);

/* Puts a source's name into an error, hostile characters as escapes, cut to fit. */
void errata__fail_source(struct errata_error *error, struct errata_text name);

#endif
