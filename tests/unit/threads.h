/*
 * For tests of reading on several threads. Threads that the library makes are counted, and can be made to fail: link
 * with --wrap=pthread_create.
 */
#ifndef ERRATA_TESTS_THREADS_H
#define ERRATA_TESTS_THREADS_H

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "made-index.h"
#include "reading.h"

#define GOOD                                                                                       \
    "{\"status\":\"FAILED\",\"errors\":[{\"key\":\"K\",\"errors\":[{\"path\":[\"a\",3]}]}]}\n"

/* Threads that may still be made, and that were. */
static long threads_left = LONG_MAX;
static long threads_made;

typedef void *thread_function(void *ctx);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          thread_function *function, void *ctx);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          thread_function *function, void *ctx);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          thread_function *function, void *ctx) {
    threads_made += threads_left > 0;
    return threads_left-- <= 0 ? EAGAIN : __real_pthread_create(thread, attributes, function, ctx);
}

/* On how many threads, in stretches of how many bytes. */
struct cut {
    uint32_t threads;
    size_t stretch;
};

static inline void __attribute__((format(printf, 2, 3))) check(bool good, const char *format, ...) {
    if (!good) {
        va_list arguments;
        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
        fputc('\n', stderr);
        exit(1);
    }
}

#define CHECK(condition) check(condition, "%s", #condition)

static inline int file_of(const struct bytes *bytes) {
    int fd = memfd_create("input", MFD_CLOEXEC);
    CHECK(fd >= 0);
    CHECK(write(fd, bytes->data, bytes->length) == (ssize_t)bytes->length);
    return fd;
}

/* Reads a file from where it stands. Returns whether anything was read by more than one thread. */
static inline bool read_file(struct outcome *outcome, const struct how *how, const struct cut *cut,
                             int fd) {
    struct errata_reader *reader;
    struct errata_error error;
    const struct errata_origin origin = {
        .name = {how->name, how->name == NULL ? 0 : strlen(how->name)}, .framing = how->framing};
    enum errata_status status = make_reader(&reader, outcome, how, &error);
    note_failure(outcome, status, &error);
    if (status != ERRATA_OK) {
        return false;
    }
    reader->options.threads = cut->threads;
    reader->stretch = cut->stretch;
    status = errata_reader_read_fd(reader, fd, &origin, &error);
    note_failure(outcome, status, &error);
    bool shared = reader->parsed_by_others + reader->known_to_others > 0;
    take_index(reader, outcome);
    return shared;
}

/* So many issues, and only then no document. */
static inline void bad_line(struct bytes *out, unsigned issues) {
    bytes_add_text(out, "{\"status\":\"FAILED\",\"errors\":[{\"errors\":[{}");
    for (; issues > 1; issues--) {
        bytes_add_text(out, ",{}");
    }
    bytes_add_text(out, "\x01]}]}\n");
}

/* A line: mostly a document, some of them long, or anything that may stand there. */
static inline void drawn_line(struct bytes *out, uint64_t *seed) {
    static const char *const odd[] = {
        "",
        "  ",
        "\xEF\xBB\xBF{\"status\":\"FAILED\"}",
        "oops",
        "{\"status\":",
        "[{\"status\":\"QUEUED\"},{\"status\":\"RUNNING\",\"x\":1}]",
        "{\"status\":\"DRAFT\"}{\"status\":\"DRAFT\"} {\"status\":7}",
        "{\"status\":\"DRAFT\"}x",
        "{\"errors\":[{\"key\":\"only here, and taken back\"}]}",
        "{\"status\":\"\xC0\x80\"}",
        "}\x01",
    };
    uint32_t kind = draw(seed, 24);
    if (kind < sizeof odd / sizeof odd[0]) {
        bytes_add_text(out, odd[kind]);
    } else {
        bytes_print(out, "{\"record_id\":\"r%u\",\"status\":\"FAILED\",\"errors\":[",
                    draw(seed, 30));
        for (uint32_t rules = draw(seed, 3); rules > 0; rules--) {
            bytes_print(out, "{\"message\":\"m%u\",\"errors\":[", draw(seed, 9));
            for (uint32_t issues = draw(seed, kind == 23 ? 90 : 5); issues > 0; issues--) {
                bytes_print(out,
                            "{\"code\":\"c%u\",\"path\":[\"p%u\",%u,\"%u\"],\"message\":\"t%u\"}%s",
                            draw(seed, 5), draw(seed, 5), draw(seed, 2) << draw(seed, 20),
                            draw(seed, 300), draw(seed, 50), issues > 1 ? "," : "");
            }
            bytes_print(out, "],\"key\":\"K%u\"}%s", draw(seed, 6), rules > 1 ? "," : "");
        }
        bytes_add_text(out, "]}");
    }
    bytes_add_text(out, draw(seed, 9) == 0 ? "\r\n" : "\n");
}

#endif
