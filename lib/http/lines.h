/*
 * Who the lines of an archive are about, read piece by piece: each must begin as line.c writes it.
 */
#ifndef ERRATA_HTTP_LINES_H
#define ERRATA_HTTP_LINES_H

#include "http/ids.h"
#include "http/line.h"
#include "json/parser.h"

struct errata__lines {
    struct errata__json *json;
    const struct errata__line_names *names;
    struct errata__ids *ids;
    /* Of the open line: the member that comes next, and whether all that matter have come. */
    unsigned member;
    bool known;
    bool begun;
    /* How much of the shape has come, and whether a backslash was the last byte in a string. */
    size_t shaped;
    bool escaped;
    uint64_t number;
    struct errata__buffer record;
    /* Why lines were refused; static. */
    const char *reason;
};

/* names: the collection and app that all must be of; ids: NULL when they are not wanted. ERRATA_OK; ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__lines_init(struct errata__lines *lines,
                                                        const struct errata_allocator *allocator,
                                                        const struct errata__line_names *names,
                                                        struct errata__ids *ids);
void errata__lines_free(struct errata__lines *lines);
/* Takes the next bytes and enters the ids in them; ctx is the lines. ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_LIMIT_IDS;
   ERRATA_MISMATCH: see reason, and number for the line. */
enum errata_status errata__lines_take(void *ctx, const void *bytes, size_t length);

#endif
