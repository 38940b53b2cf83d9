/* Globs: what is one, what is none and why, and what they match. */
#include <criterion/criterion.h>

#include "index/glob.h"
#include "naive.h"

static struct heap heap;

static struct errata__arena arena;

static void begin(void) {
    struct errata_allocator allocator = {heap_alloc, heap_realloc, heap_free, &heap};
    errata__arena_init(&arena, &allocator, 0);
}

static void end(void) {
    errata__arena_clear(&arena);
    cr_assert_eq(heap.out, 0);
}

TestSuite(glob, .init = begin, .fini = end);

Test(glob, refused_with_a_reason) {
    static const struct {
        const char *glob;
        const char *byte;
        const char *reason;
    } cases[] = {
        {"inc*", "byte 1", "use ~"},
        {"a.in*c", "byte 3", "use ~"},
        {"a**", "byte 1", "use ~"},
        {"***", "byte 1", "use ~"},
        {"", "byte 1", "(root)"},
        {"a.", "byte 3", "missing"},
        {".a", "byte 1", "missing"},
        {"a..b", "byte 3", "missing"},
        {"a[", "byte 2", "no ]"},
        {"a[1", "byte 2", "no ]"},
        {"a[]", "byte 2", "stands"},
        {"a[**]", "byte 2", "stands"},
        {"a[01]", "byte 2", "leading zeros"},
        {"a[ 1]", "byte 2", "stands"},
        {"a[1000000000000000000]", "byte 2", "stands"},
        {"a[1]b", "byte 5", "comes"},
        {"a b", "byte 1", "[\"...\"]"},
        {"7", "byte 1", "[\"...\"]"},
        {"(root).a", "byte 1", "[\"...\"]"},
        {"a[\"b\"", "byte 2", "ends in"},
        {"a[\"b]", "byte 2", "ends in"},
        {"a[\"b\\", "byte 2", "ends in"},
        {"a[\"b\",\"c\"]", "byte 2", "ends in"},
        {"a[\"\\x\"]", "byte", "JSON string"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct errata__glob glob;
        struct errata_error error;
        cr_assert_eq(errata__glob_parse(&glob, text_of(cases[i].glob), &arena, &error),
                     ERRATA_BAD_QUERY, "%s", cases[i].glob);
        cr_assert_neq(strstr(error.message, cases[i].byte), NULL, "%s: %s", cases[i].glob,
                      error.message);
        cr_assert_neq(strstr(error.message, cases[i].reason), NULL, "%s: %s", cases[i].glob,
                      error.message);
    }
}

static bool matches(const char *glob_text, const char *path, bool as_pattern) {
    struct made made;
    struct errata__glob glob;
    struct errata_error error;
    uint64_t positions[64] = {0};
    made_begin(&made, &heap, "x");
    made_issue(&made, "c", NULL, false, NULL, NULL, path);
    uint64_t offset = 0;
    uint32_t first, segments_end;
    errata__pattern_segments(made.index, 0, &first, &segments_end);
    for (uint32_t i = 0; i < segments_end; i++) {
        if (errata__u32(made.index, ERRATA__SEGMENT, i) == ERRATA__POSITION) {
            positions[i] = errata__position_next(made.index, &offset);
        }
    }
    cr_assert_eq(errata__glob_parse(&glob, text_of(glob_text), &arena, &error), ERRATA_OK, "%s",
                 error.message);
    bool result = errata__glob_match(&glob, made.index, 0, as_pattern ? NULL : positions, false);
    errata_index_free(made.index);
    return result;
}

Test(glob, on_paths) {
    cr_assert(matches("(root)", NULL, false));
    cr_assert_not(matches("(root)", "a", false));
    cr_assert(matches("**", NULL, false));
    cr_assert(matches("**", "a 1 b", false));
    cr_assert_not(matches("*", NULL, false));
    cr_assert(matches("*", "a", false));
    cr_assert(matches("*", "3", false));
    cr_assert(matches("[*]", "3", false));
    cr_assert_not(matches("[*]", "a", false));
    cr_assert(matches("a[17].b", "a 17 b", false));
    cr_assert_not(matches("a[17].b", "a 18 b", false));
    cr_assert(matches("a[999999999999999999]", "a 999999999999999999", false));
    cr_assert(matches("a.*.b", "a 18 b", false));
    cr_assert(matches("**.b", "a 18 b", false));
    cr_assert(matches("**[18].**", "a 18 b", false));
    cr_assert(matches("a.**.b", "a b", false));
    cr_assert(matches("a.**.b", "a b 1 b", false));
    cr_assert_not(matches("a.**.b", "a", false));
    cr_assert(matches("[\"*\"]", "*", false));
    cr_assert_not(matches("[\"*\"]", "a", false));
    cr_assert(matches("[\"\\u0061\"]", "a", false));
    cr_assert(matches("a[\"b-\\\"c\"]", "a b-\"c", false));
    cr_assert(matches("$a_1", "$a_1", false));
}

Test(glob, on_patterns) {
    cr_assert(matches("a[*].b", "a 18 b", true));
    cr_assert_not(matches("a[18].b", "a 18 b", true));
    cr_assert(matches("a.*.b", "a 18 b", true));
}

/* Many ** against a path that fails at its very end: whoever tries all ways to share it out does not end. */
Test(glob, no_blow_up) {
    char glob[512] = "";
    char path[256] = "";
    for (int i = 0; i < 30; i++) {
        strcat(glob, "**.a.");
        strcat(path, "a a ");
    }
    strcat(glob, "b");
    cr_assert_not(matches(glob, path, false));
}
