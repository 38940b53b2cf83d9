/*
 * Verifying a file: every byte goes into a checksum, every cell past its rule, in one pass through a buffer; then shapes
 * and positions of issues are looked at side by side in the map, whose pages are given back, so that a query afterwards
 * holds only those that it needs.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/fail.h"
#include "index/check.h"
#include "index/sound.h"

#define BUFFER_SIZE ((size_t)256 << 10)
#define LENGTHS_SIZE ((size_t)32 << 10)

struct verify {
    struct errata_index *index;
    const struct errata__origin_bytes *from;
    const struct errata__entry *entries;
    struct errata_error *error;
    unsigned char *buffer;
    /* For lengths of strings. */
    unsigned char *lengths;
};

/* The bytes at an offset: in buffer, or where they are. */
static enum errata_status bytes_at(const struct verify *verify, uint64_t offset, size_t length,
                                   unsigned char *buffer, const unsigned char **out) {
    if (verify->from->bytes != NULL) {
        *out = verify->from->bytes + offset;
        return ERRATA_OK;
    }
    *out = buffer;
    for (size_t held = 0; held < length;) {
        ssize_t count =
            pread(verify->from->fd, buffer + held, length - held, (off_t)(offset + held));
        if (count > 0) {
            held += (size_t)count;
        } else if (count == 0) {
            return errata__fail(verify->error, ERRATA_DAMAGED,
                                "the file has become shorter while it was read");
        } else if (errno != EINTR) {
            return errata__file_cannot("cannot read", errno, verify->error);
        }
    }
    return ERRATA_OK;
}

static enum errata_status read_lengths(const void *ctx, uint64_t row, const uint32_t **lengths,
                                       uint64_t *count) {
    const struct verify *verify = ctx;
    uint64_t left = verify->index->rows[ERRATA__STRINGS] - row;
    const unsigned char *bytes;

    *count = LENGTHS_SIZE / sizeof **lengths;
    *count = left < *count ? left : *count;
    enum errata_status status =
        bytes_at(verify, verify->entries[ERRATA__STRING_LENGTH].offset + row * sizeof **lengths,
                 (size_t)*count * sizeof **lengths, verify->lengths, &bytes);
    *lengths = (const uint32_t *)(const void *)bytes;
    return status;
}

static enum errata_status wrong_table(const struct verify *verify, uint32_t table,
                                      const char *what) {
    const char *name = table < ERRATA__COLUMNS             ? errata__schema[table].name
                       : table == ERRATA__TABLE_DEVIATIONS ? "deviations"
                       : table == ERRATA__TABLE_OPTIONS    ? "options"
                                                           : "not known";
    return errata__fail(verify->error, ERRATA_DAMAGED,
                        "the saved index is damaged: %s of table %u (%s)", what, (unsigned)table,
                        name);
}

static bool all_zero(const unsigned char *bytes, size_t length) {
    while (length > 0 && bytes[length - 1] == 0) {
        length--;
    }
    return length == 0;
}

/* The cells among the bytes of a table from an offset in it; *padded: what stands behind them is zero. */
static enum errata_status check_piece(struct errata__check *check,
                                      const struct errata__entry *entry, uint64_t at,
                                      const unsigned char *bytes, size_t length, bool *padded) {
    uint64_t left = entry->rows * entry->width - at;
    size_t cells = left < length ? (size_t)left : length;

    *padded = *padded && all_zero(bytes + cells, length - cells);
    return entry->table < ERRATA__COLUMNS ? errata__check_run(check, bytes, cells / entry->width)
                                          : ERRATA_OK;
}

static enum errata_status verify_table(const struct verify *verify,
                                       const struct errata__entry *entry) {
    uint64_t length =
        (entry->rows * entry->width + ERRATA__ALIGNMENT - 1) & ~(uint64_t)(ERRATA__ALIGNMENT - 1);
    enum errata_status sound = ERRATA_OK;
    struct errata__check check;
    XXH3_state_t state;
    bool padded = true;

    XXH3_64bits_reset(&state);
    errata__check_begin(&check, verify->index, (enum errata__column)entry->table, read_lengths,
                        verify);
    for (uint64_t at = 0; at < length; at += BUFFER_SIZE) {
        size_t piece = length - at < BUFFER_SIZE ? (size_t)(length - at) : BUFFER_SIZE;
        const unsigned char *bytes;
        enum errata_status status =
            bytes_at(verify, entry->offset + at, piece, verify->buffer, &bytes);
        if (status != ERRATA_OK) {
            return status;
        }
        XXH3_64bits_update(&state, bytes, piece);
        if (sound == ERRATA_OK) {
            sound = check_piece(&check, entry, at, bytes, piece, &padded);
        }
    }
    /* What is wrong with a cell is of interest only where nobody noticed. */
    if (XXH3_64bits_digest(&state) != entry->checksum) {
        return wrong_table(verify, entry->table, "wrong checksum");
    }
    if (!padded) {
        return wrong_table(verify, entry->table, "no zeros at the end");
    }
    if (sound == ERRATA_OK && entry->table < ERRATA__COLUMNS) {
        sound = errata__check_end(&check);
    }
    return sound == ERRATA_DAMAGED
               ? errata__damaged_row(verify->index, check.column, check.row, verify->error)
               : sound;
}

enum errata_status errata__verify(struct errata_index *index,
                                  const struct errata__origin_bytes *from,
                                  struct errata_error *error) {
    struct verify verify = {
        .index = index, .from = from, .entries = errata__file_entries(index->file), .error = error};
    uint32_t count = errata__file_header(index->file)->tables;
    enum errata_status status = ERRATA_OK;

    verify.buffer = errata__arena_borrow(&index->arena, BUFFER_SIZE + LENGTHS_SIZE, 1);
    if (verify.buffer == NULL) {
        return errata__fail_plain(error, index->arena.failure);
    }
    verify.lengths = verify.buffer + BUFFER_SIZE;
    for (uint32_t i = 0; i < count && status == ERRATA_OK; i++) {
        status = verify_table(&verify, &verify.entries[i]);
    }
    errata__arena_return(&index->arena, verify.buffer);
    if (status == ERRATA_OK) {
        status = errata__positions_fit(index, true, error);
    }
    if (status == ERRATA_OK) {
        atomic_store_explicit(&index->file->sound, ERRATA__ALL_FACTS, memory_order_release);
    }
    return status;
}
