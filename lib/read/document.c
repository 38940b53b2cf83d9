/*
 * The document itself: `status`, `errors`, and the members that name it.
 */
#include <string.h>

#include "core/path.h"
#include "core/time.h"
#include "read/member.h"

/* The app id `c` means "the key's own": it names no app. */
static bool is_own_app(enum errata__member member, const char *text, size_t length) {
    return member == ERRATA__MEMBER_APP_ID && length == 1 && text[0] == 'c';
}

/* Stores an id that the document gives itself. `record_id` comes before `id`. */
static void set_name(struct errata__ingest *ingest, uint32_t id) {
    struct errata__document_names *names = &ingest->names;
    switch ((int)ingest->member) {
    case ERRATA__MEMBER_APP_ID:
        names->app = id;
        break;
    case ERRATA__MEMBER_COLLECTION_ID:
        names->collection = id;
        break;
    case ERRATA__MEMBER_RECORD_ID:
        names->record = id;
        ingest->record_from_id = false;
        break;
    default:
        if (names->record == ERRATA_NONE) {
            names->record = id;
            ingest->record_from_id = true;
        }
        break;
    }
}

static enum errata_status keep_name(struct errata__ingest *ingest, const char *text,
                                    size_t length) {
    uint32_t id;
    if (is_own_app(ingest->member, text, length)) {
        return ERRATA_OK;
    }
    enum errata_status status = errata__keep_text(ingest, text, length, &id);
    if (status == ERRATA_OK) {
        set_name(ingest, id);
    }
    return status;
}

static enum errata_status name_event(struct errata__ingest *ingest,
                                     const struct errata__event *event) {
    if (event->kind != ERRATA__JSON_NULL) {
        errata__trace_member(ingest, event);
    }
    if (event->kind == ERRATA__JSON_STRING) {
        return keep_name(ingest, event->text, event->length);
    }
    if (event->kind == ERRATA__JSON_NULL) {
        errata__deviate(ingest, ERRATA_DEVIATION_NAME_TYPE);
        return ERRATA_OK;
    }
    return errata__capture(ingest, event->kind, event->depth, event->text, event->length);
}

enum errata_status errata__document_captured(struct errata__ingest *ingest) {
    enum errata_status status = keep_name(ingest, ingest->captured.data, ingest->captured.length);
    errata__deviate(ingest, ERRATA_DEVIATION_NAME_TYPE);
    return status;
}

/* A whole number of seconds as JSON writes it, within what can be written as a time. */
static bool parse_seconds(const char *text, size_t length, int64_t *seconds) {
    bool negative = length > 0 && text[0] == '-';
    int64_t value = 0;
    if (length - negative < 1 || length - negative > 15) {
        return false;
    }
    for (size_t i = negative; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        value = value * 10 + (text[i] - '0');
    }
    *seconds = negative ? -value : value;
    return true;
}

static bool set_fetched_at(struct errata__ingest *ingest, enum errata__json_kind kind,
                           const char *text, size_t length) {
    int64_t seconds;
    char formatted[ERRATA__TIME_SIZE];
    bool parsed = kind == ERRATA__JSON_STRING
                      ? errata__time_parse(text, length, &seconds)
                      : kind == ERRATA__JSON_NUMBER && parse_seconds(text, length, &seconds);
    parsed = parsed && errata__time_format(seconds, formatted) > 0;
    if (parsed) {
        ingest->names.fetched_at = seconds;
    }
    return parsed;
}

static void fetched_at_event(struct errata__ingest *ingest, const struct errata__event *event) {
    if (set_fetched_at(ingest, event->kind, event->text, event->length)) {
        errata__trace_member(ingest, event);
    } else {
        errata__skip(ingest, event->kind, event->depth);
        errata__deviate(ingest, ERRATA_DEVIATION_FETCHED_AT);
    }
}

static enum errata_status status_event(struct errata__ingest *ingest,
                                       const struct errata__event *event) {
    ingest->status = ERRATA_NONE;
    if (event->kind == ERRATA__JSON_STRING) {
        return errata__keep_text(ingest, event->text, event->length, &ingest->status);
    }
    errata__skip(ingest, event->kind, event->depth);
    return ERRATA_OK;
}

static void errors_event(struct errata__ingest *ingest, const struct errata__event *event) {
    if (event->kind == ERRATA__JSON_ARRAY) {
        ingest->place = ERRATA__IN_RULE_ERRORS;
    } else if (event->kind == ERRATA__JSON_NULL) {
        errata__deviate(ingest, ERRATA_DEVIATION_NULL_ERRORS);
    } else {
        errata__trouble_at_token(ingest, "`errors` is %s, not an array",
                                 errata__kind_name(event->kind));
    }
}

bool errata__status_is_declared(struct errata_text status) {
    static const char *const declared[] = {"DRAFT",     "QUEUED",    "RUNNING",
                                           "CANCELLED", "COMPLETED", "FAILED"};
    for (size_t i = 0; i < sizeof declared / sizeof declared[0]; i++) {
        if (strlen(declared[i]) == status.length &&
            memcmp(declared[i], status.data, status.length) == 0) {
            return true;
        }
    }
    return false;
}

void errata__document_end(struct errata__ingest *ingest) {
    ingest->place = ERRATA__OUTSIDE;
    if (ingest->status == ERRATA_NONE) {
        bool seen = (ingest->seen_in_document & ERRATA__BIT(ERRATA__MEMBER_STATUS)) != 0;
        errata__trouble_at_start(ingest, seen
                                             ? "not a status document: `status` is not a string"
                                             : "not a status document: an object without `status`");
    } else if (!errata__status_is_declared(errata__text(ingest->index, ingest->status))) {
        errata__deviate(ingest, ERRATA_DEVIATION_UNKNOWN_STATUS);
    }
}

enum errata_status errata__document_event(struct errata__ingest *ingest,
                                          const struct errata__event *event) {
    if (event->kind == ERRATA__JSON_KEY) {
        ingest->member = errata__member_of_document(event->text, event->length);
        return ERRATA_OK;
    }
    if (event->kind == ERRATA__JSON_OBJECT_END) {
        errata__document_end(ingest);
        return ERRATA_OK;
    }
    if (ingest->member == ERRATA__MEMBER_NONE) {
        if (event->kind == ERRATA__JSON_STRING || event->kind == ERRATA__JSON_NUMBER) {
            errata__trace_member(ingest, event);
        }
        errata__skip(ingest, event->kind, event->depth);
        return ERRATA_OK;
    }
    bool first = errata__first_sight(&ingest->seen_in_document, ingest->member);
    if (!first && ingest->member == ERRATA__MEMBER_ERRORS) {
        errata__trouble_at_token(ingest, "a second `errors` in one document");
        return ERRATA_OK;
    }
    if (!first && ingest->member != ERRATA__MEMBER_STATUS) {
        /* Of the naming members the first counts. */
        errata__skip(ingest, event->kind, event->depth);
        errata__deviate(ingest, ERRATA_DEVIATION_REPEATED);
        return ERRATA_OK;
    }
    if (!first) {
        errata__deviate(ingest, ERRATA_DEVIATION_REPEATED);
    }
    if (ingest->trouble.status != ERRATA_OK) {
        return ERRATA_OK;
    }
    switch ((int)ingest->member) {
    case ERRATA__MEMBER_STATUS:
        return status_event(ingest, event);
    case ERRATA__MEMBER_ERRORS:
        errors_event(ingest, event);
        return ERRATA_OK;
    case ERRATA__MEMBER_FETCHED_AT:
        fetched_at_event(ingest, event);
        return ERRATA_OK;
    default:
        return name_event(ingest, event);
    }
}

/* As in errata__position_parse(), where what is too long for one stays fixed. */
static bool is_whole_number(const char *text, size_t length) {
    uint64_t value;
    return errata__position_parse(text, length, &value);
}

void errata__trace_member(struct errata__ingest *ingest, const struct errata__event *event) {
    struct errata__document_traces *traces = &ingest->document_traces;
    bool number = event->kind == ERRATA__JSON_NUMBER;
    bool can_differ = event->kind == ERRATA__JSON_STRING ||
                      (number && is_whole_number(event->text, event->length));
    if (can_differ && traces->count < ERRATA__TRACED_MEMBERS) {
        traces->members[traces->count++] = (struct errata__document_trace){
            event->text, event->length, (uint8_t)ingest->member, number, 0};
    } else {
        /* What nobody wants has no effect, so that it may be fixed. */
        traces->odd = traces->odd || can_differ || ingest->member != ERRATA__MEMBER_NONE;
    }
}

/* Most records come once, so that their ids are not looked for among the strings that came lately. */
static enum errata_status keep_hashed(struct errata__ingest *ingest,
                                      const struct errata__document_trace *value) {
    uint32_t id;
    enum errata_status status =
        errata__string_intern_plain(ingest->index, value->text, value->length, value->hash, &id);
    if (status == ERRATA_OK) {
        set_name(ingest, id);
    }
    return status;
}

bool errata__document_refill(struct errata__ingest *ingest,
                             const struct errata__document_trace *value) {
    enum errata__json_kind kind = value->number ? ERRATA__JSON_NUMBER : ERRATA__JSON_STRING;
    ingest->member = (enum errata__member)value->member;
    switch ((int)ingest->member) {
    case ERRATA__MEMBER_NONE:
        return true;
    case ERRATA__MEMBER_FETCHED_AT:
        return set_fetched_at(ingest, kind, value->text, value->length);
    default:
        return (value->hash != 0 ? keep_hashed(ingest, value)
                                 : keep_name(ingest, value->text, value->length)) == ERRATA_OK;
    }
}

/* What the origin says wins. */
static uint32_t prefer(uint32_t origin, uint32_t own) {
    return origin != ERRATA_NONE ? origin : own;
}

enum errata_status errata__ingest_commit(struct errata__ingest *ingest,
                                         struct errata__document_row *row) {
    const struct errata__document_names *origin = &ingest->origin;
    const struct errata__document_names *names = &ingest->names;
    struct errata_index *index = ingest->index;
    uint32_t document = (uint32_t)index->rows[ERRATA__DOCUMENTS];
    row->status = ingest->status;
    row->first_rule_error = ingest->first_rule_error;
    row->fetched_at = origin->fetched_at != 0 ? origin->fetched_at : names->fetched_at;
    enum errata_status status = errata__record_intern(
        index, prefer(origin->app, names->app), prefer(origin->collection, names->collection),
        prefer(origin->record, names->record), &row->record);
    if (status == ERRATA_OK) {
        status = errata__document_append(index, row);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    for (size_t kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        if (ingest->deviations[kind] > 0) {
            if (index->deviation_count[kind] == 0) {
                index->deviation_first[kind] = document;
            }
            index->deviation_count[kind] += ingest->deviations[kind];
        }
    }
    return ERRATA_OK;
}
