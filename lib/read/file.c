/*
 * Descriptors and paths as sources.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <errata/store.h>

#include "core/fail.h"
#include "read/ahead.h"
#include "read/stretches.h"

struct file {
    struct errata_reader *reader;
    const struct errata_origin *origin;
    struct errata_text name;
    struct errata__input input;
    /* A piece, and the one at hand: there, or in `ahead`, which is NULL until it is needed. */
    unsigned char *buffer;
    struct errata__ahead *ahead;
    const unsigned char *bytes;
    size_t length;
    struct errata__stretches stretches;
    bool fed;
    uint64_t pieces;
    bool tried_ahead;
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

/* The next piece; file->length is 0 at the end. */
static enum errata_status next(struct file *file, struct errata_error *error) {
    const struct errata__input *input = &file->input;
    enum errata_status status = file->ahead != NULL
                                    ? errata__ahead_next(file->ahead, &file->bytes, &file->length)
                                    : errata__input_next(&file->input, file->buffer, &file->length);
    switch ((int)status) {
    case ERRATA_OK:
        return ERRATA_OK;
    case ERRATA_CANNOT_READ:
        return cannot_read(error, file->name, input->error_number);
    case ERRATA_BAD_COMPRESSION:
        file->reason = input->reason;
        return status;
    default:
        return errata__fail_plain(error, status);
    }
}

/* A saved index among payload would be no JSON from its first byte on, and nobody the wiser. */
static enum errata_status feed(struct file *file, const void *bytes, size_t length,
                               struct errata_error *error) {
    if (!file->fed && errata_index_is_saved(bytes, length)) {
        file->reason = file->input.decompressor != NULL
                           ? "a saved index that was compressed: decompress it first"
                           : "a saved index, which is opened, not read";
        return ERRATA_NOT_STATUS;
    }
    file->fed = file->fed || length > 0;
    return errata_reader_feed(file->reader, bytes, length, error);
}

/* Feeds the piece and, where that may be left to several threads, what follows it in the file. */
static enum errata_status feed_on(struct file *file, struct errata_error *error) {
    size_t first = file->length;
    if (file->input.decompressor == NULL) {
        first = errata__stretches_cut(&file->stretches, (const char *)file->bytes, file->length);
    }
    enum errata_status status = feed(file, file->bytes, first, error);
    if (status != ERRATA_OK) {
        return status;
    }
    if (file->input.decompressor != NULL || !errata__stretches_read(&file->stretches)) {
        return first == file->length ? ERRATA_OK
                                     : feed(file, file->bytes + first, file->length - first, error);
    }
    /* What was read and not fed was read by others, and so was what was read ahead. */
    errata__ahead_stop(file->ahead);
    file->ahead = NULL;
    file->tried_ahead = false;
    file->bytes = file->buffer;
    file->input.status = ERRATA_OK;
    off_t behind = (off_t)(file->stretches.start + file->reader->frame.offset);
    return lseek(file->input.fd, behind, SEEK_SET) < 0 ? cannot_read(error, file->name, errno)
                                                       : ERRATA_OK;
}

/* Where one thread has to parse it all, another may read and decompress; for more than a few pieces. */
static bool may_read_ahead(const struct file *file) {
    return file->reader->options.threads > 1 && !file->tried_ahead && file->pieces >= 2 &&
           (file->input.decompressor != NULL || errata__stretches_none(&file->stretches));
}

/* How far the descriptor was read. Where bytes are fed as they come, not what was read ahead of them. */
static void tell_bytes(struct file *file) {
    errata__reader_tell_bytes(file->reader,
                              file->input.decompressor == NULL
                                  ? file->reader->frame.offset
                                  : atomic_load_explicit(&file->input.taken, memory_order_relaxed));
}

/* From the first bytes to the last. */
static enum errata_status pump(struct file *file, struct errata_error *error) {
    enum errata_status status = next(file, error);
    while (status == ERRATA_OK && file->length > 0) {
        status = feed_on(file, error);
        file->pieces++;
        tell_bytes(file);
        if (status == ERRATA_OK && may_read_ahead(file)) {
            file->tried_ahead = true;
            file->ahead = errata__ahead_start(&file->input);
        }
        if (status == ERRATA_OK) {
            status = next(file, error);
        }
    }
    tell_bytes(file);
    return status;
}

enum errata_status errata_reader_read_peeked(struct errata_reader *reader, const void *peeked,
                                             size_t length, int fd,
                                             const struct errata_origin *origin,
                                             struct errata_error *error) {
    const struct errata_allocator *allocator = errata__reader_allocator(reader);
    struct file file = {.reader = reader,
                        .origin = origin,
                        .input = {.allocator = allocator,
                                  .fd = fd,
                                  .stop = -1,
                                  .peeked = peeked,
                                  .peeked_length = length,
                                  .size = ERRATA__INPUT_SIZE}};
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
    reader->bytes_told = 0;
    errata__stretches_begin(&file.stretches, reader, fd, origin, length);
    if (file.stretches.not_before == 0 && reader->stretch < file.input.size) {
        file.input.size = reader->stretch;
    }
    file.buffer = allocator->alloc(allocator->ctx, ERRATA__INPUT_SIZE);
    file.bytes = file.buffer;
    status = file.buffer == NULL ? errata__fail_plain(error, ERRATA_NO_MEMORY) : pump(&file, error);
    errata__ahead_stop(file.ahead);
    if (status == ERRATA_OK) {
        status = errata_reader_end(reader, error);
    } else if (file.reason != NULL) {
        status = errata__reader_break(reader, status, file.reason, error);
    } else {
        errata_reader_abandon(reader);
    }
    errata__input_free(&file.input);
    allocator->free(allocator->ctx, file.buffer);
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
