/*
 * What a command line says, once it is parsed.
 */
#ifndef ERRATA_CLI_SETTINGS_H
#define ERRATA_CLI_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include <errata/query.h>
#include <errata/redact.h>

#include "formats.h"
#include "memory.h"

enum color_choice {
    COLOR_AUTO,
    COLOR_ALWAYS,
    COLOR_NEVER
};

/* settings.limit when no --limit was given. */
#define LIMIT_DEFAULT UINT64_MAX
/* api.retries when no --retries was given; 0 is none. */
#define RETRIES_DEFAULT UINT64_MAX
/* settings.gate_issues when errata check was given no --max-issues. */
#define NO_CLAUSE UINT64_MAX

/* What to show of an index that was fetched. */
enum view_choice {
    VIEW_SUMMARY,
    VIEW_GROUP,
    VIEW_LIST
};

/* Of the commands that ask the API. Numbers are 0 when not given, times are seconds. */
struct api_settings {
    const char *collection;
    /* Which records of it: the status that the listing is asked for, and what narrows it further. */
    const char *listed;
    const char *search;
    struct words tags;
    /* Where the API is, and the way there. */
    const char *url;
    const char *app;
    const char *key_file;
    const char *cacert;
    const char *proxy;
    bool allow_http;
    /* How hard to try. rate is as the option has it. */
    uint64_t jobs;
    const char *rate;
    uint64_t retries;
    uint64_t patience;
    /* Where every answer is kept, and the index. */
    const char *archive;
    bool resume;
    const char *index;
    /* Records: to their end, as they came, and what of them. view is an enum view_choice. */
    bool wait;
    uint64_t interval;
    uint64_t timeout;
    bool raw;
    unsigned view;
};

/* Of --redact: a bit for each field, and what their marks are made with. */
struct redaction {
    unsigned fields;
    struct errata_redaction_key key;
};

struct settings {
    /* Which issues. */
    struct words where;
    struct words key;
    struct words code;
    struct words path;
    struct words record;
    struct words status;
    struct words grep;
    /* What to make of them. sort is an enum errata_order. */
    enum errata_field by[ERRATA_FIELDS];
    size_t n_by;
    unsigned sort;
    uint64_t limit;
    uint64_t offset;
    uint64_t least;
    /* Lists of changes. */
    struct words fail_on;
    /* What a gate lets through: so many issues; so many records, as the option has it; and files. */
    uint64_t gate_issues;
    const char *gate_records;
    const char *policy;
    const char *baseline;
    const char *write_baseline;
    bool accept_new;
    /* Of a report: what there was before, and how long its table may be; 0: the default. */
    const char *old;
    uint64_t max_groups;
    /* Where to, and how. format is an enum result_format, color an enum color_choice. */
    unsigned format;
    bool safe_cells;
    /* 0: what the format has. */
    uint64_t max_bytes;
    const char *output;
    unsigned color;
    /* Names of fields, as the options have them, and what they come to. */
    struct words redact;
    struct redaction redaction;
    bool stats;
    /* How to read. framing is an enum errata_framing. */
    unsigned framing;
    bool digit_names;
    bool strict;
    bool keep_going;
    bool no_verify;
    const char *rejects;
    uint64_t max_memory;
    uint64_t max_token;
    uint64_t max_document;
    uint64_t max_depth;
    uint64_t max_issues;
    /* 0: as many as there are processors. */
    uint64_t threads;
    /* Files, or records of the API. */
    struct words files;
    struct api_settings api;
    /* Instead of all this. */
    bool help;
    bool version;
};

/* The limit that counts: a screenful of rows for people, everything for programs. 0 is all. */
static inline uint64_t settings_limit(const struct settings *settings) {
    if (settings->limit != LIMIT_DEFAULT) {
        return settings->limit;
    }
    return settings->format == FORMAT_TABLE ? 20 : 0;
}

#endif
