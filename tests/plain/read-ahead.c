/*
 * A thread that reads and decompresses ahead changes nothing but the time that reading takes: not where the input is
 * damaged or cut off, not where reading ends early, not when it turns out that several threads can read the rest.
 */
#include <zlib.h>

#include "../unit/threads.h"

/* More than is read at once, many times. The first trouble is not in what is read first. */
static struct bytes long_input(void) {
    struct bytes input = {0};
    uint64_t seed = 8;
    while (input.length < 1200000) {
        bytes_add_text(&input, GOOD);
    }
    while (input.length < 2000000) {
        drawn_line(&input, &seed);
    }
    return input;
}

static int packed(const struct bytes *bytes) {
    int fd = memfd_create("packed", MFD_CLOEXEC);
    gzFile file = gzdopen(dup(fd), "wb1");
    CHECK(file != NULL && gzwrite(file, bytes->data, (unsigned)bytes->length) > 0);
    CHECK(gzclose(file) == Z_OK);
    return fd;
}

/* With a thread that reads ahead, and without. */
static void compare_ahead(const struct how *how, int fd, const char *name) {
    const struct cut alone = {1, 1 << 20};
    const struct cut shared = {2, 1 << 20};
    struct outcome one;
    struct outcome two;
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    read_file(&one, how, &alone, fd);
    off_t end = lseek(fd, 0, SEEK_CUR);
    long before = threads_made;
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    check(!read_file(&two, how, &shared, fd), "%s was cut", name);
    check(threads_made == before + 1, "%s was not read ahead", name);
    const char *what = outcomes_differ(&one, &two);
    check(what == NULL, "%s: %s", name, what);
    check(two.stats.bytes == one.stats.bytes, "%s", name);
    check(one.status != ERRATA_OK || lseek(fd, 0, SEEK_CUR) == end, "%s", name);
    check(outcome_free(&one) + outcome_free(&two) == 0, "%s: not given back", name);
}

static void ahead(void) {
    struct bytes input = long_input();
    int plain = file_of(&input);
    int whole = packed(&input);
    off_t length = lseek(whole, 0, SEEK_END);
    for (int keep_going = 0; keep_going < 2; keep_going++) {
        struct how how = {.name = "x.json", .keep_going = keep_going != 0};
        compare_ahead(&how, whole, "compressed");
        how.framing = ERRATA_FRAMING_STREAM;
        compare_ahead(&how, plain, "a stream");
    }
    /* Damage and a cut, each behind what is good. */
    for (int keep_going = 0; keep_going < 2; keep_going++) {
        const struct how how = {.name = "x.json", .keep_going = keep_going != 0};
        CHECK(pwrite(whole, "oops, oops, oops", 16, length * 2 / 3) == 16);
        compare_ahead(&how, whole, "damaged");
        CHECK(ftruncate(whole, length / 2) == 0);
        compare_ahead(&how, whole, "cut off");
    }
    close(plain);
    close(whole);
    bytes_free(&input);
}

/* Memory that runs out in either thread. */
static void allocations(void) {
    const struct cut shared = {2, 1 << 20};
    struct bytes input = long_input();
    int fd = packed(&input);
    struct how how = {.name = "x.json", .keep_going = true};
    struct outcome good;
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    read_file(&good, &how, &shared, fd);
    for (how.fail_at = 1; how.fail_at <= good.heap.calls; how.fail_at += 1 + good.heap.calls / 80) {
        for (int rest = 0; rest < 2; rest++) {
            struct outcome outcome;
            how.fail_rest = rest == 1;
            CHECK(lseek(fd, 0, SEEK_SET) == 0);
            read_file(&outcome, &how, &shared, fd);
            check(outcome.status == ERRATA_NO_MEMORY ||
                      (outcome.status == ERRATA_OK &&
                       (rest == 1 || outcomes_differ(&good, &outcome) == NULL)),
                  "allocation %ld: %s", how.fail_at, errata_status_text(outcome.status));
            check(outcome_free(&outcome) == 0, "allocation %ld: not given back", how.fail_at);
        }
    }
    CHECK(outcome_free(&good) == 0);
    close(fd);
    bytes_free(&input);
}

struct feeder {
    const struct bytes *bytes;
    int fd;
    bool leave_open;
};

static void *feed_pipe(void *ctx) {
    const struct feeder *feeder = ctx;
    size_t at = 0;
    while (at < feeder->bytes->length) {
        ssize_t put = write(feeder->fd, feeder->bytes->data + at, feeder->bytes->length - at);
        CHECK(put > 0);
        at += (size_t)put;
    }
    if (!feeder->leave_open) {
        close(feeder->fd);
    }
    return NULL;
}

static void read_pipe(struct outcome *outcome, const struct how *how, const struct cut *cut,
                      const struct bytes *bytes, bool leave_open) {
    int ends[2];
    pthread_t thread;
    CHECK(pipe(ends) == 0);
    struct feeder feeder = {bytes, ends[1], leave_open};
    CHECK(pthread_create(&thread, NULL, feed_pipe, &feeder) == 0);
    read_file(outcome, how, cut, ends[0]);
    pthread_join(thread, NULL);
    close(ends[0]);
    if (leave_open) {
        close(ends[1]);
    }
}

/* Trouble ends the run also while the thread that reads ahead waits for a pipe that brings nothing more. */
static void pipes(void) {
    const struct cut alone = {1, 1 << 20};
    const struct cut shared = {2, 1 << 20};
    struct bytes input = long_input();
    struct bytes bad = {0};
    while (bad.length < 300000) {
        bytes_add_text(&bad, GOOD);
    }
    bytes_add_text(&bad, "oops\n");
    for (int open = 0; open < 2; open++) {
        const struct how how = {.name = "x.ndjson", .keep_going = open == 0};
        struct outcome one;
        struct outcome two;
        read_pipe(&one, &how, &alone, open ? &bad : &input, open);
        long before = threads_made;
        read_pipe(&two, &how, &shared, open ? &bad : &input, open);
        CHECK(threads_made == before + 2);
        CHECK((one.status == ERRATA_OK) == (open == 0));
        CHECK(outcomes_differ(&one, &two) == NULL);
        CHECK(outcome_free(&one) + outcome_free(&two) == 0);
    }
    bytes_free(&bad);
    bytes_free(&input);
}

/* A long first document does not tell how documents stand; when it is known, what was read ahead is let go. */
static void lines_behind_a_long_document(void) {
    struct bytes input = {0};
    bytes_add_text(&input, "{\"status\":\"FAILED\",\"x\":\"");
    while (input.length < 1500000) {
        bytes_add_text(&input, "long ");
    }
    bytes_add_text(&input, "\"}\n");
    while (input.length < 4000000) {
        bytes_add_text(&input, GOOD);
    }
    const struct how how = {.name = "x.json"};
    const struct cut alone = {1, 1 << 20};
    const struct cut shared = {2, 100000};
    int fd = file_of(&input);
    struct outcome one;
    struct outcome two;
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    read_file(&one, &how, &alone, fd);
    long before = threads_made;
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    CHECK(read_file(&two, &how, &shared, fd));
    CHECK(threads_made == before + 2);
    CHECK(outcomes_differ(&one, &two) == NULL);
    CHECK(one.status == ERRATA_OK && two.stats.bytes == input.length);
    CHECK(outcome_free(&one) + outcome_free(&two) == 0);
    close(fd);
    bytes_free(&input);
}

int main(void) {
    ahead();
    allocations();
    pipes();
    lines_behind_a_long_document();
    return 0;
}
