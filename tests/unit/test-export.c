/*
 * Machine formats: what the golden tests of the command line cannot reach, such as failures in the middle.
 */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <errata/errata.h>

/* Memory that is counted, and that can run out. */
struct heap {
    long blocks;
    long calls;
    /* Number of the call that fails, from 1; 0: none. */
    long fail_at;
};

static void *heap_alloc(void *ctx, size_t size) {
    struct heap *heap = ctx;

    if (++heap->calls == heap->fail_at) {
        return NULL;
    }
    heap->blocks++;
    return malloc(size);
}

static void *heap_realloc(void *ctx, void *block, size_t size) {
    struct heap *heap = ctx;

    if (++heap->calls == heap->fail_at) {
        return NULL;
    }
    heap->blocks += block == NULL;
    return realloc(block, size);
}

static void heap_free(void *ctx, void *block) {
    struct heap *heap = ctx;

    heap->blocks -= block != NULL;
    free(block);
}

static struct heap heap;
static const struct errata_allocator allocator = {heap_alloc, heap_realloc, heap_free, &heap};

/* Collects bytes; fails with `status` on the call numbered `fail_at`. */
struct receiver {
    char *bytes;
    size_t length;
    long calls;
    long fail_at;
    enum errata_status status;
};

static enum errata_status receive(void *ctx, const void *bytes, size_t length) {
    struct receiver *receiver = ctx;

    if (++receiver->calls == receiver->fail_at) {
        return receiver->status;
    }
    cr_assert(receiver->fail_at == 0 || receiver->calls < receiver->fail_at,
              "written to after a failure");
    receiver->bytes = realloc(receiver->bytes, receiver->length + length + 1);
    memcpy(receiver->bytes + receiver->length, bytes, length);
    receiver->length += length;
    receiver->bytes[receiver->length] = '\0';
    return ERRATA_OK;
}

/* n issues, each with a path of its own, in records of ten; with `width` bytes of message. */
static struct errata_index *make_index(unsigned n, int width) {
    const struct errata_reader_options options = {.allocator = &allocator};
    const struct errata_origin origin = {.name = {"made", 4}};
    struct errata_reader *reader;
    struct errata_index *index;
    char *document = malloc((size_t)width + 256);

    cr_assert_eq(errata_reader_new(&reader, &options, NULL), ERRATA_OK);
    cr_assert_eq(errata_reader_begin(reader, &origin, NULL), ERRATA_OK);
    for (unsigned i = 0; i < n; i++) {
        int length = sprintf(document,
                             "{\"record_id\":\"r-%u\",\"status\":\"FAILED\",\"errors\":[{"
                             "\"message\":\"m\",\"errors\":"
                             "[{\"code\":\"c\",\"message\":\"%0*u\",\"path\":[\"a\",\"%u\",\"b\"]}]"
                             ",\"key\":\"K\"}]}\n",
                             i / 10, width, i, i);
        cr_assert_eq(errata_reader_feed(reader, document, (size_t)length, NULL), ERRATA_OK);
    }
    cr_assert_eq(errata_reader_end(reader, NULL), ERRATA_OK);
    cr_assert_eq(errata_reader_finish(&index, reader, NULL), ERRATA_OK);
    errata_reader_free(reader);
    free(document);
    return index;
}

/* What can be exported. */
enum what {
    GROUPS,
    DIFF,
    ISSUES,
    SUMMARY,
    WHATS
};

static enum errata_status write_out(enum what what, const struct errata_index *index,
                                    const struct errata_export_options *options,
                                    struct receiver *receiver, struct errata_error *error) {
    const struct errata_grouping by = {.fields = {ERRATA_FIELD_MESSAGE, ERRATA_FIELD_PATH},
                                       .n_fields = 2};
    const struct errata_text names[] = {{"old\xFF", 4}, {NULL, 0}};
    struct errata_query *sides[2] = {NULL, NULL};
    struct errata_groups *groups = NULL;
    struct errata_diff *diff = NULL;
    struct errata_matches *matches = NULL;
    enum errata_status status = errata_query_new(&sides[0], index, NULL, error);

    sides[1] = sides[0];
    if (status == ERRATA_OK && what == GROUPS) {
        status = errata_query_group(&groups, sides[0], &by, error);
        if (status == ERRATA_OK) {
            status = errata_export_groups(groups, index, options, receive, receiver, error);
        }
    } else if (status == ERRATA_OK && what == DIFF) {
        status = errata_query_diff(&diff, sides, 2, &by, error);
        if (status == ERRATA_OK) {
            status = errata_export_diff(diff, names, options, receive, receiver, error);
        }
    } else if (status == ERRATA_OK && what == ISSUES) {
        status = errata_query_match(&matches, sides[0], 0, 0, error);
        if (status == ERRATA_OK) {
            status = errata_export_issues(matches, index, options, receive, receiver, error);
        }
    } else if (status == ERRATA_OK) {
        status = errata_export_summary(sides[0], index, 0, options, receive, receiver, error);
    }
    errata_groups_free(groups);
    errata_diff_free(diff);
    errata_matches_free(matches);
    errata_query_free(sides[0]);
    return status;
}

Test(export, a_receiver_that_fails_ends_it_with_its_status) {
    struct errata_index *index = make_index(2000, 40);
    const enum errata_status statuses[] = {ERRATA_CANNOT_WRITE, ERRATA_CLOSED, ERRATA_NO_MEMORY};

    for (int what = 0; what < WHATS; what++) {
        for (int format = ERRATA_FORMAT_JSON; format <= ERRATA_FORMAT_MARKDOWN; format++) {
            const struct errata_export_options options = {.format = (enum errata_format)format};
            struct receiver whole = {0};

            cr_assert_eq(write_out((enum what)what, index, &options, &whole, NULL), ERRATA_OK);
            cr_assert(what == SUMMARY || format == ERRATA_FORMAT_MARKDOWN || whole.calls > 1,
                      "too little for a failure in the middle");
            for (long n = 1; n <= whole.calls; n++) {
                struct receiver receiver = {.fail_at = n, .status = statuses[n % 3]};
                struct errata_error error;
                enum errata_status status;

                memset(&error, 0xFF, sizeof error);
                status = write_out((enum what)what, index, &options, &receiver, &error);
                cr_assert_eq(status, statuses[n % 3]);
                cr_assert_eq(error.status, status);
                cr_assert_eq(error.line, 0);
                cr_assert(strlen(error.message) > 0);
                free(receiver.bytes);
            }
            free(whole.bytes);
        }
    }
    errata_index_free(index);
    cr_assert_eq(heap.blocks, 0);
}

Test(export, running_out_of_memory_is_a_status_and_leaves_nothing) {
    struct errata_index *index = make_index(300, 1000);
    long before = heap.blocks;

    for (int what = 0; what < WHATS; what++) {
        for (int format = ERRATA_FORMAT_JSON; format <= ERRATA_FORMAT_MARKDOWN; format++) {
            const struct errata_export_options options = {.format = (enum errata_format)format};
            enum errata_status status = ERRATA_NO_MEMORY;

            for (long n = 1; status != ERRATA_OK; n++) {
                struct receiver receiver = {0};
                struct errata_error error = {0};

                heap.calls = 0;
                heap.fail_at = n;
                status = write_out((enum what)what, index, &options, &receiver, &error);
                cr_assert(status == ERRATA_OK || status == ERRATA_NO_MEMORY);
                cr_assert_eq(error.status, status);
                cr_assert_eq(heap.blocks, before);
                free(receiver.bytes);
            }
            heap.fail_at = 0;
        }
    }
    errata_index_free(index);
    cr_assert_eq(heap.blocks, 0);
}

Test(export, memory_does_not_grow_with_the_rows) {
    struct errata_index *few = make_index(10, 40);
    struct errata_index *many = make_index(20000, 40);

    for (int format = ERRATA_FORMAT_JSON; format <= ERRATA_FORMAT_MARKDOWN; format++) {
        const struct errata_export_options options = {.format = (enum errata_format)format};
        struct receiver receiver = {0};
        long calls;

        heap.calls = 0;
        cr_assert_eq(write_out(ISSUES, few, &options, &receiver, NULL), ERRATA_OK);
        calls = heap.calls;
        heap.calls = 0;
        cr_assert_eq(write_out(ISSUES, many, &options, &receiver, NULL), ERRATA_OK);
        cr_assert_leq(heap.calls, calls + 4, "format %d: %ld blocks, then %ld", format, calls,
                      heap.calls);
        free(receiver.bytes);
    }
    errata_index_free(few);
    errata_index_free(many);
    cr_assert_eq(heap.blocks, 0);
}

Test(export, a_path_of_any_length_is_whole) {
    const struct errata_origin origin = {.name = {"long", 4}};
    enum {
        LENGTH = 100000
    };
    static char document[LENGTH + 200];
    struct errata_reader *reader;
    struct errata_index *index;
    struct receiver receiver = {0};
    char *path;

    sprintf(document,
            "{\"status\":\"FAILED\",\"errors\":[{\"errors\":[{\"path\":[\"%0*d\",\"x\"]}]}]}",
            LENGTH, 7);
    cr_assert_eq(errata_reader_new(&reader, NULL, NULL), ERRATA_OK);
    cr_assert_eq(errata_reader_begin(reader, &origin, NULL), ERRATA_OK);
    cr_assert_eq(errata_reader_feed(reader, document, strlen(document), NULL), ERRATA_OK);
    cr_assert_eq(errata_reader_end(reader, NULL), ERRATA_OK);
    cr_assert_eq(errata_reader_finish(&index, reader, NULL), ERRATA_OK);
    errata_reader_free(reader);
    cr_assert_eq(write_out(ISSUES, index, NULL, &receiver, NULL), ERRATA_OK);
    path = strstr(receiver.bytes, "\"path\":\"");
    cr_assert_not_null(path);
    cr_assert_eq(strcspn(path + 8, "7"), LENGTH - 1 + strlen("[\\\""));
    cr_assert_eq(receiver.bytes[receiver.length - 1], '\n');
    free(receiver.bytes);
    errata_index_free(index);
}

Test(export, a_format_that_there_is_not_is_misuse) {
    const struct errata_export_options none = {.format = (enum errata_format)99};
    struct errata_index *index = make_index(1, 4);
    struct receiver receiver = {0};
    struct errata_error error;

    for (int what = 0; what < WHATS; what++) {
        cr_assert_eq(write_out((enum what)what, index, &none, &receiver, &error), ERRATA_MISUSE);
        cr_assert_eq(error.status, ERRATA_MISUSE);
    }
    cr_assert_eq(receiver.calls, 0);
    errata_index_free(index);
}

/* An index of an issue whose message is this (as JSON has it) and that has no `received`; `expected` is empty. */
static struct errata_index *index_of_message(const char *message) {
    const struct errata_origin origin = {.name = {"made", 4}};
    char document[512];
    struct errata_reader *reader;
    struct errata_index *index;
    int length = snprintf(document, sizeof document,
                          "{\"status\":\"FAILED\",\"errors\":[{\"key\":\"K\",\"errors\":"
                          "[{\"expected\":\"\",\"message\":\"%s\"}]}]}",
                          message);

    cr_assert_lt((size_t)length, sizeof document);
    cr_assert_eq(errata_reader_new(&reader, NULL, NULL), ERRATA_OK);
    cr_assert_eq(errata_reader_begin(reader, &origin, NULL), ERRATA_OK);
    cr_assert_eq(errata_reader_feed(reader, document, (size_t)length, NULL), ERRATA_OK);
    cr_assert_eq(errata_reader_end(reader, NULL), ERRATA_OK);
    cr_assert_eq(errata_reader_finish(&index, reader, NULL), ERRATA_OK);
    errata_reader_free(reader);
    return index;
}

/* Groups of an index of that issue, as text that the caller frees. */
static char *groups_of(const char *message, const struct errata_grouping *by,
                       const struct errata_export_options *options) {
    struct errata_index *index = index_of_message(message);
    struct receiver receiver = {0};
    struct errata_query *query;
    struct errata_groups *groups;

    cr_assert_eq(errata_query_new(&query, index, NULL, NULL), ERRATA_OK);
    cr_assert_eq(errata_query_group(&groups, query, by, NULL), ERRATA_OK);
    cr_assert_eq(errata_export_groups(groups, index, options, receive, &receiver, NULL), ERRATA_OK);
    errata_groups_free(groups);
    errata_query_free(query);
    errata_index_free(index);
    return receiver.bytes;
}

/* The row of that issue in groups of message, expected and received. */
static void check_row(const char *message, const struct errata_export_options *options,
                      const char *want) {
    const struct errata_grouping by = {
        .fields = {ERRATA_FIELD_MESSAGE, ERRATA_FIELD_EXPECTED, ERRATA_FIELD_RECEIVED},
        .n_fields = 3};
    char *text = groups_of(message, &by, options);

    cr_expect_str_eq(strchr(text, '\n') + 1, want, "%s", message);
    free(text);
}

/* How that message stands in a cell of Markdown. */
static void check_value(const char *message, const char *want) {
    const struct errata_export_options markdown = {.format = ERRATA_FORMAT_MARKDOWN};
    const struct errata_grouping by = {.fields = {ERRATA_FIELD_MESSAGE}, .n_fields = 1};
    char *text = groups_of(message, &by, &markdown);
    char line[512];

    snprintf(line, sizeof line, "\n| %s | 1 | 1 |\n", want);
    cr_expect(strstr(text, line), "%s", text);
    free(text);
}

Test(export, tsv_escapes_what_would_end_a_value) {
    const struct errata_export_options tsv = {.format = ERRATA_FORMAT_TSV};

    check_row("plain", &tsv, "plain\t\t\\N\t1\t1\n");
    check_row("a\\tb\\nc\\rd\\\\e\\\"f,g", &tsv, "a\\tb\\nc\\rd\\\\e\"f,g\t\t\\N\t1\t1\n");
    check_row("\\u0000\\u001b\\u009d", &tsv, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\t\t\\N\t1\t1\n");
    check_row("\\\\N", &tsv, "\\\\N\t\t\\N\t1\t1\n");
}

Test(export, safe_cells_begin_with_an_apostrophe) {
    const struct errata_export_options csv = {.format = ERRATA_FORMAT_CSV, .safe_cells = true};
    const struct errata_export_options tsv = {.format = ERRATA_FORMAT_TSV, .safe_cells = true};
    const struct errata_export_options json = {.safe_cells = true};
    struct errata_index *index = index_of_message("m");
    struct receiver receiver = {0};

    check_row("=1+1", &csv, "\"'=1+1\",\"\",,1,1\r\n");
    check_row("=1,1", &csv, "\"'=1,1\",\"\",,1,1\r\n");
    check_row("\\\"=1", &csv, "\"'\"\"=1\",\"\",,1,1\r\n");
    check_row(" +1", &csv, "\"' +1\",\"\",,1,1\r\n");
    check_row("-1", &csv, "\"'-1\",\"\",,1,1\r\n");
    check_row("@SUM(A1)", &csv, "\"'@SUM(A1)\",\"\",,1,1\r\n");
    check_row("\\tx", &csv, "\"'\tx\",\"\",,1,1\r\n");
    check_row("\xEF\xBC\x9D;", &csv, "\"'\xEF\xBC\x9D;\",\"\",,1,1\r\n");
    check_row("a=1", &csv, "\"a=1\",\"\",,1,1\r\n");
    check_row("\xEF\xBC\xA1", &csv, "\"\xEF\xBC\xA1\",\"\",,1,1\r\n");
    check_row("\\rx", &tsv, "'\\rx\t\t\\N\t1\t1\n");
    check_row("=1", &tsv, "'=1\t\t\\N\t1\t1\n");
    cr_assert_eq(write_out(GROUPS, index, &json, &receiver, NULL), ERRATA_MISUSE);
    cr_assert_eq(receiver.calls, 0);
    errata_index_free(index);
}

/* Excel and LibreOffice split lines at other characters than the file's, whatever is in quotes. */
Test(export, safe_cells_are_safe_where_others_begin) {
    const struct errata_export_options csv = {.format = ERRATA_FORMAT_CSV, .safe_cells = true};
    const struct errata_export_options tsv = {.format = ERRATA_FORMAT_TSV, .safe_cells = true};

    check_row("a;=1!A0;", &csv, "\"a;'=1!A0;\",\"\",,1,1\r\n");
    check_row("a; \\\"=1;\\t@", &csv, "\"a;' \"\"=1;\t'@\",\"\",,1,1\r\n");
    check_row("a\\r\\n\\n-1", &csv, "\"a\r\n\n'-1\",\"\",,1,1\r\n");
    check_row("a,+\\u0000;b", &csv, "\"a,'+\xEF\xBF\xBD;b\",\"\",,1,1\r\n");
    check_row("a;\xEF\xBC\xA0", &csv, "\"a;'\xEF\xBC\xA0\",\"\",,1,1\r\n");
    check_row("a,=1\\t=2;b", &tsv, "a,'=1\\t'=2;b\t\t\\N\t1\t1\n");
}

Test(export, markdown_quotes_what_could_end_a_code_span_or_a_cell) {
    check_value("plain", "`plain`");
    check_value("", "\"\"");
    check_value("a|b", "`a\\|b`");
    check_value("a\\\\|b", "`a\\\\u{7C}b`");
    check_value("a`b", "``a`b``");
    check_value("`a", "`` `a ``");
    check_value("a``b`", "``` a``b` ```");
    check_value(" a ", "`  a  `");
    check_value(" ", "` `");
    check_value("a\\n# b", "`a\\n# b`");
    check_value("\\u202e\\u0000\\u001b", "`\\u{202E}\\u{0}\\u{1B}`");
    check_value("````````````", "````````` ````````\\u{60}\\u{60}\\u{60}\\u{60} `````````");
}

Test(export, markdown_stays_below_its_bound_and_says_what_is_left_out) {
    struct errata_index *index = make_index(300, 250);

    for (int what = 0; what < WHATS; what++) {
        for (uint64_t most = ERRATA_MARKDOWN_LEAST_BYTES; most < 40000; most += 611) {
            const struct errata_export_options options = {.format = ERRATA_FORMAT_MARKDOWN,
                                                          .max_bytes = most};
            struct receiver receiver = {0};

            cr_assert_eq(write_out((enum what)what, index, &options, &receiver, NULL), ERRATA_OK);
            cr_assert_leq(receiver.length, most);
            cr_assert_eq(receiver.bytes[receiver.length - 1], '\n');
            cr_assert((what != GROUPS && what != ISSUES) || strstr(receiver.bytes, " shown; "),
                      "%s", receiver.bytes);
            free(receiver.bytes);
        }
    }
    errata_index_free(index);
}

Test(export, a_bound_is_for_markdown_and_has_a_least) {
    const struct errata_export_options little = {.format = ERRATA_FORMAT_MARKDOWN,
                                                 .max_bytes = ERRATA_MARKDOWN_LEAST_BYTES - 1};
    const struct errata_export_options csv = {.format = ERRATA_FORMAT_CSV, .max_bytes = 5000};
    struct errata_index *index = make_index(1, 4);
    struct receiver receiver = {0};

    for (int what = 0; what < WHATS; what++) {
        cr_assert_eq(write_out((enum what)what, index, &little, &receiver, NULL), ERRATA_MISUSE);
        cr_assert_eq(write_out((enum what)what, index, &csv, &receiver, NULL), ERRATA_MISUSE);
    }
    cr_assert_eq(receiver.calls, 0);
    errata_index_free(index);
}

/* The member `text` of a reject with these bytes, of a stretch of `length` bytes. */
static void check_reject_text(const char *bytes, size_t given, uint64_t length, const char *want) {
    const struct errata_reject reject = {
        .reason = {"why", 3}, .line = 1, .column = 1, .length = length};
    struct receiver receiver = {0};
    char *text;

    cr_assert_eq(errata_export_reject(&reject, (struct errata_text){"s", 1},
                                      (struct errata_text){bytes, given}, receive, &receiver, NULL),
                 ERRATA_OK);
    text = strstr(receiver.bytes, "\"text\":\"") + 8;
    *strstr(text, "\",\"trouble_line\"") = '\0';
    cr_assert_str_eq(text, want);
    free(receiver.bytes);
}

Test(export, the_text_of_a_reject_is_whole_characters) {
    char long_text[300];
    char want[300] = "";

    check_reject_text("", 0, 0, "");
    check_reject_text("a\0b\xFF\"", 5, 5, "a\\u0000b\xEF\xBF\xBD\\\"");
    /* Cut in a character of three bytes, after one and after two of them. */
    check_reject_text("ab\xE2", 3, 9, "ab");
    check_reject_text("ab\xE2\x82", 4, 9, "ab");
    check_reject_text("ab\xE2\x82\xAC", 5, 9, "ab\xE2\x82\xAC");
    /* The stretch ends there: nothing was cut, the bytes are bad. */
    check_reject_text("ab\xE2\x82", 4, 4, "ab\xEF\xBF\xBD");
    /* A byte that begins nothing was not cut off from anything. */
    check_reject_text("ab\x82", 3, 9, "ab\xEF\xBF\xBD");
    /* No more than 200, whatever is handed over. */
    memset(long_text, 'x', sizeof long_text);
    memset(want, 'x', 200);
    check_reject_text(long_text, sizeof long_text, sizeof long_text, want);
}

Test(export, a_reject_out_of_an_index_has_no_text) {
    const struct errata_reject reject = {.reason = {"why", 3}, .length = 5};
    struct receiver receiver = {0};

    cr_assert_eq(errata_export_reject(&reject, (struct errata_text){"s", 1},
                                      (struct errata_text){NULL, 0}, receive, &receiver, NULL),
                 ERRATA_OK);
    cr_assert(strstr(receiver.bytes, "\"text\":null,"));
    free(receiver.bytes);
}

Test(export, a_reject_that_cannot_be_written_says_so) {
    const struct errata_reject reject = {.reason = {"why", 3}};
    struct receiver receiver = {.fail_at = 1, .status = ERRATA_CANNOT_WRITE};
    struct errata_error error;

    cr_assert_eq(errata_export_reject(&reject, (struct errata_text){"s", 1},
                                      (struct errata_text){"", 0}, receive, &receiver, &error),
                 ERRATA_CANNOT_WRITE);
    cr_assert_eq(error.status, ERRATA_CANNOT_WRITE);
}
