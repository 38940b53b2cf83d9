/*
 * How fast requests may go out: a bucket of tokens, one for each request, that slows down when the API asks for it and
 * climbs back. All times are nanoseconds of one clock, which is the caller's, as are random numbers.
 */
#ifndef ERRATA_HTTP_BUCKET_H
#define ERRATA_HTTP_BUCKET_H

#include <stdint.h>

#define ERRATA__SECOND ((int64_t)1000000000)

struct errata__bucket {
    /* Between two tokens: at present, and as asked for. 0: there is no limit. */
    int64_t interval;
    int64_t fastest;
    /* Tokens that it holds. */
    int64_t depth;
    /* When it will be full if none is taken: what says how many are in it. */
    int64_t full;
    /* No token is given out before. */
    int64_t closed_until;
    /* Waits since the last good answer. */
    unsigned waits;
};

/* Full at first. rate: tokens a minute, ERRATA_NO_LIMIT: as many as are wanted. */
void errata__bucket_init(struct errata__bucket *bucket, uint32_t rate, uint32_t depth, int64_t now);
/* Leaves one token in it, for a run that will take all that come: a bucket full at the start would make
   the first minute's requests more than the rate. */
void errata__bucket_drain(struct errata__bucket *bucket, int64_t now);

/* How long until a token can be taken; 0: now. */
int64_t errata__bucket_wait(const struct errata__bucket *bucket, int64_t now);
/* Takes a token, which must be there. */
void errata__bucket_take(struct errata__bucket *bucket, int64_t now);

/* The API asked to slow down. sent: when the request went out that was answered so; after: the seconds that it asked
   for, -1: none. Halves the rate, down to a tenth, unless that request was sent before the wait that is on or
   was on last; no token is given out until the wait is over. */
void errata__bucket_slow(struct errata__bucket *bucket, int64_t sent, int64_t now, int64_t after,
                         uint32_t random);
/* A good answer came. */
void errata__bucket_good(struct errata__bucket *bucket);
/* Tokens a minute at present; ERRATA_NO_LIMIT. */
uint32_t errata__bucket_rate(const struct errata__bucket *bucket);

#endif
