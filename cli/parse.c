/*
 * From the words of a command line to settings, by the table of options.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "command.h"
#include "core/nearest.h"
#include "option.h"

/* What is being parsed, for messages: `--limit` or `-o`. */
struct seen {
    const struct option *option;
    char name[64];
    /* Bits of the commands whose words it takes. */
    unsigned command;
};

/* command: the one that stands before it; NULL where none does. */
static enum exit_status unknown_option(const char *word, const char *nearest,
                                       const struct command *command) {
    if (nearest) {
        say("there is no option \"%s\"; did you mean \"--%s\"?", word, nearest);
    } else {
        say("there is no option \"%s\"; see errata %s%s--help", word, command ? command->name : "",
            command ? " " : "");
    }
    return EXIT_USAGE;
}

static enum exit_status unknown_name(const char *name, size_t length,
                                     const struct command *command) {
    const char *names[MOST_OPTIONS];
    const struct option *option;
    char word[64];
    size_t count = 0;

    for (size_t i = 0; (option = option_at(i)) != NULL; i++) {
        if (!command || option->commands & command->bit) {
            names[count++] = option->name;
        }
    }
    snprintf(word, sizeof word, "--%.*s", (int)(length < 60 ? length : 60), name);
    return unknown_option(word, errata__nearest(name, length, names, count), command);
}

static const struct option *find_name(const char *name, size_t length) {
    const struct option *option;

    for (size_t i = 0; (option = option_at(i)) != NULL; i++) {
        if (strlen(option->name) == length && memcmp(option->name, name, length) == 0) {
            break;
        }
    }
    return option;
}

static const struct option *find_letter(char letter) {
    const struct option *option;

    for (size_t i = 0; (option = option_at(i)) != NULL; i++) {
        if (option->letter == letter) {
            break;
        }
    }
    return option;
}

/* Digits alone. Sets *end behind them; *too_great when they are more than a number can be. */
static bool parse_digits(const char *text, uint64_t *number, const char **end, bool *too_great) {
    *number = 0;
    *too_great = false;
    for (*end = text; isdigit((unsigned char)**end); (*end)++) {
        unsigned digit = (unsigned)(**end - '0');

        *too_great = *too_great || *number > (UINT64_MAX - digit) / 10;
        *number = *number * 10 + digit;
    }
    return *end > text;
}

/* "", K, M, G, T, in either case, also as KB, KiB and so on: powers of 1024. */
static bool parse_unit(const char *unit, uint64_t *number, bool *too_great) {
    static const char letters[] = "KMGT";
    const char *letter;
    unsigned shift;

    if (*unit == '\0') {
        return true;
    }
    letter = strchr(letters, toupper((unsigned char)*unit));
    if (!letter ||
        (unit[1] != '\0' && strcasecmp(unit + 1, "B") != 0 && strcasecmp(unit + 1, "iB") != 0)) {
        return false;
    }
    shift = 10 * (unsigned)(letter - letters + 1);
    *too_great = *too_great || *number > UINT64_MAX >> shift;
    *number <<= shift;
    return true;
}

static enum exit_status set_number(const struct seen *seen, const char *text, uint64_t *out) {
    const struct option *option = seen->option;
    const char *end;
    uint64_t number;
    bool too_great;
    bool good = parse_digits(text, &number, &end, &too_great);

    if (option->kind == OPTION_SIZE) {
        good = good && parse_unit(end, &number, &too_great);
    } else {
        good = good && *end == '\0';
    }
    if (!good) {
        say("%s takes %s, not \"%s\"", seen->name,
            option->kind == OPTION_SIZE ? "a number of bytes such as 60000, 512M or 2G"
                                        : "a whole number",
            text);
        return EXIT_USAGE;
    }
    if (too_great || (number > option->most && option->most >= UINT64_MAX - 1)) {
        say("%s %s is too great", seen->name, text);
        return EXIT_USAGE;
    }
    if (option->most == UINT64_MAX && number < option->least) {
        say("%s takes %llu or more, not %s", seen->name, (unsigned long long)option->least, text);
        return EXIT_USAGE;
    }
    if (number < option->least || number > option->most) {
        say("%s takes %llu to %llu, not %s", seen->name, (unsigned long long)option->least,
            (unsigned long long)option->most, text);
        return EXIT_USAGE;
    }
    *out = number;
    return EXIT_GOOD;
}

static enum exit_status set_choice(const struct seen *seen, const char *text, unsigned *out) {
    const char *const *words = seen->option->words;
    struct line list = {0};

    for (unsigned i = 0; words[i]; i++) {
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return EXIT_GOOD;
        }
    }
    option_list_words(&list, seen->option, seen->command);
    say("%s takes %.*s, not \"%s\"", seen->name, (int)list.length, list.data, text);
    line_free(&list);
    return EXIT_USAGE;
}

static enum exit_status set_fields(const struct seen *seen, const char *text,
                                   struct settings *settings) {
    struct errata_error error;

    settings->n_by = 0;
    for (const char *at = text;; at++) {
        struct errata_text name = {at, strcspn(at, ",")};
        enum errata_field field;

        if (errata_field_parse(name, &field, &error)) {
            say("%s: %s", seen->name, error.message);
            return EXIT_USAGE;
        }
        for (size_t i = 0; i < settings->n_by; i++) {
            if (settings->by[i] == field) {
                say("%s names the field %s twice", seen->name, errata_field_name(field));
                return EXIT_USAGE;
            }
        }
        settings->by[settings->n_by++] = field;
        at += name.length;
        if (*at == '\0') {
            return EXIT_GOOD;
        }
    }
}

static enum exit_status set_value(const struct seen *seen, const char *value,
                                  struct settings *settings) {
    void *place = (char *)settings + seen->option->offset;

    switch (seen->option->kind) {
    case OPTION_FLAG:
        *(bool *)place = true;
        break;
    case OPTION_TEXT:
        if (*value == '\0') {
            say("%s needs %s", seen->name,
                strcmp(seen->option->argument, "N|P%") == 0
                    ? "a number or a per cent, such as 10 or 0.5%"
                    : "a name that is not empty");
            return EXIT_USAGE;
        }
        *(const char **)place = value;
        break;
    case OPTION_TEXTS:
        words_add(place, value);
        break;
    case OPTION_NUMBER:
    case OPTION_SIZE:
        return set_number(seen, value, place);
    case OPTION_CHOICE:
        return set_choice(seen, value, place);
    case OPTION_FIELDS:
        return set_fields(seen, value, settings);
    }
    return EXIT_GOOD;
}

/* An option as it stands there; a flag's value is empty. */
struct assignment {
    struct seen seen;
    const char *value;
};

/* The words of the command line, and how far we are. What options say is kept until the command is known, which
   may stand behind them. */
struct parsing {
    char **next;
    char **end;
    /* The command that stands before the next word; NULL: none does. */
    const struct command *command;
    struct assignment *kept;
    size_t count;
};

/* Takes an option whose value is `attached`, or the next word when that is NULL. */
static enum exit_status take(struct parsing *left, const struct seen *seen, const char *attached) {
    if (seen->option->kind == OPTION_FLAG && attached) {
        say("%s takes no value", seen->name);
        return EXIT_USAGE;
    }
    if (seen->option->kind != OPTION_FLAG && !attached) {
        if (left->next == left->end) {
            say("%s needs a value", seen->name);
            return EXIT_USAGE;
        }
        attached = *left->next++;
    }
    left->kept = allocate(left->kept, left->count + 1, sizeof *left->kept);
    left->kept[left->count++] = (struct assignment){*seen, attached ? attached : ""};
    return EXIT_GOOD;
}

/* --name or --name=value */
static enum exit_status parse_long(struct parsing *left, const char *word) {
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    struct seen seen = {.option = find_name(name, length)};

    if (!seen.option) {
        return unknown_name(name, length, left->command);
    }
    snprintf(seen.name, sizeof seen.name, "--%s", seen.option->name);
    return take(left, &seen, name[length] == '=' ? name + length + 1 : NULL);
}

/* -o FILE, -oFILE; flags may be put together. */
static enum exit_status parse_letters(struct parsing *left, const char *word) {
    enum exit_status status = EXIT_GOOD;

    for (const char *at = word + 1; *at != '\0' && status == EXIT_GOOD; at++) {
        struct seen seen = {.option = find_letter(*at)};
        bool flag = seen.option && seen.option->kind == OPTION_FLAG;

        if (!seen.option) {
            return unknown_option(word, NULL, left->command);
        }
        snprintf(seen.name, sizeof seen.name, "-%c", *at);
        status = take(left, &seen, flag || at[1] == '\0' ? NULL : at + 1);
        if (!flag) {
            break;
        }
    }
    return status;
}

/* The number of the option of this name that is for a command; of the first one where none is. Options of one name
   differ in what they are for; all of them take a value, or none does. */
static size_t number_for(const char *name, unsigned command) {
    const struct option *option;
    size_t first = SIZE_MAX;

    for (size_t i = 0; (option = option_at(i)) != NULL; i++) {
        if (strcmp(option->name, name) != 0) {
            continue;
        }
        if (option->commands & command) {
            return i;
        }
        first = first < i ? first : i;
    }
    return first;
}

/* The first of two names would be left out without a word. Of two numbers or choices the last one counts, so that what a
   script or an alias says can be changed behind it. */
static bool may_repeat(const struct option *option) {
    return option->kind != OPTION_TEXT && option->kind != OPTION_FIELDS;
}

static enum exit_status given_twice(const struct seen *seen) {
    say("%s was given twice, and takes one value%s", seen->name,
        seen->option->kind == OPTION_FIELDS ? ": put commas between fields" : "");
    return EXIT_USAGE;
}

static enum exit_status assign(struct settings *settings, struct given *given,
                               const struct parsing *parsed, unsigned command) {
    enum exit_status status = EXIT_GOOD;

    for (size_t i = 0; i < parsed->count && status == EXIT_GOOD; i++) {
        struct seen seen = parsed->kept[i].seen;
        size_t number = number_for(seen.option->name, command);
        bool again = given->option[number];

        seen.option = option_at(number);
        /* What asks the API takes those of its views. */
        seen.command = command & (COMMAND_FETCH | COMMAND_SCAN) ? command | VIEW_COMMANDS : command;
        given->option[number] = true;
        /* What is no option of the command is refused as that, whatever its value. */
        if (seen.option->commands & command) {
            status = again && !may_repeat(seen.option)
                         ? given_twice(&seen)
                         : set_value(&seen, parsed->kept[i].value, settings);
        }
    }
    return status;
}

enum exit_status options_parse(struct settings *settings, struct given *given, bool *may_be_command,
                               int argc, char **argv) {
    struct parsing left = {.next = argv + 1, .end = argv + argc};
    enum exit_status status = EXIT_GOOD;
    bool only_files = false;

    *may_be_command = false;
    while (left.next < left.end && status == EXIT_GOOD) {
        const char *word = *left.next++;

        if (only_files || word[0] != '-' || word[1] == '\0') {
            if (settings->files.count == 0 && !only_files) {
                *may_be_command = true;
                left.command = command_find(word);
            }
            words_add(&settings->files, word);
        } else if (strcmp(word, "--") == 0) {
            only_files = true;
        } else if (word[1] == '-') {
            status = parse_long(&left, word);
        } else {
            status = parse_letters(&left, word);
        }
    }
    if (status == EXIT_GOOD) {
        status = assign(settings, given, &left, left.command ? left.command->bit : COMMAND_SUMMARY);
    }
    free(left.kept);
    return status;
}
