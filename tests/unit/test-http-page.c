/* Pages of a listing, in pieces of every size; ids, each once; bodies on both sides of the limit of memory. */
#include <criterion/criterion.h>

#include "http/body.h"
#include "http/ids.h"
#include "http/page.h"

#include "taking.h"

static struct errata_allocator allocator;

static void begin(void) {
    allocator = errata__allocator_or_default(NULL);
}

TestSuite(http_page, .init = begin);

static void add_text(struct bytes *out, struct errata_text text) {
    bytes_add(out, text.data == NULL ? "-" : text.data, text.data == NULL ? 1 : text.length);
}

static enum errata_status each(void *ctx, const struct errata_listed *listed) {
    add_text(ctx, listed->id);
    bytes_add_text(ctx, "|");
    add_text(ctx, listed->name);
    bytes_add_text(ctx, "|");
    add_text(ctx, listed->status);
    bytes_add_text(ctx, "\n");
    return ERRATA_OK;
}

/* Takes text in pieces; returns the first failure. */
static enum errata_status take(struct errata__page *page, const char *text, size_t piece) {
    size_t length = strlen(text);
    enum errata_status status = ERRATA_OK;
    errata__page_begin(page);
    for (size_t at = 0; at < length && status == ERRATA_OK; at += piece) {
        status = errata__page_take(page, text + at, length - at < piece ? length - at : piece);
    }
    return status;
}

static void expect_rows(const char *text, const char *rows, bool done) {
    for (size_t piece = 1; piece < 40; piece++) {
        struct errata__page page;
        struct bytes out = {0};
        cr_assert_eq(errata__page_init(&page, &allocator, each, &out), ERRATA_OK);
        /* Twice, since a page may have to come again. */
        cr_assert_eq(take(&page, text, piece), ERRATA_OK, "%s", page.why.message);
        out.length = 0;
        cr_assert_eq(take(&page, text, piece), ERRATA_OK);
        bytes_add(&out, "", 1);
        cr_expect_str_eq(out.data, rows);
        cr_expect_eq(page.done, done);
        errata__page_free(&page);
        bytes_free(&out);
    }
}

Test(http_page, rows) {
    expect_rows("[]", "", true);
    expect_rows(" [ ] \n", "", true);
    expect_rows(
        "[{\"id\":\"a\",\"name\":null,\"status\":\"FAILED\"},{\"status\":\"X\",\"id\":\"b\"}]",
        "a|-|FAILED\nb|-|X\n", true);
    /* Members of the same names further in are not the row's. */
    expect_rows("[{\"rules\":{\"id\":\"no\",\"x\":[{\"id\":\"no\"}]},\"id\":\"a\",\"tags\":[{"
                "\"name\":\"no\"}]}]",
                "a|-|-\n", true);
    expect_rows("[{\"id\":\"\"},{\"id\":5},{\"id\":{}},{}]", "-|-|-\n-|-|-\n-|-|-\n-|-|-\n", true);
    expect_rows("[{\"id\":\"a\\u0000\\u00e9\\n\"}]", "a\0", true);
}

Test(http_page, cut_off) {
    expect_rows("", "", false);
    expect_rows("[", "", false);
    expect_rows("[{\"id\":\"a\"},{\"id\":\"b\"", "a|-|-\n", false);
}

Test(http_page, what_is_no_listing) {
    static const char *const texts[] = {
        "{}",    "{\"data\":[]}", "5 ",          "[5]",  "[\"a\"]", "[[]]",      "<html>", "[{}] x",
        "[{}]]", "[{]",           "[{\"a\" 5}]", "null", "[null]",  "[{},[{}]]", "\"\""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (size_t piece = 1; piece < 20; piece++) {
            struct errata__page page;
            struct bytes out = {0};
            cr_assert_eq(errata__page_init(&page, &allocator, each, &out), ERRATA_OK);
            cr_expect_eq(take(&page, texts[i], piece), ERRATA_BAD_ANSWER, "%s", texts[i]);
            cr_expect_eq(page.why.status, ERRATA_BAD_ANSWER);
            errata__page_free(&page);
            bytes_free(&out);
        }
    }
}

static enum errata_status stop(void *ctx, const struct errata_listed *listed) {
    (void)ctx;
    return listed->id.data[0] == 'b' ? ERRATA_CLOSED : ERRATA_OK;
}

Test(http_page, the_caller_has_enough) {
    struct errata__page page;
    cr_assert_eq(errata__page_init(&page, &allocator, stop, NULL), ERRATA_OK);
    cr_expect_eq(take(&page, "[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]", 100), ERRATA_CLOSED);
    cr_expect_eq(page.rows, 2);
    errata__page_free(&page);
}

/* ---- ids */

Test(http_page, ids_once_and_in_order) {
    struct counted heap = {0};
    const struct errata_allocator counting = counted_allocator(&heap);
    struct errata__ids ids;
    struct errata__id *row;
    bool added;
    char text[32];
    errata__ids_init(&ids, &counting);
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned i = 0; i < 20000; i++) {
            int length = snprintf(text, sizeof text, "id-%u", i);
            cr_assert_eq(
                errata__ids_add(&ids, (struct errata_text){text, (size_t)length}, &row, &added),
                ERRATA_OK);
            cr_assert_eq(added, round == 0);
            cr_assert_eq(row - ids.rows, i);
            cr_assert_str_eq(row->text, text);
        }
    }
    /* The beginning of another, and one with a NUL in it. */
    cr_assert_eq(errata__ids_add(&ids, (struct errata_text){"id-", 3}, &row, &added), ERRATA_OK);
    cr_assert(added);
    cr_assert_eq(errata__ids_add(&ids, (struct errata_text){"id-1\0", 5}, &row, &added), ERRATA_OK);
    cr_assert(added);
    errata__ids_free(&ids);
    cr_assert_eq(heap.blocks, 0);
}

/* ---- bodies */

Test(http_page, bodies_in_memory_and_in_a_file) {
    static const size_t sizes[] = {0, 1, 1000, 1 << 20, (1 << 20) + 1, 5 << 20};
    struct counted heap = {0};
    const struct errata_allocator counting = counted_allocator(&heap);
    struct errata__body body;
    errata__body_init(&body, &counting);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t piece = 70001; piece < 3000000; piece = piece * 20 + 1) {
            struct bytes given = {0};
            struct bytes got = {0};
            for (size_t n = 0; n < sizes[i]; n++) {
                char byte = (char)('a' + (n * n) % 23);
                bytes_add(&given, &byte, 1);
            }
            errata__body_clear(&body);
            for (size_t at = 0; at < given.length; at += piece) {
                size_t some = given.length - at < piece ? given.length - at : piece;
                cr_assert_eq(errata__body_add(&body, given.data + at, some, NULL), ERRATA_OK);
            }
            cr_assert_eq(body.length, sizes[i]);
            cr_assert_eq(body.fd >= 0, sizes[i] > ERRATA__BODY_MEMORY);
            /* As often as one likes. */
            for (int round = 0; round < 2; round++) {
                got.length = 0;
                cr_assert_eq(errata__body_give(&body, 0, body.length, bytes_take, &got), ERRATA_OK);
                cr_assert_eq(got.length, given.length);
                cr_assert(got.length == 0 || memcmp(got.data, given.data, got.length) == 0);
            }
            bytes_free(&given);
            bytes_free(&got);
        }
    }
    errata__body_free(&body);
    cr_assert_eq(heap.blocks, 0);
}
