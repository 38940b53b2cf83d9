/*
 * Files that must not be one and the same: an output would replace what is read, or one output the other.
 */
#ifndef ERRATA_CLI_CLASH_H
#define ERRATA_CLI_CLASH_H

#include "inputs.h"
#include "settings.h"

/* Do the outputs go to different files, however these are spelled, and to none that is named to be read?
   EXIT_USAGE after saying that they do not. Terminals and devices such as /dev/null may have both. */
enum exit_status clash_of_outputs(const struct settings *settings);

/* Is no output an input, also by a link or below a folder? EXIT_USAGE after naming both. */
enum exit_status clash_with_inputs(const struct settings *settings, const struct inputs *inputs);

#endif
