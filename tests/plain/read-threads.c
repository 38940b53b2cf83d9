/*
 * Reading on several threads gives what reading on one gives: the index byte for byte, rejects as they are told, errors
 * with place and message; wherever the stretches that the threads read begin and end.
 */
#include <dirent.h>

#include "../unit/threads.h"

#define CASES ERRATA_SOURCE_ROOT "/tests/cases"

static const struct cut cuts[] = {{2, 64}, {3, 150}, {8, 100}, {2, 700}, {3, 3000}, {8, 1024}};
#define N_CUTS (sizeof cuts / sizeof cuts[0])

/* Compares with one thread. Returns whether anything was read by more. */
static bool compare(const struct how *how, const struct bytes *input, size_t n_cuts,
                    const char *name) {
    const struct cut alone = {1, 1 << 20};
    int fd = file_of(input);
    struct outcome one;
    bool shared = false;
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    CHECK(!read_file(&one, how, &alone, fd));
    for (size_t i = 0; i < n_cuts; i++) {
        struct outcome many;
        CHECK(lseek(fd, 0, SEEK_SET) == 0);
        shared = read_file(&many, how, &cuts[i], fd) || shared;
        const char *what = outcomes_differ(&one, &many);
        check(what == NULL,
              "%s, %u threads, stretches of %zu (framing %d, keep going %d, strict %d, digit "
              "names %d): %s\none: %s %s\n%s\nmany: %s %s\n%s",
              name, cuts[i].threads, cuts[i].stretch, (int)how->framing, how->keep_going,
              how->strict, how->digit_names, what, errata_status_text(one.status),
              one.status == ERRATA_OK ? "" : one.error.message,
              one.rejects.length > 0 ? one.rejects.data : "", errata_status_text(many.status),
              many.status == ERRATA_OK ? "" : many.error.message,
              many.rejects.length > 0 ? many.rejects.data : "");
        CHECK(many.stats.documents == one.stats.documents);
        CHECK(many.stats.rejects == one.stats.rejects);
        CHECK(many.stats.issues == one.stats.issues);
        CHECK(many.stats.lines_all_rejected == one.stats.lines_all_rejected);
        CHECK(many.stats.bytes == one.stats.bytes || one.status != ERRATA_OK);
        if (one.status == ERRATA_OK) {
            CHECK(lseek(fd, 0, SEEK_CUR) == (off_t)input->length);
        }
        check(outcome_free(&many) == 0, "%s: blocks were not given back", name);
    }
    CHECK(outcome_free(&one) == 0);
    close(fd);
    return shared;
}

/* Reads in all ways. */
static bool compare_ways(const char *source, const struct bytes *input, size_t n_cuts,
                         const char *name) {
    bool shared = false;
    for (unsigned way = 0; way < 8; way++) {
        const struct how how = {.name = source,
                                .keep_going = (way & 1) == 0,
                                .strict = (way & 2) != 0,
                                .digit_names = (way & 4) != 0};
        shared = compare(&how, input, n_cuts, name) || shared;
    }
    return shared;
}

static bool is_case(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot != NULL && (strcmp(dot, ".json") == 0 || strcmp(dot, ".ndjson") == 0);
}

/* Each case file many times, behind and between good documents. */
static void cases(void) {
    DIR *folder = opendir(CASES);
    struct dirent *entry;
    unsigned files = 0;
    CHECK(folder != NULL);
    while ((entry = readdir(folder)) != NULL) {
        char path[1024];
        if (!is_case(entry->d_name)) {
            continue;
        }
        snprintf(path, sizeof path, CASES "/%s", entry->d_name);
        struct bytes one = bytes_of_file(path);
        struct bytes input = {0};
        if (one.length < 20000) {
            bytes_add_text(&input, GOOD);
            for (unsigned i = 0; i < 12 || input.length < 1000; i++) {
                bytes_add(&input, one.data, one.length);
                bytes_add_text(&input, i % 3 == 0 ? "\n" GOOD : i % 3 == 1 ? "\r\n" : "");
            }
            files += compare_ways("cases.ndjson", &input, 2, entry->d_name);
        }
        bytes_free(&one);
        bytes_free(&input);
    }
    closedir(folder);
    CHECK(files > 80);
}

static struct bytes all_cases(void) {
    struct bytes all = {0};
    struct dirent **entries;
    int count = scandir(CASES, &entries, NULL, alphasort);
    bytes_add_text(&all, GOOD);
    for (int i = 0; i < count; i++) {
        if (is_case(entries[i]->d_name)) {
            char path[1024];
            snprintf(path, sizeof path, CASES "/%s", entries[i]->d_name);
            struct bytes one = bytes_of_file(path);
            bytes_add(&all, one.data, one.length);
            bytes_add_text(&all, "\n");
            bytes_free(&one);
        }
        free(entries[i]);
    }
    free(entries);
    return all;
}

static void framings(void) {
    static const char *const names[] = {NULL, "x.json", "x.ndjson"};
    struct bytes all = all_cases();
    for (int framing = ERRATA_FRAMING_AUTO; framing <= ERRATA_FRAMING_STREAM; framing++) {
        for (size_t i = 0; i < 3; i++) {
            const struct how how = {
                .name = names[i], .framing = (enum errata_framing)framing, .keep_going = true};
            bool shared = compare(&how, &all, N_CUTS, "all cases");
            /* Where documents may span lines there is nowhere to cut. */
            CHECK(shared == (framing != ERRATA_FRAMING_STREAM));
        }
    }
    bytes_free(&all);
}

static void drawn(void) {
    for (uint64_t seed = 1; seed <= 12; seed++) {
        uint64_t state = seed * 77;
        struct bytes input = {0};
        bytes_add_text(&input, seed % 3 == 0 ? "\xEF\xBB\xBF" GOOD : GOOD);
        for (unsigned i = 0; i < 300; i++) {
            drawn_line(&input, &state);
        }
        /* Ends in a document, with a line end or without, or amidst one. */
        bytes_add_text(&input, GOOD);
        input.length -= seed % 3 == 1 ? 1 : seed % 3 == 2 ? 9 : 0;
        check(compare_ways("drawn.jsonl", &input, N_CUTS, "drawn"), "seed %lu", (long)seed);
        bytes_free(&input);
    }
}

/* The first trouble of a run stands in one stretch after another. */
static void errors_in_every_stretch(void) {
    static const char *const troubles[] = {"{\"status\":\"FAILED\"", "{\"status\":1}", "[[[[[[[[",
                                           "{\"status\":\"A token over the limit of it\"}",
                                           ("{\"status\":\"FAILED\",\"x\":[1,2,3,4,5,6,7,8,9,1,1,1,"
                                            "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}")};
    for (size_t trouble = 0; trouble < sizeof troubles / sizeof troubles[0]; trouble++) {
        for (unsigned at = 1; at < 30; at++) {
            struct bytes input = {0};
            for (unsigned i = 0; i < 30; i++) {
                bytes_add_text(&input, i == at ? troubles[trouble] : "");
                bytes_add_text(&input, i == at ? "\n" : GOOD);
            }
            const struct how how = {.name = "x.ndjson",
                                    .limits = {.depth = 7, .token = 24, .document = 90},
                                    .keep_going = at % 2 == 0};
            CHECK(compare(&how, &input, 3, troubles[trouble]) || at < 9);
            bytes_free(&input);
        }
    }
}

static void limits_of_the_index(void) {
    struct bytes input = {0};
    for (unsigned i = 0; i < 200; i++) {
        bytes_add_text(&input, GOOD);
    }
    for (uint32_t issues = 1; issues <= 201; issues += 8) {
        const struct how how = {.name = "x.ndjson", .limits.issues = issues};
        CHECK(compare(&how, &input, 3, "issues") || issues < 8);
    }
    bytes_free(&input);
}

/* A document that crosses the limit and only then turns out to be none; behind it are no issues. */
static void limit_within_a_reject(void) {
    for (unsigned at = 20; at < 200; at += 60) {
        struct bytes input = {0};
        for (unsigned i = 0; i < 200; i++) {
            if (i == at) {
                bad_line(&input, 30);
            }
            bytes_add_text(&input, i < at ? GOOD : "{\"status\":\"COMPLETED\"}\n");
        }
        for (uint32_t issues = at + 24; issues <= at + 35; issues++) {
            const struct how how = {
                .name = "x.ndjson", .limits.issues = issues, .keep_going = true};
            CHECK(compare(&how, &input, N_CUTS, "issues of a reject"));
        }
        bytes_free(&input);
    }
}

/* Memory that is enough for one thread is enough. */
static void memory(void) {
    struct bytes input = {0};
    for (unsigned i = 0; i < 40000; i++) {
        bytes_print(&input, "{\"status\":\"FAILED\",\"record_id\":\"record %u\"}\n", i);
    }
    for (uint64_t limit = 1 << 20; limit <= 20 << 20; limit += 900000) {
        const struct how how = {.name = "x.ndjson", .limits.memory = limit};
        const struct cut alone = {1, 1 << 20};
        const struct cut shared = {2, 50000};
        int fd = file_of(&input);
        struct outcome one;
        struct outcome two;
        CHECK(lseek(fd, 0, SEEK_SET) == 0);
        read_file(&one, &how, &alone, fd);
        CHECK(lseek(fd, 0, SEEK_SET) == 0);
        bool parts = read_file(&two, &how, &shared, fd);
        check(parts == (limit > 8 << 20), "%llu", (unsigned long long)limit);
        CHECK(two.stats.memory <= limit);
        check(two.status == one.status, "%llu", (unsigned long long)limit);
        if (one.status == ERRATA_OK) {
            CHECK(bytes_same(&one.written, &two.written));
        }
        CHECK(outcome_free(&one) + outcome_free(&two) == 0);
        close(fd);
    }
    bytes_free(&input);
}

/* So many that a part cannot keep all of them. */
static void distinct_values(void) {
    const struct cut alone = {1, 1 << 20};
    const struct cut shared = {2, 200000};
    const struct how how = {.name = "x.ndjson"};
    struct bytes input = {0};
    uint64_t seed = 4;
    for (unsigned i = 0; i < 150000; i++) {
        bytes_print(
            &input,
            "{\"id\":\"%u\",\"status\":\"FAILED\",\"errors\":[{\"errors\":[{\"path\":[\"p%u\"],"
            "\"code\":\"c\"}]}]}\n",
            i - draw(&seed, 3), draw(&seed, 900));
    }
    int fd = file_of(&input);
    struct outcome one;
    struct outcome two;
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    read_file(&one, &how, &alone, fd);
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    CHECK(read_file(&two, &how, &shared, fd));
    CHECK(outcomes_differ(&one, &two) == NULL);
    CHECK(outcome_free(&one) + outcome_free(&two) == 0);
    close(fd);
    bytes_free(&input);
}

/* on_reject that has enough at a certain reject. */
struct enough {
    struct bytes log;
    unsigned left;
};

static enum errata_status log_until(void *ctx, const struct errata_reject *reject,
                                    struct errata_text text) {
    struct enough *enough = ctx;
    enum errata_status status = log_reject(&enough->log, reject, text);
    return status == ERRATA_OK && --enough->left == 0 ? ERRATA_CANNOT_WRITE : status;
}

static void read_enough(struct enough *enough, struct bytes *written, struct errata_error *error,
                        const struct cut *cut, int fd) {
    const struct errata_reader_options options = {
        .keep_going = true, .on_reject = log_until, .ctx = enough, .threads = cut->threads};
    const struct errata_origin origin = {.name = {"x.ndjson", 8}};
    struct errata_reader *reader;
    struct errata_index *index;
    CHECK(errata_reader_new(&reader, &options, NULL) == ERRATA_OK);
    reader->stretch = cut->stretch;
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    CHECK(errata_reader_read_fd(reader, fd, &origin, error) == ERRATA_CANNOT_WRITE);
    CHECK(errata_reader_finish(&index, reader, NULL) == ERRATA_OK);
    CHECK(errata_index_write(index, bytes_write, written, NULL) == ERRATA_OK);
    errata_reader_free(reader);
    errata_index_free(index);
}

static void on_reject_ends_the_run(void) {
    const struct cut alone = {1, 1 << 20};
    struct bytes input = {0};
    uint64_t seed = 5;
    bytes_add_text(&input, GOOD);
    for (unsigned i = 0; i < 300; i++) {
        drawn_line(&input, &seed);
    }
    int fd = file_of(&input);
    for (unsigned last = 1; last < 40; last++) {
        struct enough one = {.left = last};
        struct bytes written = {0};
        struct errata_error error;
        read_enough(&one, &written, &error, &alone, fd);
        for (size_t i = 0; i < N_CUTS; i++) {
            struct enough many = {.left = last};
            struct bytes again = {0};
            struct errata_error other;
            read_enough(&many, &again, &other, &cuts[i], fd);
            CHECK(bytes_same(&one.log, &many.log));
            CHECK(bytes_same(&written, &again));
            CHECK(error.offset == other.offset);
            CHECK(error.document == other.document);
            bytes_free(&many.log);
            bytes_free(&again);
        }
        bytes_free(&one.log);
        bytes_free(&written);
    }
    close(fd);
    bytes_free(&input);
}

/* A source may begin within a file, and another may follow it in the same reader. */
static void from_where_the_descriptor_stands(void) {
    const struct cut alone = {1, 1 << 20};
    struct bytes input = {0};
    bytes_add_text(&input, "not read\n");
    for (unsigned i = 0; i < 400; i++) {
        bytes_add_text(&input, GOOD);
    }
    const struct how how = {.name = "x.ndjson"};
    int fd = file_of(&input);
    struct outcome one;
    CHECK(lseek(fd, 9, SEEK_SET) == 9);
    read_file(&one, &how, &alone, fd);
    CHECK(one.stats.documents == 400);
    for (size_t i = 0; i < N_CUTS; i++) {
        struct outcome many;
        CHECK(lseek(fd, 9, SEEK_SET) == 9);
        CHECK(read_file(&many, &how, &cuts[i], fd));
        CHECK(outcomes_differ(&one, &many) == NULL);
        CHECK(outcome_free(&many) == 0);
    }
    CHECK(outcome_free(&one) == 0);
    close(fd);
    bytes_free(&input);
}

/* A line much longer than stretches is for one thread; those behind it are shared again. */
static void long_lines(void) {
    struct bytes input = {0};
    for (unsigned i = 0; i < 12; i++) {
        for (unsigned n = 0; n < 20; n++) {
            bytes_add_text(&input, GOOD);
        }
        bytes_add_text(&input, "{\"status\":\"FAILED\",\"x\":\"");
        for (unsigned n = 0; n < 100U << i; n++) {
            bytes_add_text(&input, "long ");
        }
        bytes_add_text(&input, "\"}\n");
    }
    CHECK(compare_ways("x.ndjson", &input, N_CUTS, "long lines"));
    bytes_free(&input);
}

/* Where a piece ends between two documents, but not a line, there is no cutting. */
static void several_on_a_line(void) {
    struct bytes input = {0};
    uint64_t seed = 6;
    for (unsigned i = 0; i < 200; i++) {
        for (unsigned n = 0; n < 30; n++) {
            bytes_print(&input, "{\"status\":\"%s\"}%*s", draw(&seed, 2) == 0 ? "A" : "FAILED",
                        (int)(1 + draw(&seed, 60)), "");
        }
        bytes_add_text(&input, draw(&seed, 3) == 0 ? "oops\n" : "\n");
    }
    CHECK(compare_ways("x.ndjson", &input, N_CUTS, "several on a line"));
    bytes_free(&input);
}

static void too_many(void) {
    const struct errata_reader_options options = {.threads = ERRATA_MOST_THREADS + 1};
    struct errata_reader *reader;
    struct errata_error error;
    CHECK(errata_reader_new(&reader, &options, &error) == ERRATA_MISUSE);
    CHECK(reader == NULL);
}

/* Enough for a few stretches. */
static struct bytes short_input(void) {
    struct bytes input = {0};
    uint64_t seed = 3;
    bytes_add_text(&input, GOOD);
    for (unsigned i = 0; i < 40; i++) {
        drawn_line(&input, &seed);
    }
    return input;
}

/* Whatever allocation fails, and whosever: the reader says so and has what was complete, or does without it. */
static void allocations(void) {
    const struct cut cut = {2, 300};
    struct bytes input = short_input();
    int fd = file_of(&input);
    struct outcome good;
    struct how how = {.name = "x.ndjson", .keep_going = true};
    bool failed = true;
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    CHECK(read_file(&good, &how, &cut, fd));
    for (how.fail_at = 1; failed; how.fail_at++) {
        failed = false;
        for (int rest = 0; rest < 2; rest++) {
            struct outcome outcome;
            how.fail_rest = rest == 1;
            CHECK(lseek(fd, 0, SEEK_SET) == 0);
            read_file(&outcome, &how, &cut, fd);
            failed = failed || outcome.heap.calls >= how.fail_at;
            if (outcome.status == ERRATA_OK && rest == 0) {
                check(outcomes_differ(&good, &outcome) == NULL, "allocation %ld", how.fail_at);
            }
            check(outcome.status == ERRATA_OK || outcome.status == ERRATA_NO_MEMORY,
                  "allocation %ld: %s", how.fail_at, errata_status_text(outcome.status));
            check(outcome.stats.documents <= good.stats.documents, "allocation %ld", how.fail_at);
            check(outcome_free(&outcome) == 0, "allocation %ld: not given back", how.fail_at);
        }
    }
    CHECK(how.fail_at > 100);
    CHECK(outcome_free(&good) == 0);
    close(fd);
    bytes_free(&input);
}

/* With fewer threads than were asked for, or none. */
static void no_threads(void) {
    const struct cut cut = {4, 300};
    struct bytes input = short_input();
    int fd = file_of(&input);
    const struct how how = {.name = "x.ndjson", .keep_going = true};
    struct outcome good;
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    CHECK(read_file(&good, &how, &cut, fd));
    for (long left = 0; left < 3; left++) {
        struct outcome outcome;
        threads_left = left;
        threads_made = 0;
        CHECK(lseek(fd, 0, SEEK_SET) == 0);
        CHECK(read_file(&outcome, &how, &cut, fd) == (left > 0));
        CHECK(threads_made == left);
        CHECK(outcomes_differ(&good, &outcome) == NULL);
        CHECK(outcome_free(&outcome) == 0);
    }
    threads_left = LONG_MAX;
    CHECK(outcome_free(&good) == 0);
    close(fd);
    bytes_free(&input);
}

int main(void) {
    allocations();
    no_threads();
    cases();
    framings();
    drawn();
    errors_in_every_stretch();
    limits_of_the_index();
    limit_within_a_reject();
    memory();
    distinct_values();
    on_reject_ends_the_run();
    from_where_the_descriptor_stands();
    long_lines();
    several_on_a_line();
    too_many();
    return 0;
}
