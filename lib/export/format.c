/*
 * The formats, and writing with one of them: see format.h.
 */
#include "export/format.h"

#include <stdio.h>

#include "core/fail.h"

static const struct errata__format *const formats[ERRATA_FORMAT_MARKDOWN + 1] = {
    [ERRATA_FORMAT_JSON] = &errata__format_json,
    [ERRATA_FORMAT_NDJSON] = &errata__format_ndjson,
    [ERRATA_FORMAT_CSV] = &errata__format_csv,
    [ERRATA_FORMAT_TSV] = &errata__format_tsv,
    [ERRATA_FORMAT_MARKDOWN] = &errata__format_markdown,
};

enum errata_status errata__writing_open(struct errata__writing *writing,
                                        const struct errata_export_options *options,
                                        const struct errata_allocator *allocator,
                                        errata_write_function *write, void *ctx,
                                        struct errata_error *error) {
    *writing = (struct errata__writing){0};
    if (options) {
        writing->options = *options;
    }
    if ((unsigned)writing->options.format > ERRATA_FORMAT_MARKDOWN) {
        return errata__fail(error, ERRATA_MISUSE, "there is no such format");
    }
    writing->format = formats[writing->options.format];
    if (writing->options.safe_cells && !writing->format->has_cells) {
        return errata__fail(error, ERRATA_MISUSE, "safe cells are for CSV and TSV");
    }
    if (writing->options.max_bytes > 0 && !writing->format->bounded) {
        return errata__fail(error, ERRATA_MISUSE, "a bound on bytes is for Markdown");
    }
    if (writing->options.max_bytes == 0) {
        writing->options.max_bytes = ERRATA_MARKDOWN_BYTES;
    }
    if (writing->options.max_bytes < ERRATA_MARKDOWN_LEAST_BYTES) {
        return errata__fail(error, ERRATA_MISUSE, "less than %d bytes hold no answer",
                            ERRATA_MARKDOWN_LEAST_BYTES);
    }
    errata__sink_open(&writing->sink, allocator, write, ctx);
    if (writing->format->open) {
        writing->format->open(writing);
    }
    return ERRATA_OK;
}

void errata__writing_say(struct errata__writing *writing, const char *format, ...) {
    va_list values;

    if (writing->format->say) {
        va_start(values, format);
        writing->format->say(writing, format, values);
        va_end(values);
    }
}

void errata__writing_unread(struct errata__writing *writing, const struct errata__reading *sides,
                            size_t n_sides) {
    char words[2][ERRATA__UNREAD_SIZE];
    bool none = errata__unread_documents(words[0], sides, n_sides);
    bool rejects = errata__unread_rejects(words[1], sides, n_sides);

    snprintf(writing->unread, sizeof writing->unread, "%s%s%s%s", words[0],
             none && rejects ? ". " : "", words[1], none || rejects ? "." : "");
}

void errata__writing_begin(struct errata__writing *writing, const struct errata__frame *frame) {
    writing->frame = frame;
    writing->rows = 0;
    writing->stopped = false;
    if (writing->format->begin) {
        writing->format->begin(writing);
    }
}

void errata__writing_row(struct errata__writing *writing, const struct errata__cell *cells,
                         size_t n_cells) {
    writing->format->row(writing, cells, n_cells);
    writing->rows++;
}

void errata__writing_end(struct errata__writing *writing) {
    if (writing->format->end) {
        writing->format->end(writing);
    }
}

enum errata_status errata__writing_close(struct errata__writing *writing,
                                         struct errata_error *error) {
    if (writing->format->close) {
        writing->format->close(writing);
    }
    return errata__sink_close(&writing->sink, error);
}
