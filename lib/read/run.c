/*
 * Spans that are known: finding them, and doing what they mean, one behind the other.
 */
#include <string.h>

#include "index/cursor.h"
#include "index/recent.h"
#include "read/lane.h"
#include "read/member.h"

const struct errata__ends errata__issue_ends = {.close = '}', .open = '{', .before = 0};
/* A frame is known by its bytes up to the bracket of the next list: no other may be in it. FF is in no JSON. */
static const struct errata__ends frame_ends = {.close = '[', .open = 0xFF, .before = 1};

/* What a run has going. */
struct run {
    struct errata__lane *lane;
    const struct errata__stretch *stretch;
    struct errata__cursor cursor;
    size_t at;
    /* The most that may be taken. */
    size_t end;
    bool behind_issue;
};

const char *errata__lane_look(struct errata__lane *lane, const struct errata__stretch *stretch,
                              size_t at, const struct errata__ends *ends) {
    const char *span = stretch->bytes + at;
    size_t readable = stretch->readable - at;
    if (readable >= ERRATA__FIRST_SIZE) {
        lane->kernel->look(&lane->look, span, readable, ends, lane->seeds);
        if (!lane->look.cut) {
            return span;
        }
    }
    /* So near the end that a whole block cannot be read. */
    readable = readable < sizeof lane->tail ? readable : sizeof lane->tail;
    memcpy(lane->tail, span, readable);
    size_t padded = (readable + ERRATA__BLOCK_SIZE - 1) & ~(size_t)(ERRATA__BLOCK_SIZE - 1);
    padded = padded < ERRATA__FIRST_SIZE ? ERRATA__FIRST_SIZE : padded;
    memset(lane->tail + readable, 0, padded - readable);
    lane->kernel->look(&lane->look, lane->tail, padded, ends, lane->seeds);
    return lane->tail;
}

/* Eight digits at most, the last of which stands before `end`, where eight bytes may be read. */
static uint32_t read_digits(const char *end, unsigned digits) {
    uint64_t word;
    unsigned others = 64 - 8 * digits;
    memcpy(&word, end - sizeof word, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    word = (word & 0x0F0F0F0F0F0F0F0FU) >> others << others;
    word = (word * (1 + 10 * 256U)) >> 8 & 0x00FF00FF00FF00FFU;
    word = (word * (1 + 100 * 65536U)) >> 16 & 0x0000FFFF0000FFFFU;
    return (uint32_t)((word * (1 + 10000 * ((uint64_t)1 << 32))) >> 32);
}

/* Appends an issue whose positions stand in the span. */
static bool append(struct run *run, const struct errata__known *known, const char *span,
                   uint32_t shape) {
    uint32_t positions[ERRATA__KNOWN_POSITIONS];
    uint64_t wide[ERRATA__KNOWN_POSITIONS];
    size_t count = known->n_positions;
    for (size_t i = 0; i < count; i++) {
        const struct errata__known_position *position = &known->positions[i];
        positions[i] = read_digits(span + position->at + position->digits, position->digits);
    }
    if (errata__cursor_takes(&run->cursor, count)) {
        for (size_t i = 0; i < count; i++) {
            errata__cursor_position(&run->cursor, positions[i]);
        }
        errata__cursor_issue(&run->cursor, shape);
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        wide[i] = positions[i];
    }
    errata__cursor_close(&run->cursor, run->lane->index);
    enum errata_status status = errata__issue_append(run->lane->index, shape, wide, count);
    errata__cursor_open(&run->cursor, run->lane->index);
    return status == ERRATA_OK;
}

/* The whole of the span is taken. */
static void take(struct run *run, size_t length, unsigned deviations) {
    struct errata__deviation_sets *sets = &run->lane->sets;
    sets->issues[deviations]++;
    sets->touched |= (uint64_t)1 << deviations;
    run->at += length;
    run->behind_issue = true;
    run->lane->fortune.known++;
    run->lane->known_issues++;
}

/* An issue that is known as it stands. */
static bool take_whole(struct run *run, size_t begin) {
    struct errata__lane *lane = run->lane;
    const char *span = errata__lane_look(lane, run->stretch, begin, &errata__issue_ends);
    size_t length = lane->look.length;
    lane->unknown.hash = lane->look.hash;
    lane->unknown.end = length == 0 || length > run->end - begin ? 0 : begin + length;
    if (lane->unknown.end == 0) {
        return false;
    }
    const struct errata__known *known =
        errata__memo_find(&lane->memo, lane->kernel, &lane->look, span, ERRATA__KNOWN_ISSUE, 0);
    lane->unknown.familiar = known != NULL;
    /* Appending may cost the memo its memory. */
    unsigned deviations = known == NULL ? 0 : known->deviations;
    if (known == NULL || !append(run, known, span, known->is.shape)) {
        return false;
    }
    take(run, begin + length - run->at, deviations);
    return true;
}

static const char message_name[] = "\"message\":";

/* Where the text of the message stands, and how long it is, if it is plain. */
static bool find_message(const struct run *run, size_t begin, size_t *text, size_t *length) {
    const struct errata__stretch *stretch = run->stretch;
    const char *bytes = stretch->bytes;
    size_t most = run->end - begin;
    const char *name = memmem(bytes + begin, most < ERRATA__FIRST_SIZE ? most : ERRATA__FIRST_SIZE,
                              message_name, sizeof message_name - 1);
    if (name == NULL) {
        return false;
    }
    size_t at = (size_t)(name - bytes) + sizeof message_name - 1;
    at += at < run->end && bytes[at] == ' ';
    if (at >= run->end || bytes[at] != '"') {
        return false;
    }
    *text = at + 1;
    *length = run->lane->kernel->plain(bytes + *text, run->end - *text);
    return *length < run->end - *text && bytes[*text + *length] == '"' &&
           *length + 2 <= run->lane->token_limit;
}

/* Looks at the issue without its message. Sets unknown.bare_*; false: it cannot be. */
static bool look_bare(struct run *run, size_t begin, size_t *text, size_t *text_length) {
    struct errata__lane *lane = run->lane;
    lane->unknown.message_at = 0;
    if (!find_message(run, begin, text, text_length)) {
        return false;
    }
    size_t head = *text - begin;
    size_t from = *text + *text_length;
    size_t tail = run->stretch->readable - from;
    tail = tail < ERRATA__BARE_MOST - head ? tail : ERRATA__BARE_MOST - head;
    memcpy(lane->bare, run->stretch->bytes + begin, head);
    memcpy(lane->bare + head, run->stretch->bytes + from, tail);
    lane->kernel->look(&lane->look, lane->bare, ERRATA__BARE_MOST, &errata__issue_ends,
                       lane->seeds);
    size_t length = lane->look.length;
    if (length <= head || length > head + tail || from + (length - head) > run->end) {
        return false;
    }
    lane->unknown.message_at = (uint32_t)head;
    lane->unknown.bare_length = (uint32_t)length;
    lane->unknown.bare_hash = lane->look.hash;
    return true;
}

/* An issue that is known but for its message. */
static bool take_bare(struct run *run, size_t begin) {
    struct errata__lane *lane = run->lane;
    size_t text;
    size_t text_length;
    uint32_t shape;
    if (!look_bare(run, begin, &text, &text_length)) {
        return false;
    }
    const struct errata__known *known =
        errata__memo_find(&lane->memo, lane->kernel, &lane->look, lane->bare,
                          ERRATA__KNOWN_BUT_MESSAGE, lane->unknown.message_at);
    if (known == NULL) {
        return false;
    }
    /* Interning may cost the memo its memory. */
    struct errata__known kept = *known;
    enum errata_status status = errata__string_intern(
        lane->index, run->stretch->bytes + text, text_length, &kept.is.but_message.message, NULL);
    if (status == ERRATA_OK) {
        status = errata__shape_intern(lane->index, &kept.is.but_message, &shape);
    }
    if (status != ERRATA_OK || !append(run, &kept, lane->bare, shape)) {
        return false;
    }
    take(run, begin + lane->unknown.bare_length + text_length - run->at, kept.deviations);
    return true;
}

static bool take_issue(struct run *run, size_t begin) {
    struct errata__lane *lane = run->lane;
    lane->unknown.issue = true;
    lane->unknown.begin = begin;
    lane->unknown.message_at = 0;
    if (lane->bare_first) {
        if (take_bare(run, begin)) {
            return true;
        }
        if (take_whole(run, begin)) {
            lane->bare_first = false;
            return true;
        }
        return false;
    }
    if (take_whole(run, begin)) {
        return true;
    }
    lane->bare_first = take_bare(run, begin);
    return lane->bare_first;
}

#define ALL_MEMBERS                                                                                \
    (ERRATA__BIT(ERRATA__MEMBER_MESSAGE) | ERRATA__BIT(ERRATA__MEMBER_ERRORS) |                    \
     ERRATA__BIT(ERRATA__MEMBER_KEY))

/* The rule error ends, and another begins. False: not here. */
static bool enter_frame(struct run *run, const struct errata__known_frame *frame) {
    struct errata__ingest *ingest = run->lane->ingest;
    /* What it closes may have had each member once. */
    if (ingest->seen_in_rule_error != (ALL_MEMBERS & ~frame->closes)) {
        return false;
    }
    bool has_key = (frame->closes & ERRATA__BIT(ERRATA__MEMBER_KEY)) != 0;
    bool has_message = (frame->closes & ERRATA__BIT(ERRATA__MEMBER_MESSAGE)) != 0;
    const struct errata__known_frame kept = *frame;
    errata__cursor_close(&run->cursor, run->lane->index);
    enum errata_status status = errata__rule_error_append(
        run->lane->index, has_key ? kept.key : ingest->key,
        has_message ? kept.message : ingest->rule_message, ingest->first_issue);
    errata__cursor_open(&run->cursor, run->lane->index);
    if (status != ERRATA_OK) {
        return false;
    }
    errata__rule_error_begin(ingest);
    ingest->place = ERRATA__IN_ISSUES;
    ingest->key = kept.next_key;
    ingest->rule_message = kept.next_message;
    ingest->seen_in_rule_error = kept.opens;
    return true;
}

static bool take_frame(struct run *run) {
    struct errata__lane *lane = run->lane;
    const char *span = errata__lane_look(lane, run->stretch, run->at, &frame_ends);
    size_t length = lane->look.length;
    lane->unknown.frame = true;
    lane->unknown.begin = run->at;
    lane->unknown.hash = lane->look.hash;
    lane->unknown.end = length == 0 || length > run->end - run->at ? 0 : run->at + length;
    if (lane->unknown.end == 0) {
        return false;
    }
    const struct errata__known *known =
        errata__memo_find(&lane->memo, lane->kernel, &lane->look, span, ERRATA__KNOWN_FRAME, 0);
    lane->unknown.familiar = known != NULL;
    if (known == NULL || !enter_frame(run, &known->is.frame)) {
        return false;
    }
    run->at += length;
    run->behind_issue = false;
    return true;
}

static bool is_white(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Where the gap before an issue ends, whether it is one or not. */
static size_t behind_gap(const struct run *run) {
    size_t at = run->at;
    size_t end = run->end - at > ERRATA__GAP_MOST ? at + ERRATA__GAP_MOST : run->end;
    bool comma = !run->behind_issue;
    for (; at < end; at++) {
        char c = run->stretch->bytes[at];
        if (c == ',' && !comma) {
            comma = true;
        } else if (!is_white(c)) {
            break;
        }
    }
    return at;
}

/* Takes the gap and the span behind it, if both are known. */
static bool take_next(struct run *run) {
    struct errata__lane *lane = run->lane;
    const struct errata__gap *gap = &lane->gaps[run->behind_issue];
    const char *bytes = run->stretch->bytes + run->at;
    size_t left = run->end - run->at;
    lane->unknown.issue = false;
    lane->unknown.frame = false;
    lane->unknown.familiar = false;
    lane->unknown.end = 0;
    if (gap->length < left && bytes[gap->length] == '{' &&
        memcmp(bytes, gap->bytes, gap->length) == 0) {
        return take_issue(run, run->at + gap->length);
    }
    if (left > 0 && (bytes[0] == ']' || is_white(bytes[0]))) {
        size_t behind = behind_gap(run);
        if (behind < run->end && run->stretch->bytes[behind] == ']') {
            return take_frame(run);
        }
    }
    return false;
}

/* What it is that is not known, for learn.c. */
static void describe(struct run *run) {
    struct errata__unknown *unknown = &run->lane->unknown;
    if (unknown->issue || unknown->frame) {
        return;
    }
    size_t begin = behind_gap(run);
    if (begin < run->end && run->stretch->bytes[begin] == '{') {
        struct errata__lane *lane = run->lane;
        const char *span = errata__lane_look(lane, run->stretch, begin, &errata__issue_ends);
        size_t length = lane->look.length;
        unknown->issue = true;
        unknown->begin = begin;
        unknown->message_at = 0;
        unknown->hash = lane->look.hash;
        unknown->end = length == 0 || length > run->end - begin ? 0 : begin + length;
        unknown->familiar =
            unknown->end != 0 && errata__memo_find(&lane->memo, lane->kernel, &lane->look, span,
                                                   ERRATA__KNOWN_ISSUE, 0) != NULL;
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
    struct run run = {.lane = lane,
                      .stretch = stretch,
                      .at = stretch->at,
                      .end = stretch->at + (length < room ? length : (size_t)room),
                      .behind_issue = lane->stand == ERRATA__BEHIND_ISSUE};
    errata__cursor_open(&run.cursor, lane->index);
    while (take_next(&run)) {}
    errata__cursor_close(&run.cursor, lane->index);
    settle_deviations(lane);
    describe(&run);
    errata__json_pass(lane->json, run.at - stretch->at);
    stretch->at = run.at;
    lane->stand = run.behind_issue ? ERRATA__BEHIND_ISSUE : ERRATA__AT_LIST;
    lane->fortune.unknown += lane->unknown.issue;
}
