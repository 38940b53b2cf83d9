/*
 * From start to finish: the program errata over a document of three issues, beside a program that does nothing.
 */
#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "generate.h"

/* Enough that the clock and our own work do not count. */
#define STARTS 50U

/* Runs a program to its end, its output thrown away. False: it failed. */
static bool start(const char *const *words) {
    extern char **environ;
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status;
    bool ok;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ok = posix_spawn(&child, words[0], &actions, NULL, (char *const *)(uintptr_t)words, environ) ==
             0 &&
         waitpid(child, &status, 0) == child && status == 0;
    posix_spawn_file_actions_destroy(&actions);
    return ok;
}

static bool run_start(const void *task, struct bench_outcome *outcome) {
    for (; outcome->iterations < STARTS; outcome->iterations++) {
        if (!start(task)) {
            return false;
        }
    }
    /* The kernel tells no peak of a program without that of who started it. */
    outcome->peak = NAN;
    return true;
}

static char *small_document(const struct bench_session *session) {
    struct bench_size size = {.documents = 1};
    char *path = bench_data_path(session, "three-issues.json");
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;

    if (fd < 0 || !bench_generate(bench_find_shape("S"), &size, 0, bench_take_to_fd, &fd) ||
        close(fd) != 0) {
        perror(path);
        free(path);
        return NULL;
    }
    return path;
}

bool bench_start(struct bench_session *session) {
    struct bench_group group = {.name = "start"};
    const char *empty[] = {ERRATA_BENCH_EMPTY, NULL};
    const char *summary[] = {ERRATA_BENCH_PROGRAM, NULL, NULL};
    char *path;
    bool ok;

    bench_add(&group, run_start, empty, "empty")->yardstick = BENCH_OVER_EMPTY;
    bench_add(&group, run_start, summary, "errata");
    /* Without the command line program there is nothing to start. */
    if (summary[0][0] == '\0' || !bench_choose(session, &group)) {
        return true;
    }
    path = small_document(session);
    summary[1] = path;
    ok = path && bench_run(session, &group);
    free(path);
    return ok;
}
