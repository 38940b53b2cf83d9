/*
 * Writing results: see output.h.
 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fail.h"
#include "temporary.h"

#define FULL ((size_t)64 * 1024)

static void fail(struct output *output) {
    output->status =
        errata__fail(&output->error, errno == EPIPE ? ERRATA_CLOSED : ERRATA_CANNOT_WRITE,
                     "cannot be written: %s", strerror(errno));
}

/* Another descriptor for what one of ours is open for, so that both go on from the same place in a file. */
static void open_descriptor(struct output *output, int ours) {
    if ((fcntl(ours, F_GETFL) & O_ACCMODE) == O_RDONLY) {
        errno = EBADF;
        output->fd = -1;
    } else {
        output->fd = fcntl(ours, F_DUPFD_CLOEXEC, 0);
    }
    if (output->fd < 0) {
        fail(output);
    }
}

/* An open descriptor, a device or a pipe is written in place; a file is replaced, or made. */
static void open_file(struct output *output, const char *path) {
    int ours = errata__replace_descriptor(path);
    struct stat there;

    if (ours >= 0) {
        open_descriptor(output, ours);
    } else if (stat(path, &there) == 0 && !S_ISREG(there.st_mode)) {
        output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (output->fd < 0) {
            fail(output);
        }
    } else {
        output->fd = -1;
        output->status = temporary_begin(&output->replace, path, &output->error);
    }
}

bool output_open(struct output *output, const char *path) {
    *output = (struct output){.fd = STDOUT_FILENO, .name = "standard output"};
    if (path && strcmp(path, "-") != 0) {
        output->name = path;
        open_file(output, path);
    }
    if (output->status != ERRATA_OK) {
        say("%s: %s", path, output->error.message);
    }
    return output->status == ERRATA_OK;
}

/* Waits until a descriptor that somebody else made non-blocking takes bytes again. */
static void wait_until_ready(int fd) {
    struct pollfd poller = {.fd = fd, .events = POLLOUT};

    int result;

    do {
        result = poll(&poller, 1, -1);
    } while (result < 0 && errno == EINTR);
}

static void write_out(struct output *output, const char *bytes, size_t length) {
    if (output->fd < 0 && output->status == ERRATA_OK) {
        output->status = errata__replace_write(&output->replace, bytes, length, &output->error);
        return;
    }
    while (length > 0 && output->status == ERRATA_OK) {
        ssize_t written = write(output->fd, bytes, length);

        if (written >= 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN) {
            wait_until_ready(output->fd);
        } else if (errno != EINTR) {
            fail(output);
        }
    }
}

static void flush(struct output *output) {
    write_out(output, output->buffer.data, output->buffer.length);
    output->buffer.length = 0;
}

enum errata_status output_write(void *ctx, const void *bytes, size_t length) {
    struct output *output = ctx;

    if (length >= FULL) {
        flush(output);
        write_out(output, bytes, length);
        return output->status;
    }
    line_add(&output->buffer, bytes, length);
    if (output->buffer.length >= FULL) {
        flush(output);
    }
    return output->status;
}

void output_line(struct output *output, struct line *line) {
    /* A failure stays in the output. */
    (void)!output_write(output, line->data, line->length);
    line->length = 0;
}

/* Some file systems tell only now that there was no room. */
static void close_descriptor(struct output *output) {
    int fd = output->fd;

    /* Standard output itself stays open: descriptor 1 must not become something else. */
    if (fd == STDOUT_FILENO) {
        fd = dup(fd);
    }
    if (fd >= 0 && close(fd) != 0 && errno != EINTR && output->status == ERRATA_OK) {
        fail(output);
    }
}

enum exit_status output_close(struct output *output, bool keep) {
    if (keep) {
        flush(output);
    }
    if (output->fd >= 0) {
        close_descriptor(output);
    } else if (keep && output->status == ERRATA_OK) {
        output->status = temporary_commit(&output->replace, &output->error);
    } else {
        temporary_abandon(&output->replace);
    }
    if (output->status != ERRATA_OK && output->status != ERRATA_CLOSED) {
        say("%s: %s", output->name, output->error.message);
    }
    line_free(&output->buffer);
    return exit_of(output->status);
}

enum exit_status output_close_side(struct output *output, bool keep) {
    enum exit_status status = output_close(output, keep);

    if (output->status != ERRATA_CLOSED) {
        return status;
    }
    say("%s: %s", output->name, output->error.message);
    return EXIT_MACHINE;
}

bool output_is_file(const struct output *output) {
    struct stat there;

    return output->fd < 0 || (fstat(output->fd, &there) == 0 && S_ISREG(there.st_mode));
}

bool output_is_terminal(const struct output *output) {
    return isatty(output->fd) == 1;
}
