/*
 * The yardsticks of reading: read() alone, and yajl with callbacks that do nothing.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <yajl/yajl_parse.h>

#include "bench.h"

#define CHUNK ((size_t)256 << 10)

bool bench_each_chunk(const char *path, size_t size,
                      bool (*take)(void *ctx, const unsigned char *bytes, size_t length), void *ctx,
                      uint64_t *bytes) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    unsigned char *chunk = malloc(size);
    ssize_t got = -1;

    if (fd >= 0 && chunk) {
        while ((got = read(fd, chunk, size)) > 0 && take(ctx, chunk, (size_t)got)) {
            *bytes += (uint64_t)got;
        }
    }
    if (fd >= 0) {
        close(fd);
    }
    free(chunk);
    return got == 0;
}

static bool take_nothing(void *ctx, const unsigned char *bytes, size_t length) {
    (void)ctx;
    (void)bytes;
    (void)length;
    return true;
}

bool bench_run_read(const void *task, struct bench_outcome *outcome) {
    return bench_each_chunk(task, CHUNK, take_nothing, NULL, &outcome->bytes);
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

static bool take_yajl(void *ctx, const unsigned char *bytes, size_t length) {
    return yajl_parse(ctx, bytes, length) == yajl_status_ok;
}

bool bench_run_yajl(const void *task, struct bench_outcome *outcome) {
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
              bench_each_chunk(task, CHUNK, take_yajl, yajl, &outcome->bytes) &&
              yajl_complete_parse(yajl) == yajl_status_ok;

    if (yajl) {
        yajl_free(yajl);
    }
    return ok;
}
