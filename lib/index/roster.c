/*
 * Distinct records: see roster.h.
 */
#include "index/roster.h"

#include <string.h>

#include "index/append.h"
#include "index/grow.h"
#include "index/hash.h"

#define FIRST_GROUPS 16U

/* Run number r of the roster's records has this many times 2^r. */
#define FIRST_RUN 256U

/* Records that follow one another have strings that do, and eight of them lie in one line of the cache. */
static uint64_t hash_record(const struct errata_index *index, uint32_t app, uint32_t collection,
                            uint32_t record) {
    const uint32_t values[3] = {app, collection, record >> 3};
    return errata__hash_bytes(index, values, sizeof values) << 3 | (record & 7);
}

static uint64_t hash_of(const struct errata_index *index, uint32_t id) {
    return hash_record(index, errata__u32(index, ERRATA__RECORD_APP, id),
                       errata__u32(index, ERRATA__RECORD_COLLECTION, id),
                       errata__u32(index, ERRATA__RECORD_RECORD, id));
}

/* Where the roster has the record with this number; run: of which of its runs that is. */
static uint32_t place_of(uint32_t number, unsigned *run) {
    uint32_t runs = number / FIRST_RUN + 1;
    *run = 31U - (unsigned)__builtin_clz(runs);
    return number - ((1U << *run) - 1) * FIRST_RUN;
}

static uint32_t *on_roster(const struct errata__roster *roster, uint32_t number) {
    unsigned run;
    uint32_t place = place_of(number, &run);
    return roster->runs[run] + place;
}

/* Is there a record of this string on the roster? *id: which. */
static bool find_on_roster(const struct errata_index *index, uint32_t string, uint32_t *id) {
    const struct errata__roster *roster = &index->roster;
    const struct errata__roster_group *group = &roster->groups[string / 64];
    uint64_t bit = (uint64_t)1 << string % 64;
    if ((group->strings & bit) == 0) {
        return false;
    }
    uint32_t number = group->before + (uint32_t)__builtin_popcountll(group->strings & (bit - 1));
    /* Where it has all records, this is the id. A look at the run would be one more at memory of long ago. */
    bool has_all = roster->count == index->rows[ERRATA__RECORDS];
    *id = has_all ? number : *on_roster(roster, number);
    return true;
}

/* Makes room for one more, of this string. */
static enum errata_status reserve(struct errata_index *index, uint32_t string) {
    struct errata__roster *roster = &index->roster;
    unsigned run;
    place_of(roster->count, &run);
    if (roster->runs[run] == NULL) {
        roster->runs[run] =
            errata__arena_borrow(&index->arena, (size_t)FIRST_RUN << run, sizeof(uint32_t));
        if (roster->runs[run] == NULL) {
            return index->arena.failure;
        }
    }
    if (string / 64 < roster->n_groups) {
        return ERRATA_OK;
    }
    uint32_t groups =
        string / 64 + 1 > roster->n_groups * 2 ? string / 64 + 1 : roster->n_groups * 2;
    groups = groups < FIRST_GROUPS ? FIRST_GROUPS : groups;
    struct errata__roster_group *fresh = errata__arena_borrow(&index->arena, groups, sizeof *fresh);
    if (fresh == NULL) {
        return index->arena.failure;
    }
    memset(fresh, 0, groups * sizeof *fresh);
    if (roster->groups != NULL) {
        memcpy(fresh, roster->groups, roster->n_groups * sizeof *fresh);
    }
    errata__arena_return(&index->arena, roster->groups);
    roster->groups = fresh;
    roster->n_groups = groups;
    return ERRATA_OK;
}

static void enter(struct errata__roster *roster, uint32_t string, uint32_t id) {
    struct errata__roster_group *group = &roster->groups[string / 64];
    if (group->strings == 0) {
        group->before = roster->count;
    }
    group->strings |= (uint64_t)1 << string % 64;
    *on_roster(roster, roster->count++) = id;
    roster->strings_end = string + 1;
}

void errata__record_prefetch(const struct errata_index *index, uint32_t string) {
    uint32_t id;
    if (string < index->roster.strings_end && find_on_roster(index, string, &id)) {
        errata__u32_prefetch(index, ERRATA__RECORD_APP, id);
        errata__u32_prefetch(index, ERRATA__RECORD_COLLECTION, id);
    }
}

static bool same_names(const struct errata_index *index, uint32_t id, uint32_t app,
                       uint32_t collection) {
    return errata__u32(index, ERRATA__RECORD_COLLECTION, id) == collection &&
           errata__u32(index, ERRATA__RECORD_APP, id) == app;
}

static bool find_in_hash(const struct errata_index *index, uint32_t app, uint32_t collection,
                         uint32_t record, uint32_t *id) {
    const struct errata__hash *hash = &index->record_hash;
    if (hash->slots == NULL) {
        return false;
    }
    uint64_t value = hash_record(index, app, collection, record);
    uint32_t slot = errata__hash_start(hash, value);
    for (; hash->slots[slot].id_plus_1 != 0; slot = (slot + 1) & hash->mask) {
        *id = hash->slots[slot].id_plus_1 - 1;
        if (hash->slots[slot].tag == (uint32_t)value &&
            errata__u32(index, ERRATA__RECORD_RECORD, *id) == record &&
            same_names(index, *id, app, collection)) {
            return true;
        }
    }
    return false;
}

enum errata_status errata__record_intern(struct errata_index *index, uint32_t app,
                                         uint32_t collection, uint32_t record, uint32_t *id) {
    struct errata__roster *roster = &index->roster;
    const bool has_id = record != ERRATA_NONE;
    const bool is_last = has_id && record >= roster->strings_end;
    if (has_id && !is_last) {
        if (find_on_roster(index, record, id) && same_names(index, *id, app, collection)) {
            return ERRATA_OK;
        }
        if (find_in_hash(index, app, collection, record, id)) {
            return ERRATA_OK;
        }
    }
    enum errata_status status = errata__table_reserve(index, ERRATA__RECORDS);
    if (status == ERRATA_OK && has_id) {
        status =
            is_last ? reserve(index, record) : errata__hash_reserve(index, &index->record_hash);
    }
    if (status != ERRATA_OK) {
        return status;
    }
    *id = (uint32_t)index->rows[ERRATA__RECORDS]++;
    errata__set_u32(index, ERRATA__RECORD_APP, *id, app);
    errata__set_u32(index, ERRATA__RECORD_COLLECTION, *id, collection);
    errata__set_u32(index, ERRATA__RECORD_RECORD, *id, record);
    if (is_last) {
        enter(roster, record, *id);
    } else if (has_id) {
        errata__hash_enter(&index->record_hash, hash_record(index, app, collection, record), *id);
    }
    return ERRATA_OK;
}

void errata__record_forget(struct errata_index *index, uint32_t id) {
    struct errata__roster *roster = &index->roster;
    uint32_t string = errata__u32(index, ERRATA__RECORD_RECORD, id);
    if (string == ERRATA_NONE) {
        return;
    }
    if (roster->count == 0 || *on_roster(roster, roster->count - 1) != id) {
        errata__hash_remove(index, &index->record_hash, id, hash_of);
        return;
    }
    roster->groups[string / 64].strings &= ~((uint64_t)1 << string % 64);
    roster->count--;
    roster->strings_end = 0;
    if (roster->count > 0) {
        uint32_t last = *on_roster(roster, roster->count - 1);
        roster->strings_end = errata__u32(index, ERRATA__RECORD_RECORD, last) + 1;
    }
}

void errata__records_forget(struct errata_index *index) {
    struct errata__roster *roster = &index->roster;
    if (roster->groups != NULL) {
        memset(roster->groups, 0, ((size_t)roster->strings_end + 63) / 64 * sizeof *roster->groups);
    }
    roster->count = 0;
    roster->strings_end = 0;
    errata__hash_forget(&index->record_hash);
}

void errata__records_free(struct errata_index *index) {
    struct errata__roster *roster = &index->roster;
    errata__arena_return(&index->arena, roster->groups);
    for (size_t run = 0; run < ERRATA__ROSTER_RUNS; run++) {
        errata__arena_return(&index->arena, roster->runs[run]);
    }
    memset(roster, 0, sizeof *roster);
    errata__hash_free(index, &index->record_hash);
}
