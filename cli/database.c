/*
 * Databases: see database.h. SQLite opens the temporary file that stands in for the result, by the name that the system
 * has for our descriptor, so that the file is replaced as a whole as every other output is.
 */
#include "database.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/fail.h"
#include "filter.h"

/* What says that something of SQLite's is left: the name, then a log's. */
#define LEFT "%s%s is there: another program has the database open, or was ended in the middle"

/* SQLite plays a log of this name into whatever database it finds beside it, so a new one would become a mix of two. Returns
   the end of the log's name; NULL: there is none. */
static const char *log_beside(int folder, const char *name) {
    static const char *const ends[] = {"-wal", "-journal"};
    char path[PATH_MAX];
    struct stat there;

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s%s", name, ends[i]);
        if (fstatat(folder, path, &there, 0) == 0 && there.st_size > 0) {
            return ends[i];
        }
    }
    return NULL;
}

/* Before there is any work: links are followed as far as there is something. */
static enum exit_status check_logs(const char *name) {
    char *real = realpath(name, NULL);
    const char *log = log_beside(AT_FDCWD, real ? real : name);

    if (log) {
        say(LEFT "; end it, or open the database with sqlite3 once, or choose another name",
            real ? real : name, log);
    }
    free(real);
    return log ? EXIT_MACHINE : EXIT_GOOD;
}

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
    } else if (errata__replace_descriptor(name) >= 0 ||
               (stat(name, &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode))) {
        /* That a folder cannot be written is said as with every format, and so with this status. */
        say("%s: --format sqlite needs the name of a file, and this is none", name);
        return EXIT_MACHINE;
    } else {
        return check_logs(name);
    }
    return EXIT_USAGE;
}

/* Is anything left out? */
static bool is_whole(const struct settings *settings) {
    return !filter_any(settings) && settings->offset == 0 && settings_limit(settings) == 0;
}

enum errata_status database_write(struct errata_matches *matches, struct run *run,
                                  struct errata_error *error) {
    const struct output *output = run->output;
    enum errata_status status;
    const char *log;
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
    /* One may have come meanwhile. */
    log = status == ERRATA_OK ? log_beside(output->replace.folder, output->replace.name) : NULL;
    if (log) {
        status = errata__fail(error, ERRATA_CANNOT_WRITE, LEFT, output->replace.name, log);
    }
    if (status == ERRATA_CANNOT_WRITE) {
        errata__fail_source(error, (struct errata_text){output->name, strlen(output->name)});
    }
    return status;
}
