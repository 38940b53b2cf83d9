/* How paths are written, and which texts are positions. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "core/path.h"
#include "made-index.h"

/* segments: names, `#17` a position, `#*` any position; ended by NULL. */
static size_t render(const char *const *segments, char *out, size_t size) {
    struct errata__path_writer writer;
    errata__path_begin(&writer, out, size);
    for (; *segments != NULL; segments++) {
        const char *segment = *segments;
        if (strcmp(segment, "#*") == 0) {
            errata__path_any_position(&writer);
        } else if (segment[0] == '#') {
            errata__path_position(&writer, strtoull(segment + 1, NULL, 10));
        } else {
            errata__path_name(&writer, text_of(segment));
        }
    }
    return errata__path_end(&writer);
}

static const struct {
    const char *segments[6];
    const char *text;
} cases[] = {
    {{NULL}, "(root)"},
    {{"a", NULL}, "a"},
    {{"borrowers", "#17", "income", NULL}, "borrowers[17].income"},
    {{"borrowers", "#*", "income", NULL}, "borrowers[*].income"},
    {{"#0", "#999999999999999999", NULL}, "[0][999999999999999999]"},
    {{"#18446744073709551615", NULL}, "[18446744073709551615]"},
    {{"a", "two words", "b", NULL}, "a[\"two words\"].b"},
    {{"two words", "b", NULL}, "[\"two words\"].b"},
    {{"", NULL}, "[\"\"]"},
    {{"*", "0", "(root)", NULL}, "[\"*\"][\"0\"][\"(root)\"]"},
    {{"$ref", "_x", "x9", "9x", NULL}, "$ref._x.x9[\"9x\"]"},
    {{"a.b", "a[0]", NULL}, "[\"a.b\"][\"a[0]\"]"},
    {{"\"\\/", NULL}, "[\"\\\"\\\\/\"]"},
    {{"\b\t\n\f\r", "\x01\x1F", NULL}, "[\"\\b\\t\\n\\f\\r\"][\"\\u0001\\u001f\"]"},
    {{"caf\xC3\xA9", NULL}, "[\"caf\xC3\xA9\"]"},
};

Test(path, written) {
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[128];
        cr_assert_eq(render(cases[i].segments, text, sizeof text), strlen(cases[i].text));
        cr_assert_str_eq(text, cases[i].text);
    }
}

/* As snprintf: the whole length is told, what fits is there, and a NUL. */
Test(path, cut_to_fit) {
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = strlen(cases[i].text);
        cr_assert_eq(render(cases[i].segments, NULL, 0), length);
        for (size_t size = 1; size <= length + 1; size++) {
            char *text = malloc(size);
            cr_assert_eq(render(cases[i].segments, text, size), length);
            cr_assert_eq(memcmp(text, cases[i].text, size - 1), 0);
            cr_assert_eq(text[size - 1], '\0');
            free(text);
        }
    }
}

Test(path, nul_within_a_name) {
    struct errata__path_writer writer;
    char text[32];
    errata__path_begin(&writer, text, sizeof text);
    errata__path_name(&writer, (struct errata_text){"a\0b", 3});
    cr_assert_eq(errata__path_end(&writer), 12);
    cr_assert_str_eq(text, "[\"a\\u0000b\"]");
}

Test(path, positions) {
    static const char *const not_positions[] = {
        "",
        "00",
        "01",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "x",
        "0x10",
        "1_0",
        "1/",
        "1:",
        "\xD9\xA1",
        "1000000000000000000",
        "18446744073709551616",
    };
    uint64_t position;
    for (size_t i = 0; i < sizeof not_positions / sizeof not_positions[0]; i++) {
        cr_assert_not(errata__position_parse(not_positions[i], strlen(not_positions[i]), &position),
                      "%s", not_positions[i]);
    }
    uint64_t seed = 1;
    for (int i = 0; i < 100000; i++) {
        uint64_t number = ((uint64_t)draw(&seed, 1U << 30) << 30 | draw(&seed, 1U << 30)) %
                          (1000000000000000000U >> draw(&seed, 60));
        char text[32];
        int length = snprintf(text, sizeof text, "%llu", (unsigned long long)number);
        cr_assert(errata__position_parse(text, (size_t)length, &position));
        cr_assert_eq(position, number);
    }
    cr_assert(errata__position_parse("999999999999999999", 18, &position));
    cr_assert_eq(position, 999999999999999999U);
    cr_assert(errata__position_parse("0", 1, &position));
    cr_assert_eq(position, 0);
}

Test(path, bare_names) {
    for (int byte = 0; byte < 256; byte++) {
        const char name[2] = {(char)byte, 'a'};
        bool letter = byte == '_' || byte == '$' || (byte >= 'a' && byte <= 'z') ||
                      (byte >= 'A' && byte <= 'Z');
        const char behind[2] = {'a', (char)byte};
        cr_assert_eq(errata__name_is_bare((struct errata_text){name, 1}), letter, "%d", byte);
        cr_assert_eq(errata__name_is_bare((struct errata_text){name, 2}), letter, "%d", byte);
        cr_assert_eq(errata__name_is_bare((struct errata_text){behind, 2}),
                     letter || (byte >= '0' && byte <= '9'), "%d", byte);
    }
}
