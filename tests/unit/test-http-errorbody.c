/* What answers that are no success say, in words. */
#include <criterion/criterion.h>

#include "core/arena.h"
#include "http/errorbody.h"

#include "reading.h"

static void expect(const char *body, const char *expected) {
    struct counted heap = {0};
    const struct errata_allocator allocator = counted_allocator(&heap);
    char out[300];
    memset(out, 'x', sizeof out);
    errata__error_body(&allocator, body, strlen(body), out, sizeof out);
    cr_expect_str_eq(out, expected);
    cr_expect_eq(heap.blocks, 0);
    /* It is never worse than the text itself when there is no memory. */
    heap.calls = 0;
    heap.fail_at = 1;
    heap.fail_rest = true;
    errata__error_body(&allocator, body, strlen(body), out, sizeof out);
    cr_expect_eq(heap.blocks, 0);
    cr_expect_eq(out[0] == '\0', expected[0] == '\0');
}

Test(http_errorbody, the_api_s_own) {
    expect("{\"status\":404,\"message\":\"Record not found\"}", "Record not found");
    expect(
        "{\"message\":\"Bad request\",\"errors\":[{\"code\":\"invalid\",\"message\":\"Required\","
        "\"path\":[\"borrowers\",3]},{\"message\":\"Too long\",\"path\":\"name\"}]}",
        "Bad request; Required borrowers 3; Too long name");
    /* Members of the same names in other places. */
    expect("{\"data\":{\"message\":\"no\"},\"x\":[{\"message\":\"no\"}],\"message\":\"yes\"}",
           "yes");
    /* Cut where it is no longer kept. */
    expect("{\"message\":\"Bad request\",\"errors\":[{\"mess", "Bad request");
}

Test(http_errorbody, pages_of_proxies) {
    expect("<html>\r\n<head><title>502 Bad Gateway</title><style>b { x }</style>\n<script>if (a<b) "
           "c()</script></head>\n<body><center><h1>502 Bad "
           "Gateway</h1></center><hr>nginx</body></html>",
           "502 Bad Gateway 502 Bad Gateway nginx");
    expect("<!DOCTYPE html><p>cut <b", "cut");
    expect("<script>never closed", "never closed");
}

Test(http_errorbody, anything_else) {
    expect("", "");
    expect(" \r\n", "");
    expect("upstream  connect\nerror", "upstream connect error");
    expect("{\"code\":5}", "{\"code\":5}");
    expect("{oops", "{oops");
    expect("a < b", "a < b");
}

Test(http_errorbody, hostile) {
    expect("\x1B[2J\xE2\x80\xAEx\xFF", "\\u{1B}[2J\\u{202E}x\\xFF");
    expect("{\"message\":\"\\u001b[2J\\u202e\"}", "\\u{1B}[2J\\u{202E}");
}

Test(http_errorbody, long_ones_are_cut_at_a_character) {
    for (size_t length = 200; length < 260; length++) {
        char body[600] = "";
        char out[300];
        const struct errata_allocator allocator = errata__allocator_or_default(NULL);
        memset(body, 'a', length);
        for (int i = 0; i < 30; i++) {
            memcpy(body + length + 3 * i, "\xE2\x82\xAC", 3);
        }
        errata__error_body(&allocator, body, strlen(body), out, sizeof out);
        size_t shown = strlen(out);
        cr_expect_str_eq(out + shown - 3, "...");
        cr_expect(strstr(out, "\\x") == NULL, "%s", out);
        cr_expect_leq(shown, 244);
    }
}
