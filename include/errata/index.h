/*
 * The index: the finished, read-only result of reading. Everything in it is addressed by ids, dense
 * numbers from 0 in the order of the input; iterating is counting. Any number of threads may use one
 * index at once.
 *
 * Texts that these functions hand out are borrowed until errata_index_free(). An id that does not exist
 * is no error: the accessor returns false and leaves *out alone; so does one that would have to look at a table
 * that is damaged, of an index that was opened (see store.h). Each accessor costs constant time, an
 * issue's place in its rule error at worst the logarithm of the rule errors without issues around it.
 */
#ifndef ERRATA_INDEX_H
#define ERRATA_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/allocator.h>
#include <errata/error.h>
#include <errata/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

/** The result of reading. */
struct errata_index;

/** No id, such as the record of a document that names none. */
#define ERRATA_NONE UINT32_MAX

/** What a source is. */
enum errata_source_kind {
    ERRATA_SOURCE_FILE = 0,
    /** Standard input, a pipe, memory. */
    ERRATA_SOURCE_STREAM,
    /** An API address. */
    ERRATA_SOURCE_API
};

/**
 * Departures from the API's declared schema that are read all the same. docs/status-documents.md has one
 * paragraph on each. New kinds are only ever added at the end.
 */
enum errata_deviation_kind {
    /** The document's `status` is none of the six that the schema lists; it is kept verbatim. */
    ERRATA_DEVIATION_UNKNOWN_STATUS = 0,
    /** The document's `errors` is null; read as absent. */
    ERRATA_DEVIATION_NULL_ERRORS,
    /** A naming member (record_id, id, collection_id, app_id) is no string: null is read as absent, else
        kept as JSON text. */
    ERRATA_DEVIATION_NAME_TYPE,
    /** `fetched_at` is neither a whole number of seconds nor an RFC 3339 time; read as unknown. */
    ERRATA_DEVIATION_FETCHED_AT,
    /** A rule error without `message`. */
    ERRATA_DEVIATION_NO_RULE_MESSAGE,
    /** A rule error whose `message` is no string; kept as JSON text. */
    ERRATA_DEVIATION_RULE_MESSAGE_TYPE,
    /** A rule error without `key`. */
    ERRATA_DEVIATION_NO_KEY,
    /** A rule error whose `key` is no string; kept as JSON text. */
    ERRATA_DEVIATION_KEY_TYPE,
    /** A rule error without `errors`; read as no issues. */
    ERRATA_DEVIATION_NO_ERRORS,
    /** An issue without `code`. */
    ERRATA_DEVIATION_NO_CODE,
    /** An issue whose `code` is no string; kept as JSON text. */
    ERRATA_DEVIATION_CODE_TYPE,
    /** An issue without `expected`. */
    ERRATA_DEVIATION_NO_EXPECTED,
    /** An issue whose `expected` is no string; kept as JSON text with a mark. */
    ERRATA_DEVIATION_EXPECTED_TYPE,
    /** An issue without `received`. */
    ERRATA_DEVIATION_NO_RECEIVED,
    /** An issue whose `received` is no string; kept as JSON text with a mark. */
    ERRATA_DEVIATION_RECEIVED_TYPE,
    /** An issue without `message`. */
    ERRATA_DEVIATION_NO_MESSAGE,
    /** An issue whose `message` is no string; kept as JSON text. */
    ERRATA_DEVIATION_MESSAGE_TYPE,
    /** An issue without `path`; read as the empty path. */
    ERRATA_DEVIATION_NO_PATH,
    /** A number in a path (the schema declares strings, Zod sends numbers). */
    ERRATA_DEVIATION_PATH_NUMBER,
    /** Null, a boolean, an object or an array in a path; read as a name. */
    ERRATA_DEVIATION_PATH_TYPE,
    /** A scalar member that comes twice: the last wins, of the naming members the first. */
    ERRATA_DEVIATION_REPEATED,
    /** Text that is not UTF-8 though the JSON parser lets it through; kept with U+FFFD. */
    ERRATA_DEVIATION_UTF8,
    /** How many kinds there are. */
    ERRATA_DEVIATION_KINDS
};

/** How many rows each table has. */
struct errata_counts {
    uint32_t sources;
    uint32_t documents;
    /** Distinct (app, collection, record); each document without a record id counts as one. */
    uint32_t records;
    uint32_t rule_errors;
    uint32_t issues;
    uint32_t rejects;
    /** Distinct (code, expected, received, message, pattern). */
    uint32_t shapes;
    uint32_t patterns;
    uint32_t strings;
    /** Occurrences, over all kinds. */
    uint64_t deviations;
};

/** A place that documents came from. */
struct errata_source {
    struct errata_text name;
    enum errata_source_kind kind;
    /** Was read with errata_reader_options.strict. */
    bool strict;
    /** What a scan of a collection was limited to, as the options that did it, such as `--status FAILED`;
        absent otherwise. */
    struct errata_text scope;
};

/** A status document. */
struct errata_document {
    struct errata_text status;
    /** Id of its record. */
    uint32_t record;
    /** Id of its source. */
    uint32_t source;
    /** From 1 within its source; rejects are numbered too. */
    uint32_t number;
    /** Its rule errors are first_rule_error ... first_rule_error + rule_errors - 1. */
    uint32_t first_rule_error;
    uint32_t rule_errors;
    /** From 1, of its first byte. */
    uint64_t line;
    /** In bytes from 0, of its first byte, after decompression. */
    uint64_t offset;
    /** Unix seconds; 0 is unknown. */
    int64_t fetched_at;
};

/** What was validated. */
struct errata_record {
    /** Absent also for the app id `c`, which means "the key's own". */
    struct errata_text app;
    struct errata_text collection;
    /** Absent where the document names none; it is then a record of its own. */
    struct errata_text record;
};

/** One element of a document's `errors`. */
struct errata_rule_error {
    struct errata_text key;
    struct errata_text message;
    /** Id of its document. */
    uint32_t document;
    /** Its issues are first_issue ... first_issue + issues - 1. */
    uint32_t first_issue;
    uint32_t issues;
};

/** One element of a rule error's `errors`: a Zod issue. Its path is rendered on demand. */
struct errata_issue {
    struct errata_text code;
    /** A string's own text, or compact JSON where expected_json says so. */
    struct errata_text expected;
    struct errata_text received;
    struct errata_text message;
    /** `expected` was no JSON string. */
    bool expected_json;
    bool received_json;
    /** Id of its shape and pattern. */
    uint32_t shape;
    uint32_t pattern;
    /** Id of its rule error and document. */
    uint32_t rule_error;
    uint32_t document;
};

/** An issue and all that it belongs to. */
struct errata_whole_issue {
    struct errata_issue issue;
    struct errata_rule_error rule_error;
    struct errata_document document;
    struct errata_record record;
    struct errata_source source;
};

/** A stretch of input that could not be read as a status document. */
struct errata_reject {
    /** Why, in English, without the place; input bytes appear as escapes. */
    struct errata_text reason;
    /** Id of its source. */
    uint32_t source;
    /** Where the stretch begins: line and column (in bytes) from 1, offset in bytes from 0. */
    uint64_t line;
    uint64_t column;
    uint64_t offset;
    /** Bytes of the stretch. */
    uint64_t length;
    /** Where in it the trouble was found. */
    uint64_t trouble_line;
    uint64_t trouble_column;
    uint64_t trouble_offset;
};

/** How often a kind of deviation occurred. */
struct errata_deviation {
    enum errata_deviation_kind kind;
    uint64_t count;
    /** Id of the first document that has it. */
    uint32_t first_document;
};

/** Frees an index. @param index  may be NULL */
void errata_index_free(struct errata_index *index);

/** @param counts  receives the number of rows of each table */
void errata_index_counts(const struct errata_index *index, struct errata_counts *counts);

/** Was the index read with errata_reader_options.digit_names? */
bool errata_index_digit_names(const struct errata_index *index);

/** Bytes that the index holds of its allocator. */
uint64_t errata_index_memory(const struct errata_index *index);

/**
 * How many bytes the rows of an index are, by kind. An issue is 2 bytes (4 from where there are more than 65,536
 * shapes) and one to ten for each position (three under two million), and a fifth of a byte more for finding it; a rule
 * error is 16, a document 44, a record 12, a distinct string 13 and its text. What errata_index_memory() says on top is room for more rows. A reader that is not finished
 * also has tables to find equal values again: its errata_reader_stats.memory, less errata_index_memory() of what
 * errata_reader_finish() makes of it.
 */
struct errata_footprint {
    /** Issues, and their positions. */
    uint64_t issues;
    uint64_t rule_errors;
    uint64_t documents;
    uint64_t records;
    /** Distinct strings, with those that are ids of records. */
    uint64_t strings;
    /** Distinct shapes and patterns. */
    uint64_t shapes;
    /** Sources and rejects. */
    uint64_t other;
};

/** @param footprint  receives the bytes; of an opened index, those in its file */
void errata_index_footprint(const struct errata_index *index, struct errata_footprint *footprint);

/** Where the index has its memory from, for what is made beside it. @return borrowed, never NULL */
const struct errata_allocator *errata_index_allocator(const struct errata_index *index);

/** @param id  0 ... counts.sources - 1. @return false when there is none */
bool errata_index_source(const struct errata_index *index, uint32_t id, struct errata_source *out);

/** @param id  0 ... counts.documents - 1. @return false when there is none */
bool errata_index_document(const struct errata_index *index, uint32_t id,
                           struct errata_document *out);

/** @param id  0 ... counts.records - 1. @return false when there is none */
bool errata_index_record(const struct errata_index *index, uint32_t id, struct errata_record *out);

/** @param id  0 ... counts.rule_errors - 1. @return false when there is none */
bool errata_index_rule_error(const struct errata_index *index, uint32_t id,
                             struct errata_rule_error *out);

/** @param id  0 ... counts.issues - 1. @return false when there is none */
bool errata_index_issue(const struct errata_index *index, uint32_t id, struct errata_issue *out);

/**
 * An issue with its rule error, document, record and source.
 *
 * @param id  0 ... counts.issues - 1
 * @return false when there is none, or when a table that any part of it is in is damaged
 */
bool errata_index_whole_issue(const struct errata_index *index, uint32_t id,
                              struct errata_whole_issue *out);

/** @param id  0 ... counts.rejects - 1. @return false when there is none */
bool errata_index_reject(const struct errata_index *index, uint32_t id, struct errata_reject *out);

/**
 * @param kind  the kind asked for; its count is 0 and its first_document ERRATA_NONE when it did not occur
 * @return false when there is no such kind
 */
bool errata_index_deviation(const struct errata_index *index, enum errata_deviation_kind kind,
                            struct errata_deviation *out);

/**
 * The name of a kind of deviation in outputs, such as "path_number".
 *
 * @return a static string; "unknown" for a value that is no kind
 */
const char *errata_deviation_name(enum errata_deviation_kind kind);

/**
 * Renders an issue's path, such as `borrowers[17].income`, as docs/query.md defines; `(root)` when empty.
 *
 * @param id      an issue's id
 * @param buffer  receives the text and a NUL, cut to fit; may be NULL when size is 0
 * @param size    bytes that buffer has room for
 * @return bytes of the whole text without the NUL, as snprintf does; 0 when there is no such issue
 */
size_t errata_index_path(const struct errata_index *index, uint32_t id, char *buffer, size_t size);

/**
 * Renders a pattern, such as `borrowers[*].income`; otherwise as errata_index_path().
 *
 * @param id  a pattern's id
 */
size_t errata_index_pattern(const struct errata_index *index, uint32_t id, char *buffer,
                            size_t size);

/** Takes bytes of the written form in order. @return ERRATA_OK, or what ends the writing */
typedef enum errata_status errata_write_function(void *ctx, const void *bytes, size_t length);

/**
 * Writes the index in its canonical form: equal inputs give equal bytes, however they were cut.
 * docs/index-format.md describes the bytes. Cost: two passes over the index.
 *
 * @param write  receives the bytes, in order
 * @param ctx    handed to write
 * @return ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_DAMAGED (see store.h); ERRATA_MISUSE (the index is redacted: see
 *         redact.h); what write returned
 */
ERRATA_MUST_CHECK enum errata_status errata_index_write(const struct errata_index *index,
                                                        errata_write_function *write, void *ctx,
                                                        struct errata_error *error);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
