/*
 * Taking the header and the directory of a saved index: they are looked at closely, however the file is opened, and
 * the columns become segments that point into the file. What the cells are like is the business of verify.c
 * and sound.c.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <stdio.h>
#include <string.h>

#include <errata/version.h>

#include "core/fail.h"
#include "core/utf8.h"
#include "index/file.h"

struct opening {
    const unsigned char *bytes;
    uint64_t length;
    const struct errata__header *header;
    const struct errata__entry *entries;
    struct errata_error *error;
};

bool errata_index_is_saved(const void *bytes, size_t length) {
    return length >= ERRATA_MAGIC_SIZE && memcmp(bytes, ERRATA__MAGIC, ERRATA_MAGIC_SIZE) == 0;
}

static enum errata_status bad_version(const struct opening *opening, const char *what) {
    const struct errata__header *header = opening->header;
    char writer[4 * sizeof header->writer + 4];

    errata__utf8_escape(header->writer, strnlen(header->writer, sizeof header->writer), writer,
                        sizeof writer);
    return errata__fail(opening->error, ERRATA_BAD_VERSION,
                        "a saved index %s, written by \"%s\"; this is errata " ERRATA_VERSION
                        ": read the status documents again",
                        what, writer);
}

static enum errata_status wrong_length(const struct opening *opening, uint64_t expected) {
    return errata__fail(
        opening->error, ERRATA_DAMAGED,
        "the saved index is %s: it has %llu bytes, and should have %s%llu",
        opening->length < expected ? "cut off" : "too long", (unsigned long long)opening->length,
        expected == sizeof *opening->header ? "at least " : "", (unsigned long long)expected);
}

/* From the magic bytes to the checksum of the directory. */
static enum errata_status check_header(const struct opening *opening) {
    const struct errata__header *header = opening->header;
    struct errata__header blank;
    XXH3_state_t state;

    if (!errata_index_is_saved(opening->bytes, (size_t)opening->length)) {
        return errata__fail(opening->error, ERRATA_NOT_INDEX,
                            "not a saved index: it does not begin with the bytes 89 65 72 72 61 "
                            "74 61 00");
    }
    if (opening->length < sizeof *header) {
        return wrong_length(opening, sizeof *header);
    }
    if (header->byte_order_mark == __builtin_bswap32(ERRATA__BYTE_ORDER_MARK)) {
        return bad_version(opening, "of the other byte order");
    }
    if (header->version != ERRATA__FORMAT_VERSION) {
        char what[64];
        snprintf(what, sizeof what, "of format version %u (not %u)", (unsigned)header->version,
                 ERRATA__FORMAT_VERSION);
        return bad_version(opening, what);
    }
    if (header->byte_order_mark != ERRATA__BYTE_ORDER_MARK ||
        header->entry_size != sizeof *opening->entries || header->tables < ERRATA__TABLE_COUNT ||
        header->tables > ERRATA__MOST_TABLES) {
        return errata__fail(opening->error, ERRATA_DAMAGED,
                            "the saved index is damaged: its header cannot be right");
    }
    uint64_t directory = (uint64_t)header->tables * sizeof *opening->entries;
    if (opening->length - sizeof *header < directory) {
        return wrong_length(opening, sizeof *header + directory);
    }
    blank = *header;
    blank.checksum = 0;
    XXH3_64bits_reset(&state);
    XXH3_64bits_update(&state, &blank, sizeof blank);
    XXH3_64bits_update(&state, opening->entries, (size_t)directory);
    if (XXH3_64bits_digest(&state) != header->checksum) {
        return errata__fail(opening->error, ERRATA_DAMAGED,
                            "the saved index is damaged: wrong checksum of its header");
    }
    return ERRATA_OK;
}

static enum errata_status bad_entry(const struct opening *opening, uint32_t at, const char *what) {
    return errata__fail(opening->error, ERRATA_DAMAGED,
                        "the saved index is damaged: entry %u of its directory %s", (unsigned)at,
                        what);
}

/* Bytes of a row of a known table. */
static uint32_t width_of(const struct opening *opening, uint32_t table) {
    if (table == (uint32_t)ERRATA__ISSUE_SHAPE &&
        opening->entries[ERRATA__SHAPE_CODE].rows <= ERRATA__NARROW_SHAPES) {
        return sizeof(uint16_t);
    }
    if (table == ERRATA__TABLE_DEVIATIONS) {
        return sizeof(struct errata__deviation_row);
    }
    return table == ERRATA__TABLE_OPTIONS ? sizeof(uint64_t) : errata__schema[table].width;
}

/* An entry's number, width and flags. */
static enum errata_status check_entry(const struct opening *opening, uint32_t at) {
    const struct errata__entry *entry = &opening->entries[at];

    if ((entry->flags & ~ERRATA__TABLE_OPTIONAL) != 0 || entry->reserved != 0) {
        return bad_version(opening, "with marks on tables that are not known");
    }
    if (at < ERRATA__TABLE_COUNT) {
        return entry->table == at && entry->width == width_of(opening, at)
                   ? ERRATA_OK
                   : bad_entry(opening, at, "is not that of the table that belongs there");
    }
    if (entry->table <= opening->entries[at - 1].table) {
        return bad_entry(opening, at, "is out of order");
    }
    if (entry->width == 0) {
        return bad_entry(opening, at, "has rows of no bytes");
    }
    return entry->flags == 0
               ? bad_version(opening, "with a table that is not known and not optional")
               : ERRATA_OK;
}

/* Every table lies behind the one before, and the last one ends where the file does. So nothing overlaps,
   and nothing is outside of every checksum. */
static enum errata_status check_directory(const struct opening *opening) {
    uint64_t end = sizeof *opening->header + opening->header->tables * sizeof *opening->entries;

    for (uint32_t at = 0; at < opening->header->tables; at++) {
        const struct errata__entry *entry = &opening->entries[at];
        uint64_t length;
        enum errata_status status = check_entry(opening, at);
        if (status != ERRATA_OK) {
            return status;
        }
        if (entry->offset != end) {
            return bad_entry(opening, at, "does not begin where the table before it ends");
        }
        if (__builtin_mul_overflow(entry->rows, entry->width, &length) ||
            __builtin_add_overflow(end, length, &end) ||
            __builtin_add_overflow(end, ERRATA__ALIGNMENT - 1, &end)) {
            return bad_entry(opening, at, "has more bytes than can be");
        }
        end &= ~(uint64_t)(ERRATA__ALIGNMENT - 1);
    }
    return end == opening->length ? ERRATA_OK : wrong_length(opening, end);
}

/* Columns of one table have equally many rows, and no more than ids can tell apart; and what follows from the
   number of rows of another table is so. */
static enum errata_status take_rows(struct errata_index *index, const struct opening *opening) {
    static const enum errata__table in_order[][2] = {
        {ERRATA__DOCUMENTS, ERRATA__RULE_ERRORS}, {ERRATA__RULE_ERRORS, ERRATA__ISSUES},
        {ERRATA__PATTERNS, ERRATA__SEGMENTS},     {ERRATA__BLOCKS, ERRATA__POSITIONS},
        {ERRATA__STRINGS, ERRATA__STRING_BYTES},
    };
    bool seen[ERRATA__TABLES] = {false};
    uint64_t *rows = index->rows;

    for (uint32_t at = 0; at < ERRATA__COLUMNS; at++) {
        enum errata__table table = (enum errata__table)errata__schema[at].table;
        bool stream = table == ERRATA__STRING_BYTES || table == ERRATA__POSITIONS;
        if (seen[table] ? rows[table] != opening->entries[at].rows
                        : !stream && opening->entries[at].rows > ERRATA_NONE - 1) {
            return bad_entry(opening, at, "has a number of rows that cannot be right");
        }
        rows[table] = opening->entries[at].rows;
        seen[table] = true;
    }
    for (size_t i = 0; i < sizeof in_order / sizeof in_order[0]; i++) {
        if (rows[in_order[i][0]] == 0 && rows[in_order[i][1]] > 0) {
            return errata__fail(opening->error, ERRATA_DAMAGED,
                                "the saved index is damaged: rows of a table belong to none");
        }
    }
    if (rows[ERRATA__BLOCKS] !=
        (rows[ERRATA__ISSUES] + ERRATA__BLOCK_ISSUES - 1) / ERRATA__BLOCK_ISSUES) {
        return errata__fail(opening->error, ERRATA_DAMAGED,
                            "the saved index is damaged: it has not a block for each %u issues",
                            ERRATA__BLOCK_ISSUES);
    }
    return ERRATA_OK;
}

/* Deviations and options: small, so they are always verified. */
static enum errata_status take_small_tables(struct errata_index *index,
                                            const struct opening *opening) {
    const struct errata__entry *deviations = &opening->entries[ERRATA__TABLE_DEVIATIONS];
    const struct errata__entry *options = &opening->entries[ERRATA__TABLE_OPTIONS];
    const unsigned char *bytes = opening->bytes;
    uint32_t kinds = 0;

    if (deviations->rows > ERRATA_DEVIATION_KINDS) {
        return bad_version(opening, "with a kind of deviation that is not known");
    }
    if (options->rows != 1 ||
        XXH3_64bits(bytes + options->offset, sizeof(uint64_t)) != options->checksum ||
        XXH3_64bits(bytes + deviations->offset,
                    (size_t)deviations->rows * sizeof(struct errata__deviation_row)) !=
            deviations->checksum) {
        return errata__fail(opening->error, ERRATA_DAMAGED,
                            "the saved index is damaged: wrong checksum of its options or "
                            "deviations");
    }
    for (uint64_t i = 0; i < deviations->rows; i++) {
        struct errata__deviation_row row;
        memcpy(&row, bytes + deviations->offset + i * sizeof row, sizeof row);
        if (row.kind >= ERRATA_DEVIATION_KINDS) {
            return bad_version(opening, "with a kind of deviation that is not known");
        }
        if (row.kind < kinds || row.count == 0 ||
            row.first_document >= index->rows[ERRATA__DOCUMENTS]) {
            return errata__fail(opening->error, ERRATA_DAMAGED,
                                "the saved index is damaged: row %u of its deviations cannot be "
                                "right",
                                (unsigned)i);
        }
        index->deviation_count[row.kind] = row.count;
        index->deviation_first[row.kind] = row.first_document;
        kinds = row.kind + 1;
    }
    uint64_t digit_names;
    memcpy(&digit_names, bytes + options->offset, sizeof digit_names);
    if (digit_names > 1) {
        return bad_version(opening, "with options that are not known");
    }
    index->digit_names = digit_names == 1;
    return ERRATA_OK;
}

/* Makes segments that point into the file. */
static enum errata_status take_columns(struct errata_index *index, const struct opening *opening) {
    /* Nobody writes through segments of an index that was opened; const cannot be said of them. */
    union {
        const unsigned char *read;
        unsigned char *at;
    } start;

    for (uint32_t column = 0; column < ERRATA__COLUMNS; column++) {
        const struct errata__column_schema *schema = &errata__schema[column];
        struct errata__segments *segments = &index->columns[column];
        uint32_t width = opening->entries[column].width;
        uint64_t rows = opening->entries[column].rows;
        uint64_t count =
            (rows >> schema->shift) + ((rows & (((uint64_t)1 << schema->shift) - 1)) != 0);
        if (count > UINT32_MAX) {
            return errata__fail_plain(opening->error, ERRATA_LIMIT_IDS);
        }
        segments->at = errata__arena_zalloc(&index->arena, (size_t)count, sizeof *segments->at);
        if (segments->at == NULL) {
            return errata__fail_plain(opening->error, index->arena.failure);
        }
        start.read = opening->bytes + opening->entries[column].offset;
        for (uint64_t i = 0; i < count; i++) {
            segments->at[i] = start.at + (i << schema->shift) * width;
        }
        segments->count = (uint32_t)count;
        segments->capacity = (uint32_t)count;
    }
    index->wide_from = index->rows[ERRATA__SHAPES] <= ERRATA__NARROW_SHAPES ? UINT64_MAX : 0;
    return ERRATA_OK;
}

enum errata_status errata__directory_take(struct errata_index *index, struct errata_error *error) {
    const struct opening opening = {
        .bytes = index->file->bytes,
        .length = index->file->length,
        .header = errata__file_header(index->file),
        .entries = errata__file_entries(index->file),
        .error = error,
    };
    enum errata_status status = check_header(&opening);

    status = status == ERRATA_OK ? check_directory(&opening) : status;
    status = status == ERRATA_OK ? take_rows(index, &opening) : status;
    status = status == ERRATA_OK ? take_small_tables(index, &opening) : status;
    return status == ERRATA_OK ? take_columns(index, &opening) : status;
}
