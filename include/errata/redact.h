/*
 * Redaction: payloads hold people's data, and results go where these must not. Of a field that is redacted, an index
 * hands out marks such as `redacted:8f3a0c12d4e5b6a7` in place of the values, wherever it hands them out. Equal values
 * have equal marks and different ones different marks, so that a result can still be read; but values with the same text,
 * such as 5 and "5", have the same mark.
 *
 *     struct errata_redaction_key key;
 *     const enum errata_field fields[] = {ERRATA_FIELD_RECEIVED, ERRATA_FIELD_RECORD};
 *
 *     if (getrandom(&key, sizeof key, 0) != sizeof key ||
 *         errata_index_redact(index, fields, 2, &key, &error))
 *         ...
 *
 * A mark is a hash that only who has the key can work out. Make a fresh key for each result from the system's random
 * numbers, and throw it away: then nobody can test what a mark may stand for, or tell whether two results have a value in
 * common. What a mark cannot hide is how often a value occurs, and where.
 */
#ifndef ERRATA_REDACT_H
#define ERRATA_REDACT_H

#include <stddef.h>

#include <errata/error.h>
#include <errata/index.h>
#include <errata/query.h>
#include <errata/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

/** What marks are made with. Fill all of it with random bytes. */
struct errata_redaction_key {
    unsigned char bytes[16];
};

/** Bytes of a mark: `redacted:`, 16 hexadecimal digits, NUL. */
#define ERRATA_MARK_SIZE 26

/** The reason of a reject of a source that is an address of the API, where records are redacted. */
#define ERRATA_REDACTED_REASON "not read; the reason may name the record, and is redacted"

/**
 * Redacts an index for good: from now on, the functions of index.h, query.h and diff.h that hand out a text of these fields
 * hand out its mark. An absent value stays absent. What is compared with values goes on working on the values themselves:
 * terms of queries, and what makes a group or a record. Groups whose counts are equal, or that are asked for by name,
 * come in the order of the marks, so that the order tells nothing of the values either.
 *
 * - ERRATA_FIELD_EXPECTED, ERRATA_FIELD_RECEIVED: also errata_issue.expected_json and received_json are false.
 * - ERRATA_FIELD_MESSAGE: the messages of issues and of rule errors (ERRATA_FIELD_RULE_MESSAGE).
 * - ERRATA_FIELD_RECORD: record ids, the names of sources that are addresses of the API (ERRATA_SOURCE_API), and the
 *   reasons of rejects of such sources, for these name records. A name that is equal to a redacted value has a mark in other
 *   sources, too. Of what a scan was limited to (errata_source.scope) the status stays, if it is a word of capitals, and the
 *   name of the option behind it; a mark stands for all the rest: `--status FAILED --search redacted:8f3a0c12d4e5b6a7`.
 *
 * Everything else stays as it is: paths, keys, codes, and names of files, which may hold data as well. A redacted index
 * cannot be written, saved or joined: that would bring the values back.
 *
 * To be called before the index is shared between threads and before any query on it is made. Indexes that are redacted
 * alike, by the same fields and the same key, can be compared by errata_query_diff(). Cost: one pass over shapes, rule
 * errors and records, as far as the fields need them, and a hash of each distinct value. Memory: 4 bytes for each string
 * of the index, ERRATA_MARK_SIZE for each distinct value, and 80 for each source if a scope is hidden, which count for
 * errata_limits.memory.
 *
 * @param fields    any of the four above, in any order
 * @param n_fields  1 or more
 * @param key       not kept
 * @return ERRATA_OK; ERRATA_MISUSE (no field, one that cannot be redacted, or an index that is redacted already);
 *         ERRATA_NO_MEMORY; ERRATA_LIMIT_MEMORY; ERRATA_DAMAGED. After a failure the index is as before.
 */
ERRATA_MUST_CHECK enum errata_status errata_index_redact(struct errata_index *index,
                                                         const enum errata_field *fields,
                                                         size_t n_fields,
                                                         const struct errata_redaction_key *key,
                                                         struct errata_error *error);

/**
 * Makes a mark, the same as an index that is redacted with this key has, for a text that is not out of an index.
 *
 * @param mark  receives the mark, ended by NUL
 * @param text  not absent
 */
void errata_redaction_mark(char mark[ERRATA_MARK_SIZE], struct errata_text text,
                           const struct errata_redaction_key *key);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
