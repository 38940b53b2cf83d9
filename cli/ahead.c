/*
 * Judging before reading: see ahead.h.
 */
#include "ahead.h"

#include <errata/reader.h>

#include "filter.h"

enum exit_status ahead_index(struct errata_index **index) {
    struct errata_reader *reader;
    struct errata_error error;
    enum errata_status status = errata_reader_new(&reader, NULL, &error);

    if (status == ERRATA_OK) {
        status = errata_reader_finish(index, reader, &error);
    }
    errata_reader_free(reader);
    return status ? say_error(&error) : EXIT_GOOD;
}

enum exit_status ahead_check_query(const struct settings *settings) {
    struct errata_index *index = NULL;
    struct errata_query *query = NULL;
    enum exit_status status = ahead_index(&index);

    if (status == EXIT_GOOD) {
        status = filter_make(&query, index, settings);
    }
    errata_query_free(query);
    errata_index_free(index);
    return status;
}
