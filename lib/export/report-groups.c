/*
 * The groups of a report, with examples, and its plain form: the same in a few tables, for where no script runs.
 */
#include "export/place.h"
#include "export/report-parts.h"

/* "name":text, behind a comma; nothing when it is absent. */
static void text_member(struct errata__report *report, const char *name, struct errata_text text) {
    if (text.data) {
        errata__report_member(report, name);
        errata__report_json(report, text);
    }
}

static void write_example(struct errata__report *report, uint32_t id) {
    struct errata_whole_issue found = {0};
    struct errata_text path = {0};

    errata_index_whole_issue(report->index, id, &found);
    errata__sink_fail(&report->sink, errata__place_path(&path, report->index, id, &report->path));
    errata__sink_words(&report->sink, "{\"path\":");
    errata__report_json(report, path);
    text_member(report, "record", found.record.record);
    text_member(report, "collection", found.record.collection);
    text_member(report, "status", found.document.status);
    text_member(report, "expected", found.issue.expected);
    text_member(report, "received", found.issue.received);
    text_member(report, "message", found.issue.message);
    text_member(report, "source", found.source.name);
    errata__report_number(report, "line", found.document.line);
    if (found.issue.expected_json) {
        errata__report_number(report, "expected_json", 1);
    }
    if (found.issue.received_json) {
        errata__report_number(report, "received_json", 1);
    }
    errata__sink_words(&report->sink, "}");
}

static void write_group(struct errata__report *report, const struct errata_group *group,
                        const struct errata__report_mark *mark) {
    struct errata_issue first = {0};

    errata_index_issue(report->index, group->first, &first);
    errata__sink_words(&report->sink, "{\"pattern\":");
    errata__report_json(report, group->values[2]);
    text_member(report, "key", group->values[0]);
    text_member(report, "code", group->values[1]);
    text_member(report, "message", first.message);
    errata__report_number(report, "issues", group->issues);
    errata__report_number(report, "records", group->records);
    errata__report_number(report, "only", mark->only);
    errata__report_before(report, group);
    errata__sink_words(&report->sink, ",\"examples\":[");
    for (uint32_t i = 0; i < mark->n_examples; i++) {
        errata__sink_bytes(&report->sink, ",", i > 0);
        write_example(report, mark->examples[i]);
    }
    errata__sink_words(&report->sink, "]}");
}

void errata__report_groups(struct errata__report *report) {
    uint64_t start = report->given + report->sink.buffer.length;
    struct errata_group group;
    uint64_t i = 0;

    errata__sink_words(&report->sink, ",\"groups\":[");
    for (; report->sink.status == ERRATA_OK && errata_groups_at(report->groups, i, &group); i++) {
        if (report->given + report->sink.buffer.length - start >= report->options.max_bytes) {
            break;
        }
        errata__sink_words(&report->sink, i > 0 ? ",\n" : "\n");
        write_group(report, &group, &report->group_marks[i]);
    }
    errata__sink_words(&report->sink, "]");
    if (i < errata_groups_count(report->groups)) {
        errata__report_number(report, "cut_at_bytes", report->options.max_bytes);
    }
}

static void cell(struct errata__report *report, struct errata_text text) {
    errata__sink_words(&report->sink, "<td>");
    errata__report_html(report, text);
    errata__sink_words(&report->sink, "</td>");
}

static void number_cell(struct errata__report *report, uint64_t number) {
    errata__sink_words(&report->sink, "<td>");
    errata__sink_number(&report->sink, number);
    errata__sink_words(&report->sink, "</td>");
}

/* A table of the first groups, whose values have these titles. */
static void write_table(struct errata__report *report, const struct errata_groups *groups,
                        const char *caption, const char *const *titles, size_t n_titles) {
    struct errata__sink *sink = &report->sink;
    uint64_t rows = errata_groups_count(groups);
    struct errata_group group;

    if (rows > ERRATA__REPORT_PLAIN) {
        rows = ERRATA__REPORT_PLAIN;
    }
    errata__sink_words(sink, "\n<table><caption>");
    errata__sink_words(sink, caption);
    if (rows < errata_groups_total(groups)) {
        errata__sink_words(sink, ": ");
        errata__sink_number(sink, rows);
        errata__sink_words(sink, " of ");
        errata__sink_number(sink, errata_groups_total(groups));
    }
    errata__sink_words(sink, "</caption>\n<tr>");
    for (size_t i = 0; i < n_titles; i++) {
        errata__sink_words(sink, "<th scope=\"col\">");
        errata__sink_words(sink, titles[i]);
        errata__sink_words(sink, "</th>");
    }
    errata__sink_words(sink, "<th scope=\"col\">Issues</th><th scope=\"col\">Records</th></tr>\n");
    for (uint64_t i = 0; i < rows && errata_groups_at(groups, i, &group); i++) {
        errata__sink_words(sink, "<tr>");
        for (size_t j = 0; j < n_titles; j++) {
            cell(report, group.values[j]);
        }
        number_cell(report, group.issues);
        number_cell(report, group.records);
        errata__sink_words(sink, "</tr>\n");
    }
    errata__sink_words(sink, "</table>");
}

void errata__report_plain(struct errata__report *report) {
    static const char *const titles[] = {"Rule key", "Code", "Pattern"};
    struct errata__sink *sink = &report->sink;
    struct errata_counts counts;
    struct errata_total total;

    errata_index_counts(report->index, &counts);
    errata_totals_get(report->totals, &total);
    errata__sink_words(sink, "<p>");
    errata__sink_number(sink, total.records_with_issues);
    errata__sink_words(sink, " of ");
    errata__sink_number(sink, counts.records);
    errata__sink_words(sink, report->options.n_asked > 0 ? " records have such an issue. Issues: "
                                                         : " records fail. Issues: ");
    errata__sink_number(sink, total.issues);
    errata__sink_words(sink, "; documents: ");
    errata__sink_number(sink, total.documents);
    errata__sink_words(sink, "; rejects: ");
    errata__sink_number(sink, counts.rejects);
    errata__sink_words(sink, ".");
    for (size_t i = 0; i < report->options.n_asked; i++) {
        errata__sink_words(sink, i == 0 ? " Only issues that pass: " : ", ");
        errata__report_html(report, report->options.asked[i]);
    }
    errata__sink_words(sink, "</p>");
    errata__report_plain_changes(report);
    write_table(report, report->keys, "Rule keys", titles, 1);
    write_table(report, report->codes, "Codes", titles + 1, 1);
    write_table(report, report->groups, "Groups", titles, 3);
}
