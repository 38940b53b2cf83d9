/*
 * Appending rows.
 */
#include "index/append.h"

#include "index/grow.h"

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
    enum errata_status status = errata__issues_reserve(index);
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
        errata__set_shape(index, row, shape);
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
