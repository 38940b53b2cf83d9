/*
 * Many files read by one call give what reading them one by one gives, on any number of threads: the index, what
 * on_reject and the callback for files are told, in order, and where it ends.
 */
#include <fcntl.h>
#include <sys/stat.h>

#include "../unit/threads.h"

#define N_FILES 300

static char folder[] = "/tmp/read-many-XXXXXX";
static char *paths[N_FILES];
static bool rejects_told = true;

static void put(size_t file, const struct bytes *bytes) {
    int fd = open(paths[file], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(fd >= 0 && write(fd, bytes->data, bytes->length) == (ssize_t)bytes->length);
    close(fd);
}

/* Of all lengths from none to longer than a batch. bad: every so many files something is in it that is no document. */
static void put_all(uint64_t seed, unsigned bad) {
    for (size_t i = 0; i < N_FILES; i++) {
        struct bytes bytes = {0};
        bytes_add(&bytes, "", 0);
        for (uint32_t lines = draw(&seed, i % 50 == 49 ? 200 : 6); lines > 0; lines--) {
            bytes_add_text(&bytes, GOOD);
            bytes_print(&bytes,
                        "{\"status\":\"FAILED\",\"id\":\"%u\",\"errors\":[{\"key\":\"K%zu\"}]}\n",
                        draw(&seed, 90), i % 13);
        }
        if (bad > 0 && i % bad == bad - 1) {
            bytes_add_text(&bytes, "oops\noops\n");
        }
        put(i, &bytes);
        bytes_free(&bytes);
    }
}

/* Everything that was told, and by what reader. */
struct told {
    struct bytes log;
    struct errata_reader *reader;
};

static enum errata_status tell_reject(void *ctx, const struct errata_reject *reject,
                                      struct errata_text text) {
    struct told *told = ctx;
    bytes_print(&told->log, "source %u: ", reject->source);
    return log_reject(&told->log, reject, text);
}

static void tell_file(void *ctx, size_t file) {
    struct told *told = ctx;
    struct errata_reader_stats stats;
    errata_reader_stats(told->reader, &stats);
    bytes_print(&told->log, "file %zu, %llu with rejects only\n", file,
                (unsigned long long)stats.lines_all_rejected);
}

/* Reads them, and returns what there is to say of it. one_by_one: by a call for each. */
static struct bytes read_all(const struct how *how, const struct cut *cut, bool one_by_one) {
    struct told told = {0};
    struct outcome outcome;
    struct errata_error error = {.status = ERRATA_OK};
    const struct errata_origin origin = {.framing = how->framing, .app = {"app", 3}};
    enum errata_status status = make_reader(&told.reader, &outcome, how, &error);
    CHECK(status == ERRATA_OK);
    told.reader->options.on_reject = rejects_told ? tell_reject : NULL;
    told.reader->options.ctx = &told;
    told.reader->options.threads = cut->threads;
    told.reader->stretch = cut->stretch;
    size_t done = 0;
    for (; one_by_one && done < N_FILES && status == ERRATA_OK; done++) {
        tell_file(&told, done);
        status = errata_reader_read_path(told.reader, paths[done], &origin, &error);
    }
    if (!one_by_one) {
        status = errata_reader_read_paths(told.reader, (const char *const *)paths, N_FILES, &origin,
                                          tell_file, &told, &error);
    }
    note_failure(&outcome, status, &error);
    take_index(told.reader, &outcome);
    bytes_print(&told.log, "%s: %s\n", errata_status_text(outcome.status),
                status == ERRATA_OK ? "" : error.message);
    bytes_print(&told.log, "%llu bytes, %llu\n", (unsigned long long)outcome.stats.bytes,
                (unsigned long long)outcome.stats.lines_all_rejected);
    bytes_add(&told.log, outcome.written.data, outcome.written.length);
    CHECK(outcome_free(&outcome) == 0);
    return told.log;
}

static void compare(const struct how *how, const char *what) {
    static const struct cut cuts[] = {{1, 1 << 20}, {2, 1 << 20}, {2, 900}, {4, 3000}};
    struct bytes one = read_all(how, &cuts[0], true);
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        struct bytes many = read_all(how, &cuts[i], false);
        check(bytes_same(&one, &many), "%s (%u threads, %zu):\n%s\n%s", what, cuts[i].threads,
              cuts[i].stretch, one.data, many.data);
        bytes_free(&many);
    }
    bytes_free(&one);
}

static void compare_ways(const char *what) {
    for (unsigned way = 0; way < 4; way++) {
        const struct how how = {.keep_going = (way & 1) != 0,
                                .strict = (way & 2) != 0,
                                .framing = way == 1 ? ERRATA_FRAMING_LINES : ERRATA_FRAMING_AUTO};
        compare(&how, what);
    }
}

/* A document that crosses the limit on issues and only then turns out to be none; behind it are no issues. */
static void limit_within_a_reject(void) {
    for (size_t i = 0; i < N_FILES; i++) {
        struct bytes bytes = {0};
        bytes_add_text(&bytes, i < 150 ? GOOD : "{\"status\":\"COMPLETED\"}\n");
        if (i == 150) {
            bad_line(&bytes, 40);
        }
        put(i, &bytes);
        bytes_free(&bytes);
    }
    /* Where rejects are told, files that have some are for one thread. */
    rejects_told = false;
    for (uint32_t issues = 180; issues <= 195; issues++) {
        const struct how how = {.limits.issues = issues, .keep_going = true};
        compare(&how, "issues of a reject");
    }
    rejects_told = true;
}

int main(void) {
    CHECK(mkdtemp(folder) != NULL);
    for (size_t i = 0; i < N_FILES; i++) {
        CHECK(asprintf(&paths[i], "%s/%zu.ndjson", folder, i) > 0);
    }
    put_all(1, 0);
    threads_made = 0;
    compare_ways("good files");
    CHECK(threads_made > 0);
    put_all(2, 7);
    compare_ways("a bad one among seven");
    put_all(3, 190);
    compare_ways("one bad one");
    limit_within_a_reject();
    put_all(3, 190);
    unlink(paths[100]);
    compare_ways("one that is not there");
    CHECK(mkdir(paths[100], 0700) == 0);
    compare_ways("a folder");
    rmdir(paths[100]);
    for (size_t i = 0; i < N_FILES; i++) {
        unlink(paths[i]);
        free(paths[i]);
    }
    rmdir(folder);
    return 0;
}
