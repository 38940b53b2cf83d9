/*
 * The program errata-http: the commands that ask the API. errata becomes it, so it speaks of itself as errata.
 */
#include <stdlib.h>
#include <string.h>

#include "ahead.h"
#include "clash.h"
#include "command.h"
#include "http.h"
#include "redact.h"

const struct command *const commands[] = {&command_fetch, &command_scan};
// NOLINTNEXTLINE(bugprone-sizeof-expression): it is an array of pointers
const size_t n_commands = sizeof commands / sizeof *commands;
const struct command *const command_default = NULL;

static enum exit_status wrong(const char *what, const struct command *command) {
    say("%s; see errata %s --help", what, command->name);
    return EXIT_USAGE;
}

static enum exit_status check_words(const struct command *command,
                                    const struct settings *settings) {
    const struct api_settings *api = &settings->api;
    bool scan = command->bit == COMMAND_SCAN;

    if (!api->collection) {
        return wrong("--collection ID is missing", command);
    }
    if (scan && settings->files.count > 0) {
        say("errata scan takes no records, such as \"%s\": it has those of the collection; see "
            "errata scan --help",
            settings->files.at[0]);
        return EXIT_USAGE;
    }
    if (api->resume && !api->archive) {
        return wrong("--resume goes on with an archive: --archive FILE is missing", command);
    }
    if (!scan && settings->files.count == 0) {
        return wrong("no record is named", command);
    }
    if (api->raw && (settings->files.count > 1 || api->wait || api->timeout > 0)) {
        return wrong("--raw takes one record, and neither --wait nor --timeout", command);
    }
    if (api->interval > 0 && !api->wait) {
        return wrong("--interval is for --wait", command);
    }
    if (api->wait && (settings->keep_going || settings->rejects)) {
        return wrong("--wait is for records that can be read: no --keep-going, no --rejects",
                     command);
    }
    if (api->raw && settings->redact.count > 0) {
        return wrong("--raw writes the answer as it came, so there is no --redact", command);
    }
    if (api->index && settings->redact.count > 0) {
        return wrong("an index (-o) has the values themselves, so there is no --redact", command);
    }
    for (size_t i = 0; i < settings->files.count; i++) {
        if (*settings->files.at[i] == '\0') {
            return wrong("a record's id cannot be empty", command);
        }
    }
    return EXIT_GOOD;
}

/* Files that an option names; operands are none. */
static enum exit_status check_files(const struct settings *settings) {
    struct settings named = *settings;

    named.files = (struct words){0};
    return clash_of_outputs(&named);
}

enum exit_status program_run(const struct command *command, struct settings *settings,
                             char *const *words) {
    struct errata_client *client = NULL;
    enum exit_status status;

    (void)words;
    if (!command) {
        say("this program is for errata fetch and errata scan");
        return EXIT_USAGE;
    }
    status = check_words(command, settings);
    if (status == EXIT_GOOD) {
        status = redact_begin(settings);
    }
    if (status == EXIT_GOOD) {
        status = check_files(settings);
    }
    if (status == EXIT_GOOD) {
        status = ahead_check_query(settings);
    }
    if (status == EXIT_GOOD) {
        status = http_client(&client, settings);
    }
    if (status == EXIT_GOOD) {
        status = command->bit == COMMAND_SCAN ? http_scan(client, settings)
                                              : http_fetch(client, settings);
    }
    errata_client_free(client);
    return status;
}
