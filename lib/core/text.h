/*
 * Texts, and numbers as people read them.
 */
#ifndef ERRATA_CORE_TEXT_H
#define ERRATA_CORE_TEXT_H

#include <stdint.h>
#include <string.h>

#include <errata/text.h>

/* A text that ends in NUL. */
static inline struct errata_text errata__words(const char *words) {
    return (struct errata_text){words, strlen(words)};
}

/* The order of names: absent first, then by bytes. */
int errata__text_compare(struct errata_text a, struct errata_text b);

/* `1,234,567`, and NUL; returns the length. */
#define ERRATA__DIGITS_SIZE 28
size_t errata__text_digits(char out[ERRATA__DIGITS_SIZE], uint64_t number);

#endif
