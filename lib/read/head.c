/*
 * Known beginnings of documents: finding one, doing what it means, learning it.
 */
#include "read/head.h"

#include <string.h>

#include "core/path.h"
#include "index/hash.h"
#include "read/lane.h"
#include "read/member.h"

/* Pieces that are compared with the same bytes. */
#define MOST_TRIES 16U

/* Documents after which it is asked how well it went; and how many to leave to the parser if it did not. */
#define WINDOW 64U
#define FIRST_PAUSE 64U
#define LONGEST_PAUSE 16384U

void errata__heads_forget(struct errata__heads *heads) {
    heads->first = 0;
    heads->n_pieces = 0;
    heads->n_meanings = 0;
    heads->n_texts = 0;
    heads->fresh = false;
    heads->next_at = NULL;
}

/* The bytes of what stands in a hole; SIZE_MAX: what stands there does not fit. */
static size_t hole_length(const struct errata__lane *lane, enum errata__hole hole, const char *text,
                          size_t length) {
    size_t fits = 0;
    if (hole == ERRATA__HOLE_TEXT) {
        fits = lane->kernel->plain(text, length);
        return fits < length && fits + 2 <= lane->token_limit ? fits : SIZE_MAX;
    }
    while (fits < length && fits <= ERRATA__POSITION_DIGITS && text[fits] >= '0' &&
           text[fits] <= '9') {
        fits++;
    }
    bool good = fits > 0 && fits <= ERRATA__POSITION_DIGITS && (text[0] != '0' || fits == 1) &&
                fits < lane->token_limit;
    return good ? fits : SIZE_MAX;
}

/* The piece whose bytes stand there, among those linked from *link. It becomes the first of them. */
static const struct errata__head_piece *find_piece(struct errata__heads *heads, uint8_t *link,
                                                   const char *bytes, size_t length) {
    uint8_t *at = link;
    for (unsigned tries = 0; *at != 0 && tries < MOST_TRIES; tries++) {
        uint8_t number = *at;
        struct errata__head_piece *piece = &heads->pieces[number - 1];
        if (piece->length <= length &&
            memcmp(heads->texts + piece->text, bytes, piece->length) == 0) {
            if (at != link) {
                *at = piece->next;
                piece->next = *link;
                *link = number;
            }
            return piece;
        }
        at = &piece->next;
    }
    return NULL;
}

static void match(struct errata__lane *lane, const char *bytes, size_t length,
                  struct errata__head_match *found) {
    struct errata__heads *heads = &lane->heads;
    uint8_t *link = &heads->first;
    size_t at = 0;
    found->meaning = NULL;
    found->n_holes = 0;
    for (;;) {
        const struct errata__head_piece *piece = find_piece(heads, link, bytes + at, length - at);
        if (piece == NULL) {
            return;
        }
        at += piece->length;
        if (piece->hole == ERRATA__HOLE_NONE) {
            found->meaning = &heads->meanings[piece->meaning];
            found->length = at;
            return;
        }
        size_t hole = hole_length(lane, (enum errata__hole)piece->hole, bytes + at, length - at);
        if (hole == SIZE_MAX || found->n_holes == ERRATA__TRACED_MEMBERS) {
            return;
        }
        found->holes[found->n_holes++] = (struct errata__document_trace){
            .text = bytes + at,
            .length = hole,
            .member = piece->member,
            .number = piece->hole == ERRATA__HOLE_NUMBER,
        };
        at += hole;
        link = &heads->pieces[piece - heads->pieces].behind;
    }
}

/* Has the places where records' names are to be looked for fetched into the cache. */
static void hash_names(const struct errata__lane *lane, struct errata__head_match *found) {
    for (size_t i = 0; i < found->n_holes; i++) {
        struct errata__document_trace *hole = &found->holes[i];
        if (hole->member == ERRATA__MEMBER_RECORD_ID || hole->member == ERRATA__MEMBER_ID) {
            hole->hash = errata__hash_bytes(lane->index, hole->text, hole->length);
            errata__string_prefetch(lane->index, hole->hash);
        }
    }
}

/* What begins at `bytes`, looked at now or before. NULL: it is not known. */
static const struct errata__head_match *find(struct errata__lane *lane, const char *bytes,
                                             size_t length) {
    struct errata__heads *heads = &lane->heads;
    struct errata__head_match *found = &heads->found[heads->now];
    if (bytes == heads->next_at) {
        heads->now ^= 1U;
        found = &heads->found[heads->now];
    } else {
        match(lane, bytes, length, found);
        hash_names(lane, found);
    }
    return found->meaning != NULL && found->length <= length ? found : NULL;
}

/* Looks at where the next document begins, if there is one behind the line. What it needs is in the cache then, when its
   turn comes, which takes a third off reading small documents. */
static void look_ahead(struct errata__lane *lane, const struct errata__stretch *stretch) {
    struct errata__heads *heads = &lane->heads;
    heads->next_at = NULL;
    if (stretch->readable - stretch->length > 1 && stretch->bytes[stretch->length] == '\n') {
        size_t at = stretch->length + 1;
        struct errata__head_match *next = &heads->found[heads->now ^ 1U];
        match(lane, stretch->bytes + at, stretch->readable - at, next);
        if (next->meaning != NULL) {
            hash_names(lane, next);
            heads->next_at = stretch->bytes + at;
        }
    }
}

/* False: it cannot be done, for a reason that the parser will meet too. */
static bool fill_holes(struct errata__ingest *ingest, const struct errata__head_match *found) {
    for (size_t i = 0; i < found->n_holes; i++) {
        if (!errata__document_refill(ingest, &found->holes[i])) {
            return false;
        }
    }
    return true;
}

static void begin_issues(struct errata__ingest *ingest,
                         const struct errata__head_meaning *meaning) {
    errata__rule_error_begin(ingest);
    ingest->place = ERRATA__IN_ISSUES;
    ingest->key = meaning->key;
    ingest->rule_message = meaning->rule_message;
    ingest->seen_in_rule_error = meaning->seen_in_rule_error;
}

/* What it took; NULL: nothing. */
static const struct errata__head_match *take(struct errata__lane *lane,
                                             const struct errata__stretch *stretch, size_t length) {
    struct errata__ingest *ingest = lane->ingest;
    const struct errata__head_match *found = find(lane, stretch->bytes, length);
    if (found == NULL) {
        return NULL;
    }
    const struct errata__head_meaning *meaning = found->meaning;
    look_ahead(lane, stretch);
    if (!fill_holes(ingest, found)) {
        errata__ingest_begin(ingest);
        return NULL;
    }
    ingest->status = meaning->status;
    ingest->seen_in_document = meaning->seen_in_document;
    for (size_t kind = 0; meaning->deviations != 0 && kind < ERRATA_DEVIATION_KINDS; kind++) {
        ingest->deviations[kind] = lane->sets.count[meaning->deviations][kind];
    }
    if (!meaning->whole) {
        begin_issues(ingest, meaning);
    }
    lane->ended = meaning->whole;
    return found;
}

static void judge_fortune(struct errata__lane *lane, bool known) {
    struct errata__head_fortune *fortune = &lane->heads.fortune;
    fortune->known += known;
    fortune->unknown += !known;
    if (fortune->known + fortune->unknown < WINDOW) {
        return;
    }
    if (fortune->known < fortune->unknown && !lane->eager) {
        fortune->next_pause = fortune->next_pause == 0              ? FIRST_PAUSE
                              : fortune->next_pause < LONGEST_PAUSE ? fortune->next_pause * 2
                                                                    : LONGEST_PAUSE;
        fortune->pause = fortune->next_pause;
    } else {
        fortune->next_pause = 0;
    }
    fortune->known = 0;
    fortune->unknown = 0;
}

size_t errata__head_take(struct errata__lane *lane, const struct errata__stretch *stretch,
                         size_t length) {
    if (lane->heads.fortune.pause > 0) {
        lane->heads.fortune.pause--;
        lane->value = NULL;
        return 0;
    }
    const struct errata__head_match *found = take(lane, stretch, length);
    judge_fortune(lane, found != NULL);
    return found == NULL ? 0 : found->length;
}

/* What is learned: fixed bytes, and holes between them. */
struct lesson {
    const char *bytes;
    size_t length;
    const struct errata__document_trace *holes;
    size_t n_holes;
};

/* Where the fixed bytes before hole `i`, or at the end, begin and end. */
static void fixed(const struct lesson *lesson, size_t i, size_t *begin, size_t *end) {
    const struct errata__document_trace *hole = &lesson->holes[i];
    *begin = i == 0 ? 0 : (size_t)(hole[-1].text - lesson->bytes) + hole[-1].length;
    *end = i < lesson->n_holes ? (size_t)(hole->text - lesson->bytes) : lesson->length;
}

/* Do all texts of members stand in the bytes as they are, so that there may be holes? Else one that differs from
   document to document would be taken for fixed. */
static bool has_holes(const struct errata__lane *lane, const struct lesson *lesson) {
    for (size_t i = 0; i < lesson->n_holes; i++) {
        const struct errata__document_trace *hole = &lesson->holes[i];
        uintptr_t offset = (uintptr_t)hole->text - (uintptr_t)lesson->bytes;
        if (offset >= lesson->length || lesson->length - offset <= hole->length ||
            hole_length(lane, hole->number ? ERRATA__HOLE_NUMBER : ERRATA__HOLE_TEXT, hole->text,
                        lesson->length - offset) != hole->length) {
            return false;
        }
    }
    return true;
}

static uint64_t hash(const struct errata__lane *lane, const struct lesson *lesson) {
    uint64_t value = 0;
    for (size_t i = 0; i <= lesson->n_holes; i++) {
        size_t begin;
        size_t end;
        fixed(lesson, i, &begin, &end);
        value = (value ^ errata__hash_bytes(lane->index, lesson->bytes + begin, end - begin)) *
                0x9E3779B97F4A7C15U;
    }
    return value;
}

/* The piece with these bytes, and this hole behind them, among those linked from *link; made if there is none. NULL: no
   room. */
static struct errata__head_piece *enter_piece(struct errata__heads *heads, uint8_t *link,
                                              const char *bytes, size_t length,
                                              const struct errata__head_piece *like) {
    for (uint8_t number = *link; number != 0; number = heads->pieces[number - 1].next) {
        struct errata__head_piece *piece = &heads->pieces[number - 1];
        if (piece->length == length && piece->hole == like->hole && piece->member == like->member &&
            memcmp(heads->texts + piece->text, bytes, length) == 0) {
            return piece;
        }
    }
    if (heads->n_pieces == ERRATA__HEAD_PIECES || ERRATA__HEAD_TEXTS - heads->n_texts < length) {
        return NULL;
    }
    struct errata__head_piece *piece = &heads->pieces[heads->n_pieces++];
    *piece = *like;
    piece->text = heads->n_texts;
    piece->length = (uint16_t)length;
    piece->next = *link;
    *link = heads->n_pieces;
    memcpy(heads->texts + heads->n_texts, bytes, length);
    heads->n_texts = (uint16_t)(heads->n_texts + length);
    return piece;
}

/* False: no room. */
static bool enter(struct errata__heads *heads, const struct lesson *lesson,
                  const struct errata__head_meaning *meaning) {
    const struct errata__head_piece *last = NULL;
    uint8_t *link = &heads->first;
    if (heads->n_meanings == ERRATA__HEAD_MEANINGS) {
        return false;
    }
    for (size_t i = 0; i <= lesson->n_holes; i++) {
        struct errata__head_piece like = {.meaning = heads->n_meanings};
        size_t begin;
        size_t end;
        fixed(lesson, i, &begin, &end);
        if (i < lesson->n_holes) {
            like.hole = lesson->holes[i].number ? ERRATA__HOLE_NUMBER : ERRATA__HOLE_TEXT;
            like.member = lesson->holes[i].member;
        }
        struct errata__head_piece *piece =
            enter_piece(heads, link, lesson->bytes + begin, end - begin, &like);
        if (piece == NULL) {
            return false;
        }
        link = &piece->behind;
        last = piece;
    }
    if (last->meaning == heads->n_meanings) {
        heads->meanings[heads->n_meanings++] = *meaning;
    }
    return true;
}

void errata__head_learn(struct errata__lane *lane, const char *bytes, size_t length, bool whole) {
    static const uint32_t none[ERRATA_DEVIATION_KINDS];
    const struct errata__ingest *ingest = lane->ingest;
    const struct errata__document_traces *traces = &ingest->document_traces;
    struct lesson lesson = {bytes, length, traces->members, traces->count};
    struct errata__head_meaning meaning = {.whole = whole,
                                           .status = ingest->status,
                                           .seen_in_document = ingest->seen_in_document,
                                           .key = ingest->key,
                                           .rule_message = ingest->rule_message,
                                           .seen_in_rule_error = ingest->seen_in_rule_error};
    if (length > ERRATA__HEAD_MOST || traces->odd || !has_holes(lane, &lesson) ||
        !errata__lane_seen(lane, hash(lane, &lesson)) ||
        !errata__lane_deviations(lane, none, &meaning.deviations)) {
        return;
    }
    if (!enter(&lane->heads, &lesson, &meaning)) {
        errata__heads_forget(&lane->heads);
    }
    lane->heads.fresh = !whole;
}
