/*
 * Filling a database: see sqlite-database.h. Nobody reads the file before it is complete, and what was begun is thrown
 * away as a whole, so there is no journal, no lock and no waiting for the disk.
 */
#include "export/sqlite-database.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/fail.h"

/* More than it ever writes at once. */
#define ROOM ((unsigned long long)1 << 20)

/* Where it sorts what its cache has no room for, looked for as SQLite does; NULL: nowhere. */
static const char *temporary_folder(void) {
    const char *const folders[] = {getenv("SQLITE_TMPDIR"), getenv("TMPDIR"), "/var/tmp",
                                   "/usr/tmp", "/tmp"};

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct stat there;

        if (folders[i] && stat(folders[i], &there) == 0 && S_ISDIR(there.st_mode) &&
            access(folders[i], W_OK | X_OK) == 0) {
            return folders[i];
        }
    }
    return NULL;
}

/* A disk is full, and it is not that of the database, on which there is room: SQLite does not tell which it was. What it
   sorted is gone by now, so there is no use in looking at its folder. */
static bool is_elsewhere(const struct errata__database *database, int number) {
    const char *name = database->handle ? sqlite3_db_filename(database->handle, "main") : NULL;
    struct statvfs disk;

    return number == ENOSPC && name && statvfs(name, &disk) == 0 &&
           (unsigned long long)disk.f_bavail * disk.f_frsize >= ROOM;
}

/* What SQLite has to say, for people who know the file and its disk but not SQLite: it keeps the system's reason of a
   row that could not be written for itself (sqlite3_system_errno() is 0 then), so it is taken from errno. */
static void fail(struct errata__database *database, int code) {
    char reason[128] = "";
    int number = errno;

    if (database->status != ERRATA_OK) {
        return;
    }
    if ((code & 0xFF) == SQLITE_NOMEM) {
        database->status = errata__fail_plain(database->error, ERRATA_NO_MEMORY);
        return;
    }
    database->status = ERRATA_CANNOT_WRITE;
    if ((code & 0xFF) == SQLITE_FULL || (code & 0xFF) == SQLITE_IOERR ||
        (code & 0xFF) == SQLITE_CANTOPEN) {
        const char *words = number != 0 ? strerror_r(number, reason, sizeof reason) : NULL;
        const char *folder = is_elsewhere(database, number) ? temporary_folder() : NULL;

        errata__fail(database->error, ERRATA_CANNOT_WRITE, "cannot be written: %s%s%s%s",
                     words ? words : sqlite3_errstr(code), folder ? ", in " : "",
                     folder ? folder : "",
                     folder ? ", where SQLite sorts; SQLITE_TMPDIR may name another folder" : "");
    } else {
        errata__fail(database->error, ERRATA_CANNOT_WRITE, "cannot be written: SQLite says: %s",
                     database->handle ? sqlite3_errmsg(database->handle) : sqlite3_errstr(code));
    }
}

static void check(struct errata__database *database, int code) {
    if (code != SQLITE_OK) {
        fail(database, code);
    }
}

void errata__database_run(struct errata__database *database, const char *sql) {
    if (database->status == ERRATA_OK) {
        errno = 0;
        check(database, sqlite3_exec(database->handle, sql, NULL, NULL, NULL));
    }
}

/* SQLite would add our tables to a database that is there, and has no file at all by some names. */
static void look_at_place(struct errata__database *database, const char *path) {
    struct stat there;

    if (*path == '\0' || strcmp(path, ":memory:") == 0) {
        database->status = errata__fail(database->error, ERRATA_MISUSE,
                                        "\"%s\" is the name of no file for SQLite", path);
    } else if (stat(path, &there) == 0 && (!S_ISREG(there.st_mode) || there.st_size > 0)) {
        database->status =
            errata__fail(database->error, ERRATA_CANNOT_WRITE, "cannot be written: %s",
                         S_ISREG(there.st_mode) ? "something is in the file" : "it is no file");
    }
}

void errata__database_open(struct errata__database *database, const char *path,
                           struct errata_error *error) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

    *database = (struct errata__database){.error = error};
    look_at_place(database, path);
    if (database->status != ERRATA_OK) {
        return;
    }
    errno = 0;
    check(database, sqlite3_open_v2(path, &database->handle, flags, "unix-none"));
    errata__database_run(database, errata__sqlite_before);
    for (int i = 0; i < ERRATA__SQLITE_TABLES && database->status == ERRATA_OK; i++) {
        check(database, sqlite3_prepare_v3(database->handle, errata__sqlite_inserts[i], -1,
                                           SQLITE_PREPARE_PERSISTENT, &database->inserts[i], NULL));
    }
}

void errata__database_row(struct errata__database *database, enum errata__sqlite_table table) {
    database->row = database->inserts[table];
    database->values = 0;
}

/* Values are bound, never written into SQL: whatever is in them stays a value. */
void errata__database_text(struct errata__database *database, struct errata_text text) {
    if (!text.data) {
        errata__database_absent(database);
    } else if (database->status == ERRATA_OK) {
        check(database, sqlite3_bind_text64(database->row, ++database->values, text.data,
                                            text.length, SQLITE_STATIC, SQLITE_UTF8));
    }
}

void errata__database_number(struct errata__database *database, uint64_t number) {
    if (database->status == ERRATA_OK) {
        check(database,
              sqlite3_bind_int64(database->row, ++database->values, (sqlite3_int64)number));
    }
}

void errata__database_absent(struct errata__database *database) {
    if (database->status == ERRATA_OK) {
        check(database, sqlite3_bind_null(database->row, ++database->values));
    }
}

void errata__database_end(struct errata__database *database) {
    if (database->status == ERRATA_OK) {
        errno = 0;
        int code = sqlite3_step(database->row);

        if (code != SQLITE_DONE) {
            fail(database, code);
        }
        check(database, sqlite3_reset(database->row));
    }
}

void errata__database_finish(struct errata__database *database) {
    errata__database_run(database, errata__sqlite_behind);
}

enum errata_status errata__database_close(struct errata__database *database) {
    for (int i = 0; i < ERRATA__SQLITE_TABLES; i++) {
        /* What it has to say was said when it was run. */
        sqlite3_finalize(database->inserts[i]);
    }
    check(database, sqlite3_close(database->handle));
    return database->status;
}
