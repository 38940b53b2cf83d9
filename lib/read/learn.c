/*
 * From what was parsed to what is known. Where a text stands in the input is told by the pointers that yajl's callbacks
 * had: one within the span means that the bytes there are the text, letter by letter.
 */
#include <string.h>

#include "core/path.h"
#include "read/lane.h"
#include "read/member.h"

/* How often a span must be seen before it is learned. Most that are seen once never come again. One without its message
   that is known whole is not seen again. */
#define SIGHTS 2U
#define BARE_SIGHTS 4U

#define SIGHTINGS 4096U
#define SIGHTINGS_BITS 12

void errata__lane_note(const struct errata__lane *lane, struct errata__lane_before *before) {
    memcpy(before->rows, lane->index->rows, sizeof before->rows);
    memcpy(before->deviations, lane->ingest->deviations, sizeof before->deviations);
    before->seen_in_document = lane->ingest->seen_in_document;
    before->seen_in_rule_error = lane->ingest->seen_in_rule_error;
    before->stand = lane->stand;
}

/* Has it been seen so often, this time counted? */
static bool seen_often(struct errata__lane *lane, uint64_t hash, uint32_t times) {
    const size_t size = SIGHTINGS * sizeof *lane->sightings;
    if (lane->sightings == NULL) {
        lane->sightings = errata__arena_spare(&lane->index->arena, 1, size);
        if (lane->sightings == NULL) {
            lane->starved = true;
            return false;
        }
        memset(lane->sightings, 0, size);
    }
    /* 24 bits of the hash, and 8 that count. */
    uint32_t *sighting = &lane->sightings[hash >> (64 - SIGHTINGS_BITS)];
    uint32_t tag = (uint32_t)hash & 0xFFFFFFU;
    if (*sighting >> 8 != tag) {
        *sighting = tag << 8;
    }
    *sighting += (*sighting & 0xFFU) < 0xFFU;
    return (*sighting & 0xFFU) >= times || lane->eager;
}

bool errata__lane_seen(struct errata__lane *lane, uint64_t hash) {
    return seen_often(lane, hash, SIGHTS);
}

bool errata__lane_deviations(struct errata__lane *lane, const uint32_t *before, uint8_t *set) {
    struct errata__deviation_sets *sets = &lane->sets;
    uint8_t count[ERRATA_DEVIATION_KINDS];
    for (size_t kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        uint32_t more = lane->ingest->deviations[kind] - before[kind];
        if (more > UINT8_MAX) {
            return false;
        }
        count[kind] = (uint8_t)more;
    }
    for (*set = 0; *set < sets->used; (*set)++) {
        if (memcmp(sets->count[*set], count, sizeof count) == 0) {
            return true;
        }
    }
    if (sets->used == ERRATA__DEVIATION_SETS) {
        return false;
    }
    memcpy(sets->count[sets->used++], count, sizeof count);
    return true;
}

/* Bytes of a span, and, of one without its message, how those behind it moved. */
struct source {
    const char *bytes;
    size_t length;
    size_t message_at;
    size_t message_length;
};

/* Where in the known bytes a text of the span stands; false: nowhere. */
static bool locate(const struct source *source, const char *text, size_t length, size_t *at) {
    uintptr_t offset = (uintptr_t)text - (uintptr_t)source->bytes;
    if (offset >= source->length || source->length - offset < length) {
        return false;
    }
    *at = offset;
    if (source->message_at != 0 && offset >= source->message_at) {
        *at = offset - source->message_length;
        return offset >= source->message_at + source->message_length;
    }
    return true;
}

static void copy_bytes(struct errata__known *known, size_t at, const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++, at++) {
        struct errata__known_block *block = &known->blocks[at / ERRATA__BLOCK_SIZE];
        block->bytes[at % ERRATA__BLOCK_SIZE] = (unsigned char)bytes[i];
        block->fixed |= (uint64_t)1 << (at % ERRATA__BLOCK_SIZE);
    }
}

static void make_hole(struct errata__known *known, size_t at, size_t digits) {
    for (size_t i = 0; i < digits; i++, at++) {
        struct errata__known_block *block = &known->blocks[at / ERRATA__BLOCK_SIZE];
        uint64_t bit = (uint64_t)1 << (at % ERRATA__BLOCK_SIZE);
        block->fixed &= ~bit;
        block->holes |= bit;
        block->bytes[at % ERRATA__BLOCK_SIZE] = i == 0 && digits > 1 ? '0' : 0xFF;
    }
}

static struct errata__known *make_known(struct errata__lane *lane, const struct source *source,
                                        uint64_t hash) {
    size_t length = source->length - source->message_length;
    uint32_t blocks = (uint32_t)((length + ERRATA__BLOCK_SIZE - 1) / ERRATA__BLOCK_SIZE);
    struct errata__known *known = errata__memo_room(&lane->memo, hash, blocks);
    if (known == NULL) {
        lane->starved = true;
        return NULL;
    }
    size_t behind = source->message_at + source->message_length;
    known->length = (uint32_t)length;
    copy_bytes(known, 0, source->bytes, source->message_at);
    copy_bytes(known, source->message_at, source->bytes + behind, source->length - behind);
    return known;
}

/* Makes holes of the positions, and of numbers that nobody wants; false when one of the former cannot be one. */
static bool make_holes(const struct errata__ingest *ingest, const struct source *source,
                       struct errata__known *known) {
    const struct errata__traces *traces = &ingest->traces;
    size_t at;
    if (ingest->n_positions > ERRATA__KNOWN_POSITIONS) {
        return false;
    }
    known->n_positions = (uint8_t)ingest->n_positions;
    for (size_t i = 0; i < ingest->n_positions; i++) {
        const struct errata__trace *trace = &traces->positions[i];
        if (!locate(source, trace->text, trace->length, &at) ||
            trace->length > ERRATA__KNOWN_DIGITS || at + trace->length < ERRATA__KNOWN_DIGITS) {
            return false;
        }
        known->positions[i] = (struct errata__known_position){(uint16_t)at, (uint8_t)trace->length};
        make_hole(known, at, trace->length);
    }
    for (size_t i = 0; i < traces->n_unwanted; i++) {
        const struct errata__trace *trace = &traces->unwanted[i];
        uint64_t value;
        if (locate(source, trace->text, trace->length, &at) &&
            errata__position_parse(trace->text, trace->length, &value)) {
            make_hole(known, at, trace->length);
        }
    }
    return true;
}

static struct errata__shape shape_of(const struct errata_index *index, uint32_t id) {
    return (struct errata__shape){.code = errata__u32(index, ERRATA__SHAPE_CODE, id),
                                  .expected = errata__u32(index, ERRATA__SHAPE_EXPECTED, id),
                                  .received = errata__u32(index, ERRATA__SHAPE_RECEIVED, id),
                                  .message = ERRATA_NONE,
                                  .pattern = errata__u32(index, ERRATA__SHAPE_PATTERN, id),
                                  .flags = errata__u8(index, ERRATA__SHAPE_FLAGS, id)};
}

static void learn_issue(struct errata__lane *lane, const struct source *source, uint64_t hash,
                        uint8_t deviations) {
    struct errata_index *index = lane->index;
    uint32_t shape = errata__shape_of(index, index->rows[ERRATA__ISSUES] - 1);
    struct errata__known *known = make_known(lane, source, hash);
    if (known == NULL || !make_holes(lane->ingest, source, known)) {
        return;
    }
    known->deviations = deviations;
    if (source->message_at != 0) {
        known->kind = ERRATA__KNOWN_BUT_MESSAGE;
        known->message_at = (uint16_t)source->message_at;
        known->is.but_message = shape_of(index, shape);
    } else {
        known->kind = ERRATA__KNOWN_ISSUE;
        known->is.shape = shape;
    }
    lane->fortune.learned += errata__memo_add(&lane->memo, known);
}

/* The message is where it was guessed to be, and there was no other. */
static bool is_bare(const struct errata__lane *lane, struct source *source,
                    const struct errata__lane_before *before) {
    const struct errata__trace *message = &lane->ingest->traces.message;
    source->message_at = lane->unknown.message_at;
    source->message_length = message->length;
    return source->message_at != 0 && message->text == source->bytes + source->message_at &&
           message->length == source->length - lane->unknown.bare_length &&
           lane->ingest->deviations[ERRATA_DEVIATION_REPEATED] ==
               before->deviations[ERRATA_DEVIATION_REPEATED];
}

static void learn_gap(struct errata__lane *lane, const struct errata__lane_before *before,
                      const char *bytes, size_t length) {
    struct errata__gap *gap = &lane->gaps[before->stand == ERRATA__BEHIND_ISSUE];
    if (length < ERRATA__GAP_MOST) {
        memcpy(gap->bytes, bytes, length);
        gap->length = length;
    }
}

static void learn_frame(struct errata__lane *lane, const struct errata__lane_before *before,
                        const struct source *source, enum errata__known_kind kind) {
    const struct errata_index *index = lane->index;
    const struct errata__ingest *ingest = lane->ingest;
    uint64_t row = index->rows[ERRATA__RULE_ERRORS] - 1;
    struct errata__known *known = make_known(lane, source, lane->unknown.hash);
    if (known == NULL) {
        return;
    }
    /* Without a deviation the rule error had each of its members, once. */
    known->kind = (uint8_t)kind;
    known->is.frame = (struct errata__known_frame){
        .key = errata__u32(index, ERRATA__RULE_ERROR_KEY, row),
        .message = errata__u32(index, ERRATA__RULE_ERROR_MESSAGE, row),
        .next_key = ingest->key,
        .next_message = ingest->rule_message,
        .closes = (ERRATA__BIT(ERRATA__MEMBER_MESSAGE) | ERRATA__BIT(ERRATA__MEMBER_ERRORS) |
                   ERRATA__BIT(ERRATA__MEMBER_KEY)) &
                  ~before->seen_in_rule_error,
        .opens = ingest->seen_in_rule_error,
    };
    (void)errata__memo_add(&lane->memo, known);
}

/* Only the last rule error and the document end there: nothing that the document says of itself is in it, and no
   deviation but that of a status, which is looked at whenever a document ends. */
static bool only_ends(const struct errata__lane *lane, const struct errata__lane_before *before) {
    const uint64_t *rows = lane->index->rows;
    for (size_t kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        if (kind != ERRATA_DEVIATION_UNKNOWN_STATUS &&
            lane->ingest->deviations[kind] != before->deviations[kind]) {
            return false;
        }
    }
    return rows[ERRATA__ISSUES] == before->rows[ERRATA__ISSUES] &&
           rows[ERRATA__RULE_ERRORS] == before->rows[ERRATA__RULE_ERRORS] + 1 &&
           rows[ERRATA__DOCUMENTS] == before->rows[ERRATA__DOCUMENTS] + 1 &&
           lane->ingest->seen_in_document == before->seen_in_document;
}

void errata__lane_learn_end(struct errata__lane *lane, const struct errata__lane_before *before,
                            const char *bytes) {
    const struct errata__unknown *unknown = &lane->unknown;
    const struct source source = {bytes + unknown->begin, unknown->end - unknown->begin, 0, 0};
    if (unknown->kind == ERRATA__UNKNOWN_END && !unknown->familiar && !lane->starved &&
        only_ends(lane, before) && errata__lane_seen(lane, unknown->hash)) {
        learn_frame(lane, before, &source, ERRATA__KNOWN_END);
    }
}

void errata__lane_learn(struct errata__lane *lane, const struct errata__lane_before *before,
                        const char *bytes, size_t from) {
    const struct errata__unknown *unknown = &lane->unknown;
    const uint64_t *rows = lane->index->rows;
    struct source source = {bytes + unknown->begin, unknown->end - unknown->begin, 0, 0};
    uint64_t issues = rows[ERRATA__ISSUES] - before->rows[ERRATA__ISSUES];
    uint64_t rule_errors = rows[ERRATA__RULE_ERRORS] - before->rows[ERRATA__RULE_ERRORS];
    uint8_t deviations;
    if (rows[ERRATA__DOCUMENTS] != before->rows[ERRATA__DOCUMENTS] || lane->starved) {
        return;
    }
    if (unknown->kind == ERRATA__UNKNOWN_FRAME && issues == 0 && rule_errors == 1 &&
        lane->stand == ERRATA__AT_LIST &&
        memcmp(lane->ingest->deviations, before->deviations, sizeof before->deviations) == 0) {
        if (!unknown->familiar && errata__lane_seen(lane, unknown->hash)) {
            learn_frame(lane, before, &source, ERRATA__KNOWN_FRAME);
        }
        return;
    }
    if (unknown->kind != ERRATA__UNKNOWN_ISSUE || issues != 1 || rule_errors != 0 ||
        lane->stand != ERRATA__BEHIND_ISSUE) {
        return;
    }
    learn_gap(lane, before, bytes + from, unknown->begin - from);
    if (unknown->familiar || !errata__lane_deviations(lane, before->deviations, &deviations)) {
        return;
    }
    if (unknown->message_at != 0 && seen_often(lane, unknown->bare_hash, BARE_SIGHTS)) {
        struct source bare = source;
        if (is_bare(lane, &bare, before)) {
            learn_issue(lane, &bare, unknown->bare_hash, deviations);
        }
    }
    if (errata__lane_seen(lane, unknown->hash)) {
        learn_issue(lane, &source, unknown->hash, deviations);
    }
}
