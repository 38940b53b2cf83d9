/*
 * The options, as one table: parsing, the check which command takes which, and the help are made from it.
 */
#ifndef ERRATA_CLI_OPTION_H
#define ERRATA_CLI_OPTION_H

#include <stddef.h>
#include <stdint.h>

#include "message.h"
#include "settings.h"

enum option_kind {
    OPTION_FLAG,   /* bool; takes no value */
    OPTION_TEXT,   /* const char *; given once */
    OPTION_TEXTS,  /* struct words; repeats add up */
    OPTION_NUMBER, /* uint64_t */
    OPTION_SIZE,   /* uint64_t, bytes; K, M, G, T */
    OPTION_CHOICE, /* unsigned: the number of the word in `words` */
    OPTION_FIELDS  /* settings.by; given once */
};

struct option {
    /* Without the dashes. */
    const char *name;
    /* 0 when there is none. */
    char letter;
    enum option_kind kind;
    /* Bits of the commands that take it. */
    unsigned commands;
    /* Of the value in struct settings. */
    size_t offset;
    /* OPTION_CHOICE: its words, ended by NULL. Otherwise, for completions: words that it takes; may be NULL. */
    const char *const *words;
    /* OPTION_CHOICE: bits of the commands that take each word; NULL: all do. */
    const unsigned *words_for;
    /* Commands whose help has no room for what it does. */
    unsigned brief_for;
    /* OPTION_NUMBER, OPTION_SIZE: the range. */
    uint64_t least;
    uint64_t most;
    /* For the help: what stands for the value (NULL: the words); what it does (NULL: the next one says). */
    const char *argument;
    const char *help;
    /* For the manual pages: what it does and what holds without it, in whole sentences of plain text. */
    const char *manual;
};

/* The options, in the order of the help; NULL behind the last one. */
const struct option *option_at(size_t number);

/* The n-th of the words that a command takes; NULL when there are no more. */
const char *option_word(const struct option *option, unsigned command, size_t n);

/* All of them, as `a, b or c`. */
void option_list_words(struct line *line, const struct option *option, unsigned command);

/* More than there are. */
#define MOST_OPTIONS 128

/* Which options were given, by their number. */
struct given {
    bool option[MOST_OPTIONS];
};

/* Parses everything behind the program's name. Words that are no options go to settings->files;
   *may_be_command says that the first of them stood before any `--`. Returns EXIT_GOOD, or EXIT_USAGE after
   saying why. */
enum exit_status options_parse(struct settings *settings, struct given *given, bool *may_be_command,
                               int argc, char **argv);

#endif
