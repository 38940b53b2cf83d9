/*
 * What to do about an answer: see retry.h.
 */
#include "http/retry.h"

#include "http/bucket.h"

#define LONGEST (60 * ERRATA__SECOND)

enum errata__verdict errata__retry_judge(const struct errata__answer *answer,
                                         enum errata_status dropped) {
    switch (answer->fate) {
    case ERRATA__FATE_BROKEN:
        return ERRATA__VERDICT_AGAIN;
    case ERRATA__FATE_HOPELESS:
        return ERRATA__VERDICT_HOPELESS;
    case ERRATA__FATE_DROPPED:
        return dropped == ERRATA_LIMIT_DOCUMENT ? ERRATA__VERDICT_NO : ERRATA__VERDICT_DROPPED;
    case ERRATA__FATE_ECHOED:
        return ERRATA__VERDICT_NO;
    case ERRATA__FATE_ANSWERED:
        break;
    }
    switch (answer->http) {
    case 200:
        return ERRATA__VERDICT_GOOD;
    case 401:
    case 403:
        return ERRATA__VERDICT_UNAUTHORIZED;
    case 408:
        return ERRATA__VERDICT_AGAIN;
    case 429:
        return ERRATA__VERDICT_LATER;
    default:
        return answer->http >= 500 ? ERRATA__VERDICT_AGAIN : ERRATA__VERDICT_NO;
    }
}

bool errata__retry_slows(const struct errata__answer *answer) {
    return answer->fate == ERRATA__FATE_ANSWERED && (answer->http == 429 || answer->http == 503);
}

int64_t errata__retry_wait(unsigned n, uint32_t random) {
    int64_t whole = ERRATA__SECOND / 2;
    while (n > 0 && whole < LONGEST) {
        whole *= 2;
        n--;
    }
    whole = whole < LONGEST ? whole : LONGEST;
    int64_t half = whole / 2;
    return half + (int64_t)((double)half * (double)random / (double)UINT32_MAX);
}
