/* Redaction of what a scan was limited to: how much of it is shown. */
#include <criterion/criterion.h>
#include <errata/reader.h>
#include <errata/redact.h>

#include "made-index.h"

static const struct errata_redaction_key key = {{1, 2, 3}};

static void redact(struct errata_index *index, enum errata_field field) {
    must(errata_index_redact(index, &field, 1, &key, NULL));
}

/* An index of one source for each scope; NULL is none. */
static struct errata_index *scanned(const char *const *scopes, size_t count) {
    struct errata_reader *reader;
    struct errata_index *index;
    must(errata_reader_new(&reader, NULL, NULL));
    for (size_t i = 0; i < count; i++) {
        const struct errata_origin origin = {
            .name = text_of("scan.ndjson"),
            .kind = ERRATA_SOURCE_API,
            .scope = scopes[i] == NULL ? (struct errata_text){NULL, 0} : text_of(scopes[i])};
        must(errata_reader_begin(reader, &origin, NULL));
        must(errata_reader_end(reader, NULL));
    }
    must(errata_reader_finish(&index, reader, NULL));
    errata_reader_free(reader);
    return index;
}

/* Of what a scan looked for, names of options and the status stay. */
Test(redact_scope, scopes_of_scans) {
    static const struct {
        const char *scope;
        const char *shown;
        /* What the mark behind it stands for. */
        const char *hidden;
    } cases[] = {
        {"--status FAILED", "--status FAILED", NULL},
        {"--status FAILED --search anna", "--status FAILED --search ", "anna"},
        {"--status NOT_STARTED --tag anna", "--status NOT_STARTED --tag ", "anna"},
        {"--search anna --tag bert", "--search ", "anna --tag bert"},
        {"--search ", "--search ", NULL},
        {"--tag --status anna", "--tag ", "--status anna"},
        {"--status anna --search bert", "--status ", "anna --search bert"},
        {"--status FAILED anna", "--status FAILED ", "anna"},
        {"--status AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA --search anna",
         "--status AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA --search ", "anna"},
        {"--status AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "--status ",
         "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
        {"--status", "", "--status"},
        {"anna", "", "anna"},
        {NULL, NULL, NULL},
    };
    enum {
        CASES = sizeof cases / sizeof *cases
    };
    const char *scopes[CASES];
    struct errata_source source;
    for (size_t i = 0; i < CASES; i++) {
        scopes[i] = cases[i].scope;
    }
    struct errata_index *index = scanned(scopes, CASES);
    redact(index, ERRATA_FIELD_RECORD);
    for (uint32_t i = 0; i < CASES; i++) {
        char mark[ERRATA_MARK_SIZE] = "";
        char wanted[128];
        cr_assert(errata_index_source(index, i, &source));
        if (cases[i].scope == NULL) {
            cr_assert_null(source.scope.data);
            continue;
        }
        if (cases[i].hidden != NULL) {
            errata_redaction_mark(mark, text_of(cases[i].hidden), &key);
        }
        snprintf(wanted, sizeof wanted, "%s%s", cases[i].shown, mark);
        cr_assert_str_eq(source.scope.data, wanted);
        cr_assert_eq(source.scope.length, strlen(wanted));
    }
    errata_index_free(index);
}

/* Whoever hides other fields sees what was scanned. */
Test(redact_scope, scopes_stay_without_records) {
    static const char *const scopes[] = {"--status FAILED --search anna"};
    struct errata_index *index = scanned(scopes, 1);
    struct errata_source source;
    redact(index, ERRATA_FIELD_RECEIVED);
    cr_assert(errata_index_source(index, 0, &source));
    cr_assert_str_eq(source.scope.data, scopes[0]);
    errata_index_free(index);
}
