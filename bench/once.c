/*
 * Runs a command and says what it took: seconds of the wall clock and of processors, and its peak memory in
 * bytes. A program of its own, since the kernel counts the memory of whoever starts a command as the
 * command's; this one has hardly any.
 *
 *     errata-bench-once FILE COMMAND [ARGUMENT...]
 *
 * The figures go to FILE, one line; the exit status is the command's.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv) {
    struct rusage usage;
    double seconds;
    int status;
    pid_t child;
    FILE *file;

    if (argc < 3) {
        fputs("usage: errata-bench-once FILE COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    seconds = now();
    child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("errata-bench-once");
        return 3;
    }
    seconds = now() - seconds;
    file = fopen(argv[1], "we");
    if (!file ||
        fprintf(file, "%.9f %.9f %ld\n", seconds,
                seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
                usage.ru_maxrss * 1024) < 0 ||
        fclose(file) != 0) {
        perror(argv[1]);
        return 3;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
