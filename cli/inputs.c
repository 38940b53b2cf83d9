/*
 * Finding the files: see inputs.h.
 */
#include "inputs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum exit_status complain(const char *name, int reason) {
    say("%s: %s", name, strerror(reason));
    return EXIT_INPUT;
}

/* The real user's rights do not matter, those that open() goes by do. */
static enum exit_status add_file(struct words *names, const char *name) {
    if (faccessat(AT_FDCWD, name, R_OK, AT_EACCESS) != 0)
        return complain(name, errno);
    words_add(names, name);
    return EXIT_GOOD;
}

static int by_bytes(const void *one, const void *other) {
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* All names in a folder that are not hidden, in byte order. Returns 0 or errno. */
static int list_folder(struct words *entries, const char *path) {
    DIR *folder = opendir(path);
    struct dirent *entry;
    int reason;

    if (!folder)
        return errno;
    while (errno = 0, (entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] != '.')
            words_add(entries, copy_words(entry->d_name));
    }
    reason = errno;
    closedir(folder);
    if (entries->count > 1)
        qsort(entries->at, entries->count, sizeof *entries->at, by_bytes);
    return reason;
}

static enum exit_status add_folder(struct words *names, const char *path);

/* A link to a folder is left out, for it may lead back up; a pipe or a socket is no file to read. */
// NOLINTNEXTLINE(misc-no-recursion)
static enum exit_status add_entry(struct words *names, const char *path) {
    struct stat own;
    struct stat target;

    if (lstat(path, &own) != 0 || stat(path, &target) != 0)
        return complain(path, errno);
    if (S_ISDIR(own.st_mode))
        return add_folder(names, path);
    if (S_ISREG(target.st_mode))
        return add_file(names, path);
    return EXIT_GOOD;
}

/* As deep as a path can be long. */
// NOLINTNEXTLINE(misc-no-recursion)
static enum exit_status add_folder(struct words *names, const char *path) {
    size_t length = strlen(path);
    char *prefix = join_words(path, length > 0 && path[length - 1] == '/' ? "" : "/");
    struct words entries = {0};
    int reason = list_folder(&entries, path);
    enum exit_status status = reason ? complain(path, reason) : EXIT_GOOD;

    for (size_t i = 0; i < entries.count; i++) {
        /* Names live as long as the program: they are the sources' names. */
        status = worse_of(status, add_entry(names, join_words(prefix, entries.at[i])));
        free((char *)(uintptr_t)entries.at[i]);
    }
    free(entries.at);
    free(prefix);
    return status;
}

static enum exit_status add_named(struct words *names, const char *name, bool *input_seen) {
    struct stat there;

    if (strcmp(name, "-") == 0) {
        if (*input_seen) {
            say("- can be named only once: standard input is read to its end");
            return EXIT_USAGE;
        }
        *input_seen = true;
        words_add(names, name);
        return EXIT_GOOD;
    }
    if (stat(name, &there) != 0)
        return complain(name, errno);
    if (S_ISDIR(there.st_mode)) {
        size_t before = names->count;
        enum exit_status status = add_folder(names, name);

        if (status == EXIT_GOOD && names->count == before)
            say("%s: there are no files in this folder", name);
        return status;
    }
    return add_file(names, name);
}

enum exit_status inputs_gather(struct words *names, const struct words *files) {
    enum exit_status status = EXIT_GOOD;
    bool input_seen = false;

    if (files->count == 0)
        words_add(names, "-");
    for (size_t i = 0; i < files->count; i++)
        status = worse_of(status, add_named(names, files->at[i], &input_seen));
    return status;
}
