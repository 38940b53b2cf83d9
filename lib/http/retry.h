/*
 * What to do about an answer, and when to try again.
 */
#ifndef ERRATA_HTTP_RETRY_H
#define ERRATA_HTTP_RETRY_H

#include <stdint.h>

#include "http/transfer.h"

enum errata__verdict {
    /* A 200 came whole. */
    ERRATA__VERDICT_GOOD,
    /* Try again, as often as it takes (429). */
    ERRATA__VERDICT_LATER,
    /* Try again, so many times (5xx, 408, no whole answer). */
    ERRATA__VERDICT_AGAIN,
    /* The answer is final for this request: 404, a redirect, a body over the limit or with the key
       in it. */
    ERRATA__VERDICT_NO,
    /* The call ends: the key is not accepted (401, 403). */
    ERRATA__VERDICT_UNAUTHORIZED,
    /* The call ends: nothing can be reached this way. */
    ERRATA__VERDICT_HOPELESS,
    /* The call ends: what came could not be taken. */
    ERRATA__VERDICT_DROPPED
};

/* dropped: errata__transfer.dropped. */
enum errata__verdict errata__retry_judge(const struct errata__answer *answer,
                                         enum errata_status dropped);
/* Does the API ask all requests to slow down? */
bool errata__retry_slows(const struct errata__answer *answer);
/* Nanoseconds to wait before try n, from 0: half a second that doubles up to a minute, of which the random part is at
   most a half. */
int64_t errata__retry_wait(unsigned n, uint32_t random);

#endif
