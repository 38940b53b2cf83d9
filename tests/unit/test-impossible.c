/* Terms that no issue can pass: which are refused on request, and that nothing else is. */
#include <criterion/criterion.h>

#include "naive.h"

static struct heap heap;
static const struct errata_query_options careful = {.refuse_impossible = true};

/* Adds terms to a careful query until one is refused; returns how many were taken. */
static size_t taken(const char *const *terms, size_t count, struct errata_error *error) {
    struct errata_index *index = made_at_random(&heap, 1, 1);
    struct errata_query *query;
    size_t n = 0;
    must(errata_query_new(&query, index, &careful, NULL));
    for (; n < count && terms[n] != NULL; n++) {
        enum errata_status status = errata_query_where(query, terms[n], error);
        if (status != ERRATA_OK) {
            cr_assert_eq(status, ERRATA_BAD_QUERY);
            cr_assert_eq(error->status, status);
            break;
        }
    }
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(heap.out, 0);
    return n;
}

Test(impossible, alone) {
    static const struct {
        const char *term;
        /* In the message; NULL: the term is fine. */
        const char *reason;
    } cases[] = {
        {"pattern = a[17]", "term \"pattern = a[17]\": no issue can pass: positions in a pattern"},
        {"pattern in [\"a\",\"**[0]\"]", "positions in a pattern"},
        {"pattern != a[17]", NULL},
        {"pattern = a[*]", NULL},
        {"path = a[17]", NULL},
        {"fetched_at = 2026-01-02", "never as \"2026-01-02\""},
        {"fetched_at = 2026-01-02T03:04:05+00:00", "is written as"},
        {"fetched_at = 2026-01-02 03:04:05Z", "is written as"},
        {"fetched_at = 1970-01-01T00:00:00Z", "is written as"},
        {"fetched_at in [\"2026-01-02T03:04:05Z\",\"\\u001b\"]", "never as \"\\u{1B}\""},
        {"fetched_at = 2026-01-02T03:04:05Z", NULL},
        {"fetched_at != yesterday", NULL},
        {"fetched_at ~ 2026", NULL},
        {"!fetched_at", NULL},
        {"app = c", "!app"},
        {"app = cc", NULL},
        {"collection = c", NULL},
        {"!path", "there is always a path"},
        {"!pattern", "there is always a pattern"},
        {"!status", "there is always a status"},
        {"!source", "there is always a source"},
        {"!key", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct errata_error error = {.status = ERRATA_OK};
        size_t n = taken(&cases[i].term, 1, &error);
        cr_assert_eq(n, cases[i].reason == NULL, "%s", cases[i].term);
        cr_assert(n == 1 || strstr(error.message, cases[i].reason) != NULL, "%s: %s", cases[i].term,
                  error.message);
    }
}

Test(impossible, together) {
    /* The last term of each is refused. */
    static const char *const refused[][4] = {
        {"key = A", "key = B"},
        {"code", "!code"},
        {"!code", "code"},
        {"!code", "code = a"},
        {"code ~ a", "!code"},
        {"key in [\"A\"]", "key != A"},
        {"key != A", "key != B", "key in [\"B\",\"A\"]"},
        /* Each two of them have something in common. */
        {"key in [\"A\",\"B\"]", "key in [\"B\",\"C\"]", "key in [\"A\",\"C\"]"},
        {"message = some text", "message ~ ^other"},
        {"message !~ text", "message = some text"},
        {"path = a.b", "path = a.c"},
        {"path = a.b", "path = a"},
        {"path = (root)", "path = **.a"},
        {"path = *.b", "path = **.c"},
        {"path = a.**.b", "path = a.**.b.c.**.d"},
        {"path = a[1]", "path = a[2]"},
        {"path = a[*].b", "path != a[*].b"},
        {"path != a.**", "path = a.b.c"},
        {"pattern != *[*]", "pattern = a[*]"},
        {"pattern = a[*]", "pattern = a.*.b"},
        {"path = a", "pattern = b"},
        {"pattern = **[*]", "path = a.*.b"},
        {"path = a[1]", "pattern != a[*]"},
        {"pattern != a[*]", "path = a[*]"},
        {"pattern = a[*]", "path != a[*]"},
        {"path != a.**", "pattern = a.**"},
        {"pattern = **", "path = a", "pattern != a"},
        {"key ~ a", "key !~ a"},
        {"key !~ a", "key !~ b", "key ~ b"},
        {"path ~ a", "path !~ a"},
    };
    static const char *const fine[][4] = {
        {"key = A", "code = B"},
        {"key = A", "key = A"},
        {"key in [\"A\",\"B\"]", "key in [\"B\",\"C\"]", "key != A"},
        {"key != A", "!key"},
        {"key !~ A", "!key"},
        {"message = some text", "message ~ me"},
        {"message = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "message ~ ^(a+)+$|b|(a|a)+!"},
        {"path = a[*].b", "path = a[17].b"},
        {"path = a[*].b", "path != a[17].b"},
        {"path = **.b", "path = a.**"},
        {"path = a.**.b.**.c", "path = **.x.*.c"},
        {"path = *.b", "path = a.*"},
        {"path in [\"a\",\"b\"]", "path != a"},
        {"pattern != a[17]", "pattern = a[*]"},
        {"path = a[1]", "pattern = a[*]"},
        {"pattern = a[*]", "path != a[17]"},
        {"path = *", "pattern != a"},
        {"path != a[17]", "pattern = a[*]"},
        {"path ~ a", "pattern !~ a"},
        {"key ~ a", "key !~ aa"},
        {"key ~ a", "message !~ a"},
    };
    struct errata_error error;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        size_t count = refused[i][2] == NULL ? 2 : 3;
        cr_assert_eq(taken(refused[i], 4, &error), count - 1, "%s, %s", refused[i][0],
                     refused[i][1]);
        cr_assert(strstr(error.message, "before it") != NULL, "%s", error.message);
    }
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
        size_t count = fine[i][2] == NULL ? 2 : 3;
        cr_assert_eq(taken(fine[i], 4, &error), count, "%s, %s", fine[i][0], fine[i][1]);
    }
}

static bool is_place(enum errata_field field) {
    return field == ERRATA_FIELD_PATH || field == ERRATA_FIELD_PATTERN;
}

/* Whatever is refused, the same terms find nothing. */
Test(impossible, refused_finds_nothing) {
    unsigned refused = 0;
    for (uint64_t seed = 1; seed <= 4000; seed++) {
        uint64_t draws = seed + 9000;
        struct errata_index *index = made_at_random(&heap, seed, 30);
        struct errata_query *query;
        struct errata_query *plain;
        bool possible = true;
        must(errata_query_new(&query, index, &careful, NULL));
        must(errata_query_new(&plain, index, NULL, NULL));
        enum errata_field field = (enum errata_field)draw(&draws, ERRATA_FIELDS);
        for (int i = 0; i < 3 && possible; i++) {
            struct naive_term term;
            do {
                term = naive_draw_term(&draws);
            } while (term.field != field && !(is_place(term.field) && is_place(field)));
            struct errata_text value = text_of(term.value);
            possible = errata_query_add(query, term.field, term.op, &value, value.data != NULL,
                                        NULL) == ERRATA_OK;
            must(errata_query_add(plain, term.field, term.op, &value, value.data != NULL, NULL));
        }
        if (!possible) {
            struct errata_matches *matches;
            uint32_t id;
            must(errata_query_match(&matches, plain, 0, 0, NULL));
            must(errata_matches_next(matches, &id, NULL));
            cr_assert_eq(id, ERRATA_NONE, "seed %lu", (unsigned long)seed);
            errata_matches_free(matches);
            refused++;
        }
        errata_query_free(plain);
        errata_query_free(query);
        errata_index_free(index);
        cr_assert_eq(heap.out, 0);
    }
    cr_assert_gt(refused, 400);
}
