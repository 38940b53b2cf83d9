/*
 * Joining: in any tree of the same order what reading all at once gives, byte for byte; and a failure changes nothing.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <unistd.h>

#include <errata/store.h>

#include "index/join.h"
#include "made-index.h"
#include "reading.h"

static struct heap heap;
static struct errata_allocator allocator;
static struct errata_error error;
static char saved[] = "/tmp/test-join-XXXXXX";

static void begin(void) {
    allocator = (struct errata_allocator){heap_alloc, heap_realloc, heap_free, &heap};
    int fd = mkstemp(saved);
    cr_assert_geq(fd, 0);
    close(fd);
}

static void end(void) {
    unlink(saved);
    cr_assert_eq(heap.out, 0);
}

TestSuite(join, .init = begin, .fini = end);

/* The inputs of a shard: none, one or several sources. */
struct shard {
    struct bytes sources[3];
    size_t n_sources;
};

static void drawn_scalar(struct bytes *out, uint64_t *seed, const char *name, unsigned distinct) {
    switch (draw(seed, 12)) {
    case 0:
        break;
    case 1:
        bytes_print(out, "\"%s\":[%u,null],", name, draw(seed, distinct));
        break;
    case 2:
        bytes_print(out, "\"%s\":null,", name);
        break;
    default:
        bytes_print(out, "\"%s\":\"%s %u\",", name, name, draw(seed, distinct));
        break;
    }
}

static void drawn_issue(struct bytes *out, uint64_t *seed) {
    bytes_add_text(out, "{");
    drawn_scalar(out, seed, "code", 5);
    drawn_scalar(out, seed, "expected", 3);
    drawn_scalar(out, seed, "received", 3);
    drawn_scalar(out, seed, "message", 40);
    bytes_add_text(out, "\"path\":[");
    for (uint32_t left = draw(seed, 5); left > 0; left--) {
        uint64_t position = (uint64_t)draw(seed, 1000) << draw(seed, 48);
        switch (draw(seed, 6)) {
        case 0:
            bytes_print(out, "\"%llu\"", (unsigned long long)position);
            break;
        case 1:
            bytes_print(out, "%llu", (unsigned long long)position);
            break;
        case 2:
            bytes_print(out, "null");
            break;
        default:
            bytes_print(out, "\"name%u\"", draw(seed, 6));
            break;
        }
        bytes_add_text(out, left > 1 ? "," : "");
    }
    bytes_add_text(out, "]}");
}

static void drawn_document(struct bytes *out, uint64_t *seed, uint32_t most_issues) {
    bytes_add_text(out, "{");
    drawn_scalar(out, seed, "app_id", 2);
    drawn_scalar(out, seed, "collection_id", 2);
    drawn_scalar(out, seed, "record_id", 200);
    if (draw(seed, 15) == 0) {
        bytes_add_text(out, "\"errors\":5,");
    } else {
        bytes_add_text(out, "\"errors\":[");
        for (uint32_t rules = draw(seed, 4); rules > 0; rules--) {
            bytes_add_text(out, "{\"errors\":[");
            for (uint32_t issues = draw(seed, most_issues); issues > 0; issues--) {
                drawn_issue(out, seed);
                bytes_add_text(out, issues > 1 ? "," : "");
            }
            bytes_add_text(out, "],");
            drawn_scalar(out, seed, "message", 9);
            bytes_print(out, "\"key\":\"KEY_%u\"}%s", draw(seed, 20), rules > 1 ? "," : "");
        }
        bytes_add_text(out, "],");
    }
    bytes_print(out, "\"status\":\"%s\"}\n%s", draw(seed, 9) == 0 ? "ODD" : "FAILED",
                draw(seed, 20) == 0 ? "no JSON\n" : "");
}

static void draw_shard(struct shard *shard, uint64_t *seed, uint32_t most_documents,
                       uint32_t most_issues) {
    shard->n_sources = draw(seed, 4);
    for (size_t i = 0; i < shard->n_sources; i++) {
        for (uint32_t left = draw(seed, most_documents); left > 0; left--) {
            drawn_document(&shard->sources[i], seed, most_issues);
        }
    }
}

static void free_shard(struct shard *shard) {
    for (size_t i = 0; i < shard->n_sources; i++) {
        bytes_free(&shard->sources[i]);
    }
}

static struct errata_reader *make(const struct errata_reader_options *more) {
    struct errata_reader_options options = more == NULL ? (struct errata_reader_options){0} : *more;
    struct errata_reader *reader;
    options.allocator = &allocator;
    options.keep_going = true;
    must(errata_reader_new(&reader, &options, &error));
    return reader;
}

static void read_source(struct errata_reader *reader, const struct bytes *source, size_t number) {
    char name[32];
    snprintf(name, sizeof name, "source-%zu.ndjson", number);
    const struct errata_origin origin = {
        .name = text_of(name),
        .kind = (enum errata_source_kind)(number % 3),
        .collection = text_of(number % 4 == 0 ? "origin" : NULL),
        .scope = text_of(number % 5 == 0 ? "--status FAILED" : NULL),
    };
    must(errata_reader_begin(reader, &origin, &error));
    must(errata_reader_feed(reader, source->data, source->length, &error));
    must(errata_reader_end(reader, &error));
}

/* number: of the shard. */
static void read_shard(struct errata_reader *reader, const struct shard *shard, size_t number) {
    for (size_t i = 0; i < shard->n_sources; i++) {
        read_source(reader, &shard->sources[i], number * 3 + i);
    }
}

static struct errata_index *finish(struct errata_reader *reader) {
    struct errata_index *index;
    must(errata_reader_finish(&index, reader, &error));
    errata_reader_free(reader);
    return index;
}

static struct bytes written(const struct errata_index *index) {
    struct bytes bytes = {0};
    must(errata_index_write(index, bytes_write, &bytes, &error));
    return bytes;
}

static struct errata_index *joined(const struct errata_index *const *parts, size_t n) {
    const struct errata_reader_options options = {.allocator = &allocator};
    struct errata_index *index;
    must(errata_index_join(&index, parts, n, &options, &error));
    return index;
}

static void expect_same(const struct errata_index *index, const struct errata_index *other) {
    struct bytes one = written(index);
    struct bytes two = written(other);
    cr_assert(bytes_same(&one, &two));
    bytes_free(&one);
    bytes_free(&two);
}

/* The index as it comes out of a file. */
static struct errata_index *reopened(struct errata_index *index, bool no_verify) {
    const struct errata_open_options options = {.allocator = &allocator, .no_verify = no_verify};
    struct errata_index *opened;
    must(errata_index_save(index, saved, &error));
    errata_index_free(index);
    must(errata_index_open(&opened, saved, &options, &error));
    return opened;
}

/* Joins neighbours, some at a time, until one is left. */
static struct errata_index *join_tree(struct errata_index **parts, size_t n, uint64_t *seed) {
    while (n > 1) {
        size_t count = 2 + draw(seed, 4);
        count = count < n ? count : n;
        size_t at = draw(seed, (uint32_t)(n - count + 1));
        struct errata_index *whole =
            joined((const struct errata_index *const *)(parts + at), count);
        for (size_t i = 0; i < count; i++) {
            errata_index_free(parts[at + i]);
        }
        /* Not often: the disk is waited for. */
        uint32_t kind = draw(seed, 10);
        parts[at] = kind < 2 ? reopened(whole, kind == 1) : whole;
        memmove(parts + at + 1, parts + at + count, (n - at - count) * sizeof *parts);
        n -= count - 1;
    }
    return parts[0];
}

#define MOST_SHARDS 100

static void compare(uint64_t seed, size_t n, uint32_t most_documents, uint32_t most_issues,
                    const struct errata_reader_options *options) {
    static struct shard shards[MOST_SHARDS];
    struct errata_index *parts[MOST_SHARDS];
    struct errata_reader *reader = make(options);
    for (size_t i = 0; i < n; i++) {
        struct errata_reader *own = make(options);
        draw_shard(&shards[i], &seed, most_documents, most_issues);
        read_shard(own, &shards[i], i);
        read_shard(reader, &shards[i], i);
        parts[i] = finish(own);
        if (draw(&seed, 10) == 0) {
            parts[i] = reopened(parts[i], draw(&seed, 2) == 0);
        }
        free_shard(&shards[i]);
    }
    struct errata_index *whole = finish(reader);
    struct errata_index *tree = join_tree(parts, n, &seed);
    expect_same(whole, tree);
    errata_index_free(tree);
    errata_index_free(whole);
}

Test(join, any_tree) {
    for (uint64_t seed = 1; seed <= 20; seed++) {
        compare(seed, MOST_SHARDS, 8, 5, NULL);
    }
}

/* Many rows: several segments of each column, and of the stream of positions. */
Test(join, large_shards) {
    for (uint64_t seed = 100; seed < 103; seed++) {
        compare(seed, 5, 1500, 12, NULL);
    }
}

Test(join, with_options) {
    const struct errata_reader_options strict = {.strict = true};
    const struct errata_reader_options digit_names = {.digit_names = true};
    for (uint64_t seed = 200; seed < 205; seed++) {
        compare(seed, 20, 8, 5, &strict);
        compare(seed, 20, 8, 5, &digit_names);
    }
}

/* Every kind of input that there is a case for. */
Test(join, cases) {
    DIR *folder = opendir(ERRATA_SOURCE_ROOT "/tests/cases");
    struct errata_index *parts[400];
    struct errata_reader *reader = make(NULL);
    size_t n = 0;
    uint64_t seed = 300;
    cr_assert_neq(folder, NULL);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[512];
        if (strstr(entry->d_name, "json") == NULL) {
            continue;
        }
        struct errata_reader *own = make(NULL);
        snprintf(path, sizeof path, ERRATA_SOURCE_ROOT "/tests/cases/%s", entry->d_name);
        struct bytes source = bytes_of_file(path);
        read_source(own, &source, n);
        read_source(reader, &source, n);
        bytes_free(&source);
        cr_assert_lt(n, 400);
        parts[n++] = finish(own);
    }
    closedir(folder);
    cr_assert_gt(n, 100);
    struct errata_index *whole = finish(reader);
    struct errata_index *tree = join_tree(parts, n, &seed);
    expect_same(whole, tree);
    errata_index_free(tree);
    errata_index_free(whole);
}

/* A reader takes files and indexes in turn. */
Test(join, reading_goes_on) {
    for (uint64_t seed = 400; seed < 410; seed++) {
        struct errata_reader *mixed = make(NULL);
        struct errata_reader *all = make(NULL);
        uint64_t drawn = seed;
        for (size_t i = 0; i < 60; i++) {
            struct shard shard = {0};
            draw_shard(&shard, &drawn, 8, 5);
            read_shard(all, &shard, i);
            if (draw(&drawn, 2) == 0) {
                read_shard(mixed, &shard, i);
            } else {
                struct errata_reader *own = make(NULL);
                read_shard(own, &shard, i);
                struct errata_index *part = finish(own);
                must(errata_reader_join(mixed, part, &error));
                errata_index_free(part);
            }
            free_shard(&shard);
        }
        struct errata_index *one = finish(mixed);
        struct errata_index *other = finish(all);
        expect_same(one, other);
        errata_index_free(one);
        errata_index_free(other);
    }
}

/* Issues with 0 to 2 positions, one rule error for every three, some without. */
static struct bytes text_of_issues(unsigned issues) {
    struct bytes text = {0};
    bytes_add_text(&text, "{\"status\":\"FAILED\",\"errors\":[{\"errors\":[],\"key\":\"E\"}");
    for (unsigned i = 0; i < issues; i++) {
        static const char *const paths[] = {"\"a\"", "\"b\",300", "7,\"c\",100000"};
        bytes_print(&text, "%s{\"path\":[%s]}", i % 3 == 0 ? ",{\"errors\":[" : ",", paths[i % 3]);
        bytes_add_text(&text, i % 3 == 2 || i + 1 == issues
                                  ? "],\"key\":\"K\"},{\"errors\":[],\"key\":\"E\"}"
                                  : "");
    }
    bytes_add_text(&text, "]}\n");
    return text;
}

/* The blocks of 64 issues begin elsewhere in the whole than in the part. */
Test(join, blocks) {
    static const unsigned counts[] = {0, 1, 2, 62, 63, 64, 65, 127, 128, 129, 200};
    const size_t n = sizeof counts / sizeof counts[0];
    for (size_t i = 0; i < n * n; i++) {
        struct errata_index *parts[2];
        struct errata_reader *reader = make(NULL);
        for (size_t j = 0; j < 2; j++) {
            struct bytes text = text_of_issues(counts[j == 0 ? i / n : i % n]);
            struct errata_reader *own = make(NULL);
            read_source(own, &text, j);
            read_source(reader, &text, j);
            parts[j] = finish(own);
            bytes_free(&text);
        }
        struct errata_index *whole = finish(reader);
        struct errata_index *both = joined((const struct errata_index *const *)parts, 2);
        expect_same(whole, both);
        errata_index_free(whole);
        errata_index_free(both);
        errata_index_free(parts[0]);
        errata_index_free(parts[1]);
    }
}

static struct errata_index *index_of(const char *text,
                                     const struct errata_reader_options *options) {
    struct errata_reader *reader = make(options);
    struct bytes bytes = {0};
    bytes_add_text(&bytes, text);
    read_source(reader, &bytes, 1);
    bytes_free(&bytes);
    return finish(reader);
}

#define RECORD(id, issues)                                                                         \
    "{\"record_id\":\"" id "\",\"errors\":[{\"errors\":[" issues "],\"key\":\"K\"}],"              \
    "\"status\":\"FAILED\"}\n"

Test(join, nothing) {
    struct errata_reader *reader = make(NULL);
    struct errata_index *none = joined(NULL, 0);
    struct errata_index *empty = finish(reader);
    struct errata_index *some = index_of(RECORD("r", "{\"path\":[1]}"), NULL);
    const struct errata_index *parts[] = {empty, some, empty};
    struct errata_index *same = joined(parts, 3);
    expect_same(none, empty);
    expect_same(same, some);
    errata_index_free(none);
    errata_index_free(empty);
    errata_index_free(some);
    errata_index_free(same);
}

/* Records with ids are found again, those without are each their own; a deviation's first document is the first. */
Test(join, what_comes_again) {
    struct errata_index *part = index_of(RECORD("r", "{\"code\":\"c\",\"path\":[1]}")
                                             RECORD("s", "") "{\"status\":\"NEW\"}\nno\n",
                                         NULL);
    const struct errata_index *parts[] = {part, part};
    struct errata_index *twice = joined(parts, 2);
    struct errata_counts counts;
    struct errata_deviation deviation;
    errata_index_counts(twice, &counts);
    cr_assert_eq(counts.documents, 6);
    cr_assert_eq(counts.records, 4);
    cr_assert_eq(counts.sources, 2);
    cr_assert_eq(counts.rejects, 2);
    cr_assert_eq(counts.issues, 2);
    cr_assert_eq(counts.shapes, 1);
    errata_index_deviation(twice, ERRATA_DEVIATION_UNKNOWN_STATUS, &deviation);
    cr_assert_eq(deviation.count, 2);
    cr_assert_eq(deviation.first_document, 2);
    errata_index_free(twice);
    struct errata_index *before = index_of(RECORD("r", ""), NULL);
    parts[0] = before;
    twice = joined(parts, 2);
    errata_index_deviation(twice, ERRATA_DEVIATION_UNKNOWN_STATUS, &deviation);
    cr_assert_eq(deviation.count, 1);
    cr_assert_eq(deviation.first_document, 3);
    errata_index_free(twice);
    errata_index_free(before);
    errata_index_free(part);
}

/* The result lives on its own. */
Test(join, parts_may_go) {
    struct errata_index *part = reopened(index_of(RECORD("r", "{\"code\":\"c\"}"), NULL), true);
    struct errata_index *whole = joined((const struct errata_index *[]){part}, 1);
    errata_index_free(part);
    struct errata_issue issue;
    cr_assert(errata_index_issue(whole, 0, &issue));
    cr_assert_str_eq(issue.code.data, "c");
    errata_index_free(whole);
}

Test(join, stats) {
    struct errata_index *part = index_of(RECORD("r", "{},{}") "no\n" RECORD("s", ""), NULL);
    struct errata_reader *reader = make(NULL);
    struct errata_reader_stats stats;
    must(errata_reader_join(reader, part, &error));
    must(errata_reader_join(reader, part, &error));
    errata_reader_stats(reader, &stats);
    cr_assert_eq(stats.documents, 4);
    cr_assert_eq(stats.issues, 4);
    cr_assert_eq(stats.rejects, 2);
    cr_assert_eq(stats.bytes, 0);
    errata_reader_free(reader);
    errata_index_free(part);
}

/* Refuses to join part; goes on with another, and is as if nothing had happened. */
static void refuse(const struct errata_reader_options *options, const struct errata_index *part,
                   enum errata_status status, const char *message) {
    struct bytes source = text_of_issues(70);
    struct errata_reader *tried = make(options);
    struct errata_reader *spared = make(options);
    read_source(tried, &source, 0);
    read_source(spared, &source, 0);
    cr_assert_eq(errata_reader_join(tried, part, &error), status, "%s", error.message);
    cr_assert_eq(error.status, status);
    cr_assert_str_eq(error.message, message);
    cr_assert_eq(errata_reader_join(tried, part, NULL), status);
    read_source(tried, &source, 1);
    read_source(spared, &source, 1);
    struct errata_index *one = finish(tried);
    struct errata_index *other = finish(spared);
    expect_same(one, other);
    errata_index_free(one);
    errata_index_free(other);
    bytes_free(&source);
}

#define WITH                                                                                       \
    "this index was read with digit names (digit strings in a path are names then), what it is "   \
    "to be joined with without: read one of them again, both with or both without"
#define WITHOUT                                                                                    \
    "this index was read without digit names (digit strings in a path are names then), what it "   \
    "is to be joined with with: read one of them again, both with or both without"

Test(join, digit_names_differ) {
    const struct errata_reader_options digit_names = {.digit_names = true};
    struct errata_index *with = index_of(RECORD("r", "{\"path\":[\"1\"]}"), &digit_names);
    struct errata_index *without = index_of(RECORD("r", "{\"path\":[\"1\"]}"), NULL);
    const struct errata_index *parts[] = {with, without};
    struct errata_index *whole;
    refuse(NULL, with, ERRATA_MISMATCH, WITH);
    refuse(&digit_names, without, ERRATA_MISMATCH, WITHOUT);
    cr_assert_eq(errata_index_join(&whole, parts, 2, NULL, &error), ERRATA_MISMATCH);
    cr_assert_eq(whole, NULL);
    cr_assert_str_eq(error.source, "");
    without = reopened(without, false);
    parts[1] = without;
    cr_assert_eq(errata_index_join(&whole, parts, 2, NULL, &error), ERRATA_MISMATCH);
    cr_assert_str_eq(error.source, saved);
    /* What the options say does not count. */
    must(errata_index_join(&whole, parts, 1, NULL, &error));
    cr_assert(errata_index_digit_names(whole));
    errata_index_free(whole);
    errata_index_free(with);
    errata_index_free(without);
}

Test(join, out_of_place) {
    struct errata_index *part = index_of(RECORD("r", ""), NULL);
    struct errata_reader *reader = make(NULL);
    struct errata_index *index;
    must(errata_reader_begin(reader, NULL, &error));
    cr_assert_eq(errata_reader_join(reader, part, &error), ERRATA_MISUSE);
    must(errata_reader_end(reader, &error));
    must(errata_reader_join(reader, part, &error));
    must(errata_reader_finish(&index, reader, &error));
    cr_assert_eq(errata_reader_join(reader, part, &error), ERRATA_MISUSE);
    errata_reader_free(reader);
    errata_index_free(index);
    errata_index_free(part);
}

Test(join, limit_of_issues) {
    struct bytes text = text_of_issues(100);
    struct errata_index *part = index_of(text.data, NULL);
    refuse(&(struct errata_reader_options){.limits.issues = 169}, part, ERRATA_LIMIT_ISSUES,
           "too many issues");
    struct errata_reader *reader = make(&(struct errata_reader_options){.limits.issues = 200});
    must(errata_reader_join(reader, part, &error));
    must(errata_reader_join(reader, part, &error));
    cr_assert_eq(errata_reader_join(reader, part, &error), ERRATA_LIMIT_ISSUES);
    errata_reader_free(reader);
    errata_index_free(part);
    bytes_free(&text);
}

Test(join, limit_of_memory) {
    struct bytes text = {0};
    for (unsigned i = 0; i < 20000; i++) {
        bytes_print(&text, "{\"record_id\":\"%u\",\"status\":\"FAILED\"}\n", i);
    }
    struct errata_index *part = index_of(text.data, NULL);
    refuse(&(struct errata_reader_options){.limits.memory = 1500000}, part, ERRATA_LIMIT_MEMORY,
           "the index would need more memory than the limit allows");
    errata_index_free(part);
    bytes_free(&text);
}

/* A full table, as far as its number of rows tells. */
Test(join, limit_of_ids) {
    struct errata_index *part = index_of("no\n", NULL);
    struct errata_index *full;
    const uint64_t rows = ERRATA_NONE - 1;
    must(errata__index_new(&full, &allocator, 0, UINT32_MAX - 1, false));
    full->rows[ERRATA__REJECTS] = rows;
    cr_assert_eq(errata__index_join(full, part, &error), ERRATA_LIMIT_IDS);
    cr_assert_eq(full->rows[ERRATA__REJECTS], rows);
    cr_assert_eq(full->rows[ERRATA__SOURCES], 0);
    cr_assert_eq(full->rows[ERRATA__STRINGS], 0);
    errata_index_free(full);
    errata_index_free(part);
}

/* Whichever allocation fails, all is as before, and trying again works. */
Test(join, without_memory) {
    uint64_t seed = 500;
    for (int round = 0; round < 3; round++) {
        struct errata_index *parts[2];
        for (size_t i = 0; i < 2; i++) {
            struct shard shard = {.n_sources = 1};
            struct errata_reader *reader = make(NULL);
            for (unsigned documents = i == 0 ? 5 : 1000; documents > 0; documents--) {
                drawn_document(&shard.sources[0], &seed, 5);
            }
            read_shard(reader, &shard, i);
            parts[i] = finish(reader);
            free_shard(&shard);
        }
        struct errata_index *whole = joined((const struct errata_index *const *)parts, 2);
        struct errata_reader *tried = make(NULL);
        must(errata_reader_join(tried, parts[0], &error));
        enum errata_status status = ERRATA_NO_MEMORY;
        int refused = -1;
        for (long n = 1; status == ERRATA_NO_MEMORY; n++, refused++) {
            heap.fail_at = heap.asked + n;
            status = errata_reader_join(tried, parts[1], &error);
            heap.fail_at = 0;
        }
        must(status);
        /* More than for the maps of ids. */
        cr_assert_gt(refused, 7);
        struct errata_index *index = finish(tried);
        expect_same(index, whole);
        errata_index_free(index);
        errata_index_free(whole);
        errata_index_free(parts[0]);
        errata_index_free(parts[1]);
    }
}

/* What joining needs for itself is given back. */
Test(join, memory_is_that_of_the_result) {
    struct bytes text = {0};
    bytes_add_text(&text, "{\"record_id\":\"r\",\"errors\":[{\"errors\":[{\"path\":[1");
    for (unsigned i = 0; i < 3000; i++) {
        bytes_print(&text, ",\"name%u\"", i);
    }
    bytes_add_text(&text, "]}],\"key\":\"K\"}],\"status\":\"FAILED\"}");
    struct errata_index *part = index_of(text.data, NULL);
    struct errata_reader *reader = make(NULL);
    struct errata_reader_stats stats;
    must(errata_reader_join(reader, part, &error));
    errata_reader_stats(reader, &stats);
    uint64_t once = stats.memory;
    for (int i = 0; i < 1000; i++) {
        must(errata_reader_join(reader, part, &error));
    }
    errata_reader_stats(reader, &stats);
    /* The first segments of all columns had room for a thousand rows. */
    cr_assert_leq(stats.memory, once);
    errata_reader_free(reader);
    errata_index_free(part);
    bytes_free(&text);
}

/* A file that was not verified. */
Test(join, damaged) {
    struct bytes text = text_of_issues(70);
    struct errata_index *part = index_of(text.data, NULL);
    struct bytes bytes = written(part);
    struct errata_index *opened;
    char *aligned = aligned_alloc(8, (bytes.length + 7) / 8 * 8);
    uint64_t offset;
    memcpy(aligned, bytes.data, bytes.length);
    memcpy(&offset, aligned + 56 + 40 * ERRATA__ISSUE_SHAPE + 16, sizeof offset);
    memset(aligned + offset + 2 * 66, 0x7F, 2);
    must(errata_index_open_memory(
        &opened, aligned, bytes.length,
        &(struct errata_open_options){.allocator = &allocator, .no_verify = true}, &error));
    struct errata_reader *reader = make(NULL);
    cr_assert_eq(errata_reader_join(reader, opened, &error), ERRATA_DAMAGED);
    cr_assert_neq(strstr(error.message, "issues.shape"), NULL, "%s", error.message);
    must(errata_reader_join(reader, part, &error));
    struct errata_index *index = finish(reader);
    expect_same(index, part);
    errata_index_free(index);
    errata_index_free(opened);
    errata_index_free(part);
    free(aligned);
    bytes_free(&bytes);
    bytes_free(&text);
}
