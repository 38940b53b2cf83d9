/*
 * Merge sort from the bottom up, over short runs sorted by insertion.
 */
#include "index/sort.h"

#include <string.h>

#define RUN 8
#define LEAST_ROOM 1024

static void insert_runs(uint32_t *numbers, size_t count, errata__compare *compare,
                        const void *ctx) {
    for (size_t i = 1; i < count; i++) {
        size_t start = i - i % RUN;
        uint32_t number = numbers[i];
        size_t at = i;
        while (at > start && compare(ctx, number, numbers[at - 1]) < 0) {
            numbers[at] = numbers[at - 1];
            at--;
        }
        numbers[at] = number;
    }
}

static void merge(uint32_t *to, const uint32_t *from, size_t middle, size_t end,
                  errata__compare *compare, const void *ctx) {
    size_t a = 0;
    size_t b = middle;
    while (a < middle && b < end) {
        *to++ = compare(ctx, from[b], from[a]) < 0 ? from[b++] : from[a++];
    }
    memcpy(to, from + a, (middle - a) * sizeof *to);
    memcpy(to + (middle - a), from + b, (end - b) * sizeof *to);
}

void errata__sort(uint32_t *numbers, uint32_t *scratch, size_t count, errata__compare *compare,
                  const void *ctx) {
    uint32_t *from = numbers;
    uint32_t *to = scratch;

    insert_runs(numbers, count, compare, ctx);
    for (size_t width = RUN; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t length = count - start < 2 * width ? count - start : 2 * width;
            size_t middle = width < length ? width : length;
            merge(to + start, from + start, middle, length, compare, ctx);
        }
        uint32_t *other = from;
        from = to;
        to = other;
    }
    if (from != numbers) {
        memcpy(numbers, from, count * sizeof *numbers);
    }
}

void errata__sort_first(uint32_t *numbers, uint32_t *scratch, size_t count, size_t wanted,
                        errata__compare *compare, const void *ctx) {
    size_t room = wanted < LEAST_ROOM / 2 ? LEAST_ROOM : wanted * 2;
    size_t kept = wanted;

    if (wanted == 0 || wanted >= count / 4 || room >= count) {
        errata__sort(numbers, scratch, count, compare, ctx);
        return;
    }
    errata__sort(numbers, scratch, wanted, compare, ctx);
    for (size_t i = wanted; i < count; i++) {
        /* What comes behind the last of the wanted that are known is not wanted. */
        if (compare(ctx, numbers[i], numbers[wanted - 1]) < 0) {
            numbers[kept++] = numbers[i];
            if (kept == room) {
                errata__sort(numbers, scratch, kept, compare, ctx);
                kept = wanted;
            }
        }
    }
    errata__sort(numbers, scratch, kept, compare, ctx);
}
