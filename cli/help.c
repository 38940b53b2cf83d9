/*
 * Help texts: see help.h. Each fits a screen of 24 lines and 80 columns, with a line for the prompt.
 */
#include "help.h"

#include <stdio.h>

#include "option.h"
#include "show.h"

/* Where the words about an option begin, and where its own must end to leave room for two blanks. */
#define HELP_COLUMN 31
#define WIDTH 79

static void add_option(struct line *line, const struct option *option, unsigned command) {
    const char *word;

    /* Flags have a letter from habit; it is not worth the room. */
    if (option->letter && option->kind != OPTION_FLAG) {
        line_format(line, "-%c, ", option->letter);
    }
    line_format(line, "--%s", option->name);
    if (option->argument) {
        line_format(line, " %s", option->argument);
    }
    for (size_t i = 0; !option->argument && (word = option_word(option, command, i)); i++) {
        line_format(line, "%c%s", i == 0 ? ' ' : '|', word);
    }
}

/* Breaks the line before what was added last when that does not fit any more. */
static void wrap(struct line *line, size_t *start, size_t before) {
    struct line last = {0};

    if (line->length - *start <= WIDTH || before == *start) {
        return;
    }
    line_add(&last, line->data + before, line->length - before);
    /* In place of the blank. */
    line->length = before - 1;
    line_words(line, "\n  ");
    *start = line->length - 2;
    line_add(line, last.data, last.length);
    line_free(&last);
}

static void add_options(struct line *line, unsigned command) {
    const struct option *option;
    size_t start = line->length;
    bool fresh = true;

    for (size_t i = 0; (option = option_at(i)) != NULL; i++) {
        size_t before;

        if (!(option->commands & command)) {
            continue;
        }
        line_words(line, fresh ? "  " : " ");
        before = line->length;
        add_option(line, option, command);
        wrap(line, &start, fresh ? start : before);
        fresh = option->help != NULL && !(option->brief_for & command);
        if (!fresh) {
            continue;
        }
        if (*option->help != '\0') {
            size_t used = line->length - start;

            if (used > HELP_COLUMN - 2) {
                line_words(line, "\n");
                used = 0;
            }
            line_fill(line, ' ', HELP_COLUMN - used);
            line_words(line, option->help);
        }
        line_words(line, "\n");
        start = line->length;
    }
}

static void add_examples(struct line *line, const char *const examples[2]) {
    for (size_t i = 0; i < 2; i++) {
        line_format(line, "%-11s%s\n", i == 0 ? "Examples:" : "", examples[i]);
    }
}

static void add_command(struct line *line, const struct command *command) {
    line_format(line, "Usage: errata %s [OPTION]... %s\n", command->name,
                command->operands ? command->operands : "[FILE]...");
    line_format(line, "%s\n", command->about);
    add_options(line, command->bit);
    add_examples(line, command->examples);
    line_format(line, "More:      man errata-%s\n", command->name);
}

static void add_program(struct line *line) {
    static const char *const examples[2] = {
        "errata summary run.ndjson.gz",
        "errata list --key CHECK_INCOME --where 'message ~ (?i)missing' runs/"};
    size_t start;

    line_words(line, "Usage: errata [COMMAND] [OPTION]... [FILE]...\n"
                     "Tells what is wrong with your data, from validation status documents.\n"
                     "Commands, each with a --help of its own; without one it is summary:\n");
    for (size_t i = 0; i < n_commands; i++) {
        line_format(line, "  %-9s%s\n", commands[i]->name, commands[i]->about);
    }
    line_words(line,
               "\nFILE: status documents (one, NDJSON, an array, one after another; .gz, .zst),\n"
               "a file of errata index, a folder of these, or - for standard input (default).\n");
    start = line->length;
    line_words(line, "Fields, for --where and --by:");
    for (int field = 0; field < ERRATA_FIELDS; field++) {
        line_format(line, " %s", errata_field_name((enum errata_field)field));
    }
    line_words(line, "\n");
    show_wrapped(line, start, WIDTH);
    line_words(line, "Exit status: 0 good, 1 a gate failed, 2 usage, 3 bad input, 4 done but with\n"
                     "rejects, 5 the API (network, key), 6 the machine failed (memory, disk).\n\n");
    add_examples(line, examples);
    line_words(line, "More:      man errata, and man errata-COMMAND\n");
}

enum exit_status help_print(const struct command *command) {
    struct output output;
    struct line line = {0};

    if (command) {
        add_command(&line, command);
    } else {
        add_program(&line);
    }
    if (!output_open(&output, NULL)) {
        return EXIT_MACHINE;
    }
    output_line(&output, &line);
    line_free(&line);
    return output_close(&output, true);
}

void help_usage(void) {
    struct line line = {0};

    line_words(&line, "Usage: errata [COMMAND] [OPTION]... [FILE]...\nCommands:");
    for (size_t i = 0; i < n_commands; i++) {
        line_format(&line, "%s %s", i == 0 ? "" : ",", commands[i]->name);
    }
    line_words(&line, ". See errata --help.\n");
    fwrite(line.data, 1, line.length, stderr);
    line_free(&line);
}
