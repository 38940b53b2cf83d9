/*
 * A status document as a line of an archive: who and when in front, the body behind it.
 */
#ifndef ERRATA_HTTP_LINE_H
#define ERRATA_HTTP_LINE_H

#include <stdbool.h>

#include <errata/text.h>

#include "http/body.h"

struct errata__line {
    struct errata__buffer head;
    struct errata__body *body;
    /* Of the body: behind its opening brace, and behind what is no white space at its end. */
    uint64_t from;
    uint64_t to;
};

struct errata__line_names {
    struct errata_text record;
    struct errata_text collection;
    struct errata_text app;
    int64_t fetched_at;
};

void errata__line_init(struct errata__line *line, const struct errata_allocator *allocator);
void errata__line_free(struct errata__line *line);

/* Looks at a collected body. *object = false: it is no JSON object, and no line can be made of it; *blank: it is nothing
   but white space. ERRATA_OK; ERRATA_CANNOT_READ. */
ERRATA_MUST_CHECK enum errata_status errata__line_look(struct errata__line *line,
                                                       struct errata__body *body, bool *object,
                                                       bool *blank);
/* Makes the head. ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_LIMIT_TOKEN: the names are longer than 1 MiB. */
ERRATA_MUST_CHECK enum errata_status errata__line_name(struct errata__line *line,
                                                       const struct errata__line_names *names);

/* Bytes of the line, its end counted. */
uint64_t errata__line_length(const struct errata__line *line);
/* Gives the line, in pieces: line breaks in the body as blanks, one at the end. Status as errata__body_give(). */
ERRATA_MUST_CHECK enum errata_status errata__line_give(struct errata__line *line,
                                                       errata__bytes_function *take, void *ctx);
/* Where in the body an offset within the line is; 0 for one in the head. */
uint64_t errata__line_in_body(const struct errata__line *line, uint64_t offset);

#endif
