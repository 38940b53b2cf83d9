/*
 * In place of the SQLite format, where errata is built without SQLite.
 */
#include <errata/export.h>

#include "core/fail.h"

enum errata_status errata_export_sqlite(struct errata_matches *matches,
                                        const struct errata_index *index, bool whole,
                                        const char *path, struct errata_error *error) {
    (void)matches;
    (void)index;
    (void)whole;
    (void)path;
    return errata__fail(error, ERRATA_MISUSE, "errata was built without SQLite");
}

bool errata_export_has_sqlite(void) {
    return false;
}
