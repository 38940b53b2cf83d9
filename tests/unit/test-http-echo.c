/* The key in what is sent back: hidden in words, found in bodies however they are cut. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "http/echo.h"

static const struct errata_text key = {"sk-SECRET/123", 13};

static void expect_hidden(const char *text, const char *expected) {
    char words[200];
    size_t length = strlen(text);
    memcpy(words, text, length);
    length = errata__echo_hide(key, words, length);
    cr_expect_eq(length, strlen(expected), "%s", text);
    cr_expect_eq(memcmp(words, expected, length), 0, "%s: %.*s", text, (int)length, words);
}

Test(http_echo, hidden) {
    expect_hidden("", "");
    expect_hidden("Invalid key: sk-SECRET/12", "Invalid key: [key]");
    expect_hidden("Invalid key: sk-SECRET/123!", "Invalid key: [key]!");
    expect_hidden("sk-SECRET/123sk-SECRET/123", "[key][key]");
    expect_hidden("sk-sk-SECRET/123", "sk-[key]");
    expect_hidden("?key=sk%2DSECRET%2f123&a", "?key=[key]&a");
    expect_hidden("\"sk-SECRET\\/123\" \"\\u0073k-SECRET%2F12\\u0033\"", "\"[key]\" \"[key]\"");
    expect_hidden("sk-SECRET%2", "[key]");
    expect_hidden("sk-SECRET\\u002", "[key]");
    expect_hidden("sk-SECRET and sk-SEC", "sk-SECRET and sk-SEC");
}

Test(http_echo, short_keys_are_words) {
    char words[] = "seven 7";
    cr_expect_eq(errata__echo_hide((struct errata_text){"seven 7", 7}, words, 7), 7);
    cr_expect_str_eq(words, "seven 7");
}

/* Is it found in the text, in pieces of so many bytes? */
static bool found(const char *text, size_t piece) {
    const struct errata_allocator allocator = errata__allocator_or_default(NULL);
    struct errata__echo echo;
    bool is = false;
    cr_assert_eq(errata__echo_init(&echo, &allocator, key), ERRATA_OK);
    errata__echo_begin(&echo);
    for (size_t at = 0, length = strlen(text); at < length && !is; at += piece) {
        is = errata__echo_take(&echo, text + at, length - at < piece ? length - at : piece);
    }
    errata__echo_free(&echo);
    return is;
}

Test(http_echo, found_in_pieces) {
    static const char blanks[] = "                                                            ";
    static const char *const forms[] = {
        "sk-SECRET/123", "sk-SECRET\\/123",
        ("\\u0073\\u006b\\u002d\\u0053\\u0045\\u0043\\u0052\\u0045\\u0054\\u002f\\u0031\\u0032"
         "\\u0033")};
    char text[400];
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        for (size_t piece = 1; piece < 250; piece++) {
            snprintf(text, sizeof text, "{%s%s%s\"%s\"}", blanks, blanks, blanks, forms[i]);
            cr_expect(found(text, piece), "%s in pieces of %zu", forms[i], piece);
            text[strlen(text) - 3] = 'X';
            cr_expect(!found(text, piece), "%s in pieces of %zu", text, piece);
        }
    }
}
