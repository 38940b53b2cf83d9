/*
 * The canonical written form: a header, a directory of tables, and each column as one table in the order of the
 * schema, little-endian, closed up, each beginning at a multiple of 8 with zeros between. docs/index-format.md
 * describes it to the byte.
 *
 * Everything is written in one pass; the checksums in the directory come first, so a pass over the same bytes
 * computes them before.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <string.h>

#include <errata/version.h>

#include "core/fail.h"
#include "index/format.h"
#include "index/redact.h"
#include "index/sound.h"
#include "index/tables.h"

/* Where the bytes of a table go: into a checksum, or to the caller. */
struct sink {
    XXH3_state_t *checksum;
    errata_write_function *write;
    void *ctx;
    uint64_t length;
};

static enum errata_status put(struct sink *sink, const void *bytes, size_t length) {
    sink->length += length;
    if (sink->checksum != NULL) {
        XXH3_64bits_update(sink->checksum, bytes, length);
        return ERRATA_OK;
    }
    return length == 0 ? ERRATA_OK : sink->write(sink->ctx, bytes, length);
}

/* Rows lie as they are written: whole segments go out at once. */
static enum errata_status put_column(const struct errata_index *index, enum errata__column column,
                                     struct sink *sink) {
    uint64_t rows = index->rows[errata__schema[column].table];
    uint64_t segment_rows = (uint64_t)1 << errata__schema[column].shift;
    enum errata_status status = ERRATA_OK;
    for (uint64_t i = 0; i * segment_rows < rows && status == ERRATA_OK; i++) {
        uint64_t count =
            rows - i * segment_rows < segment_rows ? rows - i * segment_rows : segment_rows;
        status =
            put(sink, index->columns[column].at[i], (size_t)count * errata__schema[column].width);
    }
    return status;
}

/* Are shapes of issues written with 2 bytes each? */
static bool is_narrow(const struct errata_index *index) {
    return index->rows[ERRATA__SHAPES] <= ERRATA__NARROW_SHAPES;
}

/* All alike, where in memory some may have 2 bytes and others 4. */
static enum errata_status put_shapes(const struct errata_index *index, struct sink *sink) {
    const uint64_t segment = (uint64_t)1 << ERRATA__ROW_SHIFT;
    uint64_t issues = index->rows[ERRATA__ISSUES];
    bool narrow = is_narrow(index);
    union {
        uint16_t narrow[1U << ERRATA__ROW_SHIFT];
        uint32_t wide[1U << ERRATA__ROW_SHIFT];
    } ids;
    enum errata_status status = ERRATA_OK;
    for (uint64_t issue = 0; issue < issues && status == ERRATA_OK; issue += segment) {
        struct errata__shape_run run = errata__shape_run(index, issue);
        size_t count = (size_t)(issues - issue < segment ? issues - issue : segment);
        const void *bytes = run.wide == narrow ? (const void *)&ids : run.ids;
        for (uint32_t i = 0; i < count && run.wide == narrow; i++) {
            uint32_t id = errata__shape_at(run, i);
            if (narrow) {
                ids.narrow[i] = (uint16_t)id;
            } else {
                ids.wide[i] = id;
            }
        }
        status = put(sink, bytes, count * (narrow ? sizeof *ids.narrow : sizeof *ids.wide));
    }
    return status;
}

/* Strings are closed up, so their offsets are counted anew. */
static enum errata_status put_string_offsets(const struct errata_index *index, struct sink *sink) {
    uint64_t offset = 0;
    uint64_t offsets[512];
    size_t count = 0;
    enum errata_status status = ERRATA_OK;
    for (uint64_t id = 0; id < index->rows[ERRATA__STRINGS] && status == ERRATA_OK; id++) {
        offsets[count++] = offset;
        offset += errata__u32(index, ERRATA__STRING_LENGTH, id) + (uint64_t)1;
        if (count == 512) {
            status = put(sink, offsets, sizeof offsets);
            count = 0;
        }
    }
    return status == ERRATA_OK ? put(sink, offsets, count * sizeof offsets[0]) : status;
}

static enum errata_status put_string_bytes(const struct errata_index *index, struct sink *sink) {
    enum errata_status status = ERRATA_OK;
    char gathered[8192];
    size_t held = 0;
    for (uint64_t id = 0; id < index->rows[ERRATA__STRINGS] && status == ERRATA_OK; id++) {
        struct errata_text text = errata__text(index, (uint32_t)id);
        if (text.length + 1 > sizeof gathered - held) {
            status = put(sink, gathered, held);
            held = 0;
        }
        if (text.length + 1 > sizeof gathered) {
            status = status == ERRATA_OK ? put(sink, text.data, text.length + 1) : status;
        } else {
            memcpy(gathered + held, text.data, text.length + 1);
            held += text.length + 1;
        }
    }
    return status == ERRATA_OK ? put(sink, gathered, held) : status;
}

static enum errata_status put_deviations(const struct errata_index *index, struct sink *sink) {
    enum errata_status status = ERRATA_OK;
    for (uint32_t kind = 0; kind < ERRATA_DEVIATION_KINDS && status == ERRATA_OK; kind++) {
        if (index->deviation_count[kind] > 0) {
            struct errata__deviation_row row = {kind, index->deviation_first[kind],
                                                index->deviation_count[kind]};
            status = put(sink, &row, sizeof row);
        }
    }
    return status;
}

static enum errata_status put_table(const struct errata_index *index, uint32_t table,
                                    struct sink *sink) {
    enum errata_status status;
    uint64_t digit_names = index->digit_names;
    static const char zeros[ERRATA__ALIGNMENT];
    sink->length = 0;
    if (table == (uint32_t)ERRATA__STRING_OFFSET) {
        status = put_string_offsets(index, sink);
    } else if (table == (uint32_t)ERRATA__STRING_BYTE) {
        status = put_string_bytes(index, sink);
    } else if (table == (uint32_t)ERRATA__ISSUE_SHAPE) {
        status = put_shapes(index, sink);
    } else if (table == ERRATA__TABLE_DEVIATIONS) {
        status = put_deviations(index, sink);
    } else if (table == ERRATA__TABLE_OPTIONS) {
        status = put(sink, &digit_names, sizeof digit_names);
    } else {
        status = put_column(index, (enum errata__column)table, sink);
    }
    uint64_t padding = (ERRATA__ALIGNMENT - sink->length % ERRATA__ALIGNMENT) % ERRATA__ALIGNMENT;
    return status == ERRATA_OK ? put(sink, zeros, (size_t)padding) : status;
}

/* Rows and width of a table as written. */
static void describe(const struct errata_index *index, uint32_t table,
                     struct errata__entry *entry) {
    entry->table = table;
    if (table == ERRATA__TABLE_DEVIATIONS) {
        entry->width = sizeof(struct errata__deviation_row);
        for (size_t kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
            entry->rows += index->deviation_count[kind] > 0;
        }
    } else if (table == ERRATA__TABLE_OPTIONS) {
        entry->width = sizeof(uint64_t);
        entry->rows = 1;
    } else {
        entry->width = errata__schema[table].width;
        entry->rows = index->rows[errata__schema[table].table];
    }
    if (table == (uint32_t)ERRATA__ISSUE_SHAPE && is_narrow(index)) {
        entry->width = sizeof(uint16_t);
    }
    if (table == (uint32_t)ERRATA__STRING_BYTE) {
        entry->rows = 0;
        for (uint64_t id = 0; id < index->rows[ERRATA__STRINGS]; id++) {
            entry->rows += errata__u32(index, ERRATA__STRING_LENGTH, id) + (uint64_t)1;
        }
    }
}

static void build_directory(const struct errata_index *index, struct errata__header *header,
                            struct errata__entry entries[ERRATA__TABLE_COUNT],
                            XXH3_state_t *state) {
    uint64_t offset = sizeof *header + sizeof(struct errata__entry) * ERRATA__TABLE_COUNT;
    for (uint32_t table = 0; table < ERRATA__TABLE_COUNT; table++) {
        struct sink sink = {.checksum = state};
        XXH3_64bits_reset(state);
        describe(index, table, &entries[table]);
        entries[table].offset = offset;
        /* A sink that only sums up does not fail. */
        if (put_table(index, table, &sink) == ERRATA_OK) {
            offset += sink.length;
        }
        entries[table].checksum = XXH3_64bits_digest(state);
    }
    memcpy(header->magic, ERRATA__MAGIC, sizeof header->magic);
    memcpy(header->writer, "errata " ERRATA_VERSION, sizeof "errata " ERRATA_VERSION);
    header->version = ERRATA__FORMAT_VERSION;
    header->byte_order_mark = ERRATA__BYTE_ORDER_MARK;
    header->tables = ERRATA__TABLE_COUNT;
    header->entry_size = sizeof(struct errata__entry);
    XXH3_64bits_reset(state);
    XXH3_64bits_update(state, header, sizeof *header);
    XXH3_64bits_update(state, entries, sizeof(struct errata__entry) * ERRATA__TABLE_COUNT);
    header->checksum = XXH3_64bits_digest(state);
}

enum errata_status errata_index_write(const struct errata_index *index,
                                      errata_write_function *write, void *ctx,
                                      struct errata_error *error) {
    struct errata__header header = {0};
    struct errata__entry entries[ERRATA__TABLE_COUNT] = {0};
    XXH3_state_t state;
    struct sink sink = {.write = write, .ctx = ctx};
    enum errata_status status = errata__redact_allows(index, error);
    if (status == ERRATA_OK) {
        status = errata_index_check(index, error);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    build_directory(index, &header, entries, &state);
    status = put(&sink, &header, sizeof header);
    if (status == ERRATA_OK) {
        status = put(&sink, entries, sizeof entries);
    }
    for (uint32_t table = 0; table < ERRATA__TABLE_COUNT && status == ERRATA_OK; table++) {
        status = put_table(index, table, &sink);
    }
    return status == ERRATA_OK ? ERRATA_OK : errata__fail_plain(error, status);
}
