/*
 * The state machine's inner parts, shared by ingest.c, document.c and issue.c.
 */
#ifndef ERRATA_READ_MEMBER_H
#define ERRATA_READ_MEMBER_H

#include "read/ingest.h"

#define ERRATA__BIT(member) (1U << (unsigned)(member))

/* What errata__json_event() is called with. The functions that most events go through take it in registers. */
struct errata__event {
    enum errata__json_kind kind;
    uint32_t depth;
    const char *text;
    size_t length;
};

/* Which member a name is, of a document, a rule error, an issue; ERRATA__MEMBER_NONE for the others. */
enum errata__member errata__member_of_document(const char *name, size_t length);
enum errata__member errata__member_of_rule_error(const char *name, size_t length);
enum errata__member errata__member_of_issue(const char *name, size_t length);

/* "a number", "null", "an object", for reasons. */
const char *errata__kind_name(enum errata__json_kind kind);

/* Turns the open document into a reject; what follows of it is passed over. The first trouble stays. */
void errata__trouble_at_token(struct errata__ingest *ingest, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void errata__trouble_at_start(struct errata__ingest *ingest, const char *reason);

/* Counts a deviation or, with strict, makes trouble of it. */
void errata__deviate(struct errata__ingest *ingest, enum errata_deviation_kind kind);

/* Notes that a member was seen in an object; false when it was seen before. */
static inline bool errata__first_sight(uint32_t *seen, enum errata__member member) {
    bool first = (*seen & ERRATA__BIT(member)) == 0;
    *seen |= ERRATA__BIT(member);
    return first;
}

static inline bool errata__is_container(enum errata__json_kind kind) {
    return kind == ERRATA__JSON_OBJECT || kind == ERRATA__JSON_ARRAY;
}

/* The id of a text of the payload, counted as a deviation where it is not UTF-8. */
ERRATA_MUST_CHECK enum errata_status errata__keep_text(struct errata__ingest *ingest,
                                                       const char *text, size_t length,
                                                       uint32_t *id);
/* The same for a text whose id is not needed before errata__strings_settle(). */
ERRATA_MUST_CHECK enum errata_status errata__keep_text_later(struct errata__ingest *ingest,
                                                             const char *text, size_t length,
                                                             uint32_t *id);
/* Starts to keep the value that the event begins. When it is a scalar, it also ends it. */
ERRATA_MUST_CHECK enum errata_status errata__capture(struct errata__ingest *ingest,
                                                     enum errata__json_kind kind, uint32_t depth,
                                                     const char *text, size_t length);
/* Notes a text that nobody wants. */
static inline void errata__trace_unwanted(struct errata__ingest *ingest, const char *text,
                                          size_t length) {
    struct errata__traces *traces = &ingest->traces;
    if (length > 0 && text[0] >= '0' && text[0] <= '9' &&
        traces->n_unwanted < ERRATA__TRACED_UNWANTED) {
        traces->unwanted[traces->n_unwanted++] = (struct errata__trace){text, length};
    }
}

/* Notes a string or number of a member of the document. */
void errata__trace_member(struct errata__ingest *ingest, const struct errata__event *event);
/* Does again what such a value did; false: it is no such value, or cannot be stored. */
ERRATA_MUST_CHECK bool errata__document_refill(struct errata__ingest *ingest,
                                               const struct errata__document_trace *value);
/* The document ends: trouble, or a deviation, when its status is none. */
void errata__document_end(struct errata__ingest *ingest);
bool errata__status_is_declared(struct errata_text status);

/* Starts to pass over the value that the event begins. */
static inline void errata__skip(struct errata__ingest *ingest, enum errata__json_kind kind,
                                uint32_t depth) {
    if (errata__is_container(kind)) {
        ingest->outer = ingest->place;
        ingest->place = ERRATA__IN_SKIPPED;
        ingest->skip_depth = depth;
    }
}

/* Events in the places of ingest.h; then a captured value, whose text is ingest->captured. */
enum errata_status errata__document_event(struct errata__ingest *ingest,
                                          const struct errata__event *event);
enum errata_status errata__document_captured(struct errata__ingest *ingest);
enum errata_status errata__rule_error_event(struct errata__ingest *ingest,
                                            const struct errata__event *event);
enum errata_status errata__rule_error_captured(struct errata__ingest *ingest);
enum errata_status errata__issue_event(struct errata__ingest *ingest, enum errata__json_kind kind,
                                       uint32_t depth, const char *text, size_t length);
enum errata_status errata__issue_captured(struct errata__ingest *ingest);
enum errata_status errata__path_event(struct errata__ingest *ingest, enum errata__json_kind kind,
                                      uint32_t depth, const char *text, size_t length);
enum errata_status errata__path_captured(struct errata__ingest *ingest);

void errata__rule_error_begin(struct errata__ingest *ingest);
void errata__issue_begin(struct errata__ingest *ingest);

#endif
