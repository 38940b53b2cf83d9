/*
 * What the options say, in the library's words.
 */
#include "settings.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/text.h"

/* The table of formats, by enum result_format. */
struct format {
    const char *word;
    enum errata_format format;
    unsigned options;
};
#define FORMAT_ROW(name, word, commands, library, options, about)                                  \
    {word, ERRATA_FORMAT_##library, options},
static const struct format formats[] = {FORMATS(FORMAT_ROW)};
static const size_t n_formats = sizeof formats / sizeof *formats;

struct errata_export_options command_export_options(const struct settings *settings) {
    return (struct errata_export_options){.format = formats[settings->format].format,
                                          .safe_cells = settings->safe_cells,
                                          .max_bytes = settings->max_bytes};
}

enum exit_status command_check_format(const struct settings *settings) {
    const struct format *format = &formats[settings->format];
    const struct {
        unsigned option;
        bool given;
        const char *name;
    } options[] = {{FORMAT_SAFE_CELLS, settings->safe_cells, "--safe-cells"},
                   {FORMAT_MAX_BYTES, settings->max_bytes > 0, "--max-bytes"}};

    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (options[i].given && !(format->options & options[i].option)) {
            struct words takers = {0};
            struct line list = {0};

            for (size_t n = 0; n < n_formats; n++) {
                if (formats[n].options & options[i].option) {
                    words_add(&takers, formats[n].word);
                }
            }
            line_list(&list, &takers, "and");
            say("%s is for --format %.*s, not for %s", options[i].name, (int)list.length, list.data,
                format->word);
            line_free(&list);
            free(takers.at);
            return EXIT_USAGE;
        }
    }
    return EXIT_GOOD;
}

void command_say_cut(const struct settings *settings, uint64_t shown, uint64_t total,
                     const char *noun, bool bare) {
    char all[ERRATA__DIGITS_SIZE];
    char some[ERRATA__DIGITS_SIZE];
    bool limit = settings_limit(settings) > 0;

    if (shown < total && (formats[settings->format].options & FORMAT_ROWS || bare)) {
        errata__text_digits(some, shown);
        errata__text_digits(all, total);
        say("%s of %s %s%s written, by %s%s%s", some, all, noun, total == 1 ? "" : "s",
            limit ? "--limit" : "", limit && settings->offset > 0 ? " and " : "",
            settings->offset > 0 ? "--offset" : "");
    }
}

struct errata_grouping command_grouping(const struct settings *settings) {
    struct errata_grouping by = {.order = (enum errata_order)settings->sort,
                                 .n_fields = settings->n_by,
                                 .least = settings->least,
                                 .offset = settings->offset,
                                 .limit = settings_limit(settings)};

    memcpy(by.fields, settings->by, sizeof by.fields);
    if (by.n_fields == 0) {
        by.fields[by.n_fields++] = ERRATA_FIELD_KEY;
        by.fields[by.n_fields++] = ERRATA_FIELD_CODE;
        by.fields[by.n_fields++] = ERRATA_FIELD_PATTERN;
    }
    return by;
}

const struct command *view_command(const struct settings *settings) {
    switch ((enum view_choice)settings->api.view) {
    case VIEW_SUMMARY:
        break;
    case VIEW_GROUP:
        return &command_group;
    case VIEW_LIST:
        return &command_list;
    }
    return &command_summary;
}
