/* What is done about each kind of answer, and when. */
#include <criterion/criterion.h>

#include "http/bucket.h"
#include "http/retry.h"

static enum errata__verdict judge(enum errata__fate fate, uint32_t http) {
    const struct errata__answer answer = {.fate = fate, .http = http, .retry_after = -1};
    return errata__retry_judge(&answer, ERRATA_CANNOT_WRITE);
}

Test(http_retry, by_http_status) {
    static const struct {
        uint32_t http;
        enum errata__verdict verdict;
    } cases[] = {
        {200, ERRATA__VERDICT_GOOD},         {201, ERRATA__VERDICT_NO},
        {204, ERRATA__VERDICT_NO},           {301, ERRATA__VERDICT_NO},
        {308, ERRATA__VERDICT_NO},           {400, ERRATA__VERDICT_NO},
        {401, ERRATA__VERDICT_UNAUTHORIZED}, {403, ERRATA__VERDICT_UNAUTHORIZED},
        {404, ERRATA__VERDICT_NO},           {408, ERRATA__VERDICT_AGAIN},
        {410, ERRATA__VERDICT_NO},           {429, ERRATA__VERDICT_LATER},
        {500, ERRATA__VERDICT_AGAIN},        {502, ERRATA__VERDICT_AGAIN},
        {503, ERRATA__VERDICT_AGAIN},        {504, ERRATA__VERDICT_AGAIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(judge(ERRATA__FATE_ANSWERED, cases[i].http), cases[i].verdict, "%u",
                     cases[i].http);
    }
}

Test(http_retry, by_fate) {
    const struct errata__answer over = {.fate = ERRATA__FATE_DROPPED, .http = 200};
    /* Also where an answer had begun to come. */
    cr_expect_eq(judge(ERRATA__FATE_BROKEN, 200), ERRATA__VERDICT_AGAIN);
    cr_expect_eq(judge(ERRATA__FATE_BROKEN, 401), ERRATA__VERDICT_AGAIN);
    cr_expect_eq(judge(ERRATA__FATE_HOPELESS, 0), ERRATA__VERDICT_HOPELESS);
    cr_expect_eq(judge(ERRATA__FATE_DROPPED, 200), ERRATA__VERDICT_DROPPED);
    cr_expect_eq(errata__retry_judge(&over, ERRATA_LIMIT_DOCUMENT), ERRATA__VERDICT_NO);
}

Test(http_retry, who_slows_all_requests) {
    for (uint32_t http = 100; http < 600; http++) {
        const struct errata__answer answer = {.fate = ERRATA__FATE_ANSWERED, .http = http};
        const struct errata__answer broken = {.fate = ERRATA__FATE_BROKEN, .http = http};
        cr_expect_eq(errata__retry_slows(&answer), http == 429 || http == 503);
        cr_expect_not(errata__retry_slows(&broken));
    }
}

Test(http_retry, waits_double_up_to_a_minute) {
    int64_t whole = ERRATA__SECOND / 2;
    for (unsigned n = 0; n < 100; n++) {
        cr_expect_eq(errata__retry_wait(n, 0), whole / 2);
        cr_expect_eq(errata__retry_wait(n, UINT32_MAX), whole);
        int64_t middle = errata__retry_wait(n, UINT32_MAX / 2);
        cr_expect(middle > whole / 2 && middle < whole);
        whole = 2 * whole < 60 * ERRATA__SECOND ? 2 * whole : 60 * ERRATA__SECOND;
    }
}
