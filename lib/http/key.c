/*
 * The API key: see key.h.
 */
#include "http/key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fail.h"
#include "json/text.h"

void errata__key_wipe(struct errata__key *key) {
    explicit_bzero(key, sizeof *key);
}

/* Cuts the length bytes in key to a key, or says why they are none. */
static enum errata_status settle(struct errata__key *key, size_t length,
                                 struct errata_error *error) {
    while (length > 0 && errata__json_is_white(key->text[length - 1])) {
        length--;
    }
    key->text[length] = '\0';
    if (length == 0) {
        return errata__fail(error, ERRATA_MISUSE, "the API key is empty");
    }
    for (size_t i = 0; i < length; i++) {
        if (key->text[i] <= ' ' || key->text[i] > '~') {
            return errata__fail(error, ERRATA_MISUSE,
                                "the API key has a byte in it that is no printable ASCII");
        }
    }
    return ERRATA_OK;
}

static enum errata_status fail_file(const char *path, const char *reason,
                                    struct errata_error *error) {
    errata__fail(error, ERRATA_CANNOT_READ, "%s", reason);
    errata__fail_source(error, (struct errata_text){path, strlen(path)});
    return ERRATA_CANNOT_READ;
}

/* Reads what is in the file, as far as there is room; *length is its bytes up to the first line end. */
static bool read_line(struct errata__key *key, int fd, size_t *length) {
    size_t have = 0;
    while (have < sizeof key->text) {
        ssize_t got = read(fd, key->text + have, sizeof key->text - have);
        if (got < 0 && errno != EINTR) {
            return false;
        }
        if (got == 0) {
            break;
        }
        have += got < 0 ? 0 : (size_t)got;
    }
    const char *end = memchr(key->text, '\n', have);
    *length = end != NULL ? (size_t)(end - key->text) : have;
    return true;
}

static enum errata_status take_file(struct errata__key *key, const char *path,
                                    struct errata_error *error) {
    char text[128];
    struct stat there;
    size_t length = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return fail_file(path, strerror_r(errno, text, sizeof text), error);
    }
    enum errata_status status = ERRATA_OK;
    if (fstat(fd, &there) != 0) {
        status = fail_file(path, strerror_r(errno, text, sizeof text), error);
    } else if ((there.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        status = fail_file(path, "others may read this key file: chmod 600 it", error);
    } else if (!read_line(key, fd, &length)) {
        status = fail_file(path, strerror_r(errno, text, sizeof text), error);
    } else if (length == sizeof key->text) {
        status = fail_file(path, "too long for a key", error);
    }
    close(fd);
    return status == ERRATA_OK ? settle(key, length, error) : status;
}

enum errata_status errata__key_take(struct errata__key *key,
                                    const struct errata_client_options *options,
                                    struct errata_error *error) {
    enum errata_status status;
    if (options->key_file != NULL) {
        status = take_file(key, options->key_file, error);
    } else if (options->key.data == NULL) {
        status = errata__fail(error, ERRATA_MISUSE, "no API key was given");
    } else if (options->key.length >= sizeof key->text) {
        status = errata__fail(error, ERRATA_MISUSE, "the API key is too long");
    } else {
        memcpy(key->text, options->key.data, options->key.length);
        status = settle(key, options->key.length, error);
    }
    if (status != ERRATA_OK) {
        errata__key_wipe(key);
    }
    return status;
}
