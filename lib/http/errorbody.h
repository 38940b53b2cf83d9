/*
 * What an answer that is no success says, in a few words that are safe to show.
 */
#ifndef ERRATA_HTTP_ERRORBODY_H
#define ERRATA_HTTP_ERRORBODY_H

#include <stddef.h>

#include <errata/allocator.h>

/*
 * Writes what the first bytes of a body say, with a NUL, to out: of `{status, message, errors}` the message and the
 * errors' own, of HTML and other text the first words. Empty when there is nothing in it. Never fails: where memory is
 * short, the text is shown as it is.
 */
void errata__error_body(const struct errata_allocator *allocator, const char *body, size_t length,
                        char *out, size_t size);

#endif
