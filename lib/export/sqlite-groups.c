/*
 * The table of groups: counted once, when the database is written, since SQLite needs seconds for it with millions of
 * issues, whoever asks and however often.
 */
#include "export/sqlite-database.h"

/* Over 3 million issues this takes half as long as all the rest, so it is only for what the query cannot say. */
static const char count_groups[] =
    "INSERT INTO issue_groups"
    " SELECT e.key, s.code, s.patterns_id, count(*), count(DISTINCT d.records_id)"
    " FROM issues i JOIN rule_errors e ON e.id = i.rule_errors_id"
    " JOIN shapes s ON s.id = i.shapes_id JOIN documents d ON d.id = e.documents_id"
    " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3;";

static void add_groups(struct errata__database *database, const struct errata_groups *groups,
                       const struct errata_index *index) {
    struct errata_group group;

    for (uint64_t i = 0; errata_groups_at(groups, i, &group); i++) {
        struct errata_issue first = {0};

        errata_index_issue(index, group.first, &first);
        errata__database_row(database, ERRATA__SQLITE_ISSUE_GROUPS);
        errata__database_text(database, group.values[0]);
        errata__database_text(database, group.values[1]);
        errata__database_number(database, first.pattern);
        errata__database_number(database, group.issues);
        errata__database_number(database, group.records);
        errata__database_end(database);
    }
}

enum errata_status errata__database_groups(struct errata__database *database,
                                           const struct errata_matches *matches,
                                           const struct errata_index *index, bool all,
                                           struct errata_error *error) {
    const struct errata_grouping by = {
        .fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE, ERRATA_FIELD_PATTERN}, .n_fields = 3};
    struct errata_groups *groups;
    enum errata_status status;

    /* A walk that a limit cut short gave others than its query has. */
    if (!all) {
        errata__database_run(database, count_groups);
        return ERRATA_OK;
    }
    status = errata_matches_group(&groups, matches, &by, error);
    if (status == ERRATA_OK) {
        add_groups(database, groups, index);
        errata_groups_free(groups);
    }
    return status;
}
