/*
 * Optimal string alignment: Levenshtein's distance in which two swapped neighbours are one edit.
 * Three rows of the table are enough, on the stack, since what people type by hand is short.
 */
#include "core/nearest.h"

#include <stdint.h>
#include <string.h>

#define LONGEST 64

static unsigned char small(char c) {
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length) {
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0];
    size_t *last = rows[1];
    size_t *now = rows[2];

    for (size_t j = 0; j <= b_length; j++) {
        last[j] = j;
        before[j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            unsigned char x = small(a[i - 1]);
            unsigned char y = small(b[j - 1]);
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == small(b[j - 2]) && y == small(a[i - 2])) {
                now[j] = least(now[j], before[j - 2] + 1);
            }
        }
        size_t *oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return last[b_length];
}

const char *errata__nearest(const char *text, size_t length, const char *const names[],
                            size_t count) {
    const char *best = NULL;
    size_t best_distance = SIZE_MAX;

    if (length == 0 || length > LONGEST) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        size_t name_length = strlen(names[i]);
        if (name_length > LONGEST) {
            continue;
        }
        size_t edits = distance(text, length, names[i], name_length);
        size_t most = name_length / 3 > 1 ? name_length / 3 : 1;
        if (edits <= most && edits < best_distance) {
            best = names[i];
            best_distance = edits;
        }
    }
    return best;
}
