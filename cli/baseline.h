/*
 * The baseline of a gate: the groups that are known, with their counts, as a small JSON text with a group a
 * line. docs/check.md has its form.
 */
#ifndef ERRATA_CLI_BASELINE_H
#define ERRATA_CLI_BASELINE_H

#include <stdbool.h>
#include <stdint.h>

#include <errata/query.h>

#include "memory.h"
#include "message.h"
#include "output.h"
#include "settings.h"

struct baseline_group {
    /* One for each field. */
    const struct errata_text *values;
    uint64_t issues;
    uint64_t records;
    /* Where the file has it. */
    uint64_t place;
};

struct baseline {
    enum errata_field by[ERRATA_FIELDS];
    size_t n_by;
    /* Of the command line that made it, as filters_of() gives them. */
    char **filters;
    size_t n_filters;
    /* By name, each name once. */
    struct baseline_group *groups;
    size_t count;
    /* Of all groups. */
    struct errata_text *values;
    struct line texts;
};

/* What a baseline says of a group. */
struct known {
    bool there;
    uint64_t issues;
    uint64_t records;
};

/* How a group stands to it: new where it is not there, grown where it has more issues than there. */
enum change {
    CHANGE_NONE,
    CHANGE_NEW,
    CHANGE_GROWN
};
enum change change_of(const struct known *known, uint64_t issues);

/* Reads a file. EXIT_INPUT after saying what is wrong where. Free it in any case. */
enum exit_status baseline_read(struct baseline *baseline, const char *name);
void baseline_free(struct baseline *baseline);

/* The filters of a command line, each as `--OPTION VALUE`, sorted. Free each, and the array. */
char **filters_of(const struct settings *settings, size_t *count);
void filters_sort(char **filters, size_t count);

/* Was it made with these fields (none: whichever) and the command line's filters? EXIT_USAGE after saying how to
   repeat the run that made it. */
enum exit_status baseline_check(const struct baseline *baseline, const char *name,
                                const struct settings *settings, const struct errata_grouping *by);

/* Absent first, then byte by byte. */
int values_compare(const struct errata_text *one, const struct errata_text *other, size_t count);

/* For each group (by name, without a limit): what is known of it. Free it. stale: NULL, or receives for each of the
   baseline's groups whether it was not met; free it, too. */
struct known *baseline_match(const struct baseline *baseline, const struct errata_groups *groups,
                             bool **stale);

/* The line of a group without its end: `{"key":...,"issues":3,"records":2}`. */
void baseline_line(struct line *line, const struct errata_grouping *by,
                   const struct errata_text *values, uint64_t issues, uint64_t records);

/* Writes the groups (by name, without a limit) as a baseline. */
void baseline_write(struct output *output, const struct errata_groups *groups,
                    const struct settings *settings);

#endif
