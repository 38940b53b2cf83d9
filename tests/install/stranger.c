/*
 * A program of somebody else's, built against an installed errata as C and as C++: counts the issues of the file
 * that it is given.
 */
#include <errata/errata.h>
#include <stdio.h>

int main(int argc, char **argv) {
    struct errata_reader *reader = NULL;
    struct errata_index *index = NULL;
    struct errata_query *query = NULL;
    struct errata_totals *totals = NULL;
    struct errata_total total;
    struct errata_error error;

    if (argc != 2) {
        return 2;
    }
    if (errata_reader_new(&reader, NULL, &error) != ERRATA_OK ||
        errata_reader_read_path(reader, argv[1], NULL, &error) != ERRATA_OK ||
        errata_reader_finish(&index, reader, &error) != ERRATA_OK ||
        errata_query_new(&query, index, NULL, &error) != ERRATA_OK ||
        errata_query_where(query, "message ~ .", &error) != ERRATA_OK ||
        errata_query_totals(&totals, query, &error) != ERRATA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    errata_totals_get(totals, &total);
    printf("errata %s: %u issues in %u documents\n", errata_version(), total.issues,
           total.documents);
    errata_totals_free(totals);
    errata_query_free(query);
    errata_index_free(index);
    errata_reader_free(reader);
    return 0;
}
