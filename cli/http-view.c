/*
 * From what was fetched to what is seen: readers, views, rejects.
 */
#include <errata/export.h>
#include <errata/reader.h>
#include <stdio.h>

#include "command.h"
#include "filter.h"
#include "http.h"
#include "json.h"
#include "redact.h"
#include "told.h"

enum errata_status http_reader(struct errata_reader **reader, const struct settings *settings,
                               bool keep_going, struct errata_error *error) {
    const struct errata_reader_options options = {
        .limits = {.memory = settings->max_memory,
                   .token = settings->max_token,
                   .document = settings->max_document,
                   .depth = (uint32_t)settings->max_depth,
                   .issues = (uint32_t)settings->max_issues},
        .strict = settings->strict,
        .keep_going = keep_going,
        .digit_names = settings->digit_names};

    return errata_reader_new(reader, &options, error);
}

enum exit_status http_view(struct output *output, struct errata_index *index,
                           const struct settings *settings) {
    struct side side = {.name = "-", .index = index};
    struct run run = {.settings = settings, .sides = &side, .n_sides = 1, .output = output};
    struct errata_error error = {0};
    enum exit_status status = filter_make(&side.query, index, settings);

    /* What the output met is said when it is closed. */
    if (status == EXIT_GOOD && view_command(settings)->run(&run, &error) &&
        output->status == ERRATA_OK) {
        status = say_error(&error);
    }
    errata_query_free(side.query);
    return status;
}

enum exit_status http_redact(struct errata_index **index, const struct settings *settings) {
    enum exit_status status = redact_index(*index, settings);

    if (status != EXIT_GOOD) {
        errata_index_free(*index);
        *index = NULL;
    }
    return status;
}

enum exit_status http_told_end(const struct errata_error *error, const struct settings *settings) {
    struct errata_error shown = *error;

    if (error->source[0] != '\0' && redact_has(settings, ERRATA_FIELD_RECORD)) {
        char mark[ERRATA_MARK_SIZE];
        struct errata_text source = redact_record(mark, http_text(error->source), settings);

        snprintf(shown.source, sizeof shown.source, "%s", source.data);
        snprintf(shown.message, sizeof shown.message,
                 "%s (more may name the record, and is redacted)",
                 errata_status_text(error->status));
    }
    return told_end(&shown, settings);
}

enum exit_status http_close(struct output *output, bool keep, enum exit_status status) {
    enum exit_status closed = output_close(output, keep);

    /* Whoever looks no further does not care what was left out. */
    if (output->status == ERRATA_CLOSED && status == EXIT_REJECTS) {
        status = EXIT_GOOD;
    }
    return worse_of(status, closed);
}

static enum errata_status add_to_line(void *ctx, const void *bytes, size_t length) {
    line_add(ctx, bytes, length);
    return ERRATA_OK;
}

/* The form that reading uses, and two members more. */
void http_reject(struct output *rejects, const struct errata_result *result,
                 const struct settings *settings) {
    struct errata_reject reject = result->reject;
    struct errata_text body = redact_any(settings) ? (struct errata_text){0} : result->body;
    char record[ERRATA_MARK_SIZE];
    char url[ERRATA_MARK_SIZE];
    struct line line = {0};
    enum errata_status status;

    /* The API's own words may name the record. */
    reject.reason = redact_has(settings, ERRATA_FIELD_RECORD) ? redact_reason() : result->reason;
    status = errata_export_reject(&reject, redact_record(url, result->url, settings), body,
                                  add_to_line, &line, NULL);
    if (status) {
        rejects->status = rejects->status ? rejects->status : status;
        return;
    }
    /* In place of the brace and the line end. */
    line.length -= 2;
    line_words(&line, ",\"record\":");
    json_quote(&line, redact_record(record, result->record, settings));
    if (result->http > 0) {
        line_format(&line, ",\"http\":%u}\n", result->http);
    } else {
        line_words(&line, ",\"http\":null}\n");
    }
    output_line(rejects, &line);
    line_free(&line);
}
