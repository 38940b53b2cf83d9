/*
 * One run of a contestant, as a process of its own, whose peak memory is what the kernel tells of it.
 */
#include <math.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

static double now(void) {
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Of this process and of those it waited for. */
static double processor_seconds(void) {
    static const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    struct rusage usage;
    double seconds = 0;

    for (size_t i = 0; i < 2; i++) {
        getrusage(whose[i], &usage);
        seconds += seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    }
    return seconds;
}

/* Memory that this process has now, in bytes; 0 where the kernel does not say. */
static double resident(void) {
    FILE *file = fopen("/proc/self/statm", "re");
    unsigned long pages = 0;

    if (file) {
        if (fscanf(file, "%*u %lu", &pages) != 1) {
            pages = 0;
        }
        fclose(file);
    }
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

/* In the child. */
static _Noreturn void run_here(bench_function *run, const void *task, int result) {
    struct bench_outcome outcome = {0};
    double before = resident();
    double start = now();
    double cpu = processor_seconds();

    outcome.ok = run(task, &outcome);
    outcome.seconds = now() - start;
    outcome.cpu = processor_seconds() - cpu;
    outcome.iterations += outcome.iterations == 0;
    /* The parent knows the peak, and takes this off it. */
    outcome.grown = before;
    _exit(write(result, &outcome, sizeof outcome) == (ssize_t)sizeof outcome ? 0 : 1);
}

struct bench_outcome bench_run_once(bench_function *run, const void *task) {
    struct bench_outcome outcome = {0};
    struct rusage usage;
    int ends[2];
    int status;
    pid_t child;

    if (pipe(ends) != 0) {
        return outcome;
    }
    fflush(NULL);
    child = fork();
    if (child == 0) {
        close(ends[0]);
        run_here(run, task, ends[1]);
    }
    close(ends[1]);
    if (read(ends[0], &outcome, sizeof outcome) != (ssize_t)sizeof outcome) {
        outcome.ok = false;
    }
    close(ends[0]);
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || status != 0) {
        outcome.ok = false;
        return outcome;
    }
    if (!isnan(outcome.peak)) {
        outcome.peak = (double)usage.ru_maxrss * 1024;
    }
    /* Also not a number where the peak is none. */
    outcome.grown = outcome.peak - outcome.grown;
    return outcome;
}
