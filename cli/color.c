/*
 * Colours: see color.h.
 */
#include "color.h"

#include <stdlib.h>
#include <string.h>

#include "settings.h"

bool color_terminal(void) {
    const char *terminal = getenv("TERM");

    return terminal && *terminal != '\0' && strcmp(terminal, "dumb") != 0;
}

/* Of the environment; empty where it is not set. */
static const char *value_of(const char *name) {
    const char *value = getenv(name);

    return value ? value : "";
}

/* https://no-color.org: set and not empty. */
static bool unwanted(void) {
    return *value_of("NO_COLOR") != '\0';
}

/* https://bixense.com/clicolors: not 0; NO_COLOR goes first. For what shows colours and is no terminal, as logs of CI. */
static bool forced(unsigned choice) {
    const char *value = value_of("CLICOLOR_FORCE");

    return choice == COLOR_ALWAYS ||
           (choice == COLOR_AUTO && !unwanted() && *value != '\0' && strcmp(value, "0") != 0);
}

bool color_wanted(unsigned choice, const struct output *output) {
    return forced(choice) ||
           (choice == COLOR_AUTO && !unwanted() && output_is_terminal(output) && color_terminal());
}

bool bars_wanted(unsigned choice, const struct output *output) {
    return forced(choice) || output_is_terminal(output);
}

void color_add(struct line *line, bool on, enum color color) {
    static const char *const codes[] = {
        [COLOR_PLAIN] = "\033[0m",
        [COLOR_HEADING] = "\033[1m",
        [COLOR_FAINT] = "\033[2m",
        [COLOR_BAR] = "\033[36m",
    };

    if (on) {
        line_words(line, codes[color]);
    }
}
