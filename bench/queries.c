/*
 * Questions to an index in memory: grouping, filters, regular expressions, lists. yajl and read() over a payload run
 * along, as a measure of the machine.
 */
#include <stdlib.h>

#include "bench.h"

/* A question. */
struct question {
    const char *name;
    /* Terms that must all hold; ends in NULL. */
    const char *where[3];
    enum {
        GROUP,
        COUNT,
        LIST,
        SUMMARY,
        WRITE,
    } what;
    struct errata_grouping by;
    enum errata_format format;
};

#define BY_KEY_CODE_PATTERN                                                                        \
    { .fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE, ERRATA_FIELD_PATTERN}, .n_fields = 3, }

static const struct question questions[] = {
    {.name = "group", .what = GROUP, .by = BY_KEY_CODE_PATTERN},
    {.name = "group-records",
     .what = GROUP,
     .by = {.fields = {ERRATA_FIELD_PATTERN}, .n_fields = 1, .order = ERRATA_ORDER_RECORDS}},
    {.name = "filter",
     .what = COUNT,
     .where = {"code = invalid_type", "pattern = borrowers[*].**"}},
    {.name = "filter-path", .what = COUNT, .where = {"path = borrowers[17].**"}},
    {.name = "regex",
     .what = GROUP,
     .where = {"message ~ (?i)required|at least"},
     .by = BY_KEY_CODE_PATTERN},
    {.name = "regex-path", .what = COUNT, .where = {"path ~ \\[1[0-9]+\\]"}},
    {.name = "list-ndjson", .what = LIST, .format = ERRATA_FORMAT_NDJSON},
    {.name = "list-csv", .what = LIST, .format = ERRATA_FORMAT_CSV},
    {.name = "summary", .what = SUMMARY},
    {.name = "write", .what = WRITE},
};
#define N_QUESTIONS (sizeof questions / sizeof questions[0])

/* A question and the index that it is put to. */
struct task {
    const struct question *question;
    const struct errata_index *index;
};

static enum errata_status count_bytes(void *ctx, const void *bytes, size_t length) {
    (void)bytes;
    *(uint64_t *)ctx += length;
    return ERRATA_OK;
}

static enum errata_status group(struct errata_query *query, const struct errata_grouping *by,
                                struct errata_error *error) {
    struct errata_groups *groups;
    enum errata_status status = errata_query_group(&groups, query, by, error);

    errata_groups_free(groups);
    return status;
}

static enum errata_status count(struct errata_query *query, struct errata_error *error) {
    struct errata_totals *totals;
    enum errata_status status = errata_query_totals(&totals, query, error);

    errata_totals_free(totals);
    return status;
}

static enum errata_status list(const struct task *task, struct errata_query *query, uint64_t *bytes,
                               struct errata_error *error) {
    const struct errata_export_options how = {.format = task->question->format};
    struct errata_matches *matches;
    enum errata_status status = errata_query_match(&matches, query, 0, 0, error);

    if (!status) {
        status = errata_export_issues(matches, task->index, &how, count_bytes, bytes, error);
    }
    errata_matches_free(matches);
    return status;
}

static enum errata_status answer(const struct task *task, struct errata_query *query,
                                 uint64_t *bytes, struct errata_error *error) {
    const struct question *question = task->question;

    for (size_t i = 0; question->where[i]; i++) {
        enum errata_status status = errata_query_where(query, question->where[i], error);

        if (status) {
            return status;
        }
    }
    switch (question->what) {
    case GROUP:
        return group(query, &question->by, error);
    case COUNT:
        return count(query, error);
    case LIST:
        return list(task, query, bytes, error);
    case SUMMARY:
        return errata_export_summary(query, task->index, 10, NULL, count_bytes, bytes, error);
    case WRITE:
        return errata_index_write(task->index, count_bytes, bytes, error);
    }
    return ERRATA_MISUSE;
}

static bool run_question(const void *ctx, struct bench_outcome *outcome) {
    const struct task *task = ctx;
    struct errata_counts counts;
    struct errata_query *query;
    struct errata_error error;
    enum errata_status status = errata_query_new(&query, task->index, NULL, &error);

    if (!status) {
        status = answer(task, query, &outcome->bytes, &error);
    }
    errata_query_free(query);
    errata_index_counts(task->index, &counts);
    outcome->issues = counts.issues;
    return !status || bench_complain(&error);
}

static bool ask(struct bench_session *session, uint64_t issues) {
    struct bench_group group = {0};
    struct task tasks[N_QUESTIONS];
    struct errata_index *index;
    char *path;
    bool ok;

    snprintf(group.name, sizeof group.name, "query/%llu", (unsigned long long)issues);
    bench_add(&group, bench_run_read, NULL, "read")->yardstick = BENCH_OF_READ;
    bench_add(&group, bench_run_yajl, NULL, "yajl")->yardstick = BENCH_OF_YAJL;
    for (size_t i = 0; i < N_QUESTIONS; i++) {
        tasks[i] = (struct task){.question = &questions[i]};
        bench_add(&group, run_question, &tasks[i], "%s", questions[i].name);
    }
    if (!bench_choose(session, &group)) {
        return true;
    }
    path = bench_payload(session, "M");
    index = bench_index(issues);
    for (size_t i = 0; i < N_QUESTIONS; i++) {
        tasks[i].index = index;
    }
    group.contestants[0].task = group.contestants[1].task = path;
    ok = path && index && bench_run(session, &group);
    errata_index_free(index);
    free(path);
    return ok;
}

bool bench_queries(struct bench_session *session) {
    for (size_t i = 0; session->issues[i] > 0; i++) {
        if (!ask(session, session->issues[i])) {
            return false;
        }
    }
    return true;
}
