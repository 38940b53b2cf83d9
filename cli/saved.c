/*
 * What saved indexes bring along: see saved.h.
 */
#include "saved.h"

#include <errata/export.h>
#include <errata/store.h>

#include "redact.h"

static enum exit_status refuse(const struct digit_names *one, const struct digit_names *other) {
    const char *with = one->on ? one->name : other->name;
    const char *without = one->on ? other->name : one->name;

    if (one->saved && other->saved) {
        say("%s was made with --digit-names and %s without, so they do not go together", with,
            without);
    } else {
        say("%s was made with --digit-names, so %s needs the option as well", with, without);
    }
    return EXIT_INPUT;
}

enum exit_status saved_digit_names(struct digit_names *all, const struct digit_names *next,
                                   const struct settings *settings) {
    if (settings->digit_names && !next->on) {
        say("%s was made without --digit-names; leave the option out, or make the index again "
            "with it",
            next->name);
        return EXIT_INPUT;
    }
    if (!all->name) {
        *all = *next;
    }
    return all->on == next->on ? EXIT_GOOD : refuse(all, next);
}

enum exit_status saved_is_strict(const struct errata_index *index, const char *name,
                                 const struct settings *settings) {
    struct errata_counts counts;

    errata_index_counts(index, &counts);
    if (!settings->strict || counts.deviations == 0) {
        return EXIT_GOOD;
    }
    say("%s has %llu deviation%s, since it was made without --strict; leave the option out, or "
        "make the index again with it",
        name, (unsigned long long)counts.deviations, counts.deviations == 1 ? "" : "s");
    return EXIT_INPUT;
}

enum exit_status saved_rejects(const struct errata_index *index, struct output *rejects,
                               const struct settings *settings) {
    struct errata_reject reject;
    struct errata_error error;

    /* A damaged list would just be empty. */
    if (errata_index_check(index, &error)) {
        return say_error(&error);
    }
    for (uint32_t i = 0; errata_index_reject(index, i, &reject); i++) {
        struct errata_source source = {0};
        char mark[ERRATA_MARK_SIZE];

        errata_index_source(index, reject.source, &source);
        /* The index itself is redacted when all of them are joined. */
        if (source.kind == ERRATA_SOURCE_API && redact_has(settings, ERRATA_FIELD_RECORD)) {
            source.name = redact_record(mark, source.name, settings);
            reject.reason = redact_reason();
        }
        /* A failure stays in the output. */
        (void)!errata_export_reject(&reject, source.name, (struct errata_text){0}, output_write,
                                    rejects, NULL);
    }
    return EXIT_GOOD;
}
