/*
 * Every limit of reading: just under, just at and just over it, each with a status of its own; what was complete stays
 * readable. And input that is made to hurt.
 */
#include <criterion/criterion.h>

#include <errata/query.h>

#include "dump.h"

#define STATUS "{\"status\":\"FAILED\"}"

/* Reads and returns the status. */
static enum errata_status status_of(const struct how *how, const struct bytes *input) {
    struct outcome outcome;
    read_bytes(&outcome, how, input->data, input->length);
    enum errata_status status = outcome.status;
    cr_expect(status == ERRATA_OK || outcome.error.status == status);
    cr_expect(outcome_free(&outcome) == 0);
    return status;
}

static void add_times(struct bytes *out, char byte, size_t count) {
    char *text = malloc(count + 1);
    memset(text, byte, count);
    bytes_add(out, text, count);
    free(text);
}

/* A document with a token of so many bytes somewhere. */
static struct bytes with_token(int where, size_t length) {
    static const char *const before[] = {
        "{\"status\":\"", "{\"status\":\"FAILED\",\"x\":\"", "{\"status\":\"FAILED\",\"",
        "{\"status\":\"FAILED\",\"x\":", "{\"status\":\"FAILED\",\"record_id\":\""};
    static const char *const behind[] = {"\"}", "\"}", "\":1}", "}", "\"}"};
    struct bytes text = {0};
    bytes_add_text(&text, before[where]);
    add_times(&text, '7', where == 3 ? length : length - 2);
    bytes_add_text(&text, behind[where]);
    return text;
}

Test(limits, token) {
    for (int where = 0; where < 5; where++) {
        for (size_t length = 20; length < 2000; length += 1 + length / 3) {
            for (size_t chunk = 0; chunk < 1500; chunk = chunk * 2 + 1) {
                struct bytes text = with_token(where, length);
                struct how how = {.chunk = chunk};
                how.limits.token = length;
                cr_expect(status_of(&how, &text) == ERRATA_OK, "%d %zu %zu", where, length, chunk);
                how.limits.token = length + 1;
                cr_expect(status_of(&how, &text) == ERRATA_OK);
                how.limits.token = length - 1;
                cr_expect(status_of(&how, &text) == ERRATA_LIMIT_TOKEN, "%d %zu %zu", where, length,
                          chunk);
                bytes_free(&text);
            }
        }
    }
}

Test(limits, token_by_default) {
    const struct how how = {.chunk = 100000};
    const size_t most = (size_t)8 << 20;
    struct bytes text = with_token(1, most);
    cr_expect(status_of(&how, &text) == ERRATA_OK);
    bytes_free(&text);
    text = with_token(1, most + 1);
    cr_expect(status_of(&how, &text) == ERRATA_LIMIT_TOKEN);
    bytes_free(&text);
    text = with_token(0, most * 2);
    cr_expect(status_of(&how, &text) == ERRATA_LIMIT_TOKEN);
    bytes_free(&text);
}

/* The compact text of a value counts, not what stands in the input. */
Test(limits, assembled_text) {
    struct bytes text = {0};
    bytes_add_text(&text, "{\"status\":\"FAILED\",\"errors\":[{\"errors\":[{\"expected\":[ 1 , 22 "
                          ",\n 333,\"4444\",{ \"a\" : null } ]}]}]}");
    const size_t compact = strlen("[1,22,333,\"4444\",{\"a\":null}]");
    struct how how = {.limits.token = compact};
    cr_expect(status_of(&how, &text) == ERRATA_OK);
    how.limits.token = compact - 1;
    cr_expect(status_of(&how, &text) == ERRATA_LIMIT_TOKEN);
    bytes_free(&text);
}

Test(limits, depth) {
    for (int array = 0; array < 2; array++) {
        for (uint32_t depth = 2; depth < 600; depth += depth / 2) {
            struct bytes text = {0};
            bytes_add_text(&text, array ? "[{\"status\":\"FAILED\",\"x\":"
                                        : "{\"status\":\"FAILED\",\"x\":");
            add_times(&text, '[', depth - 1);
            add_times(&text, ']', depth - 1);
            bytes_add_text(&text, array ? "}]" : "}");
            struct how how = {.limits.depth = depth, .chunk = depth % 7};
            cr_expect(status_of(&how, &text) == ERRATA_OK, "%u", depth);
            how.limits.depth = depth + 1;
            cr_expect(status_of(&how, &text) == ERRATA_OK);
            how.limits.depth = depth - 1;
            cr_expect(status_of(&how, &text) == ERRATA_LIMIT_DEPTH, "%u", depth);
            how.limits.depth = 0;
            cr_expect(status_of(&how, &text) == (depth <= 256 ? ERRATA_OK : ERRATA_LIMIT_DEPTH));
            bytes_free(&text);
        }
    }
}

Test(limits, document) {
    static const char *const around[][2] = {
        {"", ""}, {" \n", "\n"}, {"[", "]"}, {"[ ", " , " STATUS "]"}, {STATUS, STATUS}};
    const char *document = "{ \"record_id\" : \"r\", \"status\" : \"FAILED\" , \"errors\": [] }";
    for (size_t i = 0; i < sizeof around / sizeof around[0]; i++) {
        for (size_t chunk = 0; chunk < 70; chunk++) {
            struct bytes text = {0};
            bytes_print(&text, "%s%s%s", around[i][0], document, around[i][1]);
            struct how how = {.limits.document = strlen(document), .chunk = chunk};
            cr_expect(status_of(&how, &text) == ERRATA_OK, "%zu", i);
            how.limits.document++;
            cr_expect(status_of(&how, &text) == ERRATA_OK);
            how.limits.document -= 2;
            cr_expect(status_of(&how, &text) == ERRATA_LIMIT_DOCUMENT, "%zu", i);
            bytes_free(&text);
        }
    }
}

/* Issues in documents of two each. */
static struct bytes with_issues(unsigned documents) {
    struct bytes text = {0};
    for (unsigned i = 0; i < documents; i++) {
        bytes_print(&text,
                    "{\"record_id\":\"r%u\",\"status\":\"FAILED\",\"errors\":[{\"message\":\"m%u\","
                    "\"errors\":["
                    "{\"code\":\"c%u\",\"expected\":{\"n\":[%u]},\"received\":\"x\",\"path\":[\"p%"
                    "u\",%u,{\"key\":\"k\"}],\"message\":\"m\"},"
                    "{\"code\":\"c\",\"path\":[%u,\"q\"],\"message\":\"m%u\"}],\"key\":\"K\"}]}\n",
                    i, i % 7, i % 5, i, i % 11, i, i * 1000, i);
    }
    return text;
}

/* Is all of the index there that its counts promise, and the same as the first documents of the whole? */
static void expect_readable(const struct outcome *part, const struct bytes *whole) {
    struct errata_counts counts;
    struct bytes text = {0};
    errata_index_counts(part->index, &counts);
    cr_expect(counts.issues == 2 * counts.documents);
    cr_expect(counts.rule_errors == counts.documents && counts.records == counts.documents);
    for (uint32_t i = 0; i < counts.documents; i++) {
        dump_document(&text, part->index, i, 0);
    }
    cr_expect(text.length <= whole->length &&
              memcmp(text.data == NULL ? "" : text.data, whole->data, text.length) == 0);
    bytes_free(&text);
}

static struct bytes whole_dump(const struct bytes *input) {
    const struct how how = {0};
    struct outcome outcome;
    struct bytes text = {0};
    read_bytes(&outcome, &how, input->data, input->length);
    cr_assert(outcome.status == ERRATA_OK);
    dump_index(&text, outcome.index, 0);
    outcome_free(&outcome);
    return text;
}

Test(limits, issues) {
    const unsigned documents = 40;
    struct bytes text = with_issues(documents);
    struct bytes whole = whole_dump(&text);
    for (uint32_t issues = 1; issues < 2 * documents + 2; issues++) {
        for (int keep_going = 0; keep_going < 2; keep_going++) {
            struct how how = {.limits.issues = issues, .keep_going = keep_going == 1};
            struct outcome outcome;
            read_bytes(&outcome, &how, text.data, text.length);
            cr_expect(outcome.status == (issues < 2 * documents ? ERRATA_LIMIT_ISSUES : ERRATA_OK));
            cr_expect(outcome.stats.documents == (issues / 2 > documents ? documents : issues / 2));
            cr_expect(outcome.stats.rejects == 0);
            expect_readable(&outcome, &whole);
            cr_expect(outcome_free(&outcome) == 0);
        }
    }
    bytes_free(&text);
    bytes_free(&whole);
}

Test(limits, memory) {
    struct bytes text = with_issues(3000);
    struct bytes whole = whole_dump(&text);
    uint64_t documents = 0;
    uint64_t memory = 4096;
    for (bool done = false; !done; memory += memory / 16 + 1000) {
        struct how how = {.limits.memory = memory, .keep_going = memory % 2 == 0};
        struct outcome outcome;
        read_bytes(&outcome, &how, text.data, text.length);
        done = outcome.status == ERRATA_OK;
        cr_expect(done || outcome.status == ERRATA_LIMIT_MEMORY, "%s",
                  errata_status_text(outcome.status));
        if (outcome.index != NULL) {
            cr_expect(outcome.stats.memory <= memory, "%llu of %llu",
                      (unsigned long long)outcome.stats.memory, (unsigned long long)memory);
            cr_expect(outcome.stats.documents >= documents);
            documents = outcome.stats.documents;
            expect_readable(&outcome, &whole);
        }
        cr_expect(outcome_free(&outcome) == 0);
    }
    cr_expect(documents == 3000);
    bytes_free(&text);
    bytes_free(&whole);
}

/* From some allocation on there is no more memory at all. */
Test(limits, no_memory) {
    struct bytes text = with_issues(150);
    struct bytes whole = whole_dump(&text);
    bool done = false;
    for (long n = 1; !done; n++) {
        struct how how = {.fail_at = n,
                          .fail_rest = true,
                          .keep_going = n % 2 == 0,
                          .chunk = n % 3 == 0 ? 4096 : 0};
        struct outcome outcome;
        read_bytes(&outcome, &how, text.data, text.length);
        done = outcome.status == ERRATA_OK;
        cr_expect(done || outcome.status == ERRATA_NO_MEMORY);
        if (outcome.index != NULL) {
            expect_readable(&outcome, &whole);
        }
        cr_expect(outcome_free(&outcome) == 0);
    }
    bytes_free(&text);
    bytes_free(&whole);
}

Test(limits, long_string_is_not_looked_at_often) {
    struct bytes text = with_token(1, (size_t)4 << 20);
    static const size_t chunks[] = {4096, 1024, 65536, 100};
    for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
        const struct how how = {.chunk = chunks[i]};
        struct outcome outcome;
        read_bytes(&outcome, &how, text.data, text.length);
        cr_expect(outcome.status == ERRATA_OK && outcome.stats.documents == 1);
        cr_expect(outcome.stats.parsed_bytes <= 4 * text.length, "%llu of %zu",
                  (unsigned long long)outcome.stats.parsed_bytes, text.length);
        cr_expect(outcome_free(&outcome) == 0);
    }
    bytes_free(&text);
}

Test(limits, brackets) {
    struct bytes text = {0};
    add_times(&text, '[', 3000000);
    for (size_t chunk = 0; chunk < 100000; chunk = chunk * 20 + 1000) {
        struct how how = {.chunk = chunk};
        cr_expect(status_of(&how, &text) == ERRATA_NOT_STATUS);
        how.keep_going = true;
        cr_expect(status_of(&how, &text) == ERRATA_OK);
    }
    memcpy(text.data, "{\"x\":", 5);
    const struct how how = {0};
    cr_expect(status_of(&how, &text) == ERRATA_LIMIT_DEPTH);
    bytes_free(&text);
}

Test(limits, vertical_tabs) {
    static const char *const before[] = {"", "{", "{\"status\":", "{\"status\":\"", "[", STATUS};
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        struct bytes text = {0};
        bytes_add_text(&text, before[i]);
        add_times(&text, '\v', 1000000);
        for (size_t chunk = 0; chunk < 5000; chunk = chunk * 4 + 1000) {
            struct how how = {.chunk = chunk};
            cr_expect(status_of(&how, &text) == ERRATA_NOT_JSON);
            how.keep_going = true;
            cr_expect(status_of(&how, &text) == ERRATA_OK);
        }
        bytes_free(&text);
    }
}

/* Much of what is rejected singly must not take time that grows with its square. */
Test(limits, many_rejects) {
    static const char *const lines[] = {"]\n",           "1 ",     "{}",  "{\"status\":\"x\",}\n",
                                        "[1,2,3,{},[]]", "\"\"\n", "{\n", "\xEF\n"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct bytes text = {0};
        for (int n = 0; n < 20000; n++) {
            bytes_add_text(&text, lines[i]);
        }
        for (int framing = 0; framing < 3; framing++) {
            const struct how how = {.framing = (enum errata_framing)framing, .keep_going = true};
            cr_expect(status_of(&how, &text) == ERRATA_OK);
        }
        bytes_free(&text);
    }
}

Test(limits, over_the_maximum) {
    static const struct errata_limits wrong[] = {
        {.token = ((uint64_t)1 << 30) + 1}, {.issues = UINT32_MAX}, {.depth = UINT32_MAX}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct how how = {.limits = wrong[i]};
        struct bytes text = {0};
        cr_expect(status_of(&how, &text) == ERRATA_MISUSE);
    }
}

/* A lone surrogate in a message is read, and a regular expression takes no harm of it. */
Test(limits, surrogate_and_regex) {
    const struct how how = {0};
    struct outcome outcome;
    struct errata_query *query;
    struct errata_matches *matches;
    struct errata_error error;
    uint32_t id;
    read_text(&outcome, &how,
              "{\"status\":\"FAILED\",\"errors\":[{\"errors\":[{\"message\":\"a\\ud800b\"},"
              "{\"message\":\"a\xED\xA0\x80z\"},{\"message\":\"a\\ud83dz\\ude00\"}]}]}");
    cr_assert(outcome.status == ERRATA_OK);
    static const char *const terms[] = {"message ~ ^a.b$", "message ~ ^a...z$",
                                        "message ~ \\x{FFFD}", "message !~ z"};
    static const unsigned expected[] = {1, 1, 3, 1};
    for (size_t i = 0; i < 4; i++) {
        unsigned found = 0;
        cr_assert(errata_query_new(&query, outcome.index, NULL, &error) == ERRATA_OK);
        cr_assert(errata_query_where(query, terms[i], &error) == ERRATA_OK);
        cr_assert(errata_query_match(&matches, query, 0, 0, &error) == ERRATA_OK);
        while (errata_matches_next(matches, &id, &error) == ERRATA_OK && id != ERRATA_NONE) {
            found++;
        }
        cr_expect(found == expected[i], "%s: %u", terms[i], found);
        errata_matches_free(matches);
        errata_query_free(query);
    }
    cr_expect(outcome_free(&outcome) == 0);
}
