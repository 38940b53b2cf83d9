/*
 * Reading: every shape, in chunks of several sizes, on one thread and more, beside read() alone and yajl with
 * callbacks that do nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "generate.h"

#define KIB ((size_t)1 << 10)

/* How errata reads a file. */
struct task {
    const char *path;
    /* Bytes of a feed; 0: errata opens and reads the file itself. */
    size_t chunk;
    uint32_t threads;
};

/* An allocator that counts calls. */
static void *count_alloc(void *ctx, size_t size) {
    ++*(uint64_t *)ctx;
    return malloc(size);
}

static void *count_realloc(void *ctx, void *block, size_t size) {
    ++*(uint64_t *)ctx;
    return realloc(block, size);
}

static void count_free(void *ctx, void *block) {
    (void)ctx;
    free(block);
}

static bool take_errata(void *ctx, const unsigned char *bytes, size_t length) {
    struct errata_error error;

    return !errata_reader_feed(ctx, bytes, length, &error) || bench_complain(&error);
}

/* As errata_reader_read_path(), but in chunks of our own. */
static bool feed_chunks(struct errata_reader *reader, const struct task *task) {
    struct errata_origin origin = {.name = {task->path, strlen(task->path)}};
    struct errata_error error;
    uint64_t bytes = 0;

    if (errata_reader_begin(reader, &origin, &error)) {
        return bench_complain(&error);
    }
    if (!bench_each_chunk(task->path, task->chunk, take_errata, reader, &bytes)) {
        return false;
    }
    return !errata_reader_end(reader, &error) || bench_complain(&error);
}

static bool read_whole(const struct task *task, const struct errata_reader_options *options,
                       struct bench_outcome *outcome) {
    struct errata_reader *reader;
    struct errata_index *index = NULL;
    struct errata_reader_stats stats;
    struct errata_error error;
    bool ok;

    if (errata_reader_new(&reader, options, &error)) {
        return bench_complain(&error);
    }
    if (task->chunk > 0) {
        ok = feed_chunks(reader, task);
    } else {
        ok = !errata_reader_read_path(reader, task->path, NULL, &error) || bench_complain(&error);
    }
    errata_reader_stats(reader, &stats);
    outcome->bytes = stats.bytes;
    outcome->issues = stats.issues;
    outcome->documents = stats.documents;
    outcome->memory = stats.memory;
    outcome->parsed_bytes = stats.parsed_bytes;
    outcome->known_issues = stats.known_issues;
    ok = ok && (!errata_reader_finish(&index, reader, &error) || bench_complain(&error));
    if (ok) {
        outcome->kept = errata_index_memory(index);
        errata_index_counts(index, &outcome->counts);
        errata_index_footprint(index, &outcome->rows);
    }
    errata_reader_free(reader);
    errata_index_free(index);
    return ok;
}

static bool run_errata(const void *ctx, struct bench_outcome *outcome) {
    const struct task *task = ctx;
    struct errata_reader_options options = {.threads = task->threads};

    return read_whole(task, &options, outcome);
}

static bool inspect_errata(const void *task, struct bench_outcome *outcome) {
    uint64_t calls = 0;
    struct errata_allocator allocator = {count_alloc, count_realloc, count_free, &calls};
    struct errata_reader_options options = {.allocator = &allocator};
    bool ok = read_whole(task, &options, outcome);

    outcome->allocations = calls;
    return ok;
}

/* Runs a group over a shape's payload: yardsticks, and errata as each of the tasks says. */
static bool measure(struct bench_session *session, const char *shape, struct bench_group *group,
                    struct task *tasks, size_t n_tasks) {
    char *path;
    bool ok;

    if (!bench_choose(session, group)) {
        return true;
    }
    path = bench_payload(session, shape);
    for (size_t i = 0; i < n_tasks; i++) {
        tasks[i].path = path;
    }
    for (size_t i = 0; i < group->n_contestants; i++) {
        struct bench_contestant *contestant = &group->contestants[i];

        if (contestant->run == bench_run_read || contestant->run == bench_run_yajl) {
            contestant->task = path;
        }
    }
    ok = path && bench_run(session, group);
    free(path);
    return ok;
}

static void add_yardsticks(struct bench_group *group) {
    bench_add(group, bench_run_read, NULL, "read")->yardstick = BENCH_OF_READ;
    bench_add(group, bench_run_yajl, NULL, "yajl")->yardstick = BENCH_OF_YAJL;
}

bool bench_reading(struct bench_session *session) {
    for (size_t i = 0; i < n_bench_shapes; i++) {
        const char *shape = bench_shapes[i].name;
        struct bench_group group = {0};
        struct task task = {.threads = 1};

        snprintf(group.name, sizeof group.name, "read/%s", shape);
        add_yardsticks(&group);
        bench_add(&group, run_errata, &task, "errata")->inspect = inspect_errata;
        if (!measure(session, shape, &group, &task, 1)) {
            return false;
        }
    }
    return true;
}

bool bench_chunks(struct bench_session *session) {
    static const char *const shapes[] = {"R", "U"};
    static const size_t sizes[] = {4, 16, 64, 256, 1024, 4096};

    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
            struct bench_group group = {0};
            struct task task = {.chunk = sizes[k] * KIB, .threads = 1};

            snprintf(group.name, sizeof group.name, "chunk/%s/%zuKiB", shapes[i], sizes[k]);
            add_yardsticks(&group);
            bench_add(&group, run_errata, &task, "errata");
            if (!measure(session, shapes[i], &group, &task, 1)) {
                return false;
            }
        }
    }
    return true;
}

bool bench_threads(struct bench_session *session) {
    static const char *const shapes[] = {"R", "S", "M", "C"};

    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        struct bench_group group = {0};
        struct task tasks[] = {{.threads = 1}, {.threads = 2}};
        struct bench_contestant *two;

        snprintf(group.name, sizeof group.name, "threads/%s", shapes[i]);
        add_yardsticks(&group);
        bench_add(&group, run_errata, &tasks[0], "one")->yardstick = BENCH_OF_ONE_THREAD;
        two = bench_add(&group, run_errata, &tasks[1], "two");
        two->threads = tasks[1].threads;
        if (!measure(session, shapes[i], &group, tasks, 2)) {
            return false;
        }
    }
    return true;
}
