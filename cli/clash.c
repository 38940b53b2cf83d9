/*
 * Whether two names mean one file: see clash.h. A file is known by its device and inode; one that is not
 * there yet by those of its folder and its name in it.
 */
#include "clash.h"

#include <stdbool.h>
#include <stddef.h>
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

/* A file that an option names, as a whole: the result, what is written beside it, or what is read before the
   inputs. */
struct named {
    const char *option;
    size_t offset;
    /* Whether standard output may be meant. */
    bool result;
    /* The option whose file it may be, for it is read before it is replaced. */
    const char *same_as;
};

#define AT(member) offsetof(struct settings, member)

static const struct named outputs[] = {
    {"--output", AT(output), true, NULL},
    {"--output", AT(api.index), false, NULL},
    {"--archive", AT(api.archive), false, NULL},
    {"--rejects", AT(rejects), false, NULL},
    {"--write-baseline", AT(write_baseline), false, "--baseline"},
};
static const struct named read_first[] = {
    {"--baseline", AT(baseline), false, NULL},
    {"--policy", AT(policy), false, NULL},
    {"--old", AT(old), false, NULL},
};
#define OUTPUTS (sizeof outputs / sizeof *outputs)
#define READ_FIRST (sizeof read_first / sizeof *read_first)

/* NULL where the option was not given, or means standard output. */
static const char *path_of(const struct named *named, const struct settings *settings) {
    const char *path = *(const char *const *)(const void *)((const char *)settings + named->offset);

    return path && named->result && strcmp(path, "-") == 0 ? NULL : path;
}

/* Where it goes; an output that may be standard output always goes somewhere. */
static struct place place_of_output(const struct named *named, const struct settings *settings) {
    const char *path = path_of(named, settings);

    return path            ? place_of(path)
           : named->result ? place_of_descriptor(STDOUT_FILENO)
                           : (struct place){0};
}

static bool same_file(const struct named *one, const struct named *other,
                      const struct settings *settings) {
    struct place place = place_of_output(one, settings);
    struct place other_place = place_of_output(other, settings);

    return same(&place, &other_place) &&
           !(one->same_as && strcmp(one->same_as, other->option) == 0);
}

static enum exit_status need_name(const char *option) {
    say("%s needs the name of a file: standard output is for the result", option);
    return EXIT_USAGE;
}

static enum exit_status say_same(const struct named *one, const struct named *other,
                                 const struct settings *settings) {
    const char *path = path_of(one, settings);

    if (path) {
        say("%s %s and %s %s are the same file", other->option, path_of(other, settings),
            one->option, path);
    } else {
        say("%s %s is the file where standard output goes", other->option,
            path_of(other, settings));
    }
    return EXIT_USAGE;
}

/* Is the file of an option none of these inputs? */
static enum exit_status compare(const struct named *named, const struct settings *settings,
                                const char *const *names, size_t n_names) {
    const char *path = path_of(named, settings);
    struct place output;

    if (!path) {
        return EXIT_GOOD;
    }
    output = place_of(path);
    for (size_t i = 0; i < n_names; i++) {
        bool standard = strcmp(names[i], "-") == 0;
        struct place input = standard ? place_of_descriptor(STDIN_FILENO) : place_of(names[i]);

        if (same(&output, &input)) {
            say("%s %s and the input %s are the same file", named->option, path,
                standard ? "on standard input" : names[i]);
            return EXIT_USAGE;
        }
    }
    return EXIT_GOOD;
}

enum exit_status clash_of_outputs(const struct settings *settings) {
    for (size_t i = 0; i < OUTPUTS; i++) {
        const char *path = path_of(&outputs[i], settings);

        if (path && strcmp(path, "-") == 0) {
            return need_name(outputs[i].option);
        }
        for (size_t j = i + 1; j < OUTPUTS; j++) {
            if (same_file(&outputs[i], &outputs[j], settings)) {
                return path ? say_same(&outputs[i], &outputs[j], settings)
                            : need_name(outputs[j].option);
            }
        }
        for (size_t j = 0; j < READ_FIRST; j++) {
            if (same_file(&outputs[i], &read_first[j], settings)) {
                return say_same(&outputs[i], &read_first[j], settings);
            }
        }
        /* What stands below a folder comes later. */
        if (compare(&outputs[i], settings, settings->files.at, settings->files.count)) {
            return EXIT_USAGE;
        }
    }
    return EXIT_GOOD;
}

enum exit_status clash_with_inputs(const struct settings *settings, const struct inputs *inputs) {
    enum exit_status status = EXIT_GOOD;

    for (size_t i = 0; i < OUTPUTS && status == EXIT_GOOD; i++) {
        status = compare(&outputs[i], settings, (const char *const *)inputs->names, inputs->count);
    }
    return status;
}
