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

bool color_wanted(unsigned choice, const struct output *output) {
    const char *unwanted = getenv("NO_COLOR");

    if (choice != COLOR_AUTO) {
        return choice == COLOR_ALWAYS;
    }
    /* https://no-color.org: set and not empty. */
    if (unwanted && *unwanted != '\0') {
        return false;
    }
    return output_is_terminal(output) && color_terminal();
}

bool bars_wanted(unsigned choice, const struct output *output) {
    return choice == COLOR_ALWAYS || output_is_terminal(output);
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
