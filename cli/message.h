/*
 * What the program says on standard error, and the exit status that goes with it.
 */
#ifndef ERRATA_CLI_MESSAGE_H
#define ERRATA_CLI_MESSAGE_H

#include <errata/error.h>

/* docs/errata.md explains each. When several apply, the first in the order of worse_of() counts. */
enum exit_status {
    EXIT_GOOD = 0,
    EXIT_GATE = 1,
    EXIT_USAGE = 2,
    EXIT_INPUT = 3,
    EXIT_REJECTS = 4,
    EXIT_NETWORK = 5,
    EXIT_MACHINE = 6,
    EXIT_INTERRUPTED = 130
};

/* One line, `errata: ...`. Hostile characters in it are shown as escapes, so arguments and names of files
   may be put in as they are. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* One line about a failure: `SOURCE:LINE:COLUMN: reason (byte OFFSET)` alone where it has a place, as
   editors expect it, else as say(). Returns the exit status. */
enum exit_status say_error(const struct errata_error *error);

/* As say_error(), without saying anything. */
enum exit_status exit_of(enum errata_status status);

enum exit_status worse_of(enum exit_status one, enum exit_status other);

#endif
