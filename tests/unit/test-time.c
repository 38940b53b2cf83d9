/* Points in time, against the C library's gmtime_r(). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/time.h"
#include "made-index.h"

/* 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z. */
#define EARLIEST (-62167219200)
#define LATEST 253402300799

static void check(int64_t seconds) {
    char text[ERRATA__TIME_SIZE];
    char expected[64];
    time_t point = (time_t)seconds;
    struct tm parts;
    int64_t parsed = -1;
    gmtime_r(&point, &parts);
    snprintf(expected, sizeof expected, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900,
             parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
    size_t length = errata__time_format(seconds, text);
    if (length != strlen(expected) || strcmp(text, expected) != 0) {
        cr_assert_fail("%lld: %s, expected %s", (long long)seconds, text, expected);
    }
    if (!errata__time_parse(text, length, &parsed) || parsed != seconds) {
        cr_assert_fail("%s: %lld, expected %lld", text, (long long)parsed, (long long)seconds);
    }
}

/* The calendar repeats itself after 400 years: every day of one round, and some of all others. */
Test(time, every_day) {
    for (int64_t day = 0; day <= 146097; day++) {
        check(day * 86400);
    }
    for (int64_t seconds = EARLIEST; seconds <= LATEST; seconds += 86400 * 11 + 3599) {
        check(seconds);
    }
}

Test(time, many_seconds) {
    uint64_t seed = 1;
    check(EARLIEST);
    check(LATEST);
    check(0);
    check(-1);
    for (int i = 0; i < 200000; i++) {
        uint64_t wide = (uint64_t)draw(&seed, 1U << 30) << 30 | draw(&seed, 1U << 30);
        check(EARLIEST + (int64_t)(wide % (uint64_t)(LATEST - EARLIEST + 1)));
    }
}

Test(time, out_of_range) {
    static const int64_t out[] = {EARLIEST - 1, LATEST + 1,        INT64_MIN,
                                  INT64_MAX,    INT64_MIN + 86399, INT64_MAX - 86399};
    for (size_t i = 0; i < sizeof out / sizeof out[0]; i++) {
        char text[ERRATA__TIME_SIZE];
        cr_assert_eq(errata__time_format(out[i], text), 0);
        cr_assert_str_eq(text, "");
    }
}

Test(time, forms) {
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"2026-01-02T03:04:05Z", 1767323045},
        {"2026-01-02t03:04:05z", 1767323045},
        {"2026-01-02 03:04:05Z", 1767323045},
        {"2026-01-02T03:04:05.9Z", 1767323045},
        {"2026-01-02T03:04:05.123456789012345678901234567890Z", 1767323045},
        {"2026-01-02T03:04:05+00:00", 1767323045},
        {"2026-01-02T03:04:05-00:00", 1767323045},
        {"2026-01-02T04:34:05+01:30", 1767323045},
        {"2026-01-01T19:04:05-08:00", 1767323045},
        {"2026-01-02T03:04:05.5+23:59", 1767323045 - 86340},
        {"2016-12-31T23:59:60Z", 1483228800},
        {"2000-02-29T00:00:00Z", 951782400},
        {"1970-01-01T00:00:00Z", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t seconds = -1;
        cr_assert(errata__time_parse(cases[i].text, strlen(cases[i].text), &seconds), "%s",
                  cases[i].text);
        cr_assert_eq(seconds, cases[i].seconds, "%s: %lld", cases[i].text, (long long)seconds);
    }
}

Test(time, no_times) {
    static const char *const cases[] = {
        "",
        "2026",
        "2026-01-02",
        "2026-01-02T03:04:05",
        "2026-01-02T03:04Z",
        "2026-1-02T03:04:05Z",
        "2026-13-02T03:04:05Z",
        "2026-00-02T03:04:05Z",
        "2026-01-00T03:04:05Z",
        "2026-01-32T03:04:05Z",
        "2026-02-29T03:04:05Z",
        "1900-02-29T03:04:05Z",
        "2026-04-31T03:04:05Z",
        "2026-01-02T24:00:00Z",
        "2026-01-02T23:60:00Z",
        "2026-01-02T23:00:61Z",
        "2026-01-02T03:04:05.Z",
        "2026-01-02T03:04:05,5Z",
        "2026-01-02T03:04:05+24:00",
        "2026-01-02T03:04:05+01:60",
        "2026-01-02T03:04:05+0100",
        "2026-01-02T03:04:05+01",
        "2026-01-02T03:04:05Z ",
        " 2026-01-02T03:04:05Z",
        "+2026-01-02T03:04:05Z",
        "2026-01-02_03:04:05Z",
        "2026-01-02T03:04:05ZZ",
        "-026-01-02T03:04:05Z",
        "2026-01-02T03:04:05 Z",
    };
    int64_t seconds;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_assert_not(errata__time_parse(cases[i], strlen(cases[i]), &seconds), "%s", cases[i]);
    }
    /* No prefix of a time is a time, and no byte is read behind its end. */
    static const char whole[] = "2026-01-02T03:04:05.5+01:30";
    for (size_t length = 0; length < sizeof whole - 1; length++) {
        char *copy = malloc(length + 1);
        memcpy(copy, whole, length);
        cr_assert_not(errata__time_parse(copy, length, &seconds), "%zu", length);
        free(copy);
    }
}
