/*
 * One number for each that a grouping tells apart: see tally-number.h.
 */
#include "index/tally-number.h"

#include <string.h>

#define FIRST_ROWS 256U

/* Counters of 32 bits are enough, since ids have no more. */
enum errata_status errata__tally_add_row(struct errata__tally *tally) {
    if (tally->count == tally->room) {
        size_t room = tally->room == 0 ? FIRST_ROWS : tally->room * 2;
        struct errata__tally_row *fresh = errata__arena_borrow(tally->arena, room, sizeof *fresh);
        if (fresh == NULL) {
            return tally->arena->failure;
        }
        if (tally->count > 0) {
            memcpy(fresh, tally->rows, tally->count * sizeof *fresh);
        }
        errata__arena_return(tally->arena, tally->rows);
        tally->rows = fresh;
        tally->room = room;
    }
    tally->rows[tally->count++] = (struct errata__tally_row){.first = ERRATA_NONE};
    return ERRATA_OK;
}

enum errata_status errata__tally_chain_document(struct errata__tally *tally, uint32_t document,
                                                uint32_t *number) {
    const struct errata__tally_level *fields = &tally->levels[ERRATA__LEVEL_DOCUMENT];
    enum errata_status status = ERRATA_OK;

    for (size_t i = 0; i < fields->count && status == ERRATA_OK; i++) {
        size_t place = fields->places[i];
        uint32_t value;
        status = errata__query_value(tally->query, tally->by->fields[place], document, &value);
        if (status == ERRATA_OK) {
            status = errata__pairs_number(&tally->chains[place], *number, value, number);
        }
    }
    return status;
}

enum errata_status errata__tally_chain(struct errata__tally *tally, enum errata__level level,
                                       uint32_t row, uint32_t *number) {
    const struct errata__tally_level *fields = &tally->levels[level];
    enum errata_status status = ERRATA_OK;

    for (size_t i = 0; i < fields->count && status == ERRATA_OK; i++) {
        uint32_t value = errata__u32(tally->query->index, fields->columns[i], row);
        status = errata__pairs_number(&tally->chains[fields->places[i]], *number, value, number);
    }
    return status;
}

enum errata_status errata__tally_find_row(struct errata__tally *tally, uint32_t outer,
                                          uint32_t number, uint32_t issue, uint32_t *row) {
    enum errata_status status = errata__pairs_number(&tally->whole, outer, number, &number);

    if (status == ERRATA_OK && tally->by_path) {
        const struct errata_index *index = tally->query->index;
        uint32_t pattern = errata__pattern_of(index, issue);
        uint32_t path;
        status =
            errata__paths_number(&tally->paths, pattern, tally->query->position_counts[pattern],
                                 errata__scan_positions(&tally->scan, issue), &path);
        if (status == ERRATA_OK) {
            status = errata__pairs_number(&tally->with_path, number, path, &number);
        }
    }
    if (status == ERRATA_OK) {
        *row = number + 1;
        status = *row == tally->count ? errata__tally_add_row(tally) : ERRATA_OK;
    }
    return status;
}
