/*
 * For the tests of the parser: runs it over a text cut into pieces and writes down all that came out, so that two runs
 * can be compared.
 */
#ifndef JSON_TRACE_H
#define JSON_TRACE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/parser.h"

/* An allocator that counts, and that can be told to fail. */
struct counter {
    /* Blocks that were not given back. */
    long blocks;
    /* Allocations until now. */
    long calls;
    /* The allocation that fails, from 1; 0: none. */
    long fail;
};

static inline void *counter_alloc(void *ctx, size_t size) {
    struct counter *counter = ctx;

    if (++counter->calls == counter->fail) {
        return NULL;
    }
    counter->blocks++;
    return malloc(size);
}

static inline void *counter_realloc(void *ctx, void *block, size_t size) {
    struct counter *counter = ctx;

    if (++counter->calls == counter->fail) {
        return NULL;
    }
    counter->blocks += block == NULL;
    return realloc(block, size);
}

static inline void counter_free(void *ctx, void *block) {
    struct counter *counter = ctx;

    counter->blocks -= block != NULL;
    free(block);
}

static inline struct errata_allocator counting(struct counter *counter) {
    return (struct errata_allocator){counter_alloc, counter_realloc, counter_free, counter};
}

/* How to run. */
struct run {
    /* Bytes a feed; 0: random ones up to 40, from seed. */
    size_t chunk;
    unsigned seed;
    uint64_t token_limit;
    uint32_t depth_limit;
    /* Of the first byte within the source. */
    uint64_t offset;
    /* The document's limit, set before the first feed; 0: none. */
    uint64_t end;
    /* After how many events a callback sets end (0: never), and lifts it again. */
    unsigned set_at;
    unsigned lift_at;
    uint64_t set_to;
    /* The event whose callback fails, from 1; 0: none. */
    unsigned fail_at;
};

/* What came out. */
struct trace {
    struct errata__json *json;
    const struct run *run;
    unsigned events;
    char *log;
    size_t length;
    size_t capacity;
    enum errata__json_state state;
    struct errata__json_failure failure;
    char reason[160];
    /* Bytes of the value. */
    size_t consumed;
    uint64_t parsed;
};

static inline void trace_add(struct trace *trace, const char *text, size_t length) {
    if (trace->capacity - trace->length < length) {
        trace->capacity = (trace->capacity + length) * 2;
        trace->log = realloc(trace->log, trace->capacity);
    }
    if (length > 0) {
        memcpy(trace->log + trace->length, text, length);
    }
    trace->length += length;
}

static inline enum errata_status trace_event(void *ctx, enum errata__json_kind kind, uint32_t depth,
                                             const char *text, size_t length) {
    struct trace *trace = ctx;
    char head[96];
    int size = snprintf(head, sizeof head, "%u/%u/%llu-%llu/%zu:", (unsigned)kind, (unsigned)depth,
                        (unsigned long long)errata__json_token_start(trace->json),
                        (unsigned long long)errata__json_offset(trace->json), length);

    trace->events++;
    trace_add(trace, head, (size_t)size);
    trace_add(trace, text, length);
    if (trace->events == trace->run->set_at) {
        errata__json_set_end(trace->json, trace->run->set_to);
    }
    if (trace->events == trace->run->lift_at) {
        errata__json_set_end(trace->json, UINT64_MAX);
    }
    return trace->events == trace->run->fail_at ? ERRATA_NOT_STATUS : ERRATA_OK;
}

static inline void trace_free(struct trace *trace) {
    free(trace->log);
    memset(trace, 0, sizeof *trace);
}

/* Feeds text to an open value. */
static inline void trace_feed(struct trace *trace, const char *text, size_t length) {
    const struct run *run = trace->run;
    unsigned seed = run->seed;
    size_t at = 0;

    trace->state = ERRATA__JSON_MORE;
    trace->consumed = 0;
    while (trace->state == ERRATA__JSON_MORE && at < length) {
        size_t chunk = run->chunk;
        size_t consumed;
        char *copy;

        if (chunk == 0) {
            seed = seed * 1103515245 + 12345;
            chunk = 1 + (seed >> 16) % ((seed >> 10) % 4 ? 6 : 40);
        }
        if (chunk > length - at) {
            chunk = length - at;
        }
        /* A block of its own, so that a sanitizer sees its ends. */
        copy = malloc(chunk);
        memcpy(copy, text + at, chunk);
        trace->state = errata__json_feed(trace->json, copy, chunk, &consumed, &trace->failure);
        free(copy);
        trace->consumed = at + consumed;
        at += chunk;
    }
    if (trace->state == ERRATA__JSON_MORE) {
        trace->state = errata__json_end(trace->json, &trace->failure);
    }
    trace->parsed = errata__json_parsed_bytes(trace->json);
    if (trace->state == ERRATA__JSON_FAILED) {
        snprintf(trace->reason, sizeof trace->reason, "%s", trace->failure.reason);
        trace->failure.reason = "";
    }
}

/* One value, all in one. False: there was no memory for a parser. */
static inline bool trace_run(struct trace *trace, const struct run *run,
                             const struct errata_allocator *allocator, const char *text,
                             size_t length) {
    memset(trace, 0, sizeof *trace);
    trace->run = run;
    if (errata__json_new(&trace->json, allocator, run->token_limit, trace_event, trace)) {
        return false;
    }
    errata__json_begin(trace->json, run->offset, run->depth_limit);
    if (run->end > 0) {
        errata__json_set_end(trace->json, run->end);
    }
    trace_feed(trace, text, length);
    errata__json_free(trace->json);
    trace->json = NULL;
    return true;
}

/* Did both come to the same? Events before a failure count too, unless they may differ. */
static inline bool trace_same(const struct trace *a, const struct trace *b) {
    if (a->state != b->state || a->length != b->length ||
        (a->length > 0 && memcmp(a->log, b->log, a->length) != 0)) {
        return false;
    }
    if (a->state == ERRATA__JSON_FAILED) {
        return a->failure.status == b->failure.status && a->failure.offset == b->failure.offset &&
               strcmp(a->reason, b->reason) == 0;
    }
    return a->state != ERRATA__JSON_DONE || a->consumed == b->consumed;
}

#endif
