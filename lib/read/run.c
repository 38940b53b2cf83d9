/*
 * Spans that are known: finding them, and doing what they mean, one behind the other.
 */
#include <string.h>

#include "index/cursor.h"
#include "index/recent.h"
#include "read/lane.h"
#include "read/member.h"

static const struct errata__ends issue_ends = {.close = '}', .open = '{', .before = 0};
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
    uint64_t known_issues;
};

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

/* An issue that the cursor has no room for. */
static __attribute__((noinline)) bool append_slowly(struct run *run,
                                                    const struct errata__known *known,
                                                    const char *span, uint32_t shape) {
    uint64_t positions[ERRATA__KNOWN_POSITIONS];
    size_t count = known->n_positions;
    for (size_t i = 0; i < count; i++) {
        const struct errata__known_position *position = &known->positions[i];
        positions[i] = read_digits(span + position->at + position->digits, position->digits);
    }
    errata__cursor_close(&run->cursor, run->lane->index);
    /* May cost the memo its memory, and so `known`. */
    enum errata_status status = errata__issue_append(run->lane->index, shape, positions, count);
    errata__cursor_open(&run->cursor, run->lane->index);
    return status == ERRATA_OK;
}

/* Appends an issue whose positions stand in the span. `known` is not to be used behind it. */
static inline bool append(struct run *run, const struct errata__known *known, const char *span,
                          uint32_t shape) {
    size_t count = known->n_positions;
    if (!errata__cursor_takes(&run->cursor, count)) {
        return append_slowly(run, known, span, shape);
    }
    for (size_t i = 0; i < count; i++) {
        const struct errata__known_position *position = &known->positions[i];
        errata__cursor_position(
            &run->cursor, read_digits(span + position->at + position->digits, position->digits));
    }
    errata__cursor_issue(&run->cursor, shape);
    return true;
}

static inline void count_deviations(struct errata__deviation_sets *sets, unsigned deviations) {
    sets->issues[deviations]++;
    sets->touched |= (uint64_t)1 << deviations;
}

/* Does the gap stand there, with an object behind it? */
static inline bool meets_gap(const struct run *run, const struct errata__gap *gap) {
    const char *bytes = run->stretch->bytes + run->at;
    if (gap->length >= run->end - run->at || bytes[gap->length] != '{') {
        return false;
    }
    return gap->length == 1 ? bytes[0] == gap->bytes[0]
                            : memcmp(bytes, gap->bytes, gap->length) == 0;
}

/* Issues that are known as they stand, as many as there are. */
static void take_whole(struct run *run) {
    struct errata__lane *lane = run->lane;
    const struct errata__gap *gap = &lane->gaps[run->behind_issue];
    uint64_t known_issues = 0;
    while (meets_gap(run, gap)) {
        size_t begin = run->at + gap->length;
        const char *span = look_at(lane, run->stretch, begin, &issue_ends);
        size_t length = lane->look.length;
        if (length == 0 || length > run->end - begin) {
            break;
        }
        const struct errata__known *known =
            errata__memo_find(&lane->memo, lane->kernel, &lane->look, span, ERRATA__KNOWN_ISSUE, 0);
        if (known == NULL) {
            break;
        }
        unsigned deviations = known->deviations;
        if (!append(run, known, span, known->is.shape)) {
            break;
        }
        count_deviations(&lane->sets, deviations);
        run->at = begin + length;
        gap = &lane->gaps[1];
        known_issues++;
    }
    run->behind_issue = run->behind_issue || known_issues > 0;
    run->known_issues += known_issues;
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

/* An issue without its message. */
struct bare {
    /* Where the message stands, and how long it is. */
    size_t text;
    size_t text_length;
    /* Bytes before it, and all that are not in it. */
    size_t head;
    size_t length;
};

/* Looks at it; false: it cannot be. */
static bool look_bare(struct run *run, size_t begin, struct bare *bare) {
    struct errata__lane *lane = run->lane;
    if (!find_message(run, begin, &bare->text, &bare->text_length)) {
        return false;
    }
    bare->head = bare->text - begin;
    size_t from = bare->text + bare->text_length;
    size_t tail = run->stretch->readable - from;
    tail = tail < ERRATA__BARE_MOST - bare->head ? tail : ERRATA__BARE_MOST - bare->head;
    memcpy(lane->bare, run->stretch->bytes + begin, bare->head);
    memcpy(lane->bare + bare->head, run->stretch->bytes + from, tail);
    lane->kernel->look(&lane->look, lane->bare, ERRATA__BARE_MOST, &issue_ends, lane->seeds);
    bare->length = lane->look.length;
    return bare->length > bare->head && bare->length <= bare->head + tail &&
           bare->length - bare->head <= run->end - from;
}

/* An issue that is known but for its message. */
static bool take_bare(struct run *run) {
    struct errata__lane *lane = run->lane;
    const struct errata__gap *gap = &lane->gaps[run->behind_issue];
    size_t begin = run->at + gap->length;
    struct bare bare;
    uint32_t shape;
    if (!meets_gap(run, gap) || !look_bare(run, begin, &bare)) {
        return false;
    }
    const struct errata__known *known =
        errata__memo_find(&lane->memo, lane->kernel, &lane->look, lane->bare,
                          ERRATA__KNOWN_BUT_MESSAGE, (unsigned)bare.head);
    if (known == NULL) {
        return false;
    }
    /* Interning may cost the memo its memory. */
    struct errata__known kept = *known;
    enum errata_status status =
        errata__string_intern(lane->index, run->stretch->bytes + bare.text, bare.text_length,
                              &kept.is.but_message.message, NULL);
    if (status == ERRATA_OK) {
        status = errata__shape_intern(lane->index, &kept.is.but_message, &shape);
    }
    if (status != ERRATA_OK || !append(run, &kept, lane->bare, shape)) {
        return false;
    }
    count_deviations(&lane->sets, kept.deviations);
    run->at = begin + bare.length + bare.text_length;
    run->behind_issue = true;
    run->known_issues++;
    return true;
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

static bool is_white(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Where the gap before an issue ends, or the white space before the list's end. */
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

/* Does the list end here? */
static bool at_list_end(const struct run *run) {
    const char *bytes = run->stretch->bytes;
    if (run->at == run->end) {
        return false;
    }
    if (bytes[run->at] == ']') {
        return true;
    }
    size_t behind = is_white(bytes[run->at]) ? behind_gap(run) : run->end;
    return behind < run->end && bytes[behind] == ']';
}

static const struct errata__known *find_frame(const struct run *run) {
    struct errata__lane *lane = run->lane;
    const char *span = look_at(lane, run->stretch, run->at, &frame_ends);
    if (lane->look.length == 0 || lane->look.length > run->end - run->at) {
        lane->look.length = 0;
        return NULL;
    }
    return errata__memo_find(&lane->memo, lane->kernel, &lane->look, span, ERRATA__KNOWN_FRAME, 0);
}

static bool take_frame(struct run *run) {
    if (!at_list_end(run)) {
        return false;
    }
    const struct errata__known *known = find_frame(run);
    size_t length = run->lane->look.length;
    if (known == NULL || !enter_frame(run, &known->is.frame)) {
        return false;
    }
    run->at += length;
    run->behind_issue = false;
    return true;
}

/* Takes some of what is known; false: that was all. */
static bool take_some(struct run *run) {
    struct errata__lane *lane = run->lane;
    size_t from = run->at;
    if (lane->bare_first && take_bare(run)) {
        return true;
    }
    take_whole(run);
    if (run->at > from) {
        lane->bare_first = false;
        return true;
    }
    if (!lane->bare_first && take_bare(run)) {
        lane->bare_first = true;
        return true;
    }
    return take_frame(run);
}

/* Describes the issue that begins there. */
static void describe_issue(struct run *run, size_t begin) {
    struct errata__lane *lane = run->lane;
    struct errata__unknown *unknown = &lane->unknown;
    struct bare bare;
    const char *span = look_at(lane, run->stretch, begin, &issue_ends);
    size_t length = lane->look.length;
    unknown->kind = ERRATA__UNKNOWN_ISSUE;
    if (length == 0 || length > run->end - begin) {
        return;
    }
    unknown->end = begin + length;
    unknown->hash = lane->look.hash;
    unknown->familiar = errata__memo_find(&lane->memo, lane->kernel, &lane->look, span,
                                          ERRATA__KNOWN_ISSUE, 0) != NULL;
    if (look_bare(run, begin, &bare) && begin + bare.length + bare.text_length == unknown->end) {
        unknown->message_at = (uint32_t)bare.head;
        unknown->bare_length = (uint32_t)bare.length;
        unknown->bare_hash = lane->look.hash;
    }
}

/* What it is that is not known, for learn.c. */
static void describe(struct run *run) {
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
        unknown->kind = ERRATA__UNKNOWN_FRAME;
        unknown->familiar = find_frame(run) != NULL;
        unknown->begin = run->at;
        unknown->hash = lane->look.hash;
        unknown->end = lane->look.length == 0 ? 0 : run->at + lane->look.length;
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
    while (take_some(&run)) {}
    errata__cursor_close(&run.cursor, lane->index);
    settle_deviations(lane);
    describe(&run);
    errata__json_pass(lane->json, run.at - stretch->at);
    stretch->at = run.at;
    lane->stand = run.behind_issue ? ERRATA__BEHIND_ISSUE : ERRATA__AT_LIST;
    lane->known_issues += run.known_issues;
    lane->fortune.known += (uint32_t)run.known_issues;
    lane->fortune.unknown += lane->unknown.kind == ERRATA__UNKNOWN_ISSUE;
}
