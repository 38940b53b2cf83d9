/*
 * Counting the sides of a comparison, one after another. Each is grouped by itself; its groups are then
 * found again among those of the sides before, by their values (where these are redacted, by the marks). Of the first side's records stays, until
 * the last one was looked up among them, a table to find them in and whether they failed.
 */
#include <string.h>

#include "core/fail.h"
#include "index/diff.h"
#include "index/rank.h"
#include "index/sound.h"
#include "index/values.h"

/* Bits that are kept of each record of a side. */
enum {
    /* Has an id. */
    NAMED = 1,
    /* Has an issue that passes. */
    FAILS = 2,
    /* The first side has this record, and there it fails. */
    KNOWN = 4,
    FAILED = 8
};

/* App, collection, record. */
#define RECORD_TEXTS 3
_Static_assert(ERRATA_FIELDS <= ERRATA__VALUES_MOST, "a group's values are a row");

struct counting {
    struct errata_diff *diff;
    struct errata__values groups;
    /* What is there until the last side was looked up, and as long as all of it. */
    struct errata__arena first_arena;
    struct errata__arena groups_arena;
    /* Of the first side: its records with an id, their bits, and how many of them fail. */
    struct errata__values records;
    const unsigned char *first_bits;
    uint32_t first_failing;
    /* Of the side that is being counted. */
    size_t side;
    struct errata__arena scratch;
    unsigned char *bits;
    /* Newly failing records, by number in the tally. */
    struct newly {
        uint32_t count;
        /* The last record that was counted, and 1. */
        uint32_t last_record;
    } * newly;
    size_t n_newly;
};

static void group_texts(const void *ctx, uint32_t row, struct errata_text *texts) {
    const struct errata_diff *diff = ctx;
    memcpy(texts, diff->rows[row]->values, diff->by.n_fields * sizeof *texts);
}

static void record_texts(const void *ctx, uint32_t row, struct errata_text *texts) {
    const struct errata_index *index = ctx;
    /* Not what the accessor hands out: that may be redacted. */
    texts[0] = errata__text(index, errata__u32(index, ERRATA__RECORD_APP, row));
    texts[1] = errata__text(index, errata__u32(index, ERRATA__RECORD_COLLECTION, row));
    texts[2] = errata__text(index, errata__u32(index, ERRATA__RECORD_RECORD, row));
}

/* Makes row n_newly and all before it, zeroed. */
static enum errata_status make_newly(struct counting *counting, size_t least) {
    size_t room = counting->n_newly == 0 ? 256 : counting->n_newly;

    while (room < least) {
        room *= 2;
    }
    struct newly *fresh = errata__arena_borrow(&counting->scratch, room, sizeof *fresh);
    if (fresh == NULL) {
        return counting->scratch.failure;
    }
    memset(fresh, 0, room * sizeof *fresh);
    if (counting->n_newly > 0) {
        memcpy(fresh, counting->newly, counting->n_newly * sizeof *fresh);
    }
    errata__arena_return(&counting->scratch, counting->newly);
    counting->newly = fresh;
    counting->n_newly = room;
    return ERRATA_OK;
}

/* Called for each issue that passes. The issues of a record come one after another. */
static enum errata_status count_issue(void *ctx, uint64_t row, uint32_t record, uint32_t issue) {
    struct counting *counting = ctx;

    (void)issue;
    counting->bits[record] |= FAILS;
    if ((counting->bits[record] & (KNOWN | FAILED)) != KNOWN) {
        return ERRATA_OK;
    }
    if (row >= counting->n_newly) {
        enum errata_status status = make_newly(counting, (size_t)row + 1);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    struct newly *newly = &counting->newly[row];
    if (newly->last_record != record + 1) {
        newly->last_record = record + 1;
        newly->count++;
    }
    return ERRATA_OK;
}

static enum errata_status make_pointers(struct errata_diff *diff) {
    size_t room = diff->room == 0 ? 256 : diff->room * 2;
    // NOLINTNEXTLINE(bugprone-sizeof-expression): it is an array of pointers
    size_t size = sizeof *diff->rows;
    struct errata__diff_row **fresh = errata__arena_borrow(&diff->arena, room, size);
    if (fresh == NULL) {
        return diff->arena.failure;
    }
    if (diff->n_rows > 0) {
        memcpy(fresh, diff->rows, diff->n_rows * size);
    }
    errata__arena_return(&diff->arena, diff->rows);
    diff->rows = fresh;
    diff->room = room;
    return ERRATA_OK;
}

/* Texts that the ranking rendered into scratch memory are copied. */
static enum errata_status keep_values(struct errata_diff *diff, struct errata_text *values) {
    for (size_t i = 0; i < diff->by.n_fields; i++) {
        bool rendered = diff->by.fields[i] == ERRATA_FIELD_PATH ||
                        diff->by.fields[i] == ERRATA_FIELD_FETCHED_AT;
        if (rendered && values[i].data != NULL) {
            char *copy = errata__arena_alloc(&diff->arena, values[i].length + 1);
            if (copy == NULL) {
                return diff->arena.failure;
            }
            memcpy(copy, values[i].data, values[i].length + 1);
            values[i].data = copy;
        }
    }
    return ERRATA_OK;
}

static enum errata_status add_row(struct errata_diff *diff, const struct errata_text *values) {
    size_t n_fields = diff->by.n_fields;
    size_t n_sides = diff->n_sides;
    struct errata__diff_row *row;

    if (diff->n_rows == diff->room) {
        enum errata_status status = make_pointers(diff);
        if (status != ERRATA_OK) {
            return status;
        }
    }
    /* One piece: the widest first, so that all are aligned. */
    row = errata__arena_zalloc(&diff->arena, 1,
                               sizeof *row + n_fields * sizeof *row->values +
                                   n_sides * (sizeof *row->issues + sizeof *row->records));
    if (row == NULL) {
        return diff->arena.failure;
    }
    row->values = (struct errata_text *)(row + 1);
    row->issues = (uint64_t *)(row->values + n_fields);
    row->records = (uint32_t *)(row->issues + n_sides);
    memcpy(row->values, values, n_fields * sizeof *values);
    diff->rows[diff->n_rows++] = row;
    return keep_values(diff, row->values);
}

/* Takes the groups of a side into those of all. */
static enum errata_status merge(struct counting *counting, const struct errata__ranking *ranking) {
    struct errata_diff *diff = counting->diff;

    for (size_t i = 0; i < ranking->count; i++) {
        uint32_t group = ranking->groups[i];
        const struct errata__tally_row *counted = &ranking->tally->rows[group];
        struct errata_text values[ERRATA_FIELDS];
        uint32_t number;

        for (size_t place = 0; place < diff->by.n_fields; place++) {
            values[place] = errata__rank_value(ranking, group, place);
        }
        enum errata_status status =
            errata__values_number(&counting->groups, values, diff->n_rows, &number);
        if (status == ERRATA_OK && number == diff->n_rows) {
            status = add_row(diff, values);
        }
        if (status != ERRATA_OK) {
            return status;
        }
        diff->rows[number]->issues[counting->side] = errata__tally_issues(counted);
        diff->rows[number]->records[counting->side] = errata__tally_records(counted);
        if (group < counting->n_newly) {
            diff->rows[number]->newly_failing = counting->newly[group].count;
        }
    }
    return ERRATA_OK;
}

/* Before a side is counted: which of its records have an id, and on the last side what the first knows of
   them, which is then let go. */
static void mark_records(struct counting *counting, const struct errata_index *index,
                         uint32_t count) {
    bool is_last = counting->side == counting->diff->n_sides - 1;

    for (uint32_t record = 0; record < count; record++) {
        struct errata_text texts[RECORD_TEXTS];
        record_texts(index, record, texts);
        if (texts[RECORD_TEXTS - 1].data == NULL) {
            continue;
        }
        counting->bits[record] = NAMED;
        uint32_t known = is_last ? errata__values_find(&counting->records, texts) : ERRATA_NONE;
        if (known != ERRATA_NONE) {
            counting->bits[record] |=
                (counting->first_bits[known] & FAILS) != 0 ? KNOWN | FAILED : KNOWN;
        }
    }
    if (is_last) {
        errata__arena_clear(&counting->first_arena);
    }
}

/* After a side was counted: what came of its records. */
static void sum_records(struct counting *counting, uint32_t count) {
    struct errata_diff_totals *totals = &counting->diff->totals;
    struct errata_diff_side *side = &counting->diff->sides[counting->side];
    uint32_t named_failing = 0;

    for (uint32_t record = 0; record < count; record++) {
        unsigned bits = counting->bits[record];
        bool fails = (bits & FAILS) != 0;
        if ((bits & NAMED) == 0) {
            side->unnamed++;
            side->unnamed_failing += fails;
            continue;
        }
        named_failing += fails;
        if ((bits & FAILED) != 0) {
            totals->still_failing += fails;
            totals->no_longer_failing += !fails;
        } else if (fails && (bits & KNOWN) != 0) {
            totals->newly_failing++;
        }
    }
    if (counting->side == 0) {
        counting->first_failing = named_failing;
    } else if (counting->side == counting->diff->n_sides - 1) {
        totals->added = named_failing - totals->still_failing - totals->newly_failing;
        totals->removed =
            counting->first_failing - totals->still_failing - totals->no_longer_failing;
    }
}

/* Keeps what the last side will ask about the first. */
static enum errata_status keep_first(struct counting *counting, const struct errata_index *index,
                                     uint32_t count) {
    enum errata_status status = ERRATA_OK;

    counting->first_bits = counting->bits;
    errata__values_init(&counting->records, &counting->first_arena, index, RECORD_TEXTS,
                        record_texts, index);
    for (uint32_t record = 0; record < count && status == ERRATA_OK; record++) {
        if ((counting->bits[record] & NAMED) != 0) {
            struct errata_text texts[RECORD_TEXTS];
            uint32_t number;
            record_texts(index, record, texts);
            status = errata__values_number(&counting->records, texts, record, &number);
        }
    }
    return status;
}

/* Groups the side that counting->side says. */
static enum errata_status group_side(struct counting *counting, struct errata_query *query,
                                     struct errata_error *error) {
    struct errata_diff *diff = counting->diff;
    struct errata_diff_side *side = &diff->sides[counting->side];
    struct errata_grouping by = diff->by;
    struct errata__tally tally;
    struct errata__ranking ranking;

    /* These are about the groups of all sides together. */
    by.least = 0;
    by.offset = 0;
    by.limit = 0;
    errata__tally_init(&tally, query, &by, &counting->scratch);
    tally.visit = count_issue;
    tally.ctx = counting;
    enum errata_status status = errata__tally_count(&tally, error);
    if (status != ERRATA_OK) {
        return status;
    }
    side->issues = tally.issues;
    side->records = tally.passing.count;
    status = errata__rank_collect(&ranking, &tally, &diff->arena, &counting->scratch, error);
    if (status != ERRATA_OK) {
        return status;
    }
    status = merge(counting, &ranking);
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

static enum errata_status count_side(struct counting *counting, struct errata_query *query,
                                     struct errata_error *error) {
    const struct errata_index *index = query->index;
    struct errata_diff *diff = counting->diff;
    struct errata__arena *keeper =
        counting->side == 0 ? &counting->first_arena : &counting->scratch;
    struct errata_counts counts;

    enum errata_status status =
        errata__sound(index,
                      ERRATA__SOUND_TEXT | ERRATA__FACT(RECORD_APP) |
                          ERRATA__FACT(RECORD_COLLECTION) | ERRATA__FACT(RECORD_RECORD),
                      error);
    if (status != ERRATA_OK) {
        return status;
    }
    errata_index_counts(index, &counts);
    diff->sides[counting->side].records_total = counts.records;
    diff->sides[counting->side].documents = counts.documents;
    diff->sides[counting->side].rejects = counts.rejects;
    counting->newly = NULL;
    counting->n_newly = 0;
    counting->bits = errata__arena_zalloc(keeper, counts.records, 1);
    if (counting->bits == NULL) {
        return errata__fail_plain(error, keeper->failure);
    }
    mark_records(counting, index, counts.records);
    status = group_side(counting, query, error);
    if (status != ERRATA_OK) {
        return status;
    }
    sum_records(counting, counts.records);
    if (counting->side == 0) {
        status = keep_first(counting, index, counts.records);
    }
    return status == ERRATA_OK ? status : errata__fail_plain(error, status);
}

enum errata_status errata__diff_count(struct errata_diff *diff, struct errata_query *const *queries,
                                      struct errata_error *error) {
    const struct errata_allocator *allocator = &diff->arena.allocator;
    struct counting counting = {.diff = diff};
    enum errata_status status = ERRATA_OK;

    errata__arena_init(&counting.groups_arena, allocator, 0);
    errata__arena_init(&counting.first_arena, allocator, 0);
    errata__arena_init(&counting.scratch, allocator, 0);
    errata__values_init(&counting.groups, &counting.groups_arena, queries[0]->index,
                        diff->by.n_fields, group_texts, diff);
    for (; counting.side < diff->n_sides && status == ERRATA_OK; counting.side++) {
        status = count_side(&counting, queries[counting.side], error);
        errata__arena_clear(&counting.scratch);
    }
    errata__arena_clear(&counting.groups_arena);
    errata__arena_clear(&counting.first_arena);
    return status;
}
