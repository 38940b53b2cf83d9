/*
 * The state machine: which place an event falls in, skipped and captured values, trouble and deviations.
 */
#include "read/ingest.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "index/later.h"
#include "index/recent.h"
#include "read/member.h"

void errata__ingest_init(struct errata__ingest *ingest, struct errata_index *index,
                         const struct errata_allocator *allocator, uint64_t token_limit,
                         bool strict) {
    memset(ingest, 0, sizeof *ingest);
    ingest->index = index;
    ingest->strict = strict;
    errata__buffer_init(&ingest->segments, allocator, (size_t)token_limit);
    errata__buffer_init(&ingest->positions, allocator, (size_t)token_limit);
    errata__buffer_init(&ingest->captured, allocator, (size_t)token_limit);
    errata__buffer_init(&ingest->path_key, allocator, (size_t)token_limit);
}

void errata__ingest_free(struct errata__ingest *ingest) {
    errata__buffer_free(&ingest->segments);
    errata__buffer_free(&ingest->positions);
    errata__buffer_free(&ingest->captured);
    errata__buffer_free(&ingest->path_key);
}

void errata__ingest_begin(struct errata__ingest *ingest) {
    ingest->place = ERRATA__OUTSIDE;
    ingest->member = ERRATA__MEMBER_NONE;
    ingest->trouble.status = ERRATA_OK;
    ingest->names = (struct errata__document_names){ERRATA_NONE, ERRATA_NONE, ERRATA_NONE, 0};
    ingest->record_from_id = false;
    ingest->seen_in_document = 0;
    ingest->document_traces.count = 0;
    ingest->document_traces.odd = false;
    ingest->status = ERRATA_NONE;
    ingest->first_rule_error = (uint32_t)ingest->index->rows[ERRATA__RULE_ERRORS];
    memset(ingest->deviations, 0, sizeof ingest->deviations);
}

__attribute__((format(printf, 3, 0))) static void make_trouble(struct errata__ingest *ingest,
                                                               bool at_start, const char *format,
                                                               va_list arguments) {
    if (ingest->trouble.status == ERRATA_OK) {
        ingest->trouble.status = ERRATA_NOT_STATUS;
        ingest->trouble.at_start = at_start;
        vsnprintf(ingest->trouble.reason, sizeof ingest->trouble.reason, format, arguments);
        /* Behind the document there is nothing left to pass over. */
        if (ingest->place != ERRATA__OUTSIDE) {
            ingest->place = ERRATA__IN_REJECTED;
        }
    }
}

void errata__trouble_at_token(struct errata__ingest *ingest, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    make_trouble(ingest, false, format, arguments);
    va_end(arguments);
}

static void trouble_at_start(struct errata__ingest *ingest, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void trouble_at_start(struct errata__ingest *ingest, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    make_trouble(ingest, true, format, arguments);
    va_end(arguments);
}

void errata__trouble_at_start(struct errata__ingest *ingest, const char *reason) {
    trouble_at_start(ingest, "%s", reason);
}

void errata__deviate(struct errata__ingest *ingest, enum errata_deviation_kind kind) {
    if (ingest->strict) {
        errata__trouble_at_token(ingest, "deviation from the schema: %s (strict)",
                                 errata_deviation_name(kind));
    } else {
        ingest->deviations[kind]++;
    }
}

static __attribute__((noinline)) enum errata_status keep_unfamiliar(struct errata__ingest *ingest,
                                                                    const char *text, size_t length,
                                                                    uint32_t *id) {
    bool repaired = false;
    enum errata_status status = errata__string_intern(ingest->index, text, length, id, &repaired);
    if (repaired) {
        errata__deviate(ingest, ERRATA_DEVIATION_UTF8);
    }
    return status;
}

enum errata_status errata__keep_text(struct errata__ingest *ingest, const char *text, size_t length,
                                     uint32_t *id) {
    return errata__recent_find(ingest->index, text, length, id)
               ? ERRATA_OK
               : keep_unfamiliar(ingest, text, length, id);
}

enum errata_status errata__keep_text_later(struct errata__ingest *ingest, const char *text,
                                           size_t length, uint32_t *id) {
    bool repaired = false;
    enum errata_status status =
        errata__string_intern_later(ingest->index, text, length, id, &repaired);
    if (repaired) {
        errata__deviate(ingest, ERRATA_DEVIATION_UTF8);
    }
    return status;
}

/* The captured value is whole: whoever asked for it takes it. */
static enum errata_status captured(struct errata__ingest *ingest) {
    ingest->place = ingest->outer;
    switch ((int)ingest->place) {
    case ERRATA__IN_DOCUMENT:
        return errata__document_captured(ingest);
    case ERRATA__IN_RULE_ERROR:
        return errata__rule_error_captured(ingest);
    case ERRATA__IN_ISSUE:
        return errata__issue_captured(ingest);
    default:
        return errata__path_captured(ingest);
    }
}

/* An object in a path stands for its member `key`, the last one, when that is a string or a number. */
static enum errata_status watch_path_key(struct errata__ingest *ingest,
                                         const struct errata__event *event) {
    bool member = ingest->capture.depth == 1;
    if (member && event->kind == ERRATA__JSON_KEY) {
        ingest->path_key_next = event->length == 3 && memcmp(event->text, "key", 3) == 0;
    } else if (member && ingest->path_key_next) {
        ingest->path_key_next = false;
        ingest->path_key.length = 0;
        ingest->path_key_kind = ERRATA__JSON_NULL;
        if (event->kind == ERRATA__JSON_STRING || event->kind == ERRATA__JSON_NUMBER) {
            ingest->path_key_kind = event->kind;
            return errata__buffer_append(&ingest->path_key, event->text, event->length);
        }
    }
    return ERRATA_OK;
}

static enum errata_status capture_event(struct errata__ingest *ingest,
                                        const struct errata__event *event) {
    enum errata_status status = ERRATA_OK;
    bool done = false;
    if (ingest->outer == ERRATA__IN_PATH) {
        status = watch_path_key(ingest, event);
    }
    if (status == ERRATA_OK) {
        status = errata__json_capture_event(&ingest->capture, event->kind, event->text,
                                            event->length, &done);
    }
    return status == ERRATA_OK && done ? captured(ingest) : status;
}

enum errata_status errata__capture(struct errata__ingest *ingest, enum errata__json_kind kind,
                                   uint32_t depth, const char *text, size_t length) {
    const struct errata__event event = {kind, depth, text, length};
    ingest->captured.length = 0;
    ingest->capture = (struct errata__json_capture){.out = &ingest->captured};
    ingest->path_key_next = false;
    ingest->path_key_kind = ERRATA__JSON_NULL;
    ingest->outer = ingest->place;
    ingest->place = ERRATA__IN_CAPTURED;
    return capture_event(ingest, &event);
}

static enum errata_status outside_event(struct errata__ingest *ingest,
                                        const struct errata__event *event) {
    if (event->kind == ERRATA__JSON_OBJECT) {
        ingest->place = ERRATA__IN_DOCUMENT;
        return ERRATA_OK;
    }
    errata__trouble_at_start(ingest, "");
    snprintf(ingest->trouble.reason, sizeof ingest->trouble.reason,
             "%s, not a status document (an object with a `status`)",
             errata__kind_name(event->kind));
    if (errata__is_container(event->kind)) {
        ingest->place = ERRATA__IN_REJECTED;
    }
    return ERRATA_OK;
}

/* `errors` of a document, or of a rule error: objects only. */
static enum errata_status list_event(struct errata__ingest *ingest,
                                     const struct errata__event *event, enum errata__place owner) {
    bool issues = ingest->place == ERRATA__IN_ISSUES;
    if (event->kind == ERRATA__JSON_ARRAY_END) {
        ingest->place = owner;
    } else if (event->kind != ERRATA__JSON_OBJECT) {
        errata__trouble_at_token(ingest, "%s is %s, not an object",
                                 issues ? "an issue" : "a rule error",
                                 errata__kind_name(event->kind));
    } else if (issues) {
        errata__issue_begin(ingest);
    } else {
        errata__rule_error_begin(ingest);
    }
    return ERRATA_OK;
}

/* In the places that few events fall in. */
static __attribute__((noinline)) enum errata_status rare_event(struct errata__ingest *ingest,
                                                               enum errata__json_kind kind,
                                                               uint32_t depth, const char *text,
                                                               size_t length) {
    const struct errata__event event = {kind, depth, text, length};
    switch ((int)ingest->place) {
    case ERRATA__OUTSIDE:
        return outside_event(ingest, &event);
    case ERRATA__IN_DOCUMENT:
        return errata__document_event(ingest, &event);
    case ERRATA__IN_RULE_ERRORS:
        return list_event(ingest, &event, ERRATA__IN_DOCUMENT);
    case ERRATA__IN_RULE_ERROR:
        return errata__rule_error_event(ingest, &event);
    case ERRATA__IN_ISSUES:
        return list_event(ingest, &event, ERRATA__IN_RULE_ERROR);
    case ERRATA__IN_CAPTURED:
        return capture_event(ingest, &event);
    default:
        /* ERRATA__IN_REJECTED */
        if (depth == ingest->base) {
            ingest->place = ERRATA__OUTSIDE;
        }
        return ERRATA_OK;
    }
}

enum errata_status errata__ingest_event(struct errata__ingest *ingest, enum errata__json_kind kind,
                                        uint32_t depth, const char *text, size_t length) {
    /* Most events fall in three places. Asked for first, they are told apart by branches that the processor guesses
       better than a jump by table, which took 7 % of the time of reading. */
    if (ingest->place == ERRATA__IN_ISSUE) {
        return errata__issue_event(ingest, kind, depth, text, length);
    }
    if (ingest->place == ERRATA__IN_PATH) {
        return errata__path_event(ingest, kind, depth, text, length);
    }
    if (ingest->place == ERRATA__IN_SKIPPED) {
        if (depth == ingest->skip_depth) {
            ingest->place = ingest->outer;
        } else if (kind == ERRATA__JSON_NUMBER || kind == ERRATA__JSON_STRING) {
            errata__trace_unwanted(ingest, text, length);
        }
        return ERRATA_OK;
    }
    return rare_event(ingest, kind, depth, text, length);
}
