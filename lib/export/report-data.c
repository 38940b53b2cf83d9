/*
 * The data of a report, but for its groups and changes: what was read and asked, totals, the bars and the heat map.
 * docs/report.md says that it is the page's own business, no interface.
 */

#include <errata/version.h>

#include "core/text.h"
#include "core/time.h"
#include "export/report-parts.h"

static void time_member(struct errata__report *report, const char *member, int64_t seconds) {
    char text[ERRATA__TIME_SIZE];

    if (seconds != 0 && errata__time_format(seconds, text) > 0) {
        errata__report_member(report, member);
        errata__report_json(report, errata__words(text));
    }
}

static void write_texts(struct errata__report *report, const char *member,
                        const struct errata_text *texts, size_t count) {
    errata__report_member(report, member);
    errata__sink_words(&report->sink, "[");
    for (size_t i = 0; i < count; i++) {
        errata__sink_bytes(&report->sink, ",", i > 0);
        errata__report_json(report, texts[i]);
    }
    errata__sink_words(&report->sink, "]");
}

static void write_inputs(struct errata__report *report, const struct errata_counts *counts) {
    struct errata_text names[ERRATA__REPORT_LISTED] = {0};
    size_t n_names = 0;
    size_t total = report->options.n_inputs;
    struct errata_source source;

    if (total == 0) {
        total = counts->sources;
    }
    for (; n_names < total && n_names < ERRATA__REPORT_LISTED; n_names++) {
        if (report->options.n_inputs > 0) {
            names[n_names] = report->options.inputs[n_names];
        } else if (errata_index_source(report->index, (uint32_t)n_names, &source)) {
            names[n_names] = source.name;
        }
    }
    write_texts(report, "inputs", names, n_names);
    errata__report_number(report, "inputs_total", total);
    write_texts(report, "asked", report->options.asked, report->options.n_asked);
    time_member(report, "fetched_first", report->fetched_first);
    time_member(report, "fetched_last", report->fetched_last);
}

static void write_totals(struct errata__report *report, const struct errata_counts *counts) {
    struct errata_total total;

    errata_totals_get(report->totals, &total);
    errata__sink_words(&report->sink, ",\"totals\":{\"records_read\":");
    errata__sink_number(&report->sink, counts->records);
    errata__report_number(report, "records_failing", total.records_with_issues);
    errata__report_number(report, "records_one_key", report->records_one_key);
    errata__report_number(report, "documents", total.documents);
    errata__report_number(report, "documents_read", counts->documents);
    errata__report_number(report, "rule_errors", total.rule_errors);
    errata__report_number(report, "issues", total.issues);
    errata__report_number(report, "issues_read", counts->issues);
    errata__report_number(report, "rejects", counts->rejects);
    errata__report_number(report, "deviations", counts->deviations);
    errata__report_number(report, "keys", errata_groups_total(report->keys));
    errata__report_number(report, "codes", errata_groups_total(report->codes));
    errata__report_number(report, "groups", errata_groups_total(report->groups));
    errata__sink_words(&report->sink, "}");
}

static void write_statuses(struct errata__report *report) {
    struct errata_text status;
    uint32_t documents;
    uint64_t total = 0;

    errata__report_member(report, "statuses");
    errata__sink_words(&report->sink, "[");
    for (; errata_totals_status(report->totals, total, &status, &documents); total++) {
        if (total >= ERRATA__REPORT_LISTED) {
            continue;
        }
        errata__sink_words(&report->sink, total > 0 ? ",[" : "[");
        errata__report_json(report, status);
        errata__sink_words(&report->sink, ",");
        errata__sink_number(&report->sink, documents);
        errata__sink_words(&report->sink, "]");
    }
    errata__sink_words(&report->sink, "]");
    errata__report_number(report, "statuses_total", total);
}

static void write_deviations(struct errata__report *report) {
    struct errata_deviation deviation;
    const char *comma = "";

    errata__report_member(report, "deviations");
    errata__sink_words(&report->sink, "[");
    for (int kind = 0; kind < ERRATA_DEVIATION_KINDS; kind++) {
        if (errata_index_deviation(report->index, (enum errata_deviation_kind)kind, &deviation) &&
            deviation.count > 0) {
            errata__sink_words(&report->sink, comma);
            errata__sink_words(&report->sink, "[\"");
            errata__sink_words(&report->sink, errata_deviation_name(deviation.kind));
            errata__sink_words(&report->sink, "\",");
            errata__sink_number(&report->sink, deviation.count);
            errata__sink_words(&report->sink, "]");
            comma = ",";
        }
    }
    errata__sink_words(&report->sink, "]");
}

static void write_rejects(struct errata__report *report) {
    struct errata_reject reject;
    struct errata_source source = {0};

    errata__report_member(report, "rejects");
    errata__sink_words(&report->sink, "[");
    for (uint32_t id = 0;
         id < ERRATA__REPORT_LISTED && errata_index_reject(report->index, id, &reject); id++) {
        errata_index_source(report->index, reject.source, &source);
        errata__sink_words(&report->sink, id > 0 ? ",{\"source\":" : "{\"source\":");
        errata__report_json(report, source.name);
        errata__report_number(report, "line", reject.line);
        errata__report_number(report, "column", reject.column);
        errata__report_member(report, "reason");
        errata__report_json(report, reject.reason);
        errata__sink_words(&report->sink, "}");
    }
    errata__sink_words(&report->sink, "]");
}

/* A group of one field: [value,issues,records] and, of keys, records with issues of no other key. */
static void write_bar(struct errata__report *report, const struct errata_groups *groups,
                      const struct errata__report_mark *marks, uint64_t at) {
    struct errata__sink *sink = &report->sink;
    struct errata_group group;

    if (!errata_groups_at(groups, at, &group)) {
        return;
    }
    errata__sink_words(sink, at > 0 ? ",[" : "[");
    errata__report_json(report, group.values[0]);
    errata__sink_words(sink, ",");
    errata__sink_number(sink, group.issues);
    errata__sink_words(sink, ",");
    errata__sink_number(sink, group.records);
    if (marks) {
        errata__sink_words(sink, ",");
        errata__sink_number(sink, marks[at].only);
    }
    errata__sink_words(sink, "]");
}

/* Those in most records, then those of most issues that are not among them. */
static void write_bars(struct errata__report *report, const char *member,
                       const struct errata_groups *groups,
                       const struct errata__report_mark *marks) {
    struct errata__report_top top = {.most = ERRATA__REPORT_BARS};
    struct errata_group group;

    errata__report_member(report, member);
    errata__sink_words(&report->sink, "[");
    for (uint64_t i = 0; errata_groups_at(groups, i, &group); i++) {
        if (i < ERRATA__REPORT_BARS) {
            write_bar(report, groups, marks, i);
        }
        errata__report_top_add(&top, i, group.issues);
    }
    for (size_t i = 0; i < top.count; i++) {
        if (top.numbers[i] >= ERRATA__REPORT_BARS) {
            write_bar(report, groups, marks, top.numbers[i]);
        }
    }
    errata__sink_words(&report->sink, "]");
}

/* Where a value stands among the first `most` groups of one field; most when it does not. */
static uint64_t place_of(const struct errata_groups *groups, uint64_t most,
                         struct errata_text value) {
    struct errata_group group;

    for (uint64_t i = 0; i < most && errata_groups_at(groups, i, &group); i++) {
        if (errata__text_compare(value, group.values[0]) == 0) {
            return i;
        }
    }
    return most;
}

/* The heat map: [key,code,issues,records] with the first two as places among the bars. */
static void write_map(struct errata__report *report) {
    struct errata_group group;
    const char *comma = "[";

    errata__report_member(report, "map");
    errata__sink_words(&report->sink, "[");
    for (uint64_t i = 0; errata_groups_at(report->map, i, &group); i++) {
        uint64_t key = place_of(report->keys, ERRATA__REPORT_MAP_KEYS, group.values[0]);
        uint64_t code = place_of(report->codes, ERRATA__REPORT_MAP_CODES, group.values[1]);
        const uint64_t cell[] = {key, code, group.issues, group.records};

        if (key == ERRATA__REPORT_MAP_KEYS || code == ERRATA__REPORT_MAP_CODES) {
            continue;
        }
        errata__sink_words(&report->sink, comma);
        for (size_t j = 0; j < sizeof cell / sizeof *cell; j++) {
            errata__sink_bytes(&report->sink, ",", j > 0);
            errata__sink_number(&report->sink, cell[j]);
        }
        errata__sink_words(&report->sink, "]");
        comma = ",[";
    }
    errata__sink_words(&report->sink, "]");
    errata__report_number(report, "map_keys", ERRATA__REPORT_MAP_KEYS);
    errata__report_number(report, "map_codes", ERRATA__REPORT_MAP_CODES);
}

void errata__report_data(struct errata__report *report) {
    struct errata_counts counts;

    errata_index_counts(report->index, &counts);
    errata__sink_words(&report->sink, "{\"errata\":");
    errata__report_json(report, errata__words(errata_version()));
    if (errata_index_digit_names(report->index)) {
        errata__report_number(report, "digit_names", 1);
    }
    write_inputs(report, &counts);
    write_totals(report, &counts);
    write_statuses(report);
    write_deviations(report);
    write_rejects(report);
    write_bars(report, "keys", report->keys, report->key_marks);
    write_bars(report, "codes", report->codes, NULL);
    errata__report_number(report, "bars", ERRATA__REPORT_BARS);
    write_map(report);
    errata__report_changes(report);
    errata__report_groups(report);
    errata__sink_words(&report->sink, "}");
}
