/*
 * For tests of damaged files: checksums are made right again behind a change, and everything that can be asked of an
 * index is asked. What is damaged may be refused, at any point; what may not be is a crash, or an answer
 * that contradicts another.
 */
#ifndef ERRATA_TESTS_DAMAGED_H
#define ERRATA_TESTS_DAMAGED_H

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <errata/errata.h>

#include "dump.h"
#include "index/format.h"

/* The index of a few documents that have everything, and more than a block of issues, as bytes. */
static inline struct bytes damaged_good(void) {
    static const char *const few =
        "{\"record_id\":\"r1\",\"app_id\":\"a\",\"collection_id\":\"k\",\"fetched_at\":1767323045,"
        "\"status\":\"FAILED\",\"errors\":[{\"message\":\"Income\",\"errors\":["
        "{\"code\":\"too_small\",\"expected\":5,\"received\":\"4\",\"path\":[\"b\",17,\"c\",300],"
        "\"message\":\"caf\\u00e9\"},{}],\"key\":\"K\"}]}\n"
        "{\"record_id\":\"r2\",\"status\":\"ODD\",\"errors\":[{\"errors\":[]},{\"errors\":["
        "{\"code\":\"too_small\",\"path\":[\"*\",0],\"message\":\"\\ud83c\\udfe0\"},"
        "{\"path\":[3,\"a b\",1,2]}],\"key\":\"L\"}]}\n"
        "{\"status\":5}\n"
        "{\"record_id\":\"r1\",\"app_id\":\"a\",\"collection_id\":\"k\",\"status\":\"COMPLETED\"}"
        "\n";
    const struct how how = {.name = "source.ndjson", .keep_going = true};
    struct outcome outcome;
    struct bytes text = {0};
    bytes_add_text(&text, few);
    bytes_add_text(&text, "{\"status\":\"FAILED\",\"errors\":[{\"errors\":[");
    for (unsigned i = 0; i < 70; i++) {
        bytes_print(&text, "%s{\"code\":\"c\",\"path\":[%u]}", i == 0 ? "" : ",", i * 3);
    }
    bytes_add_text(&text, "],\"key\":\"M\",\"message\":\"m\"}]}\n");
    read_bytes(&outcome, &how, text.data, text.length);
    struct bytes written = outcome.written;
    outcome.written = (struct bytes){0};
    outcome_free(&outcome);
    bytes_free(&text);
    return written;
}

static inline struct errata__entry *damaged_entries(void *bytes) {
    return (void *)((char *)bytes + sizeof(struct errata__header));
}

/* Makes every checksum right that can be found. */
static inline void damaged_mend(void *bytes, size_t length) {
    struct errata__header *header = bytes;
    struct errata__entry *entries = damaged_entries(bytes);
    if (length < sizeof *header || header->tables > (length - sizeof *header) / sizeof *entries) {
        return;
    }
    for (uint32_t i = 0; i < header->tables; i++) {
        uint64_t size;
        if (!__builtin_mul_overflow(entries[i].rows, entries[i].width, &size) && size <= length &&
            entries[i].offset <= length - size) {
            uint64_t padded = (size + 7) & ~(uint64_t)7;
            padded = padded < length - entries[i].offset ? padded : length - entries[i].offset;
            entries[i].checksum = XXH3_64bits((char *)bytes + entries[i].offset, (size_t)padded);
        }
    }
    header->checksum = 0;
    header->checksum = XXH3_64bits(bytes, sizeof *header + header->tables * sizeof *entries);
}

/* Is a status one that damage may lead to? The error must have words for it. */
static inline const char *damaged_status(enum errata_status status,
                                         const struct errata_error *error) {
    if (status == ERRATA_OK) {
        return NULL;
    }
    if (status != ERRATA_DAMAGED) {
        return errata_status_text(status);
    }
    return error->status == status && error->message[0] != '\0' ? NULL : "damage without words";
}

struct damaged_sum {
    uint64_t length;
};

static inline enum errata_status damaged_count(void *ctx, const void *bytes, size_t length) {
    (void)bytes;
    ((struct damaged_sum *)ctx)->length += length;
    return ERRATA_OK;
}

#define DAMAGED_TRY(call)                                                                          \
    do {                                                                                           \
        enum errata_status damaged_status_of_call = (call);                                        \
        if (damaged_status_of_call != ERRATA_OK) {                                                 \
            return damaged_status_of_call;                                                         \
        }                                                                                          \
    } while (0)

static inline enum errata_status damaged_group(struct errata_query *query,
                                               const struct errata_index *index,
                                               const struct errata_grouping *by,
                                               struct errata_error *error) {
    struct damaged_sum sum = {0};
    struct errata_groups *groups;
    DAMAGED_TRY(errata_query_group(&groups, query, by, error));
    enum errata_status status =
        errata_export_groups(groups, index, NULL, damaged_count, &sum, error);
    errata_groups_free(groups);
    return status;
}

static inline enum errata_status damaged_list(struct errata_query *query,
                                              const struct errata_index *index,
                                              struct errata_error *error) {
    static const struct errata_export_options lines = {.format = ERRATA_FORMAT_NDJSON};
    struct damaged_sum sum = {0};
    struct errata_matches *matches;
    DAMAGED_TRY(errata_query_match(&matches, query, 0, 0, error));
    enum errata_status status =
        errata_export_issues(matches, index, &lines, damaged_count, &sum, error);
    errata_matches_free(matches);
    return status;
}

/* Groups by each field and some of them together, lists, counts. */
static inline enum errata_status damaged_query(struct errata_query *query,
                                               const struct errata_index *index,
                                               struct errata_error *error) {
    static const struct errata_grouping several = {
        .fields = {ERRATA_FIELD_SOURCE, ERRATA_FIELD_KEY, ERRATA_FIELD_CODE, ERRATA_FIELD_PATH},
        .n_fields = 4,
        .order = ERRATA_ORDER_RECORDS};
    struct damaged_sum sum = {0};
    for (unsigned field = 0; field < ERRATA_FIELDS; field++) {
        const struct errata_grouping by = {
            .fields = {(enum errata_field)field}, .n_fields = 1, .order = ERRATA_ORDER_NAME};
        DAMAGED_TRY(damaged_group(query, index, &by, error));
    }
    DAMAGED_TRY(damaged_group(query, index, &several, error));
    DAMAGED_TRY(errata_export_summary(query, index, 3, NULL, damaged_count, &sum, error));
    return damaged_list(query, index, error);
}

/* One query with terms on everything, one without. */
static inline enum errata_status damaged_queries(const struct errata_index *index,
                                                 struct errata_error *error) {
    static const char *const terms[] = {"path ~ [0-9]|a|^$", "message !~ ^zzz$", "pattern = **",
                                        "path != **[3].zzz", "key !~ ^zzz$",     "record != zzz",
                                        "fetched_at != zzz", "source !~ ^zzz$"};
    enum errata_status status = ERRATA_OK;
    for (int with = 0; with < 2 && status == ERRATA_OK; with++) {
        struct errata_query *query;
        DAMAGED_TRY(errata_query_new(&query, index, NULL, error));
        for (size_t i = 0; with == 1 && i < sizeof terms / sizeof terms[0] && status == ERRATA_OK;
             i++) {
            status = errata_query_where(query, terms[i], error);
        }
        if (status == ERRATA_OK) {
            status = damaged_query(query, index, error);
        }
        errata_query_free(query);
    }
    return status;
}

/* Asks every accessor for every row, and one too many. Returns how many rows were not given. */
static inline uint64_t damaged_rows(const struct errata_index *index) {
    struct errata_counts counts;
    struct errata_source source;
    struct errata_document document;
    struct errata_record record;
    struct errata_rule_error rule_error;
    struct errata_issue issue;
    struct errata_whole_issue whole;
    struct errata_reject reject;
    char text[64];
    uint64_t missing = 0;
    errata_index_counts(index, &counts);
#define EACH(count, call)                                                                          \
    for (uint32_t id = 0; id <= (count); id++) {                                                   \
        missing += !(call);                                                                        \
    }
    EACH(counts.sources, errata_index_source(index, id, &source));
    EACH(counts.documents, errata_index_document(index, id, &document));
    EACH(counts.records, errata_index_record(index, id, &record));
    EACH(counts.rule_errors, errata_index_rule_error(index, id, &rule_error));
    EACH(counts.issues, errata_index_issue(index, id, &issue));
    EACH(counts.issues, errata_index_whole_issue(index, id, &whole));
    /* The source is what nothing else looks up. */
    EACH(counts.rejects, errata_index_reject(index, id, &reject) &&
                             errata_index_source(index, reject.source, &source));
    EACH(counts.issues, errata_index_path(index, id, text, sizeof text) > 0);
    EACH(counts.patterns, errata_index_pattern(index, id, text, sizeof text) > 0);
#undef EACH
    /* Those behind the last. */
    return missing - 9;
}

/* Opens bytes and asks everything. *opened: they could be opened. Returns NULL, or what must not be. */
static inline const char *damaged_ask(const void *bytes, size_t length, bool no_verify,
                                      bool *opened) {
    const struct errata_open_options options = {.no_verify = no_verify};
    struct damaged_sum sum = {0};
    struct errata_error error = {.status = ERRATA_OK};
    struct errata_index *index;
    enum errata_status status = errata_index_open_memory(&index, bytes, length, &options, &error);
    *opened = status == ERRATA_OK;
    if (status != ERRATA_OK) {
        bool known = status == ERRATA_NOT_INDEX || status == ERRATA_BAD_VERSION;
        return known && error.message[0] != '\0' ? NULL : damaged_status(status, &error);
    }
    status = damaged_queries(index, &error);
    const char *wrong = damaged_status(status, &error);
    uint64_t missing = damaged_rows(index);
    enum errata_status checked = errata_index_check(index, &error);
    if (wrong == NULL) {
        wrong = damaged_status(checked, &error);
    }
    if (wrong == NULL && checked == ERRATA_OK) {
        /* Then nothing may have failed. */
        wrong = status != ERRATA_OK ? "damage where there is none" : NULL;
        wrong = missing > 0 ? "a row is missing" : wrong;
        if (errata_index_write(index, damaged_count, &sum, &error) != ERRATA_OK) {
            wrong = "cannot be written";
        }
    }
    errata_index_free(index);
    return wrong;
}

#endif
