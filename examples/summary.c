/*
 * What is wrong in a file, and how often: reads status documents, groups their issues by rule key and code.
 *
 *     cc summary.c $(pkg-config --cflags --libs errata) -o summary && ./summary loans.ndjson
 */
#include <errata/errata.h>
#include <inttypes.h>
#include <stdio.h>

/* Text from a payload may hold anything, also what a terminal obeys. */
static void print_text(struct errata_text text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        putchar(byte >= 0x20 && byte < 0x7F ? byte : '?');
    }
}

int main(int argc, char **argv) {
    struct errata_reader *reader = NULL;
    struct errata_index *index = NULL;
    struct errata_query *query = NULL;
    struct errata_groups *groups = NULL;
    struct errata_grouping by = {
        .fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE}, .n_fields = 2, .limit = 10};
    struct errata_group group;
    struct errata_counts counts;
    struct errata_error error;

    if (argc != 2) {
        fprintf(stderr, "usage: summary FILE\n");
        return 2;
    }
    if (errata_reader_new(&reader, NULL, &error) != ERRATA_OK ||
        errata_reader_read_path(reader, argv[1], NULL, &error) != ERRATA_OK ||
        errata_reader_finish(&index, reader, &error) != ERRATA_OK ||
        errata_query_new(&query, index, NULL, &error) != ERRATA_OK ||
        errata_query_group(&groups, query, &by, &error) != ERRATA_OK) {
        char line[1024];
        errata_error_render(&error, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    } else {
        errata_index_counts(index, &counts);
        printf("%" PRIu32 " documents, %" PRIu32 " records, %" PRIu32 " issues\n", counts.documents,
               counts.records, counts.issues);
        for (uint64_t i = 0; errata_groups_at(groups, i, &group); i++) {
            printf("%8" PRIu64 "  ", group.issues);
            print_text(group.values[0]);
            printf("  ");
            print_text(group.values[1]);
            printf("\n");
        }
    }
    /* Freeing NULL is fine; what was made last goes first. */
    int done = groups != NULL;
    errata_groups_free(groups);
    errata_query_free(query);
    errata_index_free(index);
    errata_reader_free(reader);
    return done ? 0 : 1;
}
