/*
 * For tests of reading: bytes go through a reader in pieces, in memory that is counted, and all that can be seen of
 * the outcome is kept, so that two runs can be compared.
 */
#ifndef ERRATA_TESTS_READING_H
#define ERRATA_TESTS_READING_H

#include <errata/reader.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/reader.h"

/* Blocks that are out, asked for by any thread. The allocation numbered fail_at (from 1; 0: none) fails, with fail_rest all behind it too. */
struct counted {
    long blocks;
    long calls;
    long fail_at;
    bool fail_rest;
};

static inline bool counted_fails(struct counted *heap) {
    long call = __atomic_add_fetch(&heap->calls, 1, __ATOMIC_RELAXED);
    return heap->fail_at != 0 &&
           (call == heap->fail_at || (heap->fail_rest && call > heap->fail_at));
}

static inline void *counted_alloc(void *ctx, size_t size) {
    struct counted *heap = ctx;
    if (counted_fails(heap)) {
        return NULL;
    }
    __atomic_add_fetch(&heap->blocks, 1, __ATOMIC_RELAXED);
    return malloc(size);
}

static inline void *counted_realloc(void *ctx, void *block, size_t size) {
    struct counted *heap = ctx;
    if (counted_fails(heap)) {
        return NULL;
    }
    __atomic_add_fetch(&heap->blocks, block == NULL, __ATOMIC_RELAXED);
    return realloc(block, size);
}

static inline void counted_free(void *ctx, void *block) {
    struct counted *heap = ctx;
    __atomic_sub_fetch(&heap->blocks, block != NULL, __ATOMIC_RELAXED);
    free(block);
}

static inline struct errata_allocator counted_allocator(struct counted *heap) {
    return (struct errata_allocator){counted_alloc, counted_realloc, counted_free, heap};
}

/* Leaves the function with the status of a call that fails. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        enum errata_status try_status = (call);                                                    \
        if (try_status != ERRATA_OK) {                                                             \
            return try_status;                                                                     \
        }                                                                                          \
    } while (0)

/* Bytes that grow. */
struct bytes {
    char *data;
    size_t length;
    size_t capacity;
};

static inline void bytes_add(struct bytes *bytes, const void *data, size_t length) {
    if (bytes->capacity - bytes->length < length + 1) {
        bytes->capacity = (bytes->capacity + length + 1) * 2;
        bytes->data = realloc(bytes->data, bytes->capacity);
    }
    if (length > 0) {
        memcpy(bytes->data + bytes->length, data, length);
    }
    bytes->length += length;
    bytes->data[bytes->length] = '\0';
}

static inline void __attribute__((format(printf, 2, 3)))
bytes_print(struct bytes *bytes, const char *format, ...) {
    char *text;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length >= 0) {
        bytes_add(bytes, text, (size_t)length);
        free(text);
    }
}

static inline void bytes_add_text(struct bytes *bytes, const char *text) {
    bytes_add(bytes, text, strlen(text));
}

static inline void bytes_free(struct bytes *bytes) {
    free(bytes->data);
    *bytes = (struct bytes){0};
}

static inline bool bytes_same(const struct bytes *a, const struct bytes *b) {
    return a->length == b->length && (a->length == 0 || memcmp(a->data, b->data, a->length) == 0);
}

static inline struct bytes bytes_of_file(const char *path) {
    struct bytes bytes = {0};
    char piece[65536];
    size_t got;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "cannot open %s\n", path);
        exit(2);
    }
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) {
        bytes_add(&bytes, piece, got);
    }
    fclose(file);
    bytes_add(&bytes, "", 0);
    return bytes;
}

static inline enum errata_status bytes_write(void *ctx, const void *data, size_t length) {
    bytes_add(ctx, data, length);
    return ERRATA_OK;
}

/* How to read. Zero what is not set. */
struct how {
    /* The name of the source; NULL: none. */
    const char *name;
    enum errata_framing framing;
    /* Bytes a feed; 0: all at once. */
    size_t chunk;
    /* Not 0: pieces of random length instead, up to 3 * chunk. */
    unsigned seed;
    bool keep_going;
    bool strict;
    bool digit_names;
    /* As so many sources with the same bytes; 0: once. With parts: as so many with one after another of that many equal
       parts of the bytes. */
    unsigned times;
    bool parts;
    /* The lane: as it is, or, for all that is worth it, with a kernel of that name, or closed by the name "off". */
    const char *lane;
    struct errata_limits limits;
    /* See struct counted. */
    long fail_at;
    bool fail_rest;
};

/* What became of it. */
struct outcome {
    enum errata_status status;
    struct errata_error error;
    /* As on_reject was told. */
    struct bytes rejects;
    /* The canonical form. */
    struct bytes written;
    struct errata_index *index;
    struct errata_reader_stats stats;
    struct counted heap;
};

static inline void bytes_add_reject(struct bytes *log, const struct errata_reject *reject) {
    bytes_print(
        log,
        "%llu:%llu +%llu %llu bytes, trouble %llu:%llu +%llu: ", (unsigned long long)reject->line,
        (unsigned long long)reject->column, (unsigned long long)reject->offset,
        (unsigned long long)reject->length, (unsigned long long)reject->trouble_line,
        (unsigned long long)reject->trouble_column, (unsigned long long)reject->trouble_offset);
    bytes_add(log, reject->reason.data, reject->reason.length);
}

static inline enum errata_status log_reject(void *ctx, const struct errata_reject *reject,
                                            struct errata_text text) {
    struct bytes *log = ctx;
    bytes_add_reject(log, reject);
    bytes_print(log, "\n%zu: ", text.length);
    bytes_add(log, text.data, text.length);
    bytes_add_text(log, "\n");
    return ERRATA_OK;
}

static inline enum errata_status feed_in_pieces(struct errata_reader *reader, const struct how *how,
                                                const char *data, size_t length,
                                                struct errata_error *error) {
    unsigned seed = how->seed;
    enum errata_status status = ERRATA_OK;
    for (size_t at = 0; at < length && status == ERRATA_OK;) {
        size_t piece = how->chunk == 0 ? length : how->chunk;
        if (how->seed != 0) {
            seed = seed * 1103515245 + 12345;
            piece = 1 + (seed >> 16) % (3 * how->chunk);
        }
        if (piece > length - at) {
            piece = length - at;
        }
        /* A block of its own, so that a sanitizer sees its ends. */
        char *copy = malloc(piece);
        memcpy(copy, data + at, piece);
        status = errata_reader_feed(reader, copy, piece, error);
        free(copy);
        at += piece;
    }
    return status;
}

static inline void note_failure(struct outcome *outcome, enum errata_status status,
                                const struct errata_error *error) {
    if (outcome->status == ERRATA_OK && status != ERRATA_OK) {
        outcome->status = status;
        outcome->error = *error;
    }
}

static inline void choose_lane(struct errata_reader *reader, const char *name) {
    struct errata__lane *lane = errata__reader_lane(reader);
    if (name == NULL) {
        return;
    }
    const struct errata__kernel *closed = lane->kernel;
    lane->eager = true;
    lane->kernel = NULL;
    for (size_t i = 0; i < errata__n_kernels && closed != NULL; i++) {
        if (strcmp(errata__kernels[i]->name, name) == 0) {
            lane->kernel = errata__kernels[i];
        }
    }
}

static inline enum errata_status make_reader(struct errata_reader **reader, struct outcome *outcome,
                                             const struct how *how, struct errata_error *error) {
    memset(outcome, 0, sizeof *outcome);
    outcome->heap.fail_at = how->fail_at;
    outcome->heap.fail_rest = how->fail_rest;
    const struct errata_allocator allocator = counted_allocator(&outcome->heap);
    const struct errata_reader_options options = {.allocator = &allocator,
                                                  .limits = how->limits,
                                                  .strict = how->strict,
                                                  .keep_going = how->keep_going,
                                                  .digit_names = how->digit_names,
                                                  .on_reject = log_reject,
                                                  .ctx = &outcome->rejects};
    enum errata_status status = errata_reader_new(reader, &options, error);
    if (status == ERRATA_OK) {
        choose_lane(*reader, how->lane);
    }
    return status;
}

/* Takes the index, and writes it down. */
static inline void take_index(struct errata_reader *reader, struct outcome *outcome) {
    struct errata_error error;
    errata_reader_stats(reader, &outcome->stats);
    enum errata_status status = errata_reader_finish(&outcome->index, reader, &error);
    note_failure(outcome, status, &error);
    errata_reader_free(reader);
    if (outcome->index != NULL && !(outcome->heap.fail_rest && outcome->heap.fail_at > 0)) {
        status = errata_index_write(outcome->index, bytes_write, &outcome->written, &error);
        note_failure(outcome, status, &error);
    }
}

/* Reads one source. outcome_free() it in any case. */
static inline void read_bytes(struct outcome *outcome, const struct how *how, const char *data,
                              size_t length) {
    struct errata_reader *reader;
    struct errata_error error;
    const struct errata_origin origin = {
        .name = {how->name, how->name == NULL ? 0 : strlen(how->name)}, .framing = how->framing};
    enum errata_status status = make_reader(&reader, outcome, how, &error);
    note_failure(outcome, status, &error);
    if (status != ERRATA_OK) {
        return;
    }
    for (unsigned i = 0; i == 0 || (i < how->times && status == ERRATA_OK); i++) {
        status = errata_reader_begin(reader, &origin, &error);
        if (status == ERRATA_OK) {
            size_t part = how->parts ? length / how->times : length;
            status = feed_in_pieces(reader, how, data + (how->parts ? i * part : 0), part, &error);
        }
        if (status == ERRATA_OK) {
            status = errata_reader_end(reader, &error);
        }
    }
    note_failure(outcome, status, &error);
    take_index(reader, outcome);
}

static inline void read_text(struct outcome *outcome, const struct how *how, const char *text) {
    read_bytes(outcome, how, text, strlen(text));
}

/* Returns how many blocks were not given back. */
static inline long outcome_free(struct outcome *outcome) {
    errata_index_free(outcome->index);
    bytes_free(&outcome->rejects);
    bytes_free(&outcome->written);
    outcome->index = NULL;
    return outcome->heap.blocks;
}

/* NULL when both are the same but for the stats, else what differs. */
static inline const char *outcomes_differ(const struct outcome *a, const struct outcome *b) {
    if (a->status != b->status) {
        return "status";
    }
    if (a->status != ERRATA_OK) {
        if (strcmp(a->error.message, b->error.message) != 0) {
            return "message";
        }
        if (a->error.offset != b->error.offset || a->error.line != b->error.line ||
            a->error.column != b->error.column || a->error.document != b->error.document ||
            strcmp(a->error.source, b->error.source) != 0) {
            return "place of the error";
        }
    }
    if (!bytes_same(&a->rejects, &b->rejects)) {
        return "rejects as told";
    }
    return bytes_same(&a->written, &b->written) ? NULL : "index";
}

#endif
