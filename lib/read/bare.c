/*
 * Issues whose messages differ: the bytes without the message are known, and the message is plain text.
 */
#include "index/hash.h"
#include "read/run.h"

static const char message_name[] = "\"message\":";

/* Where the text of the message stands, and how long it is, if it is plain. */
static bool find_message(const struct errata__run *run, size_t begin, size_t *text,
                         size_t *length) {
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

bool errata__run_look_bare(struct errata__run *run, size_t begin, struct errata__bare *bare) {
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
    lane->kernel->look(&lane->look, lane->bare, ERRATA__BARE_MOST, &errata__issue_ends,
                       lane->seeds);
    bare->length = lane->look.length;
    return bare->length > bare->head && bare->length <= bare->head + tail &&
           bare->length - bare->head <= run->end - from;
}

bool errata__run_settle(struct errata__run *run) {
    struct errata__pending *pending = &run->pending;
    struct errata_index *index = run->lane->index;
    uint32_t shape;
    if (!pending->is) {
        return true;
    }
    pending->is = false;
    errata__cursor_close(&run->cursor, index);
    enum errata_status status = errata__string_intern_plain(index, pending->text, pending->length,
                                                            pending->hash, &pending->shape.message);
    if (status == ERRATA_OK) {
        status = errata__shape_intern(index, &pending->shape, &shape);
    }
    if (status == ERRATA_OK) {
        status = errata__issue_append(index, shape, pending->positions, pending->n_positions);
    }
    errata__cursor_open(&run->cursor, index);
    if (status != ERRATA_OK) {
        run->at = pending->from;
        run->behind_issue = pending->behind_issue;
        return false;
    }
    errata__run_count(run->lane, pending->deviations);
    run->known_issues++;
    return true;
}

bool errata__run_take_bare(struct errata__run *run) {
    struct errata__lane *lane = run->lane;
    const struct errata__gap *gap = &lane->gaps[run->behind_issue];
    size_t begin = run->at + gap->length;
    struct errata__bare bare;
    if (!errata__run_at_gap(run, gap) || !errata__run_look_bare(run, begin, &bare)) {
        return false;
    }
    const struct errata__known *known =
        errata__memo_find(&lane->memo, lane->kernel->same, &lane->look, lane->bare,
                          ERRATA__KNOWN_BUT_MESSAGE, (unsigned)bare.head);
    if (known == NULL) {
        return false;
    }
    struct errata__pending next = {.is = true,
                                   .from = run->at,
                                   .behind_issue = run->behind_issue,
                                   .text = run->stretch->bytes + bare.text,
                                   .length = bare.text_length,
                                   .shape = known->is.but_message,
                                   .deviations = known->deviations,
                                   .n_positions = known->n_positions};
    errata__run_positions(known, lane->bare, next.positions);
    next.hash = errata__hash_bytes(lane->index, next.text, next.length);
    errata__string_prefetch(lane->index, next.hash);
    if (!errata__run_settle(run)) {
        return false;
    }
    run->pending = next;
    run->at = begin + bare.length + bare.text_length;
    run->behind_issue = true;
    return true;
}
