/*
 * Saving: the written form into a file, which is replaced as a whole.
 */
#include <string.h>

#include <errata/store.h>

#include "core/fail.h"
#include "core/replace.h"
#include "index/tables.h"

/* Tables may be small; the system is asked for this many bytes at a time. */
#define BUFFER_SIZE ((size_t)256 << 10)

struct saving {
    struct errata__replace replace;
    char *buffer;
    size_t held;
    /* The details of a failure to write. */
    struct errata_error error;
};

static enum errata_status flush(struct saving *saving) {
    size_t held = saving->held;
    saving->held = 0;
    return errata__replace_write(&saving->replace, saving->buffer, held, &saving->error);
}

static enum errata_status take(void *ctx, const void *bytes, size_t length) {
    struct saving *saving = ctx;
    enum errata_status status = ERRATA_OK;
    if (length > BUFFER_SIZE - saving->held) {
        status = flush(saving);
    }
    if (length > BUFFER_SIZE) {
        return status == ERRATA_OK
                   ? errata__replace_write(&saving->replace, bytes, length, &saving->error)
                   : status;
    }
    memcpy(saving->buffer + saving->held, bytes, length);
    saving->held += length;
    return status;
}

static enum errata_status write_all(const struct errata_index *index, struct saving *saving,
                                    struct errata_error *error) {
    enum errata_status status = errata_index_write(index, take, saving, error);
    if (status == ERRATA_OK) {
        status = flush(saving);
    }
    if (status == ERRATA_CANNOT_WRITE && error != NULL) {
        *error = saving->error;
    }
    return status;
}

enum errata_status errata_index_save(const struct errata_index *index, const char *path,
                                     struct errata_error *error) {
    const struct errata_allocator *allocator = &index->arena.allocator;
    struct saving saving = {.buffer = allocator->alloc(allocator->ctx, BUFFER_SIZE)};
    if (saving.buffer == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    enum errata_status status = errata__replace_begin(&saving.replace, path, error);
    if (status == ERRATA_OK) {
        status = write_all(index, &saving, error);
        if (status == ERRATA_OK) {
            status = errata__replace_commit(&saving.replace, error);
        } else {
            errata__replace_abandon(&saving.replace);
        }
    }
    allocator->free(allocator->ctx, saving.buffer);
    return status;
}
