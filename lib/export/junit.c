/*
 * JUnit's XML: see junit.h. Elements and attributes are those that the schema of Jenkins' xUnit plugin (junit-10.xsd) knows,
 * which the readers of others are content with.
 */
#include "export/junit.h"

#include "core/arena.h"
#include "export/xml.h"

static void counts(struct errata__sink *sink, uint64_t tests, uint64_t failures, uint64_t skipped) {
    errata__sink_words(sink, "\" tests=\"");
    errata__sink_number(sink, tests);
    errata__sink_words(sink, "\" failures=\"");
    errata__sink_number(sink, failures);
    errata__sink_words(sink, "\" errors=\"0\"");
    if (skipped > 0) {
        errata__sink_words(sink, " skipped=\"1\"");
    }
    errata__sink_words(sink, ">\n");
}

void errata__junit_begin(struct errata__sink *sink, uint64_t tests, uint64_t failures,
                         const char *left_out) {
    errata__sink_words(sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if (left_out) {
        errata__sink_words(sink, "<!-- left out: ");
        errata__sink_words(sink, left_out);
        errata__sink_words(sink, " -->\n");
    }
    errata__sink_words(sink, "<testsuites name=\"errata");
    counts(sink, tests + (left_out != NULL), failures, 0);
    if (left_out) {
        errata__sink_words(sink, "<testsuite name=\"left out");
        counts(sink, 1, 0, 1);
        errata__sink_words(sink, "<testcase classname=\"left out\" name=\"");
        errata__sink_words(sink, left_out);
        errata__sink_words(sink, "\" time=\"0\"><skipped message=\"left out: ");
        errata__sink_words(sink, left_out);
        errata__sink_words(sink, "\"/></testcase>\n</testsuite>\n");
    }
}

void errata__junit_end(struct errata__sink *sink) {
    errata__sink_words(sink, "</testsuites>\n");
}

void errata__junit_suite(struct errata__sink *sink, struct errata_text name, uint64_t tests,
                         uint64_t failures) {
    errata__sink_words(sink, "<testsuite name=\"");
    errata__xml_text(sink, name);
    counts(sink, tests, failures, 0);
}

void errata__junit_suite_end(struct errata__sink *sink) {
    errata__sink_words(sink, "</testsuite>\n");
}

void errata__junit_case(struct errata__sink *sink, struct errata_text suite) {
    errata__sink_words(sink, "<testcase classname=\"");
    errata__xml_text(sink, suite);
    errata__sink_words(sink, "\" name=\"");
}

void errata__junit_passes(struct errata__sink *sink) {
    errata__sink_words(sink, "\" time=\"0\"/>\n");
}

void errata__junit_fails(struct errata__sink *sink, struct errata_text type) {
    errata__sink_words(sink, "\" time=\"0\"><failure type=\"");
    errata__xml_text(sink, type);
    errata__sink_words(sink, "\" message=\"");
}

void errata__junit_details(struct errata__sink *sink) {
    errata__sink_words(sink, "\">");
}

void errata__junit_fails_end(struct errata__sink *sink) {
    errata__sink_words(sink, "</failure></testcase>\n");
}

static bool same(struct errata_text a, struct errata_text b) {
    return a.length == b.length && memcmp(a.data, b.data, a.length) == 0;
}

/* The suite that begins at cases[first]. Returns where it ends. */
static size_t write_suite(struct errata__sink *sink, const struct errata_junit_case *cases,
                          size_t first, size_t count) {
    size_t end = first;
    uint64_t failures = 0;

    for (; end < count && same(cases[end].suite, cases[first].suite); end++) {
        failures += cases[end].failure.data != NULL;
    }
    errata__junit_suite(sink, cases[first].suite, end - first, failures);
    for (size_t i = first; i < end; i++) {
        errata__junit_case(sink, cases[i].suite);
        errata__xml_text(sink, cases[i].name);
        if (!cases[i].failure.data && !cases[i].details.data) {
            errata__junit_passes(sink);
            continue;
        }
        if (!cases[i].failure.data) {
            errata__sink_words(sink, "\" time=\"0\"><system-out>");
            errata__xml_text(sink, cases[i].details);
            errata__sink_words(sink, "</system-out></testcase>\n");
            continue;
        }
        errata__junit_fails(sink, cases[i].type);
        errata__xml_text(sink, cases[i].failure);
        errata__junit_details(sink);
        errata__xml_text(sink, cases[i].details);
        errata__junit_fails_end(sink);
    }
    errata__junit_suite_end(sink);
    return end;
}

enum errata_status errata_export_junit(const struct errata_junit_case *cases, size_t count,
                                       errata_write_function *write, void *ctx,
                                       struct errata_error *error) {
    const struct errata_allocator allocator = errata__allocator_or_default(NULL);
    struct errata__sink sink;
    uint64_t failures = 0;

    for (size_t i = 0; i < count; i++) {
        failures += cases[i].failure.data != NULL;
    }
    errata__sink_open(&sink, &allocator, write, ctx);
    errata__junit_begin(&sink, count, failures, NULL);
    for (size_t i = 0; i < count;) {
        i = write_suite(&sink, cases, i, count);
    }
    errata__junit_end(&sink);
    return errata__sink_close(&sink, error);
}
