/*
 * Appending rows.
 */
#include "index/append.h"

#include <string.h>

#include "index/grow.h"
#include "index/hash.h"
#include "index/intern.h"

/* Records that follow one another have ids that do, and eight of them lie in one line of the cache: where each document
   is of a record of its own, looking for them was a fifth of the time of reading. A record without an id equals none:
   its own number keeps it apart. */
static uint64_t hash_record(const struct errata_index *index, uint32_t app, uint32_t collection,
                            uint32_t record, uint32_t own) {
    const bool has_id = record != ERRATA_NONE;
    const uint32_t values[4] = {app, collection, has_id ? record >> 3 : ERRATA_NONE,
                                has_id ? 0 : own >> 3};
    return errata__hash_bytes(index, values, sizeof values) << 3 | ((has_id ? record : own) & 7);
}

uint64_t errata__record_hash(const struct errata_index *index, uint32_t id) {
    return hash_record(index, errata__u32(index, ERRATA__RECORD_APP, id),
                       errata__u32(index, ERRATA__RECORD_COLLECTION, id),
                       errata__u32(index, ERRATA__RECORD_RECORD, id), id);
}

static bool same_record(const struct errata_index *index, uint32_t id, uint32_t app,
                        uint32_t collection, uint32_t record) {
    return errata__u32(index, ERRATA__RECORD_RECORD, id) == record &&
           errata__u32(index, ERRATA__RECORD_COLLECTION, id) == collection &&
           errata__u32(index, ERRATA__RECORD_APP, id) == app;
}

static bool find_record(const struct errata_index *index, uint64_t value, uint32_t app,
                        uint32_t collection, uint32_t record, uint32_t *id) {
    const struct errata__hash *hash = &index->record_hash;
    if (record == ERRATA_NONE || hash->slots == NULL) {
        return false;
    }
    uint32_t slot = errata__hash_start(hash, value);
    for (; hash->slots[slot].id_plus_1 != 0; slot = (slot + 1) & hash->mask) {
        *id = hash->slots[slot].id_plus_1 - 1;
        if (hash->slots[slot].tag == (uint32_t)value &&
            same_record(index, *id, app, collection, record)) {
            return true;
        }
    }
    return false;
}

enum errata_status errata__record_intern(struct errata_index *index, uint32_t app,
                                         uint32_t collection, uint32_t record, uint32_t *id) {
    struct errata__hash *hash = &index->record_hash;
    uint32_t fresh = (uint32_t)index->rows[ERRATA__RECORDS];
    uint64_t value = hash_record(index, app, collection, record, fresh);
    if (find_record(index, value, app, collection, record, id)) {
        return ERRATA_OK;
    }
    enum errata_status status = errata__hash_reserve(index, hash);
    if (status == ERRATA_OK) {
        status = errata__table_reserve(index, ERRATA__RECORDS);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    errata__set_u32(index, ERRATA__RECORD_APP, fresh, app);
    errata__set_u32(index, ERRATA__RECORD_COLLECTION, fresh, collection);
    errata__set_u32(index, ERRATA__RECORD_RECORD, fresh, record);
    index->rows[ERRATA__RECORDS]++;
    errata__hash_enter(hash, value, fresh);
    *id = fresh;
    return ERRATA_OK;
}

static void put_byte(struct errata_index *index, uint64_t offset, unsigned char byte) {
    index->columns[ERRATA__POSITION_BYTE]
        .at[offset >> ERRATA__STREAM_SHIFT][offset & ((1U << ERRATA__STREAM_SHIFT) - 1)] = byte;
}

/* In bytes: 64 bits, seven in each. */
#define LONGEST_POSITION 10U

/* LEB128: seven bits a byte, the low ones first, the high bit set in all but the last. */
static enum errata_status append_position(struct errata_index *index, uint64_t position) {
    uint64_t offset = index->rows[ERRATA__POSITIONS];
    uint64_t room = (uint64_t)index->columns[ERRATA__POSITION_BYTE].count << ERRATA__STREAM_SHIFT;
    if (room - offset < LONGEST_POSITION) {
        enum errata_status status =
            errata__stream_reserve(index, ERRATA__POSITION_BYTE, &offset, LONGEST_POSITION, false);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    while (position >= 0x80) {
        put_byte(index, offset++, (unsigned char)(position & 0x7F) | 0x80U);
        position >>= 7;
    }
    put_byte(index, offset++, (unsigned char)position);
    index->rows[ERRATA__POSITIONS] = offset;
    return ERRATA_OK;
}

enum errata_status errata__issue_append(struct errata_index *index, uint32_t shape,
                                        const uint64_t *positions, size_t count) {
    uint64_t row = index->rows[ERRATA__ISSUES];
    if (row >= index->max_issues) {
        return ERRATA_LIMIT_ISSUES;
    }
    enum errata_status status = errata__table_reserve(index, ERRATA__ISSUES);
    if (status == ERRATA_OK && row % ERRATA__BLOCK_ISSUES == 0) {
        status = errata__table_reserve(index, ERRATA__BLOCKS);
        if (status == ERRATA_OK) {
            uint64_t block = index->rows[ERRATA__BLOCKS]++;
            errata__set_u64(index, ERRATA__BLOCK_OFFSET, block, index->rows[ERRATA__POSITIONS]);
            errata__set_u32(index, ERRATA__BLOCK_RULE_ERROR, block,
                            (uint32_t)index->rows[ERRATA__RULE_ERRORS]);
        }
    }
    for (size_t i = 0; i < count && status == ERRATA_OK; i++) {
        status = append_position(index, positions[i]);
    }
    if (status == ERRATA_OK) {
        errata__set_u32(index, ERRATA__ISSUE_SHAPE, row, shape);
        index->rows[ERRATA__ISSUES]++;
    }
    return status;
}

enum errata_status errata__rule_error_append(struct errata_index *index, uint32_t key,
                                             uint32_t message, uint32_t first_issue) {
    enum errata_status status = errata__table_reserve(index, ERRATA__RULE_ERRORS);
    if (status == ERRATA_OK) {
        uint64_t row = index->rows[ERRATA__RULE_ERRORS]++;
        errata__set_u32(index, ERRATA__RULE_ERROR_DOCUMENT, row,
                        (uint32_t)index->rows[ERRATA__DOCUMENTS]);
        errata__set_u32(index, ERRATA__RULE_ERROR_KEY, row, key);
        errata__set_u32(index, ERRATA__RULE_ERROR_MESSAGE, row, message);
        errata__set_u32(index, ERRATA__RULE_ERROR_FIRST, row, first_issue);
    }
    return status;
}

enum errata_status errata__document_append(struct errata_index *index,
                                           const struct errata__document_row *document) {
    enum errata_status status = errata__table_reserve(index, ERRATA__DOCUMENTS);
    if (status == ERRATA_OK) {
        uint64_t row = index->rows[ERRATA__DOCUMENTS]++;
        errata__set_u64(index, ERRATA__DOCUMENT_OFFSET, row, document->offset);
        errata__set_u64(index, ERRATA__DOCUMENT_LINE, row, document->line);
        errata__set_u64(index, ERRATA__DOCUMENT_FETCHED_AT, row, (uint64_t)document->fetched_at);
        errata__set_u32(index, ERRATA__DOCUMENT_RECORD, row, document->record);
        errata__set_u32(index, ERRATA__DOCUMENT_STATUS, row, document->status);
        errata__set_u32(index, ERRATA__DOCUMENT_SOURCE, row, document->source);
        errata__set_u32(index, ERRATA__DOCUMENT_NUMBER, row, document->number);
        errata__set_u32(index, ERRATA__DOCUMENT_FIRST, row, document->first_rule_error);
    }
    return status;
}

enum errata_status errata__source_append(struct errata_index *index,
                                         const struct errata_source *source, uint32_t *id) {
    uint32_t name;
    uint32_t scope = ERRATA_NONE;
    enum errata_status status = errata__table_reserve(index, ERRATA__SOURCES);
    if (status == ERRATA_OK) {
        status = errata__string_intern(index, source->name.data == NULL ? "" : source->name.data,
                                       source->name.length, &name, NULL);
    }
    if (status == ERRATA_OK && source->scope.data != NULL) {
        status =
            errata__string_intern(index, source->scope.data, source->scope.length, &scope, NULL);
    }
    if (status == ERRATA_OK) {
        *id = (uint32_t)index->rows[ERRATA__SOURCES]++;
        errata__set_u32(index, ERRATA__SOURCE_NAME, *id, name);
        errata__set_u32(index, ERRATA__SOURCE_SCOPE, *id, scope);
        errata__set_u8(index, ERRATA__SOURCE_KIND, *id, (uint8_t)source->kind);
        errata__set_u8(index, ERRATA__SOURCE_STRICT, *id, source->strict);
    }
    return status;
}

enum errata_status errata__reject_append(struct errata_index *index,
                                         const struct errata_reject *reject) {
    uint32_t reason;
    enum errata_status status = errata__table_reserve(index, ERRATA__REJECTS);
    if (status == ERRATA_OK) {
        status =
            errata__string_intern(index, reject->reason.data, reject->reason.length, &reason, NULL);
    }
    if (status == ERRATA_OK) {
        uint64_t row = index->rows[ERRATA__REJECTS]++;
        errata__set_u64(index, ERRATA__REJECT_OFFSET, row, reject->offset);
        errata__set_u64(index, ERRATA__REJECT_LENGTH, row, reject->length);
        errata__set_u64(index, ERRATA__REJECT_LINE, row, reject->line);
        errata__set_u64(index, ERRATA__REJECT_COLUMN, row, reject->column);
        errata__set_u64(index, ERRATA__REJECT_TROUBLE_OFFSET, row, reject->trouble_offset);
        errata__set_u64(index, ERRATA__REJECT_TROUBLE_LINE, row, reject->trouble_line);
        errata__set_u64(index, ERRATA__REJECT_TROUBLE_COLUMN, row, reject->trouble_column);
        errata__set_u32(index, ERRATA__REJECT_SOURCE, row, reject->source);
        errata__set_u32(index, ERRATA__REJECT_REASON, row, reason);
    }
    return status;
}
