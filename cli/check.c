/*
 * errata check: a gate. What is wrong with the command line, the policy and the baselines is found out before
 * anything is read; then the groups are compared and the rules counted; then comes the verdict.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <errata/store.h>

#include "baseline.h"
#include "clause.h"
#include "command.h"
#include "core/fail.h"
#include "core/replace.h"
#include "policy.h"
#include "redact.h"
#include "verdict.h"

struct check {
    struct rules rules;
    /* Without fields as long as anything will do. */
    struct errata_grouping by;
    /* Of --baseline, and what is there under the name of --write-baseline. */
    struct baseline *baseline;
    struct baseline *old;
    /* Of --write-baseline. */
    struct output writing;
    bool open;
};

static enum exit_status need_clause(const struct settings *settings) {
    bool clause = settings->gate_issues != NO_CLAUSE || settings->gate_records ||
                  settings->baseline || settings->policy || settings->write_baseline;

    if (!clause) {
        say("errata check needs something to check: --max-issues N, --max-records N|P%%, "
            "--baseline "
            "FILE or --policy FILE; or --write-baseline FILE to begin with");
        return EXIT_USAGE;
    }
    if (settings->accept_new && !settings->write_baseline) {
        say("--accept-new is about the file of --write-baseline, and there is none");
        return EXIT_USAGE;
    }
    return EXIT_GOOD;
}

static enum exit_status take_baseline(struct baseline **baseline, const char *name,
                                      struct check *check, const struct settings *settings) {
    enum exit_status status;

    *baseline = allocate(NULL, 1, sizeof **baseline);
    status = baseline_read(*baseline, name);
    if (status == EXIT_GOOD) {
        status = baseline_check(*baseline, name, settings, &check->by);
    }
    memcpy(check->by.fields, (*baseline)->by, sizeof check->by.fields);
    check->by.n_fields = (*baseline)->n_by;
    return status;
}

/* Opened before a long read: it may turn out that it cannot be. */
static enum exit_status open_writing(struct check *check, const struct settings *settings) {
    const char *name = settings->write_baseline;
    enum exit_status status = EXIT_GOOD;
    struct stat there;

    if (errata__replace_descriptor(name) < 0 && stat(name, &there) == 0 && S_ISREG(there.st_mode)) {
        status = take_baseline(&check->old, name, check, settings);
        if (status == EXIT_INPUT) {
            say("--write-baseline replaces nothing but baselines, so %s is left as it is", name);
        }
    }
    if (status == EXIT_GOOD) {
        check->open = output_open(&check->writing, name);
        status = check->open ? EXIT_GOOD : EXIT_MACHINE;
    }
    return status;
}

static enum exit_status prepare(void **state, const struct settings *settings) {
    struct check *check = allocate(NULL, 1, sizeof *check);
    enum exit_status status = need_clause(settings);

    *state = check;
    *check = (struct check){.by = {.order = ERRATA_ORDER_NAME, .n_fields = settings->n_by}};
    memcpy(check->by.fields, settings->by, sizeof check->by.fields);
    if (status == EXIT_GOOD) {
        status = rules_of_options(&check->rules, settings);
    }
    if (status == EXIT_GOOD && settings->policy) {
        status = policy_read(&check->rules, settings);
    }
    if (status == EXIT_GOOD && settings->baseline) {
        status = take_baseline(&check->baseline, settings->baseline, check, settings);
    }
    if (status == EXIT_GOOD && settings->write_baseline) {
        status = open_writing(check, settings);
    }
    if (settings->baseline && check->rules.count == 0) {
        rules_add(&check->rules)->limited[LIMIT_CHANGED] = true;
    }
    if (check->by.n_fields == 0) {
        check->by.fields[check->by.n_fields++] = ERRATA_FIELD_KEY;
        check->by.fields[check->by.n_fields++] = ERRATA_FIELD_CODE;
        check->by.fields[check->by.n_fields++] = ERRATA_FIELD_PATTERN;
    }
    if (status == EXIT_GOOD && (settings->baseline || settings->write_baseline)) {
        status = redact_allows_baseline(settings, &check->by);
    }
    return status;
}

static void release(void *state) {
    struct check *check = state;

    if (!check) {
        return;
    }
    if (check->open) {
        (void)output_close(&check->writing, false);
    }
    if (check->baseline) {
        baseline_free(check->baseline);
    }
    if (check->old) {
        baseline_free(check->old);
    }
    free(check->baseline);
    free(check->old);
    rules_free(&check->rules);
    free(check);
}

/* A share of failing records among failing records says nothing. */
static enum errata_status check_scopes(const struct check *check, const struct errata_index *index,
                                       struct errata_error *error) {
    const struct rule *rule = rules_percent(&check->rules);
    struct errata_source source;

    for (uint32_t i = 0; rule && errata_index_source(index, i, &source); i++) {
        if (source.scope.data && strstr(source.scope.data, "--status")) {
            return errata__fail(error, ERRATA_BAD_QUERY,
                                "%s%s is a share of all records, but %s was scanned with %s; scan "
                                "without --status, or allow a number of records",
                                rule->name ? "max_records_percent of " : "--max-records P%",
                                rule->name ? rule->name : "", source.name.data, source.scope.data);
        }
    }
    return ERRATA_OK;
}

static void add_shown(struct shown_groups *groups, const struct shown_group *group) {
    /* Grows whenever the count is a power of two. */
    if ((groups->count & (groups->count - 1)) == 0) {
        groups->at =
            allocate(groups->at, groups->count > 0 ? 2 * groups->count : 1, sizeof *groups->at);
    }
    groups->at[groups->count++] = *group;
}

static void find_stale(struct shown_groups *groups, const struct baseline *baseline,
                       const bool *stale) {
    for (size_t i = 0; i < baseline->count; i++) {
        const struct baseline_group *group = &baseline->groups[i];

        if (stale[i]) {
            add_shown(groups, &(struct shown_group){.values = group->values,
                                                    .issues = group->issues,
                                                    .records = group->records});
        }
    }
}

/* Groups that old has not, or with less of anything. */
static void find_widened(struct shown_groups *groups, const struct baseline *old,
                         const struct errata_groups *whole) {
    struct known *known = baseline_match(old, whole, NULL);
    struct errata_group group;

    for (uint64_t i = 0; errata_groups_at(whole, i, &group); i++) {
        if (!known[i].there || group.issues > known[i].issues || group.records > known[i].records) {
            add_shown(groups,
                      &(struct shown_group){.values = group.values,
                                            .issues = group.issues,
                                            .records = group.records,
                                            .change = known[i].there ? CHANGE_GROWN : CHANGE_NEW,
                                            .known = known[i]});
        }
    }
    free(known);
}

/* How many groups of old are in whole no more. */
static uint64_t count_dropped(const struct baseline *old, const struct errata_groups *whole) {
    uint64_t dropped = 0;
    bool *stale;

    free(baseline_match(old, whole, &stale));
    for (size_t i = 0; i < old->count; i++) {
        dropped += stale[i];
    }
    free(stale);
    return dropped;
}

/* Is there a reason to leave the baseline as it is? Says which one. */
static bool refuse_writing(const struct run *run, struct verdict *verdict) {
    const struct check *check = run->state;
    const char *name = run->settings->write_baseline;
    size_t widened = verdict->widened.count;

    if (verdict->rejects > 0) {
        say("%s: not written: it would not have what is in the %llu reject%s; mend the input, or "
            "take %s out of it",
            name, (unsigned long long)verdict->rejects, verdict->rejects == 1 ? "" : "s",
            verdict->rejects == 1 ? "it" : "them");
    } else if (verdict->documents == 0 && check->old && check->old->count > 0) {
        say("%s: not written: it would lose all %zu group%s to an empty input; if that is meant, "
            "remove it first",
            name, check->old->count, check->old->count == 1 ? "" : "s");
        verdict->failed = true;
    } else if (widened > 0 && !run->settings->accept_new) {
        say("%s: not written: %zu group%s new or larger than in it; --accept-new takes %s in", name,
            widened, widened == 1 ? " is" : "s are", widened == 1 ? "it" : "them");
        verdict->failed = true;
    } else {
        return false;
    }
    return true;
}

/* Writes the new baseline unless it would know less than it should, or let more through than the old one. */
static void write_baseline(struct run *run, struct verdict *verdict,
                           const struct errata_groups *whole) {
    struct check *check = run->state;

    if (check->old) {
        find_widened(&verdict->widened, check->old, whole);
    }
    check->open = false;
    if (refuse_writing(run, verdict)) {
        run->aside = output_close(&check->writing, false);
        return;
    }
    baseline_write(&check->writing, whole, run->settings);
    run->aside = output_close_side(&check->writing, true);
    verdict->written = run->aside == EXIT_GOOD;
    verdict->n_written = errata_groups_count(whole);
    verdict->n_dropped = check->old ? count_dropped(check->old, whole) : 0;
}

static enum errata_status judge(struct run *run, struct verdict *verdict,
                                struct errata_error *error) {
    for (size_t i = 0; i < verdict->clauses->count; i++) {
        const struct clause *clause = &verdict->clauses->at[i];

        verdict->failed = verdict->failed || (!clause->passed && !clause->rule->warn);
    }
    run->gate_failed = verdict->failed;
    if (run->settings->format != FORMAT_TABLE) {
        return verdict_export(verdict, run->output, error);
    }
    verdict_write_table(verdict, run->output);
    return ERRATA_OK;
}

/* With the groups of the command line, where a baseline wants them. */
static enum errata_status find(struct run *run, const struct errata_groups *whole,
                               struct errata_error *error) {
    struct check *check = run->state;
    struct scene scene = {.index = run->sides->index, .settings = run->settings, .by = check->by};
    struct clauses clauses = {0};
    struct verdict verdict = {
        .index = scene.index, .settings = run->settings, .by = &check->by, .clauses = &clauses};
    struct errata_counts counts;
    struct known *known = NULL;
    bool *stale = NULL;
    enum errata_status status;

    errata_index_counts(scene.index, &counts);
    verdict.documents = counts.documents;
    verdict.records = counts.records;
    verdict.rejects = counts.rejects;
    if (counts.documents == 0) {
        say("there was no status document in the input");
    }
    if (check->baseline) {
        known = baseline_match(check->baseline, whole, &stale);
        find_stale(&verdict.stale, check->baseline, stale);
        scene.known = known;
        scene.whole = whole;
    }
    status = clauses_find(&clauses, &check->rules, &scene, error);
    if (status == ERRATA_OK) {
        if (check->open) {
            write_baseline(run, &verdict, whole);
        }
        status = judge(run, &verdict, error);
    }
    clauses_free(&clauses);
    free(verdict.stale.at);
    free(verdict.widened.at);
    free(known);
    free(stale);
    return status;
}

static enum errata_status answer(struct run *run, struct errata_error *error) {
    struct check *check = run->state;
    struct errata_groups *whole = NULL;
    /* The verdict is put together by accessors, which have no words for damage. */
    enum errata_status status = errata_index_check(run->sides->index, error);

    if (status == ERRATA_OK) {
        status = check_scopes(check, run->sides->index, error);
    }
    if (status == ERRATA_OK && (check->baseline || check->open)) {
        status = errata_query_group(&whole, run->sides->query, &check->by, error);
    }
    if (status == ERRATA_OK) {
        status = find(run, whole, error);
    }
    errata_groups_free(whole);
    return status;
}

const struct command command_check = {
    .name = "check",
    .bit = COMMAND_CHECK,
    .about = "Passes or fails by limits, a policy, or a baseline of what is known.",
    .examples = {"errata check --write-baseline known.json loans.ndjson",
                 "errata check --baseline known.json --max-records 0.5% loans.ndjson"},
    .prepare = prepare,
    .release = release,
    .run = answer,
    .gate = true,
};
