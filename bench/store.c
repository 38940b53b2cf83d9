/*
 * Opening a saved index: with every row made sure of, without, and without but with the first question after it.
 */
#include <stdlib.h>

#include <errata/store.h>

#include "bench.h"

static enum errata_status write_to_file(void *ctx, const void *bytes, size_t length) {
    return fwrite(bytes, 1, length, ctx) == length ? ERRATA_OK : ERRATA_CANNOT_WRITE;
}

static bool save(uint64_t issues, const char *path) {
    struct errata_index *index = bench_index(issues);
    struct errata_error error;
    FILE *file = index ? fopen(path, "we") : NULL;
    bool ok = file != NULL;

    if (ok && errata_index_write(index, write_to_file, file, &error)) {
        ok = bench_complain(&error);
    }
    if (file) {
        ok = fclose(file) == 0 && ok;
    }
    errata_index_free(index);
    if (!ok) {
        perror(path);
    }
    return ok;
}

/* How an index is opened, and what is asked of it. */
struct task {
    const char *path;
    bool no_verify;
    bool ask;
};

static enum errata_status ask(const struct errata_index *index, struct errata_error *error) {
    struct errata_grouping by = {.fields = {ERRATA_FIELD_KEY}, .n_fields = 1};
    struct errata_groups *groups = NULL;
    struct errata_query *query;
    enum errata_status status = errata_query_new(&query, index, NULL, error);

    if (!status) {
        status = errata_query_group(&groups, query, &by, error);
    }
    errata_groups_free(groups);
    errata_query_free(query);
    return status;
}

static bool run_open(const void *ctx, struct bench_outcome *outcome) {
    const struct task *task = ctx;
    struct errata_open_options options = {.no_verify = task->no_verify};
    struct errata_index *index;
    struct errata_counts counts;
    struct errata_error error;
    enum errata_status status = errata_index_open(&index, task->path, &options, &error);

    if (status) {
        return bench_complain(&error);
    }
    if (task->ask) {
        status = ask(index, &error);
    }
    errata_index_counts(index, &counts);
    outcome->issues = counts.issues;
    errata_index_free(index);
    return !status || bench_complain(&error);
}

static bool open_saved(struct bench_session *session, uint64_t issues) {
    static const char *const names[] = {"open", "open-no-verify", "open-no-verify-group"};
    struct bench_group group = {0};
    struct task tasks[3];
    char *path;
    char *payload;
    bool ok;

    snprintf(group.name, sizeof group.name, "store/%llu", (unsigned long long)issues);
    bench_add(&group, bench_run_read, NULL, "read")->yardstick = BENCH_OF_READ;
    bench_add(&group, bench_run_yajl, NULL, "yajl")->yardstick = BENCH_OF_YAJL;
    for (size_t i = 0; i < 3; i++) {
        tasks[i] = (struct task){.no_verify = i > 0, .ask = i > 1};
        bench_add(&group, run_open, &tasks[i], "%s", names[i]);
    }
    if (!bench_choose(session, &group)) {
        return true;
    }
    path = bench_data_path(session, "saved.errata");
    payload = bench_payload(session, "M");
    for (size_t i = 0; i < 3; i++) {
        tasks[i].path = path;
    }
    group.contestants[0].task = group.contestants[1].task = payload;
    ok = path && payload && save(issues, path) && bench_run(session, &group);
    free(path);
    free(payload);
    return ok;
}

bool bench_store(struct bench_session *session) {
    for (size_t i = 0; session->issues[i] > 0; i++) {
        if (!open_saved(session, session->issues[i])) {
            return false;
        }
    }
    return true;
}
