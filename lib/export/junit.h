/*
 * JUnit's XML, piece by piece: suites of cases, which pass or fail. Who writes it knows the counts beforehand, since they
 * stand in front.
 */
#ifndef ERRATA_EXPORT_JUNIT_H
#define ERRATA_EXPORT_JUNIT_H

#include <errata/export.h>

#include "core/unread.h"
#include "export/name.h"
#include "export/sink.h"

/* The beginning of all. left_out: what is not there of how much, in words, such as "492 of 512 groups"; NULL: nothing. It
   is said in a comment and, since readers skip those, in a suite of its own with a case that was skipped; the numbers
   are those of the other suites. */
void errata__junit_begin(struct errata__sink *sink, uint64_t tests, uint64_t failures,
                         const char *left_out);
/* The beginning for groups, of which `count` of `total` are cases. Where not all of the sides was read, a suite says so. Where
   there are no cases at all, there is a suite of this name with one that passes, since some readers take a file without a
   case for a broken one. */
void errata__junit_begin_groups(struct errata__sink *sink, const char *suite, uint64_t count,
                                uint64_t total, uint64_t failures,
                                const struct errata__reading *sides, size_t n_sides);
void errata__junit_end(struct errata__sink *sink);

void errata__junit_suite(struct errata__sink *sink, struct errata_text name, uint64_t tests,
                         uint64_t failures, uint64_t skipped);
void errata__junit_suite_end(struct errata__sink *sink);

/* A case, of which one of the next four is to say what became of it. Names of suites and cases are as name.h makes them. */
void errata__junit_case(struct errata__sink *sink, struct errata_text suite,
                        struct errata_text name);
void errata__junit_passes(struct errata__sink *sink);
void errata__junit_skipped(struct errata__sink *sink, const char *why);
/* type: what kind of failure. The message is to be written as text, then the next one, the details, then the end. */
void errata__junit_fails(struct errata__sink *sink, struct errata_text type);
void errata__junit_details(struct errata__sink *sink);
void errata__junit_fails_end(struct errata__sink *sink);
/* Or this: it passes, and what is written as text is its output; then the end. */
void errata__junit_tells(struct errata__sink *sink);
void errata__junit_tells_end(struct errata__sink *sink);

/* Two cases, on what was read: `documents`, which is skipped where there are none of a side (all is green without any, whatever
   became of the data), and `rejects`, which fails where there are some. */
#define ERRATA__JUNIT_READING_CASES 2
void errata__junit_reading(struct errata__sink *sink, struct errata_text suite,
                           const struct errata__reading *sides, size_t n_sides);

/* A text of the input's: no more of it than fits, since readers refuse a file for one that is very long. */
void errata__junit_text(struct errata__sink *sink, struct errata_text text);
/* A value among others: `-` where it is absent, `""` where it is empty. */
void errata__junit_value(struct errata__sink *sink, struct errata_text value);
/* Two lines of details: which record, and where in it and in the input; what is wrong. */
void errata__junit_example(struct errata__sink *sink, const struct errata_index *index, uint32_t id,
                           struct errata__buffer *scratch);

#endif
