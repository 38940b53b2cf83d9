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

/* What the cells of a column must be like, so that nobody who follows one is led astray. */
enum errata__rule {
    ERRATA__ANYTHING,
    /* Less than the rows of the table. */
    ERRATA__ID,
    ERRATA__ID_OR_NONE,
    /* The same, and never less than the cell before. */
    ERRATA__RISING_ID,
    /* A row of the table where the row's own begin: 0 at first, never less than the cell before, at most
       the table's rows. */
    ERRATA__FIRST,
    /* At most this number. */
    ERRATA__AT_MOST,
    /* Offsets and lengths of strings that lie behind one another, each with its NUL; their bytes, UTF-8. */
    ERRATA__CLOSED_UP,
    ERRATA__LENGTH,
    ERRATA__TEXT,
    /* LEB128. */
    ERRATA__NUMBERS
};

/* X(column, table, bytes of a cell, rule, table or number that the rule is about, name in messages). String
   ids may be ERRATA_NONE: absent. */
#define ERRATA__COLUMN_LIST(X)                                                                     \
    X(STRING_OFFSET, STRINGS, 8, CLOSED_UP, ERRATA__STRING_BYTES,                                  \
      "strings.offset") /* of its first byte in STRING_BYTES */                                    \
    X(STRING_LENGTH, STRINGS, 4, LENGTH, ERRATA__STRING_BYTES,                                     \
      "strings.length") /* without the NUL */                                                      \
    X(STRING_BYTE, STRING_BYTES, 1, TEXT, ERRATA__STRINGS, "string_bytes.byte")                    \
    X(SEGMENT, SEGMENTS, 4, ID_OR_NONE, ERRATA__STRINGS, "segments.segment")                       \
    X(PATTERN_FIRST, PATTERNS, 4, FIRST, ERRATA__SEGMENTS, "patterns.first")                       \
    X(SHAPE_CODE, SHAPES, 4, ID_OR_NONE, ERRATA__STRINGS, "shapes.code")                           \
    X(SHAPE_EXPECTED, SHAPES, 4, ID_OR_NONE, ERRATA__STRINGS, "shapes.expected")                   \
    X(SHAPE_RECEIVED, SHAPES, 4, ID_OR_NONE, ERRATA__STRINGS, "shapes.received")                   \
    X(SHAPE_MESSAGE, SHAPES, 4, ID_OR_NONE, ERRATA__STRINGS, "shapes.message")                     \
    X(SHAPE_PATTERN, SHAPES, 4, ID, ERRATA__PATTERNS, "shapes.pattern")                            \
    X(SHAPE_FLAGS, SHAPES, 1, AT_MOST, 3,                                                          \
      "shapes.flags") /* ERRATA__EXPECTED_JSON, ERRATA__RECEIVED_JSON */                           \
    X(ISSUE_SHAPE, ISSUES, 4, ID, ERRATA__SHAPES,                                                  \
      "issues.shape") /* in memory and in files often narrower: see errata_index.wide_from */      \
    X(POSITION_BYTE, POSITIONS, 1, NUMBERS, ERRATA__POSITIONS, "positions.byte")                   \
    X(BLOCK_OFFSET, BLOCKS, 8, FIRST, ERRATA__POSITIONS,                                           \
      "blocks.offset") /* of the block's first issue */                                            \
    X(BLOCK_RULE_ERROR, BLOCKS, 4, RISING_ID, ERRATA__RULE_ERRORS,                                 \
      "blocks.rule_error") /* that the block's first issue belongs to */                           \
    X(RULE_ERROR_DOCUMENT, RULE_ERRORS, 4, RISING_ID, ERRATA__DOCUMENTS, "rule_errors.document")   \
    X(RULE_ERROR_KEY, RULE_ERRORS, 4, ID_OR_NONE, ERRATA__STRINGS, "rule_errors.key")              \
    X(RULE_ERROR_MESSAGE, RULE_ERRORS, 4, ID_OR_NONE, ERRATA__STRINGS, "rule_errors.message")      \
    X(RULE_ERROR_FIRST, RULE_ERRORS, 4, FIRST, ERRATA__ISSUES, "rule_errors.first")                \
    X(DOCUMENT_OFFSET, DOCUMENTS, 8, ANYTHING, ERRATA__DOCUMENTS, "documents.offset")              \
    X(DOCUMENT_LINE, DOCUMENTS, 8, ANYTHING, ERRATA__DOCUMENTS, "documents.line")                  \
    X(DOCUMENT_FETCHED_AT, DOCUMENTS, 8, ANYTHING, ERRATA__DOCUMENTS, "documents.fetched_at")      \
    X(DOCUMENT_RECORD, DOCUMENTS, 4, ID, ERRATA__RECORDS, "documents.record")                      \
    X(DOCUMENT_STATUS, DOCUMENTS, 4, ID, ERRATA__STRINGS, "documents.status")                      \
    X(DOCUMENT_SOURCE, DOCUMENTS, 4, ID, ERRATA__SOURCES, "documents.source")                      \
    X(DOCUMENT_NUMBER, DOCUMENTS, 4, ANYTHING, ERRATA__DOCUMENTS, "documents.number")              \
    X(DOCUMENT_FIRST, DOCUMENTS, 4, FIRST, ERRATA__RULE_ERRORS, "documents.first")                 \
    X(RECORD_APP, RECORDS, 4, ID_OR_NONE, ERRATA__STRINGS, "records.app")                          \
    X(RECORD_COLLECTION, RECORDS, 4, ID_OR_NONE, ERRATA__STRINGS, "records.collection")            \
    X(RECORD_RECORD, RECORDS, 4, ID_OR_NONE, ERRATA__STRINGS, "records.record")                    \
    X(SOURCE_NAME, SOURCES, 4, ID_OR_NONE, ERRATA__STRINGS, "sources.name")                        \
    X(SOURCE_SCOPE, SOURCES, 4, ID_OR_NONE, ERRATA__STRINGS,                                       \
      "sources.scope") /* what a scan was limited to; absent otherwise */                          \
    X(SOURCE_KIND, SOURCES, 1, AT_MOST, 2, "sources.kind") /* enum errata_source_kind */           \
    X(SOURCE_STRICT, SOURCES, 1, AT_MOST, 1, "sources.strict")                                     \
    X(REJECT_OFFSET, REJECTS, 8, ANYTHING, ERRATA__REJECTS, "rejects.offset")                      \
    X(REJECT_LENGTH, REJECTS, 8, ANYTHING, ERRATA__REJECTS, "rejects.length")                      \
    X(REJECT_LINE, REJECTS, 8, ANYTHING, ERRATA__REJECTS, "rejects.line")                          \
    X(REJECT_COLUMN, REJECTS, 8, ANYTHING, ERRATA__REJECTS, "rejects.column")                      \
    X(REJECT_TROUBLE_OFFSET, REJECTS, 8, ANYTHING, ERRATA__REJECTS, "rejects.trouble_offset")      \
    X(REJECT_TROUBLE_LINE, REJECTS, 8, ANYTHING, ERRATA__REJECTS, "rejects.trouble_line")          \
    X(REJECT_TROUBLE_COLUMN, REJECTS, 8, ANYTHING, ERRATA__REJECTS, "rejects.trouble_column")      \
    X(REJECT_SOURCE, REJECTS, 4, ID, ERRATA__SOURCES, "rejects.source")                            \
    X(REJECT_REASON, REJECTS, 4, ID, ERRATA__STRINGS, "rejects.reason")

enum errata__column {
#define X(column, ...) ERRATA__##column,
    ERRATA__COLUMN_LIST(X)
#undef X
    ERRATA__COLUMNS
};

#define ERRATA__EXPECTED_JSON 1U
#define ERRATA__RECEIVED_JSON 2U

struct errata__column_schema {
    /* As in docs/index-format.md. */
    const char *name;
    uint8_t table;
    uint8_t width;
    /* log2 of the rows of a segment in memory. */
    uint8_t shift;
    /* enum errata__rule, and the table or number that it is about. */
    uint8_t rule;
    uint8_t of;
};

extern const struct errata__column_schema errata__schema[ERRATA__COLUMNS];

#endif
