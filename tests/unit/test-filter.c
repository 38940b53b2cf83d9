/* Regular expressions: what matches, what is refused, and that limits are errors. */
#include <criterion/criterion.h>

#include "index/filter.h"
#include "made-index.h"

static struct heap heap;
static struct errata__filter_context *context;

static void make(uint32_t steps, uint32_t heap_kib) {
    struct errata_allocator allocator = {heap_alloc, heap_realloc, heap_free, &heap};
    must(errata__filter_context_new(&context, &allocator, steps, heap_kib, NULL));
}

static void begin(void) {
    make(10000000, 65536);
}

static void end(void) {
    errata__filter_context_free(context);
    cr_assert_eq(heap.out, 0);
}

TestSuite(filter, .init = begin, .fini = end);

static bool matches(struct errata_text pattern, struct errata_text text) {
    struct errata__filter *filter;
    struct errata_error error;
    bool result = false;
    cr_assert_eq(errata__filter_new(&filter, context, pattern, &error), ERRATA_OK, "%s",
                 error.message);
    cr_assert_eq(errata__filter_match(filter, text, &result, &error), ERRATA_OK, "%s",
                 error.message);
    errata__filter_free(filter);
    return result;
}

Test(filter, finds_anywhere) {
    cr_assert(matches(text_of("come"), text_of("income")));
    cr_assert_not(matches(text_of("^come"), text_of("income")));
    cr_assert_not(matches(text_of("INCOME"), text_of("income")));
    cr_assert(matches(text_of("(?i)INCOME"), text_of("income")));
    cr_assert(matches(text_of(""), text_of("")));
    cr_assert_not(matches(text_of("."), text_of("")));
    cr_assert(matches(text_of("(a)(b)(c)"), text_of("abc")));
}

Test(filter, characters_not_bytes) {
    cr_assert(matches(text_of("^.$"), text_of("\303\251")));
    cr_assert(matches(text_of("^\\x{FFFD}$"), text_of("\357\277\275")));
    cr_assert(matches(text_of("\303\211"), text_of("\303\211")));
    /* No text of an index is like this, but it must do no harm. */
    cr_assert(matches(text_of("b$"), text_of("a\355\240\200b")));
}

Test(filter, nul_is_a_character) {
    cr_assert(matches((struct errata_text){"a\0b", 3}, (struct errata_text){"xa\0by", 5}));
    cr_assert_not(matches((struct errata_text){"a\0b", 3}, text_of("ab")));
    cr_assert(matches(text_of("b$"), (struct errata_text){"a\0b", 3}));
    cr_assert(matches(text_of("\\x00"), (struct errata_text){"a\0b", 3}));
}

Test(filter, bad_ones_say_where) {
    static const struct {
        const char *pattern;
        const char *byte;
    } cases[] = {{"(", "byte 2"}, {"a)", "byte 2"}, {"[", "byte 2"},
                 {"*", "byte 1"}, {"\\C", "byte"},  {"a\xFF", "byte 2"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct errata__filter *filter;
        struct errata_error error;
        cr_assert_eq(errata__filter_new(&filter, context, text_of(cases[i].pattern), &error),
                     ERRATA_BAD_REGEX);
        cr_assert_eq(filter, NULL);
        cr_assert_neq(strstr(error.message, cases[i].byte), NULL, "%s", error.message);
    }
}

static enum errata_status limited(const char *pattern, size_t as, char *message) {
    struct errata__filter *filter;
    struct errata_error error = {.status = ERRATA_OK};
    bool result;
    char *text = malloc(as + 2);
    memset(text, 'a', as);
    memcpy(text + as, "!", 2);
    must(errata__filter_new(&filter, context, text_of(pattern), NULL));
    enum errata_status status =
        errata__filter_match(filter, (struct errata_text){text, as + 1}, &result, &error);
    strcpy(message, error.message);
    errata__filter_free(filter);
    free(text);
    return status;
}

Test(filter, limits_are_errors) {
    char message[ERRATA_MESSAGE_SIZE];
    cr_assert_eq(limited("(a+)+$", 40, message), ERRATA_LIMIT_REGEX);
    cr_assert_neq(strstr(message, "(a+)+$"), NULL, "%s", message);
    /* And without machine code. */
    cr_assert_eq(limited("(*NO_JIT)(a+)+$", 40, message), ERRATA_LIMIT_REGEX);
    cr_assert_neq(strstr(message, "(a+)+$"), NULL, "%s", message);
}

Test(filter, small_stack_of_machine_code_is_no_limit) {
    char message[ERRATA_MESSAGE_SIZE];
    /* Too deep for the 32 KiB that machine code has; the interpreter can. */
    cr_assert_eq(limited("^(?:(a)|b)*!$", 100000, message), ERRATA_OK, "%s", message);
}

Test(filter, heap_limit) {
    char message[ERRATA_MESSAGE_SIZE];
    errata__filter_context_free(context);
    make(10000000, 64);
    cr_assert_eq(limited("(*NO_JIT)^(?:(a)|b)*!$", 100000, message), ERRATA_LIMIT_REGEX);
    cr_assert_neq(strstr(message, "64 KiB"), NULL, "%s", message);
    cr_assert_eq(limited("^(?:(a)|b)*!$", 100000, message), ERRATA_LIMIT_REGEX);
}

Test(filter, out_of_memory) {
    struct errata_allocator allocator = {heap_alloc, heap_realloc, heap_free, &heap};
    errata__filter_context_free(context);
    enum errata_status status = ERRATA_NO_MEMORY;
    for (long n = 1; status == ERRATA_NO_MEMORY; n++) {
        struct errata__filter *filter = NULL;
        struct errata_error error;
        bool result;
        heap.asked = 0;
        heap.fail_at = n;
        status = errata__filter_context_new(&context, &allocator, 1000, 1000, &error);
        if (status == ERRATA_OK) {
            status = errata__filter_new(&filter, context, text_of("^(?:(a)|b)*!$"), &error);
        }
        if (status == ERRATA_OK) {
            status = errata__filter_match(filter, text_of("aaaa!"), &result, &error);
        }
        errata__filter_free(filter);
        errata__filter_context_free(context);
        cr_assert_eq(heap.out, 0);
        cr_assert_lt(n, 100);
    }
    cr_assert_eq(status, ERRATA_OK);
    heap.fail_at = 0;
    begin();
}
