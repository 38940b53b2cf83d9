/*
 * The public API as a stranger has it: this program links the shared library and nothing else, and touches every
 * name that the library exports (tests/shape/symbols.py compares).
 */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <errata/errata.h>

#define NUMBER_ISSUE(position)                                                                     \
    "{\"code\":\"invalid_type\",\"expected\":\"number\",\"received\":\"string\","                  \
    "\"path\":[\"borrowers\",\"" position "\",\"income\"],\"message\":\"Expected number\"}"
#define SMALL_ISSUE                                                                                \
    "{\"code\":\"too_small\",\"expected\":5,\"received\":\"3\",\"path\":[],\"message\":\"Small\"}"

static const char first_document[] =
    "{\"record_id\":\"r1\",\"collection_id\":\"c1\",\"app_id\":\"a1\",\"fetched_at\":1767323045,"
    "\"status\":\"FAILED\",\"errors\":[{\"message\":\"Income\",\"errors\":[" NUMBER_ISSUE(
        "0") "," NUMBER_ISSUE("17") "],\"key\":\"CHECK_INCOME\"}]}\n";
static const char second_document[] =
    "{\"record_id\":\"r2\",\"status\":\"FAILED\",\"errors\":[{\"message\":\"Age\",\"errors\":"
    "[" SMALL_ISSUE "],\"key\":\"CHECK_AGE\"}]}\n";
static const char bad_document[] = "{\"status\":5}\n";

/* Blocks that are out. */
static long blocks;

static void *count_alloc(void *ctx, size_t size) {
    ++*(long *)ctx;
    return malloc(size);
}

static void *count_realloc(void *ctx, void *block, size_t size) {
    *(long *)ctx += block == NULL;
    return realloc(block, size);
}

static void count_free(void *ctx, void *block) {
    *(long *)ctx -= block != NULL;
    free(block);
}

static const struct errata_allocator counting = {count_alloc, count_realloc, count_free, &blocks};

struct output {
    char text[16384];
    size_t length;
};

static enum errata_status take(void *ctx, const void *bytes, size_t length) {
    struct output *output = ctx;
    if (length >= sizeof output->text - output->length) {
        return ERRATA_CANNOT_WRITE;
    }
    memcpy(output->text + output->length, bytes, length);
    output->length += length;
    output->text[output->length] = '\0';
    return ERRATA_OK;
}

static struct errata_text text_of(const char *text) {
    return (struct errata_text){text, text == NULL ? 0 : strlen(text)};
}

static bool is(struct errata_text text, const char *expected) {
    return text.data != NULL && text.length == strlen(expected) &&
           memcmp(text.data, expected, text.length) == 0;
}

#define ok(call) cr_assert_eq(call, ERRATA_OK, "%s", error.message)

static struct errata_error error;
static struct output rejected;

static enum errata_status on_reject(void *ctx, const struct errata_reject *reject,
                                    struct errata_text text) {
    cr_assert_eq(ctx, &rejected);
    return errata_export_reject(reject, text_of("memory"), text, take, ctx, NULL);
}

/* One source of three documents, of which one is rejected. */
static struct errata_index *read_three(void) {
    const struct errata_reader_options options = {
        .allocator = &counting, .keep_going = true, .on_reject = on_reject, .ctx = &rejected};
    const struct errata_origin origin = {
        .name = text_of("memory"), .kind = ERRATA_SOURCE_STREAM, .framing = ERRATA_FRAMING_LINES};
    struct errata_reader *reader;
    struct errata_index *index;
    ok(errata_reader_new(&reader, &options, &error));
    ok(errata_reader_begin(reader, &origin, &error));
    ok(errata_reader_feed(reader, first_document, sizeof first_document - 1, &error));
    ok(errata_reader_feed(reader, bad_document, sizeof bad_document - 1, &error));
    ok(errata_reader_feed(reader, second_document, 30, &error));
    ok(errata_reader_feed(reader, second_document + 30, sizeof second_document - 31, &error));
    ok(errata_reader_end(reader, &error));

    struct errata_reader_stats stats;
    errata_reader_stats(reader, &stats);
    cr_assert_eq(stats.documents, 2);
    cr_assert_eq(stats.rejects, 1);
    cr_assert_eq(stats.issues, 3);
    cr_assert_eq(stats.bytes,
                 sizeof first_document + sizeof bad_document + sizeof second_document - 3);
    cr_assert_gt(stats.memory, 0);

    ok(errata_reader_finish(&index, reader, &error));
    errata_reader_free(reader);
    return index;
}

Test(api, names) {
    enum errata_field field;
    cr_assert_str_eq(errata_version(), ERRATA_VERSION);
    cr_assert_str_eq(errata_status_text(ERRATA_NO_MEMORY), "out of memory");
    cr_assert_str_eq(errata_status_text((enum errata_status)9999), "unknown status");
    cr_assert_str_eq(errata_deviation_name(ERRATA_DEVIATION_PATH_NUMBER), "path_number");
    for (int i = 0; i < ERRATA_FIELDS; i++) {
        const char *name = errata_field_name((enum errata_field)i);
        ok(errata_field_parse(text_of(name), &field, &error));
        cr_assert_eq((int)field, i);
    }
    cr_assert_eq(errata_field_parse(text_of("kex"), &field, &error), ERRATA_BAD_QUERY);
    cr_assert(strstr(error.message, "key") != NULL, "%s", error.message);
}

Test(api, first_trouble_ends_the_run) {
    struct errata_reader *reader;
    struct errata_index *index;
    char line[128];
    ok(errata_reader_new(&reader, NULL, &error));
    cr_assert_eq(errata_reader_feed(reader, "{", 1, &error), ERRATA_MISUSE);
    ok(errata_reader_begin(reader, &(struct errata_origin){.name = text_of("x")}, &error));
    ok(errata_reader_feed(reader, first_document, sizeof first_document - 1, &error));
    cr_assert_eq(errata_reader_feed(reader, "{\"status\":}", 11, &error), ERRATA_NOT_JSON);
    cr_assert_eq(error.line, 2);
    cr_assert_eq(error.document, 2);
    uint64_t length = errata_error_render(&error, line, sizeof line);
    cr_assert_eq(length, strlen(line));
    cr_assert_eq(strncmp(line, "x:2:11: ", 8), 0, "%s", line);
    cr_assert_eq(errata_reader_end(reader, &error), ERRATA_NOT_JSON);
    ok(errata_reader_finish(&index, reader, &error));
    struct errata_counts counts;
    errata_index_counts(index, &counts);
    cr_assert_eq(counts.documents, 1);
    errata_reader_free(reader);
    errata_index_free(index);
}

Test(api, abandoned_documents_are_not_there) {
    struct errata_reader *reader;
    struct errata_index *index;
    struct errata_counts counts;
    ok(errata_reader_new(&reader, NULL, &error));
    ok(errata_reader_begin(reader, NULL, &error));
    ok(errata_reader_feed(reader, first_document, sizeof first_document - 20, &error));
    errata_reader_abandon(reader);
    struct errata_reader_options settings;
    errata_reader_settings(reader, &settings);
    cr_assert_eq(settings.limits.depth, 256);
    cr_assert_eq(errata_reader_reject(reader, (struct errata_text){"gone", 4}, NULL),
                 ERRATA_MISUSE);
    ok(errata_reader_begin(reader, NULL, &error));
    ok(errata_reader_feed(reader, second_document, sizeof second_document - 1, &error));
    ok(errata_reader_end(reader, &error));
    ok(errata_reader_finish(&index, reader, &error));
    errata_reader_free(reader);
    errata_index_counts(index, &counts);
    cr_assert_eq(counts.sources, 2);
    cr_assert_eq(counts.documents, 1);
    cr_assert_eq(counts.rejects, 0);
    errata_index_free(index);
}

Test(api, files_and_descriptors) {
    char path[] = "/tmp/errata-api-XXXXXX";
    int fd = mkstemp(path);
    struct errata_reader *reader;
    struct errata_index *index;
    struct errata_counts counts;
    struct errata_source source;
    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, first_document, sizeof first_document - 1),
                 (ssize_t)sizeof first_document - 1);
    cr_assert_eq(lseek(fd, 0, SEEK_SET), 0);
    ok(errata_reader_new(&reader, NULL, &error));
    ok(errata_reader_read_fd(reader, fd, NULL, &error));
    ok(errata_reader_read_peeked(reader, "\n", 1, fd, NULL, &error));
    cr_assert_eq(
        errata_reader_read_peeked(reader, first_document, ERRATA_PEEKED_SIZE + 1, fd, NULL, &error),
        ERRATA_MISUSE);
    struct errata_origin origin = {.scope = {"--status FAILED", 15}};
    ok(errata_reader_read_path(reader, path, &origin, &error));
    close(fd);
    unlink(path);
    cr_assert_eq(errata_reader_read_path(reader, path, NULL, &error), ERRATA_CANNOT_READ);
    const char *const paths[] = {path};
    cr_assert_eq(errata_reader_read_paths(reader, paths, 1, NULL, NULL, NULL, &error),
                 ERRATA_CANNOT_READ);
    ok(errata_reader_finish(&index, reader, &error));
    errata_reader_free(reader);
    errata_index_counts(index, &counts);
    cr_assert_eq(counts.documents, 2);
    cr_assert_eq(counts.records, 1);
    cr_assert(errata_index_source(index, 2, &source));
    cr_assert(is(source.name, path));
    cr_assert(is(source.scope, "--status FAILED"));
    errata_index_free(index);
}

Test(api, rows) {
    struct errata_index *index = read_three();
    struct errata_counts counts;
    struct errata_source source;
    struct errata_document document;
    struct errata_record record;
    struct errata_rule_error rule_error;
    struct errata_issue issue;
    struct errata_whole_issue whole;
    struct errata_reject reject;
    struct errata_deviation deviation;
    char path[64];

    errata_index_counts(index, &counts);
    cr_assert_eq(counts.documents, 2);
    cr_assert_eq(counts.issues, 3);
    cr_assert_eq(counts.shapes, 2);
    cr_assert_eq(counts.patterns, 2);
    cr_assert_not(errata_index_digit_names(index));
    cr_assert_eq(errata_index_allocator(index)->ctx, &blocks);
    struct errata_footprint footprint;
    errata_index_footprint(index, &footprint);
    cr_assert_gt(footprint.documents, 0);
    cr_assert_gt(errata_index_memory(index), footprint.documents + footprint.strings);

    cr_assert(errata_index_source(index, 0, &source));
    cr_assert(is(source.name, "memory"));
    cr_assert_not(errata_index_source(index, 1, &source));
    cr_assert(errata_index_document(index, 1, &document));
    cr_assert(is(document.status, "FAILED"));
    cr_assert_eq(document.number, 3);
    cr_assert_eq(document.line, 3);
    cr_assert(errata_index_document(index, 0, &document));
    cr_assert_eq(document.fetched_at, 1767323045);
    cr_assert(errata_index_record(index, document.record, &record));
    cr_assert(is(record.app, "a1") && is(record.collection, "c1") && is(record.record, "r1"));
    cr_assert(errata_index_rule_error(index, document.first_rule_error, &rule_error));
    cr_assert(is(rule_error.key, "CHECK_INCOME") && is(rule_error.message, "Income"));
    cr_assert_eq(rule_error.issues, 2);
    cr_assert(errata_index_issue(index, 1, &issue));
    cr_assert(is(issue.code, "invalid_type") && is(issue.received, "string"));
    cr_assert_eq(issue.document, 0);
    cr_assert_eq(errata_index_path(index, 1, path, sizeof path), 20);
    cr_assert_str_eq(path, "borrowers[17].income");
    cr_assert_eq(errata_index_pattern(index, issue.pattern, NULL, 0), 19);
    cr_assert(errata_index_issue(index, 2, &issue));
    cr_assert(issue.expected_json && is(issue.expected, "5"));
    cr_assert_not(errata_index_issue(index, 3, &issue));
    cr_assert(errata_index_whole_issue(index, 2, &whole));
    cr_assert(is(whole.issue.expected, "5") && is(whole.source.name, "memory"));
    cr_assert(errata_index_reject(index, 0, &reject));
    cr_assert_eq(reject.line, 2);
    cr_assert(errata_index_deviation(index, ERRATA_DEVIATION_EXPECTED_TYPE, &deviation));
    cr_assert_eq(deviation.count, 1);
    cr_assert_eq(deviation.first_document, 1);

    errata_index_free(index);
    cr_assert_eq(blocks, 0);
}

static enum errata_status count_issue(void *ctx, uint64_t group, uint32_t record, uint32_t issue) {
    (void)record;
    (void)issue;
    ((int *)ctx)[group == ERRATA_NO_GROUP]++;
    return ERRATA_OK;
}

Test(api, groups) {
    struct errata_index *index = read_three();
    const struct errata_grouping by = {
        .fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_PATTERN}, .n_fields = 2, .limit = 1};
    struct errata_query *query;
    struct errata_groups *groups;
    struct errata_group group;
    static struct output output;

    ok(errata_query_new(&query, index, NULL, &error));
    ok(errata_query_group(&groups, query, &by, &error));
    cr_assert_eq(errata_groups_total(groups), 2);
    cr_assert_eq(errata_groups_count(groups), 1);
    cr_assert_eq(errata_groups_issues(groups), 3);
    cr_assert_eq(errata_groups_records(groups), 2);
    cr_assert_eq(errata_groups_grouping(groups)->n_fields, 2);
    cr_assert(errata_groups_at(groups, 0, &group));
    cr_assert(is(group.values[0], "CHECK_INCOME"));
    cr_assert(is(group.values[1], "borrowers[*].income"));
    cr_assert_eq(group.issues, 2);
    cr_assert_not(errata_groups_at(groups, 1, &group));
    int issues[2] = {0};
    ok(errata_groups_visit(groups, query, count_issue, issues, &error));
    cr_assert_eq(issues[0], 2);
    cr_assert_eq(issues[1], 1);
    const struct errata_export_options how = {.format = ERRATA_FORMAT_CSV};
    ok(errata_export_groups(groups, index, &how, take, &output, &error));
    cr_assert_str_eq(output.text, "key,pattern,issues,records\r\n"
                                  "CHECK_INCOME,borrowers[*].income,2,1\r\n");
    errata_groups_free(groups);
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(blocks, 0);
}

Test(api, diff) {
    struct errata_index *index = read_three();
    const struct errata_grouping by = {.fields = {ERRATA_FIELD_STATUS}, .n_fields = 1};
    struct errata_query *sides[2];
    struct errata_diff *diff;
    struct errata_difference one;
    struct errata_diff_totals totals;
    struct errata_diff_side side;
    enum errata_change change;

    ok(errata_query_new(&sides[0], index, NULL, &error));
    ok(errata_query_new(&sides[1], index, NULL, &error));
    ok(errata_query_where(sides[0], "key = CHECK_INCOME", &error));
    ok(errata_query_diff(&diff, sides, 2, &by, &error));
    cr_assert_eq(errata_diff_count(diff), 1);
    cr_assert_eq(errata_diff_sides(diff), 2);
    cr_assert_eq(errata_diff_grouping(diff)->n_fields, 1);
    cr_assert_eq(errata_diff_allocator(diff)->ctx, &blocks);
    cr_assert(errata_diff_at(diff, 0, &one));
    cr_assert(is(one.values[0], "FAILED"));
    ok(errata_change_parse((struct errata_text){"grown", 5}, &change, &error));
    cr_assert_eq(one.change, change);
    cr_assert_str_eq(errata_change_name(one.change), "grown");
    cr_assert_eq(one.issues[0], 2);
    cr_assert_eq(one.issues[1], 3);
    cr_assert_eq(one.records[1], 2);
    cr_assert_eq(one.newly_failing, 1);
    errata_diff_totals_get(diff, &totals);
    cr_assert_eq(totals.groups[ERRATA_CHANGE_GROWN], 1);
    cr_assert_eq(totals.still_failing, 1);
    cr_assert(errata_diff_side_at(diff, 1, &side));
    cr_assert_eq(side.records_total, 2);
    const struct errata_text names[] = {{"old", 3}, {"new", 3}};
    static struct output output;
    const struct errata_export_options how = {.format = ERRATA_FORMAT_CSV};
    ok(errata_export_diff(diff, names, &how, take, &output, &error));
    cr_assert_str_eq(output.text, "status,change,issues_1,issues_2,records_1,records_2,"
                                  "newly_failing\r\nFAILED,grown,2,3,1,2,1\r\n");
    errata_diff_free(diff);
    errata_query_free(sides[0]);
    errata_query_free(sides[1]);
    errata_index_free(index);
    cr_assert_eq(blocks, 0);
}

Test(api, redaction) {
    struct errata_index *index = read_three();
    const struct errata_redaction_key key = {{1}};
    const enum errata_field field = ERRATA_FIELD_RECORD;
    struct errata_record record;
    char mark[ERRATA_MARK_SIZE];

    ok(errata_index_redact(index, &field, 1, &key, &error));
    cr_assert(errata_index_record(index, 0, &record));
    errata_redaction_mark(mark, text_of("r1"), &key);
    cr_assert_str_eq(record.record.data, mark);
    errata_index_free(index);
}

Test(api, verdict) {
    struct errata_index *index = read_three();
    const struct errata_grouping by = {.fields = {ERRATA_FIELD_KEY}, .n_fields = 1};
    const struct errata_text value = {"CHECK_AGE", 9};
    const struct errata_verdict_group group = {.values = &value, .issues = 3, .records = 2};
    const uint32_t example = 2;
    const struct errata_verdict_clause clause = {.name = {"none", 4},
                                                 .limit = {"max_issues", 10},
                                                 .unit = {"issues", 6},
                                                 .found = 3,
                                                 .groups = &group,
                                                 .n_groups = 1,
                                                 .examples = &example,
                                                 .n_examples = 1};
    const struct errata_verdict verdict = {.by = &by, .clauses = &clause, .n_clauses = 1};
    const struct errata_export_options how = {.format = ERRATA_FORMAT_MARKDOWN};
    static struct output output;

    ok(errata_export_verdict(&verdict, index, &how, take, &output, &error));
    cr_assert(strstr(output.text, "### Failed: 0 of 1 clause hold") == output.text, "%s",
              output.text);
    cr_assert(strstr(output.text, "`CHECK_AGE`") != NULL, "%s", output.text);
    output.length = 0;
    ok(errata_export_junit_verdict(&verdict, index, take, &output, &error));
    cr_assert(strstr(output.text, "<failure type=\"max_issues\"") != NULL, "%s", output.text);
    errata_index_free(index);
    cr_assert_eq(blocks, 0);
}

Test(api, matches_and_totals) {
    struct errata_index *index = read_three();
    const struct errata_text key = {"CHECK_AGE", 9};
    const struct errata_grouping by = {.fields = {ERRATA_FIELD_KEY}, .n_fields = 1};
    struct errata_query *query;
    struct errata_matches *matches;
    struct errata_groups *groups;
    struct errata_totals *totals;
    struct errata_total total;
    struct errata_text status;
    uint32_t documents;
    uint32_t id;
    char path[64];
    char index_path[64];
    static struct output output;

    ok(errata_query_new(&query, index, NULL, &error));
    ok(errata_query_where(query, "message ~ ^S", &error));
    ok(errata_query_add(query, ERRATA_FIELD_KEY, ERRATA_EQUAL, &key, 1, &error));
    ok(errata_query_match(&matches, query, 0, 0, &error));
    ok(errata_matches_next(matches, &id, &error));
    cr_assert_eq(id, 2);
    cr_assert_eq(errata_matches_path(matches, path, sizeof path),
                 errata_index_path(index, id, index_path, sizeof index_path));
    cr_assert_str_eq(path, index_path);
    ok(errata_matches_next(matches, &id, &error));
    cr_assert_eq(id, ERRATA_NONE);
    uint64_t issues;
    ok(errata_matches_total(matches, &issues, &error));
    cr_assert_eq(issues, 1);
    ok(errata_matches_group(&groups, matches, &by, &error));
    cr_assert_eq(errata_groups_issues(groups), 1);
    errata_groups_free(groups);
    errata_matches_free(matches);

    ok(errata_query_totals(&totals, query, &error));
    errata_totals_get(totals, &total);
    cr_assert_eq(total.issues, 1);
    cr_assert_eq(total.documents, 1);
    cr_assert(errata_totals_status(totals, 0, &status, &documents));
    cr_assert(is(status, "FAILED"));
    cr_assert_eq(documents, 1);
    cr_assert_not(errata_totals_status(totals, 1, &status, &documents));
    errata_totals_free(totals);

    ok(errata_query_match(&matches, query, 0, 0, &error));
    const struct errata_export_options how = {.format = ERRATA_FORMAT_NDJSON};
    ok(errata_export_issues(matches, index, &how, take, &output, &error));
    cr_assert(strstr(output.text, "\"record\":\"r2\"") != NULL, "%s", output.text);
    errata_matches_free(matches);
    output.length = 0;
    ok(errata_export_summary(query, index, 10, NULL, take, &output, &error));
    cr_assert(strstr(output.text, "\"issues\":1") != NULL, "%s", output.text);
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(blocks, 0);
}

/* What is in it is for junit/junit_format.py to say. */
Test(api, test_results) {
    struct output output = {.length = 0};
    struct errata_index *index = read_three();
    struct errata_query *query;
    struct errata_groups *groups;
    struct errata_diff *diff;
    const struct errata_grouping by = {.fields = {ERRATA_FIELD_KEY}, .n_fields = 1};

    ok(errata_query_new(&query, index, NULL, &error));
    ok(errata_query_group(&groups, query, &by, &error));
    output.length = 0;
    ok(errata_export_junit_groups(groups, query, index, take, &output, &error));
    cr_assert(strstr(output.text, "<failure ") != NULL);
    struct errata_query *const sides[] = {query, query};
    ok(errata_query_diff(&diff, sides, 2, &by, &error));
    output.length = 0;
    ok(errata_export_junit_diff(diff, take, &output, &error));
    cr_assert(strstr(output.text, " failures=\"0\"") != NULL);
    errata_diff_free(diff);
    errata_groups_free(groups);
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(blocks, 0);
}

/* What is in it is for sarif/sarif_format.py to say. */
Test(api, code_scanning) {
    struct output output = {.length = 0};
    struct errata_index *index = read_three();
    struct errata_query *query;
    struct errata_groups *groups;
    struct errata_grouping by = {.fields = {ERRATA_FIELD_CODE, ERRATA_FIELD_KEY}, .n_fields = 2};
    uint64_t results = 0;

    ok(errata_query_new(&query, index, NULL, &error));
    ok(errata_query_group(&groups, query, &by, &error));
    ok(errata_export_sarif(groups, index, &results, take, &output, &error));
    cr_assert_eq(results, errata_groups_count(groups));
    cr_assert(strstr(output.text, "\"version\":\"2.1.0\"") != NULL);
    errata_groups_free(groups);
    by.n_fields = 1;
    ok(errata_query_group(&groups, query, &by, &error));
    cr_assert_eq(errata_export_sarif(groups, index, NULL, take, &output, &error), ERRATA_MISUSE);
    errata_groups_free(groups);
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(blocks, 0);
}

/* What is in it is for sqlite/sqlite_format.py to say. */
Test(api, database) {
    char path[] = "/tmp/errata-api-XXXXXX";
    int fd = mkstemp(path);
    struct errata_index *index = read_three();
    struct errata_query *query;
    struct errata_matches *matches;
    char magic[16] = "";

    cr_assert_geq(fd, 0);
    ok(errata_query_new(&query, index, NULL, &error));
    ok(errata_query_match(&matches, query, 0, 0, &error));
    if (!errata_export_has_sqlite()) {
        cr_assert_eq(errata_export_sqlite(matches, index, true, path, &error), ERRATA_MISUSE);
    } else {
        ok(errata_export_sqlite(matches, index, true, path, &error));
        cr_assert_eq(read(fd, magic, sizeof magic), (ssize_t)sizeof magic);
        cr_assert_str_eq(magic, "SQLite format 3");
        cr_assert_eq(errata_export_sqlite(matches, index, true, path, &error), ERRATA_CANNOT_WRITE);
        cr_assert_str_eq(error.message, "cannot be written: something is in the file");
        cr_assert_eq(errata_export_sqlite(matches, index, true, "/dev/null", &error),
                     ERRATA_CANNOT_WRITE, "it would keep nothing");
        cr_assert_eq(errata_export_sqlite(matches, index, true, "", &error), ERRATA_MISUSE);
        cr_assert_eq(errata_export_sqlite(matches, index, true, ":memory:", &error), ERRATA_MISUSE);
        cr_assert_eq(errata_export_sqlite(matches, index, true, "/nowhere/x.db", &error),
                     ERRATA_CANNOT_WRITE);
        cr_assert_str_eq(error.message, "cannot be written: No such file or directory");
    }
    close(fd);
    unlink(path);
    errata_matches_free(matches);
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(blocks, 0);
}

Test(api, rejects_go_to_the_caller) {
    errata_index_free(read_three());
    cr_assert(strstr(rejected.text, "\"source\":\"memory\"") != NULL, "%s", rejected.text);
    cr_assert(strstr(rejected.text, "\"line\":2") != NULL, "%s", rejected.text);
    cr_assert_eq(blocks, 0);
}

/* Equal bytes for equal input, however it was cut. */
Test(api, written_form) {
    static struct output first;
    static struct output again;
    struct errata_index *index = read_three();
    ok(errata_index_write(index, take, &first, &error));
    errata_index_free(index);
    index = read_three();
    ok(errata_index_write(index, take, &again, &error));
    errata_index_free(index);
    cr_assert_eq(memcmp(first.text,
                        "\x89"
                        "errata",
                        8),
                 0);
    cr_assert_eq(first.length, again.length);
    cr_assert_eq(memcmp(first.text, again.text, first.length), 0);
}

/* What was written can be opened, from memory and from a file. */
Test(api, open_what_was_written) {
    static struct output written;
    static struct output again;
    struct errata_index *index = read_three();
    struct errata_index *opened;
    struct errata_counts counts;
    char path[] = "/tmp/errata-api-XXXXXX";
    int fd = mkstemp(path);
    ok(errata_index_write(index, take, &written, &error));
    errata_index_free(index);
    cr_assert(errata_index_is_saved(written.text, ERRATA_MAGIC_SIZE));
    cr_assert_not(errata_index_is_saved("{\"status\":", 10));
    cr_assert_eq(write(fd, written.text, written.length), (ssize_t)written.length);

    const struct errata_open_options options = {.no_verify = true};
    void *memory = malloc(written.length);
    memcpy(memory, written.text, written.length);
    ok(errata_index_open_memory(&opened, memory, written.length, &options, &error));
    ok(errata_index_check(opened, &error));
    errata_index_free(opened);
    free(memory);
    ok(errata_index_open_fd(&opened, fd, "name", NULL, &error));
    errata_index_free(opened);
    close(fd);
    ok(errata_index_open(&opened, path, NULL, &error));
    errata_index_counts(opened, &counts);
    cr_assert_eq(counts.documents, 2);
    ok(errata_index_write(opened, take, &again, &error));
    cr_assert_eq(again.length, written.length);
    cr_assert_eq(memcmp(again.text, written.text, written.length), 0);
    errata_index_free(opened);
    unlink(path);
    cr_assert_eq(blocks, 0);
}

/* Twice the same index, from a file and behind what was read. */
Test(api, save_and_join) {
    static struct output once;
    static struct output twice;
    struct errata_index *index = read_three();
    struct errata_index *opened;
    struct errata_index *joined;
    struct errata_reader *reader;
    char path[] = "/tmp/errata-api-XXXXXX";
    close(mkstemp(path));
    ok(errata_index_save(index, path, &error));
    ok(errata_index_open(&opened, path, NULL, &error));
    unlink(path);
    const struct errata_index *parts[] = {index, opened};
    ok(errata_index_join(&joined, parts, 2, NULL, &error));
    ok(errata_index_write(joined, take, &once, &error));
    ok(errata_reader_new(&reader, NULL, &error));
    ok(errata_reader_join(reader, index, &error));
    ok(errata_reader_join(reader, opened, &error));
    errata_index_free(opened);
    errata_index_free(index);
    errata_index_free(joined);
    ok(errata_reader_finish(&joined, reader, &error));
    errata_reader_free(reader);
    ok(errata_index_write(joined, take, &twice, &error));
    errata_index_free(joined);
    cr_assert_eq(once.length, twice.length);
    cr_assert_eq(memcmp(once.text, twice.text, once.length), 0);
    cr_assert_eq(blocks, 0);
}

/* A page is larger than what other tests take in. */
struct page {
    char text[256 * 1024];
    size_t length;
};

static enum errata_status take_page(void *ctx, const void *bytes, size_t length) {
    struct page *page = ctx;

    cr_assert_lt(page->length + length, sizeof page->text);
    memcpy(page->text + page->length, bytes, length);
    page->length += length;
    return ERRATA_OK;
}

static enum errata_status refuse(void *ctx, const void *bytes, size_t length) {
    (void)ctx;
    (void)bytes;
    (void)length;
    return ERRATA_CLOSED;
}

static bool has(const struct page *page, const char *words) {
    return memmem(page->text, page->length, words, strlen(words)) != NULL;
}

Test(api, report) {
    struct errata_index *index = read_three();
    struct errata_query *query;
    struct errata_query *old;
    const struct errata_text asked = text_of("--where <i>");
    static struct page page;
    static struct page again;

    ok(errata_query_new(&query, index, NULL, &error));
    ok(errata_query_new(&old, index, NULL, &error));
    ok(errata_query_where(old, "key = CHECK_INCOME", &error));
    const struct errata_report_options options = {
        .asked = &asked, .n_asked = 1, .old = old, .old_name = text_of("before"), .max_groups = 1};
    ok(errata_export_report(query, index, &options, take_page, &page, &error));
    cr_assert(has(&page, "<!doctype html>"));
    cr_assert(has(&page, "<bdi>--where &lt;i&gt;</bdi>"));
    cr_assert(has(&page, "\"asked\":[\"--where \\u003Ci\\u003E\"]"));
    cr_assert(has(&page, "\"name\":\"before\""));
    cr_assert(has(&page, "\"new\":[{\"key\":\"CHECK_AGE\""));
    cr_assert(has(&page, "\"groups\":2"));
    /* One of the two groups is in the table. */
    cr_assert(has(&page, "\"pattern\":\"(root)\",\"key\":\"CHECK_AGE\""));
    cr_assert_not(has(&page, "borrowers[17].income"));

    /* The same again is the same; without options there is no comparison. */
    ok(errata_export_report(query, index, &options, take_page, &again, &error));
    cr_assert_eq(again.length, page.length);
    cr_assert_eq(memcmp(again.text, page.text, page.length), 0);
    page.length = 0;
    ok(errata_export_report(query, index, NULL, take_page, &page, &error));
    cr_assert_not(has(&page, "\"diff\":{"));
    cr_assert(has(&page, "\"path\":\"borrowers[17].income\""));
    cr_assert_not(has(&page, "\"cut_at_bytes\""));
    /* A limit in bytes is told. */
    const struct errata_report_options small = {.max_bytes = 1};
    page.length = 0;
    ok(errata_export_report(query, index, &small, take_page, &page, &error));
    cr_assert(has(&page, "\"cut_at_bytes\":1,") || has(&page, "\"cut_at_bytes\":1}"));
    cr_assert_not(has(&page, "\"path\":\"borrowers[17].income\""));
    cr_assert_eq(errata_export_report(query, index, NULL, refuse, NULL, &error), ERRATA_CLOSED);
    errata_query_free(old);
    errata_query_free(query);
    errata_index_free(index);
    cr_assert_eq(blocks, 0);
}
