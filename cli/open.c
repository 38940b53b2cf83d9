/*
 * Opening an input: see open.h.
 */
#include "open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"

static enum exit_status cannot_read(const char *name) {
    say("%s: cannot read: %s", name, strerror(errno));
    return EXIT_INPUT;
}

/* As read(), but whole unless the input ends before, and however often it is interrupted. */
static ssize_t read_whole(int fd, char *bytes, size_t room) {
    size_t length = 0;

    while (length < room) {
        ssize_t got = read(fd, bytes + length, room - length);

        if (got < 0 && errno != EINTR) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        length += got > 0 ? (size_t)got : 0;
    }
    return (ssize_t)length;
}

/* Is all that it gives a regular file from its beginning? (A shell may have read some of it before.) */
static bool is_whole_file(int fd) {
    struct stat file;

    return fstat(fd, &file) == 0 && S_ISREG(file.st_mode) && lseek(fd, 0, SEEK_CUR) == 0;
}

enum exit_status opened_open(struct opened *opened, const char *name) {
    bool standard = strcmp(name, "-") == 0;
    bool whole;
    ssize_t got;

    *opened = (struct opened){.name = name, .fd = STDIN_FILENO};
    if (!standard) {
        opened->fd = open(name, O_RDONLY | O_CLOEXEC);
        if (opened->fd < 0) {
            return cannot_read(name);
        }
    }
    whole = is_whole_file(opened->fd);
    got = whole ? pread(opened->fd, opened->peeked, sizeof opened->peeked, 0)
                : read_whole(opened->fd, opened->peeked, sizeof opened->peeked);
    if (got < 0) {
        return cannot_read(name);
    }
    opened->saved = errata_index_is_saved(opened->peeked, (size_t)got);
    opened->n_peeked = whole ? 0 : (size_t)got;
    return EXIT_GOOD;
}

bool opened_is_payload_file(const char *name) {
    char magic[ERRATA_MAGIC_SIZE];
    ssize_t got = -1;
    struct stat file;
    int fd = -1;

    /* A pipe must not be opened twice: whoever writes to it would be cut off. */
    if (strcmp(name, "-") != 0 && stat(name, &file) == 0 && S_ISREG(file.st_mode)) {
        fd = open(name, O_RDONLY | O_CLOEXEC);
    }
    if (fd >= 0) {
        got = pread(fd, magic, sizeof magic, 0);
        close(fd);
    }
    return got >= 0 && !errata_index_is_saved(magic, (size_t)got);
}

void opened_close(struct opened *opened) {
    if (opened->fd > STDIN_FILENO) {
        close(opened->fd);
    }
}

enum errata_status opened_read(const struct opened *opened, struct errata_reader *reader,
                               enum errata_framing framing, struct errata_error *error) {
    struct errata_origin origin = {.name = {opened->name, strlen(opened->name)},
                                   .framing = framing};

    if (opened->fd == STDIN_FILENO) {
        origin.kind = ERRATA_SOURCE_STREAM;
    }
    return errata_reader_read_peeked(reader, opened->peeked, opened->n_peeked, opened->fd, &origin,
                                     error);
}

/* A file that nothing remains of. Not every file system has O_TMPFILE. */
static int create_nameless(const char *folder) {
    int fd = open(folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    char *name;

    if (fd >= 0) {
        return fd;
    }
    name = join_words(folder, "/errata-XXXXXX");
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0) {
        unlink(name);
    }
    free(name);
    return fd;
}

static bool write_whole(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);

        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* Copies all that the input gives to a file without a name. */
static enum exit_status spool(int *copy, const struct opened *opened) {
    const char *set = getenv("TMPDIR");
    const char *folder = set && *set != '\0' ? set : "/tmp";
    char buffer[1 << 16];
    ssize_t got = 0;
    bool good;

    *copy = create_nameless(folder);
    good = *copy >= 0 && write_whole(*copy, opened->peeked, opened->n_peeked);
    while (good && (got = read_whole(opened->fd, buffer, sizeof buffer)) > 0) {
        good = write_whole(*copy, buffer, (size_t)got);
    }
    if (good && got == 0) {
        return EXIT_GOOD;
    }
    if (good) {
        return cannot_read(opened->name);
    }
    say("%s: cannot hold a copy of the index that comes from %s: %s; TMPDIR may name another "
        "folder",
        folder, opened->name, strerror(errno));
    return EXIT_MACHINE;
}

static enum exit_status map(struct errata_index **index, uint64_t *size, int fd, const char *name,
                            bool no_verify) {
    const struct errata_open_options options = {.no_verify = no_verify};
    struct errata_error error;
    struct stat file;

    if (fstat(fd, &file) == 0) {
        *size = (uint64_t)file.st_size;
    }
    return errata_index_open_fd(index, fd, name, &options, &error) ? say_error(&error) : EXIT_GOOD;
}

enum exit_status opened_map(struct errata_index **index, uint64_t *size,
                            const struct opened *opened, bool no_verify) {
    enum exit_status status;
    int copy;

    *size = 0;
    if (opened->n_peeked == 0) {
        return map(index, size, opened->fd, opened->name, no_verify);
    }
    status = spool(&copy, opened);
    if (status == EXIT_GOOD) {
        status = map(index, size, copy, opened->name, no_verify);
    }
    if (copy >= 0) {
        close(copy);
    }
    return status;
}
