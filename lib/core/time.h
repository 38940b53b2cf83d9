/*
 * Points in time: Unix seconds to and from RFC 3339 text, without the C library's locale and zones.
 */
#ifndef ERRATA_CORE_TIME_H
#define ERRATA_CORE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "2026-01-02T03:04:05Z" and a NUL, years 0000 to 9999. */
#define ERRATA__TIME_SIZE 21

/* Parses RFC 3339 section 5.6 date-time (any offset, a fraction cut off, T and Z also small or a blank for T) .
   Returns false when it is none. */
bool errata__time_parse(const char *text, size_t length, int64_t *seconds);

/* Writes seconds; returns the length, 0 when the year is not within 0000 to 9999. */
size_t errata__time_format(int64_t seconds, char out[ERRATA__TIME_SIZE]);

#endif
