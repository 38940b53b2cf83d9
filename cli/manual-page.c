/*
 * What stands for the lines with @ in manual pages, which are written in man(7): see manual.h.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <errata/version.h>

#include "manual.h"

/* No line of a page's source is longer. */
#define WIDTH 78

#define FORMAT_ABOUT(name, word, commands, library, options, about) {word, commands, about},
static const struct {
    const char *word;
    unsigned commands;
    const char *about;
} formats[] = {FORMATS(FORMAT_ABOUT)};

/* Adds bytes as themselves, whatever they mean to roff. */
static void add_bytes(struct line *out, const char *bytes, size_t length) {
    static const char special[] = "\\-'`^~";
    static const char *const written[] = {"\\e", "\\-", "\\(aq", "\\(ga", "\\(ha", "\\(ti"};

    for (size_t i = 0; i < length; i++) {
        const char *found = memchr(special, bytes[i], sizeof special - 1);

        if (found) {
            line_words(out, written[found - special]);
        } else {
            line_add(out, &bytes[i], 1);
        }
    }
}

static void add_literal(struct line *out, const char *words) {
    add_bytes(out, words, strlen(words));
}

/* The length of an option that begins here, such as --by; 0 when none does. */
static size_t option_length(const char *at, const char *end) {
    size_t length = 2;

    if (end - at < 3 || at[0] != '-' || at[1] != '-' || !islower((unsigned char)at[2])) {
        return 0;
    }
    while (at + length < end && (islower((unsigned char)at[length]) || at[length] == '-')) {
        length++;
    }
    return length;
}

/* A word of a text, with options in bold. */
static void add_word(struct line *out, const char *word, size_t length) {
    const char *end = word + length;

    /* What would be a request at the beginning of a line. */
    line_words(out, *word == '.' || *word == '\'' ? "\\&" : "");
    while (word < end) {
        size_t option = option_length(word, end);

        if (option > 0) {
            line_words(out, "\\fB");
            add_bytes(out, word, option);
            line_words(out, "\\fR");
            word += option;
        } else if (*word == '-') {
            /* A hyphen. */
            line_words(out, "-");
            word++;
        } else {
            add_bytes(out, word++, 1);
        }
    }
}

/* Sentences, each on lines of its own. */
static void add_text(struct line *out, const char *text) {
    size_t start = out->length;

    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        bool sentence = length > 0 && text[length - 1] == '.';
        size_t before = out->length;

        line_words(out, before > start ? " " : "");
        add_word(out, text, length);
        if (before > start && out->length - start > WIDTH) {
            out->data[before] = '\n';
            start = before + 1;
        }
        text += length;
        text += *text == ' ';
        if (sentence && *text != '\0') {
            line_words(out, "\n");
            start = out->length;
        }
    }
    line_words(out, "\n");
}

static void add_option(struct line *out, const struct option *option, unsigned command) {
    const char *word;

    line_words(out, ".TP\n");
    if (option->letter) {
        line_format(out, "\\fB\\-%c\\fR, ", option->letter);
    }
    line_words(out, "\\fB\\-\\-");
    add_literal(out, option->name);
    line_words(out, "\\fR");
    if (option->argument) {
        line_words(out, " \\fI");
        add_literal(out, option->argument);
        line_words(out, "\\fR");
    }
    for (size_t i = 0; !option->argument && (word = option_word(option, command, i)); i++) {
        line_words(out, i == 0 ? " \\fB" : "|\\fB");
        add_literal(out, word);
        line_words(out, "\\fR");
    }
    line_words(out, "\n");
    add_text(out, option->manual);
}

static void add_options(struct line *out, const struct command *command) {
    line_words(out, ".SH OPTIONS\n");
    for (size_t i = 0; i < n_option_lists; i++) {
        const struct option_list *list = option_lists[i];
        bool fresh = true;

        for (size_t j = 0; j < list->count; j++) {
            if (!(list->rows[j].commands & command->bit)) {
                continue;
            }
            if (fresh) {
                line_format(out, ".SS %s\n", list->title);
                fresh = false;
            }
            add_option(out, &list->rows[j], command->bit);
        }
    }
}

/* What --format can be of this command. */
static void add_formats(struct line *out, const struct command *command) {
    bool any = false;

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (formats[i].commands & command->bit) {
            line_format(out, "%s.TP\n\\fB%s\\fR\n", any ? "" : ".SH FORMATS\n", formats[i].word);
            add_text(out, formats[i].about);
            any = true;
        }
    }
}

/* In the form that apropos(1) reads: the name, a dash, and what it is about. */
static void add_name(struct line *out, const struct command *command) {
    char *about = copy_words(command->about);
    size_t length = strlen(about);

    about[0] = (char)tolower((unsigned char)about[0]);
    about[length - (about[length - 1] == '.')] = '\0';
    line_format(out, ".SH NAME\nerrata\\-%s \\-\n", command->name);
    add_text(out, about);
    free(about);
    line_format(out, ".SH SYNOPSIS\n\\fBerrata %s\\fR [\\fIOPTION\\fR]... ", command->name);
    add_literal(out, command->operands ? command->operands : "[FILE]...");
    line_words(out, "\n");
}

static void add_examples(struct line *out, const struct command *command) {
    line_words(out, ".SH EXAMPLES\n.EX\n");
    for (size_t i = 0; i < 2; i++) {
        add_literal(out, command->examples[i]);
        line_words(out, "\n");
    }
    line_words(out, ".EE\n");
}

static void add_commands(struct line *out) {
    for (size_t i = 0; i < n_commands; i++) {
        line_format(out, ".TP\n\\fB%s\\fR\n", commands[i]->name);
        add_text(out, commands[i]->about);
        line_format(out, "See \\fBerrata\\-%s\\fR(1).\n", commands[i]->name);
    }
}

static void add_pages(struct line *out) {
    for (size_t i = 0; i < n_commands; i++) {
        line_format(out, ".BR errata\\-%s (1),\n", commands[i]->name);
    }
}

static void add_fields(struct line *out) {
    for (int field = 0; field < ERRATA_FIELDS; field++) {
        line_format(out, "%s\\fB%s\\fR", field == 0 ? "" : ",\n",
                    errata_field_name((enum errata_field)field));
    }
    line_words(out, ".\n");
}

/* `.TH ERRATA\-GROUP 1 ...` from `errata-group.1`. */
static void add_title(struct line *out, const char *name, const char *date) {
    const char *section = strrchr(name, '.');

    line_words(out, ".TH ");
    for (const char *at = name; at < section; at++) {
        char upper = (char)toupper((unsigned char)*at);

        add_bytes(out, &upper, 1);
    }
    line_format(out, " %s %s \"errata %s\" \"errata\"\n", section + 1, date, errata_version());
}

/* The command that a page is about; NULL when it is about none. */
static const struct command *command_of(const char *name) {
    char word[32];

    if (sscanf(name, "errata-%31[a-z].1", word) != 1 || !strchr(name, '.') ||
        strcmp(strchr(name, '.'), ".1") != 0) {
        return NULL;
    }
    return command_find(word);
}

bool manual_page(struct line *out, const char *name, const char *date, const char *what) {
    const struct command *command = command_of(name);

    if (strcmp(what, "title") == 0) {
        add_title(out, name, date);
    } else if (strcmp(what, "commands") == 0) {
        add_commands(out);
    } else if (strcmp(what, "pages") == 0) {
        add_pages(out);
    } else if (strcmp(what, "fields") == 0) {
        add_fields(out);
    } else if (command && strcmp(what, "name") == 0) {
        add_name(out, command);
    } else if (command && strcmp(what, "options") == 0) {
        add_options(out, command);
        add_formats(out, command);
    } else if (command && strcmp(what, "examples") == 0) {
        add_examples(out, command);
    } else {
        return false;
    }
    return true;
}
