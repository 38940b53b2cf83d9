/*
 * Texts: see text.h.
 */
#include "core/text.h"

#include <stdio.h>

int errata__text_compare(struct errata_text a, struct errata_text b) {
    if (a.data == NULL || b.data == NULL) {
        return (a.data != NULL) - (b.data != NULL);
    }
    int order = memcmp(a.data, b.data, a.length < b.length ? a.length : b.length);
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

size_t errata__text_digits(char out[ERRATA__DIGITS_SIZE], uint64_t number) {
    char digits[24];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    size_t written = 0;

    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            out[written++] = ',';
        }
        out[written++] = digits[i];
    }
    out[written] = '\0';
    return written;
}
