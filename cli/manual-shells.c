/*
 * Completions of shells: see manual.h. Words of options may differ from command to command, so each command has its
 * own list of options.
 */
#include <stdio.h>
#include <string.h>

#include "manual.h"

/* Adds text within single quotes of a shell. `more`: characters that want a backslash. */
static void add_quoted(struct line *out, struct errata_text text, const char *more,
                       const char *apostrophe) {
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\'') {
            line_words(out, apostrophe);
            continue;
        }
        if (strchr(more, text.data[i])) {
            line_words(out, "\\");
        }
        line_add(out, &text.data[i], 1);
    }
}

static void add_fields(struct line *out) {
    for (int field = 0; field < ERRATA_FIELDS; field++) {
        line_format(out, "%s%s", field == 0 ? "" : " ",
                    errata_field_name((enum errata_field)field));
    }
}

static void add_commands(struct line *out, const char *between) {
    for (size_t i = 0; i < n_commands; i++) {
        line_format(out, "%s%s", i == 0 ? "" : between, commands[i]->name);
    }
}

/* Whether a value begins with a field, and goes on. */
static bool takes_term(const struct option *option) {
    return strcmp(option->name, "where") == 0;
}

/* What a value is made of, beside the words of the option. */
static bool takes_fields(const struct option *option) {
    return option->kind == OPTION_FIELDS || takes_term(option);
}

static void add_words(struct line *out, const struct option *option, unsigned command) {
    const char *word;

    if (takes_fields(option)) {
        add_fields(out);
        return;
    }
    for (size_t i = 0; (word = option_word(option, command, i)) != NULL; i++) {
        line_format(out, "%s%s", i == 0 ? "" : " ", word);
    }
}

/* Whether a value may be several words with commas between them. */
static bool takes_list(const struct option *option) {
    return option->argument && strchr(option->argument, ',');
}

/* ---- bash */

/* A line of a case: what stands for the value of an option. */
static void add_bash_value(struct line *out, const struct option *option, unsigned command) {
    if (option->kind == OPTION_FLAG) {
        return;
    }
    line_words(out, "        ");
    if (option->letter) {
        line_format(out, "-%c | ", option->letter);
    }
    line_format(out, "--%s) ", option->name);
    if (manual_takes_file(option)) {
        line_words(out, "kind=file");
    } else if (option_word(option, command, 0) || takes_fields(option)) {
        line_format(out, "kind=%s words='",
                    takes_list(option)   ? "list"
                    : takes_term(option) ? "term"
                                         : "words");
        add_words(out, option, command);
        line_words(out, "'");
    } else {
        line_words(out, "kind=none");
    }
    line_words(out, " ;;\n");
}

static void add_bash_command(struct line *out, const struct command *command) {
    const struct option *option;

    line_format(out, "    %s)\n        options='", command->name);
    for (size_t i = 0; (option = option_at(i)) != NULL; i++) {
        if (option->commands & command->bit) {
            line_format(out, "--%s ", option->name);
        }
    }
    out->length--;
    line_format(out, "' operands=%s\n        case $2 in\n",
                manual_wants_files(command) ? "file" : "none");
    for (size_t i = 0; (option = option_at(i)) != NULL; i++) {
        if (option->commands & command->bit) {
            add_bash_value(out, option, command->bit);
        }
    }
    line_words(out, "        esac\n        ;;\n");
}

bool manual_bash(struct line *out, const char *name, const char *date, const char *what) {
    (void)name;
    (void)date;
    if (strcmp(what, "commands") == 0) {
        line_words(out, "_errata_commands='");
        add_commands(out, " ");
        line_words(out, "'\n");
        return true;
    }
    for (size_t i = 0; i < n_commands; i++) {
        add_bash_command(out, commands[i]);
    }
    return strcmp(what, "options") == 0;
}

/* ---- zsh */

/* A specification for _arguments. */
static void add_zsh_option(struct line *out, const struct option *option, unsigned command) {
    bool flag = option->kind == OPTION_FLAG;

    line_words(out, "        ");
    if (option->letter && !flag) {
        line_format(out, "'(-%c --%s)'{-%c+,--%s=}'", option->letter, option->name, option->letter,
                    option->name);
    } else if (option->letter) {
        line_format(out, "'(-%c --%s)'{-%c,--%s}'", option->letter, option->name, option->letter,
                    option->name);
    } else {
        line_format(out, "'%s--%s%s", option->kind == OPTION_TEXTS ? "*" : "", option->name,
                    flag ? "" : "=");
    }
    line_words(out, "[");
    add_quoted(out, manual_brief(option), "[]:\\", "'\\''");
    line_words(out, "]");
    if (!flag) {
        const char *name = option->argument ? option->argument : "WORD";

        line_words(out, ":");
        add_quoted(out, (struct errata_text){name, strlen(name)}, "[]:\\", "");
        line_words(out, ":");
        if (manual_takes_file(option)) {
            line_words(out, "_files");
        } else if (takes_list(option)) {
            line_words(out, "_sequence compadd - ");
            add_words(out, option, command);
        } else if (option_word(option, command, 0) || takes_fields(option)) {
            line_words(out, "(");
            add_words(out, option, command);
            line_words(out, ")");
        } else {
            line_words(out, " ");
        }
    }
    line_words(out, "'\n");
}

static void add_zsh_options(struct line *out, const struct command *command) {
    const struct option *option;

    line_format(out, "    (%s) options=(\n", command->name);
    for (size_t i = 0; (option = option_at(i)) != NULL; i++) {
        if (option->commands & command->bit) {
            add_zsh_option(out, option, command->bit);
        }
    }
    line_format(out, "        '*:%s'\n    ) ;;\n",
                manual_wants_files(command) ? "FILE:_files" : "RECORD: ");
}

bool manual_zsh(struct line *out, const char *name, const char *date, const char *what) {
    bool all = strcmp(what, "commands") == 0;

    (void)name;
    (void)date;
    for (size_t i = 0; i < n_commands; i++) {
        const char *about = commands[i]->about;

        if (!all) {
            add_zsh_options(out, commands[i]);
            continue;
        }
        line_format(out, "        '%s:", commands[i]->name);
        add_quoted(out, (struct errata_text){about, strlen(about)}, ":\\", "'\\''");
        line_words(out, "'\n");
    }
    return all || strcmp(what, "options") == 0;
}

/* ---- fish */

static void add_fish_option(struct line *out, const struct option *option,
                            const struct command *command) {
    line_format(out, "complete -c errata -n '__errata_is %s' -l %s", command->name, option->name);
    if (option->letter) {
        line_format(out, " -s %c", option->letter);
    }
    if (manual_takes_file(option)) {
        line_words(out, " -r -F");
    } else if (option->kind != OPTION_FLAG) {
        line_words(out, " -x");
    }
    if (takes_list(option)) {
        line_words(out, " -a '(__errata_list ");
        add_words(out, option, command->bit);
        line_words(out, ")'");
    } else if (option_word(option, command->bit, 0) || takes_fields(option)) {
        line_words(out, " -a '");
        add_words(out, option, command->bit);
        line_words(out, "'");
    }
    line_words(out, " -d '");
    add_quoted(out, manual_brief(option), "\\", "\\'");
    line_words(out, "'\n");
}

static void add_fish_command(struct line *out, const struct command *command) {
    const struct option *option;

    line_format(out, "\ncomplete -c errata -n '__errata_is \"\"' -a %s -d '", command->name);
    add_quoted(out, (struct errata_text){command->about, strlen(command->about)}, "\\", "\\'");
    line_words(out, "'\n");
    if (!manual_wants_files(command)) {
        line_format(out, "complete -c errata -n '__errata_is %s' -f\n", command->name);
    }
    for (size_t i = 0; (option = option_at(i)) != NULL; i++) {
        if (option->commands & command->bit) {
            add_fish_option(out, option, command);
        }
    }
}

bool manual_fish(struct line *out, const char *name, const char *date, const char *what) {
    (void)name;
    (void)date;
    if (strcmp(what, "commands") == 0) {
        line_words(out, "set -g __errata_commands ");
        add_commands(out, " ");
        line_words(out, "\n");
        return true;
    }
    for (size_t i = 0; i < n_commands; i++) {
        add_fish_command(out, commands[i]);
    }
    return strcmp(what, "options") == 0;
}
