/*
 * The public face of the tables: rows as structures.
 */
#include <errata/index.h>

#include "index/redact.h"
#include "index/sound.h"

/* What each accessor looks at. */
#define SOURCE_FACTS                                                                               \
    (ERRATA__SOUND_TEXT | ERRATA__FACT(SOURCE_NAME) | ERRATA__FACT(SOURCE_SCOPE) |                 \
     ERRATA__FACT(SOURCE_KIND) | ERRATA__FACT(SOURCE_STRICT))
#define DOCUMENT_FACTS                                                                             \
    (ERRATA__SOUND_TEXT | ERRATA__FACT(DOCUMENT_FIRST) | ERRATA__FACT(DOCUMENT_STATUS) |           \
     ERRATA__FACT(DOCUMENT_RECORD) | ERRATA__FACT(DOCUMENT_SOURCE))
#define RECORD_FACTS                                                                               \
    (ERRATA__SOUND_TEXT | ERRATA__FACT(RECORD_APP) | ERRATA__FACT(RECORD_COLLECTION) |             \
     ERRATA__FACT(RECORD_RECORD))
#define RULE_ERROR_FACTS                                                                           \
    (ERRATA__SOUND_TEXT | ERRATA__FACT(RULE_ERROR_FIRST) | ERRATA__FACT(RULE_ERROR_KEY) |          \
     ERRATA__FACT(RULE_ERROR_MESSAGE) | ERRATA__FACT(RULE_ERROR_DOCUMENT))
#define ISSUE_FACTS                                                                                \
    (ERRATA__SOUND_TEXT | ERRATA__SOUND_PLACE | ERRATA__FACT(SHAPE_CODE) |                         \
     ERRATA__FACT(SHAPE_EXPECTED) | ERRATA__FACT(SHAPE_RECEIVED) | ERRATA__FACT(SHAPE_MESSAGE) |   \
     ERRATA__FACT(SHAPE_PATTERN) | ERRATA__FACT(SHAPE_FLAGS))
#define WHOLE_ISSUE_FACTS                                                                          \
    (ISSUE_FACTS | RULE_ERROR_FACTS | DOCUMENT_FACTS | RECORD_FACTS | SOURCE_FACTS)
#define REJECT_FACTS                                                                               \
    (ERRATA__SOUND_TEXT | ERRATA__FACT(REJECT_SOURCE) | ERRATA__FACT(REJECT_REASON))

static const char *const deviation_names[ERRATA_DEVIATION_KINDS] = {
    [ERRATA_DEVIATION_UNKNOWN_STATUS] = "unknown_status",
    [ERRATA_DEVIATION_NULL_ERRORS] = "null_errors",
    [ERRATA_DEVIATION_NAME_TYPE] = "name_type",
    [ERRATA_DEVIATION_FETCHED_AT] = "fetched_at",
    [ERRATA_DEVIATION_NO_RULE_MESSAGE] = "no_rule_message",
    [ERRATA_DEVIATION_RULE_MESSAGE_TYPE] = "rule_message_type",
    [ERRATA_DEVIATION_NO_KEY] = "no_key",
    [ERRATA_DEVIATION_KEY_TYPE] = "key_type",
    [ERRATA_DEVIATION_NO_ERRORS] = "no_errors",
    [ERRATA_DEVIATION_NO_CODE] = "no_code",
    [ERRATA_DEVIATION_CODE_TYPE] = "code_type",
    [ERRATA_DEVIATION_NO_EXPECTED] = "no_expected",
    [ERRATA_DEVIATION_EXPECTED_TYPE] = "expected_type",
    [ERRATA_DEVIATION_NO_RECEIVED] = "no_received",
    [ERRATA_DEVIATION_RECEIVED_TYPE] = "received_type",
    [ERRATA_DEVIATION_NO_MESSAGE] = "no_message",
    [ERRATA_DEVIATION_MESSAGE_TYPE] = "message_type",
    [ERRATA_DEVIATION_NO_PATH] = "no_path",
    [ERRATA_DEVIATION_PATH_NUMBER] = "path_number",
    [ERRATA_DEVIATION_PATH_TYPE] = "path_type",
    [ERRATA_DEVIATION_REPEATED] = "repeated",
    [ERRATA_DEVIATION_UTF8] = "utf8",
};

const char *errata_deviation_name(enum errata_deviation_kind kind) {
    return (unsigned)kind < ERRATA_DEVIATION_KINDS ? deviation_names[kind] : "unknown";
}

void errata_index_counts(const struct errata_index *index, struct errata_counts *counts) {
    *counts = (struct errata_counts){
        .sources = (uint32_t)index->rows[ERRATA__SOURCES],
        .documents = (uint32_t)index->rows[ERRATA__DOCUMENTS],
        .records = (uint32_t)index->rows[ERRATA__RECORDS],
        .rule_errors = (uint32_t)index->rows[ERRATA__RULE_ERRORS],
        .issues = (uint32_t)index->rows[ERRATA__ISSUES],
        .rejects = (uint32_t)index->rows[ERRATA__REJECTS],
        .shapes = (uint32_t)index->rows[ERRATA__SHAPES],
        .patterns = (uint32_t)index->rows[ERRATA__PATTERNS],
        .strings = (uint32_t)index->rows[ERRATA__STRINGS],
    };
    for (size_t i = 0; i < ERRATA_DEVIATION_KINDS; i++) {
        counts->deviations += index->deviation_count[i];
    }
}

bool errata_index_digit_names(const struct errata_index *index) {
    return index->digit_names;
}

uint64_t errata_index_memory(const struct errata_index *index) {
    return index->arena.held;
}

const struct errata_allocator *errata_index_allocator(const struct errata_index *index) {
    return &index->arena.allocator;
}

bool errata_index_source(const struct errata_index *index, uint32_t id, struct errata_source *out) {
    if (id >= index->rows[ERRATA__SOURCES] || !errata__is_sound(index, SOURCE_FACTS)) {
        return false;
    }
    *out = (struct errata_source){
        .name = errata__shown_text(index, ERRATA__SOURCE_NAME,
                                   errata__u32(index, ERRATA__SOURCE_NAME, id)),
        .kind = (enum errata_source_kind)errata__u8(index, ERRATA__SOURCE_KIND, id),
        .strict = errata__u8(index, ERRATA__SOURCE_STRICT, id) != 0,
        .scope = errata__shown_scope(index, id),
    };
    return true;
}

bool errata_index_document(const struct errata_index *index, uint32_t id,
                           struct errata_document *out) {
    if (id >= index->rows[ERRATA__DOCUMENTS] || !errata__is_sound(index, DOCUMENT_FACTS)) {
        return false;
    }
    uint32_t first = errata__u32(index, ERRATA__DOCUMENT_FIRST, id);
    *out = (struct errata_document){
        .status = errata__text(index, errata__u32(index, ERRATA__DOCUMENT_STATUS, id)),
        .record = errata__u32(index, ERRATA__DOCUMENT_RECORD, id),
        .source = errata__u32(index, ERRATA__DOCUMENT_SOURCE, id),
        .number = errata__u32(index, ERRATA__DOCUMENT_NUMBER, id),
        .first_rule_error = first,
        .rule_errors = errata__end_of(index, ERRATA__DOCUMENT_FIRST, ERRATA__DOCUMENTS,
                                      ERRATA__RULE_ERRORS, id) -
                       first,
        .line = errata__u64(index, ERRATA__DOCUMENT_LINE, id),
        .offset = errata__u64(index, ERRATA__DOCUMENT_OFFSET, id),
        .fetched_at = (int64_t)errata__u64(index, ERRATA__DOCUMENT_FETCHED_AT, id),
    };
    return true;
}

bool errata_index_record(const struct errata_index *index, uint32_t id, struct errata_record *out) {
    if (id >= index->rows[ERRATA__RECORDS] || !errata__is_sound(index, RECORD_FACTS)) {
        return false;
    }
    *out = (struct errata_record){
        .app = errata__text(index, errata__u32(index, ERRATA__RECORD_APP, id)),
        .collection = errata__text(index, errata__u32(index, ERRATA__RECORD_COLLECTION, id)),
        .record = errata__shown_text(index, ERRATA__RECORD_RECORD,
                                     errata__u32(index, ERRATA__RECORD_RECORD, id)),
    };
    return true;
}

bool errata_index_rule_error(const struct errata_index *index, uint32_t id,
                             struct errata_rule_error *out) {
    if (id >= index->rows[ERRATA__RULE_ERRORS] || !errata__is_sound(index, RULE_ERROR_FACTS)) {
        return false;
    }
    uint32_t first = errata__u32(index, ERRATA__RULE_ERROR_FIRST, id);
    *out = (struct errata_rule_error){
        .key = errata__text(index, errata__u32(index, ERRATA__RULE_ERROR_KEY, id)),
        .message = errata__shown_text(index, ERRATA__RULE_ERROR_MESSAGE,
                                      errata__u32(index, ERRATA__RULE_ERROR_MESSAGE, id)),
        .document = errata__u32(index, ERRATA__RULE_ERROR_DOCUMENT, id),
        .first_issue = first,
        .issues = errata__end_of(index, ERRATA__RULE_ERROR_FIRST, ERRATA__RULE_ERRORS,
                                 ERRATA__ISSUES, id) -
                  first,
    };
    return true;
}

bool errata_index_issue(const struct errata_index *index, uint32_t id, struct errata_issue *out) {
    if (id >= index->rows[ERRATA__ISSUES] || !errata__is_sound(index, ISSUE_FACTS)) {
        return false;
    }
    uint32_t shape = errata__shape_of(index, id);
    uint32_t rule_error = errata__issue_rule_error(index, id);
    uint8_t flags = errata__u8(index, ERRATA__SHAPE_FLAGS, shape);
    *out = (struct errata_issue){
        .code = errata__text(index, errata__u32(index, ERRATA__SHAPE_CODE, shape)),
        .expected = errata__shown_text(index, ERRATA__SHAPE_EXPECTED,
                                       errata__u32(index, ERRATA__SHAPE_EXPECTED, shape)),
        .received = errata__shown_text(index, ERRATA__SHAPE_RECEIVED,
                                       errata__u32(index, ERRATA__SHAPE_RECEIVED, shape)),
        .message = errata__shown_text(index, ERRATA__SHAPE_MESSAGE,
                                      errata__u32(index, ERRATA__SHAPE_MESSAGE, shape)),
        .expected_json = (flags & ERRATA__EXPECTED_JSON) != 0 &&
                         !errata__is_redacted(index, ERRATA__SHAPE_EXPECTED),
        .received_json = (flags & ERRATA__RECEIVED_JSON) != 0 &&
                         !errata__is_redacted(index, ERRATA__SHAPE_RECEIVED),
        .shape = shape,
        .pattern = errata__u32(index, ERRATA__SHAPE_PATTERN, shape),
        .rule_error = rule_error,
        .document = errata__u32(index, ERRATA__RULE_ERROR_DOCUMENT, rule_error),
    };
    return true;
}

bool errata_index_whole_issue(const struct errata_index *index, uint32_t id,
                              struct errata_whole_issue *out) {
    /* All or nothing: no part is looked up before all are known to be good. */
    return id < index->rows[ERRATA__ISSUES] && errata__is_sound(index, WHOLE_ISSUE_FACTS) &&
           errata_index_issue(index, id, &out->issue) &&
           errata_index_rule_error(index, out->issue.rule_error, &out->rule_error) &&
           errata_index_document(index, out->issue.document, &out->document) &&
           errata_index_record(index, out->document.record, &out->record) &&
           errata_index_source(index, out->document.source, &out->source);
}

/* Why something was not read; of a source that is asked for records, that names them. */
static struct errata_text reason_of(const struct errata_index *index, uint32_t id) {
    if (errata__is_redacted(index, ERRATA__RECORD_RECORD) &&
        errata__u8(index, ERRATA__SOURCE_KIND, errata__u32(index, ERRATA__REJECT_SOURCE, id)) ==
            ERRATA_SOURCE_API) {
        return errata__redacted_reason();
    }
    return errata__text(index, errata__u32(index, ERRATA__REJECT_REASON, id));
}

bool errata_index_reject(const struct errata_index *index, uint32_t id, struct errata_reject *out) {
    if (id >= index->rows[ERRATA__REJECTS] || !errata__is_sound(index, REJECT_FACTS)) {
        return false;
    }
    *out = (struct errata_reject){
        .reason = reason_of(index, id),
        .source = errata__u32(index, ERRATA__REJECT_SOURCE, id),
        .line = errata__u64(index, ERRATA__REJECT_LINE, id),
        .column = errata__u64(index, ERRATA__REJECT_COLUMN, id),
        .offset = errata__u64(index, ERRATA__REJECT_OFFSET, id),
        .length = errata__u64(index, ERRATA__REJECT_LENGTH, id),
        .trouble_line = errata__u64(index, ERRATA__REJECT_TROUBLE_LINE, id),
        .trouble_column = errata__u64(index, ERRATA__REJECT_TROUBLE_COLUMN, id),
        .trouble_offset = errata__u64(index, ERRATA__REJECT_TROUBLE_OFFSET, id),
    };
    return true;
}

bool errata_index_deviation(const struct errata_index *index, enum errata_deviation_kind kind,
                            struct errata_deviation *out) {
    if ((unsigned)kind >= ERRATA_DEVIATION_KINDS) {
        return false;
    }
    *out =
        (struct errata_deviation){kind, index->deviation_count[kind], index->deviation_first[kind]};
    return true;
}
