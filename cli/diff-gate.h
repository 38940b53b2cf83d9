/*
 * --fail-on of errata diff: which changes end with exit status 1.
 */
#ifndef ERRATA_CLI_DIFF_GATE_H
#define ERRATA_CLI_DIFF_GATE_H

#include <stdbool.h>

#include <errata/diff.h>

#include "message.h"

struct diff_gate {
    bool fail_on[ERRATA_CHANGES];
};

/* Adds CHANGE[,CHANGE]... EXIT_USAGE after saying what is none that can be failed for. */
enum exit_status diff_gate_parse(struct diff_gate *gate, const char *text);

/* Is there a group that changed so? Then says how many. */
bool diff_gate_fails(const struct diff_gate *gate, const struct errata_diff *diff);

#endif
