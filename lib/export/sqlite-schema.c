/*
 * The tables of a database, as docs/sqlite.md describes them. They are those of the index, by its names; `id` is the
 * number of a row there, and TABLE_id that of a row of TABLE.
 */
#include "export/sqlite-database.h"

/* A cache of 32 MiB is also what an index is sorted in: what does not fit goes to temporary files. */
const char errata__sqlite_before[] =
    "PRAGMA journal_mode = OFF;"
    "PRAGMA synchronous = OFF;"
    "PRAGMA cache_size = -32768;"
    /* "erra" */
    "PRAGMA application_id = 1701999201;"
    "PRAGMA user_version = 1;"
    "BEGIN;"
    "CREATE TABLE about(name TEXT PRIMARY KEY, value ANY) STRICT;"
    "CREATE TABLE sources(id INTEGER PRIMARY KEY, name TEXT, kind TEXT NOT NULL,"
    " strict INTEGER NOT NULL, scope TEXT) STRICT;"
    "CREATE TABLE records(id INTEGER PRIMARY KEY, app TEXT, collection TEXT, record TEXT) STRICT;"
    "CREATE TABLE documents(id INTEGER PRIMARY KEY,"
    " records_id INTEGER NOT NULL REFERENCES records,"
    " sources_id INTEGER NOT NULL REFERENCES sources, number INTEGER NOT NULL,"
    " line INTEGER NOT NULL, offset INTEGER NOT NULL, status TEXT NOT NULL, fetched_at TEXT)"
    " STRICT;"
    "CREATE TABLE rule_errors(id INTEGER PRIMARY KEY,"
    " documents_id INTEGER NOT NULL REFERENCES documents, key TEXT, message TEXT,"
    " issues INTEGER NOT NULL) STRICT;"
    "CREATE TABLE patterns(id INTEGER PRIMARY KEY, pattern TEXT NOT NULL) STRICT;"
    "CREATE TABLE shapes(id INTEGER PRIMARY KEY, code TEXT, expected TEXT, received TEXT,"
    " message TEXT, patterns_id INTEGER NOT NULL REFERENCES patterns,"
    " expected_json INTEGER NOT NULL, received_json INTEGER NOT NULL) STRICT;"
    "CREATE TABLE issues(id INTEGER PRIMARY KEY,"
    " rule_errors_id INTEGER NOT NULL REFERENCES rule_errors,"
    " shapes_id INTEGER NOT NULL REFERENCES shapes, path TEXT NOT NULL) STRICT;"
    "CREATE TABLE issue_groups(key TEXT, code TEXT,"
    " patterns_id INTEGER NOT NULL REFERENCES patterns, issues INTEGER NOT NULL,"
    " records INTEGER NOT NULL) STRICT;"
    "CREATE TABLE rejects(id INTEGER PRIMARY KEY, sources_id INTEGER NOT NULL REFERENCES sources,"
    " line INTEGER NOT NULL, column INTEGER NOT NULL, offset INTEGER NOT NULL,"
    " length INTEGER NOT NULL, reason TEXT NOT NULL, trouble_line INTEGER NOT NULL,"
    " trouble_column INTEGER NOT NULL, trouble_offset INTEGER NOT NULL) STRICT;"
    "CREATE TABLE deviations(kind TEXT PRIMARY KEY, count INTEGER NOT NULL,"
    " first_documents_id INTEGER NOT NULL) STRICT;"
    "CREATE VIEW issue AS SELECT"
    " r.record, r.collection, r.app, d.fetched_at, d.status, e.key, e.message AS rule_message,"
    " s.code, i.path, p.pattern, s.expected, s.received, s.message, o.name AS source,"
    " d.number AS document, d.line, s.expected_json, s.received_json,"
    " i.id AS issues_id, i.rule_errors_id, i.shapes_id, e.documents_id, d.records_id"
    " FROM issues i JOIN rule_errors e ON e.id = i.rule_errors_id"
    " JOIN shapes s ON s.id = i.shapes_id JOIN patterns p ON p.id = s.patterns_id"
    " JOIN documents d ON d.id = e.documents_id JOIN records r ON r.id = d.records_id"
    " JOIN sources o ON o.id = d.sources_id;"
    "CREATE VIEW rule_error AS SELECT"
    " r.record, r.collection, r.app, d.fetched_at, d.status, e.key, e.message AS rule_message,"
    " e.issues, o.name AS source, d.number AS document, d.line,"
    " e.id AS rule_errors_id, e.documents_id, d.records_id"
    " FROM rule_errors e JOIN documents d ON d.id = e.documents_id"
    " JOIN records r ON r.id = d.records_id JOIN sources o ON o.id = d.sources_id;"
    "CREATE VIEW issue_group AS SELECT g.key, g.code, p.pattern, g.issues, g.records"
    " FROM issue_groups g JOIN patterns p ON p.id = g.patterns_id;";

/* Made behind the rows, each is one sorted pass. Then SQLite looks at some rows of each index, without which it cannot know
   where to begin with two conditions (1.6 s instead of 0.03 s for a record and a code among 2.8 million issues). */
const char errata__sqlite_behind[] =
    "CREATE INDEX issues_of_rule_error ON issues(rule_errors_id);"
    "CREATE INDEX issues_of_shape ON issues(shapes_id, rule_errors_id);"
    "CREATE INDEX rule_errors_of_document ON rule_errors(documents_id);"
    "CREATE INDEX rule_errors_by_key ON rule_errors(key, documents_id, issues);"
    "CREATE INDEX issue_groups_by_key ON issue_groups(key);"
    "CREATE INDEX issue_groups_of_pattern ON issue_groups(patterns_id);"
    "CREATE INDEX documents_of_record ON documents(records_id);"
    "CREATE INDEX documents_by_status ON documents(status);"
    "CREATE INDEX records_by_record ON records(record);"
    "CREATE INDEX shapes_by_code ON shapes(code);"
    "CREATE INDEX shapes_by_message ON shapes(message);"
    "CREATE INDEX shapes_of_pattern ON shapes(patterns_id);"
    "CREATE INDEX patterns_by_pattern ON patterns(pattern);"
    "PRAGMA analysis_limit = 1000;"
    "ANALYZE;"
    "COMMIT;";

const char *const errata__sqlite_inserts[ERRATA__SQLITE_TABLES] = {
    [ERRATA__SQLITE_PATTERNS] = "INSERT INTO patterns VALUES(?,?)",
    [ERRATA__SQLITE_SHAPES] = "INSERT INTO shapes VALUES(?,?,?,?,?,?,?,?)",
    [ERRATA__SQLITE_ISSUES] = "INSERT INTO issues VALUES(?,?,?,?)",
    [ERRATA__SQLITE_RULE_ERRORS] = "INSERT INTO rule_errors VALUES(?,?,?,?,?)",
    [ERRATA__SQLITE_DOCUMENTS] = "INSERT INTO documents VALUES(?,?,?,?,?,?,?,?)",
    [ERRATA__SQLITE_RECORDS] = "INSERT INTO records VALUES(?,?,?,?)",
    [ERRATA__SQLITE_SOURCES] = "INSERT INTO sources VALUES(?,?,?,?,?)",
    [ERRATA__SQLITE_ISSUE_GROUPS] = "INSERT INTO issue_groups VALUES(?,?,?,?,?)",
    [ERRATA__SQLITE_REJECTS] = "INSERT INTO rejects VALUES(?,?,?,?,?,?,?,?,?,?)",
    [ERRATA__SQLITE_DEVIATIONS] = "INSERT INTO deviations VALUES(?,?,?)",
    [ERRATA__SQLITE_ABOUT] = "INSERT INTO about VALUES(?,?)",
};
