/*
 * Which format is meant: see format.h.
 */
#include "export/format.h"

const struct errata__format *errata__format_of(const struct errata_export_options *options) {
    switch (options ? options->format : ERRATA_FORMAT_JSON) {
    case ERRATA_FORMAT_JSON:
        return &errata__format_json;
    case ERRATA_FORMAT_NDJSON:
        return &errata__format_ndjson;
    case ERRATA_FORMAT_CSV:
        return &errata__format_csv;
    }
    return NULL;
}
