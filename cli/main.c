/*
 * The beginning of a program: which command is meant, and which options it takes. What follows is program_run().
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <errata/version.h>

#include "command.h"
#include "core/nearest.h"
#include "database.h"
#include "help.h"
#include "option.h"

/* A closed descriptor would be the next file that is opened, and that file be written to in its place.
   These fail instead: 0 cannot be read, 1 and 2 cannot be written. */
static void hold_standard_descriptors(void) {
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) == -1) {
            (void)open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
        }
    }
}

/* Could it be meant as a file's name? */
static bool may_be_file(const char *word) {
    return strpbrk(word, "/.") || strcmp(word, "-") == 0 || access(word, F_OK) == 0;
}

static enum exit_status unknown_command(const char *word) {
    const char *names[16];
    const char *nearest;

    for (size_t i = 0; i < n_commands; i++) {
        names[i] = commands[i]->name;
    }
    nearest = errata__nearest(word, strlen(word), names, n_commands);
    if (nearest) {
        say("there is no command and no file \"%s\"; did you mean \"%s\"?", word, nearest);
    } else {
        say("there is no command and no file \"%s\"; see errata --help", word);
    }
    return EXIT_USAGE;
}

/* Takes the first word away when it is a command's name. */
static enum exit_status choose(const struct command **command, struct settings *settings) {
    struct words *files = &settings->files;

    *command = command_find(files->at[0]);
    if (!*command) {
        return may_be_file(files->at[0]) ? EXIT_GOOD : unknown_command(files->at[0]);
    }
    files->count--;
    memmove(files->at, files->at + 1, files->count * sizeof *files->at);
    return EXIT_GOOD;
}

static enum exit_status refuse(const struct option *option, const struct command *command,
                               const char *for_view) {
    say("--%s is no option of %s%s; see errata %s --help", option->name,
        for_view ? "--view " : "errata ", for_view ? for_view : command->name, command->name);
    return EXIT_USAGE;
}

/* Says which words it takes instead of this one. bit: of the command, or of its view. */
static enum exit_status refuse_word(const struct option *option, const char *word,
                                    const struct command *command, const char *for_view,
                                    unsigned bit) {
    struct line list = {0};

    option_list_words(&list, option, bit);
    say("--%s %s is not for %s%s, which takes %.*s", option->name, word,
        for_view ? "--view " : "errata ", for_view ? for_view : command->name, (int)list.length,
        list.data);
    line_free(&list);
    return EXIT_USAGE;
}

static enum exit_status check_option(const struct command *command, const struct option *option,
                                     const struct settings *settings) {
    const struct command *view = view_command(settings);
    unsigned bit = command->bit;
    const char *for_view = NULL;

    if (!(option->commands & bit)) {
        return refuse(option, command, NULL);
    }
    /* Of a command that ends in a view, options that views have are options of that view. */
    if (command->api && option->commands & VIEW_COMMANDS) {
        bit = view->bit;
        for_view = view->name;
    }
    if (!(option->commands & bit)) {
        return refuse(option, command, for_view);
    }
    if (option->words_for) {
        unsigned choice =
            *(const unsigned *)(const void *)((const char *)settings + option->offset);

        if (!(option->words_for[choice] & bit)) {
            return refuse_word(option, option->words[choice], command, for_view, bit);
        }
    }
    return EXIT_GOOD;
}

static enum exit_status check_options(const struct command *command, const struct given *given,
                                      const struct settings *settings) {
    const struct option *option;
    enum exit_status status = EXIT_GOOD;

    for (size_t i = 0; (option = option_at(i)) != NULL && status == EXIT_GOOD; i++) {
        if (given->option[i]) {
            status = check_option(command, option, settings);
        }
    }
    return status;
}

static enum exit_status print_version(void) {
    struct output output;
    struct line line = {0};

    line_format(&line, "errata %s\n", errata_version());
    if (!output_open(&output, NULL)) {
        return EXIT_MACHINE;
    }
    output_line(&output, &line);
    line_free(&line);
    return output_close(&output, true);
}

static enum exit_status start(int argc, char **argv, struct settings *settings) {
    const struct command *command = NULL;
    struct given given = {0};
    bool may_be_command;
    enum exit_status status = options_parse(settings, &given, &may_be_command, argc, argv);

    if (status == EXIT_GOOD && may_be_command) {
        status = choose(&command, settings);
    }
    if (status != EXIT_GOOD) {
        return status;
    }
    if (settings->help) {
        return help_print(command);
    }
    if (settings->version) {
        return print_version();
    }
    if (!command) {
        command = command_default;
    }
    /* A program without a default says so itself. */
    if (command) {
        status = check_options(command, &given, settings);
    }
    if (status == EXIT_GOOD) {
        status = command_check_format(settings);
    }
    if (status == EXIT_GOOD) {
        status = database_check(command, settings);
    }
    return status == EXIT_GOOD ? program_run(command, settings, argv) : status;
}

static void free_settings(struct settings *settings) {
    free(settings->where.at);
    free(settings->key.at);
    free(settings->code.at);
    free(settings->path.at);
    free(settings->record.at);
    free(settings->status.at);
    free(settings->grep.at);
    free(settings->fail_on.at);
    free(settings->redact.at);
    free(settings->files.at);
    free(settings->api.tags.at);
}

int main(int argc, char **argv) {
    struct settings settings = {
        .limit = LIMIT_DEFAULT, .gate_issues = NO_CLAUSE, .api = {.retries = RETRIES_DEFAULT}};
    enum exit_status status;

    hold_standard_descriptors();
    /* A closed pipe is an error of write(), which ends the run quietly. */
    signal(SIGPIPE, SIG_IGN);
    /* Likewise a file that may not grow further. */
    signal(SIGXFSZ, SIG_IGN);
    status = start(argc, argv, &settings);
    free_settings(&settings);
    return (int)status;
}
