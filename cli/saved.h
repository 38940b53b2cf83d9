/*
 * Saved indexes among the inputs: whether what they are fits what the options and the other inputs ask for.
 */
#ifndef ERRATA_CLI_SAVED_H
#define ERRATA_CLI_SAVED_H

#include <stdbool.h>

#include <errata/index.h>

#include "output.h"
#include "settings.h"

/* What digits sent as text are in the inputs so far. An index cannot be made to change its mind. */
struct digit_names {
    /* The first input, which decided; NULL: there was none yet. */
    const char *name;
    bool saved;
    bool on;
};

/* Takes in the next input; `on` is what it was, or will be, read with. EXIT_INPUT after saying that it does
   not go with the first one, or with --digit-names. */
enum exit_status saved_digit_names(struct digit_names *all, const struct digit_names *next,
                                   const struct settings *settings);

/* With --strict nothing is left to be a deviation. EXIT_INPUT after saying that there are some. */
enum exit_status saved_is_strict(const struct errata_index *index, const char *name,
                                 const struct settings *settings);

/* Writes the rejects that an index holds as --rejects does fresh ones, but for their text, which is not
   kept. EXIT_INPUT after saying that the index is damaged. */
enum exit_status saved_rejects(const struct errata_index *index, struct output *rejects,
                               const struct settings *settings);

#endif
