/*
 * What errata check says in the end.
 */
#ifndef ERRATA_CLI_VERDICT_H
#define ERRATA_CLI_VERDICT_H

#include "clause.h"
#include "output.h"

struct shown_groups {
    struct shown_group *at;
    size_t count;
};

struct verdict {
    const struct errata_index *index;
    const struct settings *settings;
    const struct errata_grouping *by;
    const struct clauses *clauses;
    /* Of --baseline what matches nothing any more. */
    struct shown_groups stale;
    /* What a baseline that is to be written has not, or not so large; and whether it is written. */
    struct shown_groups widened;
    bool written;
    uint64_t n_written;
    /* Of what was there under its name. */
    uint64_t n_dropped;
    /* Whether a clause that can fail did, or --accept-new is missing. */
    bool failed;
    uint64_t documents;
    uint64_t records;
    uint64_t rejects;
};

/* In the format of the settings, which is no table. Failures to write stay in the output, too. */
ERRATA_MUST_CHECK enum errata_status verdict_export(const struct verdict *verdict,
                                                    struct output *output,
                                                    struct errata_error *error);
void verdict_write_table(const struct verdict *verdict, struct output *output);

/* KEY:PATH of an issue that has this id and belongs to this rule error, put together in line. */
struct errata_text verdict_locator(const struct errata_index *index, uint32_t id,
                                   const struct errata_rule_error *rule_error, struct line *line);

#endif
