/*
 * Rejects, as they are found: one line of NDJSON each.
 */
#include <errata/export.h>

#include "core/arena.h"
#include "core/utf8.h"
#include "export/format.h"

/* Of what stood there, the first bytes: enough to recognise it by. */
#define TEXT_SIZE 200

/* Leaves out the last character when the cut at `length` bytes may have broken it. */
static size_t whole_characters(const char *text, size_t length) {
    uint32_t point;
    size_t bytes;

    for (size_t at = 0; at < length; at += bytes) {
        bytes = errata__utf8_decode(text + at, length - at, &point);
        if (point == UINT32_MAX && at + bytes == length && (unsigned char)text[at] >= 0xC2) {
            return at;
        }
    }
    return length;
}

enum errata_status errata_export_reject(const struct errata_reject *reject,
                                        struct errata_text source, struct errata_text text,
                                        errata_write_function *write, void *ctx,
                                        struct errata_error *error) {
    const struct errata_allocator allocator = errata__allocator_or_default(NULL);
    size_t length = text.length < TEXT_SIZE ? text.length : TEXT_SIZE;
    char shown[3 * TEXT_SIZE];
    struct errata__sink sink;

    if (length < reject->length) {
        length = whole_characters(text.data, length);
    }
    length = errata__utf8_repair(text.data, length, shown);
    const struct errata__cell cells[] = {
        {.name = "source", .text = source},
        {.name = "line", .kind = ERRATA__CELL_NUMBER, .number = reject->line},
        {.name = "column", .kind = ERRATA__CELL_NUMBER, .number = reject->column},
        {.name = "offset", .kind = ERRATA__CELL_NUMBER, .number = reject->offset},
        {.name = "length", .kind = ERRATA__CELL_NUMBER, .number = reject->length},
        {.name = "reason", .text = reject->reason},
        {.name = "text", .text = {text.data == NULL ? NULL : shown, length}},
        {.name = "trouble_line", .kind = ERRATA__CELL_NUMBER, .number = reject->trouble_line},
        {.name = "trouble_column", .kind = ERRATA__CELL_NUMBER, .number = reject->trouble_column},
        {.name = "trouble_offset", .kind = ERRATA__CELL_NUMBER, .number = reject->trouble_offset},
    };
    errata__sink_open(&sink, &allocator, write, ctx);
    errata__json_object(&sink, cells, sizeof cells / sizeof *cells);
    errata__sink_bytes(&sink, "\n", 1);
    return errata__sink_close(&sink, error);
}
