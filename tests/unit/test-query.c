/* Terms: their text form, what they mean, how often they are tried; walks and totals against the
   naive way. */
#include <criterion/criterion.h>

#include "index/query.h"
#include "naive.h"

static struct heap heap;
static struct errata_index *index_;
static struct errata_query *query;

/* Two documents, five issues. */
static void begin(void) {
    struct made made;
    made_begin(&made, &heap, "a.json");
    made_issue(&made, "too_small", "5", true, "string", "Too small", "borrowers 0 income");
    made_issue(&made, "too_small", "5", false, NULL, "Too small", "borrowers 17 income");
    made_issue(&made, "invalid_type", "number", false, "", "Expected number", "borrowers 0 name");
    made_rule_error(&made, "CHECK_INCOME", "Income");
    made_document(&made, "FAILED", NULL, "c1", "r1", 1767323045);
    made_issue(&made, "custom", NULL, false, NULL, "= or ~", NULL);
    made_issue(&made, NULL, NULL, false, NULL, NULL, "two  words * 3");
    made_rule_error(&made, NULL, "");
    made_document(&made, "COMPLETED", "app", "c1", NULL, 0);
    index_ = made_end(&made);
    must(errata_query_new(&query, index_, NULL, NULL));
}

static void end(void) {
    errata_query_free(query);
    errata_index_free(index_);
    cr_assert_eq(heap.out, 0);
}

TestSuite(query, .init = begin, .fini = end);

/* Ids of the matching issues as digits, such as "013". */
static const char *found(struct errata_query *of) {
    static char ids[32];
    struct errata_matches *matches;
    struct errata_error error;
    size_t count = 0;
    uint32_t id;
    must(errata_query_match(&matches, of, 0, 0, NULL));
    for (;;) {
        cr_assert_eq(errata_matches_next(matches, &id, &error), ERRATA_OK, "%s", error.message);
        if (id == ERRATA_NONE) {
            break;
        }
        ids[count++] = (char)('0' + id);
    }
    ids[count] = '\0';
    errata_matches_free(matches);
    return ids;
}

Test(query, terms) {
    static const struct {
        const char *term;
        const char *found;
    } cases[] = {
        {"code = too_small", "01"},
        {"code=too_small", "01"},
        {"  code\t=\ttoo_small", "01"},
        {"code = too_small ", ""},
        {"code != too_small", "234"},
        {"code ~ small$", "01"},
        {"code !~ small", "234"},
        {"code !~ (?i)SMALL", "234"},
        {"code in [\"custom\", \"invalid_type\",\"x\"]", "23"},
        {"code in[\"custom\"]", "3"},
        {"code !in [\"custom\",\"invalid_type\"]", "014"},
        {"code in [\"\\u0063ustom\"]", "3"},
        {"code", "0123"},
        {"!code", "4"},
        {" ! code ", "4"},
        {"key = CHECK_INCOME", "012"},
        {"!key", "34"},
        {"rule_message", "01234"},
        {"rule_message = ", "34"},
        {"rule_message ~ ", "01234"},
        {"rule_message=Income", "012"},
        {"message = = or ~", "3"},
        {"message== or ~", "3"},
        {"message ~= or ~", "3"},
        {"message !=", "01234"},
        {"expected = 5", "01"},
        {"received = ", "2"},
        {"!received", "134"},
        {"record = r1", "012"},
        {"record != r1", "34"},
        {"!record", "34"},
        {"collection = c1", "01234"},
        {"app = app", "34"},
        {"status in [\"FAILED\"]", "012"},
        {"source = a.json", "01234"},
        {"source ~ b", ""},
        {"fetched_at = 2026-01-02T03:04:05Z", "012"},
        {"fetched_at ~ ^2026-01", "012"},
        {"!fetched_at", "34"},
        {"path = borrowers[17].income", "1"},
        {"path != borrowers[17].income", "0234"},
        {"path = borrowers[*].income", "01"},
        {"path in [\"borrowers[0].*\",\"(root)\"]", "023"},
        {"path !in [\"borrowers[0].*\",\"(root)\"]", "14"},
        {"path = (root)", "3"},
        {"path ~ \\[17\\]", "1"},
        {"path !~ \\[17\\]", "0234"},
        {"path ~ root", "3"},
        {"path = two.words[\"*\"][3]", "4"},
        {"path = **[*].**", "0124"},
        {"path", "01234"},
        {"!path", ""},
        {"pattern = borrowers[*].income", "01"},
        {"pattern = borrowers[17].income", ""},
        {"pattern != borrowers[17].income", "01234"},
        {"pattern = borrowers.**", "012"},
        {"pattern ~ ^borrowers\\[\\*\\]", "012"},
        {"pattern ~ name", "2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct errata_query *fresh;
        struct errata_error error;
        must(errata_query_new(&fresh, index_, NULL, NULL));
        cr_assert_eq(errata_query_where(fresh, cases[i].term, &error), ERRATA_OK, "%s: %s",
                     cases[i].term, error.message);
        cr_assert_str_eq(found(fresh), cases[i].found, "%s: %s", cases[i].term, found(fresh));
        errata_query_free(fresh);
    }
}

Test(query, bad_terms) {
    static const struct {
        const char *term;
        const char *byte;
        const char *reason;
    } cases[] = {
        {"kex = A", "byte 1", "did you mean key?"},
        {"rule-message = A", "byte 1", "did you mean rule_message?"},
        {"Code = A", "byte 1", "did you mean code?"},
        {"  borrower = A", "byte 3", "there are key, code"},
        {"", "byte 1", "missing"},
        {"= A", "byte 1", "missing"},
        {"!", "byte 2", "missing"},
        {"!= A", "byte 2", "missing"},
        {"!key = A", "byte 6", "comes nothing"},
        {"key A", "byte 5", "comes one of"},
        {"key index", "byte 5", "comes one of"},
        {"key <= 5", "byte 5", "comes one of"},
        {"key !", "byte 5", "comes one of"},
        {"key in A", "byte 8", "JSON array"},
        {"key in [5]", "byte", "JSON array"},
        {"key in", "byte 7", "JSON array"},
        {"key in []", "byte 8", "empty"},
        {"key in [\"a\"] b", "byte", "JSON array"},
        {"path = inc*", "byte 1", "use ~"},
        {"path in [\"a\",\"inc*\"]", "byte 1", "use ~"},
        {"pattern = ", "byte 1", "(root)"},
        {"\x1b[31mkey", "byte 1", "missing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct errata_error error;
        memset(&error, 0xFF, sizeof error);
        cr_assert_eq(errata_query_where(query, cases[i].term, &error), ERRATA_BAD_QUERY, "%s",
                     cases[i].term);
        cr_assert_eq(error.status, ERRATA_BAD_QUERY);
        cr_assert_eq(error.line, 0);
        cr_assert_eq(strncmp(error.message, "term \"", 6), 0, "%s", error.message);
        cr_assert_neq(strstr(error.message, cases[i].byte), NULL, "%s", error.message);
        cr_assert_neq(strstr(error.message, cases[i].reason), NULL, "%s", error.message);
        cr_assert_eq(strchr(error.message, '\x1b'), NULL);
        cr_assert_eq(errata_query_where(query, cases[i].term, NULL), ERRATA_BAD_QUERY);
    }
    struct errata_error error;
    cr_assert_eq(errata_query_where(query, "message ~ (", &error), ERRATA_BAD_REGEX);
    cr_assert_neq(strstr(error.message, "term \"message ~ (\""), NULL, "%s", error.message);
    cr_assert_str_eq(found(query), "01234", "a refused term changes nothing");
}

Test(query, terms_all_hold_also_later_ones) {
    must(errata_query_where(query, "code = too_small", NULL));
    cr_assert_str_eq(found(query), "01");
    must(errata_query_where(query, "path ~ 17", NULL));
    cr_assert_str_eq(found(query), "1");
    must(errata_query_where(query, "!record", NULL));
    cr_assert_str_eq(found(query), "");
}

Test(query, without_text) {
    struct errata_text values[] = {text_of("zebra"), text_of("custom"), text_of("too_small")};
    must(errata_query_add(query, ERRATA_FIELD_CODE, ERRATA_EQUAL, values, 3, NULL));
    cr_assert_str_eq(found(query), "013");
    must(errata_query_add(query, ERRATA_FIELD_CODE, ERRATA_NOT_MATCHES, values, 2, NULL));
    cr_assert_str_eq(found(query), "01");
    must(errata_query_add(query, ERRATA_FIELD_RECEIVED, ERRATA_PRESENT, NULL, 0, NULL));
    cr_assert_str_eq(found(query), "0");
    cr_assert_eq(errata_query_add(query, ERRATA_FIELD_CODE, ERRATA_EQUAL, NULL, 0, NULL),
                 ERRATA_MISUSE);
    cr_assert_eq(errata_query_add(query, ERRATA_FIELD_CODE, ERRATA_ABSENT, values, 1, NULL),
                 ERRATA_MISUSE);
    cr_assert_eq(errata_query_add(query, ERRATA_FIELDS, ERRATA_ABSENT, NULL, 0, NULL),
                 ERRATA_MISUSE);
    cr_assert_eq(
        errata_query_add(query, ERRATA_FIELD_CODE, (enum errata_operator)9, values, 1, NULL),
        ERRATA_MISUSE);
    values[0].data = NULL;
    cr_assert_eq(errata_query_add(query, ERRATA_FIELD_CODE, ERRATA_EQUAL, values, 1, NULL),
                 ERRATA_MISUSE);
}

/* What a call that failed leaves behind, where nobody looked. */
Test(query, of_no_index) {
    struct errata_error error = {0};
    struct errata_query *none = query;
    cr_assert_eq(errata_query_new(&none, NULL, NULL, &error), ERRATA_MISUSE);
    cr_assert_null(none);
    cr_assert_str_eq(error.message, "there is no index to ask");
}

Test(query, fields_by_name) {
    for (unsigned i = 0; i < ERRATA_FIELDS; i++) {
        enum errata_field field;
        const char *name = errata_field_name((enum errata_field)i);
        cr_assert_eq(errata_field_parse(text_of(name), &field, NULL), ERRATA_OK);
        cr_assert_eq(field, i);
    }
    cr_assert_eq(errata_field_name(ERRATA_FIELDS), NULL);
}

Test(query, walk_with_offset_and_limit) {
    struct errata_matches *matches;
    uint32_t id;
    must(errata_query_where(query, "code", NULL));
    must(errata_query_match(&matches, query, 1, 2, NULL));
    for (uint32_t expected = 1; expected <= 2; expected++) {
        must(errata_matches_next(matches, &id, NULL));
        cr_assert_eq(id, expected);
    }
    for (int i = 0; i < 2; i++) {
        must(errata_matches_next(matches, &id, NULL));
        cr_assert_eq(id, ERRATA_NONE);
    }
    errata_matches_free(matches);
    must(errata_query_match(&matches, query, UINT64_MAX, 0, NULL));
    must(errata_matches_next(matches, &id, NULL));
    cr_assert_eq(id, ERRATA_NONE);
    errata_matches_free(matches);
}

Test(query, costly_regex_is_an_error_everywhere) {
    struct errata_query_options options = {.regex_steps = 10};
    struct errata_query *limited;
    struct errata_matches *matches;
    struct errata_groups *groups;
    struct errata_totals *totals;
    struct errata_error error;
    struct errata_grouping by = {.fields = {ERRATA_FIELD_CODE}, .n_fields = 1};
    uint32_t id;
    must(errata_query_new(&limited, index_, &options, NULL));
    must(errata_query_where(limited, "message ~ ^([A-Za-z ]+)+[^A-Za-z ]", NULL));
    must(errata_query_match(&matches, limited, 0, 0, NULL));
    cr_assert_eq(errata_matches_next(matches, &id, &error), ERRATA_LIMIT_REGEX);
    cr_assert_neq(strstr(error.message, "^([A-Za-z ]+)+[^A-Za-z ]"), NULL, "%s", error.message);
    errata_matches_free(matches);
    cr_assert_eq(errata_query_group(&groups, limited, &by, &error), ERRATA_LIMIT_REGEX);
    cr_assert_eq(groups, NULL);
    cr_assert_eq(errata_query_totals(&totals, limited, &error), ERRATA_LIMIT_REGEX);
    cr_assert_eq(totals, NULL);
    errata_query_free(limited);
}

/* Many issues, few distinct values: how often a term is tried depends on the values alone. */
Test(query, tried_once_per_distinct_value) {
    struct made made;
    struct errata_query *many;
    struct errata_grouping by = {.fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_PATTERN}, .n_fields = 2};
    made_begin(&made, &heap, "a.json");
    for (uint32_t document = 0; document < 100; document++) {
        for (uint32_t i = 0; i < 50; i++) {
            char path[64];
            snprintf(path, sizeof path, "a %u %s", document * 50 + i, i % 2 == 0 ? "b" : "c");
            made_issue(&made, i % 3 == 0 ? "x" : "y", NULL, false, NULL,
                       i % 5 == 0 ? "Required" : "Not", path);
        }
        made_rule_error(&made, document % 2 == 0 ? "K" : "L", "m");
        made_document(&made, "FAILED", NULL, NULL, NULL, 0);
    }
    made_end(&made);
    must(errata_query_new(&many, made.index, NULL, NULL));
    must(errata_query_where(many, "message ~ Req|Not", NULL));
    must(errata_query_where(many, "code != z", NULL));
    must(errata_query_where(many, "key ~ .", NULL));
    must(errata_query_where(many, "pattern = a.**", NULL));
    must(errata_query_where(many, "path = a[*].*", NULL));
    must(errata_query_where(many, "status = FAILED", NULL));
    for (int i = 0; i < 2; i++) {
        struct errata_groups *groups;
        must(errata_query_group(&groups, many, &by, NULL));
        cr_assert_eq(errata_groups_issues(groups), 5000);
        cr_assert_eq(errata_groups_count(groups), 4);
        errata_groups_free(groups);
        /* 2 messages, 2 codes, 2 keys, 2 patterns twice, 1 status; and never again. */
        cr_assert_eq(many->runs, 11, "%lu", (unsigned long)many->runs);
    }
    errata_query_free(many);
    errata_index_free(made.index);
}

/* A query of random terms, which are kept in naive too. */
static struct errata_query *draw_query(const struct errata_index *random, struct naive_term *naive,
                                       uint32_t n_terms, uint64_t *draws) {
    struct errata_query *terms;
    must(errata_query_new(&terms, random, NULL, NULL));
    for (uint32_t i = 0; i < n_terms; i++) {
        naive[i] = naive_draw_term(draws);
        struct errata_text value = text_of(naive[i].value);
        must(
            errata_query_add(terms, naive[i].field, naive[i].op, &value, value.data != NULL, NULL));
    }
    return terms;
}

Test(query, against_the_naive_way) {
    for (uint64_t seed = 1; seed <= 400; seed++) {
        uint64_t draws = seed;
        struct errata_index *random = made_at_random(&heap, seed, 40);
        struct naive_term naive[3];
        uint32_t n_terms = draw(&draws, 4);
        struct errata_query *terms = draw_query(random, naive, n_terms, &draws);
        struct errata_counts counts;
        struct errata_matches *matches;
        errata_index_counts(random, &counts);
        must(errata_query_match(&matches, terms, 0, 0, NULL));
        for (uint32_t issue = 0; issue <= counts.issues; issue++) {
            struct naive_issue values;
            bool holds = true;
            uint32_t id;
            if (issue < counts.issues) {
                naive_issue(random, issue, &values);
                for (uint32_t i = 0; i < n_terms; i++) {
                    holds = holds && naive_term_holds(&naive[i], &values);
                }
            }
            if (holds) {
                must(errata_matches_next(matches, &id, NULL));
                cr_assert_eq(id, issue < counts.issues ? issue : ERRATA_NONE,
                             "seed %lu: %u, not %u", (unsigned long)seed, id, issue);
            }
        }
        errata_matches_free(matches);
        errata_query_free(terms);
        errata_index_free(random);
    }
}

static bool is_document_field(enum errata_field field) {
    return errata__field_level(field) == ERRATA__LEVEL_DOCUMENT;
}

static bool is_issue_field(enum errata_field field) {
    return errata__field_level(field) == ERRATA__LEVEL_SHAPE;
}

/* By what the header says of each member. */
static void naive_totals(const struct errata_index *random, const struct naive_term *terms,
                         uint32_t n_terms, struct errata_total *total) {
    struct errata_counts counts;
    bool *counted = calloc(1024, 1), *record = calloc(1024, 1);
    bool *record_issue = calloc(1024, 1), *rule_errors = calloc(4096, 1);
    bool others = false, issue_terms = false;
    struct naive_issue values;
    errata_index_counts(random, &counts);
    memset(total, 0, sizeof *total);
    for (uint32_t i = 0; i < n_terms; i++) {
        others = others || !is_document_field(terms[i].field);
        issue_terms = issue_terms || is_issue_field(terms[i].field);
    }
    for (uint32_t id = 0; id < counts.issues; id++) {
        bool holds = true;
        naive_issue(random, id, &values);
        for (uint32_t i = 0; i < n_terms; i++) {
            holds = holds && naive_term_holds(&terms[i], &values);
        }
        if (holds) {
            total->issues++;
            rule_errors[values.rule_error] = true;
            total->records_with_issues += !record_issue[values.record];
            record_issue[values.record] = true;
        }
    }
    for (uint32_t id = 0; id < counts.rule_errors; id++) {
        bool holds = true;
        naive_rule_error(random, id, &values);
        for (uint32_t i = 0; i < n_terms; i++) {
            holds =
                holds && (is_issue_field(terms[i].field) || naive_term_holds(&terms[i], &values));
        }
        holds = holds && (!issue_terms || rule_errors[id]);
        total->rule_errors += holds;
        counted[values.document] = counted[values.document] || holds;
    }
    for (uint32_t id = 0; id < counts.documents; id++) {
        bool holds = true;
        naive_document(random, id, &values);
        for (uint32_t i = 0; i < n_terms; i++) {
            holds = holds &&
                    (!is_document_field(terms[i].field) || naive_term_holds(&terms[i], &values));
        }
        if (holds && (!others || counted[id])) {
            total->documents++;
            total->records += !record[values.record];
            record[values.record] = true;
        }
    }
    free(counted);
    free(record);
    free(record_issue);
    free(rule_errors);
}

Test(query, totals_against_the_naive_way) {
    for (uint64_t seed = 1; seed <= 300; seed++) {
        uint64_t draws = seed + 1000;
        struct errata_index *random = made_at_random(&heap, seed, 40);
        struct naive_term naive[2];
        uint32_t n_terms = draw(&draws, 3);
        struct errata_query *terms = draw_query(random, naive, n_terms, &draws);
        struct errata_totals *totals;
        struct errata_total got, expected;
        must(errata_query_totals(&totals, terms, NULL));
        errata_totals_get(totals, &got);
        naive_totals(random, naive, n_terms, &expected);
        cr_assert_eq(memcmp(&got, &expected, sizeof got), 0,
                     "seed %lu: %u %u %u %u %u, not %u %u %u %u %u", (unsigned long)seed,
                     got.documents, got.records, got.rule_errors, got.issues,
                     got.records_with_issues, expected.documents, expected.records,
                     expected.rule_errors, expected.issues, expected.records_with_issues);
        struct errata_text status, last = {NULL, 0};
        uint32_t documents, last_documents = UINT32_MAX, sum = 0;
        for (size_t i = 0; errata_totals_status(totals, i, &status, &documents); i++) {
            cr_assert(documents < last_documents ||
                      (documents == last_documents && strcmp(last.data, status.data) < 0));
            last = status;
            last_documents = documents;
            sum += documents;
        }
        cr_assert_eq(sum, got.documents);
        errata_totals_free(totals);
        errata_query_free(terms);
        errata_index_free(random);
    }
}

/* Everything that a query does, with the n-th allocation refused, for every n. */
Test(query, out_of_memory) {
    enum errata_status status = ERRATA_NO_MEMORY;
    struct errata_grouping by = {.fields = {ERRATA_FIELD_PATH, ERRATA_FIELD_FETCHED_AT,
                                            ERRATA_FIELD_PATTERN, ERRATA_FIELD_KEY},
                                 .n_fields = 4};
    errata_query_free(query);
    query = NULL;
    long before = heap.out;
    for (long n = 1; status == ERRATA_NO_MEMORY; n++) {
        struct errata_query *fresh = NULL;
        struct errata_groups *groups = NULL;
        struct errata_matches *matches = NULL;
        struct errata_totals *totals = NULL;
        struct errata_error error = {.status = ERRATA_OK};
        uint32_t id = 0;
        heap.asked = 0;
        heap.fail_at = n;
        status = errata_query_new(&fresh, index_, NULL, &error);
        static const char *const terms[] = {"message !~ zebra",
                                            "code !in [\"x\",\"y\"]",
                                            "path != a[17].b",
                                            "path !~ zebra",
                                            "fetched_at != x",
                                            "path !in [\"borrowers[5][\\\"x y\\\"]\"]",
                                            "path !in [\"borrowers[5].**\"]"};
        for (size_t i = 0; i < sizeof terms / sizeof terms[0] && status == ERRATA_OK; i++) {
            status = errata_query_where(fresh, terms[i], &error);
        }
        if (status == ERRATA_OK) {
            status = errata_query_match(&matches, fresh, 0, 0, &error);
        }
        while (status == ERRATA_OK && id != ERRATA_NONE) {
            status = errata_matches_next(matches, &id, &error);
        }
        if (status == ERRATA_OK) {
            status = errata_query_totals(&totals, fresh, &error);
        }
        if (status == ERRATA_OK) {
            status = errata_query_group(&groups, fresh, &by, &error);
        }
        if (status != ERRATA_OK) {
            cr_assert_eq(error.status, status);
        }
        errata_groups_free(groups);
        errata_totals_free(totals);
        errata_matches_free(matches);
        errata_query_free(fresh);
        cr_assert_eq(heap.out, before, "allocation %ld: %ld blocks are left", n,
                     (long)heap.out - before);
    }
    cr_assert_eq(status, ERRATA_OK);
    heap.fail_at = 0;
}

Test(query, empty_index) {
    struct made made;
    struct errata_query *nothing;
    struct errata_groups *groups;
    struct errata_totals *totals;
    struct errata_grouping by = {.fields = {ERRATA_FIELD_PATH, ERRATA_FIELD_CODE}, .n_fields = 2};
    made_begin(&made, &heap, "a.json");
    made_end(&made);
    must(errata_query_new(&nothing, made.index, NULL, NULL));
    must(errata_query_where(nothing, "message ~ a", NULL));
    cr_assert_str_eq(found(nothing), "");
    must(errata_query_group(&groups, nothing, &by, NULL));
    cr_assert_eq(errata_groups_total(groups), 0);
    errata_groups_free(groups);
    must(errata_query_totals(&totals, nothing, NULL));
    errata_totals_free(totals);
    errata_query_free(nothing);
    errata_index_free(made.index);
}
