/*
 * An index as plain text, for people to judge and for tests to compare: everything that can be asked of it, by the
 * public calls alone. Text is in quotes, with all but printable ASCII as \u{HEX}.
 */
#ifndef ERRATA_TESTS_DUMP_H
#define ERRATA_TESTS_DUMP_H

#include "core/utf8.h"
#include "reading.h"

/* What to leave out. */
enum {
    /* Rejects, and what they change in the documents behind them. */
    DUMP_WITHOUT_REJECTS = 1,
    /* Reasons of rejects and where the trouble is: what another reader of JSON sees otherwise. */
    DUMP_WITHOUT_REASONS = 2
};

/* Marks what must never be; no text can give it. */
#define DUMP_WRONG "\x01"

static inline void dump_text(struct bytes *out, struct errata_text text) {
    if (text.data == NULL) {
        bytes_add_text(out, "-");
        return;
    }
    bytes_add_text(out, "\"");
    for (size_t at = 0; at < text.length;) {
        uint32_t point;
        size_t size = errata__utf8_decode(text.data + at, text.length - at, &point);
        if (point == UINT32_MAX) {
            bytes_add_text(out, DUMP_WRONG "(invalid)");
        } else if (point >= 0x20 && point < 0x7F) {
            bytes_add(out, point == '"' || point == '\\' ? "\\" : "",
                      point == '"' || point == '\\');
            bytes_add(out, text.data + at, 1);
        } else {
            bytes_print(out, "\\u{%X}", (unsigned)point);
        }
        at += size;
    }
    bytes_add_text(out, "\"");
    if (text.data[text.length] != '\0') {
        bytes_add_text(out, DUMP_WRONG "(no NUL behind it)");
    }
}

static inline void dump_named(struct bytes *out, const char *name, struct errata_text text) {
    bytes_print(out, " %s ", name);
    dump_text(out, text);
}

static inline void dump_path(struct bytes *out, const struct errata_index *index, uint32_t id,
                             size_t (*render)(const struct errata_index *, uint32_t, char *,
                                              size_t)) {
    size_t length = render(index, id, NULL, 0);
    char *text = malloc(length + 1);
    if (render(index, id, text, length + 1) != length || strlen(text) != length) {
        bytes_add_text(out, DUMP_WRONG "(its length is told wrong)");
    }
    dump_text(out, (struct errata_text){text, length});
    free(text);
}

static inline void dump_issue(struct bytes *out, const struct errata_index *index, uint32_t id,
                              uint32_t rule_error, uint32_t document) {
    struct errata_issue issue;
    if (!errata_index_issue(index, id, &issue) || issue.rule_error != rule_error ||
        issue.document != document) {
        bytes_print(out, DUMP_WRONG "      issue %u is lost\n", id);
        return;
    }
    bytes_add_text(out, "      issue at ");
    dump_path(out, index, id, errata_index_path);
    bytes_add_text(out, " pattern ");
    dump_path(out, index, issue.pattern, errata_index_pattern);
    dump_named(out, "code", issue.code);
    dump_named(out, issue.expected_json ? "expected json" : "expected", issue.expected);
    dump_named(out, issue.received_json ? "received json" : "received", issue.received);
    dump_named(out, "message", issue.message);
    bytes_add_text(out, "\n");
}

static inline void dump_rule_error(struct bytes *out, const struct errata_index *index, uint32_t id,
                                   uint32_t document) {
    struct errata_rule_error rule_error;
    if (!errata_index_rule_error(index, id, &rule_error) || rule_error.document != document) {
        bytes_print(out, DUMP_WRONG "    rule error %u is lost\n", id);
        return;
    }
    bytes_add_text(out, "    rule error");
    dump_named(out, "key", rule_error.key);
    dump_named(out, "message", rule_error.message);
    bytes_add_text(out, "\n");
    for (uint32_t i = 0; i < rule_error.issues; i++) {
        dump_issue(out, index, rule_error.first_issue + i, id, document);
    }
}

static inline void dump_document(struct bytes *out, const struct errata_index *index, uint32_t id,
                                 unsigned without) {
    struct errata_document document = {0};
    struct errata_record record = {0};
    errata_index_document(index, id, &document);
    errata_index_record(index, document.record, &record);
    bytes_add_text(out, "document");
    if ((without & DUMP_WITHOUT_REJECTS) == 0) {
        bytes_print(out, " %u of source %u, line %llu, +%llu", document.number, document.source,
                    (unsigned long long)document.line, (unsigned long long)document.offset);
    }
    dump_named(out, "status", document.status);
    bytes_print(out, " record #%u", document.record);
    dump_named(out, "record", record.record);
    dump_named(out, "collection", record.collection);
    dump_named(out, "app", record.app);
    bytes_print(out, " fetched_at %lld\n", (long long)document.fetched_at);
    for (uint32_t i = 0; i < document.rule_errors; i++) {
        dump_rule_error(out, index, document.first_rule_error + i, id);
    }
}

static inline void dump_reject(struct bytes *out, const struct errata_index *index, uint32_t id,
                               unsigned without) {
    struct errata_reject reject = {0};
    errata_index_reject(index, id, &reject);
    bytes_print(out, "reject of source %u, %llu:%llu +%llu, %llu bytes", reject.source,
                (unsigned long long)reject.line, (unsigned long long)reject.column,
                (unsigned long long)reject.offset, (unsigned long long)reject.length);
    if ((without & DUMP_WITHOUT_REASONS) == 0) {
        bytes_print(out, ", at %llu:%llu +%llu ", (unsigned long long)reject.trouble_line,
                    (unsigned long long)reject.trouble_column,
                    (unsigned long long)reject.trouble_offset);
        dump_text(out, reject.reason);
    }
    bytes_add_text(out, "\n");
}

static inline void dump_index(struct bytes *out, const struct errata_index *index,
                              unsigned without) {
    struct errata_counts counts;
    errata_index_counts(index, &counts);
    for (uint32_t i = 0; i < counts.documents; i++) {
        dump_document(out, index, i, without);
    }
    for (uint32_t i = 0; i < counts.rejects && (without & DUMP_WITHOUT_REJECTS) == 0; i++) {
        dump_reject(out, index, i, without);
    }
    for (int kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        struct errata_deviation deviation = {0};
        errata_index_deviation(index, (enum errata_deviation_kind)kind, &deviation);
        if (deviation.count > 0) {
            bytes_print(out, "deviation %s %llu, first in document #%u\n",
                        errata_deviation_name(deviation.kind), (unsigned long long)deviation.count,
                        deviation.first_document);
        }
    }
    bytes_print(out, "counts: %u sources, %u documents, %u records, %u rule errors, %u issues, ",
                counts.sources, counts.documents, counts.records, counts.rule_errors,
                counts.issues);
    bytes_print(out, "%u shapes, %u patterns, %llu deviations", counts.shapes, counts.patterns,
                (unsigned long long)counts.deviations);
    if ((without & DUMP_WITHOUT_REJECTS) == 0) {
        bytes_print(out, ", %u rejects", counts.rejects);
        if ((without & DUMP_WITHOUT_REASONS) == 0) {
            bytes_print(out, ", %u strings", counts.strings);
        }
    }
    bytes_add_text(out, "\n");
}

/* How reading ends that stops at the first trouble. */
static inline void dump_stop(struct bytes *out, struct how how, const char *data, size_t length) {
    struct outcome outcome;
    char line[1024];
    how.keep_going = false;
    read_bytes(&outcome, &how, data, length);
    bytes_add_text(out, how.strict ? "strict stops: " : "stops: ");
    if (outcome.status == ERRATA_OK) {
        bytes_add_text(out, "no\n");
    } else {
        errata_error_render(&outcome.error, line, sizeof line);
        bytes_print(out, "%s, document %llu: %s\n", errata_status_text(outcome.status),
                    (unsigned long long)outcome.error.document, line);
    }
    if (outcome_free(&outcome) != 0) {
        bytes_add_text(out, DUMP_WRONG "(memory was not given back)\n");
    }
}

/* What tests/cases/expected has of a case. */
static inline void dump_case(struct bytes *out, const char *name, const char *data, size_t length) {
    struct how how = {.name = name, .keep_going = true};
    struct outcome outcome;
    read_bytes(&outcome, &how, data, length);
    if (outcome.status != ERRATA_OK) {
        bytes_print(out, "status: %s\n", errata_status_text(outcome.status));
    }
    dump_index(out, outcome.index, 0);
    if (outcome_free(&outcome) != 0) {
        bytes_add_text(out, DUMP_WRONG "(memory was not given back)\n");
    }
    dump_stop(out, how, data, length);
    how.strict = true;
    dump_stop(out, how, data, length);
}

#endif
