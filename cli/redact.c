/*
 * Redaction on the command line: see redact.h.
 */
#include "redact.h"

#include <string.h>
#include <sys/random.h>

#include "memory.h"
#include "told.h"

static const enum errata_field fields[] = {ERRATA_FIELD_RECEIVED, ERRATA_FIELD_EXPECTED,
                                           ERRATA_FIELD_MESSAGE, ERRATA_FIELD_RECORD};
#define N_FIELDS (sizeof fields / sizeof *fields)

static enum exit_status take_field(struct redaction *redaction, const char *name, size_t length) {
    for (size_t i = 0; i < N_FIELDS; i++) {
        const char *known = errata_field_name(fields[i]);

        if (strlen(known) == length && memcmp(known, name, length) == 0) {
            redaction->fields |= 1U << fields[i];
            return EXIT_GOOD;
        }
    }
    say("--redact: \"%.*s\" cannot be redacted; there are received, expected, message, record",
        (int)(length < 60 ? length : 60), name);
    return EXIT_USAGE;
}

enum exit_status redact_begin(struct settings *settings) {
    struct redaction *redaction = &settings->redaction;
    enum exit_status status = EXIT_GOOD;

    for (size_t i = 0; i < settings->redact.count; i++) {
        for (const char *at = settings->redact.at[i]; at && status == EXIT_GOOD;) {
            size_t length = strcspn(at, ",");

            status = take_field(redaction, at, length);
            at = at[length] == ',' ? at + length + 1 : NULL;
        }
    }
    /* So few bytes come whole. */
    if (status == EXIT_GOOD && redact_any(settings) &&
        getrandom(&redaction->key, sizeof redaction->key, 0) != (ssize_t)sizeof redaction->key) {
        say("--redact: the system has no random numbers");
        status = EXIT_MACHINE;
    }
    return status;
}

bool redact_any(const struct settings *settings) {
    return settings->redaction.fields != 0;
}

bool redact_has(const struct settings *settings, enum errata_field field) {
    return (settings->redaction.fields >> field & 1U) != 0;
}

enum exit_status redact_index(struct errata_index *index, const struct settings *settings) {
    enum errata_field asked[N_FIELDS];
    struct errata_error error;
    size_t count = 0;

    for (size_t i = 0; i < N_FIELDS; i++) {
        if (redact_has(settings, fields[i])) {
            asked[count++] = fields[i];
        }
    }
    if (count == 0 ||
        errata_index_redact(index, asked, count, &settings->redaction.key, &error) == ERRATA_OK) {
        return EXIT_GOOD;
    }
    return told_end(&error, settings);
}

enum exit_status redact_allows_baseline(const struct settings *settings,
                                        const struct errata_grouping *by) {
    struct line names = {0};
    enum exit_status status = EXIT_GOOD;

    for (size_t i = 0; i < by->n_fields; i++) {
        enum errata_field field = by->fields[i];

        /* Whoever redacts messages redacts those of rule errors, too. */
        if (redact_has(settings,
                       field == ERRATA_FIELD_RULE_MESSAGE ? ERRATA_FIELD_MESSAGE : field)) {
            line_format(&names, "%s%s", names.length > 0 ? "," : "", errata_field_name(field));
        }
    }
    if (names.length > 0) {
        say("--redact: a baseline by %.*s would have marks, which are others in every run; group "
            "by other fields (--by), or do not redact these",
            (int)names.length, names.data);
        status = EXIT_USAGE;
    }
    line_free(&names);
    return status;
}

struct errata_text redact_record(char mark[ERRATA_MARK_SIZE], struct errata_text text,
                                 const struct settings *settings) {
    if (!text.data || !redact_has(settings, ERRATA_FIELD_RECORD)) {
        return text;
    }
    errata_redaction_mark(mark, text, &settings->redaction.key);
    return (struct errata_text){mark, ERRATA_MARK_SIZE - 1};
}

struct errata_text redact_reason(void) {
    static const char reason[] = ERRATA_REDACTED_REASON;

    return (struct errata_text){reason, sizeof reason - 1};
}
