/*
 * A collected body: see body.h.
 */
#include "http/body.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/fail.h"

/* What is read of the file at once. */
#define PIECE ((size_t)64 * 1024)

void errata__body_init(struct errata__body *body, const struct errata_allocator *allocator) {
    *body = (struct errata__body){.fd = -1};
    errata__buffer_init(&body->memory, allocator, ERRATA__BODY_MEMORY);
}

void errata__body_clear(struct errata__body *body) {
    if (body->fd >= 0) {
        close(body->fd);
    }
    body->fd = -1;
    body->memory.length = 0;
    body->length = 0;
}

void errata__body_free(struct errata__body *body) {
    errata__body_clear(body);
    errata__buffer_free(&body->memory);
}

static enum errata_status cannot_write(struct errata_error *error, int reason) {
    char text[128];
    return errata__fail(error, ERRATA_CANNOT_WRITE, "a temporary file cannot be written: %s",
                        strerror_r(reason, text, sizeof text));
}

/* A file that nobody can find, and that goes with its descriptor. -1: errno says why. */
static int make_file(void) {
    const char *folder = secure_getenv("TMPDIR");
    char name[4096];
    if (folder == NULL || folder[0] == '\0') {
        folder = "/tmp";
    }
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT)) {
        return fd;
    }
    /* A file system that knows no unnamed files. */
    if ((size_t)snprintf(name, sizeof name, "%s/errata-XXXXXX", folder) >= sizeof name) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0) {
        unlink(name);
    }
    return fd;
}

static enum errata_status write_all(int fd, const char *at, size_t length,
                                    struct errata_error *error) {
    while (length > 0) {
        ssize_t written = write(fd, at, length);
        if (written < 0 && errno != EINTR) {
            return cannot_write(error, errno);
        }
        at += written < 0 ? 0 : written;
        length -= written < 0 ? 0 : (size_t)written;
    }
    return ERRATA_OK;
}

/* Goes over to a file, and sees to it that there is room for a piece of it. */
static enum errata_status spill(struct errata__body *body, struct errata_error *error) {
    struct errata__buffer *memory = &body->memory;
    size_t more = memory->length < PIECE ? PIECE - memory->length : 0;
    enum errata_status status = errata__buffer_reserve(memory, more);
    if (status != ERRATA_OK) {
        return status;
    }
    body->fd = make_file();
    return body->fd < 0 ? cannot_write(error, errno)
                        : write_all(body->fd, memory->data, memory->length, error);
}

enum errata_status errata__body_add(struct errata__body *body, const void *bytes, size_t length,
                                    struct errata_error *error) {
    enum errata_status status = ERRATA_OK;
    if (body->fd < 0 && length > ERRATA__BODY_MEMORY - body->memory.length) {
        status = spill(body, error);
    }
    if (status == ERRATA_OK) {
        status = body->fd < 0 ? errata__buffer_append(&body->memory, bytes, length)
                              : write_all(body->fd, bytes, length, error);
    }
    if (status == ERRATA_NO_MEMORY) {
        errata__fail_plain(error, status);
    }
    body->length += status == ERRATA_OK ? length : 0;
    return status;
}

enum errata_status errata__body_give(struct errata__body *body, uint64_t from, uint64_t to,
                                     errata__bytes_function *take, void *ctx) {
    enum errata_status status = ERRATA_OK;
    if (body->fd < 0) {
        return from < to ? take(ctx, body->memory.data + from, (size_t)(to - from)) : ERRATA_OK;
    }
    /* What is in memory is in the file too; its room is for pieces now, and large enough. */
    while (from < to && status == ERRATA_OK) {
        size_t wanted = to - from < PIECE ? (size_t)(to - from) : PIECE;
        ssize_t got = pread(body->fd, body->memory.data, wanted, (off_t)from);
        if (got > 0) {
            from += (uint64_t)got;
            status = take(ctx, body->memory.data, (size_t)got);
        } else if (got == 0 || errno != EINTR) {
            status = ERRATA_CANNOT_READ;
        }
    }
    return status;
}
