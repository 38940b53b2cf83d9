/*
 * --redact: marks in place of what payloads say of people. The index hands out the marks, so that no answer needs to know
 * of them; here is what does not come out of it.
 */
#ifndef ERRATA_CLI_REDACT_H
#define ERRATA_CLI_REDACT_H

#include <errata/query.h>
#include <errata/redact.h>

#include "message.h"
#include "settings.h"

/* Takes in the names of fields, and makes a key. EXIT_USAGE after saying which fields there are. */
enum exit_status redact_begin(struct settings *settings);

/* Is this field redacted? */
bool redact_has(const struct settings *settings, enum errata_field field);
/* Is any? Then no excerpt of what was read is shown, for nobody can tell what it holds. */
bool redact_any(const struct settings *settings);

/* Redacts an index that was read, as far as that is asked for. Says what is wrong. */
enum exit_status redact_index(struct errata_index *index, const struct settings *settings);

/* A baseline keeps the values of its fields, and would not know them again by their marks. EXIT_USAGE after saying that. */
enum exit_status redact_allows_baseline(const struct settings *settings,
                                        const struct errata_grouping *by);

/* What to show of a text that names a record: itself, or its mark, which is written to `mark`. */
struct errata_text redact_record(char mark[ERRATA_MARK_SIZE], struct errata_text text,
                                 const struct settings *settings);

/* The reason of a reject that may name a record, where records are redacted. */
struct errata_text redact_reason(void);

#endif
