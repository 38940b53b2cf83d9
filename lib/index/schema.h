/*
 * The tables of an index and their columns: one list, from which appending, rolling back, writing and
 * opening are driven. The order is that of the written form.
 */
#ifndef ERRATA_INDEX_SCHEMA_H
#define ERRATA_INDEX_SCHEMA_H

#include <stdint.h>

enum errata__table {
    /* A distinct string. */
    ERRATA__STRINGS,
    /* Bytes of the strings, each ended by NUL. */
    ERRATA__STRING_BYTES,
    /* A segment of some pattern: a name's string id, or ERRATA__POSITION. */
    ERRATA__SEGMENTS,
    ERRATA__PATTERNS,
    ERRATA__SHAPES,
    ERRATA__ISSUES,
    /* Positions of all issues in order, as LEB128. */
    ERRATA__POSITIONS,
    /* One row for every ERRATA__BLOCK_ISSUES issues: where to begin looking. */
    ERRATA__BLOCKS,
    ERRATA__RULE_ERRORS,
    ERRATA__DOCUMENTS,
    ERRATA__RECORDS,
    ERRATA__SOURCES,
    ERRATA__REJECTS,
    ERRATA__TABLES
};

/* In ERRATA__SEGMENTS: a position stands here, whatever its number. Equals ERRATA_NONE. */
#define ERRATA__POSITION UINT32_MAX
#define ERRATA__BLOCK_SHIFT 6
#define ERRATA__BLOCK_ISSUES (1U << ERRATA__BLOCK_SHIFT)

/* X(column, table, bytes of a value). String ids may be ERRATA_NONE: absent. */
#define ERRATA__COLUMN_LIST(X)                                                                     \
    X(STRING_OFFSET, STRINGS, 8) /* of its first byte in STRING_BYTES */                           \
    X(STRING_LENGTH, STRINGS, 4) /* without the NUL */                                             \
    X(STRING_BYTE, STRING_BYTES, 1)                                                                \
    X(SEGMENT, SEGMENTS, 4)                                                                        \
    X(PATTERN_FIRST, PATTERNS, 4) /* its first row in SEGMENTS; ends where the next begins */      \
    X(SHAPE_CODE, SHAPES, 4)                                                                       \
    X(SHAPE_EXPECTED, SHAPES, 4)                                                                   \
    X(SHAPE_RECEIVED, SHAPES, 4)                                                                   \
    X(SHAPE_MESSAGE, SHAPES, 4)                                                                    \
    X(SHAPE_PATTERN, SHAPES, 4) /* pattern id, never absent */                                     \
    X(SHAPE_FLAGS, SHAPES, 1)   /* ERRATA__EXPECTED_JSON, ERRATA__RECEIVED_JSON */                 \
    X(ISSUE_SHAPE, ISSUES, 4)                                                                      \
    X(POSITION_BYTE, POSITIONS, 1)                                                                 \
    X(BLOCK_OFFSET, BLOCKS, 8)     /* in POSITIONS, of the block's first issue */                  \
    X(BLOCK_RULE_ERROR, BLOCKS, 4) /* that the block's first issue belongs to */                   \
    X(RULE_ERROR_DOCUMENT, RULE_ERRORS, 4)                                                         \
    X(RULE_ERROR_KEY, RULE_ERRORS, 4)                                                              \
    X(RULE_ERROR_MESSAGE, RULE_ERRORS, 4)                                                          \
    X(RULE_ERROR_FIRST, RULE_ERRORS, 4) /* its first issue; ends where the next begins */          \
    X(DOCUMENT_OFFSET, DOCUMENTS, 8)                                                               \
    X(DOCUMENT_LINE, DOCUMENTS, 8)                                                                 \
    X(DOCUMENT_FETCHED_AT, DOCUMENTS, 8)                                                           \
    X(DOCUMENT_RECORD, DOCUMENTS, 4)                                                               \
    X(DOCUMENT_STATUS, DOCUMENTS, 4)                                                               \
    X(DOCUMENT_SOURCE, DOCUMENTS, 4)                                                               \
    X(DOCUMENT_NUMBER, DOCUMENTS, 4)                                                               \
    X(DOCUMENT_FIRST, DOCUMENTS, 4) /* its first rule error; ends where the next begins */         \
    X(RECORD_APP, RECORDS, 4)                                                                      \
    X(RECORD_COLLECTION, RECORDS, 4)                                                               \
    X(RECORD_RECORD, RECORDS, 4)                                                                   \
    X(SOURCE_NAME, SOURCES, 4)                                                                     \
    X(SOURCE_SCOPE, SOURCES, 4) /* what a scan was limited to; absent otherwise */                 \
    X(SOURCE_KIND, SOURCES, 1)                                                                     \
    X(SOURCE_STRICT, SOURCES, 1)                                                                   \
    X(REJECT_OFFSET, REJECTS, 8)                                                                   \
    X(REJECT_LENGTH, REJECTS, 8)                                                                   \
    X(REJECT_LINE, REJECTS, 8)                                                                     \
    X(REJECT_COLUMN, REJECTS, 8)                                                                   \
    X(REJECT_TROUBLE_OFFSET, REJECTS, 8)                                                           \
    X(REJECT_TROUBLE_LINE, REJECTS, 8)                                                             \
    X(REJECT_TROUBLE_COLUMN, REJECTS, 8)                                                           \
    X(REJECT_SOURCE, REJECTS, 4)                                                                   \
    X(REJECT_REASON, REJECTS, 4)

enum errata__column {
#define X(column, table, width) ERRATA__##column,
    ERRATA__COLUMN_LIST(X)
#undef X
    ERRATA__COLUMNS
};

#define ERRATA__EXPECTED_JSON 1U
#define ERRATA__RECEIVED_JSON 2U

struct errata__column_schema {
    uint8_t table;
    uint8_t width;
    /* log2 of the rows of a segment in memory. */
    uint8_t shift;
};

extern const struct errata__column_schema errata__schema[ERRATA__COLUMNS];

#endif
