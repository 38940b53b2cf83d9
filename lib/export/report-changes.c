/*
 * What changed since an older side: totals, and of each kind of change the greatest groups. The comparison is in
 * the order of names, so that a group of the table finds its past in it by halving.
 */

#include "core/text.h"
#include "export/report-parts.h"

#define FIELDS 3

static int compare_all(const struct errata_text *one, const struct errata_text *other) {
    int order = 0;

    for (size_t i = 0; i < FIELDS && order == 0; i++) {
        order = errata__text_compare(one[i], other[i]);
    }
    return order;
}

void errata__report_before(struct errata__report *report, const struct errata_group *group) {
    struct errata_difference one;
    uint64_t low = 0;
    uint64_t high = report->diff ? errata_diff_count(report->diff) : 0;

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        int order;

        if (!errata_diff_at(report->diff, middle, &one)) {
            return;
        }
        order = compare_all(group->values, one.values);
        if (order == 0) {
            errata__report_number(report, "old", one.issues[0]);
            errata__report_number(report, "old_records", one.records[0]);
            return;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
}

void errata__report_top_add(struct errata__report_top *top, uint64_t number, uint64_t size) {
    size_t at = top->count;

    if (at == top->most) {
        at--;
        if (top->sizes[at] >= size) {
            return;
        }
    } else {
        top->count++;
    }
    for (; at > 0 && top->sizes[at - 1] < size; at--) {
        top->sizes[at] = top->sizes[at - 1];
        top->numbers[at] = top->numbers[at - 1];
    }
    top->sizes[at] = size;
    top->numbers[at] = number;
}

static void write_one(struct errata__report *report, uint64_t number) {
    struct errata__sink *sink = &report->sink;
    struct errata_difference one;

    if (!errata_diff_at(report->diff, number, &one)) {
        return;
    }
    errata__sink_words(sink, "{\"key\":");
    errata__report_json(report, one.values[0]);
    errata__sink_words(sink, ",\"code\":");
    errata__report_json(report, one.values[1]);
    errata__sink_words(sink, ",\"pattern\":");
    errata__report_json(report, one.values[2]);
    errata__report_number(report, "old", one.issues[0]);
    errata__report_number(report, "issues", one.issues[1]);
    errata__report_number(report, "old_records", one.records[0]);
    errata__report_number(report, "records", one.records[1]);
    errata__report_number(report, "newly_failing", one.newly_failing);
    errata__sink_words(sink, "}");
}

/* The greatest groups of each change, by the more issues that they have on a side. */
static void write_tops(struct errata__report *report) {
    struct errata__report_top tops[ERRATA_CHANGE_SAME] = {0};
    struct errata_difference one;

    for (unsigned change = 0; change < ERRATA_CHANGE_SAME; change++) {
        tops[change].most = ERRATA__REPORT_CHANGED;
    }
    for (uint64_t i = 0; errata_diff_at(report->diff, i, &one); i++) {
        if (one.change < ERRATA_CHANGE_SAME) {
            errata__report_top_add(&tops[one.change], i,
                                   one.issues[0] > one.issues[1] ? one.issues[0] : one.issues[1]);
        }
    }
    errata__sink_words(&report->sink, ",\"changed\":{");
    for (unsigned change = 0; change < ERRATA_CHANGE_SAME; change++) {
        errata__sink_words(&report->sink, change > 0 ? ",\"" : "\"");
        errata__sink_words(&report->sink, errata_change_name((enum errata_change)change));
        errata__sink_words(&report->sink, "\":[");
        for (size_t i = 0; i < tops[change].count; i++) {
            errata__sink_bytes(&report->sink, ",", i > 0);
            write_one(report, tops[change].numbers[i]);
        }
        errata__sink_words(&report->sink, "]");
    }
    errata__sink_words(&report->sink, "}");
}

static void write_totals(struct errata__report *report) {
    struct errata_diff_totals totals;
    struct errata_diff_side sides[2] = {0};

    errata_diff_totals_get(report->diff, &totals);
    errata_diff_side_at(report->diff, 0, &sides[0]);
    errata_diff_side_at(report->diff, 1, &sides[1]);
    errata__report_number(report, "old_issues", sides[0].issues);
    errata__report_number(report, "old_records", sides[0].records);
    errata__report_number(report, "old_records_read", sides[0].records_total);
    errata__report_number(report, "old_rejects", sides[0].rejects);
    errata__report_number(report, "newly_failing", totals.newly_failing);
    errata__report_number(report, "no_longer_failing", totals.no_longer_failing);
    errata__report_number(report, "still_failing", totals.still_failing);
    errata__report_number(report, "added", totals.added);
    errata__report_number(report, "removed", totals.removed);
    errata__report_number(report, "unnamed", (uint64_t)sides[0].unnamed + sides[1].unnamed);
    errata__sink_words(&report->sink, ",\"groups\":{");
    for (unsigned change = 0; change < ERRATA_CHANGES; change++) {
        errata__sink_words(&report->sink, change > 0 ? ",\"" : "\"");
        errata__sink_words(&report->sink, errata_change_name((enum errata_change)change));
        errata__sink_words(&report->sink, "\":");
        errata__sink_number(&report->sink, totals.groups[change]);
    }
    errata__sink_words(&report->sink, "}");
}

void errata__report_changes(struct errata__report *report) {
    if (!report->diff) {
        return;
    }
    errata__sink_words(&report->sink, ",\"diff\":{\"name\":");
    errata__report_json(report, report->options.old_name);
    write_totals(report);
    write_tops(report);
    errata__sink_words(&report->sink, "}");
}

void errata__report_plain_changes(struct errata__report *report) {
    struct errata__sink *sink = &report->sink;
    struct errata_diff_totals totals;
    struct errata_diff_side old = {0};

    if (!report->diff) {
        return;
    }
    errata_diff_totals_get(report->diff, &totals);
    errata_diff_side_at(report->diff, 0, &old);
    errata__sink_words(sink, "\n<p>Since ");
    if (report->options.old_name.data) {
        errata__report_html(report, report->options.old_name);
    } else {
        errata__sink_words(sink, "the older run");
    }
    const struct {
        const char *name;
        uint64_t number;
    } parts[] = {{": records newly failing ", totals.newly_failing},
                 {", no longer failing ", totals.no_longer_failing},
                 {", still failing ", totals.still_failing},
                 {"; groups new ", totals.groups[ERRATA_CHANGE_NEW]},
                 {", grown ", totals.groups[ERRATA_CHANGE_GROWN]},
                 {", shrunk ", totals.groups[ERRATA_CHANGE_SHRUNK]},
                 {", gone ", totals.groups[ERRATA_CHANGE_GONE]},
                 {"; rejects then ", old.rejects}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        errata__sink_words(sink, parts[i].name);
        errata__sink_number(sink, parts[i].number);
    }
    errata__sink_words(sink, ".</p>");
}
