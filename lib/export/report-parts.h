/*
 * What a report is made from, and the writers of its parts. The page is a file of its own (report/page.html, .css,
 * .js), embedded at build time; what is written here goes into its two gaps: plain HTML for where no script runs,
 * and the data as JSON, from which the script draws everything.
 */
#ifndef ERRATA_EXPORT_REPORT_PARTS_H
#define ERRATA_EXPORT_REPORT_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/diff.h>
#include <errata/report.h>

#include "core/buffer.h"
#include "export/sink.h"

/* Of a group. */
#define ERRATA__REPORT_EXAMPLES 3
/* Rows of what is not the table: bars by records, and as many by issues; rows and columns of the heat map; changed groups of a kind; rejects, inputs. */
#define ERRATA__REPORT_BARS 100
#define ERRATA__REPORT_MAP_KEYS 15
#define ERRATA__REPORT_MAP_CODES 12
#define ERRATA__REPORT_CHANGED 25
#define ERRATA__REPORT_LISTED 25
/* Groups of the plain table. */
#define ERRATA__REPORT_PLAIN 50
/* Bytes of a single text. */
#define ERRATA__REPORT_TEXT ((size_t)4096)

/* The greatest of many by some size. */
struct errata__report_top {
    /* At most ERRATA__REPORT_BARS. */
    size_t most;
    size_t count;
    uint64_t numbers[ERRATA__REPORT_BARS];
    uint64_t sizes[ERRATA__REPORT_BARS];
};

/* What is known of a group beside its counts: records in which it is the only one, whatever the query leaves out, and
   issues to show. Of as many records as possible; others of these records fill up. */
struct errata__report_mark {
    uint32_t only;
    uint32_t last_record;
    uint32_t n_examples;
    uint32_t n_others;
    uint32_t examples[ERRATA__REPORT_EXAMPLES];
    uint32_t others[ERRATA__REPORT_EXAMPLES];
};

struct errata__report {
    struct errata_query *query;
    const struct errata_index *index;
    const struct errata_allocator *allocator;
    struct errata_report_options options;
    struct errata_totals *totals;
    /* All keys and codes; key with code; the groups of the table. */
    struct errata_groups *keys;
    struct errata_groups *codes;
    struct errata_groups *map;
    struct errata_groups *groups;
    /* In the order of keys and of groups. */
    struct errata__report_mark *key_marks;
    struct errata__report_mark *group_marks;
    /* Records that the query gives, with issues of one rule key only, whatever it leaves out. */
    uint32_t records_one_key;
    /* By name; NULL without an older side. */
    struct errata_diff *diff;
    /* Of documents, Unix seconds; 0: none is known. */
    int64_t fetched_first;
    int64_t fetched_last;
    struct errata__sink sink;
    /* What the sink gave away so far. */
    errata_write_function *write;
    void *ctx;
    uint64_t given;
    struct errata__buffer scratch;
    struct errata__buffer path;
};

/* The page around the gaps: page[0], plain HTML, page[1], JSON, page[2]. Made from the files at build time. */
struct errata__report_page {
    const char *text;
    size_t length;
};
extern const struct errata__report_page errata__report_page[3];

/* A text as JSON that may stand in a script element: null, "text", or ["first bytes",bytes in all] where it is
   longer than ERRATA__REPORT_TEXT. */
void errata__report_json(struct errata__report *report, struct errata_text text);
/* ,"name": and that with a number behind it. */
void errata__report_member(struct errata__report *report, const char *name);
void errata__report_number(struct errata__report *report, const char *name, uint64_t number);
/* A text as HTML, control and bidi characters as \u{HEX}, in a bdi element; cut as above, its length behind it. */
void errata__report_html(struct errata__report *report, struct errata_text text);

/* Equal ones stay in the order in which they come. */
void errata__report_top_add(struct errata__report_top *top, uint64_t number, uint64_t size);

/* Groups by n_fields of key, code and pattern, from first; those in most records first. limit: 0 means all. */
ERRATA_MUST_CHECK enum errata_status errata__report_group(struct errata_groups **out,
                                                          struct errata_query *query, size_t first,
                                                          size_t n_fields, uint64_t limit,
                                                          struct errata_error *error);

/* Sets key_marks, group_marks and records_one_key. */
ERRATA_MUST_CHECK enum errata_status errata__report_mark(struct errata__report *report,
                                                         struct errata_error *error);

/* The gaps. */
void errata__report_plain(struct errata__report *report);
void errata__report_data(struct errata__report *report);
/* Parts of the data: members with their names. */
void errata__report_groups(struct errata__report *report);
void errata__report_changes(struct errata__report *report);
/* What changed, as a sentence of HTML. */
void errata__report_plain_changes(struct errata__report *report);
/* "old":N,"old_records":N, where the older side has the group. */
void errata__report_before(struct errata__report *report, const struct errata_group *group);

#endif
