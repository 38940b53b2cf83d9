/*
 * The bucket: see bucket.h. It is kept as one point in time, that at which it will be full: each token taken moves
 * that by one interval, so nothing has to be counted up while time passes.
 */
#include "http/bucket.h"

#include <errata/client.h>

#include "http/retry.h"

/* The rate never falls below this part of what was asked for. */
#define SLOWEST_PART 10
/* Good answers that bring the rate from nothing to what was asked for. */
#define CLIMB 200

static int64_t later(int64_t one, int64_t other) {
    return one > other ? one : other;
}

void errata__bucket_init(struct errata__bucket *bucket, uint32_t rate, uint32_t depth,
                         int64_t now) {
    *bucket = (struct errata__bucket){
        .fastest = rate == ERRATA_NO_LIMIT ? 0 : 60 * ERRATA__SECOND / rate,
        .depth = depth,
        .full = now,
        .closed_until = now,
    };
    bucket->interval = bucket->fastest;
}

void errata__bucket_drain(struct errata__bucket *bucket, int64_t now) {
    bucket->full = later(bucket->full, now + (bucket->depth - 1) * bucket->interval);
}

int64_t errata__bucket_wait(const struct errata__bucket *bucket, int64_t now) {
    int64_t there = bucket->full - (bucket->depth - 1) * bucket->interval;
    int64_t wait = later(there, bucket->closed_until) - now;
    return later(wait, 0);
}

void errata__bucket_take(struct errata__bucket *bucket, int64_t now) {
    bucket->full = later(bucket->full, now) + bucket->interval;
}

void errata__bucket_slow(struct errata__bucket *bucket, int64_t sent, int64_t now, int64_t after,
                         uint32_t random) {
    if (sent >= bucket->closed_until) {
        int64_t slowest = bucket->fastest * SLOWEST_PART;
        bucket->interval = 2 * bucket->interval < slowest ? 2 * bucket->interval : slowest;
        bucket->waits++;
    }
    int64_t wait = after >= 0 ? after * ERRATA__SECOND
                              : 2 * errata__retry_wait(bucket->waits - (bucket->waits > 0), random);
    bucket->closed_until = later(bucket->closed_until, now + wait);
    /* One token is there then, not a bucket full. */
    bucket->full = bucket->closed_until + (bucket->depth - 1) * bucket->interval;
}

void errata__bucket_good(struct errata__bucket *bucket) {
    bucket->waits = 0;
    if (bucket->interval > bucket->fastest) {
        double fastest = (double)bucket->fastest;
        double interval = 1.0 / (1.0 / (double)bucket->interval + 1.0 / (fastest * CLIMB));
        bucket->interval = later((int64_t)interval, bucket->fastest);
    }
}

uint32_t errata__bucket_rate(const struct errata__bucket *bucket) {
    return bucket->interval == 0
               ? ERRATA_NO_LIMIT
               : (uint32_t)((60 * ERRATA__SECOND + bucket->interval / 2) / bucket->interval);
}
