/*
 * Finding the files: see inputs.h.
 */
#include "inputs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum exit_status complain(const char *name, int reason) {
    say("%s: %s", name, strerror(reason));
    return EXIT_INPUT;
}

/* Takes the name over. */
static void add(struct inputs *inputs, char *name) {
    /* Grows whenever the count is a power of two. */
    if ((inputs->count & (inputs->count - 1)) == 0) {
        inputs->names =
            allocate(inputs->names, inputs->count > 0 ? 2 * inputs->count : 1, sizeof(char *));
    }
    inputs->names[inputs->count++] = name;
}

/* The real user's rights do not matter, those that open() goes by do. */
static enum exit_status add_file(struct inputs *inputs, const char *name) {
    if (faccessat(AT_FDCWD, name, R_OK, AT_EACCESS) != 0) {
        return complain(name, errno);
    }
    add(inputs, copy_words(name));
    return EXIT_GOOD;
}

static int by_bytes(const struct dirent **one, const struct dirent **other) {
    return strcmp((*one)->d_name, (*other)->d_name);
}

static int not_hidden(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static enum exit_status add_folder(struct inputs *inputs, const char *path);

/* A link to a folder is left out, for it may lead back up; a pipe or a socket is no file to read. */
// NOLINTNEXTLINE(misc-no-recursion)
static enum exit_status add_entry(struct inputs *inputs, const char *path) {
    struct stat own;
    struct stat target;

    if (lstat(path, &own) != 0 || stat(path, &target) != 0) {
        return complain(path, errno);
    }
    if (S_ISDIR(own.st_mode)) {
        return add_folder(inputs, path);
    }
    if (S_ISREG(target.st_mode)) {
        return add_file(inputs, path);
    }
    return EXIT_GOOD;
}

/* As deep as a path can be long. */
// NOLINTNEXTLINE(misc-no-recursion)
static enum exit_status add_folder(struct inputs *inputs, const char *path) {
    size_t length = strlen(path);
    struct dirent **entries;
    int count = scandir(path, &entries, not_hidden, by_bytes);
    enum exit_status status = EXIT_GOOD;
    char *prefix;

    if (count < 0) {
        return complain(path, errno);
    }
    prefix = join_words(path, length > 0 && path[length - 1] == '/' ? "" : "/");
    for (int i = 0; i < count; i++) {
        char *name = join_words(prefix, entries[i]->d_name);

        status = worse_of(status, add_entry(inputs, name));
        free(name);
        free(entries[i]);
    }
    free(entries);
    free(prefix);
    return status;
}

static enum exit_status add_named(struct inputs *inputs, const char *name, bool *input_seen) {
    struct stat there;

    if (strcmp(name, "-") == 0) {
        if (*input_seen) {
            say("- can be named only once: standard input is read to its end");
            return EXIT_USAGE;
        }
        *input_seen = true;
        add(inputs, copy_words(name));
        return EXIT_GOOD;
    }
    if (stat(name, &there) != 0) {
        return complain(name, errno);
    }
    if (S_ISDIR(there.st_mode)) {
        size_t before = inputs->count;
        enum exit_status status = add_folder(inputs, name);

        if (status == EXIT_GOOD && inputs->count == before) {
            say("%s: there are no files in this folder", name);
        }
        return status;
    }
    return add_file(inputs, name);
}

enum exit_status inputs_gather(struct inputs *inputs, const struct words *files) {
    enum exit_status status = EXIT_GOOD;
    bool input_seen = false;

    inputs->operands = files->count > 0 ? files->count : 1;
    inputs->ends = allocate(NULL, inputs->operands, sizeof *inputs->ends);
    for (size_t i = 0; i < inputs->operands; i++) {
        const char *name = files->count > 0 ? files->at[i] : "-";

        status = worse_of(status, add_named(inputs, name, &input_seen));
        inputs->ends[i] = inputs->count;
    }
    return status;
}

void inputs_free(struct inputs *inputs) {
    for (size_t i = 0; i < inputs->count; i++) {
        free(inputs->names[i]);
    }
    free(inputs->names);
    free(inputs->ends);
    *inputs = (struct inputs){0};
}
