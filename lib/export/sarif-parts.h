/*
 * What a SARIF file is made of: rules, results, and how large it will be once it is compressed.
 */
#ifndef ERRATA_EXPORT_SARIF_PARTS_H
#define ERRATA_EXPORT_SARIF_PARTS_H

#include <errata/export.h>

#include "export/name.h"
#include "export/sink.h"

/* A compressor that only counts. Its memory is zlib's, from the allocator. */
struct errata__sarif_size;

ERRATA_MUST_CHECK enum errata_status errata__sarif_size_new(
    struct errata__sarif_size **out, const struct errata_allocator *allocator);
void errata__sarif_size_free(struct errata__sarif_size *size);
/* Takes bytes in if all until now and these are at most `most` bytes when they are compressed as gzip does; else leaves them
   out, returns false, and nothing may come behind them. */
bool errata__sarif_size_add(struct errata__sarif_size *size, const void *bytes, size_t length,
                            uint64_t most);

/* A text that is put together before it is quoted, and a name. */
struct errata__sarif_text {
    struct errata__buffer buffer;
    struct errata__buffer name;
    enum errata_status status;
};

/* An object: what the rule of a key is about. */
void errata__sarif_rule(struct errata__sink *sink, struct errata__sarif_text *text,
                        struct errata_text key, struct errata_text message);
/* An object: a group as a result. rule is the number of its rule. path: of its first issue. */
void errata__sarif_result(struct errata__sink *sink, struct errata__sarif_text *text,
                          const struct errata_grouping *by, const struct errata_group *group,
                          const struct errata_whole_issue *first, struct errata_text path,
                          uint64_t rule);

#endif
