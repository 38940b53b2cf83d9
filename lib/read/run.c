/*
 * Spans that are known: finding them, and doing what they mean, one behind the other.
 */
#include <string.h>

#include "read/member.h"
#include "read/run.h"
#include "json/text.h"

const struct errata__ends errata__issue_ends = {.close = '}', .open = '{', .before = 0};
/* A frame is known by its bytes up to the bracket of the next list: no other may be in it. FF is in no JSON. */
static const struct errata__ends frame_ends = {.close = '[', .open = 0xFF, .before = 1};
/* A document's end closes the rule error, and the document. */
static const struct errata__ends document_ends = {.close = '}', .open = '{', .before = 2};

/* So near the end of what may be read that a whole block cannot be. */
static __attribute__((noinline)) const char *look_at_tail(struct errata__lane *lane,
                                                          const char *span, size_t readable,
                                                          const struct errata__ends *ends) {
    readable = readable < sizeof lane->tail ? readable : sizeof lane->tail;
    memcpy(lane->tail, span, readable);
    size_t padded = (readable + ERRATA__BLOCK_SIZE - 1) & ~(size_t)(ERRATA__BLOCK_SIZE - 1);
    padded = padded < ERRATA__FIRST_SIZE ? ERRATA__FIRST_SIZE : padded;
    memset(lane->tail + readable, 0, padded - readable);
    lane->kernel->look(&lane->look, lane->tail, padded, ends, lane->seeds);
    return lane->tail;
}

/* Looks at the span at `at`. Returns where its bytes are to be read, lane->tail or in the stretch. */
static inline const char *look_at(struct errata__lane *lane, const struct errata__stretch *stretch,
                                  size_t at, const struct errata__ends *ends) {
    const char *span = stretch->bytes + at;
    size_t readable = stretch->readable - at;
    if (readable >= ERRATA__FIRST_SIZE) {
        lane->kernel->look(&lane->look, span, readable, ends, lane->seeds);
        if (!lane->look.cut) {
            return span;
        }
    }
    return look_at_tail(lane, span, readable, ends);
}

bool errata__run_append_slowly(struct errata__run *run, const struct errata__known *known,
                               const char *span, uint32_t shape) {
    uint64_t positions[ERRATA__KNOWN_POSITIONS];
    size_t count = known->n_positions;
    errata__run_positions(known, span, positions);
    errata__cursor_close(&run->cursor, run->lane->index);
    /* May cost the memo its memory, and so `known`. */
    enum errata_status status = errata__issue_append(run->lane->index, shape, positions, count);
    errata__cursor_open(&run->cursor, run->lane->index);
    return status == ERRATA_OK;
}

static bool append(struct errata__run *run, const struct errata__known *known, const char *span,
                   uint32_t shape) {
    if (errata__cursor_takes(&run->cursor, known->n_positions)) {
        errata__run_put(&run->cursor, known, span, shape);
        return true;
    }
    return errata__run_append_slowly(run, known, span, shape);
}

/* The issue that ends before `end` is taken. */
static void took(struct errata__run *run, size_t end, unsigned deviations) {
    errata__run_count(run->lane, deviations);
    run->at = end;
    run->behind_issue = true;
    run->known_issues++;
}

/* An issue that is known as it stands, near the end of what may be read. */
static bool take_at_tail(struct errata__run *run) {
    struct errata__lane *lane = run->lane;
    const struct errata__gap *gap = &lane->gaps[run->behind_issue];
    if (!errata__run_at_gap(run, gap)) {
        return false;
    }
    size_t begin = run->at + gap->length;
    const char *span = look_at(lane, run->stretch, begin, &errata__issue_ends);
    size_t length = lane->look.length;
    if (length == 0 || length > run->end - begin) {
        return false;
    }
    const struct errata__known *known = errata__memo_find(
        &lane->memo, lane->kernel->same, &lane->look, span, ERRATA__KNOWN_ISSUE, 0);
    if (known == NULL) {
        return false;
    }
    unsigned deviations = known->deviations;
    if (!errata__run_repeats(lane) || !append(run, known, span, known->is.shape)) {
        return false;
    }
    took(run, begin + length, deviations);
    return true;
}

#define ALL_MEMBERS                                                                                \
    (ERRATA__BIT(ERRATA__MEMBER_MESSAGE) | ERRATA__BIT(ERRATA__MEMBER_ERRORS) |                    \
     ERRATA__BIT(ERRATA__MEMBER_KEY))

/* The rule error ends. False: not here. */
static bool end_rule_error(struct errata__run *run, const struct errata__known_frame *frame) {
    const struct errata__ingest *ingest = run->lane->ingest;
    /* What it closes may have had each member once. */
    if (ingest->seen_in_rule_error != (ALL_MEMBERS & ~frame->closes)) {
        return false;
    }
    bool has_key = (frame->closes & ERRATA__BIT(ERRATA__MEMBER_KEY)) != 0;
    bool has_message = (frame->closes & ERRATA__BIT(ERRATA__MEMBER_MESSAGE)) != 0;
    errata__cursor_close(&run->cursor, run->lane->index);
    enum errata_status status = errata__rule_error_append(
        run->lane->index, has_key ? frame->key : ingest->key,
        has_message ? frame->message : ingest->rule_message, ingest->first_issue);
    errata__cursor_open(&run->cursor, run->lane->index);
    return status == ERRATA_OK;
}

/* The rule error ends, and another begins. False: not here. */
static bool enter_frame(struct errata__run *run, const struct errata__known_frame *frame) {
    struct errata__ingest *ingest = run->lane->ingest;
    /* Appending may cost the memo its memory. */
    const struct errata__known_frame kept = *frame;
    if (!end_rule_error(run, &kept)) {
        return false;
    }
    errata__rule_error_begin(ingest);
    ingest->place = ERRATA__IN_ISSUES;
    ingest->key = kept.next_key;
    ingest->rule_message = kept.next_message;
    ingest->seen_in_rule_error = kept.opens;
    return true;
}

/* Where the gap before an issue ends, or the white space before the list's end. */
static size_t behind_gap(const struct errata__run *run) {
    size_t at = run->at;
    size_t end = run->end - at > ERRATA__GAP_MOST ? at + ERRATA__GAP_MOST : run->end;
    bool comma = !run->behind_issue;
    for (; at < end; at++) {
        char c = run->stretch->bytes[at];
        if (c == ',' && !comma) {
            comma = true;
        } else if (!errata__json_is_white(c)) {
            break;
        }
    }
    return at;
}

/* Does the list end here? */
static bool at_list_end(const struct errata__run *run) {
    const char *bytes = run->stretch->bytes;
    if (run->at == run->end) {
        return false;
    }
    if (bytes[run->at] == ']') {
        return true;
    }
    size_t behind = errata__json_is_white(bytes[run->at]) ? behind_gap(run) : run->end;
    return behind < run->end && bytes[behind] == ']';
}

/* kind: FRAME, or END, which are found alike. */
static const struct errata__known *find_frame(const struct errata__run *run,
                                              enum errata__known_kind kind) {
    struct errata__lane *lane = run->lane;
    const struct errata__ends *ends = kind == ERRATA__KNOWN_END ? &document_ends : &frame_ends;
    const char *span = look_at(lane, run->stretch, run->at, ends);
    if (lane->look.length == 0 || lane->look.length > run->end - run->at) {
        lane->look.length = 0;
        return NULL;
    }
    return errata__memo_find(&lane->memo, lane->kernel->same, &lane->look, span, kind, 0);
}

static bool take_frame(struct errata__run *run) {
    const struct errata__known *known = find_frame(run, ERRATA__KNOWN_FRAME);
    size_t length = run->lane->look.length;
    if (known == NULL || !enter_frame(run, &known->is.frame)) {
        return false;
    }
    run->at += length;
    run->behind_issue = false;
    return true;
}

/* Can the document end without trouble? */
static bool may_end(const struct errata__run *run) {
    const struct errata__ingest *ingest = run->lane->ingest;
    return run->lane->is_document && ingest->status != ERRATA_NONE &&
           (!ingest->strict ||
            errata__status_is_declared(errata__text(ingest->index, ingest->status)));
}

/* The last rule error ends, and the document. */
static void take_end(struct errata__run *run) {
    const struct errata__known *known = may_end(run) ? find_frame(run, ERRATA__KNOWN_END) : NULL;
    size_t length = run->lane->look.length;
    if (known != NULL && end_rule_error(run, &known->is.frame)) {
        errata__document_end(run->lane->ingest);
        run->at += length;
        run->ended = true;
    }
}

/* So near the end of a line what ends with it is the document, more often than not. */
#define NEAR_END 128U

/* Behind the last issue of a list. False: the run ends. */
static bool take_list_end(struct errata__run *run) {
    bool near_end = run->end - run->at < NEAR_END;
    if (near_end) {
        take_end(run);
    }
    if (!run->ended && take_frame(run)) {
        return true;
    }
    if (!run->ended && !near_end) {
        take_end(run);
    }
    return false;
}

/* Takes some of what is known; false: that was all. */
static bool take_some(struct errata__run *run) {
    struct errata__lane *lane = run->lane;
    size_t from = run->at;
    if (lane->bare_first) {
        if (errata__run_take_bare(run)) {
            return true;
        }
        if (!errata__run_settle(run) || run->at < from) {
            return false;
        }
    }
    bool at_tail = lane->kernel->take(run);
    if (run->at > from || (at_tail && take_at_tail(run))) {
        lane->bare_first = false;
        return true;
    }
    if (!lane->bare_first && errata__run_take_bare(run)) {
        lane->bare_first = true;
        return true;
    }
    return at_list_end(run) && take_list_end(run);
}

/* Describes the issue that begins there. */
static void describe_issue(struct errata__run *run, size_t begin) {
    struct errata__lane *lane = run->lane;
    struct errata__unknown *unknown = &lane->unknown;
    struct errata__bare bare;
    const char *span = look_at(lane, run->stretch, begin, &errata__issue_ends);
    size_t length = lane->look.length;
    unknown->kind = ERRATA__UNKNOWN_ISSUE;
    if (length == 0 || length > run->end - begin) {
        return;
    }
    unknown->end = begin + length;
    unknown->familiar = errata__memo_find(&lane->memo, lane->kernel->same, &lane->look, span,
                                          ERRATA__KNOWN_ISSUE, 0) != NULL;
    unknown->hash = lane->look.hash;
    if (errata__run_look_bare(run, begin, &bare) &&
        begin + bare.length + bare.text_length == unknown->end) {
        unknown->message_at = (uint32_t)bare.head;
        unknown->bare_length = (uint32_t)bare.length;
        (void)errata__memo_find(&lane->memo, lane->kernel->same, &lane->look, lane->bare,
                                ERRATA__KNOWN_BUT_MESSAGE, (unsigned)bare.head);
        unknown->bare_hash = lane->look.hash;
    }
}

/* Describes what begins with the list's end: the next list's beginning or the document's end, whichever comes first. */
static void describe_frame(struct errata__run *run) {
    struct errata__lane *lane = run->lane;
    struct errata__unknown *unknown = &lane->unknown;
    unknown->kind = ERRATA__UNKNOWN_FRAME;
    unknown->familiar = find_frame(run, ERRATA__KNOWN_FRAME) != NULL;
    unknown->begin = run->at;
    unknown->hash = lane->look.hash;
    size_t length = lane->look.length;
    if (lane->is_document) {
        bool familiar = find_frame(run, ERRATA__KNOWN_END) != NULL;
        if (lane->look.length != 0 && (length == 0 || lane->look.length < length)) {
            unknown->kind = ERRATA__UNKNOWN_END;
            unknown->familiar = familiar;
            unknown->hash = lane->look.hash;
            length = lane->look.length;
        }
    }
    unknown->end = length == 0 ? 0 : run->at + length;
}

/* What it is that is not known, for learn.c. */
static void describe(struct errata__run *run) {
    struct errata__lane *lane = run->lane;
    struct errata__unknown *unknown = &lane->unknown;
    size_t begin = behind_gap(run);
    *unknown = (struct errata__unknown){.begin = begin};
    if (begin == run->end) {
        return;
    }
    if (run->stretch->bytes[begin] == '{') {
        describe_issue(run, begin);
    } else if (at_list_end(run)) {
        describe_frame(run);
    }
}

static void settle_deviations(struct errata__lane *lane) {
    struct errata__deviation_sets *sets = &lane->sets;
    for (; sets->touched != 0; sets->touched &= sets->touched - 1) {
        int set = __builtin_ctzll(sets->touched);
        uint32_t issues = sets->issues[set];
        for (int kind = 0; set != 0 && kind < ERRATA_DEVIATION_KINDS; kind++) {
            lane->ingest->deviations[kind] += issues * sets->count[set][kind];
        }
        sets->issues[set] = 0;
    }
}

void errata__lane_run(struct errata__lane *lane, struct errata__stretch *stretch) {
    uint64_t room = errata__json_room(lane->json);
    size_t length = stretch->length - stretch->at;
    struct errata__run run = {.lane = lane,
                              .stretch = stretch,
                              .at = stretch->at,
                              .end = stretch->at + (length < room ? length : (size_t)room),
                              .behind_issue = lane->stand == ERRATA__BEHIND_ISSUE};
    errata__cursor_open(&run.cursor, lane->index);
    while (take_some(&run)) {}
    errata__cursor_close(&run.cursor, lane->index);
    settle_deviations(lane);
    lane->ended = run.ended;
    if (!run.ended) {
        describe(&run);
    }
    errata__json_pass(lane->json, run.at - stretch->at);
    lane->fortune.known += run.at - stretch->at;
    stretch->at = run.at;
    lane->stand = run.behind_issue ? ERRATA__BEHIND_ISSUE : ERRATA__AT_LIST;
    lane->known_issues += run.known_issues;
    lane->fortune.stops += !run.ended && lane->unknown.kind != ERRATA__UNKNOWN_OTHER;
}
