/*
 * Opening what was written: from memory and from files, with and without verification; what is refused, and in what
 * words. tests/plain/damage.c damages files in every way.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "damaged.h"
#include "made-index.h"

static struct counted heap;

static void end(void) {
    cr_assert_eq(heap.blocks, 0);
}

TestSuite(open, .fini = end);

/* The index of a text, as bytes. */
static struct bytes saved_text(const char *data, size_t length) {
    const struct how how = {.name = "source", .keep_going = true};
    struct outcome outcome;
    read_bytes(&outcome, &how, data, length);
    struct bytes written = outcome.written;
    outcome.written = (struct bytes){0};
    outcome_free(&outcome);
    return written;
}

static enum errata_status try_open(struct errata_index **index, const struct bytes *bytes,
                                   bool no_verify, struct errata_error *error) {
    const struct errata_allocator allocator = counted_allocator(&heap);
    const struct errata_open_options options = {.allocator = &allocator, .no_verify = no_verify};
    return errata_index_open_memory(index, bytes->data, bytes->length, &options, error);
}

static struct errata_index *opened(const struct bytes *bytes, bool no_verify) {
    struct errata_index *index;
    struct errata_error error;
    cr_assert_eq(try_open(&index, bytes, no_verify, &error), ERRATA_OK, "%s", error.message);
    return index;
}

/* A file of these bytes, to be removed. */
static char path[64];
static int file_of(const struct bytes *bytes) {
    snprintf(path, sizeof path, "/tmp/errata-test-open-XXXXXX");
    int fd = mkstemp(path);
    cr_assert(fd >= 0);
    cr_assert_eq(write(fd, bytes->data, bytes->length), (ssize_t)bytes->length);
    return fd;
}

/* Everything that the accessors give, and the groups. */
static struct bytes told_by(const struct errata_index *index) {
    static const struct errata_grouping by = {
        .fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE, ERRATA_FIELD_PATH}, .n_fields = 3};
    struct bytes text = {0};
    static const struct errata_export_options lines = {.format = ERRATA_FORMAT_NDJSON};
    struct errata_query *query;
    struct errata_groups *groups;
    struct errata_matches *matches;
    dump_index(&text, index, 0);
    must(errata_query_new(&query, index, NULL, NULL));
    must(errata_query_group(&groups, query, &by, NULL));
    must(errata_export_groups(groups, index, NULL, bytes_write, &text, NULL));
    must(errata_export_summary(query, index, 9, NULL, bytes_write, &text, NULL));
    must(errata_query_match(&matches, query, 0, 0, NULL));
    must(errata_export_issues(matches, index, &lines, bytes_write, &text, NULL));
    errata_matches_free(matches);
    errata_groups_free(groups);
    errata_query_free(query);
    return text;
}

/* The index of a text says the same when it was written and opened, and is written the same again. */
static void check_round_trip(const char *name, const char *data, size_t length) {
    const struct how how = {.name = name, .keep_going = true};
    struct outcome outcome;
    read_bytes(&outcome, &how, data, length);
    struct bytes expected = told_by(outcome.index);
    for (int no_verify = 0; no_verify < 2; no_verify++) {
        struct errata_index *index = opened(&outcome.written, no_verify == 1);
        struct bytes again = {0};
        struct bytes told = told_by(index);
        cr_assert(bytes_same(&told, &expected), "%s", name);
        must(errata_index_write(index, bytes_write, &again, NULL));
        cr_assert(bytes_same(&again, &outcome.written), "%s", name);
        cr_assert_eq(errata_index_check(index, NULL), ERRATA_OK);
        bytes_free(&told);
        bytes_free(&again);
        errata_index_free(index);
    }
    bytes_free(&expected);
    outcome_free(&outcome);
}

static void check_folder(const char *folder) {
    DIR *entries = opendir(folder);
    struct dirent *entry;
    int files = 0;
    cr_assert(entries != NULL);
    while ((entry = readdir(entries)) != NULL) {
        char name[4096];
        snprintf(name, sizeof name, "%s/%s", folder, entry->d_name);
        if (strstr(entry->d_name, "json") == NULL) {
            continue;
        }
        struct bytes text = bytes_of_file(name);
        check_round_trip(entry->d_name, text.data, text.length);
        bytes_free(&text);
        files++;
    }
    closedir(entries);
    cr_assert_gt(files, 3);
}

Test(open, samples_say_the_same) {
    check_folder(ERRATA_SOURCE_ROOT "/tests/cases");
    check_folder(ERRATA_SOURCE_ROOT "/examples");
}

/* Every table larger than the buffer that verification reads through, characters across its ends. */
static struct bytes large_text(void) {
    struct bytes text = {0};
    for (unsigned i = 0; i < 40000; i++) {
        bytes_print(
            &text,
            "{\"record_id\":\"r%u\",\"status\":\"FAILED\",\"errors\":[{\"key\":\"K%u\",\"errors\":["
            "{\"message\":\"\xF0\x9F\x8F\xA0%.*s%u\xC3\xBC\xE2\x82\xAC\",\"path\":[\"p%u\",%u]},{},"
            "{}]}]}\n",
            i, i, (int)(i % 13), "xxxxxxxxxxxxx", i, i, i * 77);
    }
    bytes_add_text(&text, "{\"status\":\"");
    for (unsigned i = 0; i < 300000; i++) {
        bytes_add_text(&text, "\xE2\x82\xAC");
    }
    bytes_add_text(&text, "\"}\n");
    return text;
}

Test(open, large_from_a_file) {
    struct bytes text = large_text();
    struct bytes bytes = saved_text(text.data, text.length);
    const struct errata_allocator allocator = counted_allocator(&heap);
    const struct errata_open_options options = {.allocator = &allocator};
    int fd = file_of(&bytes);
    struct errata_index *index;
    struct errata_error error;
    cr_assert_gt(bytes.length, 4000000);
    cr_assert_eq(errata_index_open_fd(&index, fd, "large", &options, &error), ERRATA_OK, "%s",
                 error.message);
    close(fd);
    unlink(path);
    struct bytes again = {0};
    must(errata_index_write(index, bytes_write, &again, NULL));
    cr_assert(bytes_same(&again, &bytes));
    /* The map is not the allocator's. */
    cr_assert_lt(errata_index_memory(index), bytes.length / 20);
    errata_index_free(index);
    /* One wrong byte in the middle of a character far behind. */
    bytes.data[bytes.length / 2] ^= 0x40;
    damaged_mend(bytes.data, bytes.length);
    fd = file_of(&bytes);
    enum errata_status from_file = errata_index_open(&index, path, &options, &error);
    struct errata_error memory_error;
    enum errata_status from_memory = try_open(&index, &bytes, false, &memory_error);
    cr_assert_eq(from_file, from_memory);
    cr_assert_str_eq(error.message, memory_error.message);
    close(fd);
    unlink(path);
    bytes_free(&again);
    bytes_free(&bytes);
    bytes_free(&text);
}

/* Opens changed bytes, expects a failure, and returns its message. */
static const char *refusal(const struct bytes *bytes, enum errata_status expected) {
    static struct errata_error error;
    struct errata_index *index;
    for (int no_verify = 1; no_verify >= 0; no_verify--) {
        enum errata_status status = try_open(&index, bytes, no_verify == 1, &error);
        cr_assert_eq(status, expected, "%s: %s", errata_status_text(status), error.message);
        cr_assert_null(index);
    }
    return error.message;
}

static struct errata__header *header_of(struct bytes *bytes) {
    return (void *)bytes->data;
}

Test(open, other_versions) {
    struct bytes bytes = damaged_good();
    memcpy(header_of(&bytes)->writer, "errata 9.9\x1b[31m\xff more than fits", 24);
    header_of(&bytes)->version = 7;
    cr_assert_str_eq(refusal(&bytes, ERRATA_BAD_VERSION),
                     "a saved index of format version 7 (not 2), written by \"errata "
                     "9.9\\u{1B}[31m\\xFF more th\"; this is errata " ERRATA_PROJECT_VERSION
                     ": read the status documents again");
    header_of(&bytes)->version = __builtin_bswap32(2);
    header_of(&bytes)->byte_order_mark = __builtin_bswap32(0x0A0B0C0D);
    cr_assert(strstr(refusal(&bytes, ERRATA_BAD_VERSION), "of the other byte order") != NULL);
    bytes_free(&bytes);
}

/* The file with one more table at the end. */
static struct bytes with_table(uint32_t number, uint32_t flags) {
    struct bytes good = damaged_good();
    struct bytes bytes = {0};
    uint32_t tables = header_of(&good)->tables;
    size_t directory = sizeof(struct errata__header) + tables * sizeof(struct errata__entry);
    struct errata__entry entry = {.table = number,
                                  .width = 3,
                                  .flags = flags,
                                  .offset = good.length + sizeof entry,
                                  .rows = 5};
    header_of(&good)->tables++;
    for (uint32_t i = 0; i < tables; i++) {
        damaged_entries(good.data)[i].offset += sizeof entry;
    }
    bytes_add(&bytes, good.data, directory);
    bytes_add(&bytes, &entry, sizeof entry);
    bytes_add(&bytes, good.data + directory, good.length - directory);
    bytes_add(&bytes, "fifteen bytes..\0", 16);
    damaged_mend(bytes.data, bytes.length);
    bytes_free(&good);
    return bytes;
}

Test(open, unknown_tables) {
    struct bytes good = damaged_good();
    struct bytes bytes = with_table(1000, 1);
    for (int no_verify = 0; no_verify < 2; no_verify++) {
        /* It is skipped, and not written again. */
        struct errata_index *index = opened(&bytes, no_verify == 1);
        struct bytes again = {0};
        must(errata_index_write(index, bytes_write, &again, NULL));
        cr_assert(bytes_same(&again, &good));
        bytes_free(&again);
        errata_index_free(index);
    }
    /* It is verified all the same. */
    struct errata_index *index;
    struct errata_error error;
    bytes.data[bytes.length - 10] ^= 1;
    cr_assert_eq(try_open(&index, &bytes, false, &error), ERRATA_DAMAGED);
    cr_assert_str_eq(error.message,
                     "the saved index is damaged: wrong checksum of table 1000 (not known)");
    bytes_free(&bytes);
    bytes = with_table(1000, 0);
    cr_assert(strstr(refusal(&bytes, ERRATA_BAD_VERSION), "not known and not optional") != NULL);
    bytes_free(&bytes);
    bytes = with_table(1000, 3);
    cr_assert(strstr(refusal(&bytes, ERRATA_BAD_VERSION), "marks on tables") != NULL);
    bytes_free(&bytes);
    bytes = with_table(44, 1);
    cr_assert(strstr(refusal(&bytes, ERRATA_DAMAGED), "entry 45 of its directory") != NULL);
    bytes_free(&bytes);
    bytes_free(&good);
}

Test(open, what_is_no_index) {
    struct bytes bytes = damaged_good();
    size_t length = bytes.length;
    char expected[160];
    bytes.length = length - 8;
    snprintf(expected, sizeof expected,
             "the saved index is cut off: it has %zu bytes, and should have %zu", length - 8,
             length);
    cr_assert_str_eq(refusal(&bytes, ERRATA_DAMAGED), expected);
    bytes.length = 30;
    cr_assert_str_eq(refusal(&bytes, ERRATA_DAMAGED),
                     "the saved index is cut off: it has 30 bytes, and should have at least 56");
    bytes.length = 7;
    cr_assert(strstr(refusal(&bytes, ERRATA_NOT_INDEX), "not a saved index") != NULL);
    bytes.length = 0;
    cr_assert(strstr(refusal(&bytes, ERRATA_NOT_INDEX), "not a saved index") != NULL);
    bytes.length = length;
    bytes.data[0] = '{';
    cr_assert(strstr(refusal(&bytes, ERRATA_NOT_INDEX), "not a saved index") != NULL);
    cr_assert_not(errata_index_is_saved(bytes.data, bytes.length));

    struct errata_index *index;
    struct errata_error error;
    cr_assert_eq(errata_index_open_memory(&index, bytes.data + 4, 100, NULL, &error),
                 ERRATA_MISUSE);
    bytes_free(&bytes);
}

/* What there is instead of a file; the error names it. */
static void check_place(const char *place, enum errata_status expected, const char *message) {
    struct errata_index *index;
    struct errata_error error;
    cr_assert_eq(errata_index_open(&index, place, NULL, &error), expected);
    cr_assert_null(index);
    cr_assert_str_eq(error.source, place);
    cr_assert(strstr(error.message, message) != NULL, "%s", error.message);
}

Test(open, places) {
    struct bytes none = {0};
    check_place("/nowhere/index", ERRATA_CANNOT_READ, "No such file or directory");
    check_place("/tmp", ERRATA_CANNOT_READ, "regular file");
    close(file_of(&none));
    check_place(path, ERRATA_NOT_INDEX, "empty");
    unlink(path);
    cr_assert_eq(mkfifo(path, 0600), 0);
    check_place(path, ERRATA_CANNOT_READ, "regular file");
    unlink(path);
}

/* Damage that only shows when a table is used: each use says so, what needs other tables goes on. */
Test(open, damage_found_late) {
    struct bytes bytes = damaged_good();
    struct errata__entry *entry = &damaged_entries(bytes.data)[ERRATA__RULE_ERROR_KEY];
    const uint32_t wrong = 12345;
    memcpy(bytes.data + entry->offset + 4, &wrong, sizeof wrong);
    damaged_mend(bytes.data, bytes.length);
    static const char *const words =
        "the saved index is damaged: row 1 of table 16 (rule_errors.key) cannot be right";

    struct errata_index *index;
    struct errata_error error;
    cr_assert_eq(try_open(&index, &bytes, false, &error), ERRATA_DAMAGED);
    cr_assert_str_eq(error.message, words);
    index = opened(&bytes, true);
    struct errata_query *query;
    struct errata_groups *groups;
    struct errata_matches *matches;
    struct errata_rule_error rule_error;
    struct errata_issue issue;
    struct errata_whole_issue whole;
    const struct errata_grouping by_code = {.fields = {ERRATA_FIELD_CODE}, .n_fields = 1};
    const struct errata_grouping by_key = {.fields = {ERRATA_FIELD_KEY}, .n_fields = 1};
    must(errata_query_new(&query, index, NULL, NULL));
    must(errata_query_group(&groups, query, &by_code, NULL));
    errata_groups_free(groups);
    /* Twice: what was found is remembered, and still has its words. */
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(errata_query_group(&groups, query, &by_key, &error), ERRATA_DAMAGED);
        cr_assert_null(groups);
        cr_assert_str_eq(error.message, words);
        cr_assert_eq(errata_query_where(query, "key = K", &error), ERRATA_DAMAGED);
        cr_assert_str_eq(error.message, words);
        cr_assert_eq(errata_query_match(&matches, query, 0, 0, &error), ERRATA_DAMAGED);
        cr_assert_null(matches);
        cr_assert_eq(errata_index_write(index, bytes_write, NULL, &error), ERRATA_DAMAGED);
        cr_assert_eq(errata_index_check(index, &error), ERRATA_DAMAGED);
        cr_assert_not(errata_index_rule_error(index, 0, &rule_error));
        cr_assert(errata_index_issue(index, 0, &issue));
        cr_assert_not(errata_index_whole_issue(index, 0, &whole));
    }
    errata_query_free(query);
    errata_index_free(index);
    bytes_free(&bytes);
}

/* A pattern of many segments that many issues have: a small file that stands for a huge one. The segments are one long
   name, or positions that the issues do not have. */
static struct bytes inflated(uint32_t segments, uint32_t issues, uint32_t name_length) {
    struct bytes written = {0};
    struct errata_index *index;
    const struct errata_allocator allocator = counted_allocator(&heap);
    struct errata__shape shape = {.code = ERRATA_NONE,
                                  .expected = ERRATA_NONE,
                                  .received = ERRATA_NONE,
                                  .message = ERRATA_NONE};
    struct errata__document_row row = {.number = 1};
    uint32_t *pattern = malloc(segments * sizeof *pattern);
    char *text = malloc(name_length + 1);
    uint32_t name;
    uint32_t id;
    memset(text, 'n', name_length);
    must(errata__index_new(&index, &allocator, 0, UINT32_MAX - 1, false));
    must(errata__source_append(index, &(struct errata_source){.name = {"s", 1}}, &id));
    must(errata__string_intern(index, text, name_length, &name, NULL));
    must(errata__string_intern(index, "FAILED", 6, &row.status, NULL));
    for (uint32_t i = 0; i < segments; i++) {
        pattern[i] = name_length == 0 ? ERRATA__POSITION : name;
    }
    must(errata__pattern_intern(index, pattern, segments, &shape.pattern));
    must(errata__shape_intern(index, &shape, &id));
    for (uint32_t i = 0; i < issues; i++) {
        must(errata__issue_append(index, id, NULL, 0));
    }
    must(errata__rule_error_append(index, name, name, 0));
    must(errata__record_intern(index, ERRATA_NONE, ERRATA_NONE, name, &row.record));
    must(errata__document_append(index, &row));
    must(errata_index_write(index, bytes_write, &written, NULL));
    errata_index_free(index);
    free(pattern);
    free(text);
    return written;
}

/* The status of grouping by a field, or of a term that looks at every pattern or path, under a limit of texts. */
static enum errata_status ask_texts(const struct errata_index *index, enum errata_field field,
                                    bool by_term, uint64_t texts, struct errata_error *error) {
    const struct errata_query_options options = {.texts = texts};
    const struct errata_grouping by = {.fields = {by_term ? ERRATA_FIELD_CODE : field},
                                       .n_fields = 1};
    const struct errata_text value = {"^.", 2};
    struct errata_query *query;
    struct errata_groups *groups = NULL;
    must(errata_query_new(&query, index, &options, NULL));
    if (by_term) {
        must(errata_query_add(query, field, ERRATA_MATCHES, &value, 1, NULL));
    }
    enum errata_status status = errata_query_group(&groups, query, &by, error);
    errata_groups_free(groups);
    errata_query_free(query);
    return status;
}

static void check_texts(const struct errata_index *index, uint64_t texts,
                        enum errata_status expected) {
    static const enum errata_field fields[] = {ERRATA_FIELD_PATTERN, ERRATA_FIELD_PATH};
    struct errata_error error = {.status = ERRATA_OK};
    for (int i = 0; i < 4; i++) {
        enum errata_status status = ask_texts(index, fields[i % 2], i < 2, texts, &error);
        cr_assert_eq(status, expected, "%d: %s", i, error.message);
        if (expected == ERRATA_LIMIT_MEMORY) {
            cr_assert(strstr(error.message, "group by other fields") != NULL, "%s", error.message);
        }
    }
}

/* However much a file stands for, it is no damage; what is held as text at once has a limit. */
Test(open, stands_for_much) {
    struct bytes bytes = inflated(200000, 200000, 1);
    struct errata_index *index = opened(&bytes, false);
    char text[8];
    check_texts(index, 0, ERRATA_OK);
    cr_assert_eq(errata_index_path(index, 7, text, sizeof text), 399999);
    /* The letters alone fit. */
    check_texts(index, 399999, ERRATA_OK);
    check_texts(index, 399998, ERRATA_LIMIT_MEMORY);
    check_texts(index, 1000, ERRATA_LIMIT_MEMORY);
    errata_index_free(index);
    bytes_free(&bytes);

    bytes = inflated(2000, 1, 1000000);
    for (int no_verify = 0; no_verify < 2; no_verify++) {
        index = opened(&bytes, no_verify == 1);
        check_texts(index, 1000000000, ERRATA_LIMIT_MEMORY);
        errata_index_free(index);
    }
    bytes_free(&bytes);
}

/* Positions that the issues do not have: found when it is opened, or else by all that looks at paths. */
Test(open, positions_do_not_fit) {
    struct bytes bytes = inflated(3000, 100000, 0);
    struct errata_index *index;
    struct errata_error error;
    char text[8];
    cr_assert_eq(try_open(&index, &bytes, false, &error), ERRATA_DAMAGED);
    cr_assert_str_eq(error.message, "the saved index is damaged: row 0 of table 13 (blocks.offset) "
                                    "cannot be right");
    int fd = file_of(&bytes);
    cr_assert_eq(errata_index_open_fd(&index, fd, NULL, NULL, &error), ERRATA_DAMAGED);
    close(fd);
    unlink(path);
    index = opened(&bytes, true);
    cr_assert_eq(ask_texts(index, ERRATA_FIELD_CODE, false, 0, &error), ERRATA_OK);
    cr_assert_eq(ask_texts(index, ERRATA_FIELD_PATH, false, 0, &error), ERRATA_DAMAGED);
    cr_assert(strstr(error.message, "table 13 (blocks.offset)") != NULL, "%s", error.message);
    cr_assert_eq(errata_index_path(index, 0, text, sizeof text), 0);
    cr_assert_eq(errata_index_check(index, NULL), ERRATA_DAMAGED);
    errata_index_free(index);
    bytes_free(&bytes);
}
