/* The growable buffer: content, limit, refusal. */
#include <criterion/criterion.h>

#include "core/buffer.h"
#include "made-index.h"

static struct heap heap;
static const struct errata_allocator allocator = {heap_alloc, heap_realloc, heap_free, &heap};
static struct errata__buffer buffer;

static void end(void) {
    errata__buffer_free(&buffer);
    cr_assert_eq(heap.out, 0);
}

TestSuite(buffer, .fini = end);

Test(buffer, content) {
    static char expected[100000];
    uint64_t seed = 1;
    size_t length = 0;
    errata__buffer_init(&buffer, &allocator, sizeof expected);
    cr_assert_eq(heap.out, 0);
    while (length < sizeof expected) {
        size_t more = draw(&seed, 300);
        if (more > sizeof expected - length) {
            more = sizeof expected - length;
        }
        for (size_t i = 0; i < more; i++) {
            expected[length + i] = (char)draw(&seed, 256);
        }
        cr_assert_eq(errata__buffer_append(&buffer, expected + length, more), ERRATA_OK);
        length += more;
        cr_assert_eq(buffer.length, length);
        cr_assert_leq(buffer.capacity, sizeof expected);
    }
    cr_assert_eq(memcmp(buffer.data, expected, length), 0);
    /* Doubling: about as many blocks as the length has bits. */
    cr_assert_lt(heap.asked, 20);
    cr_assert_eq(errata__buffer_append(&buffer, "x", 1), ERRATA_LIMIT_TOKEN);
    cr_assert_eq(memcmp(buffer.data, expected, length), 0);
}

Test(buffer, limits) {
    errata__buffer_init(&buffer, &allocator, 10);
    cr_assert_eq(errata__buffer_append(&buffer, NULL, 0), ERRATA_OK);
    cr_assert_eq(errata__buffer_append(&buffer, "12345678901", 11), ERRATA_LIMIT_TOKEN);
    cr_assert_eq(buffer.length, 0);
    cr_assert_eq(errata__buffer_append(&buffer, "1234567890", 10), ERRATA_OK);
    cr_assert_eq(errata__buffer_append(&buffer, "", 0), ERRATA_OK);
    cr_assert_eq(errata__buffer_reserve(&buffer, SIZE_MAX), ERRATA_LIMIT_TOKEN);
    errata__buffer_free(&buffer);
    cr_assert_eq(buffer.length, 0);
    cr_assert_eq(errata__buffer_append(&buffer, "again", 5), ERRATA_OK);
    cr_assert_eq(memcmp(buffer.data, "again", 5), 0);
}

/* A buffer that starts small may reserve more than its limit allows only where the limit says so. */
Test(buffer, never_more_than_the_limit) {
    for (size_t limit = 1; limit < 300; limit++) {
        errata__buffer_init(&buffer, &allocator, limit);
        for (size_t i = 0; i < limit; i++) {
            cr_assert_eq(errata__buffer_append(&buffer, "x", 1), ERRATA_OK);
        }
        cr_assert_eq(errata__buffer_append(&buffer, "x", 1), ERRATA_LIMIT_TOKEN, "limit %zu",
                     limit);
        cr_assert_eq(buffer.length, limit);
        errata__buffer_free(&buffer);
    }
}

Test(buffer, refused) {
    errata__buffer_init(&buffer, &allocator, SIZE_MAX);
    cr_assert_eq(errata__buffer_append(&buffer, "kept", 4), ERRATA_OK);
    heap.fail_at = heap.asked + 1;
    cr_assert_eq(errata__buffer_reserve(&buffer, 100000), ERRATA_NO_MEMORY);
    cr_assert_eq(buffer.length, 4);
    cr_assert_eq(memcmp(buffer.data, "kept", 4), 0);
}
