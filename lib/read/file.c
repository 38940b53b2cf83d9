/*
 * Descriptors and paths as sources.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <errata/store.h>

#include "core/fail.h"
#include "read/decompress.h"
#include "read/stretches.h"

/* One read, and one piece of decompressed text. Larger ones gain nothing: see docs/performance.md. */
#define BUFFER_SIZE ((size_t)256 << 10)

struct file {
    struct errata_reader *reader;
    const struct errata_origin *origin;
    /* What stands in front of the descriptor's bytes. */
    const void *peeked;
    size_t peeked_length;
    int fd;
    struct errata__stretches stretches;
    struct errata__decompressor *decompressor;
    unsigned char *in;
    /* Of what is read at once. */
    size_t size;
    unsigned char *out;
    struct errata_text name;
    bool fed;
    /* Why the rest cannot be had, where that is so; the reader was not told yet. */
    const char *reason;
};

static enum errata_status cannot_read(struct errata_error *error, struct errata_text name,
                                      int reason) {
    char text[128];
    errata__fail(error, ERRATA_CANNOT_READ, "cannot read: %s",
                 strerror_r(reason, text, sizeof text));
    errata__fail_source(error, name);
    return ERRATA_CANNOT_READ;
}

/* Fills the input buffer; *length is 0 at the end. Short reads are passed on at once, so that a pipe is read as it
   comes, but for the first bytes, which must be enough to tell a compressed source. */
static enum errata_status fill(struct file *file, size_t least, size_t *length,
                               struct errata_error *error) {
    *length = file->peeked_length;
    if (*length > 0) {
        memcpy(file->in, file->peeked, *length);
        file->peeked_length = 0;
    }
    while (*length < least) {
        ssize_t got = read(file->fd, file->in + *length, file->size - *length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return cannot_read(error, file->name, errno);
        }
        if (got == 0) {
            break;
        }
        *length += (size_t)got;
    }
    return ERRATA_OK;
}

/* A saved index among payload would be no JSON from its first byte on, and nobody the wiser. */
static enum errata_status feed(struct file *file, const void *bytes, size_t length,
                               struct errata_error *error) {
    if (!file->fed && errata_index_is_saved(bytes, length)) {
        file->reason = file->decompressor != NULL
                           ? "a saved index that was compressed: decompress it first"
                           : "a saved index, which is opened, not read";
        return ERRATA_NOT_STATUS;
    }
    file->fed = file->fed || length > 0;
    return errata_reader_feed(file->reader, bytes, length, error);
}

static enum errata_status bad_compression(struct file *file) {
    file->reason = errata__decompressor_reason(file->decompressor);
    return ERRATA_BAD_COMPRESSION;
}

static enum errata_status decompress(struct file *file, size_t length, struct errata_error *error) {
    struct errata__flow flow = {.in = file->in, .in_length = length};
    size_t given;
    do {
        flow.out = file->out;
        flow.out_length = BUFFER_SIZE;
        enum errata_status status = errata__decompressor_run(file->decompressor, &flow);
        given = BUFFER_SIZE - flow.out_length;
        enum errata_status fed = feed(file, file->out, given, error);
        if (fed != ERRATA_OK) {
            return fed;
        }
        if (status != ERRATA_OK) {
            return status == ERRATA_BAD_COMPRESSION ? bad_compression(file)
                                                    : errata__fail_plain(error, status);
        }
        /* A full output buffer may leave more behind, though all input is taken. */
    } while (flow.in_length > 0 || given == BUFFER_SIZE);
    return ERRATA_OK;
}

/* Feeds what was read and, where that may be left to several threads, what follows it in the file. */
static enum errata_status feed_on(struct file *file, size_t length, struct errata_error *error) {
    size_t first = errata__stretches_cut(&file->stretches, (const char *)file->in, length);
    const struct errata__frame *frame = &file->reader->frame;
    enum errata_status status = feed(file, file->in, first, error);
    if (status != ERRATA_OK) {
        return status;
    }
    if (!errata__stretches_read(&file->stretches)) {
        return first == length ? ERRATA_OK : feed(file, file->in + first, length - first, error);
    }
    /* What was read and not fed was read by others. */
    off_t behind = (off_t)(file->stretches.start + frame->offset);
    return lseek(file->fd, behind, SEEK_SET) < 0 ? cannot_read(error, file->name, errno)
                                                 : ERRATA_OK;
}

/* From the first bytes to the last. */
static enum errata_status pump(struct file *file, struct errata_error *error) {
    const struct errata_allocator *allocator = errata__reader_allocator(file->reader);
    size_t length;
    errata__stretches_begin(&file->stretches, file->reader, file->fd, file->origin,
                            file->peeked_length);
    if (file->stretches.not_before == 0 && file->reader->stretch < file->size) {
        file->size = file->reader->stretch;
    }
    enum errata_status status = fill(file, ERRATA__MAGIC_SIZE, &length, error);
    if (status == ERRATA_OK) {
        status = errata__decompressor_new(&file->decompressor, allocator, file->in, length);
        if (status != ERRATA_OK) {
            return errata__fail_plain(error, status);
        }
    }
    if (status == ERRATA_OK && file->decompressor != NULL) {
        file->out = allocator->alloc(allocator->ctx, BUFFER_SIZE);
        if (file->out == NULL) {
            return errata__fail_plain(error, ERRATA_NO_MEMORY);
        }
    }
    while (status == ERRATA_OK && length > 0) {
        status = file->decompressor != NULL ? decompress(file, length, error)
                                            : feed_on(file, length, error);
        if (status == ERRATA_OK) {
            status = fill(file, 1, &length, error);
        }
    }
    if (status == ERRATA_OK && file->decompressor != NULL &&
        !errata__decompressor_at_end(file->decompressor)) {
        status = bad_compression(file);
    }
    return status;
}

enum errata_status errata_reader_read_peeked(struct errata_reader *reader, const void *peeked,
                                             size_t length, int fd,
                                             const struct errata_origin *origin,
                                             struct errata_error *error) {
    const struct errata_allocator *allocator = errata__reader_allocator(reader);
    struct file file = {.reader = reader,
                        .origin = origin,
                        .peeked = peeked,
                        .peeked_length = length,
                        .fd = fd,
                        .size = BUFFER_SIZE};
    if (length > ERRATA_PEEKED_SIZE) {
        return errata__fail(error, ERRATA_MISUSE, "more than %u bytes were peeked",
                            ERRATA_PEEKED_SIZE);
    }
    if (origin != NULL) {
        file.name = origin->name;
    }
    enum errata_status status = errata_reader_begin(reader, origin, error);
    if (status != ERRATA_OK) {
        return status;
    }
    file.in = allocator->alloc(allocator->ctx, BUFFER_SIZE);
    status = file.in == NULL ? errata__fail_plain(error, ERRATA_NO_MEMORY) : pump(&file, error);
    if (status == ERRATA_OK) {
        status = errata_reader_end(reader, error);
    } else if (file.reason != NULL) {
        status = errata__reader_break(reader, status, file.reason, error);
    } else {
        errata_reader_abandon(reader);
    }
    errata__decompressor_free(file.decompressor);
    allocator->free(allocator->ctx, file.out);
    allocator->free(allocator->ctx, file.in);
    return status;
}

enum errata_status errata_reader_read_fd(struct errata_reader *reader, int fd,
                                         const struct errata_origin *origin,
                                         struct errata_error *error) {
    return errata_reader_read_peeked(reader, NULL, 0, fd, origin, error);
}

enum errata_status errata_reader_read_path(struct errata_reader *reader, const char *path,
                                           const struct errata_origin *origin,
                                           struct errata_error *error) {
    struct errata_origin named = {0};
    if (origin != NULL) {
        named = *origin;
    }
    if (named.name.data == NULL) {
        named.name = (struct errata_text){path, strlen(path)};
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return cannot_read(error, named.name, errno);
    }
    enum errata_status status = errata_reader_read_fd(reader, fd, &named, error);
    close(fd);
    return status;
}
