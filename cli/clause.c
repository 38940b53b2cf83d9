/*
 * The rules of a gate and what their limits are: see clause.h.
 */
#include "clause.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

/* A per cent, and all of them, in millionths. */
#define PERCENT UINT64_C(1000000)
#define ALL (100 * PERCENT)

struct rule *rules_add(struct rules *rules) {
    rules->at = allocate(rules->at, rules->count + 1, sizeof *rules->at);
    rules->at[rules->count] = (struct rule){0};
    return &rules->at[rules->count++];
}

void rules_free(struct rules *rules) {
    for (size_t i = 0; i < rules->count; i++) {
        struct rule *rule = &rules->at[i];

        for (size_t j = 0; j < rule->n_terms; j++) {
            free(rule->terms[j].text);
        }
        free(rule->terms);
        free(rule->name);
    }
    free(rules->at);
    *rules = (struct rules){0};
}

bool percent_parse(struct errata_text text, uint64_t *out) {
    return json_decimal(text, 6, out) && *out <= ALL;
}

size_t percent_show(char out[PERCENT_SIZE], uint64_t percent) {
    size_t length = (size_t)snprintf(out, PERCENT_SIZE, "%u.%06u", (unsigned)(percent / PERCENT),
                                     (unsigned)(percent % PERCENT));

    while (out[length - 1] == '0') {
        length--;
    }
    length -= out[length - 1] == '.';
    out[length] = '\0';
    return length;
}

static enum exit_status take_records(struct rule *rule, const char *text) {
    size_t length = strlen(text);
    bool percent = length > 0 && text[length - 1] == '%';
    enum limit limit = percent ? LIMIT_PERCENT : LIMIT_RECORDS;
    struct errata_text number = {text, length - percent};

    rule->limited[limit] = true;
    if (percent ? percent_parse(number, &rule->most[limit])
                : json_decimal(number, 0, &rule->most[limit])) {
        return EXIT_GOOD;
    }
    say("--max-records takes a whole number, or 0%% to 100%% with six decimals at most, not \"%s\"",
        text);
    return EXIT_USAGE;
}

enum exit_status rules_of_options(struct rules *rules, const struct settings *settings) {
    struct rule *rule;

    if (settings->gate_issues == NO_CLAUSE && !settings->gate_records) {
        return EXIT_GOOD;
    }
    rule = rules_add(rules);
    rule->limited[LIMIT_ISSUES] = settings->gate_issues != NO_CLAUSE;
    rule->most[LIMIT_ISSUES] = settings->gate_issues;
    return settings->gate_records ? take_records(rule, settings->gate_records) : EXIT_GOOD;
}

const struct rule *rules_percent(const struct rules *rules) {
    for (size_t i = 0; i < rules->count; i++) {
        if (rules->at[i].limited[LIMIT_PERCENT]) {
            return &rules->at[i];
        }
    }
    return NULL;
}

const char *clause_name(const struct clause *clause) {
    static const char *const options[LIMITS] = {
        [LIMIT_ISSUES] = "--max-issues",   [LIMIT_RECORDS] = "--max-records",
        [LIMIT_PERCENT] = "--max-records", [LIMIT_NEW_GROUPS] = "--baseline",
        [LIMIT_CHANGED] = "--baseline",
    };

    return clause->rule->name ? clause->rule->name : options[clause->limit];
}

const char *clause_limit(const struct clause *clause) {
    static const char *const names[LIMITS] = {
        [LIMIT_ISSUES] = "max_issues",
        [LIMIT_RECORDS] = "max_records",
        [LIMIT_PERCENT] = "max_records_percent",
        [LIMIT_NEW_GROUPS] = "max_new_groups",
        [LIMIT_CHANGED] = "baseline",
    };

    return names[clause->limit];
}

const char *clause_unit(const struct clause *clause) {
    switch (clause->limit) {
    case LIMIT_ISSUES:
        return "issues";
    case LIMIT_RECORDS:
    case LIMIT_PERCENT:
        return "records";
    case LIMIT_NEW_GROUPS:
    case LIMIT_CHANGED:
    case LIMITS:
        break;
    }
    return "groups";
}

uint64_t clause_allowed(const struct rule *rule, enum limit limit, uint64_t records) {
    /* So many whole records, without an error of rounding: both factors are below 2^32. */
    return limit == LIMIT_PERCENT ? rule->most[limit] * records / ALL : rule->most[limit];
}

void clauses_free(struct clauses *clauses) {
    for (size_t i = 0; i < clauses->count; i++) {
        for (size_t j = 0; j < clauses->at[i].n_groups; j++) {
            free(clauses->at[i].groups[j].owned);
        }
    }
    free(clauses->at);
    *clauses = (struct clauses){0};
}
