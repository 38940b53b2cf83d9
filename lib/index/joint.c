/*
 * Interning the values of a part: see joint.h.
 *
 * Ids are given by first sight, and those of the part are in that order, too. So interning its strings, patterns,
 * shapes and records in the order of their ids gives them the ids that reading would have given. That also holds for
 * a part that keeps its values: all that it had before are known to the index by then.
 */
#include "index/joint.h"

#include <string.h>

#include "index/append.h"
#include "index/hash.h"
#include "index/intern.h"
#include "index/later.h"
#include "index/roster.h"

/* So many are fetched before they are looked up. What tells whether a value is there lies anywhere in many megabytes,
   and waiting for it was half of the time of joining many distinct values. */
#define AHEAD 16U

/* Room for a number for each row that a table of the part has. */
static enum errata_status make_room(struct errata__numbers *numbers, struct errata_index *index,
                                    uint64_t rows) {
    if (numbers->at != NULL && rows <= numbers->room) {
        return ERRATA_OK;
    }
    uint64_t room = rows > 2 * numbers->room ? rows : 2 * numbers->room;
    room = room == 0 ? 1 : room;
    uint32_t *at = errata__arena_borrow(&index->arena, (size_t)room, sizeof *at);
    if (at == NULL) {
        return index->arena.failure;
    }
    if (numbers->at != NULL) {
        memcpy(at, numbers->at, (size_t)numbers->count * sizeof *at);
    }
    errata__arena_return(&index->arena, numbers->at);
    numbers->at = at;
    numbers->room = room;
    return ERRATA_OK;
}

static enum errata_status make_all_room(struct errata__joint *joint, struct errata_index *index,
                                        const struct errata_index *part) {
    static const enum errata__table tables[] = {ERRATA__STRINGS, ERRATA__SEGMENTS, ERRATA__PATTERNS,
                                                ERRATA__SHAPES, ERRATA__RECORDS};
    enum errata_status status =
        make_room(&joint->pattern_positions, index, part->rows[ERRATA__PATTERNS]);
    if (status == ERRATA_OK) {
        status = make_room(&joint->shape_positions, index, part->rows[ERRATA__SHAPES]);
    }
    for (size_t i = 0; i < sizeof tables / sizeof tables[0] && status == ERRATA_OK; i++) {
        status = make_room(&joint->ids[tables[i]], index, part->rows[tables[i]]);
    }
    return status;
}

static enum errata_status intern_strings(struct errata__joint *joint, struct errata_index *index,
                                         const struct errata_index *part) {
    struct errata__numbers *ids = &joint->ids[ERRATA__STRINGS];
    const uint64_t end = part->rows[ERRATA__STRINGS];
    uint64_t hashes[AHEAD];
    uint64_t fetched = ids->count;
    enum errata_status status = errata__strings_settle(index);
    for (; ids->count < end && status == ERRATA_OK; ids->count++) {
        for (; fetched < end && fetched < ids->count + AHEAD; fetched++) {
            struct errata_text text = errata__text(part, (uint32_t)fetched);
            hashes[fetched % AHEAD] = errata__hash_bytes(index, text.data, text.length);
            errata__string_prefetch(index, hashes[fetched % AHEAD]);
        }
        struct errata_text text = errata__text(part, (uint32_t)ids->count);
        status = errata__string_intern_now(index, text.data, text.length,
                                           hashes[ids->count % AHEAD], &ids->at[ids->count]);
    }
    return status;
}

/* A cell of the part that is a string's id, as it is in the index. */
static uint32_t string_of(const struct errata__joint *joint, const struct errata_index *part,
                          enum errata__column column, uint64_t row) {
    uint32_t id = errata__u32(part, column, row);
    return id == ERRATA_NONE ? ERRATA_NONE : joint->ids[ERRATA__STRINGS].at[id];
}

static enum errata_status intern_patterns(struct errata__joint *joint, struct errata_index *index,
                                          const struct errata_index *part) {
    struct errata__numbers *segments = &joint->ids[ERRATA__SEGMENTS];
    struct errata__numbers *ids = &joint->ids[ERRATA__PATTERNS];
    enum errata_status status = ERRATA_OK;
    for (; segments->count < part->rows[ERRATA__SEGMENTS]; segments->count++) {
        segments->at[segments->count] = string_of(joint, part, ERRATA__SEGMENT, segments->count);
    }
    for (; ids->count < part->rows[ERRATA__PATTERNS] && status == ERRATA_OK; ids->count++) {
        uint32_t id = (uint32_t)ids->count;
        uint32_t first;
        uint32_t end;
        errata__pattern_segments(part, id, &first, &end);
        joint->pattern_positions.at[id] = errata__pattern_positions(part, id);
        status = errata__pattern_intern(index, segments->at + first, end - first, &ids->at[id]);
    }
    joint->pattern_positions.count = ids->count;
    return status;
}

static enum errata_status intern_shapes(struct errata__joint *joint, struct errata_index *index,
                                        const struct errata_index *part) {
    struct errata__numbers *ids = &joint->ids[ERRATA__SHAPES];
    enum errata_status status = ERRATA_OK;
    for (; ids->count < part->rows[ERRATA__SHAPES] && status == ERRATA_OK; ids->count++) {
        uint64_t id = ids->count;
        uint32_t pattern = errata__u32(part, ERRATA__SHAPE_PATTERN, id);
        const struct errata__shape shape = {
            .code = string_of(joint, part, ERRATA__SHAPE_CODE, id),
            .expected = string_of(joint, part, ERRATA__SHAPE_EXPECTED, id),
            .received = string_of(joint, part, ERRATA__SHAPE_RECEIVED, id),
            .message = string_of(joint, part, ERRATA__SHAPE_MESSAGE, id),
            .pattern = joint->ids[ERRATA__PATTERNS].at[pattern],
            .flags = errata__u8(part, ERRATA__SHAPE_FLAGS, id),
        };
        joint->shape_positions.at[id] = joint->pattern_positions.at[pattern];
        status = errata__shape_intern(index, &shape, &ids->at[id]);
    }
    joint->shape_positions.count = ids->count;
    return status;
}

static enum errata_status intern_records(struct errata__joint *joint, struct errata_index *index,
                                         const struct errata_index *part) {
    struct errata__numbers *ids = &joint->ids[ERRATA__RECORDS];
    enum errata_status status = ERRATA_OK;
    uint64_t fetched = ids->count;
    for (; ids->count < part->rows[ERRATA__RECORDS] && status == ERRATA_OK; ids->count++) {
        for (; fetched < part->rows[ERRATA__RECORDS] && fetched < ids->count + AHEAD; fetched++) {
            errata__record_prefetch(index, string_of(joint, part, ERRATA__RECORD_RECORD, fetched));
        }
        status = errata__record_intern(
            index, string_of(joint, part, ERRATA__RECORD_APP, ids->count),
            string_of(joint, part, ERRATA__RECORD_COLLECTION, ids->count),
            string_of(joint, part, ERRATA__RECORD_RECORD, ids->count), &ids->at[ids->count]);
    }
    return status;
}

enum errata_status errata__joint_extend(struct errata__joint *joint, struct errata_index *index,
                                        const struct errata_index *part) {
    static enum errata_status (*const steps[])(struct errata__joint *, struct errata_index *,
                                               const struct errata_index *) = {
        make_all_room, intern_strings, intern_patterns, intern_shapes, intern_records};
    enum errata_status status = ERRATA_OK;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == ERRATA_OK; i++) {
        status = steps[i](joint, index, part);
    }
    return status;
}

void errata__joint_drop_records(struct errata__joint *joint) {
    joint->ids[ERRATA__RECORDS].count = 0;
}

void errata__joint_free(struct errata__joint *joint, struct errata_index *index) {
    for (int table = 0; table < ERRATA__TABLES; table++) {
        errata__arena_return(&index->arena, joint->ids[table].at);
    }
    errata__arena_return(&index->arena, joint->pattern_positions.at);
    errata__arena_return(&index->arena, joint->shape_positions.at);
    memset(joint, 0, sizeof *joint);
}
