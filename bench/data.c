/*
 * What is read and asked: payload files, and indexes made of payloads.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "generate.h"

char *bench_data_path(const struct bench_session *session, const char *name) {
    char *path;

    if (mkdir(session->data, 0777) != 0 && errno != EEXIST) {
        perror(session->data);
        return NULL;
    }
    return asprintf(&path, "%s/%s", session->data, name) < 0 ? NULL : path;
}

/* Was a file made by this very program, or a later one? The generator may have changed. */
static bool is_fresh(const char *path) {
    struct stat file;
    struct stat program;

    return stat(path, &file) == 0 && stat("/proc/self/exe", &program) == 0 &&
           file.st_mtime > program.st_mtime;
}

static bool make(const struct bench_shape *shape, uint64_t bytes, const char *path) {
    struct bench_size size = {.bytes = bytes};
    char *part;
    int fd;
    bool ok = false;

    if (asprintf(&part, "%s.part", path) < 0) {
        return false;
    }
    fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd >= 0) {
        ok = bench_generate(shape, &size, 0, bench_take_to_fd, &fd);
        ok = close(fd) == 0 && ok && rename(part, path) == 0;
    }
    if (!ok) {
        perror(part);
    }
    free(part);
    return ok;
}

char *bench_payload(const struct bench_session *session, const char *name) {
    const struct bench_shape *shape = bench_find_shape(name);
    uint64_t bytes = shape->bytes;
    char file[BENCH_NAME_SIZE];
    char *path;

    if (session->most_bytes > 0 && session->most_bytes < bytes) {
        bytes = session->most_bytes;
    }
    /* The name's end tells how documents stand in it. */
    snprintf(file, sizeof file, "%s-%llu.%s", name, (unsigned long long)bytes,
             shape->single || shape->pretty ? "json" : "ndjson");
    path = bench_data_path(session, file);
    if (path && !is_fresh(path) && !make(shape, bytes, path)) {
        free(path);
        return NULL;
    }
    return path;
}

/* Of an index in the making. */
struct feeding {
    struct errata_reader *reader;
    struct errata_error error;
};

static bool take_to_reader(void *ctx, const char *bytes, size_t length) {
    struct feeding *feeding = ctx;

    return !errata_reader_feed(feeding->reader, bytes, length, &feeding->error);
}

struct errata_index *bench_index(uint64_t issues) {
    struct bench_size size = {.issues = issues};
    struct errata_origin origin = {.name = {"payload.ndjson", 14}};
    struct feeding feeding = {0};
    struct errata_index *index = NULL;

    if (errata_reader_new(&feeding.reader, NULL, &feeding.error) ||
        errata_reader_begin(feeding.reader, &origin, &feeding.error) ||
        !bench_generate(bench_find_shape("R"), &size, 0, take_to_reader, &feeding) ||
        errata_reader_end(feeding.reader, &feeding.error) ||
        errata_reader_finish(&index, feeding.reader, &feeding.error)) {
        bench_complain(&feeding.error);
    }
    errata_reader_free(feeding.reader);
    return index;
}

bool bench_complain(const struct errata_error *error) {
    char line[ERRATA_SOURCE_SIZE + ERRATA_MESSAGE_SIZE + 64];

    errata_error_render(error, line, sizeof line);
    fprintf(stderr, "errata-bench: %s\n", line);
    return false;
}
