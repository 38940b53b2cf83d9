/*
 * Fields: their names, where their values are, and how texts compare.
 */
#include <string.h>

#include "core/fail.h"
#include "core/nearest.h"
#include "core/utf8.h"
#include "index/query.h"
#include "index/sound.h"

static const char *const names[ERRATA_FIELDS] = {
    [ERRATA_FIELD_KEY] = "key",           [ERRATA_FIELD_CODE] = "code",
    [ERRATA_FIELD_PATH] = "path",         [ERRATA_FIELD_PATTERN] = "pattern",
    [ERRATA_FIELD_EXPECTED] = "expected", [ERRATA_FIELD_RECEIVED] = "received",
    [ERRATA_FIELD_MESSAGE] = "message",   [ERRATA_FIELD_RULE_MESSAGE] = "rule_message",
    [ERRATA_FIELD_RECORD] = "record",     [ERRATA_FIELD_COLLECTION] = "collection",
    [ERRATA_FIELD_APP] = "app",           [ERRATA_FIELD_STATUS] = "status",
    [ERRATA_FIELD_SOURCE] = "source",     [ERRATA_FIELD_FETCHED_AT] = "fetched_at",
};

static const enum errata__level levels[ERRATA_FIELDS] = {
    [ERRATA_FIELD_KEY] = ERRATA__LEVEL_RULE_ERROR,
    [ERRATA_FIELD_CODE] = ERRATA__LEVEL_SHAPE,
    [ERRATA_FIELD_PATH] = ERRATA__LEVEL_SHAPE,
    [ERRATA_FIELD_PATTERN] = ERRATA__LEVEL_SHAPE,
    [ERRATA_FIELD_EXPECTED] = ERRATA__LEVEL_SHAPE,
    [ERRATA_FIELD_RECEIVED] = ERRATA__LEVEL_SHAPE,
    [ERRATA_FIELD_MESSAGE] = ERRATA__LEVEL_SHAPE,
    [ERRATA_FIELD_RULE_MESSAGE] = ERRATA__LEVEL_RULE_ERROR,
    [ERRATA_FIELD_RECORD] = ERRATA__LEVEL_DOCUMENT,
    [ERRATA_FIELD_COLLECTION] = ERRATA__LEVEL_DOCUMENT,
    [ERRATA_FIELD_APP] = ERRATA__LEVEL_DOCUMENT,
    [ERRATA_FIELD_STATUS] = ERRATA__LEVEL_DOCUMENT,
    [ERRATA_FIELD_SOURCE] = ERRATA__LEVEL_DOCUMENT,
    [ERRATA_FIELD_FETCHED_AT] = ERRATA__LEVEL_DOCUMENT,
};

/* What finding a field's values, from the row of its level, and showing them stand on. */
static const uint64_t facts[ERRATA_FIELDS] = {
    [ERRATA_FIELD_KEY] = ERRATA__FACT(RULE_ERROR_KEY) | ERRATA__SOUND_TEXT,
    [ERRATA_FIELD_CODE] = ERRATA__FACT(SHAPE_CODE) | ERRATA__SOUND_TEXT,
    [ERRATA_FIELD_PATH] = ERRATA__SOUND_PATH,
    [ERRATA_FIELD_PATTERN] = ERRATA__FACT(SHAPE_PATTERN) | ERRATA__SOUND_PATTERN,
    [ERRATA_FIELD_EXPECTED] = ERRATA__FACT(SHAPE_EXPECTED) | ERRATA__SOUND_TEXT,
    [ERRATA_FIELD_RECEIVED] = ERRATA__FACT(SHAPE_RECEIVED) | ERRATA__SOUND_TEXT,
    [ERRATA_FIELD_MESSAGE] = ERRATA__FACT(SHAPE_MESSAGE) | ERRATA__SOUND_TEXT,
    [ERRATA_FIELD_RULE_MESSAGE] = ERRATA__FACT(RULE_ERROR_MESSAGE) | ERRATA__SOUND_TEXT,
    [ERRATA_FIELD_RECORD] =
        ERRATA__FACT(DOCUMENT_RECORD) | ERRATA__FACT(RECORD_RECORD) | ERRATA__SOUND_TEXT,
    [ERRATA_FIELD_COLLECTION] =
        ERRATA__FACT(DOCUMENT_RECORD) | ERRATA__FACT(RECORD_COLLECTION) | ERRATA__SOUND_TEXT,
    [ERRATA_FIELD_APP] =
        ERRATA__FACT(DOCUMENT_RECORD) | ERRATA__FACT(RECORD_APP) | ERRATA__SOUND_TEXT,
    [ERRATA_FIELD_STATUS] = ERRATA__FACT(DOCUMENT_STATUS) | ERRATA__SOUND_TEXT,
    [ERRATA_FIELD_SOURCE] =
        ERRATA__FACT(DOCUMENT_SOURCE) | ERRATA__FACT(SOURCE_NAME) | ERRATA__SOUND_TEXT,
    [ERRATA_FIELD_FETCHED_AT] = ERRATA__FACT(DOCUMENT_FETCHED_AT),
};

const char *errata_field_name(enum errata_field field) {
    return (unsigned)field < ERRATA_FIELDS ? names[field] : NULL;
}

enum errata__level errata__field_level(enum errata_field field) {
    return levels[field];
}

uint64_t errata__field_facts(enum errata_field field) {
    return facts[field];
}

enum errata_status errata_field_parse(struct errata_text name, enum errata_field *out,
                                      struct errata_error *error) {
    char shown[64];

    for (unsigned field = 0; field < ERRATA_FIELDS; field++) {
        if (strlen(names[field]) == name.length &&
            memcmp(names[field], name.data, name.length) == 0) {
            *out = (enum errata_field)field;
            return ERRATA_OK;
        }
    }
    errata__utf8_escape(name.data, name.length, shown, sizeof shown);
    const char *nearest = errata__nearest(name.data, name.length, names, ERRATA_FIELDS);
    if (nearest != NULL) {
        return errata__fail(error, ERRATA_BAD_QUERY, "no field \"%s\"; did you mean %s?", shown,
                            nearest);
    }
    return errata__fail(
        error, ERRATA_BAD_QUERY,
        "no field \"%s\"; there are key, code, path, pattern, expected, received, message, "
        "rule_message, record, collection, app, status, source, fetched_at",
        shown);
}

struct errata_text errata__time_text(const struct errata_index *index, uint32_t document,
                                     char buffer[ERRATA__TIME_SIZE]) {
    int64_t seconds = (int64_t)errata__u64(index, ERRATA__DOCUMENT_FETCHED_AT, document);
    size_t length = seconds == 0 ? 0 : errata__time_format(seconds, buffer);
    return (struct errata_text){length == 0 ? NULL : buffer, length};
}

static enum errata_status time_value(struct errata_query *query, uint32_t document,
                                     uint32_t *value) {
    char buffer[ERRATA__TIME_SIZE];
    uint64_t seconds = errata__u64(query->index, ERRATA__DOCUMENT_FETCHED_AT, document);

    if (errata__time_text(query->index, document, buffer).data == NULL) {
        *value = ERRATA_NONE;
        return ERRATA_OK;
    }
    return errata__pairs_number(&query->times, (uint32_t)(seconds >> 32), (uint32_t)seconds, value);
}

static const enum errata__column columns[ERRATA_FIELDS] = {
    [ERRATA_FIELD_KEY] = ERRATA__RULE_ERROR_KEY,
    [ERRATA_FIELD_CODE] = ERRATA__SHAPE_CODE,
    [ERRATA_FIELD_PATH] = ERRATA__SHAPE_PATTERN,
    [ERRATA_FIELD_PATTERN] = ERRATA__SHAPE_PATTERN,
    [ERRATA_FIELD_EXPECTED] = ERRATA__SHAPE_EXPECTED,
    [ERRATA_FIELD_RECEIVED] = ERRATA__SHAPE_RECEIVED,
    [ERRATA_FIELD_MESSAGE] = ERRATA__SHAPE_MESSAGE,
    [ERRATA_FIELD_RULE_MESSAGE] = ERRATA__RULE_ERROR_MESSAGE,
    [ERRATA_FIELD_RECORD] = ERRATA__RECORD_RECORD,
    [ERRATA_FIELD_COLLECTION] = ERRATA__RECORD_COLLECTION,
    [ERRATA_FIELD_APP] = ERRATA__RECORD_APP,
    [ERRATA_FIELD_STATUS] = ERRATA__DOCUMENT_STATUS,
    [ERRATA_FIELD_SOURCE] = ERRATA__SOURCE_NAME,
};

enum errata__column errata__field_column(enum errata_field field) {
    return columns[field];
}

enum errata_status errata__query_value(struct errata_query *query, enum errata_field field,
                                       uint32_t row, uint32_t *value) {
    const struct errata_index *index = query->index;

    if (field == ERRATA_FIELD_FETCHED_AT) {
        return time_value(query, row, value);
    }
    if (field == ERRATA_FIELD_RECORD || field == ERRATA_FIELD_COLLECTION ||
        field == ERRATA_FIELD_APP) {
        row = errata__u32(index, ERRATA__DOCUMENT_RECORD, row);
    } else if (field == ERRATA_FIELD_SOURCE) {
        row = errata__u32(index, ERRATA__DOCUMENT_SOURCE, row);
    }
    *value = errata__u32(index, columns[field], row);
    return ERRATA_OK;
}
