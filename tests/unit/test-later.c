/* Strings that are looked up later have the ids that they would have had at once. */
#include <criterion/criterion.h>
#include <stdio.h>

#include <errata/reader.h>

#include "index/later.h"
#include "one-index.h"

TestSuite(later, .init = begin_index, .fini = end_index);

static uint32_t now(struct errata_index *index, const char *text) {
    uint32_t id;
    must(errata__string_intern(index, text, strlen(text), &id, NULL));
    return id;
}

static void later(const char *text, uint32_t *id) {
    must(errata__string_intern_later(index_, text, strlen(text), id, NULL));
}

/* Some are settled by others that must have their ids, some because there are too many. */
Test(later, ids_by_first_sight) {
    enum {
        COUNT = 20000
    };
    static uint32_t ids[COUNT];
    struct errata_index *at_once = empty_index(&heap, 0, UINT32_MAX - 1);
    uint64_t seed = 1;
    char text[400];
    for (int i = 0; i < COUNT; i++) {
        snprintf(text, sizeof text, "%*u", (int)(1 + draw(&seed, 3) * 120), draw(&seed, COUNT));
        uint32_t expected = now(at_once, text);
        if (draw(&seed, 4) == 0) {
            ids[i] = now(index_, text);
            cr_assert_eq(ids[i], expected);
        } else {
            later(text, &ids[i]);
        }
    }
    must(errata__strings_settle(index_));
    seed = 1;
    for (int i = 0; i < COUNT; i++) {
        snprintf(text, sizeof text, "%*u", (int)(1 + draw(&seed, 3) * 120), draw(&seed, COUNT));
        draw(&seed, 4);
        cr_assert_eq(ids[i], now(at_once, text));
    }
    errata__index_finish(index_);
    errata__index_finish(at_once);
    cr_assert(written_alike(index_, at_once));
    errata_index_free(at_once);
}

/* A text equal to an open one must not become a string of its own, and invalid UTF-8 is told at once. */
Test(later, equal_and_invalid) {
    uint32_t ids[4];
    bool repaired = false;
    later("a", &ids[0]);
    later("a", &ids[1]);
    cr_assert_eq(now(index_, "a"), 0);
    cr_assert_eq(ids[0], 0);
    cr_assert_eq(ids[1], 0);
    later("b", &ids[2]);
    must(errata__string_intern_later(index_, "\xFF", 1, &ids[3], &repaired));
    cr_assert(repaired);
    cr_assert_eq(ids[2], 1);
    cr_assert_eq(ids[3], 2);
    cr_assert_eq(now(index_, "\xEF\xBF\xBD"), 2);
}

/* What is open when rows are taken back goes with them. */
Test(later, rolled_back) {
    struct errata__mark mark;
    uint32_t id = 77;
    errata__index_mark(index_, &mark);
    later("gone", &id);
    errata__index_rollback(index_, &mark);
    must(errata__strings_settle(index_));
    cr_assert_eq(id, 77);
    cr_assert_eq(now(index_, "kept"), 0);
}

/* No memory for one of them. */
Test(later, refused) {
    struct errata__mark mark;
    uint32_t ids[3];
    errata__index_mark(index_, &mark);
    later("a", &ids[0]);
    later("b", &ids[1]);
    heap.fail_at = heap.asked + 1;
    cr_assert_eq(errata__strings_settle(index_), ERRATA_NO_MEMORY);
    heap.fail_at = 0;
    errata__index_rollback(index_, &mark);
    later("b", &ids[2]);
    must(errata__strings_settle(index_));
    cr_assert_eq(ids[2], 0);
}

/* Of repeated members the last counts, also where only the one before is new. */
Test(later, repeated_member) {
    static const char document[] =
        "{\"status\":\"FAILED\",\"errors\":[{\"message\":\"known\",\"errors\":[{\"code\":\"a\","
        "\"message\":\"new\",\"message\":\"known\",\"path\":[]}],\"key\":\"K\"}]}";
    struct errata_reader *reader;
    struct errata_index *index;
    struct errata_issue issue;
    must(errata_reader_new(&reader, NULL, NULL));
    must(errata_reader_begin(reader, NULL, NULL));
    must(errata_reader_feed(reader, document, sizeof document - 1, NULL));
    must(errata_reader_end(reader, NULL));
    must(errata_reader_finish(&index, reader, NULL));
    errata_reader_free(reader);
    cr_assert(errata_index_issue(index, 0, &issue));
    cr_assert_str_eq(issue.message.data, "known");
    errata_index_free(index);
}
