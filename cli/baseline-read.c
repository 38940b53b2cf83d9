/*
 * Reading a baseline: see baseline.h. What people may have changed by hand, or a merge, is not trusted: any order
 * of groups will do, but nothing unknown, missing or said twice.
 */
#include <stdlib.h>
#include <string.h>

#include "baseline.h"
#include "json.h"

enum member {
    VERSION,
    BY,
    FILTERS,
    GROUPS,
    MEMBERS
};
static const char *const member_names[MEMBERS] = {"errata_baseline", "by", "filters", "groups"};

struct reading {
    struct json_file file;
    struct baseline *baseline;
    enum member member;
    bool seen[MEMBERS];
    /* Of the open group, its members: the fields, issues, records. */
    size_t part;
    bool have[ERRATA_FIELDS + 2];
};

/* So much of a text is cited. */
static int shown(size_t length) {
    return (int)(length < 60 ? length : 60);
}

static enum errata_status take_key(struct reading *reading, struct errata_text key) {
    for (int i = 0; i < MEMBERS; i++) {
        if (!json_is(key, member_names[i])) {
            continue;
        }
        if (reading->seen[i]) {
            return json_wrong(&reading->file, "a second \"%s\"", member_names[i]);
        }
        if (i == GROUPS && reading->baseline->n_by == 0) {
            return json_wrong(&reading->file, "\"by\" must stand before \"groups\"");
        }
        reading->seen[i] = true;
        reading->member = (enum member)i;
        return ERRATA_OK;
    }
    return json_wrong(&reading->file, "\"%.*s\" is no member of a baseline", shown(key.length),
                      key.data);
}

static enum errata_status take_version(struct reading *reading, enum errata__json_kind kind,
                                       struct errata_text text) {
    if (kind != ERRATA__JSON_NUMBER || !json_is(text, "1")) {
        return json_wrong(&reading->file, "this errata reads baselines of format 1 only");
    }
    return ERRATA_OK;
}

static enum errata_status take_field(struct reading *reading, struct errata_text text) {
    struct baseline *baseline = reading->baseline;
    struct errata_error error;
    enum errata_field field;

    if (errata_field_parse(text, &field, &error)) {
        return json_wrong(&reading->file, "%s", error.message);
    }
    for (size_t i = 0; i < baseline->n_by; i++) {
        if (baseline->by[i] == field) {
            return json_wrong(&reading->file, "the field %s is there twice",
                              errata_field_name(field));
        }
    }
    baseline->by[baseline->n_by++] = field;
    return ERRATA_OK;
}

static enum errata_status take_filter(struct reading *reading, struct errata_text text) {
    struct baseline *baseline = reading->baseline;
    const char *blank = memchr(text.data, ' ', text.length);

    if (text.length < 3 || memcmp(text.data, "--", 2) != 0 || !blank ||
        memchr(text.data, '\0', text.length)) {
        return json_wrong(&reading->file, "a filter is an option and its value, such as "
                                          "\"--key CHECK_INCOME\"");
    }
    baseline->filters =
        allocate(baseline->filters, baseline->n_filters + 1, sizeof *baseline->filters);
    baseline->filters[baseline->n_filters] = allocate(NULL, text.length + 1, 1);
    memcpy(baseline->filters[baseline->n_filters], text.data, text.length);
    baseline->filters[baseline->n_filters++][text.length] = '\0';
    return ERRATA_OK;
}

static void begin_group(struct reading *reading) {
    struct baseline *baseline = reading->baseline;

    /* Grows whenever the count is a power of two. */
    if ((baseline->count & (baseline->count - 1)) == 0) {
        size_t room = baseline->count > 0 ? 2 * baseline->count : 1;

        baseline->groups = allocate(baseline->groups, room, sizeof *baseline->groups);
        baseline->values =
            allocate(baseline->values, room, baseline->n_by * sizeof *baseline->values);
    }
    baseline->groups[baseline->count++] =
        (struct baseline_group){.place = json_place(&reading->file)};
    memset(reading->have, 0, sizeof reading->have);
}

static const char *part_name(const struct reading *reading, size_t part) {
    size_t n_by = reading->baseline->n_by;

    return part < n_by    ? errata_field_name(reading->baseline->by[part])
           : part == n_by ? "issues"
                          : "records";
}

static enum errata_status take_part_key(struct reading *reading, struct errata_text key) {
    for (size_t i = 0; i < reading->baseline->n_by + 2; i++) {
        if (!json_is(key, part_name(reading, i))) {
            continue;
        }
        if (reading->have[i]) {
            return json_wrong(&reading->file, "a second \"%s\"", part_name(reading, i));
        }
        reading->have[i] = true;
        reading->part = i;
        return ERRATA_OK;
    }
    return json_wrong(&reading->file, "\"%.*s\" is no member of a group here", shown(key.length),
                      key.data);
}

static enum errata_status take_part(struct reading *reading, enum errata__json_kind kind,
                                    struct errata_text text) {
    struct baseline *baseline = reading->baseline;
    struct baseline_group *group = &baseline->groups[baseline->count - 1];
    size_t n_by = baseline->n_by;
    struct errata_text *value;

    if (reading->part >= n_by) {
        uint64_t *count = reading->part == n_by ? &group->issues : &group->records;

        return kind == ERRATA__JSON_NUMBER && json_decimal(text, 0, count)
                   ? ERRATA_OK
                   : json_wrong(&reading->file, "expected a whole number, 0 or more");
    }
    value = &baseline->values[(baseline->count - 1) * n_by + reading->part];
    *value = (struct errata_text){0};
    if (kind == ERRATA__JSON_NULL) {
        return ERRATA_OK;
    }
    if (kind != ERRATA__JSON_STRING) {
        return json_wrong(&reading->file, "expected a string, or null for a missing value");
    }
    /* There is room for all of the file, so nothing moves. */
    *value = (struct errata_text){baseline->texts.data + baseline->texts.length, text.length};
    line_add(&baseline->texts, text.data, text.length);
    return ERRATA_OK;
}

static enum errata_status end_group(struct reading *reading) {
    for (size_t i = 0; i < reading->baseline->n_by + 2; i++) {
        if (!reading->have[i]) {
            return json_wrong(&reading->file, "the group has no \"%s\"", part_name(reading, i));
        }
    }
    return ERRATA_OK;
}

static enum errata_status end_baseline(struct reading *reading) {
    for (int i = 0; i < MEMBERS; i++) {
        if (!reading->seen[i]) {
            return json_wrong(&reading->file, "the baseline has no \"%s\"", member_names[i]);
        }
    }
    return ERRATA_OK;
}

/* A value, or a list's beginning or end, of the baseline itself. */
static enum errata_status take_member(struct reading *reading, enum errata__json_kind kind,
                                      struct errata_text text) {
    if (reading->member == VERSION) {
        return take_version(reading, kind, text);
    }
    if (kind == ERRATA__JSON_ARRAY_END && reading->member == BY && reading->baseline->n_by == 0) {
        return json_wrong(&reading->file, "there must be a field at least");
    }
    return kind == ERRATA__JSON_ARRAY || kind == ERRATA__JSON_ARRAY_END
               ? ERRATA_OK
               : json_wrong(&reading->file, "\"%s\" is a list", member_names[reading->member]);
}

static enum errata_status take_element(struct reading *reading, enum errata__json_kind kind,
                                       struct errata_text text) {
    if (reading->member == GROUPS) {
        if (kind == ERRATA__JSON_OBJECT) {
            begin_group(reading);
            return ERRATA_OK;
        }
        return kind == ERRATA__JSON_OBJECT_END
                   ? end_group(reading)
                   : json_wrong(&reading->file, "expected a group, which is an object");
    }
    if (kind != ERRATA__JSON_STRING) {
        return json_wrong(&reading->file, "expected a string");
    }
    return reading->member == BY ? take_field(reading, text) : take_filter(reading, text);
}

static enum errata_status take(void *ctx, enum errata__json_kind kind, uint32_t depth,
                               const char *data, size_t length) {
    struct reading *reading = ctx;
    struct errata_text text = {data, length};

    switch (depth) {
    case 0:
        if (kind == ERRATA__JSON_OBJECT) {
            return ERRATA_OK;
        }
        return kind == ERRATA__JSON_OBJECT_END
                   ? end_baseline(reading)
                   : json_wrong(&reading->file, "expected a baseline, which is a JSON object");
    case 1:
        return kind == ERRATA__JSON_KEY ? take_key(reading, text)
                                        : take_member(reading, kind, text);
    case 2:
        return take_element(reading, kind, text);
    default:
        return kind == ERRATA__JSON_KEY ? take_part_key(reading, text)
                                        : take_part(reading, kind, text);
    }
}

static int compare_groups(const void *one, const void *other, void *n_by) {
    const struct baseline_group *a = one;
    const struct baseline_group *b = other;

    return values_compare(a->values, b->values, *(const size_t *)n_by);
}

static enum exit_status sort(struct reading *reading) {
    struct baseline *baseline = reading->baseline;
    struct baseline_group *groups = baseline->groups;

    for (size_t i = 0; i < baseline->count; i++) {
        groups[i].values = baseline->values + i * baseline->n_by;
    }
    if (baseline->count > 1) {
        qsort_r(groups, baseline->count, sizeof *groups, compare_groups, &baseline->n_by);
    }
    for (size_t i = 1; i < baseline->count; i++) {
        if (values_compare(groups[i - 1].values, groups[i].values, baseline->n_by) == 0) {
            uint64_t later =
                groups[i].place > groups[i - 1].place ? groups[i].place : groups[i - 1].place;

            (void)json_wrong_at(&reading->file, later, "this group is in the baseline already");
            return EXIT_INPUT;
        }
    }
    filters_sort(baseline->filters, baseline->n_filters);
    return EXIT_GOOD;
}

enum exit_status baseline_read(struct baseline *baseline, const char *name) {
    struct reading reading = {.baseline = baseline};
    enum exit_status status = json_file_open(&reading.file, name, EXIT_INPUT,
                                             "a baseline, which --write-baseline makes of it");

    *baseline = (struct baseline){0};
    if (status == EXIT_GOOD) {
        line_fill(&baseline->texts, '\0', reading.file.text.length + 1);
        baseline->texts.length = 0;
        status = json_file_parse(&reading.file, take, &reading);
    }
    if (status == EXIT_GOOD) {
        status = sort(&reading);
    }
    json_file_close(&reading.file);
    return status;
}
