/*
 * Writing results: see output.h.
 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "temporary.h"

#define FULL ((size_t)64 * 1024)

/* An existing regular file is replaced where it really is (not the link to it) and keeps its mode; a device
   or a pipe is written in place; else a new file is made. */
static bool open_file(struct output *output, const char *path) {
    struct stat there;
    bool exists = stat(path, &there) == 0;

    if (exists && !S_ISREG(there.st_mode)) {
        output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return output->fd >= 0;
    }
    output->path = exists ? realpath(path, NULL) : copy_words(path);
    if (!output->path) {
        return false;
    }
    output->fd = temporary_create(output->path, &output->temporary);
    if (output->fd >= 0 && exists && fchmod(output->fd, there.st_mode & 0777) != 0) {
        /* Then it has the mode of a new file, which is nothing to stop for. */
        errno = 0;
    }
    return output->fd >= 0;
}

bool output_open(struct output *output, const char *path) {
    *output = (struct output){.fd = STDOUT_FILENO, .name = "standard output"};
    if (!path || strcmp(path, "-") == 0) {
        return true;
    }
    output->name = path;
    if (open_file(output, path)) {
        return true;
    }
    say("%s: cannot be written: %s", path, strerror(errno));
    free(output->path);
    output->path = NULL;
    return false;
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
    while (length > 0 && output->status == ERRATA_OK) {
        ssize_t written = write(output->fd, bytes, length);

        if (written >= 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN) {
            wait_until_ready(output->fd);
        } else if (errno != EINTR) {
            output->reason = errno;
            output->status = errno == EPIPE ? ERRATA_CLOSED : ERRATA_CANNOT_WRITE;
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
        output->reason = errno;
        output->status = ERRATA_CANNOT_WRITE;
    }
}

enum exit_status output_close(struct output *output, bool keep) {
    if (keep) {
        flush(output);
    }
    close_descriptor(output);
    if (output->temporary && (!keep || output->status != ERRATA_OK)) {
        temporary_remove(output->temporary);
    } else if (output->temporary && temporary_keep(output->temporary, output->path) != 0) {
        output->reason = errno;
        output->status = ERRATA_CANNOT_WRITE;
    }
    if (output->status == ERRATA_CANNOT_WRITE) {
        say("%s: cannot be written: %s", output->name, strerror(output->reason));
    }
    free(output->path);
    line_free(&output->buffer);
    return exit_of(output->status);
}

enum exit_status output_close_side(struct output *output, bool keep) {
    enum exit_status status = output_close(output, keep);

    if (output->status != ERRATA_CLOSED) {
        return status;
    }
    say("%s: cannot be written: %s", output->name, strerror(output->reason));
    return EXIT_MACHINE;
}

bool output_is_terminal(const struct output *output) {
    return isatty(output->fd) == 1;
}
