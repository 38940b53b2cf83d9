/*
 * JUnit's XML: see junit.h. Elements and attributes are those that the schema of Jenkins' xUnit plugin (junit-10.xsd) knows,
 * which the readers of others are content with.
 */
#include "export/junit.h"

#include <stdio.h>

#include <errata/store.h>

#include "export/place.h"
#include "export/xml.h"

static void counts(struct errata__sink *sink, uint64_t tests, uint64_t failures, uint64_t skipped) {
    errata__sink_words(sink, "\" tests=\"");
    errata__sink_number(sink, tests);
    errata__sink_words(sink, "\" failures=\"");
    errata__sink_number(sink, failures);
    errata__sink_words(sink, "\" errors=\"0\"");
    if (skipped > 0) {
        errata__sink_words(sink, " skipped=\"");
        errata__sink_number(sink, skipped);
        errata__sink_words(sink, "\"");
    }
    errata__sink_words(sink, ">\n");
}

void errata__junit_begin(struct errata__sink *sink, uint64_t tests, uint64_t failures,
                         const char *left_out) {
    char why[120];

    errata__sink_words(sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if (left_out) {
        errata__sink_words(sink, "<!-- left out: ");
        errata__sink_words(sink, left_out);
        errata__sink_words(sink, " -->\n");
    }
    errata__sink_words(sink, "<testsuites name=\"errata");
    counts(sink, tests + (left_out != NULL), failures, 0);
    if (left_out) {
        errata__junit_suite(sink, errata__words("left out"), 1, 0, 1);
        errata__junit_case(sink, errata__words("left out"), errata__words(left_out));
        snprintf(why, sizeof why, "left out: %s", left_out);
        errata__junit_skipped(sink, why);
        errata__junit_suite_end(sink);
    }
}

void errata__junit_begin_groups(struct errata__sink *sink, const char *suite, uint64_t count,
                                uint64_t total, uint64_t failures,
                                const struct errata__reading *sides, size_t n_sides) {
    const struct errata_text not_read = errata__words("not read");
    char words[ERRATA__UNREAD_SIZE];
    char left_out[80];
    bool none = errata__unread_documents(words, sides, n_sides);
    bool rejects = errata__unread_rejects(words, sides, n_sides);
    bool unread = none || rejects;
    uint64_t others = unread ? ERRATA__JUNIT_READING_CASES : total == 0 ? 1 : 0;

    snprintf(left_out, sizeof left_out, "%llu of %llu groups", (unsigned long long)(total - count),
             (unsigned long long)total);
    errata__junit_begin(sink, count + others, failures + rejects, count < total ? left_out : NULL);
    if (unread) {
        errata__junit_suite(sink, not_read, others, rejects, none);
        errata__junit_reading(sink, not_read, sides, n_sides);
        errata__junit_suite_end(sink);
    } else if (total == 0) {
        errata__junit_suite(sink, errata__words(suite), 1, 0, 0);
        errata__junit_case(sink, errata__words(suite), errata__words("no issues"));
        errata__junit_passes(sink);
        errata__junit_suite_end(sink);
    }
}

void errata__junit_end(struct errata__sink *sink) {
    errata__sink_words(sink, "</testsuites>\n");
}

void errata__junit_suite(struct errata__sink *sink, struct errata_text name, uint64_t tests,
                         uint64_t failures, uint64_t skipped) {
    errata__sink_words(sink, "<testsuite name=\"");
    errata__xml_text(sink, name);
    counts(sink, tests, failures, skipped);
}

void errata__junit_suite_end(struct errata__sink *sink) {
    errata__sink_words(sink, "</testsuite>\n");
}

void errata__junit_case(struct errata__sink *sink, struct errata_text suite,
                        struct errata_text name) {
    errata__sink_words(sink, "<testcase classname=\"");
    errata__xml_text(sink, suite);
    errata__sink_words(sink, "\" name=\"");
    errata__xml_text(sink, name);
}

void errata__junit_passes(struct errata__sink *sink) {
    errata__sink_words(sink, "\" time=\"0\"/>\n");
}

void errata__junit_skipped(struct errata__sink *sink, const char *why) {
    errata__sink_words(sink, "\" time=\"0\"><skipped message=\"");
    errata__sink_words(sink, why);
    errata__sink_words(sink, "\"/></testcase>\n");
}

void errata__junit_fails(struct errata__sink *sink, struct errata_text type) {
    errata__sink_words(sink, "\" time=\"0\"><failure type=\"");
    errata__junit_text(sink, type);
    errata__sink_words(sink, "\" message=\"");
}

void errata__junit_details(struct errata__sink *sink) {
    errata__sink_words(sink, "\">");
}

void errata__junit_fails_end(struct errata__sink *sink) {
    errata__sink_words(sink, "</failure></testcase>\n");
}

void errata__junit_tells(struct errata__sink *sink) {
    errata__sink_words(sink, "\" time=\"0\"><system-out>");
}

void errata__junit_tells_end(struct errata__sink *sink) {
    errata__sink_words(sink, "</system-out></testcase>\n");
}

void errata__junit_reading(struct errata__sink *sink, struct errata_text suite,
                           const struct errata__reading *sides, size_t n_sides) {
    char words[ERRATA__UNREAD_SIZE];

    errata__junit_case(sink, suite, errata__words("documents"));
    if (errata__unread_documents(words, sides, n_sides)) {
        errata__junit_skipped(sink, words);
    } else {
        errata__junit_passes(sink);
    }
    errata__junit_case(sink, suite, errata__words("rejects"));
    if (errata__unread_rejects(words, sides, n_sides)) {
        errata__junit_fails(sink, errata__words("rejects"));
        errata__sink_words(sink, words);
        errata__junit_details(sink);
        errata__sink_words(sink, words);
        errata__junit_fails_end(sink);
    } else {
        errata__junit_passes(sink);
    }
}

void errata__junit_text(struct errata__sink *sink, struct errata_text text) {
    struct errata_text shown = errata__name_cut(text);

    errata__xml_text(sink, shown);
    errata__sink_words(sink, shown.length < text.length ? ERRATA__NAME_ELLIPSIS : "");
}

void errata__junit_value(struct errata__sink *sink, struct errata_text value) {
    if (value.length > 0) {
        errata__junit_text(sink, value);
    } else {
        errata__sink_words(sink, value.data ? "&quot;&quot;" : "-");
    }
}

void errata__junit_example(struct errata__sink *sink, const struct errata_index *index, uint32_t id,
                           struct errata__buffer *scratch) {
    struct errata_whole_issue found = {0};
    struct errata_text path = {NULL, 0};

    errata_index_whole_issue(index, id, &found);
    errata__sink_fail(sink, errata__place_path(&path, index, id, scratch));
    if (found.record.record.data) {
        errata__junit_text(sink, found.record.record);
        errata__sink_words(sink, " ");
    }
    errata__junit_text(sink, found.rule_error.key);
    errata__sink_words(sink, ":");
    errata__junit_text(sink, path);
    errata__sink_words(sink, " (");
    errata__junit_text(sink, found.source.name);
    errata__sink_words(sink, ":");
    errata__sink_number(sink, found.document.line);
    errata__sink_words(sink, ")\n  ");
    errata__junit_text(sink, found.issue.message);
    errata__sink_words(sink, "\n");
}
