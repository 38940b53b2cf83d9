/*
 * Telling about reading: see told.h.
 */
#include "told.h"

#include <stdio.h>

#include <errata/diff.h>
#include <errata/store.h>

#include "command.h"
#include "core/unread.h"
#include "show.h"

/* Rejects that are shown; --rejects has all. */
#define SHOWN_REJECTS 3U

/* The same line as for a reject that ends the run. */
static void say_reject(const struct errata_index *index, const struct errata_reject *reject) {
    struct errata_error error = {.status = ERRATA_NOT_STATUS,
                                 .line = reject->trouble_line,
                                 .column = reject->trouble_column,
                                 .offset = reject->trouble_offset};
    struct errata_source source = {0};

    errata_index_source(index, reject->source, &source);
    snprintf(error.source, sizeof error.source, "%s", source.name.data ? source.name.data : "");
    snprintf(error.message, sizeof error.message, "%s", reject->reason.data);
    (void)say_error(&error);
}

enum exit_status told_rejects(const struct errata_index *index, const struct settings *settings) {
    const char *file = settings->rejects;
    struct errata_counts counts;
    struct errata_reject reject;
    struct errata_error error;

    errata_index_counts(index, &counts);
    if (counts.rejects == 0) {
        return EXIT_GOOD;
    }
    /* A damaged list would just be empty. */
    if (errata_index_check(index, &error)) {
        return say_error(&error);
    }
    say("%u reject%s left out (%s%s)%s:", counts.rejects, counts.rejects == 1 ? "" : "s",
        file ? "listed in " : "--rejects FILE lists all", file ? file : "",
        counts.rejects > SHOWN_REJECTS ? ", the first of them" : "");
    for (uint32_t i = 0; i < SHOWN_REJECTS && errata_index_reject(index, i, &reject); i++) {
        say_reject(index, &reject);
    }
    return EXIT_REJECTS;
}

void told_unread(struct line *line, const struct side *sides, size_t n_sides, size_t width) {
    struct errata__reading read[ERRATA_DIFF_SIDES];
    char words[ERRATA__UNREAD_SIZE];
    size_t start = line->length;

    for (size_t i = 0; i < n_sides; i++) {
        struct errata_counts counts;

        errata_index_counts(sides[i].index, &counts);
        read[i] = (struct errata__reading){counts.documents, counts.rejects};
    }
    if (errata__unread_documents(words, read, n_sides)) {
        line_format(line, "%s\n", words);
    }
    if (errata__unread_rejects(words, read, n_sides)) {
        line_format(line, "%s\n", words);
    }
    show_wrapped(line, start, width);
}

/* `64K` for a number that is that. */
static void show_size(char out[32], uint64_t size) {
    static const char units[] = {'\0', 'K', 'M', 'G', 'T'};
    size_t unit = 0;

    while (size > 0 && size % 1024 == 0 && unit + 1 < sizeof units) {
        size /= 1024;
        unit++;
    }
    snprintf(out, 32, "%llu%.1s", (unsigned long long)size, &units[unit]);
}

enum exit_status told_end(const struct errata_error *error, const struct settings *settings) {
    enum exit_status status = say_error(error);
    char size[32];

    if (error->status == ERRATA_LIMIT_MEMORY) {
        show_size(size, settings->max_memory);
        say("--max-memory is %s; raise it, or read less at once", size);
    }
    return status;
}

void told_stats(const struct errata_index *index, uint64_t bytes, double seconds) {
    struct errata_counts counts;
    struct errata_footprint rows;

    errata_index_counts(index, &counts);
    errata_index_footprint(index, &rows);
    fprintf(stderr,
            "{\"bytes\":%llu,\"documents\":%u,\"rejects\":%u,\"issues\":%u,\"seconds\":%.6f,"
            "\"mb_per_s\":%.1f,\"arena_bytes\":%llu,",
            (unsigned long long)bytes, counts.documents, counts.rejects, counts.issues, seconds,
            seconds > 0 ? (double)bytes / 1e6 / seconds : 0.0,
            (unsigned long long)errata_index_memory(index));
    fprintf(stderr,
            "\"row_bytes\":{\"issues\":%llu,\"rule_errors\":%llu,\"documents\":%llu,"
            "\"records\":%llu,\"strings\":%llu,\"shapes\":%llu,\"other\":%llu}}\n",
            (unsigned long long)rows.issues, (unsigned long long)rows.rule_errors,
            (unsigned long long)rows.documents, (unsigned long long)rows.records,
            (unsigned long long)rows.strings, (unsigned long long)rows.shapes,
            (unsigned long long)rows.other);
}
