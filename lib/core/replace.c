/*
 * Replacing a file: see replace.h. Everything goes by the folder's descriptor, so that a folder that is renamed
 * meanwhile does not lead astray.
 */
#include "core/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/fail.h"
#include "core/utf8.h"

/* As many as the kernel follows. */
#define MOST_LINKS 40
/* How often a name may turn out to lead to another file than a moment ago. */
#define MOST_TRIES 100

#define BEFORE "."
#define BEHIND ".tmp"

static void name_source(const struct errata__replace *replace, struct errata_error *error) {
    errata__fail_source(error, (struct errata_text){replace->path, strlen(replace->path)});
}

static enum errata_status fail(const struct errata__replace *replace, int reason,
                               struct errata_error *error) {
    char text[128];
    errata__fail(error, ERRATA_CANNOT_WRITE, "cannot be written: %s",
                 strerror_r(reason, text, sizeof text));
    name_source(replace, error);
    return ERRATA_CANNOT_WRITE;
}

/* The trouble is not the file but what stands under its temporary name. */
static enum errata_status fail_beside(const struct errata__replace *replace, const char *reason,
                                      struct errata_error *error) {
    char shown[300];
    errata__utf8_escape(replace->temporary, strlen(replace->temporary), shown, sizeof shown);
    errata__fail(error, ERRATA_CANNOT_WRITE, "cannot be written: %s is in the way beside it: %s",
                 shown, reason);
    name_source(replace, error);
    return ERRATA_CANNOT_WRITE;
}

static enum errata_status fail_busy(const struct errata__replace *replace,
                                    struct errata_error *error) {
    errata__fail(error, ERRATA_BUSY, "another process is writing it");
    name_source(replace, error);
    return ERRATA_BUSY;
}

/* Closing the file gives up its lock. */
static void close_both(struct errata__replace *replace) {
    if (replace->fd >= 0) {
        close(replace->fd);
    }
    if (replace->folder >= 0) {
        close(replace->folder);
    }
    replace->fd = -1;
    replace->folder = AT_FDCWD;
}

/* Opens the folder of path, which is relative to the one that is open, and keeps the name in it. 0, or errno. */
static int open_folder(struct errata__replace *replace, const char *path) {
    char folder[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t length = (size_t)(name - path);
    if (length >= sizeof folder || strlen(name) > NAME_MAX) {
        return ENAMETOOLONG;
    }
    if (path[0] == '\0') {
        return ENOENT;
    }
    if (name[0] == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        return EISDIR;
    }
    if (length > 0) {
        memcpy(folder, path, length);
        folder[length] = '\0';
    }
    int fd = openat(replace->folder, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 && errno == EACCES) {
        /* One may write into a folder that one may not list. */
        fd = openat(replace->folder, folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    if (fd < 0) {
        return errno;
    }
    if (replace->folder >= 0) {
        close(replace->folder);
    }
    replace->folder = fd;
    memcpy(replace->name, name, strlen(name) + 1);
    return 0;
}

/* Links of /proc, to which /dev/stdout and /dev/fd/3 lead, stand for what a process has open. Their text is only what that
   was called: to follow it would be to replace a log that somebody is writing. */
static bool is_proc(int folder) {
    struct statfs system;
    return fstatfs(folder, &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
}

/* Finds where the file really is, also where a link leads to nothing yet. *open: it is a link of /proc. 0, or errno. */
static int resolve(struct errata__replace *replace, bool *open) {
    char link[PATH_MAX];
    int reason = open_folder(replace, replace->path);
    *open = false;
    for (int links = 0; reason == 0; links++) {
        ssize_t length = readlinkat(replace->folder, replace->name, link, sizeof link);
        if (length < 0) {
            return errno == EINVAL || errno == ENOENT ? 0 : errno;
        }
        if (is_proc(replace->folder)) {
            *open = true;
            return 0;
        }
        if (links == MOST_LINKS) {
            return ELOOP;
        }
        if ((size_t)length == sizeof link) {
            return ENAMETOOLONG;
        }
        link[length] = '\0';
        reason = open_folder(replace, link);
    }
    return reason;
}

/* `.NAME.tmp`, the middle cut at a character to what the file system takes. */
static void name_temporary(struct errata__replace *replace) {
    long most = fpathconf(replace->folder, _PC_NAME_MAX);
    size_t whole = most > 0 && most < NAME_MAX ? (size_t)most : NAME_MAX;
    size_t room = whole - strlen(BEFORE BEHIND);
    size_t length = strlen(replace->name);
    if (length > room) {
        length = room;
        while (length > 0 && ((unsigned char)replace->name[length] & 0xC0U) == 0x80U) {
            length--;
        }
    }
    snprintf(replace->temporary, sizeof replace->temporary, BEFORE "%.*s" BEHIND, (int)length,
             replace->name);
}

/* Does the temporary name lead to the file that is open? */
static bool is_ours(const struct errata__replace *replace) {
    struct stat open;
    struct stat named;
    return fstat(replace->fd, &open) == 0 &&
           fstatat(replace->folder, replace->temporary, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

/* Opens what stands under the temporary name. For writing, since some network file systems lock only such; but a file
   whose mode forbids that may be replaced, and so may what was to replace it. */
static int open_temporary(const struct errata__replace *replace) {
    const int flags = O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    int fd = openat(replace->folder, replace->temporary, O_WRONLY | flags);
    return fd < 0 && errno == EACCES ? openat(replace->folder, replace->temporary, O_RDONLY | flags)
                                     : fd;
}

/* What cannot be opened is hardly a file, and errno says that in many ways. */
static enum errata_status fail_unopened(const struct errata__replace *replace, int reason,
                                        struct errata_error *error) {
    char text[128];
    struct stat there;
    if (fstatat(replace->folder, replace->temporary, &there, AT_SYMLINK_NOFOLLOW) != 0 ||
        S_ISREG(there.st_mode)) {
        return fail_beside(replace, strerror_r(reason, text, sizeof text), error);
    }
    return fail_beside(replace,
                       S_ISDIR(there.st_mode)    ? "it is a folder; remove it"
                       : S_ISLNK(there.st_mode)  ? "it is a link; remove it"
                       : S_ISFIFO(there.st_mode) ? "it is a FIFO; remove it"
                                                 : "it is no regular file; remove it",
                       error);
}

/* Takes away what stands under the temporary name, unless somebody is writing it. A file that was left behind is not
   written over, since its owner, its mode and other links to it might be anybody's. */
static enum errata_status clear_away(struct errata__replace *replace, struct errata_error *error) {
    struct stat there;
    enum errata_status status = ERRATA_OK;
    replace->fd = open_temporary(replace);
    if (replace->fd < 0) {
        return errno == ENOENT ? ERRATA_OK : fail_unopened(replace, errno, error);
    }
    if (fstat(replace->fd, &there) != 0 || !S_ISREG(there.st_mode)) {
        status = fail_beside(replace, "it is no regular file; remove it", error);
    } else if (flock(replace->fd, LOCK_EX | LOCK_NB) != 0) {
        status = errno == EWOULDBLOCK ? fail_busy(replace, error) : fail(replace, errno, error);
    } else if (is_ours(replace) && unlinkat(replace->folder, replace->temporary, 0) != 0) {
        status = fail(replace, errno, error);
    }
    close(replace->fd);
    replace->fd = -1;
    return status;
}

/* Makes the temporary file and locks it. Between the two another writer may lock it, as if it had been left behind. */
static enum errata_status create(struct errata__replace *replace, mode_t mode,
                                 struct errata_error *error) {
    for (int try = 0; try < MOST_TRIES; try++) {
        replace->fd = openat(replace->folder, replace->temporary,
                             O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (replace->fd < 0) {
            enum errata_status status =
                errno == EEXIST ? clear_away(replace, error) : fail(replace, errno, error);
            if (status != ERRATA_OK) {
                return status;
            }
        } else if (flock(replace->fd, LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK) {
                break;
            }
            enum errata_status status = fail(replace, errno, error);
            errata__replace_remove(replace);
            return status;
        } else if (is_ours(replace)) {
            return ERRATA_OK;
        } else {
            close(replace->fd);
            replace->fd = -1;
        }
    }
    return fail_busy(replace, error);
}

int errata__replace_descriptor(const char *path) {
    struct errata__replace replace = {.path = path, .folder = AT_FDCWD, .fd = -1};
    struct stat named;
    struct stat ours;
    bool open;
    char *end;
    int found = -1;
    if (resolve(&replace, &open) == 0 && open &&
        fstatat(replace.folder, replace.name, &named, 0) == 0 && !S_ISDIR(named.st_mode)) {
        long number = strtol(replace.name, &end, 10);
        /* Another process's number may be one of ours for something else. */
        if (*end == '\0' && number >= 0 && number <= INT_MAX && fstat((int)number, &ours) == 0 &&
            ours.st_dev == named.st_dev && ours.st_ino == named.st_ino) {
            found = (int)number;
        }
    }
    close_both(&replace);
    return found;
}

enum errata_status errata__replace_begin(struct errata__replace *replace, const char *path,
                                         struct errata_error *error) {
    struct stat there;
    bool open;
    *replace = (struct errata__replace){.path = path, .folder = AT_FDCWD, .fd = -1};
    int reason = resolve(replace, &open);
    bool exists =
        reason == 0 && fstatat(replace->folder, replace->name, &there, AT_SYMLINK_NOFOLLOW) == 0;
    enum errata_status status;
    if (reason != 0) {
        status = fail(replace, reason, error);
    } else if (open) {
        errata__fail(error, ERRATA_CANNOT_WRITE,
                     "cannot be replaced: it stands for what a process has open, and is no name");
        name_source(replace, error);
        status = ERRATA_CANNOT_WRITE;
    } else if (exists && S_ISDIR(there.st_mode)) {
        status = fail(replace, EISDIR, error);
    } else if (exists && !S_ISREG(there.st_mode)) {
        errata__fail(error, ERRATA_CANNOT_WRITE, "cannot be replaced: it is no regular file");
        name_source(replace, error);
        status = ERRATA_CANNOT_WRITE;
    } else {
        name_temporary(replace);
        status = create(replace, exists ? there.st_mode & 0777 : 0666, error);
    }
    if (status != ERRATA_OK) {
        close_both(replace);
    } else if (exists && fchmod(replace->fd, there.st_mode & 0777) != 0) {
        /* Then it has the mode of a new file, which is nothing to stop for. */
        errno = 0;
    }
    return status;
}

enum errata_status errata__replace_write(struct errata__replace *replace, const void *bytes,
                                         size_t length, struct errata_error *error) {
    const char *at = bytes;
    while (length > 0) {
        ssize_t written = write(replace->fd, at, length);
        if (written >= 0) {
            at += written;
            length -= (size_t)written;
        } else if (errno != EINTR) {
            return fail(replace, errno, error);
        }
    }
    return ERRATA_OK;
}

/* Some file systems cannot be asked for this, and say so. */
static bool sync_folder(int folder) {
    return fsync(folder) == 0 || errno == EINVAL || errno == EBADF;
}

/* The file is the new one, and there is no way back that could not fail as well. */
static enum errata_status fail_late(const struct errata__replace *replace, int reason,
                                    struct errata_error *error) {
    char text[128];
    errata__fail(error, ERRATA_CANNOT_WRITE,
                 "was written, but the file before may come back after a power cut: %s",
                 strerror_r(reason, text, sizeof text));
    name_source(replace, error);
    return ERRATA_CANNOT_WRITE;
}

enum errata_status errata__replace_commit(struct errata__replace *replace,
                                          struct errata_error *error) {
    enum errata_status status = ERRATA_OK;
    if (fsync(replace->fd) != 0) {
        status = fail(replace, errno, error);
    } else if (!is_ours(replace)) {
        status = fail_beside(replace, "it is no longer what was written", error);
    } else if (renameat(replace->folder, replace->temporary, replace->folder, replace->name) != 0) {
        status = fail(replace, errno, error);
    } else if (!sync_folder(replace->folder)) {
        status = fail_late(replace, errno, error);
    }
    errata__replace_abandon(replace);
    return status;
}

void errata__replace_remove(const struct errata__replace *replace) {
    if (replace->fd >= 0 && is_ours(replace)) {
        unlinkat(replace->folder, replace->temporary, 0);
    }
}

void errata__replace_abandon(struct errata__replace *replace) {
    errata__replace_remove(replace);
    close_both(replace);
}
