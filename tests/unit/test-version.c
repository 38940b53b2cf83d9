/* The version stands in three places: meson.build, version.h and the library. They must agree. */
#include <criterion/criterion.h>
#include <stdio.h>

#include <errata/version.h>

Test(version, header_is_the_project) {
    cr_assert_str_eq(ERRATA_VERSION, ERRATA_PROJECT_VERSION);
}

Test(version, library_is_the_header) {
    cr_assert_str_eq(errata_version(), ERRATA_VERSION);
}

Test(version, numbers_are_the_text) {
    char text[32];

    snprintf(text, sizeof text, "%d.%d.%d", ERRATA_VERSION_MAJOR, ERRATA_VERSION_MINOR,
             ERRATA_VERSION_PATCH);
    cr_assert_str_eq(text, ERRATA_VERSION);
}
