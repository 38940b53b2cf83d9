/*
 * Feeds a reader piece by piece, as bytes come in on a pipe, and goes on behind what cannot be read. Where bytes
 * come from is the program's own affair: a socket or a decoder would do as well.
 *
 *     cc pipe.c $(pkg-config --cflags --libs errata) -o pipe && cat damaged.ndjson | ./pipe
 */
#include <errata/errata.h>
#include <inttypes.h>
#include <stdio.h>

/* Called with each stretch of input that is no status document. Its reason is safe to print, its text is not. */
static enum errata_status on_reject(void *ctx, const struct errata_reject *reject,
                                    struct errata_text text) {
    (void)ctx;
    (void)text;
    printf("line %" PRIu64 ": %s\n", reject->line, reject->reason.data);
    return ERRATA_OK;
}

static enum errata_status feed_all(struct errata_reader *reader, FILE *input,
                                   struct errata_error *error) {
    struct errata_origin origin = {
        .name = {"(pipe)", 6}, .kind = ERRATA_SOURCE_STREAM, .framing = ERRATA_FRAMING_LINES};
    enum errata_status status = errata_reader_begin(reader, &origin, error);
    char bytes[4096];
    size_t length;
    while (status == ERRATA_OK && (length = fread(bytes, 1, sizeof bytes, input)) > 0) {
        status = errata_reader_feed(reader, bytes, length, error);
    }
    return status == ERRATA_OK ? errata_reader_end(reader, error) : status;
}

int main(void) {
    struct errata_reader_options options = {.keep_going = true, .on_reject = on_reject};
    struct errata_reader *reader = NULL;
    struct errata_index *index = NULL;
    struct errata_error error;

    enum errata_status status = errata_reader_new(&reader, &options, &error);
    if (status == ERRATA_OK) {
        status = feed_all(reader, stdin, &error);
    }
    if (status == ERRATA_OK) {
        status = errata_reader_finish(&index, reader, &error);
    }
    if (status == ERRATA_OK) {
        struct errata_counts counts;
        errata_index_counts(index, &counts);
        printf("%" PRIu32 " documents, %" PRIu32 " issues, %" PRIu32 " rejects\n", counts.documents,
               counts.issues, counts.rejects);
    } else {
        char line[1024];
        errata_error_render(&error, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    errata_index_free(index);
    errata_reader_free(reader);
    return status == ERRATA_OK ? 0 : 1;
}
