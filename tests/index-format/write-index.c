/*
 * Reads files, writes their index to standard output in its written form, and its counts to standard error.
 *
 *     write-index [--scope TEXT] FILE...      as if a scan that was limited so had brought them
 */
#include <errata/errata.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static enum errata_status to_stdout(void *ctx, const void *bytes, size_t length) {
    (void)ctx;
    return fwrite(bytes, 1, length, stdout) == length ? ERRATA_OK : ERRATA_CANNOT_WRITE;
}

static enum errata_status read_files(struct errata_index **index, char **paths, int count,
                                     struct errata_error *error) {
    const struct errata_reader_options options = {.keep_going = true};
    struct errata_reader *reader;
    enum errata_status status = errata_reader_new(&reader, &options, error);
    struct errata_origin origin = {0};
    int first = 0;

    if (count > 1 && strcmp(paths[0], "--scope") == 0) {
        origin.scope = (struct errata_text){paths[1], strlen(paths[1])};
        first = 2;
    }
    for (int i = first; i < count && status == ERRATA_OK; i++) {
        status = errata_reader_read_path(reader, paths[i], &origin, error);
    }
    if (status == ERRATA_OK) {
        status = errata_reader_finish(index, reader, error);
    }
    errata_reader_free(reader);
    return status;
}

int main(int argc, char **argv) {
    struct errata_index *index = NULL;
    struct errata_error error;
    enum errata_status status = read_files(&index, argv + 1, argc - 1, &error);
    if (status == ERRATA_OK) {
        status = errata_index_write(index, to_stdout, NULL, &error);
    }
    if (status != ERRATA_OK) {
        fprintf(stderr, "%s\n", error.message);
    } else {
        struct errata_counts counts;
        errata_index_counts(index, &counts);
        fprintf(stderr,
                "{\"sources\":%" PRIu32 ",\"documents\":%" PRIu32 ",\"records\":%" PRIu32
                ",\"rule errors\":%" PRIu32 ",\"issues\":%" PRIu32 ",\"rejects\":%" PRIu32
                ",\"shapes\":%" PRIu32 ",\"patterns\":%" PRIu32 ",\"strings\":%" PRIu32
                ",\"deviations\":%" PRIu64 "}\n",
                counts.sources, counts.documents, counts.records, counts.rule_errors, counts.issues,
                counts.rejects, counts.shapes, counts.patterns, counts.strings, counts.deviations);
    }
    errata_index_free(index);
    return status == ERRATA_OK ? 0 : 1;
}
