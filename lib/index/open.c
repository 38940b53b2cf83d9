/*
 * Opening a saved index: from a path, a descriptor or memory to an index whose columns lie in the file.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fail.h"
#include "index/append.h"
#include "index/file.h"

/* Opens what index->file has. */
static enum errata_status open_file(struct errata_index *index,
                                    const struct errata__origin_bytes *from, bool verify,
                                    struct errata_error *error) {
    enum errata_status status = errata__directory_take(index, error);

    return status == ERRATA_OK && verify ? errata__verify(index, from, error) : status;
}

/* An index without rows whose file is still to be said; NULL: out of memory, as error says. */
static struct errata_index *begin(const char *name, const struct errata_open_options *options,
                                  struct errata_error *error) {
    struct errata_allocator allocator =
        errata__allocator_or_default(options == NULL ? NULL : options->allocator);
    size_t length = name == NULL ? 0 : strlen(name);
    struct errata_index *index = NULL;

    if (errata__index_new(&index, &allocator, 0, 0, false) == ERRATA_OK) {
        struct errata__file *file = errata__arena_zalloc(&index->arena, 1, sizeof *file);
        char *copy = errata__arena_zalloc(&index->arena, length + 1, 1);
        if (file != NULL && copy != NULL) {
            memcpy(copy, name == NULL ? "" : name, length);
            file->name = (struct errata_text){copy, length};
            index->file = file;
            return index;
        }
    }
    errata_index_free(index);
    errata__fail_plain(error, ERRATA_NO_MEMORY);
    return NULL;
}

/* Hands the index out, or frees it after a failure and says in which file that was. */
static enum errata_status finish(struct errata_index **out, struct errata_index *index,
                                 enum errata_status status, struct errata_error *error) {
    if (status != ERRATA_OK) {
        errata__fail_source(error, index->file->name);
        errata_index_free(index);
        return status;
    }
    *out = index;
    return ERRATA_OK;
}

enum errata_status errata__file_cannot(const char *what, int reason, struct errata_error *error) {
    char text[128];
    return errata__fail(error, ERRATA_CANNOT_READ, "%s: %s", what,
                        strerror_r(reason, text, sizeof text));
}

static enum errata_status map(struct errata__file *file, int fd, struct errata_error *error) {
    struct stat about;

    if (fstat(fd, &about) != 0) {
        return errata__file_cannot("cannot read", errno, error);
    }
    if (!S_ISREG(about.st_mode)) {
        return errata__fail(error, ERRATA_CANNOT_READ,
                            "a saved index is opened from a regular file only");
    }
    if (about.st_size == 0) {
        return errata__fail(error, ERRATA_NOT_INDEX, "not a saved index: the file is empty");
    }
    if ((uint64_t)about.st_size > SIZE_MAX) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (bytes == MAP_FAILED) {
        return errno == ENOMEM ? errata__fail_plain(error, ERRATA_NO_MEMORY)
                               : errata__file_cannot("cannot map", errno, error);
    }
    file->bytes = bytes;
    file->length = (uint64_t)about.st_size;
    file->mapped = true;
    return ERRATA_OK;
}

/* Where a mapping begins, as the calls that change one want it. */
static void *start_of(const struct errata__file *file) {
    union {
        const unsigned char *read;
        void *start;
    } bytes = {.read = file->bytes};
    return bytes.start;
}

void errata__file_forget(const struct errata__file *file) {
    if (file->mapped) {
        madvise(start_of(file), (size_t)file->length, MADV_DONTNEED);
    }
}

void errata__file_close(struct errata__file *file) {
    if (file != NULL && file->mapped) {
        munmap(start_of(file), (size_t)file->length);
    }
}

enum errata_status errata_index_open_fd(struct errata_index **out, int fd, const char *name,
                                        const struct errata_open_options *options,
                                        struct errata_error *error) {
    const struct errata__origin_bytes from = {.fd = fd};
    struct errata_index *index = begin(name, options, error);

    *out = NULL;
    if (index == NULL) {
        return ERRATA_NO_MEMORY;
    }
    enum errata_status status = map(index->file, fd, error);
    if (status == ERRATA_OK) {
        status = open_file(index, &from, options == NULL || !options->no_verify, error);
    }
    return finish(out, index, status, error);
}

enum errata_status errata_index_open(struct errata_index **out, const char *path,
                                     const struct errata_open_options *options,
                                     struct errata_error *error) {
    /* Not to wait for the writer of a FIFO; a regular file does not mind. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    *out = NULL;
    if (fd < 0) {
        enum errata_status status = errata__file_cannot("cannot open", errno, error);
        errata__fail_source(error, (struct errata_text){path, strlen(path)});
        return status;
    }
    enum errata_status status = errata_index_open_fd(out, fd, path, options, error);
    close(fd);
    return status;
}

enum errata_status errata_index_open_memory(struct errata_index **out, const void *bytes,
                                            size_t length,
                                            const struct errata_open_options *options,
                                            struct errata_error *error) {
    const struct errata__origin_bytes from = {.fd = -1, .bytes = bytes};

    *out = NULL;
    if ((uintptr_t)bytes % ERRATA__ALIGNMENT != 0) {
        return errata__fail(error, ERRATA_MISUSE, "the bytes are not aligned to %u",
                            ERRATA__ALIGNMENT);
    }
    struct errata_index *index = begin(NULL, options, error);
    if (index == NULL) {
        return ERRATA_NO_MEMORY;
    }
    index->file->bytes = bytes;
    index->file->length = length;
    enum errata_status status =
        open_file(index, &from, options == NULL || !options->no_verify, error);
    return finish(out, index, status, error);
}
