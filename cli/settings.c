/*
 * What the options say, in the library's words.
 */
#include "settings.h"

#include <string.h>

#include "command.h"

struct errata_export_options command_export_options(const struct settings *settings) {
    struct errata_export_options options = {.format = ERRATA_FORMAT_JSON};

    switch ((enum result_format)settings->format) {
    case FORMAT_TABLE:
    case FORMAT_JSON:
        break;
    case FORMAT_NDJSON:
        options.format = ERRATA_FORMAT_NDJSON;
        break;
    case FORMAT_CSV:
        options.format = ERRATA_FORMAT_CSV;
        break;
    }
    return options;
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
