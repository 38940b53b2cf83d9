/*
 * A scan under way.
 */
#ifndef ERRATA_HTTP_SCAN_H
#define ERRATA_HTTP_SCAN_H

#include "http/archive.h"
#include "http/listing.h"

/* The listing's job; those that fetch stand behind it. */
#define ERRATA__LISTING_JOB 0U

/* What a job that fetches works on. */
struct errata__scan_slot {
    struct errata__body body;
    struct errata_text record;
    struct errata_error why;
};

/* A record that was not read: a reject of the source, once all documents are in it. */
struct errata__scan_reject {
    struct errata__scan_reject *next;
    struct errata_text reason;
};

struct errata__scan {
    const struct errata_scan *what;
    struct errata_client *client;
    struct errata_reader *reader;
    /* How it reads, for judging documents before they are fed. */
    struct errata_reader_options reading;
    struct errata__runner runner;
    struct errata__listing listing;
    struct errata__ids ids;
    /* The next row of ids to be asked for; those before `kept` were in the archive. */
    uint32_t next;
    uint32_t kept;
    /* One for each job that fetches. */
    struct errata__scan_slot *slots;
    size_t n_slots;
    struct errata__line line;
    /* NULL: none. */
    struct errata__archive *archive;
    struct errata__archive archive_room;
    struct errata__arena arena;
    struct errata__scan_reject *first_reject;
    struct errata__scan_reject **last_reject;
    /* read, rejected, failed and kept are counted here. */
    struct errata_progress progress;
    int64_t progress_due;
};

/* judge.c: what became of a record. */

/* Judges the body of slot n and, when it is a status document, adds its line to the archive and the reader.
   *whole = false: it was cut off. */
ERRATA_MUST_CHECK enum errata_status errata__scan_take(struct errata__scan *scan, size_t n,
                                                       const struct errata__job *job, bool *whole,
                                                       struct errata_error *error);
/* Notes a record that was not read, and tells. The result's url, requests and record are set already. */
ERRATA_MUST_CHECK enum errata_status errata__scan_refuse(struct errata__scan *scan,
                                                         struct errata_result *result,
                                                         struct errata_error *error);
/* Fills in what a result says about its job. */
void errata__scan_result(struct errata_result *result, const struct errata__job *job,
                         struct errata_text record);

/* Adds what was noted to the reader. */
ERRATA_MUST_CHECK enum errata_status errata__scan_add_rejects(struct errata__scan *scan,
                                                              struct errata_error *error);

#endif
