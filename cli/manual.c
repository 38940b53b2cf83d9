/*
 * errata-manual: makes the manual pages and the completions of shells while errata is built. It is not installed.
 *
 *     errata-manual page|bash|zsh|fish NAME DATE < TEMPLATE
 *
 * A template is a page, or a shell's script, in which some lines, those that begin with @, stand for what the tables of
 * errata say.
 */
#include "manual.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool manual_takes_file(const struct option *option) {
    return option->argument &&
           (strcmp(option->argument, "FILE") == 0 || strcmp(option->argument, "INDEX") == 0);
}

bool manual_wants_files(const struct command *command) {
    return !command->api;
}

struct errata_text manual_brief(const struct option *option) {
    size_t length = strcspn(option->manual, ".;:");

    /* A period within a word ends no sentence. */
    while (option->manual[length] != '\0' && option->manual[length + 1] != ' ' &&
           option->manual[length + 1] != '\0') {
        length += 1 + strcspn(option->manual + length + 1, ".;:");
    }
    return (struct errata_text){option->manual, length};
}

static const struct kind {
    const char *name;
    manual_function *add;
} kinds[] = {
    {"page", manual_page}, {"bash", manual_bash}, {"zsh", manual_zsh}, {"fish", manual_fish}};
#define KINDS (sizeof kinds / sizeof *kinds)

/* Adds a template's lines, or what stands for them. */
static bool add_lines(struct line *out, const struct kind *kind, const char *name,
                      const char *date) {
    char *line = NULL;
    size_t size = 0;
    bool good = true;

    while (good && getline(&line, &size, stdin) > 0) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '@') {
            line_format(out, "%s\n", line);
        } else if (!kind->add(out, name, date, line + 1)) {
            fprintf(stderr, "errata-manual: %s: %s means nothing here\n", name, line);
            good = false;
        }
    }
    free(line);
    return good;
}

int main(int argc, char **argv) {
    const struct kind *kind = NULL;
    struct line out = {0};
    bool good;

    for (size_t i = 0; i < KINDS && argc == 4; i++) {
        kind = strcmp(argv[1], kinds[i].name) == 0 ? &kinds[i] : kind;
    }
    if (!kind) {
        fputs("usage: errata-manual page|bash|zsh|fish NAME DATE < TEMPLATE\n", stderr);
        return 2;
    }
    good = add_lines(&out, kind, argv[2], argv[3]);
    if (fwrite(out.data, 1, out.length, stdout) != out.length || fflush(stdout) != 0) {
        good = false;
    }
    line_free(&out);
    return good ? 0 : 1;
}
