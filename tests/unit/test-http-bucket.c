/* How fast requests go out, at points in time that the tests choose. */
#include <criterion/criterion.h>
#include <errata/client.h>

#include "http/bucket.h"

#define MINUTE (60 * ERRATA__SECOND)

static struct errata__bucket bucket;

/* Takes all that come for so long; returns how many. */
static unsigned take_for(int64_t from, int64_t length) {
    unsigned taken = 0;
    for (int64_t now = from; now < from + length;) {
        int64_t wait = errata__bucket_wait(&bucket, now);
        now += wait;
        if (now < from + length) {
            errata__bucket_take(&bucket, now);
            taken++;
        }
    }
    return taken;
}

Test(http_bucket, full_at_first_then_one_by_one) {
    errata__bucket_init(&bucket, 60, 4, 0);
    for (int i = 0; i < 4; i++) {
        cr_assert_eq(errata__bucket_wait(&bucket, 5), 0);
        errata__bucket_take(&bucket, 5);
    }
    cr_assert_eq(errata__bucket_wait(&bucket, 5), ERRATA__SECOND);
    cr_assert_eq(errata__bucket_wait(&bucket, ERRATA__SECOND), 5);
}

Test(http_bucket, a_pause_saves_no_more_than_it_holds) {
    errata__bucket_init(&bucket, 60, 4, 0);
    cr_assert_eq(take_for(0, 10 * MINUTE), 603);
    cr_assert_eq(take_for(70 * MINUTE, ERRATA__SECOND / 2), 4);
}

Test(http_bucket, drained_it_keeps_to_the_rate_from_the_first_minute) {
    errata__bucket_init(&bucket, 500, 8, 0);
    errata__bucket_drain(&bucket, 0);
    cr_assert_eq(take_for(0, MINUTE), 500);
}

Test(http_bucket, no_limit) {
    errata__bucket_init(&bucket, ERRATA_NO_LIMIT, 1, 0);
    for (int i = 0; i < 1000; i++) {
        cr_assert_eq(errata__bucket_wait(&bucket, 0), 0);
        errata__bucket_take(&bucket, 0);
    }
    cr_assert_eq(errata__bucket_rate(&bucket), ERRATA_NO_LIMIT);
    errata__bucket_slow(&bucket, 0, 0, 3, 0);
    cr_assert_eq(errata__bucket_wait(&bucket, 0), 3 * ERRATA__SECOND);
}

Test(http_bucket, waits_as_long_as_it_is_told) {
    errata__bucket_init(&bucket, 600, 8, 0);
    errata__bucket_slow(&bucket, 0, ERRATA__SECOND, 30, 0);
    cr_assert_eq(errata__bucket_wait(&bucket, ERRATA__SECOND), 30 * ERRATA__SECOND);
    /* A shorter one does not shorten it. */
    errata__bucket_slow(&bucket, 0, ERRATA__SECOND, 2, 0);
    cr_assert_eq(errata__bucket_wait(&bucket, ERRATA__SECOND), 30 * ERRATA__SECOND);
    /* Behind it there is one token, not eight. */
    int64_t now = 31 * ERRATA__SECOND;
    cr_assert_eq(errata__bucket_wait(&bucket, now), 0);
    errata__bucket_take(&bucket, now);
    cr_assert_gt(errata__bucket_wait(&bucket, now), 0);
}

Test(http_bucket, halved_once_in_a_wait) {
    errata__bucket_init(&bucket, 400, 8, 0);
    for (int i = 0; i < 8; i++) {
        errata__bucket_slow(&bucket, 0, 1000 + i, 10, 0);
    }
    cr_assert_eq(errata__bucket_rate(&bucket), 200);
    /* One that was sent before the wait, and answered behind it. */
    errata__bucket_slow(&bucket, 500, 11 * ERRATA__SECOND, 10, 0);
    cr_assert_eq(errata__bucket_rate(&bucket), 200);
    errata__bucket_slow(&bucket, 22 * ERRATA__SECOND, 23 * ERRATA__SECOND, 10, 0);
    cr_assert_eq(errata__bucket_rate(&bucket), 100);
}

Test(http_bucket, never_below_a_tenth_and_back) {
    errata__bucket_init(&bucket, 500, 8, 0);
    for (int i = 0; i < 20; i++) {
        errata__bucket_slow(&bucket, bucket.closed_until, bucket.closed_until, 1, 0);
    }
    cr_assert_eq(errata__bucket_rate(&bucket), 50);
    uint32_t rate = 50;
    int answers = 0;
    while (rate < 500) {
        errata__bucket_good(&bucket);
        cr_assert_geq(errata__bucket_rate(&bucket), rate);
        rate = errata__bucket_rate(&bucket);
        answers++;
        cr_assert_lt(answers, 1000);
    }
    cr_assert_gt(answers, 100);
    errata__bucket_good(&bucket);
    cr_assert_eq(errata__bucket_rate(&bucket), 500);
}

/* Without a Retry-After each wait is twice the last, until a good answer comes. */
Test(http_bucket, backs_off) {
    int64_t now = 0;
    int64_t last = 0;
    errata__bucket_init(&bucket, 500, 8, 0);
    for (int i = 0; i < 5; i++) {
        errata__bucket_slow(&bucket, now, now, -1, UINT32_MAX);
        int64_t wait = bucket.closed_until - now;
        cr_assert_eq(wait, i == 0 ? ERRATA__SECOND : 2 * last);
        last = wait;
        now = bucket.closed_until;
    }
    errata__bucket_good(&bucket);
    errata__bucket_slow(&bucket, now, now, -1, 0);
    cr_assert_eq(bucket.closed_until - now, ERRATA__SECOND / 2);
}
