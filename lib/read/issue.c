/*
 * Rule errors and the issues in them.
 */
#include "index/later.h"
#include "read/member.h"

void errata__rule_error_begin(struct errata__ingest *ingest) {
    ingest->place = ERRATA__IN_RULE_ERROR;
    ingest->seen_in_rule_error = 0;
    ingest->key = ERRATA_NONE;
    ingest->rule_message = ERRATA_NONE;
    ingest->first_issue = (uint32_t)ingest->index->rows[ERRATA__ISSUES];
}

/* Where the text of the current member goes. */
static uint32_t *rule_error_text(struct errata__ingest *ingest) {
    return ingest->member == ERRATA__MEMBER_KEY ? &ingest->key : &ingest->rule_message;
}

static uint32_t *issue_text(struct errata__ingest *ingest) {
    switch ((int)ingest->member) {
    case ERRATA__MEMBER_CODE:
        return &ingest->shape.code;
    case ERRATA__MEMBER_EXPECTED:
        return &ingest->shape.expected;
    case ERRATA__MEMBER_RECEIVED:
        return &ingest->shape.received;
    default:
        return &ingest->shape.message;
    }
}

/* Which deviation it is when a member is not there. */
struct absence {
    enum errata__member member;
    enum errata_deviation_kind kind;
};

static void note_missing(struct errata__ingest *ingest, uint32_t seen,
                         const struct absence *absences, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if ((seen & ERRATA__BIT(absences[i].member)) == 0) {
            errata__deviate(ingest, absences[i].kind);
        }
    }
}

static enum errata_status end_rule_error(struct errata__ingest *ingest) {
    static const struct absence absences[] = {
        {ERRATA__MEMBER_MESSAGE, ERRATA_DEVIATION_NO_RULE_MESSAGE},
        {ERRATA__MEMBER_ERRORS, ERRATA_DEVIATION_NO_ERRORS},
        {ERRATA__MEMBER_KEY, ERRATA_DEVIATION_NO_KEY},
    };
    ingest->place = ERRATA__IN_RULE_ERRORS;
    note_missing(ingest, ingest->seen_in_rule_error, absences,
                 sizeof absences / sizeof absences[0]);
    return errata__rule_error_append(ingest->index, ingest->key, ingest->rule_message,
                                     ingest->first_issue);
}

enum errata_status errata__rule_error_event(struct errata__ingest *ingest,
                                            const struct errata__event *event) {
    if (event->kind == ERRATA__JSON_KEY) {
        ingest->member = errata__member_of_rule_error(event->text, event->length);
        return ERRATA_OK;
    }
    if (event->kind == ERRATA__JSON_OBJECT_END) {
        return end_rule_error(ingest);
    }
    if (ingest->member == ERRATA__MEMBER_NONE) {
        errata__skip(ingest, event->kind, event->depth);
        return ERRATA_OK;
    }
    bool first = errata__first_sight(&ingest->seen_in_rule_error, ingest->member);
    if (ingest->member == ERRATA__MEMBER_ERRORS) {
        if (!first) {
            errata__trouble_at_token(ingest, "a second `errors` in one rule error");
        } else if (event->kind == ERRATA__JSON_ARRAY) {
            ingest->place = ERRATA__IN_ISSUES;
        } else {
            errata__trouble_at_token(ingest, "`errors` of a rule error is %s, not an array",
                                     errata__kind_name(event->kind));
        }
        return ERRATA_OK;
    }
    if (!first) {
        errata__deviate(ingest, ERRATA_DEVIATION_REPEATED);
        if (ingest->trouble.status != ERRATA_OK) {
            return ERRATA_OK;
        }
    }
    if (event->kind == ERRATA__JSON_STRING) {
        return errata__keep_text(ingest, event->text, event->length, rule_error_text(ingest));
    }
    return errata__capture(ingest, event->kind, event->depth, event->text, event->length);
}

enum errata_status errata__rule_error_captured(struct errata__ingest *ingest) {
    enum errata_status status = errata__keep_text(ingest, ingest->captured.data,
                                                  ingest->captured.length, rule_error_text(ingest));
    errata__deviate(ingest, ingest->member == ERRATA__MEMBER_KEY
                                ? ERRATA_DEVIATION_KEY_TYPE
                                : ERRATA_DEVIATION_RULE_MESSAGE_TYPE);
    return status;
}

void errata__issue_begin(struct errata__ingest *ingest) {
    ingest->place = ERRATA__IN_ISSUE;
    ingest->seen_in_issue = 0;
    ingest->n_segments = 0;
    ingest->n_positions = 0;
    ingest->traces.message.text = NULL;
    ingest->traces.n_unwanted = 0;
    ingest->shape = (struct errata__shape){.code = ERRATA_NONE,
                                           .expected = ERRATA_NONE,
                                           .received = ERRATA_NONE,
                                           .message = ERRATA_NONE};
}

/* Noinline, like what else is rare among the events of an issue, so that errata__issue_event() has no registers to
   save. */
static __attribute__((noinline)) enum errata_status end_issue(struct errata__ingest *ingest) {
    static const struct absence absences[] = {
        {ERRATA__MEMBER_CODE, ERRATA_DEVIATION_NO_CODE},
        {ERRATA__MEMBER_EXPECTED, ERRATA_DEVIATION_NO_EXPECTED},
        {ERRATA__MEMBER_RECEIVED, ERRATA_DEVIATION_NO_RECEIVED},
        {ERRATA__MEMBER_PATH, ERRATA_DEVIATION_NO_PATH},
        {ERRATA__MEMBER_MESSAGE, ERRATA_DEVIATION_NO_MESSAGE},
    };
    ingest->place = ERRATA__IN_ISSUES;
    note_missing(ingest, ingest->seen_in_issue, absences, sizeof absences / sizeof absences[0]);
    uint32_t shape;
    enum errata_status status = errata__strings_settle(ingest->index);
    if (status != ERRATA_OK) {
        return status;
    }
    status = errata__issue_shape(ingest->index, &ingest->shape,
                                 (const uint32_t *)(const void *)ingest->segments.data,
                                 ingest->n_segments, &shape);
    if (status == ERRATA_OK) {
        status = errata__issue_append(ingest->index, shape,
                                      (const uint64_t *)(const void *)ingest->positions.data,
                                      ingest->n_positions);
    }
    return status;
}

/* The mark of a value that is no JSON string. */
static uint8_t json_flag(enum errata__member member) {
    return member == ERRATA__MEMBER_EXPECTED   ? ERRATA__EXPECTED_JSON
           : member == ERRATA__MEMBER_RECEIVED ? ERRATA__RECEIVED_JSON
                                               : 0;
}

/* A member that the issue had before. */
static __attribute__((noinline)) enum errata_status repeated_member(struct errata__ingest *ingest,
                                                                    enum errata__json_kind kind,
                                                                    uint32_t depth,
                                                                    const char *text,
                                                                    size_t length) {
    if (ingest->member == ERRATA__MEMBER_PATH) {
        errata__trouble_at_token(ingest, "a second `path` in one issue");
        return ERRATA_OK;
    }
    errata__deviate(ingest, ERRATA_DEVIATION_REPEATED);
    if (ingest->trouble.status != ERRATA_OK) {
        return ERRATA_OK;
    }
    /* The last counts, so it must not be overwritten by the one before. */
    enum errata_status status = errata__strings_settle(ingest->index);
    if (status != ERRATA_OK) {
        return status;
    }
    ingest->shape.flags &= (uint8_t)~json_flag(ingest->member);
    return kind == ERRATA__JSON_STRING ? errata__keep_text(ingest, text, length, issue_text(ingest))
                                       : errata__capture(ingest, kind, depth, text, length);
}

static enum errata_status begin_path(struct errata__ingest *ingest, enum errata__json_kind kind) {
    if (kind == ERRATA__JSON_ARRAY) {
        ingest->place = ERRATA__IN_PATH;
    } else {
        errata__trouble_at_token(ingest, "`path` is %s, not an array", errata__kind_name(kind));
    }
    return ERRATA_OK;
}

enum errata_status errata__issue_event(struct errata__ingest *ingest, enum errata__json_kind kind,
                                       uint32_t depth, const char *text, size_t length) {
    if (kind == ERRATA__JSON_KEY) {
        ingest->member = errata__member_of_issue(text, length);
        return ERRATA_OK;
    }
    if (kind == ERRATA__JSON_OBJECT_END) {
        return end_issue(ingest);
    }
    if (ingest->member == ERRATA__MEMBER_NONE) {
        errata__skip(ingest, kind, depth);
        errata__trace_unwanted(ingest, text, length);
        return ERRATA_OK;
    }
    if (!errata__first_sight(&ingest->seen_in_issue, ingest->member)) {
        return repeated_member(ingest, kind, depth, text, length);
    }
    if (ingest->member == ERRATA__MEMBER_PATH) {
        return begin_path(ingest, kind);
    }
    if (ingest->member == ERRATA__MEMBER_MESSAGE && kind == ERRATA__JSON_STRING) {
        ingest->traces.message = (struct errata__trace){text, length};
    }
    return kind == ERRATA__JSON_STRING
               ? errata__keep_text_later(ingest, text, length, issue_text(ingest))
               : errata__capture(ingest, kind, depth, text, length);
}

enum errata_status errata__issue_captured(struct errata__ingest *ingest) {
    enum errata_status status = errata__keep_text(ingest, ingest->captured.data,
                                                  ingest->captured.length, issue_text(ingest));
    ingest->shape.flags |= json_flag(ingest->member);
    switch ((int)ingest->member) {
    case ERRATA__MEMBER_CODE:
        errata__deviate(ingest, ERRATA_DEVIATION_CODE_TYPE);
        break;
    case ERRATA__MEMBER_EXPECTED:
        errata__deviate(ingest, ERRATA_DEVIATION_EXPECTED_TYPE);
        break;
    case ERRATA__MEMBER_RECEIVED:
        errata__deviate(ingest, ERRATA_DEVIATION_RECEIVED_TYPE);
        break;
    default:
        errata__deviate(ingest, ERRATA_DEVIATION_MESSAGE_TYPE);
        break;
    }
    return status;
}
