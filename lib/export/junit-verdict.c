/*
 * A verdict as test results: a suite for each rule, a case for each limit of it, and a suite for what else a gate fails by.
 */
#include <errata/verdict.h>

#include <stdio.h>

#include <errata/store.h>

#include "export/junit.h"
#include "export/xml.h"

/* What is not a clause, and can make the gate fail. */
#define OTHERS "errata check"
/* So many groups are named that would widen a baseline. */
#define MOST_WIDENED 10

struct writing {
    struct errata__sink sink;
    const struct errata_verdict *verdict;
    const struct errata_index *index;
    struct errata__buffer path;
    struct errata__buffer suite;
};

static bool is_failure(const struct errata_verdict_clause *clause) {
    return !clause->passed && !clause->warns;
}

static uint64_t other_failures(const struct errata_verdict *verdict) {
    return (verdict->rejects > 0 ? 1U : 0U) + (verdict->written == ERRATA_WRITTEN_NO ? 1U : 0U);
}

static void write_counts(struct errata__sink *sink, uint64_t issues, uint64_t records) {
    char text[ERRATA__NAME_COUNTS_SIZE];

    errata__name_counts(text, issues, records);
    errata__sink_words(sink, text);
}

/* `found 12 records, allowed 5 (0.5%)` */
static void write_found(struct errata__sink *sink, const struct errata_verdict_clause *clause) {
    errata__sink_words(sink, "found ");
    errata__sink_number(sink, clause->found);
    errata__sink_words(sink, " ");
    errata__xml_text(sink, clause->unit);
    errata__sink_words(sink, ", allowed ");
    errata__sink_number(sink, clause->allowed);
    if (clause->percent.data) {
        errata__sink_words(sink, " (");
        errata__xml_text(sink, clause->percent);
        errata__sink_words(sink, "%)");
    }
}

/* `CHECK_INCOME custom borrowers[*].name: 4 issues in 2 records, grown from 1 issue in 1 record` */
static void write_group(struct writing *writing, const struct errata_verdict_group *group) {
    struct errata__sink *sink = &writing->sink;

    for (size_t i = 0; i < writing->verdict->by->n_fields; i++) {
        errata__sink_words(sink, i > 0 ? " " : "");
        errata__junit_value(sink, group->values[i]);
    }
    errata__sink_words(sink, ": ");
    write_counts(sink, group->issues, group->records);
    if (group->change.data) {
        errata__sink_words(sink, ", ");
        errata__xml_text(sink, group->change);
    }
    if (group->known) {
        errata__sink_words(sink, " from ");
        write_counts(sink, group->known_issues, group->known_records);
    }
    errata__sink_words(sink, "\n");
}

/* What is behind a clause: its largest groups, then some of their issues. */
static void write_details(struct writing *writing, const struct errata_verdict_clause *clause) {
    write_found(&writing->sink, clause);
    errata__sink_words(&writing->sink, clause->n_groups > 0 ? ", the most of it in" : "");
    if (clause->n_groups < clause->groups_total) {
        errata__sink_words(&writing->sink, " ");
        errata__sink_number(&writing->sink, clause->n_groups);
        errata__sink_words(&writing->sink, " of ");
        errata__sink_number(&writing->sink, clause->groups_total);
        errata__sink_words(&writing->sink, " groups");
    }
    errata__sink_words(&writing->sink, clause->n_groups > 0 ? ":\n" : "\n");
    for (size_t i = 0; i < clause->n_groups; i++) {
        write_group(writing, &clause->groups[i]);
    }
    errata__sink_words(&writing->sink, clause->n_examples > 0 ? "for example:\n" : "");
    for (size_t i = 0; i < clause->n_examples; i++) {
        errata__junit_example(&writing->sink, writing->index, clause->examples[i], &writing->path);
    }
}

static void write_clause(struct writing *writing, const struct errata_verdict_clause *clause,
                         struct errata_text suite) {
    struct errata__sink *sink = &writing->sink;

    errata__junit_case(sink, suite, clause->limit);
    if (clause->passed) {
        errata__junit_passes(sink);
    } else if (clause->warns) {
        errata__junit_tells(sink);
        errata__sink_words(sink, "warned: ");
        write_details(writing, clause);
        errata__junit_tells_end(sink);
    } else {
        errata__junit_fails(sink, clause->limit);
        write_found(sink, clause);
        errata__junit_details(sink);
        write_details(writing, clause);
        errata__junit_fails_end(sink);
    }
}

/* Clauses of one name stand one after another. */
static void write_suites(struct writing *writing) {
    const struct errata_verdict_clause *clauses = writing->verdict->clauses;
    size_t first = 0;

    while (first < writing->verdict->n_clauses) {
        size_t end = first;
        uint64_t failures = 0;
        struct errata_text suite = {NULL, 0};

        while (end < writing->verdict->n_clauses &&
               errata__text_compare(clauses[end].name, clauses[first].name) == 0) {
            failures += is_failure(&clauses[end++]);
        }
        errata__sink_fail(&writing->sink,
                          errata__name_key(&suite, clauses[first].name, &writing->suite));
        errata__junit_suite(&writing->sink, suite, end - first, failures, 0);
        for (; first < end; first++) {
            write_clause(writing, &clauses[first], suite);
        }
        errata__junit_suite_end(&writing->sink);
    }
}

/* The one that was to be written. */
static void write_baseline(struct writing *writing) {
    const struct errata_verdict *verdict = writing->verdict;
    struct errata__sink *sink = &writing->sink;

    errata__junit_case(sink, errata__words(OTHERS), errata__words("baseline"));
    if (verdict->written == ERRATA_WRITTEN_YES) {
        errata__junit_passes(sink);
        return;
    }
    errata__junit_fails(sink, errata__words("baseline"));
    errata__sink_words(sink, "the baseline was not written");
    errata__junit_details(sink);
    errata__sink_words(sink, "groups that would widen it: ");
    errata__sink_number(sink, verdict->widened.total);
    errata__sink_words(sink, "\n");
    for (size_t i = 0; i < verdict->widened.count && i < MOST_WIDENED; i++) {
        write_group(writing, &verdict->widened.at[i]);
    }
    errata__junit_fails_end(sink);
}

/* Of what is no clause. */
static uint64_t other_cases(const struct errata_verdict *verdict) {
    return ERRATA__JUNIT_READING_CASES + (verdict->written != ERRATA_WRITTEN_NOT_ASKED);
}

/* Behind the clauses, so that there is a case also where there are none. */
static void write_others(struct writing *writing) {
    const struct errata_verdict *verdict = writing->verdict;
    const struct errata__reading read = {verdict->documents, verdict->rejects};
    bool asked = verdict->written != ERRATA_WRITTEN_NOT_ASKED;

    errata__junit_suite(&writing->sink, errata__words(OTHERS), other_cases(verdict),
                        other_failures(verdict), verdict->documents == 0);
    errata__junit_reading(&writing->sink, errata__words(OTHERS), &read, 1);
    if (asked) {
        write_baseline(writing);
    }
    errata__junit_suite_end(&writing->sink);
}

static void write_all(struct writing *writing) {
    const struct errata_verdict *verdict = writing->verdict;
    uint64_t tests = verdict->n_clauses + other_cases(verdict);
    uint64_t failures = other_failures(verdict);

    for (size_t i = 0; i < verdict->n_clauses; i++) {
        failures += is_failure(&verdict->clauses[i]);
    }
    errata__junit_begin(&writing->sink, tests, failures, NULL);
    write_suites(writing);
    write_others(writing);
    errata__junit_end(&writing->sink);
}

enum errata_status errata_export_junit_verdict(const struct errata_verdict *verdict,
                                               const struct errata_index *index,
                                               errata_write_function *write, void *ctx,
                                               struct errata_error *error) {
    const struct errata_allocator *allocator = errata_index_allocator(index);
    struct writing writing = {.verdict = verdict, .index = index};
    /* The accessors that examples ask have no words for damage. */
    enum errata_status status = errata_index_check(index, error);

    if (status == ERRATA_OK) {
        errata__buffer_init(&writing.path, allocator, SIZE_MAX);
        errata__buffer_init(&writing.suite, allocator, SIZE_MAX);
        errata__sink_open(&writing.sink, allocator, write, ctx);
        write_all(&writing);
        errata__buffer_free(&writing.path);
        errata__buffer_free(&writing.suite);
        status = errata__sink_close(&writing.sink, error);
    }
    return status;
}
