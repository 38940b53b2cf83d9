/*
 * Query terms, one a line, on a small index: each is accepted or refused with a message, and then asked, and all
 * memory comes back. What is found must agree between a walk, the groups and the totals.
 */
#include <errata/query.h>

#include "../unit/dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const documents =
    "{\"record_id\":\"r1\",\"app_id\":\"a\",\"fetched_at\":1767323045,\"status\":\"FAILED\","
    "\"errors\":["
    "{\"message\":\"Income\",\"errors\":[{\"code\":\"too_small\",\"expected\":5,\"received\":\"4\","
    "\"path\":[\"borrowers\",17,\"income\"],\"message\":\"caf\\u00e9 "
    "\\ud800\"},{}],\"key\":\"CHECK_INCOME\"}]}\n"
    "{\"record_id\":\"r2\",\"status\":\"ODD\",\"errors\":[{\"errors\":[{\"code\":\"too_small\","
    "\"path\":[\"*\",\"0\",\"(root)\"],"
    "\"message\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\\u0000\"},{\"path\":[\"a\",1,2,\"b c\"]}]}]}\n"
    "{\"status\":\"COMPLETED\"}\n";

static void fail(const char *what) {
    fprintf(stderr, "fuzz-query: %s\n", what);
    abort();
}

/* Adds the terms that are accepted. */
static void add_terms(struct errata_query *query, const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    memcpy(text, data, size);
    text[size] = '\0';
    for (char *rest, *term = strtok_r(text, "\n", &rest); term != NULL;
         term = strtok_r(NULL, "\n", &rest)) {
        struct errata_error error = {.status = ERRATA_OK};
        enum errata_status status = errata_query_where(query, term, &error);
        if (status != error.status || (status != ERRATA_OK && error.message[0] == '\0')) {
            fail("a term was refused without a word");
        }
        if (status != ERRATA_OK && status != ERRATA_BAD_QUERY && status != ERRATA_BAD_REGEX) {
            fail(error.message);
        }
    }
    free(text);
}

static bool passes(enum errata_status status) {
    if (status != ERRATA_OK && status != ERRATA_LIMIT_REGEX) {
        fail(errata_status_text(status));
    }
    return status == ERRATA_OK;
}

static void ask(struct errata_query *query) {
    static const struct errata_grouping by = {.fields = {ERRATA_FIELD_PATH, ERRATA_FIELD_CODE},
                                              .n_fields = 2};
    struct errata_matches *matches = NULL;
    struct errata_groups *groups = NULL;
    struct errata_totals *totals = NULL;
    struct errata_total total = {0};
    uint64_t found = 0;
    uint32_t id = ERRATA_NONE;
    bool walked = passes(errata_query_match(&matches, query, 0, 0, NULL));
    while (walked && (walked = passes(errata_matches_next(matches, &id, NULL))) &&
           id != ERRATA_NONE) {
        found++;
    }
    if (passes(errata_query_group(&groups, query, &by, NULL)) && walked &&
        errata_groups_issues(groups) != found) {
        fail("groups and walk differ");
    }
    if (passes(errata_query_totals(&totals, query, NULL))) {
        errata_totals_get(totals, &total);
        if (walked && total.issues != found) {
            fail("totals and walk differ");
        }
    }
    errata_matches_free(matches);
    errata_groups_free(groups);
    errata_totals_free(totals);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct how how = {.name = "source"};
    const struct errata_query_options options = {.regex_steps = 20000, .regex_heap = 1024};
    struct outcome outcome;
    struct errata_query *query = NULL;
    read_text(&outcome, &how, documents);
    if (outcome.status != ERRATA_OK ||
        errata_query_new(&query, outcome.index, &options, NULL) != ERRATA_OK) {
        fail("the index cannot be made");
    }
    add_terms(query, data, size);
    ask(query);
    errata_query_free(query);
    if (outcome_free(&outcome) != 0) {
        fail("memory was not given back");
    }
    return 0;
}
