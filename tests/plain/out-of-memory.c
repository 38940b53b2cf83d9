/*
 * Fails allocation n, for n = 1, 2, ... until all goes well, in a run that uses all of the library: sources of every
 * kind, rejects, long tokens, kept JSON; the written form, opened again; joins; queries, groups, walks, totals; all
 * exports. Once n alone fails, once everything from n on. Whatever call that strikes says so and nothing else; what was
 * complete is there; everything is given back.
 *
 * Linked with --wrap=malloc and --wrap=realloc, for the one call that has no allocator of its own.
 */
#include <errata/diff.h>
#include <errata/export.h>
#include <errata/query.h>
#include <errata/report.h>
#include <errata/store.h>

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "../unit/dump.h"

static struct counted heap;
static bool armed;

void *__real_malloc(size_t size);
void *__real_realloc(void *block, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *block, size_t size);

void *__wrap_malloc(size_t size) {
    return armed && counted_fails(&heap) ? NULL : __real_malloc(size);
}

void *__wrap_realloc(void *block, size_t size) {
    return armed && counted_fails(&heap) ? NULL : __real_realloc(block, size);
}

static void check(bool good, const char *what) {
    if (!good) {
        fprintf(stderr, "allocation %ld%s failed: %s\n", heap.fail_at,
                heap.fail_rest ? " and all behind it" : "", what);
        exit(1);
    }
}

/* Receives everything that is written, as its length and a sum. */
struct sum {
    uint64_t length;
    uint64_t value;
};

static enum errata_status add_up(void *ctx, const void *bytes, size_t length) {
    struct sum *sum = ctx;
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++) {
        sum->value = sum->value * 31 + at[i];
    }
    sum->length += length;
    return ERRATA_OK;
}

static enum errata_status export_reject(void *ctx, const struct errata_reject *reject,
                                        struct errata_text text) {
    armed = true;
    enum errata_status status =
        errata_export_reject(reject, (struct errata_text){"source", 6}, text, add_up, ctx, NULL);
    armed = false;
    return status;
}

/* The sources: the plain text, the same as gzip, and as an array. */
static struct bytes plain;
static int packed;
static struct bytes array;
/* The documents of all that, once nothing failed. */
static struct bytes whole;

static void make_sources(void) {
    bytes_add_text(&array, "[");
    for (unsigned i = 0; i < 60; i++) {
        struct bytes one = {0};
        bytes_print(&one,
                    "{\"record_id\":\"r%u\",\"app_id\":[%u],\"fetched_at\":%u,\"status\":"
                    "\"FAILED\",\"errors\":[{\"message\":\"m%u\",\"errors\":["
                    "{\"code\":\"c%u\",\"expected\":{\"n\":[%u,\"\\u00fc\\ud800\"]},\"path\":[\"p%"
                    "u\",%u,{\"key\":\"k%u\"},null],\"message\":\"",
                    i % 40, i % 3, i, i % 7, i % 5, i, i % 11, i * i, i);
        for (unsigned n = 0; n < (i == 39 ? 2000U : i % 5); n++) {
            bytes_add_text(&one, "long ");
        }
        bytes_print(&one,
                    "\"},{\"path\":[\"%u\",[%u]],\"message\":\"\xC0\x80\"}],\"key\":\"K%u\"}]}", i,
                    i, i % 9);
        bytes_print(&plain, "%s\n%s", one.data,
                    i % 10 == 3 ? "{\"errors\":[{\"key\":\"new\"}]}\noops \x01\n" : "");
        bytes_print(&array, "%s%s", one.data,
                    i % 10 == 7 ? ",{\"status\":5,\"id\":\"new\"},"
                    : i == 59   ? "]"
                                : ",");
        bytes_free(&one);
    }
    packed = memfd_create("packed", MFD_CLOEXEC);
    gzFile file = gzdopen(dup(packed), "wb");
    if (packed < 0 || file == NULL || gzwrite(file, plain.data, (unsigned)plain.length) <= 0 ||
        gzclose(file) != Z_OK) {
        exit(2);
    }
}

static enum errata_status feed_all(struct errata_reader *reader, const struct errata_origin *origin,
                                   const struct bytes *text, size_t chunk,
                                   struct errata_error *error) {
    TRY(errata_reader_begin(reader, origin, error));
    for (size_t at = 0; at < text->length; at += chunk) {
        TRY(errata_reader_feed(reader, text->data + at,
                               chunk < text->length - at ? chunk : text->length - at, error));
    }
    return errata_reader_end(reader, error);
}

static enum errata_status read_all(struct errata_reader *reader, struct errata_error *error) {
    const struct errata_origin first = {.name = {"first.ndjson", 12}, .collection = {"c", 1}};
    const struct errata_origin second = {.name = {"second", 6}};
    const struct errata_origin third = {.record = {"one", 3}, .app = {"app", 3}, .fetched_at = 5};
    TRY(feed_all(reader, &first, &plain, 700, error));
    lseek(packed, 0, SEEK_SET);
    TRY(errata_reader_read_fd(reader, packed, &second, error));
    return feed_all(reader, &third, &array, 100000, error);
}

static enum errata_status add_issue(void *ctx, uint64_t group, uint32_t record, uint32_t issue) {
    struct sum *sum = ctx;
    sum->value = sum->value * 31 + (group ^ record ^ issue);
    return ERRATA_OK;
}

/* With all that the index has, so that records newly fail. */
static enum errata_status compare(struct errata_query *query, const struct errata_index *index,
                                  struct sum *sum, struct errata_error *error) {
    static const struct errata_grouping by = {.fields = {ERRATA_FIELD_PATH, ERRATA_FIELD_KEY},
                                              .n_fields = 2};
    struct errata_query *sides[3] = {query, query, NULL};
    struct errata_diff *diff = NULL;
    enum errata_status status = errata_query_new(&sides[2], index, NULL, error);
    if (status == ERRATA_OK) {
        status = errata_query_diff(&diff, sides, 3, &by, error);
    }
    if (status == ERRATA_OK) {
        struct errata_diff_totals totals;
        errata_diff_totals_get(diff, &totals);
        sum->value = sum->value * 31 + totals.newly_failing;
    }
    /* NDJSON asks for what JSON does, TSV for what CSV does. */
    for (int format = 0; format <= ERRATA_FORMAT_MARKDOWN && status == ERRATA_OK; format += 2) {
        const struct errata_export_options how = {.format = (enum errata_format)format};
        status = errata_export_diff(diff, NULL, &how, add_up, sum, error);
    }
    errata_diff_free(diff);
    errata_query_free(sides[2]);
    return status;
}

static enum errata_status summarize(struct errata_query *query, const struct errata_index *index,
                                    struct sum *sum, struct errata_error *error) {
    static const struct errata_export_options markdown = {.format = ERRATA_FORMAT_MARKDOWN};
    static const struct errata_export_options rows = {.format = ERRATA_FORMAT_CSV};
    TRY(errata_export_summary(query, index, 3, NULL, add_up, sum, error));
    TRY(errata_export_summary(query, index, 3, &rows, add_up, sum, error));
    TRY(errata_export_summary(query, index, 3, &markdown, add_up, sum, error));
    /* Compared with itself. */
    const struct errata_report_options report = {.old = query, .max_groups = 2};
    return errata_export_report(query, index, &report, add_up, sum, error);
}

static enum errata_status ask(struct errata_query *query, const struct errata_index *index,
                              struct sum *sum, struct errata_error *error) {
    static const struct errata_grouping groupings[] = {
        {.fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE, ERRATA_FIELD_PATTERN}, .n_fields = 3},
        {.fields = {ERRATA_FIELD_PATH},
         .n_fields = 1,
         .order = ERRATA_ORDER_NAME,
         .limit = 5,
         .offset = 1},
        {.fields = {ERRATA_FIELD_RECORD, ERRATA_FIELD_MESSAGE},
         .n_fields = 2,
         .order = ERRATA_ORDER_RECORDS,
         .least = 2},
        {.fields = {ERRATA_FIELD_FETCHED_AT, ERRATA_FIELD_SOURCE}, .n_fields = 2},
    };
    enum errata_status status = ERRATA_OK;
    for (size_t i = 0; i < sizeof groupings / sizeof groupings[0] && status == ERRATA_OK; i++) {
        struct errata_groups *groups;
        status = errata_query_group(&groups, query, &groupings[i], error);
        for (int format = 0; format <= ERRATA_FORMAT_MARKDOWN && status == ERRATA_OK; format += 2) {
            const struct errata_export_options how = {.format = (enum errata_format)format};
            status = errata_export_groups(groups, index, &how, add_up, sum, error);
        }
        if (status == ERRATA_OK) {
            status = errata_groups_visit(groups, query, add_issue, sum, error);
        }
        errata_groups_free(groups);
    }
    for (int format = 0; format <= ERRATA_FORMAT_MARKDOWN && status == ERRATA_OK; format += 2) {
        const struct errata_export_options how = {.format = (enum errata_format)format};
        struct errata_matches *matches;
        status = errata_query_match(&matches, query, 2, format == 0 ? 20 : 0, error);
        if (status == ERRATA_OK) {
            status = errata_export_issues(matches, index, &how, add_up, sum, error);
        }
        errata_matches_free(matches);
    }
    if (status == ERRATA_OK) {
        struct errata_totals *totals;
        struct errata_total total = {0};
        status = errata_query_totals(&totals, query, error);
        if (status == ERRATA_OK) {
            errata_totals_get(totals, &total);
            sum->value += total.issues;
        }
        errata_totals_free(totals);
    }
    if (status == ERRATA_OK) {
        status = compare(query, index, sum, error);
    }
    return status != ERRATA_OK ? status : summarize(query, index, sum, error);
}

static enum errata_status ask_all(const struct errata_index *index, struct sum *sum,
                                  struct errata_error *error) {
    static const char *const terms[][4] = {
        {"message ~ ^(long )+$", "key in [\"K1\",\"K2\",\"K3\"]", "pattern = *[*].**",
         "pattern = **[*].**"},
        {"path = **.null", "code !~ [34]$", "fetched_at"},
        {"path ~ [13579]\\]", "!expected", "record != r5"},
        {NULL, NULL, NULL},
    };
    const struct errata_query_options careful = {.refuse_impossible = true};
    enum errata_status status = errata_index_write(index, add_up, sum, error);
    for (size_t i = 0; i < sizeof terms / sizeof terms[0] && status == ERRATA_OK; i++) {
        struct errata_query *query;
        status = errata_query_new(&query, index, &careful, error);
        for (size_t j = 0; j < 4 && terms[i][j] != NULL && status == ERRATA_OK; j++) {
            status = errata_query_where(query, terms[i][j], error);
        }
        if (status == ERRATA_OK) {
            status = ask(query, index, sum, error);
        }
        errata_query_free(query);
    }
    return status;
}

static enum errata_status join_twice(const struct errata_index *index, struct sum *sum,
                                     struct errata_error *error) {
    const struct errata_index *parts[] = {index, index};
    const struct errata_reader_options options = {.allocator = errata_index_allocator(index)};
    struct errata_index *joined;
    TRY(errata_index_join(&joined, parts, 2, &options, error));
    enum errata_status status = errata_index_write(joined, add_up, sum, error);
    errata_index_free(joined);
    return status;
}

/* What makes sure of all tables, and counts positions. */
static enum errata_status ask_opened(const struct errata_index *index, struct sum *sum,
                                     struct errata_error *error) {
    static const struct errata_grouping by = {.fields = {ERRATA_FIELD_PATH, ERRATA_FIELD_KEY},
                                              .n_fields = 2};
    struct errata_query *query;
    struct errata_groups *groups = NULL;
    TRY(errata_query_new(&query, index, NULL, error));
    enum errata_status status = errata_query_where(query, "path ~ [0-9]", error);
    if (status == ERRATA_OK) {
        status = errata_query_group(&groups, query, &by, error);
    }
    if (status == ERRATA_OK) {
        status = errata_export_groups(groups, index, NULL, add_up, sum, error);
    }
    errata_groups_free(groups);
    errata_query_free(query);
    return status;
}

/* Opens what was written, from a file with verification and from memory without. */
static enum errata_status open_again(const struct errata_index *index, struct sum *sum,
                                     struct errata_error *error) {
    const struct errata_open_options verified = {.allocator = errata_index_allocator(index)};
    const struct errata_open_options unverified = {.allocator = errata_index_allocator(index),
                                                   .no_verify = true};
    struct bytes written = {0};
    int file = memfd_create("written", MFD_CLOEXEC);
    enum errata_status status = errata_index_write(index, bytes_write, &written, error);
    if (status == ERRATA_OK &&
        write(file, written.data, written.length) != (ssize_t)written.length) {
        exit(2);
    }
    for (int from_memory = 0; from_memory < 2 && status == ERRATA_OK; from_memory++) {
        struct errata_index *opened;
        status = from_memory == 0 ? errata_index_open_fd(&opened, file, "written", &verified, error)
                                  : errata_index_open_memory(&opened, written.data, written.length,
                                                             &unverified, error);
        check((status == ERRATA_OK) == (opened != NULL), "an index and a failure");
        if (status == ERRATA_OK) {
            status = ask_opened(opened, sum, error);
        }
        errata_index_free(opened);
    }
    close(file);
    bytes_free(&written);
    return status;
}

/* The documents that are there are the first ones of the whole. */
static void check_documents(const struct errata_index *index) {
    struct errata_counts counts;
    struct bytes text = {0};
    errata_index_counts(index, &counts);
    for (uint32_t i = 0; i < counts.documents; i++) {
        dump_document(&text, index, i, 0);
    }
    if (whole.data == NULL) {
        whole = text;
        return;
    }
    check(text.length <= whole.length &&
              (text.length == 0 || memcmp(text.data, whole.data, text.length) == 0),
          "documents are not what they were");
    bytes_free(&text);
}

/* One run. Returns true when nothing failed. */
static bool run(long fail_at, bool fail_rest, struct sum *sum) {
    struct errata_reader *reader;
    struct errata_index *index = NULL;
    struct errata_error error = {.status = ERRATA_OK};
    heap = (struct counted){.fail_at = fail_at, .fail_rest = fail_rest};
    *sum = (struct sum){0};
    const struct errata_allocator allocator = counted_allocator(&heap);
    const struct errata_reader_options options = {
        .allocator = &allocator, .keep_going = true, .on_reject = export_reject, .ctx = sum};
    enum errata_status status = errata_reader_new(&reader, &options, &error);
    check((status == ERRATA_OK) == (reader != NULL), "a reader and a failure");
    if (status == ERRATA_OK) {
        status = read_all(reader, &error);
        check(errata_reader_finish(&index, reader, NULL) == ERRATA_OK, "finishing failed");
        errata_reader_free(reader);
        check_documents(index);
    }
    if (status == ERRATA_OK) {
        status = join_twice(index, sum, &error);
    }
    if (status == ERRATA_OK) {
        status = open_again(index, sum, &error);
        status = status == ERRATA_OK ? ask_all(index, sum, &error) : status;
        check_documents(index);
    }
    errata_index_free(index);
    check(heap.blocks == 0, "blocks were not given back");
    check(status == ERRATA_OK || status == ERRATA_NO_MEMORY, errata_status_text(status));
    check(status == error.status, "the error does not say what the call does");
    return status == ERRATA_OK;
}

int main(void) {
    struct sum good;
    struct sum sum;
    make_sources();
    if (!run(0, false, &good)) {
        fprintf(stderr, "failed without need\n");
        return 1;
    }
    /* With ERRATA_ARENA_DEBUG there are so many that not each can be tried. */
    long stride = 1 + heap.calls / 3000;
    long calls = heap.calls;
    for (long n = 1; n <= calls + stride; n += stride) {
        for (int rest = 0; rest < 2; rest++) {
            if (run(n, rest == 1, &sum) && (sum.length != good.length || sum.value != good.value)) {
                fprintf(stderr, "allocation %ld failed, and what came out is not the same\n", n);
                return 1;
            }
        }
    }
    printf("%ld allocations, every %ld. failed\n", calls, stride);
    bytes_free(&plain);
    bytes_free(&array);
    bytes_free(&whole);
    close(packed);
    return 0;
}
