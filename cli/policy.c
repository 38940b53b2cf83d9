/*
 * Reading policies: see policy.h. A slip of the pen must not open the gate, so nothing is passed over.
 */
#include "policy.h"

#include <stdlib.h>
#include <string.h>

#include "ahead.h"
#include "core/nearest.h"
#include "filter.h"
#include "json.h"

/* Of the policy. */
enum {
    SCHEMA,
    VERSION,
    RULES,
    MEMBERS
};
static const char *const member_names[MEMBERS] = {"$schema", "version", "rules"};

/* Of a rule. Those from MAX on are limits. */
enum {
    NAME,
    WHERE,
    SEVERITY,
    MAX,
    PARTS = MAX + LIMIT_CHANGED
};
static const char *const part_names[PARTS] = {
    [NAME] = "name",
    [WHERE] = "where",
    [SEVERITY] = "severity",
    [MAX + LIMIT_ISSUES] = "max_issues",
    [MAX + LIMIT_RECORDS] = "max_records",
    [MAX + LIMIT_PERCENT] = "max_records_percent",
    [MAX + LIMIT_NEW_GROUPS] = "max_new_groups",
};

struct reading {
    struct json_file file;
    const struct settings *settings;
    struct rules *rules;
    /* Those before are not of this file. */
    size_t first;
    /* The open member, and which were there. */
    size_t member;
    bool seen[MEMBERS];
    size_t part;
    bool have[PARTS];
    /* Of the open rule. */
    uint64_t place;
};

static struct rule *open_rule(const struct reading *reading) {
    return &reading->rules->at[reading->rules->count - 1];
}

static char *copy_text(struct errata_text text) {
    char *copy = allocate(NULL, text.length + 1, 1);

    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    return copy;
}

/* Finds the member that a key names, which must not have been there. */
static enum errata_status find_member(struct reading *reading, struct errata_text key,
                                      const char *const *names, bool *seen, size_t count,
                                      size_t *out) {
    const char *nearest;

    for (size_t i = 0; i < count; i++) {
        if (!json_is(key, names[i])) {
            continue;
        }
        if (seen[i]) {
            return json_wrong(&reading->file, "a second \"%s\"", names[i]);
        }
        seen[i] = true;
        *out = i;
        return ERRATA_OK;
    }
    nearest = errata__nearest(key.data, key.length, names, count);
    return json_wrong(&reading->file, "\"%.*s\" is no member of a %s%s%s%s",
                      (int)(key.length < 60 ? key.length : 60), key.data,
                      count == PARTS ? "rule" : "policy", nearest ? "; did you mean \"" : "",
                      nearest ? nearest : "", nearest ? "\"?" : "");
}

static enum errata_status take_member(struct reading *reading, enum errata__json_kind kind,
                                      struct errata_text text) {
    switch (reading->member) {
    case SCHEMA:
        return kind == ERRATA__JSON_STRING
                   ? ERRATA_OK
                   : json_wrong(&reading->file, "expected a string, the schema's address");
    case VERSION:
        return kind == ERRATA__JSON_NUMBER && json_is(text, "1")
                   ? ERRATA_OK
                   : json_wrong(&reading->file, "this errata reads policies of version 1");
    default:
        return kind == ERRATA__JSON_ARRAY || kind == ERRATA__JSON_ARRAY_END
                   ? ERRATA_OK
                   : json_wrong(&reading->file, "expected a list of rules");
    }
}

static enum errata_status take_name(struct reading *reading, enum errata__json_kind kind,
                                    struct errata_text text) {
    if (kind != ERRATA__JSON_STRING || text.length == 0 || memchr(text.data, '\0', text.length)) {
        return json_wrong(&reading->file, "expected a string that is not empty, the rule's name");
    }
    open_rule(reading)->name = copy_text(text);
    open_rule(reading)->name_place = json_place(&reading->file);
    return ERRATA_OK;
}

static enum errata_status take_severity(struct reading *reading, enum errata__json_kind kind,
                                        struct errata_text text) {
    bool string = kind == ERRATA__JSON_STRING;

    open_rule(reading)->warn = string && json_is(text, "warn");
    return string && (json_is(text, "warn") || json_is(text, "fail"))
               ? ERRATA_OK
               : json_wrong(&reading->file, "expected \"fail\" or \"warn\"");
}

static enum errata_status take_limit(struct reading *reading, enum errata__json_kind kind,
                                     struct errata_text text) {
    enum limit limit = (enum limit)(reading->part - MAX);
    struct rule *rule = open_rule(reading);
    bool number = kind == ERRATA__JSON_NUMBER;

    if (limit == LIMIT_NEW_GROUPS && !reading->settings->baseline) {
        return json_wrong(&reading->file, "new compared with what? max_new_groups needs --baseline "
                                          "FILE");
    }
    rule->limited[limit] = true;
    if (limit == LIMIT_PERCENT) {
        return number && percent_parse(text, &rule->most[limit])
                   ? ERRATA_OK
                   : json_wrong(&reading->file,
                                "expected a number from 0 to 100 with six decimals at most");
    }
    return number && json_decimal(text, 0, &rule->most[limit])
               ? ERRATA_OK
               : json_wrong(&reading->file, "expected a whole number, 0 or more");
}

static enum errata_status take_part(struct reading *reading, enum errata__json_kind kind,
                                    struct errata_text text) {
    switch (reading->part) {
    case NAME:
        return take_name(reading, kind, text);
    case WHERE:
        return kind == ERRATA__JSON_ARRAY || kind == ERRATA__JSON_ARRAY_END
                   ? ERRATA_OK
                   : json_wrong(&reading->file,
                                "expected a list of terms, such as [\"code = custom\"]");
    case SEVERITY:
        return take_severity(reading, kind, text);
    default:
        return take_limit(reading, kind, text);
    }
}

static enum errata_status take_term(struct reading *reading, enum errata__json_kind kind,
                                    struct errata_text text) {
    struct rule *rule = open_rule(reading);

    if (kind != ERRATA__JSON_STRING || memchr(text.data, '\0', text.length)) {
        return json_wrong(&reading->file, "expected a term, a string such as \"code = custom\"");
    }
    rule->terms = allocate(rule->terms, rule->n_terms + 1, sizeof *rule->terms);
    rule->terms[rule->n_terms++] =
        (struct rule_term){.text = copy_text(text), .place = json_place(&reading->file)};
    return ERRATA_OK;
}

static enum errata_status begin_rule(struct reading *reading) {
    rules_add(reading->rules);
    memset(reading->have, 0, sizeof reading->have);
    reading->place = json_place(&reading->file);
    return ERRATA_OK;
}

static enum errata_status end_rule(struct reading *reading) {
    bool limited = false;

    for (size_t i = MAX; i < PARTS; i++) {
        limited = limited || reading->have[i];
    }
    if (!reading->have[NAME]) {
        return json_wrong_at(&reading->file, reading->place, "the rule has no \"name\"");
    }
    return limited ? ERRATA_OK
                   : json_wrong_at(&reading->file, reading->place,
                                   "the rule allows everything: it has none of max_issues, "
                                   "max_records, max_records_percent, max_new_groups");
}

static enum errata_status take(void *ctx, enum errata__json_kind kind, uint32_t depth,
                               const char *data, size_t length) {
    struct reading *reading = ctx;
    struct errata_text text = {data, length};

    if (depth == 0 && kind == ERRATA__JSON_OBJECT_END && reading->rules->count == reading->first) {
        return json_wrong_at(&reading->file, json_place(&reading->file),
                             "there is no rule in the policy");
    }
    switch (depth) {
    case 0:
        return kind == ERRATA__JSON_OBJECT || kind == ERRATA__JSON_OBJECT_END
                   ? ERRATA_OK
                   : json_wrong(&reading->file, "expected a policy, such as {\"rules\":[...]}");
    case 1:
        return kind == ERRATA__JSON_KEY ? find_member(reading, text, member_names, reading->seen,
                                                      MEMBERS, &reading->member)
                                        : take_member(reading, kind, text);
    case 2:
        return kind == ERRATA__JSON_OBJECT ? begin_rule(reading)
               : kind == ERRATA__JSON_OBJECT_END
                   ? end_rule(reading)
                   : json_wrong(&reading->file, "expected a rule, an object");
    case 3:
        return kind == ERRATA__JSON_KEY
                   ? find_member(reading, text, part_names, reading->have, PARTS, &reading->part)
                   : take_part(reading, kind, text);
    default:
        return take_term(reading, kind, text);
    }
}

/* Together with the filters of the command line, on nothing. */
static enum exit_status check_terms(struct reading *reading, const struct rule *rule,
                                    const struct errata_index *index) {
    const struct errata_query_options options = {.refuse_impossible = true};
    struct errata_query *query;
    struct errata_error error = {0};
    enum errata_status status = errata_query_new(&query, index, &options, &error);
    enum exit_status good = EXIT_GOOD;

    if (status == ERRATA_OK) {
        status = filter_add(query, reading->settings, &error);
    }
    if (status) {
        good = say_error(&error);
    }
    for (size_t i = 0; i < rule->n_terms && good == EXIT_GOOD; i++) {
        status = errata_query_where(query, rule->terms[i].text, &error);
        good = exit_of(status);
        if (good == EXIT_USAGE) {
            (void)json_wrong_at(&reading->file, rule->terms[i].place, "%s", error.message);
        } else if (status) {
            good = say_error(&error);
        }
    }
    errata_query_free(query);
    return good;
}

static enum exit_status check_rules(struct reading *reading) {
    struct errata_index *index = NULL;
    enum exit_status status = ahead_index(&index);

    for (size_t i = reading->first; i < reading->rules->count && status == EXIT_GOOD; i++) {
        status = check_terms(reading, &reading->rules->at[i], index);
    }
    errata_index_free(index);
    return status;
}

/* Equal names in the order of the file. */
static int compare_names(const void *one, const void *other) {
    const struct rule *a = *(const struct rule *const *)one;
    const struct rule *b = *(const struct rule *const *)other;
    int order = strcmp(a->name, b->name);

    return order != 0 ? order : (a->name_place > b->name_place) - (a->name_place < b->name_place);
}

/* The first rule whose name another has before it is an error. */
static enum exit_status check_names(struct reading *reading) {
    size_t count = reading->rules->count - reading->first;
    const struct rule **sorted = allocate(NULL, count, sizeof(const struct rule *));
    uint64_t place = UINT64_MAX;

    for (size_t i = 0; i < count; i++) {
        sorted[i] = &reading->rules->at[reading->first + i];
    }
    qsort(sorted, count, sizeof(const struct rule *), compare_names);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0 && sorted[i]->name_place < place) {
            place = sorted[i]->name_place;
        }
    }
    free(sorted);
    if (place == UINT64_MAX) {
        return EXIT_GOOD;
    }
    (void)json_wrong_at(&reading->file, place, "there is a rule of this name already");
    return reading->file.bad;
}

enum exit_status policy_read(struct rules *rules, const struct settings *settings) {
    struct reading reading = {.settings = settings, .rules = rules, .first = rules->count};
    enum exit_status status =
        json_file_open(&reading.file, settings->policy, EXIT_USAGE, "a policy, which is JSON");

    if (status == EXIT_GOOD) {
        status = json_file_parse(&reading.file, take, &reading);
    }
    if (status == EXIT_GOOD) {
        status = check_names(&reading);
    }
    if (status == EXIT_GOOD) {
        status = check_rules(&reading);
    }
    json_file_close(&reading.file);
    return status;
}
