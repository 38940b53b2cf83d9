/*
 * How fast status documents are read into an index, beside two yardsticks over the same file: read() alone, and
 * yajl with callbacks that do nothing. Machines are noisy, so each is run many times in turns, yajl and errata
 * right behind one another, and what counts is the median of the ratios within such pairs. Every run is a
 * process of its own, so that its peak memory is its own too.
 *
 *     errata-bench-read [-n ROUNDS] FILE...
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <errata/errata.h>
#include <yajl/yajl_parse.h>

#define CHUNK ((size_t)256 << 10)
#define MOST_ROUNDS 1000

/* What memory may be used at most. */
#define BOUND_FIXED (16.0 * 1024 * 1024)
#define BOUND_PER_ISSUE 24.0

/* What a run tells; peak is filled in by the process that waits for it. */
struct outcome {
    bool ok;
    double seconds;
    uint64_t bytes;
    uint64_t issues;
    double peak;
};

typedef bool contestant(const char *path, struct outcome *outcome);

static unsigned char chunk[CHUNK];

/* Calls take with each chunk of the file. */
static bool each_chunk(const char *path, bool (*take)(void *ctx, size_t length), void *ctx,
                       uint64_t *bytes) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = -1;

    if (fd >= 0) {
        while ((got = read(fd, chunk, sizeof chunk)) > 0 && take(ctx, (size_t)got)) {
            *bytes += (uint64_t)got;
        }
        close(fd);
    }
    return got == 0;
}

static bool take_nothing(void *ctx, size_t length) {
    (void)ctx;
    (void)length;
    return true;
}

static bool run_read(const char *path, struct outcome *outcome) {
    return each_chunk(path, take_nothing, NULL, &outcome->bytes);
}

static int on_nothing(void *ctx) {
    (void)ctx;
    return 1;
}

static int on_boolean(void *ctx, int value) {
    (void)ctx;
    (void)value;
    return 1;
}

static int on_number(void *ctx, const char *text, size_t length) {
    (void)ctx;
    (void)text;
    (void)length;
    return 1;
}

static int on_string(void *ctx, const unsigned char *text, size_t length) {
    (void)ctx;
    (void)text;
    (void)length;
    return 1;
}

static bool take_yajl(void *ctx, size_t length) {
    return yajl_parse(ctx, chunk, length) == yajl_status_ok;
}

static bool run_yajl(const char *path, struct outcome *outcome) {
    static const yajl_callbacks callbacks = {
        .yajl_null = on_nothing,
        .yajl_boolean = on_boolean,
        .yajl_number = on_number,
        .yajl_string = on_string,
        .yajl_start_map = on_nothing,
        .yajl_map_key = on_string,
        .yajl_end_map = on_nothing,
        .yajl_start_array = on_nothing,
        .yajl_end_array = on_nothing,
    };
    yajl_handle yajl = yajl_alloc(&callbacks, NULL, NULL);
    bool ok = yajl && yajl_config(yajl, yajl_allow_multiple_values, 1) &&
              each_chunk(path, take_yajl, yajl, &outcome->bytes) &&
              yajl_complete_parse(yajl) == yajl_status_ok;

    if (yajl) {
        yajl_free(yajl);
    }
    return ok;
}

static bool run_errata(const char *path, struct outcome *outcome) {
    struct errata_reader *reader;
    struct errata_index *index;
    struct errata_reader_stats stats;
    struct errata_error error;

    if (errata_reader_new(&reader, NULL, &error)) {
        return false;
    }
    if (errata_reader_read_path(reader, path, NULL, &error)) {
        fprintf(stderr, "%s:%llu:%llu: %s\n", path, (unsigned long long)error.line,
                (unsigned long long)error.column, error.message);
        errata_reader_free(reader);
        return false;
    }
    errata_reader_stats(reader, &stats);
    outcome->bytes = stats.bytes;
    outcome->issues = stats.issues;
    if (errata_reader_finish(&index, reader, &error)) {
        errata_reader_free(reader);
        return false;
    }
    errata_reader_free(reader);
    errata_index_free(index);
    return true;
}

static double now(void) {
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* In the child. */
static _Noreturn void run_here(contestant *run, const char *path, int result) {
    struct outcome outcome = {0};
    double start = now();

    outcome.ok = run(path, &outcome);
    outcome.seconds = now() - start;
    _exit(write(result, &outcome, sizeof outcome) == (ssize_t)sizeof outcome ? 0 : 1);
}

/* Runs one contestant once. */
static struct outcome run_once(contestant *run, const char *path) {
    struct outcome outcome = {0};
    struct rusage usage;
    int ends[2];
    int status;
    pid_t child;

    if (pipe(ends) != 0) {
        return outcome;
    }
    child = fork();
    if (child == 0) {
        close(ends[0]);
        run_here(run, path, ends[1]);
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
    outcome.peak = (double)usage.ru_maxrss * 1024;
    return outcome;
}

/* One figure of every round. */
struct series {
    double values[MOST_ROUNDS];
    size_t count;
};

static void add(struct series *series, double value) {
    series->values[series->count++] = value;
}

static int by_value(const void *a, const void *b) {
    double left = *(const double *)a;
    double right = *(const double *)b;

    return (left > right) - (left < right);
}

/* Also sorts. */
static double median(struct series *series) {
    size_t middle = series->count / 2;

    qsort(series->values, series->count, sizeof series->values[0], by_value);
    return series->count % 2 ? series->values[middle]
                             : (series->values[middle - 1] + series->values[middle]) / 2;
}

/* The median, and the ends of the range. */
static void print_series(struct series *series, int width, int decimals) {
    double middle = median(series);

    printf("%*.*f (%*.*f to %*.*f)  ", width, decimals, middle, width, decimals, series->values[0],
           width, decimals, series->values[series->count - 1]);
}

static double speed(const struct outcome *outcome) {
    return (double)outcome->bytes / 1e6 / outcome->seconds;
}

static void print_head(void) {
    printf("%-18s %7s %7s  %-19s  %-19s  %-19s  %9s %6s %9s %9s\n", "file", "MB", "read",
           "yajl MB/s", "errata MB/s", "errata / yajl", "issues", "ns", "peak MiB", "bound MiB");
}

static bool measure(const char *path, size_t rounds) {
    static struct series reads, yajls, erratas, ratios, peaks;
    const char *slash = strrchr(path, '/');
    struct outcome errata = {0};
    double best = 0;

    reads.count = yajls.count = erratas.count = ratios.count = peaks.count = 0;
    /* The first reading is the disk's. */
    if (!run_once(run_read, path).ok) {
        fprintf(stderr, "errata-bench-read: cannot read %s\n", path);
        return false;
    }
    for (size_t i = 0; i < rounds; i++) {
        struct outcome bare = run_once(run_read, path);
        struct outcome yajl = i % 2 ? (struct outcome){0} : run_once(run_yajl, path);

        errata = run_once(run_errata, path);
        if (i % 2) {
            yajl = run_once(run_yajl, path);
        }
        if (!bare.ok || !yajl.ok || !errata.ok) {
            fprintf(stderr, "errata-bench-read: a run over %s failed\n", path);
            return false;
        }
        add(&reads, speed(&bare));
        add(&yajls, speed(&yajl));
        add(&erratas, speed(&errata));
        add(&ratios, yajl.seconds / errata.seconds);
        add(&peaks, errata.peak / 1024 / 1024);
        best = errata.issues > 0 ? 1e3 / (double)errata.issues * (double)errata.bytes : 0;
    }
    printf("%-18.18s %7.1f %7.0f  ", slash ? slash + 1 : path, (double)errata.bytes / 1e6,
           median(&reads));
    print_series(&yajls, 4, 0);
    print_series(&erratas, 4, 0);
    print_series(&ratios, 4, 2);
    printf("%9llu %6.0f %9.1f %9.1f\n", (unsigned long long)errata.issues, best / median(&erratas),
           median(&peaks), (BOUND_FIXED + BOUND_PER_ISSUE * (double)errata.issues) / 1024 / 1024);
    fflush(stdout);
    return true;
}

int main(int argc, char **argv) {
    size_t rounds = 5;
    int first = 1;

    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        rounds = strtoul(argv[2], NULL, 10);
        first = 3;
    }
    if (first >= argc || rounds < 1 || rounds > MOST_ROUNDS) {
        fprintf(stderr, "usage: errata-bench-read [-n ROUNDS] FILE...\n");
        return 2;
    }
    print_head();
    for (int i = first; i < argc; i++) {
        if (!measure(argv[i], rounds)) {
            return 3;
        }
    }
    return 0;
}
