/*
 * The issues of a file whose message matches a regular expression, one JSON object a line.
 *
 *     cc filter.c $(pkg-config --cflags --libs errata) -o filter && ./filter loans.ndjson '(?i)income'
 */
#include <errata/errata.h>
#include <stdio.h>
#include <string.h>

static enum errata_status to_stdout(void *ctx, const void *bytes, size_t length) {
    (void)ctx;
    return fwrite(bytes, 1, length, stdout) == length ? ERRATA_OK : ERRATA_CANNOT_WRITE;
}

static enum errata_status filter(const struct errata_index *index, const char *regex,
                                 struct errata_error *error) {
    struct errata_text text = {regex, strlen(regex)};
    struct errata_query *query = NULL;
    struct errata_matches *matches = NULL;
    enum errata_status status = errata_query_new(&query, index, NULL, error);
    if (status == ERRATA_OK) {
        /* The same as the text `message ~ REGEX` in errata_query_where(), without its syntax. */
        status = errata_query_add(query, ERRATA_FIELD_MESSAGE, ERRATA_MATCHES, &text, 1, error);
    }
    if (status == ERRATA_OK) {
        status = errata_query_match(&matches, query, 0, 0, error);
    }
    if (status == ERRATA_OK) {
        const struct errata_export_options how = {.format = ERRATA_FORMAT_NDJSON};
        status = errata_export_issues(matches, index, &how, to_stdout, NULL, error);
    }
    errata_matches_free(matches);
    errata_query_free(query);
    return status;
}

int main(int argc, char **argv) {
    struct errata_reader *reader = NULL;
    struct errata_index *index = NULL;
    struct errata_error error;

    if (argc != 3) {
        fprintf(stderr, "usage: filter FILE REGEX\n");
        return 2;
    }
    enum errata_status status = errata_reader_new(&reader, NULL, &error);
    if (status == ERRATA_OK) {
        status = errata_reader_read_path(reader, argv[1], NULL, &error);
    }
    if (status == ERRATA_OK) {
        status = errata_reader_finish(&index, reader, &error);
    }
    if (status == ERRATA_OK) {
        status = filter(index, argv[2], &error);
    }
    if (status != ERRATA_OK) {
        char line[1024];
        errata_error_render(&error, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    errata_index_free(index);
    errata_reader_free(reader);
    return status == ERRATA_OK ? 0 : 1;
}
