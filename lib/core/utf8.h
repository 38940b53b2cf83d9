/*
 * UTF-8 (RFC 3629): is it valid, and what to show instead when it is not, or when it is but should not
 * reach a terminal as it is.
 */
#ifndef ERRATA_CORE_UTF8_H
#define ERRATA_CORE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the character at text[0..length), length > 0. Returns its bytes (1 to 4) and sets *point; for
   invalid bytes returns how many of them one U+FFFD stands for (the maximal subpart, as the Unicode
   Standard recommends) and sets *point to UINT32_MAX. */
size_t errata__utf8_decode(const char *text, size_t length, uint32_t *point);

/* The bytes from the start that are valid: length when all are. */
size_t errata__utf8_valid(const char *text, size_t length);

/* Writes text with each invalid part as U+FFFD to out (NULL: only counts). Returns the bytes written,
   at most 3 * length. */
size_t errata__utf8_repair(const char *text, size_t length, char *out);

/* Is it a control (C0, DEL, C1), a bidi control, a line or paragraph separator, a zero-width or other
   format character that could disturb a terminal or mislead a reader? */
bool errata__utf8_hostile(uint32_t point);

/* Writes text to out with invalid bytes as \xHH and hostile characters as \n, \t, \u{HEX}; stops at a
   character so that no more than size - 1 bytes and a NUL are written; a text that was cut ends in
   "...". size > 3. Returns the bytes written without the NUL. */
size_t errata__utf8_escape(const char *text, size_t length, char *out, size_t size);

#endif
