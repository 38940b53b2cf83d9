/*
 * Counting what the rules of a gate are about: see clause.h. For each rule two passes over its issues: one groups
 * them, which gives the counts of most limits and the largest groups; the other walks over them, for the distinct
 * records in new groups and for examples.
 */
#include <stdlib.h>
#include <string.h>

#include "clause.h"
#include "filter.h"

/* How much of a group counts. */
struct counted {
    enum change change;
    uint64_t issues;
    uint64_t records;
};

/* One of a limit's largest groups. */
struct top {
    uint64_t group;
    uint64_t weight;
    uint32_t examples[SHOWN];
    size_t n_examples;
};

/* What is known of a rule while it is counted. */
struct finding {
    const struct scene *scene;
    const struct rule *rule;
    struct errata_query *query;
    struct errata_groups *groups;
    /* For each group what the baseline knows of it; NULL without a baseline. */
    struct known *known;
    uint64_t found[LIMITS];
    struct top tops[LIMITS][SHOWN];
    size_t n_tops[LIMITS];
    /* How many groups each limit has something of. */
    uint64_t behind[LIMITS];
    /* Of each group: is it new, is it among the tops? */
    unsigned char *marks;
    /* The last record that was counted for new groups. */
    uint32_t record;
};

enum {
    MARK_NEW = 1,
    MARK_TOP = 2
};

static uint64_t least_of(uint64_t one, uint64_t other) {
    return one < other ? one : other;
}

static uint64_t growth(uint64_t now, uint64_t before) {
    return now > before ? now - before : 0;
}

/* Without a baseline all of a group counts, and of a new one. Which issues of a grown one are the new ones cannot be
   told, so a rule is charged with as many as the whole group has grown by, if it is about so many. */
static struct counted count_group(const struct finding *finding, const struct errata_group *group,
                                  uint64_t whole_number, const struct known *known) {
    struct counted counted = {CHANGE_NONE, group->issues, group->records};
    struct errata_group whole;

    if (!known) {
        return counted;
    }
    errata_groups_at(finding->scene->whole, whole_number, &whole);
    counted.change = change_of(known, whole.issues);
    if (counted.change == CHANGE_NONE) {
        return (struct counted){0};
    }
    if (counted.change == CHANGE_GROWN) {
        counted.issues = least_of(counted.issues, growth(whole.issues, known->issues));
        counted.records = least_of(counted.records, growth(whole.records, known->records));
    }
    return counted;
}

/* What a group adds to the finding of a limit. */
static uint64_t share(enum limit limit, const struct counted *counted) {
    switch (limit) {
    case LIMIT_ISSUES:
        return counted->issues;
    case LIMIT_RECORDS:
    case LIMIT_PERCENT:
        /* Those of new groups are walked over; a record can be in several. */
        return counted->change == CHANGE_GROWN ? counted->records : 0;
    case LIMIT_NEW_GROUPS:
        return counted->change == CHANGE_NEW;
    case LIMIT_CHANGED:
        return counted->change != CHANGE_NONE;
    case LIMITS:
        break;
    }
    return 0;
}

/* How large it is among those behind the limit; 0: it is not behind it. */
static uint64_t weight(enum limit limit, const struct counted *counted) {
    switch (limit) {
    case LIMIT_RECORDS:
    case LIMIT_PERCENT:
        return counted->records;
    case LIMIT_NEW_GROUPS:
        return counted->change == CHANGE_NEW ? counted->issues : 0;
    case LIMIT_ISSUES:
    case LIMIT_CHANGED:
    case LIMITS:
        break;
    }
    return counted->issues;
}

/* Keeps the largest, the first of equals before the others. */
static void keep_top(struct finding *finding, enum limit limit, uint64_t group, uint64_t weight) {
    struct top *tops = finding->tops[limit];
    size_t *count = &finding->n_tops[limit];
    size_t at = *count;

    while (at > 0 && tops[at - 1].weight < weight) {
        at--;
    }
    finding->behind[limit] += weight > 0;
    if (weight == 0 || at == SHOWN) {
        return;
    }
    *count += *count < SHOWN;
    memmove(&tops[at + 1], &tops[at], (*count - 1 - at) * sizeof *tops);
    tops[at] = (struct top){.group = group, .weight = weight};
}

static void take_group(struct finding *finding, uint64_t number, const struct counted *counted) {
    if (counted->change == CHANGE_NEW || !finding->scene->whole) {
        finding->marks[number] |= MARK_NEW;
    }
    for (int limit = 0; limit < LIMITS; limit++) {
        finding->found[limit] += share((enum limit)limit, counted);
        keep_top(finding, (enum limit)limit, number, weight((enum limit)limit, counted));
    }
}

/* The rule's groups are among those of the command line, and both are sorted by name. */
static void take_groups(struct finding *finding) {
    const struct scene *scene = finding->scene;
    struct errata_group group;
    struct errata_group whole;
    uint64_t at = 0;

    for (uint64_t i = 0; errata_groups_at(finding->groups, i, &group); i++) {
        struct counted counted;

        while (scene->whole && errata_groups_at(scene->whole, at, &whole) &&
               values_compare(whole.values, group.values, scene->by.n_fields) != 0) {
            at++;
        }
        if (scene->whole) {
            finding->known[i] = scene->known[at];
        }
        counted = count_group(finding, &group, at, finding->known ? &finding->known[i] : NULL);
        take_group(finding, i, &counted);
    }
}

static void keep_example(struct finding *finding, uint64_t group, uint32_t issue) {
    for (int limit = 0; limit < LIMITS; limit++) {
        for (size_t i = 0; i < finding->n_tops[limit]; i++) {
            struct top *top = &finding->tops[limit][i];

            if (top->group == group && top->n_examples < SHOWN) {
                top->examples[top->n_examples++] = issue;
            }
        }
    }
}

/* All issues of a record come one after another. */
static enum errata_status visit(void *ctx, uint64_t group, uint32_t record, uint32_t issue) {
    struct finding *finding = ctx;

    if (finding->marks[group] & MARK_TOP) {
        keep_example(finding, group, issue);
    }
    if (finding->marks[group] & MARK_NEW && record != finding->record) {
        finding->record = record;
        finding->found[LIMIT_RECORDS]++;
        finding->found[LIMIT_PERCENT]++;
    }
    return ERRATA_OK;
}

static void mark_tops(struct finding *finding) {
    for (int limit = 0; limit < LIMITS; limit++) {
        for (size_t i = 0; i < finding->n_tops[limit]; i++) {
            finding->marks[finding->tops[limit][i].group] |= MARK_TOP;
        }
    }
}

static struct errata_text copy_text(struct errata_text text, char **room) {
    char *copy = *room;

    if (!text.data) {
        return text;
    }
    memcpy(copy, text.data, text.length);
    *room += text.length;
    return (struct errata_text){copy, text.length};
}

/* The rule's groups go when it is done, what is shown stays. */
static struct shown_group show_group(const struct finding *finding, const struct top *top) {
    size_t n_fields = finding->scene->by.n_fields;
    size_t size = n_fields * sizeof(struct errata_text);
    struct shown_group shown;
    struct errata_text *values;
    struct errata_group group;
    char *room;

    errata_groups_at(finding->groups, top->group, &group);
    for (size_t i = 0; i < n_fields; i++) {
        size += group.values[i].length;
    }
    values = allocate(NULL, size, 1);
    room = (char *)(values + n_fields);
    for (size_t i = 0; i < n_fields; i++) {
        values[i] = copy_text(group.values[i], &room);
    }
    shown = (struct shown_group){.values = values,
                                 .owned = values,
                                 .issues = group.issues,
                                 .records = group.records,
                                 .counted = top->weight};
    if (finding->known) {
        /* What is behind a clause has changed. */
        shown.known = finding->known[top->group];
        shown.change = shown.known.there ? CHANGE_GROWN : CHANGE_NEW;
    }
    return shown;
}

/* One of each group, then more of the largest. */
static void choose_examples(struct clause *clause, const struct top *tops, size_t n_tops) {
    for (size_t round = 0; round < SHOWN; round++) {
        for (size_t i = 0; i < n_tops && clause->n_examples < SHOWN; i++) {
            if (round < tops[i].n_examples) {
                clause->examples[clause->n_examples++] = tops[i].examples[round];
            }
        }
    }
}

static void add_clause(struct clauses *clauses, const struct finding *finding, enum limit limit) {
    struct clause *clause;
    struct errata_counts counts;

    errata_index_counts(finding->scene->index, &counts);
    clauses->at = allocate(clauses->at, clauses->count + 1, sizeof *clauses->at);
    clause = &clauses->at[clauses->count++];
    *clause = (struct clause){.rule = finding->rule,
                              .limit = limit,
                              .allowed = clause_allowed(finding->rule, limit, counts.records),
                              .found = finding->found[limit]};
    clause->passed = clause->found <= clause->allowed;
    clause->n_groups = finding->n_tops[limit];
    clause->groups_total = finding->behind[limit];
    for (size_t i = 0; i < clause->n_groups; i++) {
        clause->groups[i] = show_group(finding, &finding->tops[limit][i]);
    }
    choose_examples(clause, finding->tops[limit], finding->n_tops[limit]);
}

static enum errata_status make_query(struct finding *finding, struct errata_error *error) {
    const struct rule *rule = finding->rule;
    enum errata_status status =
        errata_query_new(&finding->query, finding->scene->index, NULL, error);

    if (status == ERRATA_OK) {
        status = filter_add(finding->query, finding->scene->settings, error);
    }
    for (size_t i = 0; i < rule->n_terms && status == ERRATA_OK; i++) {
        status = errata_query_where(finding->query, rule->terms[i].text, error);
    }
    return status;
}

static enum errata_status find(struct finding *finding, struct errata_error *error) {
    enum errata_status status = make_query(finding, error);
    size_t count;

    if (status == ERRATA_OK) {
        status = errata_query_group(&finding->groups, finding->query, &finding->scene->by, error);
    }
    if (status) {
        return status;
    }
    count = errata_groups_count(finding->groups);
    finding->marks = allocate(NULL, count + 1, 1);
    memset(finding->marks, 0, count + 1);
    if (finding->scene->whole) {
        finding->known = allocate(NULL, count + 1, sizeof *finding->known);
    }
    take_groups(finding);
    mark_tops(finding);
    return errata_groups_visit(finding->groups, finding->query, visit, finding, error);
}

enum errata_status clauses_find(struct clauses *clauses, const struct rules *rules,
                                const struct scene *scene, struct errata_error *error) {
    enum errata_status status = ERRATA_OK;

    for (size_t i = 0; i < rules->count && status == ERRATA_OK; i++) {
        struct finding finding = {.scene = scene, .rule = &rules->at[i], .record = ERRATA_NONE};

        status = find(&finding, error);
        for (int limit = 0; limit < LIMITS && status == ERRATA_OK; limit++) {
            if (finding.rule->limited[limit]) {
                add_clause(clauses, &finding, (enum limit)limit);
            }
        }
        errata_groups_free(finding.groups);
        errata_query_free(finding.query);
        free(finding.known);
        free(finding.marks);
    }
    return status;
}
