/*
 * The reader: sources in, an index out. Keeps what callers may not do apart from what the input does wrong, and
 * stays failed once it has failed.
 */
#include <errata/reader.h>

#include <string.h>

#include "core/fail.h"
#include "index/join.h"
#include "read/frame.h"
#include "read/reader.h"

#define DEFAULT_DEPTH 256U
#define DEFAULT_TOKEN ((uint64_t)8 << 20)
#define LARGEST_TOKEN ((uint64_t)1 << 30)
#define DEFAULT_DOCUMENT ((uint64_t)4 << 30)
#define LARGEST_DEPTH 100000U
/* Long enough that cutting and joining are no cost, short enough for the threads to end together. */
#define DEFAULT_STRETCH ((size_t)1 << 20)

const struct errata_allocator *errata__reader_allocator(const struct errata_reader *reader) {
    return &reader->allocator;
}

struct errata__lane *errata__reader_lane(struct errata_reader *reader) {
    return &reader->frame.lane;
}

void errata__reader_tell_bytes(struct errata_reader *reader, uint64_t read) {
    if (reader->options.on_bytes != NULL && read > reader->bytes_told) {
        reader->options.on_bytes(reader->options.ctx, read - reader->bytes_told);
    }
    reader->bytes_told = read;
}

static void set_limits(struct errata_limits *limits) {
    limits->depth = limits->depth == 0 ? DEFAULT_DEPTH : limits->depth;
    limits->issues = limits->issues == 0 ? ERRATA_NONE - 1 : limits->issues;
    limits->token = limits->token == 0 ? DEFAULT_TOKEN : limits->token;
    limits->document = limits->document == 0 ? DEFAULT_DOCUMENT : limits->document;
}

enum errata_status errata_reader_new(struct errata_reader **out,
                                     const struct errata_reader_options *options,
                                     struct errata_error *error) {
    static const struct errata_reader_options defaults = {0};
    *out = NULL;
    options = options == NULL ? &defaults : options;
    if (options->limits.token > LARGEST_TOKEN || options->limits.depth > LARGEST_DEPTH ||
        options->limits.issues > ERRATA_NONE - 1) {
        return errata__fail(error, ERRATA_MISUSE,
                            "a limit is over its maximum: tokens 1 GiB, depth %u, issues 2^32-2",
                            LARGEST_DEPTH);
    }
    if (options->threads > ERRATA_MOST_THREADS) {
        return errata__fail(error, ERRATA_MISUSE, "more than %u threads", ERRATA_MOST_THREADS);
    }
    struct errata_allocator allocator = errata__allocator_or_default(options->allocator);
    struct errata_reader *reader = allocator.alloc(allocator.ctx, sizeof *reader);
    if (reader == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(reader, 0, sizeof *reader);
    reader->allocator = allocator;
    reader->options = *options;
    reader->limits = options->limits;
    set_limits(&reader->limits);
    reader->stretch = DEFAULT_STRETCH;
    enum errata_status status =
        errata__index_new(&reader->index, &reader->allocator, reader->limits.memory,
                          reader->limits.issues, options->digit_names);
    if (status == ERRATA_OK) {
        errata__ingest_init(&reader->ingest, reader->index, &reader->allocator,
                            reader->limits.token, options->strict);
        status = errata__frame_init(&reader->frame, &reader->options, &reader->limits,
                                    &reader->allocator, reader->index, &reader->ingest);
    }
    if (status != ERRATA_OK) {
        errata_reader_free(reader);
        return errata__fail_plain(error, status);
    }
    *out = reader;
    return ERRATA_OK;
}

void errata_reader_free(struct errata_reader *reader) {
    if (reader != NULL) {
        struct errata_allocator allocator = reader->allocator;
        errata__frame_free(&reader->frame);
        errata__ingest_free(&reader->ingest);
        errata_index_free(reader->index);
        allocator.free(allocator.ctx, reader);
    }
}

/* Remembers a failure, whose details are in frame.error, and passes them on. */
static enum errata_status fail(struct errata_reader *reader, enum errata_status status,
                               struct errata_error *error) {
    reader->failed = status;
    if (error != NULL) {
        *error = reader->frame.error;
    }
    return status;
}

/* May a call that needs an open source (or, for begin, none) go on? */
static enum errata_status check(struct errata_reader *reader, bool wants_open,
                                struct errata_error *error) {
    if (reader->index == NULL) {
        return errata__fail(error, ERRATA_MISUSE, "the index of this reader was handed over");
    }
    if (reader->failed != ERRATA_OK) {
        return fail(reader, reader->failed, error);
    }
    if (reader->source_open != wants_open) {
        return errata__fail(error, ERRATA_MISUSE,
                            wants_open ? "no source is open: call errata_reader_begin() first"
                                       : "a source is open: call errata_reader_end() first");
    }
    return ERRATA_OK;
}

/* An id for a text of the origin; absent stays ERRATA_NONE. */
static enum errata_status intern(struct errata_reader *reader, struct errata_text text,
                                 uint32_t *id) {
    *id = ERRATA_NONE;
    return text.data == NULL
               ? ERRATA_OK
               : errata__string_intern(reader->index, text.data, text.length, id, NULL);
}

static enum errata_status begin_source(struct errata_reader *reader,
                                       const struct errata_origin *origin, uint32_t *source) {
    struct errata__document_names *names = &reader->ingest.origin;
    bool own_app = origin->app.length == 1 && origin->app.data[0] == 'c';
    struct errata_text app = own_app ? (struct errata_text){NULL, 0} : origin->app;
    const struct errata_source row = {.name = origin->name,
                                      .kind = origin->kind,
                                      .strict = reader->options.strict,
                                      .scope = origin->scope};
    enum errata_status status = errata__source_append(reader->index, &row, source);
    if (status == ERRATA_OK) {
        status = intern(reader, app, &names->app);
    }
    if (status == ERRATA_OK) {
        status = intern(reader, origin->collection, &names->collection);
    }
    if (status == ERRATA_OK) {
        status = intern(reader, origin->record, &names->record);
    }
    names->fetched_at = origin->fetched_at;
    return status;
}

enum errata_status errata_reader_begin(struct errata_reader *reader,
                                       const struct errata_origin *origin,
                                       struct errata_error *error) {
    static const struct errata_origin nameless = {0};
    struct errata__mark mark;
    uint32_t source;
    enum errata_status status = check(reader, false, error);
    if (status != ERRATA_OK) {
        return status;
    }
    origin = origin == NULL ? &nameless : origin;
    if ((unsigned)origin->kind > ERRATA_SOURCE_API ||
        (unsigned)origin->framing > ERRATA_FRAMING_STREAM) {
        return errata__fail(error, ERRATA_MISUSE, "the origin's kind or framing is none");
    }
    errata__index_mark(reader->index, &mark);
    status = begin_source(reader, origin, &source);
    if (status != ERRATA_OK) {
        errata__index_rollback(reader->index, &mark);
        errata__fail_plain(&reader->frame.error, status);
        return fail(reader, status, error);
    }
    uint32_t name = errata__u32(reader->index, ERRATA__SOURCE_NAME, source);
    errata__frame_begin(&reader->frame, source, errata__text(reader->index, name), origin->framing);
    reader->source_open = true;
    return ERRATA_OK;
}

enum errata_status errata_reader_feed(struct errata_reader *reader, const void *bytes,
                                      size_t length, struct errata_error *error) {
    enum errata_status status = check(reader, true, error);
    if (status == ERRATA_OK && length > 0) {
        status = errata__frame_feed(&reader->frame, bytes, length);
        reader->bytes += length;
        if (status != ERRATA_OK) {
            return fail(reader, status, error);
        }
    }
    return status;
}

enum errata_status errata_reader_end(struct errata_reader *reader, struct errata_error *error) {
    enum errata_status status = check(reader, true, error);
    if (status == ERRATA_OK) {
        status = errata__frame_end(&reader->frame);
        if (status != ERRATA_OK) {
            fail(reader, status, error);
        }
    }
    reader->source_open = false;
    return status;
}

enum errata_status errata__reader_break(struct errata_reader *reader, enum errata_status cause,
                                        const char *reason, struct errata_error *error) {
    enum errata_status status = check(reader, true, error);
    if (status == ERRATA_OK) {
        status = errata__frame_break(&reader->frame, cause, reason);
        if (status != ERRATA_OK) {
            fail(reader, status, error);
        }
    }
    reader->source_open = false;
    return status;
}

void errata_reader_abandon(struct errata_reader *reader) {
    if (reader->source_open && reader->index != NULL) {
        errata__frame_abandon(&reader->frame);
    }
    reader->source_open = false;
}

enum errata_status errata_reader_reject(struct errata_reader *reader, struct errata_text reason,
                                        struct errata_error *error) {
    const struct errata_reject reject = {.reason = reason, .source = reader->frame.source};
    enum errata_status status = check(reader, true, error);
    if (status != ERRATA_OK) {
        return status;
    }
    if (reader->frame.mode != ERRATA__AT_START && reader->frame.mode != ERRATA__BETWEEN) {
        return errata__fail(error, ERRATA_MISUSE, "a document is open: its end must come first");
    }
    status = errata__reject_append(reader->index, &reject);
    if (status != ERRATA_OK) {
        errata__fail_plain(&reader->frame.error, status);
        return fail(reader, status, error);
    }
    return ERRATA_OK;
}

void errata_reader_settings(const struct errata_reader *reader,
                            struct errata_reader_options *options) {
    *options = reader->options;
    options->limits = reader->limits;
    options->allocator = &reader->allocator;
}

enum errata_status errata_reader_join(struct errata_reader *reader, const struct errata_index *part,
                                      struct errata_error *error) {
    enum errata_status status = check(reader, false, error);
    /* Everything is as before after a failure, so it is none of the reader. */
    return status == ERRATA_OK ? errata__index_join(reader->index, part, error) : status;
}

enum errata_status errata_reader_finish(struct errata_index **out, struct errata_reader *reader,
                                        struct errata_error *error) {
    *out = NULL;
    if (reader->index == NULL) {
        return errata__fail(error, ERRATA_MISUSE,
                            "the index of this reader was handed over before");
    }
    errata_reader_abandon(reader);
    errata__lane_end(&reader->frame.lane);
    errata__index_finish(reader->index);
    *out = reader->index;
    reader->index = NULL;
    return ERRATA_OK;
}

void errata_reader_stats(const struct errata_reader *reader, struct errata_reader_stats *stats) {
    *stats = (struct errata_reader_stats){
        .bytes = reader->bytes,
        .parsed_bytes = reader->parsed_by_others + errata__json_parsed_bytes(reader->frame.json),
        .lines_all_rejected = reader->frame.lines_all_rejected,
        .known_issues = reader->known_to_others + reader->frame.lane.known_issues,
        .document_open = reader->source_open && reader->frame.mode == ERRATA__INSIDE,
    };
    if (reader->index != NULL) {
        stats->documents = reader->index->rows[ERRATA__DOCUMENTS];
        stats->rejects = reader->index->rows[ERRATA__REJECTS];
        stats->issues = reader->frame.document_open ? reader->frame.mark.rows[ERRATA__ISSUES]
                                                    : reader->index->rows[ERRATA__ISSUES];
        stats->memory = errata_index_memory(reader->index);
    }
}
