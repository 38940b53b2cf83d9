/*
 * The rules of a gate: what they allow, and what is found.
 *
 * A rule is a name, terms that narrow down which issues it is about, and limits. Each limit of a rule makes one
 * clause of the verdict. With a baseline only what is new or grown counts; docs/check.md says how.
 */
#ifndef ERRATA_CLI_CLAUSE_H
#define ERRATA_CLI_CLAUSE_H

#include <stdbool.h>
#include <stdint.h>

#include <errata/query.h>

#include "baseline.h"
#include "memory.h"
#include "message.h"
#include "settings.h"

enum limit {
    LIMIT_ISSUES,
    LIMIT_RECORDS,
    /* In millionths of a per cent of all records that were read. */
    LIMIT_PERCENT,
    LIMIT_NEW_GROUPS,
    /* New and grown groups: what --baseline allows when it stands alone. */
    LIMIT_CHANGED,
    LIMITS
};

struct rule_term {
    char *text;
    /* Where the policy has it. */
    uint64_t place;
};

struct rule {
    /* NULL: the options of the command line, of which each has a name of its own. */
    char *name;
    /* Where the policy has it. */
    uint64_t name_place;
    struct rule_term *terms;
    size_t n_terms;
    bool warn;
    bool limited[LIMITS];
    uint64_t most[LIMITS];
};

struct rules {
    struct rule *at;
    size_t count;
};

/* A new rule at the end, without anything in it. */
struct rule *rules_add(struct rules *rules);
void rules_free(struct rules *rules);

/* The rule that --max-issues and --max-records make, if any. EXIT_USAGE after saying what is wrong. */
enum exit_status rules_of_options(struct rules *rules, const struct settings *settings);

/* What is shown of a clause. */
#define SHOWN 3

/* A group of the verdict. */
struct shown_group {
    /* One for each field; owned as `owned`, NULL when they are borrowed. */
    const struct errata_text *values;
    void *owned;
    uint64_t issues;
    uint64_t records;
    /* How it stands to the baseline, which says this of it. CHANGE_NONE where there is none. */
    enum change change;
    struct known known;
    /* Behind a clause: so many of its issues, or records, count. */
    uint64_t counted;
};

/* One clause of the verdict. */
struct clause {
    const struct rule *rule;
    enum limit limit;
    uint64_t allowed;
    uint64_t found;
    bool passed;
    /* The largest of all groups behind it, and some of their issues by id. */
    struct shown_group groups[SHOWN];
    size_t n_groups;
    uint64_t groups_total;
    uint32_t examples[SHOWN];
    size_t n_examples;
};

struct clauses {
    struct clause *at;
    size_t count;
};

/* What rules are counted against. */
struct scene {
    const struct errata_index *index;
    const struct settings *settings;
    /* Without a limit, by name. */
    struct errata_grouping by;
    /* What passes the filters of the command line, and what the baseline knows of each group; NULL where there is
       no baseline. */
    const struct errata_groups *whole;
    const struct known *known;
};

/* The name of a clause, and of its limit as a policy has it. */
const char *clause_name(const struct clause *clause);
const char *clause_limit(const struct clause *clause);
/* What it counts. */
const char *clause_unit(const struct clause *clause);

/* So many issues, records or groups, of all records that were read. */
uint64_t clause_allowed(const struct rule *rule, enum limit limit, uint64_t records);

/* A per cent as a limit: 0 to 100. */
bool percent_parse(struct errata_text text, uint64_t *out);
/* Such as 0.5; returns its length. */
#define PERCENT_SIZE 24
size_t percent_show(char out[PERCENT_SIZE], uint64_t percent);

/* The first rule with a limit in per cent; NULL when there is none. */
const struct rule *rules_percent(const struct rules *rules);

/* Counts what each rule is about. Says what is wrong with a term. */
ERRATA_MUST_CHECK enum errata_status clauses_find(struct clauses *clauses,
                                                  const struct rules *rules,
                                                  const struct scene *scene,
                                                  struct errata_error *error);
void clauses_free(struct clauses *clauses);

#endif
