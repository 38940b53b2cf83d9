/*
 * What the files of errata-http share.
 */
#ifndef ERRATA_CLI_HTTP_H
#define ERRATA_CLI_HTTP_H

#include <errata/client.h>

#include "output.h"
#include "progress.h"
#include "settings.h"

/* ---- the client */

/* From the options and the environment. Says what is wrong with them. */
enum exit_status http_client(struct errata_client **client, const struct settings *settings);

/* ---- the commands, with what they say */

enum exit_status http_fetch(struct errata_client *client, const struct settings *settings);
enum exit_status http_scan(struct errata_client *client, const struct settings *settings);

/* ---- what they have in common */

ERRATA_MUST_CHECK enum errata_status http_reader(struct errata_reader **reader,
                                                 const struct settings *settings, bool keep_going,
                                                 struct errata_error *error);

struct errata_text http_text(const char *words);

/* Writes the view of an index that was fetched. Failures to write stay in the output. */
enum exit_status http_view(struct output *output, struct errata_index *index,
                           const struct settings *settings);

/* Closes the output of a view, as output_close(); status is that of the run so far. Returns the worse one. */
enum exit_status http_close(struct output *output, bool keep, enum exit_status status);

/* Writes a record that was not read as --rejects has it. A failure stays in the output. */
void http_reject(struct output *rejects, const struct errata_result *result,
                 const struct settings *settings);

/* As redact_index(); after a failure there is no index any more. */
enum exit_status http_redact(struct errata_index **index, const struct settings *settings);

/* As told_end(), with nothing in it that may name a record where records are redacted. */
enum exit_status http_told_end(const struct errata_error *error, const struct settings *settings);

/* ---- waiting for records to come to their end */

/* Asks until each has, or --timeout is over. *index has what was there last, in the order of the records, NULL
   after a failure that leaves nothing; says what went wrong. */
enum exit_status http_wait(struct errata_index **index, struct errata_client *client,
                           const struct settings *settings);

/* Has every record come to its end, and to that one? */
bool http_all_completed(const struct errata_index *index);

/* Is this the time to give up? For on_progress; deadline as of seconds_now(), 0: never. */
enum errata_status http_on_time(void *deadline, const struct errata_progress *progress);

/* ---- the line that tells how far a scan is, on a terminal */

struct progress_line {
    bool terminal;
    double start;
};

void progress_begin(struct progress_line *line);
/* An errata_progress_function; ctx is the line. */
enum errata_status progress_show(void *ctx, const struct errata_progress *progress);

#endif
