/* Keys: where they come from, what is no key, and that nothing of one is shown or left. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/key.h"

#include "taking.h"

static char folder[] = "/tmp/test-key-XXXXXX";
static struct errata__key key;
static struct errata_error error;

static void begin(void) {
    enter_folder(folder);
}

static void end(void) {
    remove_folder(folder);
}

TestSuite(http_key, .init = begin, .fini = end);

static enum errata_status from_text(const char *text) {
    const struct errata_client_options options = {.key = {text, strlen(text)}};
    return errata__key_take(&key, &options, &error);
}

static enum errata_status from_file(const char *text, mode_t mode) {
    const struct errata_client_options options = {.key_file = "key"};
    FILE *file = fopen("key", "w");
    cr_assert_neq(file, NULL);
    fputs(text, file);
    fclose(file);
    cr_assert_eq(chmod("key", mode), 0);
    enum errata_status status = errata__key_take(&key, &options, &error);
    unlink("key");
    return status;
}

static void expect_nothing_left(void) {
    for (size_t i = 0; i < sizeof key.text; i++) {
        cr_assert_eq(key.text[i], '\0');
    }
    cr_assert(strstr(error.message, "SECRET") == NULL);
}

Test(http_key, given) {
    cr_assert_eq(from_text("SECRET"), ERRATA_OK);
    cr_expect_str_eq(key.text, "SECRET");
    cr_assert_eq(from_text("SECRET\r\n"), ERRATA_OK);
    cr_expect_str_eq(key.text, "SECRET");
    errata__key_wipe(&key);
    expect_nothing_left();
}

Test(http_key, a_nul_is_no_blank) {
    const struct errata_client_options options = {.key = {"SECRET\0", 7}};
    cr_expect_eq(errata__key_take(&key, &options, &error), ERRATA_MISUSE);
    expect_nothing_left();
}

Test(http_key, none) {
    const struct errata_client_options options = {.jobs = 1};
    static const char *const bad[] = {
        "", "\n", "SECRET\r\nX: y", "SECRET \x01", "SECR\xC3\xA9T", "SECRET 2"};
    static char longest[5000];
    cr_expect_eq(errata__key_take(&key, &options, &error), ERRATA_MISUSE);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_expect_eq(from_text(bad[i]), ERRATA_MISUSE, "%zu", i);
        expect_nothing_left();
    }
    memset(longest, 'S', sizeof longest - 1);
    cr_expect_eq(from_text(longest), ERRATA_MISUSE);
    expect_nothing_left();
}

Test(http_key, files) {
    cr_expect_eq(from_file("SECRET\n", 0600), ERRATA_OK);
    cr_expect_str_eq(key.text, "SECRET");
    cr_expect_eq(from_file("SECRET\nsecond line\n", 0400), ERRATA_OK);
    cr_expect_str_eq(key.text, "SECRET");
    static const mode_t open[] = {0644, 0640, 0604, 0620, 0602, 0610, 0601};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        cr_expect_eq(from_file("SECRET\n", open[i]), ERRATA_CANNOT_READ, "%o", open[i]);
        cr_expect_str_eq(error.source, "key");
        expect_nothing_left();
    }
    cr_expect_eq(from_file("\n", 0600), ERRATA_MISUSE);
    const struct errata_client_options nowhere = {.key_file = "nowhere"};
    cr_expect_eq(errata__key_take(&key, &nowhere, &error), ERRATA_CANNOT_READ);
    const struct errata_client_options a_folder = {.key_file = "."};
    cr_expect_eq(errata__key_take(&key, &a_folder, &error), ERRATA_CANNOT_READ);
}

Test(http_key, a_file_that_is_too_long) {
    static char longest[10000];
    memset(longest, 'S', sizeof longest - 1);
    cr_expect_eq(from_file(longest, 0600), ERRATA_CANNOT_READ);
    expect_nothing_left();
}
