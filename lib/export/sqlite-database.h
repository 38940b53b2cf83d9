/*
 * A database that is being filled: rows into tables, by prepared statements. The first failure sticks: whatever comes
 * behind it does nothing, so that whoever fills it checks once, at the end.
 */
#ifndef ERRATA_EXPORT_SQLITE_DATABASE_H
#define ERRATA_EXPORT_SQLITE_DATABASE_H

#include <stdbool.h>
#include <stdint.h>

#include <errata/error.h>
#include <errata/query.h>
#include <errata/text.h>

/* In the order of their groups in docs/index-format.md. */
enum errata__sqlite_table {
    ERRATA__SQLITE_PATTERNS,
    ERRATA__SQLITE_SHAPES,
    ERRATA__SQLITE_ISSUES,
    ERRATA__SQLITE_RULE_ERRORS,
    ERRATA__SQLITE_DOCUMENTS,
    ERRATA__SQLITE_RECORDS,
    ERRATA__SQLITE_SOURCES,
    ERRATA__SQLITE_REJECTS,
    ERRATA__SQLITE_DEVIATIONS,
    ERRATA__SQLITE_ABOUT,
    ERRATA__SQLITE_ISSUE_GROUPS,
    ERRATA__SQLITE_TABLES
};

/* What is done before the rows come: settings of the file, a transaction, tables and views. */
extern const char errata__sqlite_before[];
/* And behind them: indexes, and the end of the transaction. */
extern const char errata__sqlite_behind[];
/* What puts a row into each table: a value for each column. */
extern const char *const errata__sqlite_inserts[ERRATA__SQLITE_TABLES];

/* SQLite's own. */
struct sqlite3;
struct sqlite3_stmt;

struct errata__database {
    struct sqlite3 *handle;
    struct sqlite3_stmt *inserts[ERRATA__SQLITE_TABLES];
    /* The row that is being put together, and how many values it has. */
    struct sqlite3_stmt *row;
    int values;
    /* ERRATA_OK, or the first failure. */
    enum errata_status status;
    /* The caller's; may be NULL. */
    struct errata_error *error;
};

/* Makes the tables in the file, which must be empty or not there: fails otherwise. Close it also after a failure. */
void errata__database_open(struct errata__database *database, const char *path,
                           struct errata_error *error);

/* A row of a table: its values in the order of the columns, then its end. Texts must live until then. */
void errata__database_row(struct errata__database *database, enum errata__sqlite_table table);
/* NULL where it is absent. */
void errata__database_text(struct errata__database *database, struct errata_text text);
void errata__database_number(struct errata__database *database, uint64_t number);
void errata__database_absent(struct errata__database *database);
void errata__database_end(struct errata__database *database);

/* Runs statements that have no answer. */
void errata__database_run(struct errata__database *database, const char *sql);

/* Fills the table of groups, behind the rows of the walk. `all`: the walk gave all issues that pass its query. Returns what
   the query fails with; the database has its own failure. */
ERRATA_MUST_CHECK enum errata_status errata__database_groups(struct errata__database *database,
                                                             const struct errata_matches *matches,
                                                             const struct errata_index *index,
                                                             bool all, struct errata_error *error);

/* Makes the indexes. */
void errata__database_finish(struct errata__database *database);

/* Returns the first failure of all. */
ERRATA_MUST_CHECK enum errata_status errata__database_close(struct errata__database *database);

#endif
