/*
 * Databases: see database.h. SQLite opens the temporary file that stands in for the result, by the name that the system
 * has for our descriptor, so that the file is replaced as a whole as every other output is.
 */
#include "database.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/fail.h"
#include "filter.h"

enum exit_status database_check(const struct command *command, const struct settings *settings) {
    const char *name = settings->output;
    struct stat there;

    if (settings->format != FORMAT_SQLITE) {
        return EXIT_GOOD;
    }
    if (!errata_export_has_sqlite()) {
        say("--format sqlite: this errata was built without SQLite");
    } else if (settings->api.index) {
        say("errata %s keeps the index in %s; errata list --format sqlite makes a database of that",
            command->name, settings->api.index);
    } else if (!name || strcmp(name, "-") == 0) {
        say("--format sqlite needs -o FILE: a database cannot go to standard output");
    } else if (stat(name, &there) == 0 && !S_ISREG(there.st_mode)) {
        say("--format sqlite needs a file, and %s is none", name);
    } else {
        return EXIT_GOOD;
    }
    return EXIT_USAGE;
}

/* Is anything left out? */
static bool is_whole(const struct settings *settings) {
    struct filter_option option;
    size_t terms = 0;

    for (size_t i = 0; filter_option_at(&option, settings, i); i++) {
        terms += option.values->count;
    }
    return terms == 0 && settings->offset == 0 && settings_limit(settings) == 0;
}

enum errata_status database_write(struct errata_matches *matches, struct run *run,
                                  struct errata_error *error) {
    const struct output *output = run->output;
    enum errata_status status;
    struct stat there;
    char path[64];

    if (output->status != ERRATA_OK || fstat(output->fd < 0 ? output->replace.fd : -1, &there)) {
        return errata__fail(error, ERRATA_CANNOT_WRITE, "a database needs a file: -o FILE");
    }
    /* The mode is that of the file to be replaced, which may be one that nobody is to write. */
    (void)!fchmod(output->replace.fd, there.st_mode | S_IRUSR | S_IWUSR);
    snprintf(path, sizeof path, "/proc/self/fd/%d", output->replace.fd);
    status = errata_export_sqlite(matches, run->sides->index, is_whole(run->settings), path, error);
    (void)!fchmod(output->replace.fd, there.st_mode);
    if (status == ERRATA_CANNOT_WRITE) {
        errata__fail_source(error, (struct errata_text){output->name, strlen(output->name)});
    }
    return status;
}
