/*
 * What every row says about an issue's surroundings: rendered paths, times as text.
 */
#ifndef ERRATA_EXPORT_PLACE_H
#define ERRATA_EXPORT_PLACE_H

#include <errata/diff.h>
#include <errata/index.h>
#include <errata/query.h>

#include "core/buffer.h"
#include "core/time.h"
#include "core/unread.h"

/* An issue's path and a pattern, rendered into scratch (whose former content is lost). Status as errata__buffer_append(). */
ERRATA_MUST_CHECK enum errata_status errata__place_path(struct errata_text *out,
                                                        const struct errata_index *index,
                                                        uint32_t issue,
                                                        struct errata__buffer *scratch);
ERRATA_MUST_CHECK enum errata_status errata__place_pattern(struct errata_text *out,
                                                           const struct errata_index *index,
                                                           uint32_t pattern,
                                                           struct errata__buffer *scratch);

/* The path of the issue where a walk stands, likewise: cheaper than errata__place_path(). */
ERRATA_MUST_CHECK enum errata_status errata__place_walk(struct errata_text *out,
                                                        struct errata_matches *matches,
                                                        struct errata__buffer *scratch);

/* Seconds as 2026-01-02T03:04:05Z; absent when unknown (0). Lives as long as buffer. */
struct errata_text errata__place_time(int64_t seconds, char buffer[ERRATA__TIME_SIZE]);

/* What came of reading what is in an index, whatever passes filters. */
struct errata__reading errata__place_reading(const struct errata_index *index);
/* Likewise of each side of a comparison. */
void errata__place_readings(struct errata__reading out[ERRATA_DIFF_SIDES],
                            const struct errata_diff *diff);

#endif
