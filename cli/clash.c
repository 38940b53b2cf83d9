/*
 * Whether two names mean one file: see clash.h. A file is known by its device and inode; one that is not
 * there yet by those of its folder and its name in it.
 */
#include "clash.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where a name leads. */
struct place {
    /* False where nothing can be said; opening the file will then tell why. */
    bool known;
    dev_t device;
    ino_t inode;
    /* In that folder; NULL when the file is there. */
    const char *name;
};

/* Writing to a terminal or to /dev/null replaces nothing. */
static struct place place_of_file(const struct stat *file) {
    return (struct place){
        .known = !S_ISCHR(file->st_mode), .device = file->st_dev, .inode = file->st_ino};
}

static struct place place_of_descriptor(int fd) {
    struct stat file;

    return fstat(fd, &file) == 0 ? place_of_file(&file) : (struct place){0};
}

static struct place place_of(const char *path) {
    const char *slash = strrchr(path, '/');
    struct stat there;
    struct place place;
    char *folder;

    if (stat(path, &there) == 0) {
        return place_of_file(&there);
    }
    folder = copy_words(slash ? path : ".");
    if (slash) {
        folder[slash - path + 1] = '\0';
    }
    place = stat(folder, &there) == 0 ? place_of_file(&there) : (struct place){0};
    place.name = slash ? slash + 1 : path;
    free(folder);
    return place;
}

static bool same(const struct place *one, const struct place *other) {
    return one->known && other->known && one->device == other->device &&
           one->inode == other->inode && !one->name == !other->name &&
           (!one->name || strcmp(one->name, other->name) == 0);
}

enum exit_status clash_of_outputs(const struct settings *settings) {
    bool to_file = settings->output && strcmp(settings->output, "-") != 0;
    struct place rejects;
    struct place output;

    if (!settings->rejects) {
        return EXIT_GOOD;
    }
    rejects = place_of(settings->rejects);
    output = to_file ? place_of(settings->output) : place_of_descriptor(STDOUT_FILENO);
    if (strcmp(settings->rejects, "-") == 0 || (!to_file && same(&rejects, &output))) {
        say("--rejects needs the name of a file: standard output is for the result");
        return EXIT_USAGE;
    }
    if (to_file && same(&rejects, &output)) {
        say("--rejects %s and --output %s are the same file", settings->rejects, settings->output);
        return EXIT_USAGE;
    }
    return EXIT_GOOD;
}

static enum exit_status compare(const char *option, const char *path, const struct inputs *inputs) {
    struct place output;

    if (!path || strcmp(path, "-") == 0) {
        return EXIT_GOOD;
    }
    output = place_of(path);
    for (size_t i = 0; i < inputs->count; i++) {
        bool standard = strcmp(inputs->names[i], "-") == 0;
        struct place input =
            standard ? place_of_descriptor(STDIN_FILENO) : place_of(inputs->names[i]);

        if (same(&output, &input)) {
            say("%s %s and the input %s are the same file", option, path,
                standard ? "on standard input" : inputs->names[i]);
            return EXIT_USAGE;
        }
    }
    return EXIT_GOOD;
}

enum exit_status clash_with_inputs(const struct settings *settings, const struct inputs *inputs) {
    enum exit_status status = compare("--output", settings->output, inputs);

    return status == EXIT_GOOD ? compare("--rejects", settings->rejects, inputs) : status;
}
