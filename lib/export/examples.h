/*
 * Some issues of each group, as examples: of different records where there are such.
 */
#ifndef ERRATA_EXPORT_EXAMPLES_H
#define ERRATA_EXPORT_EXAMPLES_H

#include <stdint.h>

#include <errata/query.h>

#define ERRATA__EXAMPLES 3

struct errata__examples {
    uint32_t count;
    uint32_t issues[ERRATA__EXAMPLES];
    /* Whose they are. */
    uint32_t records[ERRATA__EXAMPLES];
};

/* Of all groups that errata_groups_at() gives, by their numbers. *out comes from the index's allocator, to be freed there;
   NULL on failure. ERRATA_NO_MEMORY and what errata_groups_visit() returns. */
ERRATA_MUST_CHECK enum errata_status errata__examples_find(struct errata__examples **out,
                                                           const struct errata_groups *groups,
                                                           struct errata_query *query,
                                                           const struct errata_index *index,
                                                           struct errata_error *error);

#endif
