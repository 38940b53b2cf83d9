/*
 * Making sure of facts about a file, at their first use. What came out is remembered in two words of bits. Threads
 * may look into the same fact at once: they come to the same.
 */
#include "index/sound.h"

#include "core/fail.h"
#include "index/check.h"

enum errata_status errata__damaged_row(const struct errata_index *index, enum errata__column column,
                                       uint64_t row, struct errata_error *error) {
    errata__fail(error, ERRATA_DAMAGED,
                 "the saved index is damaged: row %llu of table %u (%s) cannot be right",
                 (unsigned long long)row, (unsigned)column, errata__schema[column].name);
    errata__fail_source(error, index->file->name);
    return ERRATA_DAMAGED;
}

static enum errata_status mapped_lengths(const void *ctx, uint64_t row, const uint32_t **lengths,
                                         uint64_t *count) {
    const struct errata_index *index = ctx;
    uint64_t rows = (uint64_t)1 << ERRATA__ROW_SHIFT;
    uint64_t left = index->rows[ERRATA__STRINGS] - row;
    uint64_t in_segment = rows - (row & (rows - 1));

    *lengths = (const uint32_t *)(const void *)index->columns[ERRATA__STRING_LENGTH]
                   .at[row >> ERRATA__ROW_SHIFT] +
               (row & (rows - 1));
    *count = left < in_segment ? left : in_segment;
    return ERRATA_OK;
}

static enum errata_status check_column(const struct errata_index *index, enum errata__column column,
                                       struct errata_error *error) {
    uint64_t rows = index->rows[errata__schema[column].table];
    uint64_t run = (uint64_t)1 << errata__schema[column].shift;
    struct errata__check check;
    enum errata_status status = ERRATA_OK;

    errata__check_begin(&check, index, column, mapped_lengths, index);
    for (uint64_t row = 0; row < rows && status == ERRATA_OK; row += run) {
        status = errata__check_run(&check,
                                   index->columns[column].at[row >> errata__schema[column].shift],
                                   rows - row < run ? rows - row : run);
    }
    if (status == ERRATA_OK) {
        status = errata__check_end(&check);
    }
    return status == ERRATA_DAMAGED ? errata__damaged_row(index, column, check.row, error) : status;
}

static enum errata_status check_fact(const struct errata_index *index, unsigned fact,
                                     struct errata_error *error) {
    if (fact == ERRATA__POSITIONS_FIT) {
        return errata__positions_fit(index, false, error);
    }
    return check_column(index, (enum errata__column)fact, error);
}

enum errata_status errata__sound_of_file(const struct errata_index *index, uint64_t facts,
                                         struct errata_error *error) {
    struct errata__file *file = index->file;

    /* An accessor that is asked again and again must not look again and again. */
    if (error == NULL &&
        (facts & atomic_load_explicit(&file->unsound, memory_order_relaxed)) != 0) {
        return ERRATA_DAMAGED;
    }
    for (unsigned fact = 0; fact < ERRATA__FACTS; fact++) {
        uint64_t bit = (uint64_t)1 << fact;
        if ((facts & bit) == 0 ||
            (atomic_load_explicit(&file->sound, memory_order_acquire) & bit) != 0) {
            continue;
        }
        enum errata_status status = check_fact(index, fact, error);
        if (status == ERRATA_DAMAGED) {
            atomic_fetch_or_explicit(&file->unsound, bit, memory_order_relaxed);
        }
        if (status != ERRATA_OK) {
            return status;
        }
        atomic_fetch_or_explicit(&file->sound, bit, memory_order_release);
    }
    return ERRATA_OK;
}

enum errata_status errata_index_check(const struct errata_index *index,
                                      struct errata_error *error) {
    return errata__sound(index, ERRATA__ALL_FACTS, error);
}
