/*
 * What is said about reading: why it ended, what was left out, what it cost.
 */
#ifndef ERRATA_CLI_TOLD_H
#define ERRATA_CLI_TOLD_H

#include <errata/index.h>

#include "message.h"
#include "settings.h"

struct line;
struct side;

/* Says why a run ended, and which option would help. */
enum exit_status told_end(const struct errata_error *error, const struct settings *settings);

/* Says how many rejects an index has, with the first ones, and returns EXIT_REJECTS, or EXIT_GOOD. EXIT_INPUT after
   saying that the index is damaged. */
enum exit_status told_rejects(const struct errata_index *index, const struct settings *settings);

/* Adds lines, within `width` columns (0: any), on what is in no row of the answer since it was not read; nothing where all
   was. */
void told_unread(struct line *line, const struct side *sides, size_t n_sides, size_t width);

/* The line of --stats. bytes: read, or of saved indexes. */
void told_stats(const struct errata_index *index, uint64_t bytes, double seconds);

#endif
