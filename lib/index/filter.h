/*
 * Regular expressions. PCRE2 stays behind this header; only lib/index/filter*.c know it.
 */
#ifndef ERRATA_INDEX_FILTER_H
#define ERRATA_INDEX_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include <errata/allocator.h>
#include <errata/error.h>
#include <errata/text.h>

/* What the filters of one query share: limits, and the memory of a running match. */
struct errata__filter_context;
/* One compiled regular expression. */
struct errata__filter;

/* The context must outlive its filters. steps and heap (KiB) are not 0. ERRATA_OK or
   ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__filter_context_new(
    struct errata__filter_context **out, const struct errata_allocator *allocator, uint32_t steps,
    uint32_t heap, struct errata_error *error);
void errata__filter_context_free(struct errata__filter_context *context);

/* Compiles a pattern, which may contain NUL; it is copied. ERRATA_OK, ERRATA_BAD_REGEX,
   ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__filter_new(struct errata__filter **out,
                                                        struct errata__filter_context *context,
                                                        struct errata_text pattern,
                                                        struct errata_error *error);
void errata__filter_free(struct errata__filter *filter);

/* Does the pattern match anywhere in text? ERRATA_OK, ERRATA_LIMIT_REGEX, ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__filter_match(struct errata__filter *filter,
                                                          struct errata_text text, bool *matches,
                                                          struct errata_error *error);

/* Are they the same text? Others may match the same all the same. */
bool errata__filter_same(const struct errata__filter *a, const struct errata__filter *b);

/* Was it compiled to machine code? For tests. */
bool errata__filter_is_compiled(const struct errata__filter *filter);

#endif
