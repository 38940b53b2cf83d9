/*
 * The archive of a scan: see archive.h.
 */
#include "http/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fail.h"
#include "http/bucket.h"
#include "http/lines.h"
#include "http/unpack.h"

/* How long a line waits for others before it is put on the disk: half of what docs/api.md promises. */
#define WAIT ERRATA__SECOND

static enum errata_status fail(const struct errata__archive *archive, enum errata_status status,
                               const char *reason, struct errata_error *error) {
    errata__fail(error, status, "%s", reason);
    errata__fail_source(error, (struct errata_text){archive->path, strlen(archive->path)});
    return status;
}

static enum errata_status fail_errno(const struct errata__archive *archive,
                                     enum errata_status status, int reason,
                                     struct errata_error *error) {
    char text[128];
    char message[200] = "cannot be written: ";
    if (status == ERRATA_CANNOT_READ) {
        memcpy(message, "cannot be read: ", sizeof "cannot be read: ");
    }
    strncat(message, strerror_r(reason, text, sizeof text), sizeof message - strlen(message) - 1);
    return fail(archive, status, message, error);
}

static bool ends_in(const char *path, const char *ending) {
    size_t length = strlen(path);
    size_t wanted = strlen(ending);
    return length >= wanted && strcmp(path + length - wanted, ending) == 0;
}

static enum errata__form form_of(const char *path) {
    return ends_in(path, ".gz")    ? ERRATA__FORM_GZIP
           : ends_in(path, ".zst") ? ERRATA__FORM_ZSTD
                                   : ERRATA__FORM_PLAIN;
}

static enum errata_status open_file(struct errata__archive *archive, bool resume,
                                    struct errata_error *error) {
    struct stat there;
    archive->fd = open(archive->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
    if (archive->fd < 0 || fstat(archive->fd, &there) != 0) {
        return fail_errno(archive, ERRATA_CANNOT_WRITE, errno, error);
    }
    if (!S_ISREG(there.st_mode)) {
        return fail(archive, ERRATA_CANNOT_WRITE, "cannot be an archive: it is no regular file",
                    error);
    }
    if (flock(archive->fd, LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK
                   ? fail(archive, ERRATA_BUSY, "another process is writing it", error)
                   : fail_errno(archive, ERRATA_CANNOT_WRITE, errno, error);
    }
    /* Only now is it sure that nobody is writing it. */
    if (fstat(archive->fd, &there) != 0) {
        return fail_errno(archive, ERRATA_CANNOT_WRITE, errno, error);
    }
    if (there.st_size > 0 && !resume) {
        return fail(archive, ERRATA_CANNOT_WRITE,
                    "there is something in it: resume that scan, or name another file", error);
    }
    archive->whole = (uint64_t)there.st_size;
    return ERRATA_OK;
}

enum errata_status errata__archive_open(struct errata__archive *archive,
                                        const struct errata_allocator *allocator, const char *path,
                                        bool resume, struct errata_error *error) {
    *archive = (struct errata__archive){
        .path = path, .form = form_of(path), .fd = -1, .allocator = allocator};
    archive->pack = allocator->alloc(allocator->ctx, sizeof *archive->pack);
    if (archive->pack == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    enum errata_status status = errata__pack_init(archive->pack, archive->form, -1);
    if (status != ERRATA_OK) {
        return errata__fail_plain(error, status);
    }
    status = open_file(archive, resume, error);
    archive->pack->fd = archive->fd;
    return status;
}

void errata__archive_close(struct errata__archive *archive) {
    if (archive->pack != NULL) {
        errata__pack_free(archive->pack);
        archive->allocator->free(archive->allocator->ctx, archive->pack);
    }
    /* Closing the file gives up its lock. */
    if (archive->fd >= 0) {
        close(archive->fd);
    }
    archive->pack = NULL;
    archive->fd = -1;
}

/* ---- taking up what is there */

struct loading {
    struct errata__lines lines;
    /* NULL: it is only looked at. */
    errata__bytes_function *feed;
    void *ctx;
    bool fed;
};

static enum errata_status take(void *ctx, const void *bytes, size_t length) {
    struct loading *loading = ctx;
    enum errata_status status = errata__lines_take(&loading->lines, bytes, length);
    if (status == ERRATA_OK && loading->feed != NULL) {
        status = loading->feed(loading->ctx, bytes, length);
        loading->fed = status != ERRATA_OK;
    }
    return status;
}

/* Names the place; so much of the file is whole. */
static enum errata_status fail_damaged(const struct errata__archive *archive, uint64_t at,
                                       uint64_t whole, struct errata_error *error) {
    char message[200];
    snprintf(message, sizeof message,
             whole == 0 ? "it is damaged at byte %llu, or no archive of a scan"
                        : "it is damaged at byte %llu; its first %llu bytes are whole",
             (unsigned long long)at, (unsigned long long)whole);
    return fail(archive, ERRATA_MISMATCH, message, error);
}

/* Is what stands behind the whole pieces what was being written when the file was cut off? */
static enum errata_status check_ending(const struct errata__archive *archive,
                                       const struct errata__unpacked *unpacked,
                                       struct errata_error *error) {
    uint64_t size = archive->whole;
    uint64_t behind = size;
    enum errata_status status = ERRATA_OK;
    bool ours = true;
    switch (unpacked->ending) {
    case ERRATA__ENDING_DAMAGED:
        return fail_damaged(archive, unpacked->end, unpacked->whole, error);
    case ERRATA__ENDING_SPLIT:
        return fail(archive, ERRATA_MISMATCH, "its last line has no end", error);
    case ERRATA__ENDING_OPEN:
        status = errata__unpack_begins(archive->fd, archive->form, unpacked->whole, &ours);
        if (status == ERRATA_OK && !ours) {
            return fail_damaged(archive, unpacked->whole, unpacked->whole, error);
        }
        if (status == ERRATA_OK) {
            status =
                errata__unpack_behind(archive->fd, archive->form, unpacked->whole, size, &behind);
        }
        break;
    case ERRATA__ENDING_WHOLE:
        break;
    }
    if (status != ERRATA_OK) {
        return status == ERRATA_CANNOT_READ ? fail_errno(archive, status, errno, error)
                                            : errata__fail_plain(error, status);
    }
    return behind < size ? fail_damaged(archive, unpacked->whole, unpacked->whole, error)
                         : ERRATA_OK;
}

/* Takes the text of the first `size` bytes. */
static enum errata_status unpack(struct errata__archive *archive,
                                 const struct errata__line_names *names, struct errata__ids *ids,
                                 struct loading *loading, uint64_t size,
                                 struct errata__unpacked *unpacked, struct errata_error *error) {
    enum errata_status status = errata__lines_init(&loading->lines, archive->allocator, names, ids);
    if (status == ERRATA_OK) {
        status = errata__unpack(archive->fd, archive->form, 0, size, take, loading, unpacked);
    }
    int reason = errno;
    errata__lines_free(&loading->lines);
    if (status == ERRATA_OK || loading->fed) {
        return status;
    }
    if (status == ERRATA_MISMATCH &&
        (unpacked->ending == ERRATA__ENDING_DAMAGED || unpacked->ending == ERRATA__ENDING_OPEN)) {
        enum errata_status damage = check_ending(archive, unpacked, error);
        if (damage != ERRATA_OK) {
            return damage;
        }
    }
    if (status == ERRATA_MISMATCH) {
        fail(archive, status, loading->lines.reason, error);
        if (error != NULL) {
            error->document = loading->lines.number;
        }
        return status;
    }
    return status == ERRATA_CANNOT_READ ? fail_errno(archive, status, reason, error)
                                        : errata__fail_plain(error, status);
}

enum errata_status errata__archive_load(struct errata__archive *archive,
                                        const struct errata__line_names *names,
                                        struct errata__ids *ids, errata__bytes_function *feed,
                                        void *ctx, struct errata_error *error) {
    struct loading look = {.feed = NULL};
    struct loading loading = {.feed = feed, .ctx = ctx};
    struct errata__unpacked unpacked = {0};
    struct errata__unpacked same = {0};
    if (archive->whole == 0) {
        return ERRATA_OK;
    }
    /* Also the beginning of what is cut off must be ours, or a stranger's file would be cut. */
    enum errata_status status =
        unpack(archive, names, NULL, &look, archive->whole, &unpacked, error);
    if (status == ERRATA_OK) {
        status = check_ending(archive, &unpacked, error);
    }
    if (status == ERRATA_OK) {
        status = unpack(archive, names, ids, &loading, unpacked.whole, &same, error);
    }
    /* Not before all of it has turned out to be ours. */
    if (status == ERRATA_OK && (ftruncate(archive->fd, (off_t)unpacked.whole) != 0 ||
                                lseek(archive->fd, (off_t)unpacked.whole, SEEK_SET) < 0)) {
        status = fail_errno(archive, ERRATA_CANNOT_WRITE, errno, error);
    }
    if (status == ERRATA_OK) {
        archive->whole = unpacked.whole;
        archive->lines = loading.lines.number;
    }
    return status;
}

/* ---- writing */

void errata__archive_drop(struct errata__archive *archive) {
    int cut = ftruncate(archive->fd, (off_t)archive->whole);
    (void)cut;
    archive->since = 0;
    archive->waiting = 0;
    archive->pack->open = false;
    archive->pack->length = 0;
}

/* What was written since the last flush may be half a piece. */
static enum errata_status cut_back(struct errata__archive *archive, enum errata_status status,
                                   int reason, struct errata_error *error) {
    errata__archive_drop(archive);
    return status == ERRATA_NO_MEMORY ? errata__fail_plain(error, status)
                                      : fail_errno(archive, status, reason, error);
}

enum errata_status errata__archive_add(struct errata__archive *archive, const void *bytes,
                                       size_t length, struct errata_error *error) {
    enum errata_status status = errata__pack_add(archive->pack, bytes, length);
    return status == ERRATA_OK ? status : cut_back(archive, status, errno, error);
}

void errata__archive_line(struct errata__archive *archive, int64_t now) {
    archive->since = archive->since == 0 ? now : archive->since;
    archive->waiting++;
}

enum errata_status errata__archive_flush(struct errata__archive *archive,
                                         struct errata_error *error) {
    if (archive->since == 0) {
        return ERRATA_OK;
    }
    enum errata_status status = errata__pack_end(archive->pack);
    off_t end = status == ERRATA_OK ? lseek(archive->fd, 0, SEEK_CUR) : -1;
    if (status == ERRATA_OK && end < 0) {
        status = ERRATA_CANNOT_WRITE;
    }
    if (status != ERRATA_OK) {
        return cut_back(archive, status, errno, error);
    }
    archive->whole = (uint64_t)end;
    archive->lines += archive->waiting;
    archive->waiting = 0;
    archive->since = 0;
    return ERRATA_OK;
}

enum errata_status errata__archive_turn(struct errata__archive *archive, int64_t now, int64_t *wait,
                                        struct errata_error *error) {
    if (archive->since == 0) {
        return ERRATA_OK;
    }
    int64_t left = archive->since + WAIT - now;
    if (left <= 0) {
        return errata__archive_flush(archive, error);
    }
    *wait = left < *wait ? left : *wait;
    return ERRATA_OK;
}
