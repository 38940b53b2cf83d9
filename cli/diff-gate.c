/*
 * errata diff as a gate: see diff-gate.h.
 */
#include "diff-gate.h"

#include <string.h>

#include "core/nearest.h"
#include "core/text.h"
#include "memory.h"

/* Says what --fail-on takes instead, which is not all that a change can be. */
static enum exit_status refuse_change(struct errata_text name) {
    const char *names[ERRATA_CHANGE_SAME];
    const char *nearest;

    for (int i = 0; i < ERRATA_CHANGE_SAME; i++) {
        names[i] = errata_change_name((enum errata_change)i);
    }
    nearest = errata__nearest(name.data, name.length, names, ERRATA_CHANGE_SAME);
    if (nearest) {
        say("--fail-on: no change \"%.*s\"; did you mean %s?", (int)name.length, name.data,
            nearest);
    } else {
        say("--fail-on: no change \"%.*s\"; it takes new, gone, grown, shrunk", (int)name.length,
            name.data);
    }
    return EXIT_USAGE;
}

enum exit_status diff_gate_parse(struct diff_gate *gate, const char *text) {
    for (const char *at = text;; at++) {
        struct errata_text name = {at, strcspn(at, ",")};
        enum errata_change change;

        if (errata_change_parse(name, &change, NULL)) {
            return refuse_change(name);
        }
        if (change == ERRATA_CHANGE_SAME) {
            say("--fail-on same would fail where nothing changed; it takes new, gone, grown, "
                "shrunk");
            return EXIT_USAGE;
        }
        gate->fail_on[change] = true;
        at += name.length;
        if (*at == '\0') {
            return EXIT_GOOD;
        }
    }
}

bool diff_gate_fails(const struct diff_gate *gate, const struct errata_diff *diff) {
    struct errata_diff_totals totals;
    struct line line = {0};

    errata_diff_totals_get(diff, &totals);
    for (int i = 0; i < ERRATA_CHANGES; i++) {
        char count[ERRATA__DIGITS_SIZE];

        if (gate->fail_on[i] && totals.groups[i] > 0) {
            errata__text_digits(count, totals.groups[i]);
            line_format(&line, "%s %s %s", line.length > 0 ? "," : "", count,
                        errata_change_name((enum errata_change)i));
        }
    }
    if (line.length == 0) {
        return false;
    }
    say("groups that --fail-on names:%.*s", (int)line.length, line.data);
    line_free(&line);
    return true;
}
