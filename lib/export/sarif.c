/*
 * Groups as SARIF 2.1.0, for GitHub's code scanning and other readers: a rule for each key, a result for each group. What
 * GitHub does not take is left out, the smallest groups first, and said.
 */
#include <errata/export.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <errata/store.h>
#include <errata/version.h>

#include "core/fail.h"
#include "export/place.h"
#include "export/sarif-parts.h"

/* GitHub's limits: of results (as many rules as results would do, too), and of bytes by gzip, of which the rules leave half
   to the results, and these some to what comes behind them. */
#define MOST_RESULTS 25000
#define MOST_COMPRESSED 10000000
#define ROOM_FOR_RESULTS (MOST_COMPRESSED / 2)
#define ROOM_BEHIND 4096

struct writing {
    struct errata__sink sink;
    const struct errata_groups *groups;
    const struct errata_index *index;
    const struct errata_grouping *by;
    const struct errata_allocator *allocator;
    /* Which field is the key. */
    size_t key;
    /* Numbers of groups, most issues first, as many as there may be results. */
    uint64_t *order;
    uint64_t count;
    /* Of each of them the number of its rule; and for each rule one of them. */
    uint32_t *rules;
    uint32_t *examples;
    uint32_t n_rules;
    /* The piece that is being put together, and what it is made of. */
    struct errata__sink piece;
    struct errata__buffer bytes;
    struct errata__sarif_text text;
    struct errata__buffer path;
    struct errata__sarif_size *size;
};

static struct errata_group group_at(const struct writing *writing, uint64_t number) {
    struct errata_group group = {0};

    errata_groups_at(writing->groups, number, &group);
    return group;
}

/* Most issues first; else as they were. */
static int compare_sizes(const void *left, const void *right, void *ctx) {
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    uint64_t issues[] = {group_at(ctx, a).issues, group_at(ctx, b).issues};

    return issues[0] != issues[1] ? (issues[0] < issues[1]) - (issues[0] > issues[1])
                                  : (a > b) - (a < b);
}

static struct errata_text key_of(const struct writing *writing, uint32_t place) {
    return group_at(writing, writing->order[place]).values[writing->key];
}

/* By key, absent first; those of one key by their places. */
static int compare_keys(const void *left, const void *right, void *ctx) {
    uint32_t places[] = {*(const uint32_t *)left, *(const uint32_t *)right};
    int order = errata__text_compare(key_of(ctx, places[0]), key_of(ctx, places[1]));

    return order != 0 ? order : (places[0] > places[1]) - (places[0] < places[1]);
}

static enum errata_status choose_groups(struct writing *writing) {
    uint64_t count = errata_groups_count(writing->groups);
    size_t size;

    if (__builtin_mul_overflow(count + 1, sizeof *writing->order, &size)) {
        return ERRATA_NO_MEMORY;
    }
    writing->order = writing->allocator->alloc(writing->allocator->ctx, size);
    if (!writing->order) {
        return ERRATA_NO_MEMORY;
    }
    for (uint64_t i = 0; i < count; i++) {
        writing->order[i] = i;
    }
    qsort_r(writing->order, count, sizeof *writing->order, compare_sizes, writing);
    writing->count = count < MOST_RESULTS ? count : MOST_RESULTS;
    return ERRATA_OK;
}

static enum errata_status make_room_for_rules(struct writing *writing) {
    const size_t size = MOST_RESULTS * sizeof(uint32_t);

    writing->rules = writing->allocator->alloc(writing->allocator->ctx, size);
    writing->examples = writing->allocator->alloc(writing->allocator->ctx, size);
    return writing->rules && writing->examples ? ERRATA_OK : ERRATA_NO_MEMORY;
}

/* Rules are in the order of their keys. */
static void number_rules(struct writing *writing) {
    uint32_t count = (uint32_t)writing->count;

    writing->n_rules = 0;
    for (uint32_t i = 0; i < count; i++) {
        writing->examples[i] = i;
    }
    qsort_r(writing->examples, count, sizeof *writing->examples, compare_keys, writing);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = writing->examples[i];

        /* Of each key the first stays, and they move together. */
        if (i == 0 || errata__text_compare(key_of(writing, writing->examples[writing->n_rules - 1]),
                                           key_of(writing, place)) != 0) {
            writing->examples[writing->n_rules++] = place;
        }
        writing->rules[place] = writing->n_rules - 1;
    }
}

static enum errata_status collect(void *ctx, const void *bytes, size_t length) {
    return errata__buffer_append(ctx, bytes, length);
}

static void begin_piece(struct writing *writing) {
    writing->bytes.length = 0;
    errata__sink_open(&writing->piece, writing->allocator, collect, &writing->bytes);
}

/* Does what was put together fit, with so many bytes to come behind it? */
static bool end_piece(struct writing *writing, uint64_t behind) {
    errata__sink_fail(&writing->sink, errata__sink_close(&writing->piece, NULL));
    return errata__sarif_size_add(writing->size, writing->bytes.data, writing->bytes.length,
                                  MOST_COMPRESSED - behind) &&
           writing->sink.status == ERRATA_OK;
}

static void write_piece(struct writing *writing) {
    errata__sink_bytes(&writing->sink, writing->bytes.data, writing->bytes.length);
}

static void make_head(struct writing *writing) {
    begin_piece(writing);
    errata__sink_words(&writing->piece,
                       "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
                       "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"errata\","
                       "\"version\":\"");
    errata__sink_words(&writing->piece, errata_version());
    errata__sink_words(&writing->piece, "\",\"rules\":[");
    for (uint32_t i = 0; i < writing->n_rules; i++) {
        struct errata_group group = group_at(writing, writing->order[writing->examples[i]]);
        struct errata_whole_issue first = {0};

        errata_index_whole_issue(writing->index, group.first, &first);
        errata__sink_bytes(&writing->piece, ",", i > 0);
        errata__sarif_rule(&writing->piece, &writing->text, first.rule_error.key,
                           first.rule_error.message);
    }
    errata__sink_words(&writing->piece, "]}},\"results\":[");
}

/* Returns how many results were written. */
static uint64_t write_results(struct writing *writing) {
    uint64_t i = 0;

    for (; i < writing->count && writing->sink.status == ERRATA_OK; i++) {
        struct errata_group group = group_at(writing, writing->order[i]);
        struct errata_whole_issue first = {0};
        struct errata_text path = {NULL, 0};

        begin_piece(writing);
        errata_index_whole_issue(writing->index, group.first, &first);
        errata__sink_fail(&writing->piece,
                          errata__place_path(&path, writing->index, group.first, &writing->path));
        errata__sink_bytes(&writing->piece, ",\n", i > 0 ? 2 : 0);
        errata__sarif_result(&writing->piece, &writing->text, writing->by, &group, &first, path,
                             writing->rules[i]);
        if (!end_piece(writing, ROOM_BEHIND)) {
            break;
        }
        write_piece(writing);
    }
    return i;
}

/* More than the longest. */
#define NOTE_SIZE 800

__attribute__((format(printf, 4, 5))) static void note(struct writing *writing, bool *first,
                                                       const char *level, const char *format, ...) {
    char text[NOTE_SIZE];
    va_list values;

    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    errata__sink_words(&writing->sink, *first ? ",\"toolExecutionNotifications\":[" : ",");
    errata__sink_words(&writing->sink, "{\"level\":\"");
    errata__sink_words(&writing->sink, level);
    errata__sink_words(&writing->sink, "\",\"message\":{\"text\":");
    errata__sink_quote(&writing->sink, errata__words(text));
    errata__sink_words(&writing->sink, "}}");
    *first = false;
}

/* What was not read, what was left out, and what GitHub will not show, is said where readers of the file look. By SARIF the
   level of what makes results incomplete is `error`, though the tool ran well. */
static void write_notes(struct writing *writing, uint64_t results, uint64_t total) {
    const struct errata__reading read = errata__place_reading(writing->index);
    char words[ERRATA__UNREAD_SIZE];
    bool first = true;

    if (errata__unread_documents(words, &read, 1)) {
        note(writing, &first, "warning", "%s.", words);
    }
    if (errata__unread_rejects(words, &read, 1)) {
        note(writing, &first, "error", "%s.", words);
    }
    if (results < total) {
        note(writing, &first, "warning", "%llu of %llu groups are left out: %s.",
             (unsigned long long)(total - results), (unsigned long long)total,
             results < errata_groups_count(writing->groups)
                 ? "GitHub takes 25000 results and 10 MB of gzip, so the smallest are missing"
                 : "a limit or an offset was asked for");
    }
    if (results > ERRATA_SARIF_SHOWN) {
        note(writing, &first, "note", "Of these %llu results GitHub shows %d of its own choice.",
             (unsigned long long)results, ERRATA_SARIF_SHOWN);
    }
    errata__sink_words(&writing->sink, first ? "" : "]");
}

static void write_end(struct writing *writing, uint64_t results) {
    uint64_t total = errata_groups_total(writing->groups);
    char text[300];

    errata__sink_words(&writing->sink, "],\"invocations\":[{\"executionSuccessful\":true");
    write_notes(writing, results, total);
    snprintf(text, sizeof text,
             "}],\"properties\":{\"groups\":%llu,\"groups_left_out\":%llu,\"issues\":%llu,"
             "\"records\":%llu}}]}\n",
             (unsigned long long)total, (unsigned long long)(total - results),
             (unsigned long long)errata_groups_issues(writing->groups),
             (unsigned long long)errata_groups_records(writing->groups));
    errata__sink_words(&writing->sink, text);
}

/* Do the rules of the first groups, so many, leave room for results? Then they are the piece. */
static bool fits(struct writing *writing, uint64_t count) {
    writing->count = count;
    errata__sarif_size_free(writing->size);
    errata__sink_fail(&writing->sink, errata__sarif_size_new(&writing->size, writing->allocator));
    if (writing->sink.status) {
        return false;
    }
    number_rules(writing);
    make_head(writing);
    return end_piece(writing, ROOM_FOR_RESULTS);
}

/* Rules come before results, so how many groups there are rules for is found first, to one in 64. */
static void write_rules(struct writing *writing) {
    uint64_t least = 0;
    uint64_t most = writing->count;

    if (!fits(writing, most)) {
        while (most - least > 1 + least / 64 && writing->sink.status == ERRATA_OK) {
            uint64_t middle = least + (most - least) / 2;

            if (fits(writing, middle)) {
                least = middle;
            } else {
                most = middle;
            }
        }
        (void)fits(writing, least);
    }
    write_piece(writing);
}

static enum errata_status prepare(struct writing *writing, struct errata_error *error) {
    /* The accessors have no words for damage. */
    enum errata_status status = errata_index_check(writing->index, error);

    if (status) {
        return status;
    }
    while (writing->key < writing->by->n_fields &&
           writing->by->fields[writing->key] != ERRATA_FIELD_KEY) {
        writing->key++;
    }
    if (writing->key == writing->by->n_fields) {
        return errata__fail(error, ERRATA_MISUSE,
                            "SARIF has rules, so groups must be by key, and maybe other fields");
    }
    status = choose_groups(writing);
    if (status == ERRATA_OK) {
        status = make_room_for_rules(writing);
    }
    return status ? errata__fail_plain(error, status) : ERRATA_OK;
}

enum errata_status errata_export_sarif(const struct errata_groups *groups,
                                       const struct errata_index *index, uint64_t *results,
                                       errata_write_function *write, void *ctx,
                                       struct errata_error *error) {
    const struct errata_allocator *allocator = errata_index_allocator(index);
    struct writing writing = {.groups = groups,
                              .index = index,
                              .by = errata_groups_grouping(groups),
                              .allocator = allocator};
    enum errata_status status = prepare(&writing, error);
    uint64_t count = 0;

    if (status == ERRATA_OK) {
        errata__buffer_init(&writing.bytes, allocator, SIZE_MAX);
        errata__buffer_init(&writing.text.buffer, allocator, SIZE_MAX);
        errata__buffer_init(&writing.text.name, allocator, SIZE_MAX);
        errata__buffer_init(&writing.path, allocator, SIZE_MAX);
        errata__sink_open(&writing.sink, allocator, write, ctx);
        write_rules(&writing);
        count = write_results(&writing);
        write_end(&writing, count);
        errata__buffer_free(&writing.bytes);
        errata__buffer_free(&writing.text.buffer);
        errata__buffer_free(&writing.text.name);
        errata__buffer_free(&writing.path);
        status = errata__sink_close(&writing.sink, error);
    }
    if (results) {
        *results = count;
    }
    errata__sarif_size_free(writing.size);
    allocator->free(allocator->ctx, writing.order);
    allocator->free(allocator->ctx, writing.rules);
    allocator->free(allocator->ctx, writing.examples);
    return status;
}
