/* Addresses: which are refused, and that nothing in an id leads out of its place. */
#include <criterion/criterion.h>

#include "core/arena.h"
#include "http/url.h"

#include "reading.h"

static struct counted heap;
static struct errata_allocator allocator;
static struct errata_error error;

static void begin(void) {
    allocator = counted_allocator(&heap);
}

TestSuite(http_url, .init = begin);

static enum errata_status base_of(struct errata__base *base, const char *url, bool allow_http) {
    return errata__base_init(base, &allocator, (struct errata_text){url, strlen(url)}, allow_http,
                             &error);
}

static void expect_base(const char *url, bool allow_http, const char *text, bool loopback) {
    struct errata__base base;
    cr_assert_eq(base_of(&base, url, allow_http), ERRATA_OK, "%s: %s", url, error.message);
    cr_expect_str_eq(base.text, text);
    cr_expect_eq(base.loopback, loopback, "%s", url);
    cr_expect_eq(base.https, strncmp(text, "https:", 6) == 0);
    allocator.free(allocator.ctx, base.text);
    cr_expect_eq(heap.blocks, 0);
}

Test(http_url, bases) {
    expect_base("https://api.withcortex.ai", false, "https://api.withcortex.ai", false);
    expect_base("https://api.withcortex.ai/", false, "https://api.withcortex.ai", false);
    expect_base("HTTPS://host:8443/v1//", false, "https://host:8443/v1", false);
    expect_base("http://localhost:80/x", false, "http://localhost:80/x", true);
    expect_base("http://127.0.0.1:9", false, "http://127.0.0.1:9", true);
    expect_base("http://127.9.9.9", false, "http://127.9.9.9", true);
    expect_base("http://[::1]:9", false, "http://[::1]:9", true);
    expect_base("http://10.0.0.1", true, "http://10.0.0.1", false);
    expect_base("https://localhost", false, "https://localhost", true);
}

Test(http_url, refused) {
    static const char *const urls[] = {"",
                                       "api.withcortex.ai",
                                       "ftp://localhost",
                                       "file:///etc/passwd",
                                       "https://",
                                       "https://user@host",
                                       "https://user:word@host",
                                       "https://host?x",
                                       "https://host/#x",
                                       "http://host",
                                       "http://10.0.0.1",
                                       "http://127.0.0.1.example.com",
                                       "http://localhost.example.com",
                                       "http://[::2]",
                                       "http://128.0.0.1",
                                       "https://ho st",
                                       "https://host:99999"};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct errata__base base;
        cr_expect_eq(base_of(&base, urls[i], false), ERRATA_MISUSE, "%s", urls[i]);
        cr_expect_eq(heap.blocks, 0);
        /* A name or password in it is shown to nobody. */
        cr_expect(strstr(error.message, "word") == NULL || strstr(error.message, "password"));
    }
}

Test(http_url, ids_stay_in_their_place) {
    static const struct {
        const char *id;
        const char *escaped;
    } cases[] = {
        {"r-1_2.3~", "r-1_2.3~"},
        {"../x?y", "..%2Fx%3Fy"},
        {".", "%2E"},
        {"..", "%2E%2E"},
        {"...", "..."},
        {"a b%20+&=#", "a%20b%2520%2B%26%3D%23"},
        {"\xC3\xA9\x01\xFF", "%C3%A9%01%FF"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct errata__buffer url;
        char expected[200];
        struct errata_text id = {cases[i].id, strlen(cases[i].id)};
        errata__buffer_init(&url, &allocator, ERRATA__URL_LIMIT);
        cr_assert_eq(errata__url_status(&url, "https://h", id, id, id), ERRATA_OK);
        cr_assert_eq(errata__buffer_append(&url, "", 1), ERRATA_OK);
        snprintf(expected, sizeof expected, "https://h/apps/%s/collections/%s/records/%s/status",
                 cases[i].escaped, cases[i].escaped, cases[i].escaped);
        cr_expect_str_eq(url.data, expected);
        errata__buffer_free(&url);
    }
    cr_expect_eq(heap.blocks, 0);
}

Test(http_url, too_long) {
    static char longest[40000];
    struct errata__buffer url;
    memset(longest, '/', sizeof longest);
    errata__buffer_init(&url, &allocator, ERRATA__URL_LIMIT);
    enum errata_status status =
        errata__url_escaped(&url, (struct errata_text){longest, sizeof longest});
    cr_assert_neq(status, ERRATA_OK);
    cr_expect_eq(errata__url_fail(&error, status), ERRATA_MISUSE);
    errata__buffer_free(&url);
}
