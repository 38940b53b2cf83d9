/*
 * A body that is tried: is it one status document, and if not, what is there to say about it?
 */
#ifndef ERRATA_HTTP_TRIAL_H
#define ERRATA_HTTP_TRIAL_H

#include <errata/client.h>

#include "http/body.h"

/* Gives bytes to take. Status as errata__body_give(). */
typedef enum errata_status errata__trial_give(void *ctx, errata__bytes_function *take,
                                              void *take_ctx);

/* Feeds a reader; ctx is a struct errata__feeding. */
struct errata__feeding {
    struct errata_reader *reader;
    struct errata_error *error;
};
enum errata_status errata__trial_take(void *ctx, const void *bytes, size_t length);

/* Feeds a reader what give gives. A failure of give is told as that of a temporary file. */
ERRATA_MUST_CHECK enum errata_status errata__trial_feed(struct errata_reader *reader,
                                                        errata__trial_give *give, void *ctx,
                                                        struct errata_error *error);
/* Reads what give gives, by a reader of its own that is set like `reading`. ERRATA_OK: it is one status document; else error
   says what is wrong with it, or with this machine: see errata__trial_is_about(). */
ERRATA_MUST_CHECK enum errata_status errata__trial_read(const struct errata_reader_options *reading,
                                                        enum errata_framing framing,
                                                        errata__trial_give *give, void *ctx,
                                                        struct errata_error *error);
/* Does this failure say something about the document, rather than about this machine? */
bool errata__trial_is_about(enum errata_status status);

/* Makes result that of a body which is refused, with its places and its first bytes, which are written to head (of
   ERRATA_SHOWN_BODY). offset: where in it the trouble is. ERRATA_OK; ERRATA_CANNOT_READ. */
ERRATA_MUST_CHECK enum errata_status errata__trial_refuse(struct errata_result *result,
                                                          struct errata__body *body,
                                                          const char *reason, uint64_t offset,
                                                          char *head);

#endif
