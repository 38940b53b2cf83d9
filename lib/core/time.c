/*
 * RFC 3339 and Unix seconds. Days are counted in the proleptic Gregorian calendar from 1 March of year 0,
 * so that the leap day comes last in its year.
 */
#include "core/time.h"

#include <stdio.h>

static int64_t days_from_civil(int64_t year, int64_t month, int64_t day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* Takes exactly count digits. */
static bool digits(const char **at, const char *end, int count, int64_t *value) {
    *value = 0;
    for (int i = 0; i < count; i++) {
        if (*at == end || **at < '0' || **at > '9') {
            return false;
        }
        *value = *value * 10 + (*(*at)++ - '0');
    }
    return true;
}

static bool take(const char **at, const char *end, const char *any_of) {
    if (*at == end) {
        return false;
    }
    for (; *any_of != '\0'; any_of++) {
        if (**at == *any_of) {
            (*at)++;
            return true;
        }
    }
    return false;
}

static int64_t days_in_month(int64_t year, int64_t month) {
    if (month == 2) {
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* time-offset: Z, or a sign and HH:MM. */
static bool parse_offset(const char **at, const char *end, int64_t *seconds) {
    int64_t hours;
    int64_t minutes;
    *seconds = 0;
    if (take(at, end, "Zz")) {
        return true;
    }
    bool west = *at < end && **at == '-';
    if (!take(at, end, "+-") || !digits(at, end, 2, &hours) || !take(at, end, ":") ||
        !digits(at, end, 2, &minutes) || hours > 23 || minutes > 59) {
        return false;
    }
    *seconds = (hours * 60 + minutes) * 60 * (west ? -1 : 1);
    return true;
}

bool errata__time_parse(const char *text, size_t length, int64_t *seconds) {
    const char *at = text;
    const char *end = text + length;
    int64_t year, month, day, hour, minute, second, offset;
    if (!digits(&at, end, 4, &year) || !take(&at, end, "-") || !digits(&at, end, 2, &month) ||
        !take(&at, end, "-") || !digits(&at, end, 2, &day) || !take(&at, end, "Tt ") ||
        !digits(&at, end, 2, &hour) || !take(&at, end, ":") || !digits(&at, end, 2, &minute) ||
        !take(&at, end, ":") || !digits(&at, end, 2, &second)) {
        return false;
    }
    if (take(&at, end, ".")) {
        int64_t digit;
        if (!digits(&at, end, 1, &digit)) {
            return false;
        }
        while (digits(&at, end, 1, &digit)) {}
    }
    /* 60 is a leap second. */
    if (!parse_offset(&at, end, &offset) || at != end || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month) || hour > 23 || minute > 59 || second > 60) {
        return false;
    }
    *seconds =
        days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
    return true;
}

size_t errata__time_format(int64_t seconds, char out[ERRATA__TIME_SIZE]) {
    int64_t days = seconds / 86400;
    int64_t rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;
    int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    int64_t month = shifted_month + (shifted_month < 10 ? 3 : -9);
    int64_t year = year_of_era + era * 400 + (month <= 2);
    if (year < 0 || year > 9999) {
        out[0] = '\0';
        return 0;
    }
    /* The masks tell the compiler what the ranges are. */
    snprintf(out, ERRATA__TIME_SIZE, "%04u-%02u-%02uT%02u:%02u:%02uZ", (unsigned)year & 0x3FFFU,
             (unsigned)month & 15U, (unsigned)day & 31U, (unsigned)(rest / 3600) & 31U,
             (unsigned)(rest / 60 % 60) & 63U, (unsigned)(rest % 60) & 63U);
    return ERRATA__TIME_SIZE - 1;
}
