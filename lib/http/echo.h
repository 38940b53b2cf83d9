/*
 * The key where it must not be: in what the API, or a proxy on the way, sends back. It is found as it is, percent-encoded
 * and with JSON's escapes, and in any mixture of these.
 */
#ifndef ERRATA_HTTP_ECHO_H
#define ERRATA_HTTP_ECHO_H

#include <stdbool.h>
#include <stddef.h>

#include <errata/allocator.h>
#include <errata/error.h>
#include <errata/text.h>

/* A key that is shorter is no secret that could be told from other words, and is not looked for. */
#define ERRATA__ECHO_SHORTEST 8U

/* Writes `[key]` over each place in text where the key is, and over the beginning of one at its end, where it may have
   been cut. Returns the length that is left. */
size_t errata__echo_hide(struct errata_text key, char *text, size_t length);

/* Looks for the key in a body that comes in pieces. */
struct errata__echo {
    const struct errata_allocator *allocator;
    struct errata_text key;
    /* The last bytes that came, and room for as many behind them. */
    char *tail;
    size_t tail_length;
};

/* key lives as long as this. ERRATA_OK; ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__echo_init(struct errata__echo *echo,
                                                       const struct errata_allocator *allocator,
                                                       struct errata_text key);
void errata__echo_free(struct errata__echo *echo);
/* Before the first piece of a body. */
void errata__echo_begin(struct errata__echo *echo);
/* Is the key in what has come, now that this piece has? */
bool errata__echo_take(struct errata__echo *echo, const char *bytes, size_t length);

#endif
