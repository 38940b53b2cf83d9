/* What somebody meant to type. */
#include <criterion/criterion.h>
#include <string.h>

#include "core/nearest.h"

static const char *nearest(const char *text) {
    static const char *const names[] = {"key", "code", "message", "rule_message", "summary"};
    return errata__nearest(text, strlen(text), names, 5);
}

Test(nearest, one_edit) {
    cr_assert_str_eq(nearest("kex"), "key");
    cr_assert_str_eq(nearest("ky"), "key");
    cr_assert_str_eq(nearest("keys"), "key");
    cr_assert_str_eq(nearest("kye"), "key");
    cr_assert_str_eq(nearest("KEY"), "key");
    cr_assert_str_eq(nearest("rule-message"), "rule_message");
}

Test(nearest, longer_names_may_be_further_off) {
    cr_assert_str_eq(nearest("sumary"), "summary");
    cr_assert_str_eq(nearest("sumaryy"), "summary");
    cr_assert_str_eq(nearest("rulemsage"), "rule_message");
}

Test(nearest, nothing_near) {
    cr_assert_eq(nearest("x"), NULL);
    cr_assert_eq(nearest(""), NULL);
    cr_assert_eq(nearest("borrower"), NULL);
    cr_assert_eq(
        nearest("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"),
        NULL);
}
