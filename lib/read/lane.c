/*
 * From bytes to the parser, past it, and back. Bytes are given to the parser up to where an issue list may have begun,
 * or an issue ended; if it is so, what follows may be known.
 */
#include "read/lane.h"

#include <string.h>

/* With a smaller limit on tokens even `null` is too long. */
#define LEAST_TOKEN_LIMIT 8U

/* Judged by bytes, as what they save is by the byte: going past the parser and back costs as much as some 64 bytes
   there, whatever it is that stops a run. By issues a known `{}` made up for the stops before and behind it, and such
   input took twice as long as without the lane. */
#define STOP 64U
/* Bytes after which it is asked how well it went; and for how many to leave the lane if it did not, at first and at
   most. */
#define WINDOW 8192U
#define FIRST_PAUSE ((uint64_t)16 << 10)
#define LONGEST_PAUSE ((uint64_t)4 << 20)

/* Looking for an issue list is in vain so often before bytes are taken blindly: first so many, in the end so many at
   once. Brackets without end may come. */
#define VAIN 8U
#define FIRST_BLIND ((size_t)64)
#define BLIND_DOUBLINGS 9U

static void clear(struct errata__lane *lane) {
    errata__memo_clear(&lane->memo);
    errata__arena_return(&lane->index->arena, lane->sightings);
    lane->sightings = NULL;
    errata__heads_forget(&lane->heads);
}

/* The index needs the memory more. */
static void give_back(void *ctx) {
    struct errata__lane *lane = ctx;
    lane->starved = true;
    clear(lane);
}

void errata__lane_init(struct errata__lane *lane, struct errata__json *json,
                       struct errata__ingest *ingest, struct errata_index *index,
                       uint64_t token_limit) {
    memset(lane, 0, sizeof *lane);
    lane->json = json;
    lane->ingest = ingest;
    lane->index = index;
    lane->token_limit = token_limit;
    memcpy(lane->seeds, index->secret, sizeof lane->seeds);
    lane->kernel = token_limit < LEAST_TOKEN_LIMIT ? NULL : errata__kernel_choose();
    lane->gaps[0].length = SIZE_MAX;
    lane->gaps[1].length = SIZE_MAX;
    lane->sets.used = 1;
    lane->fortune.next_pause = FIRST_PAUSE;
    errata__memo_init(&lane->memo, &index->arena);
    lane->mark = errata__memo_mark(&lane->memo);
    index->arena.give_back = give_back;
    index->arena.ctx = lane;
}

void errata__lane_end(struct errata__lane *lane) {
    clear(lane);
    lane->index->arena.give_back = NULL;
}

void errata__lane_forget(struct errata__lane *lane) {
    clear(lane);
    errata__memo_init(&lane->memo, &lane->index->arena);
    lane->mark = errata__memo_mark(&lane->memo);
    lane->starved = false;
    lane->fortune = (struct errata__lane_fortune){.next_pause = FIRST_PAUSE};
    lane->heads.fortune = (struct errata__head_fortune){0};
    errata__lane_begin_value(lane, false);
}

void errata__lane_begin_value(struct errata__lane *lane, bool is_document) {
    lane->stand = ERRATA__ELSEWHERE;
    lane->is_document = is_document;
    lane->at_beginning = is_document;
    lane->ended = false;
}

void errata__lane_begin_bytes(struct errata__lane *lane) {
    lane->heads.next_at = NULL;
}

void errata__lane_begin_document(struct errata__lane *lane) {
    lane->mark = errata__memo_mark(&lane->memo);
    lane->heads.fresh = false;
    /* Short documents with many brackets may follow one another, too: most end within the bytes taken blindly. */
    lane->vain = lane->vain < VAIN ? lane->vain : VAIN + 1;
    memcpy(lane->rows_before, lane->index->rows, sizeof lane->rows_before);
}

void errata__lane_take_back(struct errata__lane *lane) {
    errata__memo_rollback(&lane->memo, &lane->mark);
    if (lane->heads.fresh) {
        errata__heads_forget(&lane->heads);
    }
    lane->stand = ERRATA__ELSEWHERE;
}

/* Tells the parser of what went past it. It knows an issue list in two states, with nothing in it yet and with
   something, so that it needs to hear of no more than the state changing. */
static enum errata__json_state tell_parser(struct errata__lane *lane,
                                           struct errata__json_failure *failure) {
    /* `null` fires at once, where a number would wait for the byte behind it. */
    bool behind_issue = lane->stand == ERRATA__BEHIND_ISSUE;
    const char *text = behind_issue ? "null" : "],\"\":[";
    if (lane->stand == ERRATA__ELSEWHERE || lane->stand == lane->parser_stand) {
        return ERRATA__JSON_MORE;
    }
    if (lane->parser_stand == ERRATA__AT_BEGINNING) {
        text = behind_issue ? "{\"\":[{\"\":[null" : "{\"\":[{\"\":[";
    }
    return errata__json_stand_in(lane->json, text, strlen(text), failure);
}

/* Does it pay? Learning counts as well as knowing, but only as long as there is room for more. */
static void judge_fortune(struct errata__lane *lane) {
    struct errata__lane_fortune *fortune = &lane->fortune;
    uint64_t lost = (uint64_t)fortune->stops * STOP;
    if (fortune->known + lost < WINDOW) {
        return;
    }
    uint64_t learned = lane->memo.generation == 0 ? (uint64_t)fortune->learned * STOP : 0;
    if (fortune->known + 2 * learned < lost && !lane->eager) {
        fortune->pause = fortune->next_pause;
        fortune->next_pause *= fortune->next_pause < LONGEST_PAUSE ? 2 : 1;
    } else {
        fortune->next_pause = FIRST_PAUSE;
    }
    fortune->known = 0;
    fortune->stops = 0;
    fortune->learned = 0;
}

/* Is the place within an issue, however deep? */
static bool in_issue(const struct errata__ingest *ingest) {
    enum errata__place place = ingest->place;
    if (place == ERRATA__IN_SKIPPED || place == ERRATA__IN_CAPTURED) {
        place = ingest->outer;
    }
    return place == ERRATA__IN_ISSUE || place == ERRATA__IN_PATH || place == ERRATA__IN_ISSUES;
}

static size_t blind_bytes(const struct errata__lane *lane) {
    unsigned more = lane->vain < VAIN ? 0 : lane->vain - VAIN;
    return lane->vain < VAIN ? 0 : FIRST_BLIND << (more < BLIND_DOUBLINGS ? more : BLIND_DOUBLINGS);
}

/* Up to where the parser is given bytes: behind the next byte that may lead to where the lane begins. */
static size_t cut(struct errata__lane *lane, const struct errata__stretch *stretch) {
    if (lane->stand != ERRATA__ELSEWHERE && lane->unknown.end != 0) {
        return lane->unknown.end;
    }
    size_t from = stretch->at + blind_bytes(lane);
    if (from >= stretch->length) {
        return stretch->length;
    }
    bool frame = lane->stand != ERRATA__ELSEWHERE && lane->unknown.kind == ERRATA__UNKNOWN_FRAME;
    const char *found = memchr(stretch->bytes + from, in_issue(lane->ingest) && !frame ? '}' : '[',
                               stretch->length - from);
    return found == NULL ? stretch->length : (size_t)(found - stretch->bytes) + 1;
}

/* The parser has taken all up to stretch->at. */
static void find_stand(struct errata__lane *lane, const struct errata__stretch *stretch) {
    char last = stretch->bytes[stretch->at - 1];
    lane->stand = ERRATA__ELSEWHERE;
    if (lane->ingest->place == ERRATA__IN_ISSUES && errata__json_between(lane->json)) {
        lane->stand = last == '['   ? ERRATA__AT_LIST
                      : last == '}' ? ERRATA__BEHIND_ISSUE
                                    : ERRATA__ELSEWHERE;
    }
    lane->parser_stand = lane->stand;
    lane->vain = lane->stand != ERRATA__ELSEWHERE ? 0 : lane->vain + 1;
}

/* The parser has come to an issue list: the first one, if nothing of the document is in the index yet. */
static void learn_beginning(struct errata__lane *lane, const char *behind) {
    const uint64_t *rows = lane->index->rows;
    if (lane->stand == ERRATA__AT_LIST && !lane->starved &&
        rows[ERRATA__ISSUES] == lane->rows_before[ERRATA__ISSUES] &&
        rows[ERRATA__RULE_ERRORS] == lane->rows_before[ERRATA__RULE_ERRORS]) {
        errata__head_learn(lane, lane->value, (size_t)(behind - lane->value), false);
    }
    lane->value = NULL;
}

/* The parser has come to the document's end. before: NULL where lane->unknown is not what it took. */
static void learn_end(struct errata__lane *lane, const struct errata__lane_before *before,
                      const char *bytes, size_t end) {
    const uint64_t *rows = lane->index->rows;
    if (before != NULL) {
        errata__lane_learn_end(lane, before, bytes);
    }
    if (lane->value != NULL && !lane->starved &&
        rows[ERRATA__DOCUMENTS] == lane->rows_before[ERRATA__DOCUMENTS] + 1 &&
        rows[ERRATA__RULE_ERRORS] == lane->rows_before[ERRATA__RULE_ERRORS]) {
        errata__head_learn(lane, lane->value, (size_t)(bytes + end - lane->value), true);
    }
}

/* Gives the parser what is not known. *taken: how many bytes it took. */
static enum errata__json_state parse(struct errata__lane *lane, struct errata__stretch *stretch,
                                     size_t *taken, struct errata__json_failure *failure) {
    struct errata__lane_before before;
    size_t from = stretch->at;
    size_t end = cut(lane, stretch);
    bool may_learn = lane->stand != ERRATA__ELSEWHERE && lane->unknown.end != 0;
    enum errata__json_state state = tell_parser(lane, failure);
    *taken = 0;
    if (state != ERRATA__JSON_MORE) {
        return state;
    }
    if (may_learn) {
        errata__lane_note(lane, &before);
    }
    state = errata__json_feed(lane->json, stretch->bytes + from, end - from, taken, failure);
    if (state == ERRATA__JSON_DONE && lane->is_document) {
        learn_end(lane, may_learn && *taken == end - from ? &before : NULL, stretch->bytes,
                  from + *taken);
    }
    if (state != ERRATA__JSON_MORE) {
        return state;
    }
    stretch->at = end;
    find_stand(lane, stretch);
    if (may_learn && lane->stand != ERRATA__ELSEWHERE) {
        errata__lane_learn(lane, &before, stretch->bytes, from);
    }
    if (lane->value != NULL && lane->stand != ERRATA__ELSEWHERE) {
        learn_beginning(lane, stretch->bytes + end);
    }
    return state;
}

/* Gives the parser all, for as long as the lane is left. */
static enum errata__json_state pause(struct errata__lane *lane, struct errata__stretch *stretch,
                                     size_t *taken, struct errata__json_failure *failure) {
    size_t length = stretch->length - stretch->at;
    enum errata__json_state state = tell_parser(lane, failure);
    *taken = 0;
    if (state != ERRATA__JSON_MORE) {
        return state;
    }
    lane->stand = ERRATA__ELSEWHERE;
    if (lane->kernel != NULL) {
        length = length < lane->fortune.pause ? length : (size_t)lane->fortune.pause;
        lane->fortune.pause -= length;
    }
    state = errata__json_feed(lane->json, stretch->bytes + stretch->at, length, taken, failure);
    stretch->at += length;
    return state;
}

/* Takes how the document begins, if these are its first bytes. */
static void begin(struct errata__lane *lane, struct errata__stretch *stretch) {
    uint64_t room = errata__json_room(lane->json);
    size_t length = stretch->length < room ? stretch->length : (size_t)room;
    bool at_beginning = lane->at_beginning;
    lane->at_beginning = false;
    lane->value = NULL;
    if (!at_beginning || lane->kernel == NULL || lane->fortune.pause > 0) {
        return;
    }
    lane->value = stretch->bytes;
    size_t taken = errata__head_take(lane, stretch, length);
    if (taken > 0) {
        lane->vain = 0;
        lane->value = NULL;
        lane->stand = ERRATA__AT_LIST;
        lane->parser_stand = ERRATA__AT_BEGINNING;
        errata__json_pass(lane->json, taken);
        stretch->at = taken;
    }
}

enum errata__json_state errata__lane_feed(struct errata__lane *lane, const char *bytes,
                                          size_t length, size_t readable, size_t *consumed,
                                          struct errata__json_failure *failure) {
    struct errata__stretch stretch = {bytes, 0, length, readable};
    begin(lane, &stretch);
    while (stretch.at < length && !lane->ended) {
        enum errata__json_state state;
        size_t from;
        size_t taken;
        bool paused = lane->kernel == NULL || lane->fortune.pause > 0;
        if (lane->stand != ERRATA__ELSEWHERE && !paused) {
            errata__lane_run(lane, &stretch);
            judge_fortune(lane);
            if (stretch.at == length || lane->ended) {
                break;
            }
            paused = lane->fortune.pause > 0;
        }
        from = stretch.at;
        state = paused ? pause(lane, &stretch, &taken, failure)
                       : parse(lane, &stretch, &taken, failure);
        if (state != ERRATA__JSON_MORE) {
            *consumed = from + taken;
            return state;
        }
    }
    *consumed = stretch.at;
    if (lane->ended) {
        errata__json_end_passed(lane->json);
        return ERRATA__JSON_DONE;
    }
    return ERRATA__JSON_MORE;
}
