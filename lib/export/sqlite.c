/*
 * The index as a SQLite database: its tables, filled with what some issues need or with everything.
 */
#include <errata/export.h>

#include <string.h>

#include <errata/store.h>
#include <errata/version.h>

#include "core/fail.h"
#include "export/name.h"
#include "export/place.h"
#include "export/sqlite-database.h"

/* A bit for each row of a table. */
struct bits {
    unsigned char *bytes;
};

struct filling {
    struct errata__database database;
    const struct errata_index *index;
    struct errata_matches *matches;
    const struct errata_allocator *allocator;
    struct errata_counts counts;
    /* Documents, rule errors and records are there already. */
    bool whole;
    /* Issues come in the order of the input, so the last ones say which rule errors and documents are there. */
    uint32_t rule_error;
    uint32_t document;
    /* How many there are of the rule error, and of all. */
    uint32_t rule_error_issues;
    uint64_t issues;
    /* These come in any order. */
    struct bits records;
    struct bits shapes;
    struct bits patterns;
    struct errata__buffer path;
    struct errata__buffer pattern;
};

static enum errata_status make_bits(struct bits *bits, const struct filling *filling,
                                    uint32_t rows) {
    size_t size = (size_t)rows / 8 + 1;

    bits->bytes = filling->allocator->alloc(filling->allocator->ctx, size);
    if (!bits->bytes) {
        return ERRATA_NO_MEMORY;
    }
    memset(bits->bytes, 0, size);
    return ERRATA_OK;
}

/* Sets a row's bit. Returns whether it was not set before. */
static bool is_new(struct bits *bits, uint32_t row) {
    unsigned char bit = (unsigned char)(1U << row % 8);
    bool before = bits->bytes[row / 8] & bit;

    bits->bytes[row / 8] |= bit;
    return !before;
}

static void add_number(struct errata__database *database, const char *name, uint64_t number) {
    errata__database_row(database, ERRATA__SQLITE_ABOUT);
    errata__database_text(database, errata__words(name));
    errata__database_number(database, number);
    errata__database_end(database);
}

/* What the input had, whatever is in the tables. */
static void add_about(struct filling *filling) {
    struct errata__database *database = &filling->database;
    const struct errata_counts *counts = &filling->counts;

    errata__database_row(database, ERRATA__SQLITE_ABOUT);
    errata__database_text(database, errata__words("errata"));
    errata__database_text(database, errata__words(errata_version()));
    errata__database_end(database);
    add_number(database, "whole", filling->whole);
    add_number(database, "digit_names", errata_index_digit_names(filling->index));
    add_number(database, "documents", counts->documents);
    add_number(database, "records", counts->records);
    add_number(database, "rule_errors", counts->rule_errors);
    add_number(database, "issues", counts->issues);
    add_number(database, "rejects", counts->rejects);
}

static void add_source(struct filling *filling, uint32_t id) {
    static const char *const kinds[] = {[ERRATA_SOURCE_FILE] = "file",
                                        [ERRATA_SOURCE_STREAM] = "stream",
                                        [ERRATA_SOURCE_API] = "api"};
    struct errata__database *database = &filling->database;
    struct errata_source source = {0};

    errata_index_source(filling->index, id, &source);
    errata__database_row(database, ERRATA__SQLITE_SOURCES);
    errata__database_number(database, id);
    errata__database_text(database, source.name);
    errata__database_text(database, errata__words(kinds[source.kind]));
    errata__database_number(database, source.strict);
    errata__database_text(database, source.scope);
    errata__database_end(database);
}

static void add_reject(struct filling *filling, uint32_t id) {
    struct errata__database *database = &filling->database;
    struct errata_reject reject = {0};

    errata_index_reject(filling->index, id, &reject);
    errata__database_row(database, ERRATA__SQLITE_REJECTS);
    errata__database_number(database, id);
    errata__database_number(database, reject.source);
    errata__database_number(database, reject.line);
    errata__database_number(database, reject.column);
    errata__database_number(database, reject.offset);
    errata__database_number(database, reject.length);
    errata__database_text(database, reject.reason);
    errata__database_number(database, reject.trouble_line);
    errata__database_number(database, reject.trouble_column);
    errata__database_number(database, reject.trouble_offset);
    errata__database_end(database);
}

static void add_deviations(struct filling *filling) {
    struct errata__database *database = &filling->database;
    struct errata_deviation deviation;

    for (int kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        if (errata_index_deviation(filling->index, (enum errata_deviation_kind)kind, &deviation) &&
            deviation.count > 0) {
            errata__database_row(database, ERRATA__SQLITE_DEVIATIONS);
            errata__database_text(database, errata__words(errata_deviation_name(deviation.kind)));
            errata__database_number(database, deviation.count);
            errata__database_number(database, deviation.first_document);
            errata__database_end(database);
        }
    }
}

static void add_record(struct filling *filling, uint32_t id) {
    struct errata__database *database = &filling->database;
    struct errata_record record = {0};

    errata_index_record(filling->index, id, &record);
    errata__database_row(database, ERRATA__SQLITE_RECORDS);
    errata__database_number(database, id);
    errata__database_text(database, record.app);
    errata__database_text(database, record.collection);
    errata__database_text(database, record.record);
    errata__database_end(database);
}

static void add_document(struct filling *filling, uint32_t id) {
    struct errata__database *database = &filling->database;
    struct errata_document document = {0};
    char time[ERRATA__TIME_SIZE];

    errata_index_document(filling->index, id, &document);
    if (is_new(&filling->records, document.record)) {
        add_record(filling, document.record);
    }
    errata__database_row(database, ERRATA__SQLITE_DOCUMENTS);
    errata__database_number(database, id);
    errata__database_number(database, document.record);
    errata__database_number(database, document.source);
    errata__database_number(database, document.number);
    errata__database_number(database, document.line);
    errata__database_number(database, document.offset);
    errata__database_text(database, document.status);
    errata__database_text(database, errata__place_time(document.fetched_at, time));
    errata__database_end(database);
}

static void add_rule_error(struct filling *filling, uint32_t id,
                           const struct errata_rule_error *rule_error, uint32_t issues) {
    struct errata__database *database = &filling->database;

    errata__database_row(database, ERRATA__SQLITE_RULE_ERRORS);
    errata__database_number(database, id);
    errata__database_number(database, rule_error->document);
    errata__database_text(database, rule_error->key);
    errata__database_text(database, rule_error->message);
    errata__database_number(database, issues);
    errata__database_end(database);
}

/* Behind the last issue of a rule error, where it is known how many of them there are. */
static void end_rule_error(struct filling *filling) {
    struct errata_rule_error rule_error = {0};

    if (filling->whole || filling->rule_error == ERRATA_NONE) {
        return;
    }
    errata_index_rule_error(filling->index, filling->rule_error, &rule_error);
    if (rule_error.document != filling->document) {
        add_document(filling, rule_error.document);
        filling->document = rule_error.document;
    }
    add_rule_error(filling, filling->rule_error, &rule_error, filling->rule_error_issues);
}

static enum errata_status add_pattern(struct filling *filling, uint32_t id) {
    struct errata__database *database = &filling->database;
    struct errata_text pattern;
    enum errata_status status =
        errata__place_pattern(&pattern, filling->index, id, &filling->pattern);

    if (status == ERRATA_OK) {
        errata__database_row(database, ERRATA__SQLITE_PATTERNS);
        errata__database_number(database, id);
        errata__database_text(database, pattern);
        errata__database_end(database);
    }
    return status;
}

static void add_shape(struct filling *filling, const struct errata_issue *issue) {
    struct errata__database *database = &filling->database;

    errata__database_row(database, ERRATA__SQLITE_SHAPES);
    errata__database_number(database, issue->shape);
    errata__database_text(database, issue->code);
    errata__database_text(database, issue->expected);
    errata__database_text(database, issue->received);
    errata__database_text(database, issue->message);
    errata__database_number(database, issue->pattern);
    errata__database_number(database, issue->expected_json);
    errata__database_number(database, issue->received_json);
    errata__database_end(database);
}

static enum errata_status add_issue(struct filling *filling, uint32_t id) {
    struct errata__database *database = &filling->database;
    struct errata_issue issue = {0};
    struct errata_text path;
    enum errata_status status = ERRATA_OK;

    errata_index_issue(filling->index, id, &issue);
    if (issue.rule_error != filling->rule_error) {
        end_rule_error(filling);
        filling->rule_error = issue.rule_error;
        filling->rule_error_issues = 0;
    }
    filling->rule_error_issues++;
    filling->issues++;
    if (is_new(&filling->patterns, issue.pattern)) {
        status = add_pattern(filling, issue.pattern);
    }
    if (is_new(&filling->shapes, issue.shape)) {
        add_shape(filling, &issue);
    }
    if (status == ERRATA_OK) {
        status = errata__place_walk(&path, filling->matches, &filling->path);
    }
    if (status == ERRATA_OK) {
        errata__database_row(database, ERRATA__SQLITE_ISSUES);
        errata__database_number(database, id);
        errata__database_number(database, issue.rule_error);
        errata__database_number(database, issue.shape);
        errata__database_text(database, path);
        errata__database_end(database);
    }
    return status;
}

/* Behind the walk: how many issues pass, so that a limit and a filter can be told apart, and their groups. */
static enum errata_status end_issues(struct filling *filling, struct errata_error *error) {
    uint64_t total = filling->counts.issues;
    enum errata_status status = ERRATA_OK;

    end_rule_error(filling);
    if (!filling->whole) {
        status = errata_matches_total(filling->matches, &total, error);
    }
    if (status == ERRATA_OK) {
        add_number(&filling->database, "issues_passing", total);
        status = errata__database_groups(&filling->database, filling->matches, filling->index,
                                         filling->issues == total, error);
    }
    return status;
}

/* Returns the walk's failure; the database has its own. */
static enum errata_status add_issues(struct filling *filling, struct errata_error *error) {
    uint32_t id;

    while (filling->database.status == ERRATA_OK) {
        enum errata_status status = errata_matches_next(filling->matches, &id, error);

        if (status) {
            return status;
        }
        if (id == ERRATA_NONE) {
            return end_issues(filling, error);
        }
        status = add_issue(filling, id);
        if (status) {
            return errata__fail_plain(error, status);
        }
    }
    return ERRATA_OK;
}

static enum errata_status fill(struct filling *filling, struct errata_error *error) {
    const struct errata_counts *counts = &filling->counts;
    enum errata_status status = make_bits(&filling->records, filling, counts->records);

    if (status == ERRATA_OK) {
        status = make_bits(&filling->shapes, filling, counts->shapes);
    }
    if (status == ERRATA_OK) {
        status = make_bits(&filling->patterns, filling, counts->patterns);
    }
    if (status) {
        return errata__fail_plain(error, status);
    }
    add_about(filling);
    for (uint32_t i = 0; i < counts->sources; i++) {
        add_source(filling, i);
    }
    for (uint32_t i = 0; i < counts->rejects; i++) {
        add_reject(filling, i);
    }
    add_deviations(filling);
    for (uint32_t i = 0; filling->whole && i < counts->documents; i++) {
        add_document(filling, i);
    }
    for (uint32_t i = 0; filling->whole && i < counts->rule_errors; i++) {
        struct errata_rule_error rule_error = {0};

        errata_index_rule_error(filling->index, i, &rule_error);
        add_rule_error(filling, i, &rule_error, rule_error.issues);
    }
    return add_issues(filling, error);
}

enum errata_status errata_export_sqlite(struct errata_matches *matches,
                                        const struct errata_index *index, bool whole,
                                        const char *path, struct errata_error *error) {
    const struct errata_allocator *allocator = errata_index_allocator(index);
    struct filling filling = {.index = index,
                              .matches = matches,
                              .allocator = allocator,
                              .whole = whole,
                              .rule_error = ERRATA_NONE,
                              .document = ERRATA_NONE};
    /* The accessors have no words for damage. */
    enum errata_status status = errata_index_check(index, error);
    enum errata_status closed;

    if (status) {
        return status;
    }
    errata_index_counts(index, &filling.counts);
    errata__buffer_init(&filling.path, allocator, SIZE_MAX);
    errata__buffer_init(&filling.pattern, allocator, SIZE_MAX);
    errata__database_open(&filling.database, path, error);
    if (filling.database.status == ERRATA_OK) {
        status = fill(&filling, error);
    }
    if (status == ERRATA_OK) {
        errata__database_finish(&filling.database);
    }
    closed = errata__database_close(&filling.database);
    errata__buffer_free(&filling.path);
    errata__buffer_free(&filling.pattern);
    allocator->free(allocator->ctx, filling.records.bytes);
    allocator->free(allocator->ctx, filling.shapes.bytes);
    allocator->free(allocator->ctx, filling.patterns.bytes);
    return status ? status : closed;
}

bool errata_export_has_sqlite(void) {
    return true;
}
