/*
 * Colours: an addition for the eye, never the only sign of anything.
 */
#ifndef ERRATA_CLI_COLOR_H
#define ERRATA_CLI_COLOR_H

#include "memory.h"
#include "output.h"

enum color {
    COLOR_PLAIN,
    COLOR_HEADING,
    COLOR_FAINT,
    COLOR_BAR
};

/* Whether a terminal understands more than text: TERM says so. */
bool color_terminal(void);

/* Whether to colour what goes to an output; choice is an enum color_choice. */
bool color_wanted(unsigned choice, const struct output *output);

/* Whether to draw bars there: for eyes alone, as colours are, but on every terminal. */
bool bars_wanted(unsigned choice, const struct output *output);

/* Switches to a colour, COLOR_PLAIN back. Adds nothing when on is false. */
void color_add(struct line *line, bool on, enum color color);

#endif
