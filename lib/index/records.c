/*
 * Finding and sorting the documents that report on a record again.
 */
#include "index/records.h"

#include <string.h>

#define DIGIT_BITS 11U
#define DIGITS (1U << DIGIT_BITS)

/* Counts them, and finds the highest record. A tenth of random repeats would be guessed wrong, so there is no branch here, nor below. */
static uint32_t count_repeats(const struct errata_index *index, uint32_t *highest_record) {
    uint32_t documents = (uint32_t)index->rows[ERRATA__DOCUMENTS];
    uint32_t highest = 0;
    uint32_t count = 0;

    for (uint32_t document = 0; document < documents; document++) {
        uint32_t record = errata__u32(index, ERRATA__DOCUMENT_RECORD, document);
        count += record < highest;
        highest = record < highest ? highest : record;
    }
    *highest_record = highest;
    return count;
}

/* Stores their keys, in the order of documents; there is room for one more. */
static void collect(const struct errata_index *index, uint64_t *keys) {
    uint32_t documents = (uint32_t)index->rows[ERRATA__DOCUMENTS];
    uint32_t highest = 0;
    uint32_t count = 0;

    for (uint32_t document = 0; document < documents; document++) {
        uint32_t record = errata__u32(index, ERRATA__DOCUMENT_RECORD, document);
        keys[count] = (uint64_t)record << 32 | document;
        count += record < highest;
        highest = record < highest ? highest : record;
    }
}

/* A stable counting sort by one digit. */
static void sort_by_digit(uint64_t *to, const uint64_t *from, uint32_t count, unsigned shift) {
    uint32_t places[DIGITS] = {0};
    uint32_t place = 0;

    for (uint32_t i = 0; i < count; i++) {
        places[from[i] >> shift & (DIGITS - 1)]++;
    }
    for (size_t digit = 0; digit < DIGITS; digit++) {
        uint32_t of_digit = places[digit];
        places[digit] = place;
        place += of_digit;
    }
    for (uint32_t i = 0; i < count; i++) {
        to[places[from[i] >> shift & (DIGITS - 1)]++] = from[i];
    }
}

enum errata_status errata__repeats_find(struct errata__repeats *out,
                                        const struct errata_index *index,
                                        struct errata__arena *arena) {
    uint32_t highest = 0;
    uint32_t count = count_repeats(index, &highest);
    uint64_t *from = errata__arena_borrow(arena, (size_t)count + 1, sizeof *from);
    uint64_t *to = errata__arena_borrow(arena, (size_t)count + 1, sizeof *to);

    if (from == NULL || to == NULL) {
        return arena->failure;
    }
    if (count > 0) {
        collect(index, from);
    }
    /* By the digits of the record, the least first; documents are in order already. */
    for (unsigned shift = 0; count > 0 && shift < 32 && highest >> shift != 0;
         shift += DIGIT_BITS) {
        sort_by_digit(to, from, count, 32 + shift);
        uint64_t *other = from;
        from = to;
        to = other;
    }
    from[count] = ERRATA__NO_REPEAT;
    errata__arena_return(arena, to);
    *out = (struct errata__repeats){from};
    return ERRATA_OK;
}
