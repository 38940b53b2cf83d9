/*
 * Numbers on the command line; see number.h.
 */
#include "number.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool bench_parse_number(const char *text, uint64_t *number) {
    static const char units[] = "KMG";
    char *end;
    const char *unit;
    uint64_t factor = 1;

    errno = 0;
    *number = strtoull(text, &end, 10);
    if (*end != '\0' && (unit = strchr(units, *end)) != NULL) {
        for (; unit >= units; unit--) {
            factor *= 1000;
        }
        end++;
    }
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 ||
        *number > UINT64_MAX / factor) {
        return false;
    }
    *number *= factor;
    return true;
}
