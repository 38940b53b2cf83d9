/*
 * The verdict for programs: see verdict.h. docs/formats.md has every member.
 */
#include <string.h>

#include "json.h"
#include "verdict.h"

static struct errata_text text_of(const char *words) {
    return (struct errata_text){words, strlen(words)};
}

static void add_bool(struct line *line, const char *before, bool value) {
    line_words(line, before);
    line_words(line, value ? "true" : "false");
}

static void add_number(struct line *line, const char *before, uint64_t value) {
    line_format(line, "%s%llu", before, (unsigned long long)value);
}

/* null where the group is not in a baseline. */
static void add_known(struct line *line, const char *before, const struct known *known,
                      uint64_t value) {
    if (known->there) {
        add_number(line, before, value);
    } else {
        line_words(line, before);
        line_words(line, "null");
    }
}

static void add_group(struct line *line, const struct verdict *verdict,
                      const struct shown_group *group) {
    static const char *const changes[] = {"null", "\"new\"", "\"grown\""};

    baseline_line(line, verdict->by, group->values, group->issues, group->records);
    /* Its members go on. */
    line->length--;
    line_format(line, ",\"change\":%s", changes[group->change]);
    add_known(line, ",\"baseline_issues\":", &group->known, group->known.issues);
    add_known(line, ",\"baseline_records\":", &group->known, group->known.records);
    line_words(line, "}");
}

static void add_example(struct line *line, const struct errata_index *index, uint32_t id) {
    struct errata_whole_issue found = {0};
    struct line locator = {0};

    errata_index_whole_issue(index, id, &found);
    line_words(line, "{\"locator\":");
    json_quote(line, verdict_locator(index, id, &found.rule_error, &locator));
    line_words(line, ",\"record\":");
    json_quote(line, found.record.record);
    line_words(line, ",\"source\":");
    json_quote(line, found.source.name);
    add_number(line, ",\"line\":", found.document.line);
    line_words(line, ",\"message\":");
    json_quote(line, found.issue.message);
    line_words(line, "}");
    line_free(&locator);
}

static void add_percent(struct line *line, const struct clause *clause) {
    char digits[PERCENT_SIZE];
    size_t length;

    if (clause->limit != LIMIT_PERCENT) {
        line_words(line, "null");
        return;
    }
    length = percent_show(digits, clause->rule->most[LIMIT_PERCENT]);
    line_add(line, digits, length);
}

static void add_clause(struct line *line, const struct verdict *verdict,
                       const struct clause *clause) {
    line_words(line, "{\"name\":");
    json_quote(line, text_of(clause_name(clause)));
    line_format(line, ",\"severity\":\"%s\"", clause->rule->warn ? "warn" : "fail");
    add_number(line, ",\"allowed\":", clause->allowed);
    add_number(line, ",\"found\":", clause->found);
    add_bool(line, ",\"passed\":", clause->passed);
    line_words(line, ",\"groups\":[");
    for (size_t i = 0; i < clause->n_groups; i++) {
        line_words(line, i > 0 ? "," : "");
        add_group(line, verdict, &clause->groups[i]);
        line->length--;
        add_number(line, ",\"counted\":", clause->groups[i].counted);
        line_words(line, "}");
    }
    line_words(line, "],\"examples\":[");
    for (size_t i = 0; i < clause->n_examples; i++) {
        line_words(line, i > 0 ? "," : "");
        add_example(line, verdict->index, clause->examples[i]);
    }
    line_format(line, "],\"limit\":\"%s\",\"unit\":\"%s\",\"percent\":", clause_limit(clause),
                clause_unit(clause));
    add_percent(line, clause);
    line_words(line, "}");
}

/* --limit holds for lists that can be long. plain: as the baseline has them. */
static void add_groups(struct line *line, const struct verdict *verdict,
                       const struct shown_groups *groups, bool plain) {
    uint64_t limit = settings_limit(verdict->settings);

    line_words(line, "[");
    for (size_t i = 0; i < groups->count && (limit == 0 || i < limit); i++) {
        const struct shown_group *group = &groups->at[i];

        line_words(line, i > 0 ? "," : "");
        if (plain) {
            baseline_line(line, verdict->by, group->values, group->issues, group->records);
        } else {
            add_group(line, verdict, group);
        }
    }
    line_words(line, "]");
}

void verdict_write_json(const struct verdict *verdict, struct output *output) {
    struct line line = {0};

    add_bool(&line, "{\"passed\":", !verdict->failed && verdict->rejects == 0);
    line_words(&line, ",\"clauses\":[");
    for (size_t i = 0; i < verdict->clauses->count; i++) {
        line_words(&line, i > 0 ? "," : "");
        add_clause(&line, verdict, &verdict->clauses->at[i]);
    }
    line_words(&line, "],\"stale\":");
    add_groups(&line, verdict, &verdict->stale, true);
    add_number(&line, ",\"rejects\":", verdict->rejects);
    add_number(&line, ",\"records\":", verdict->records);
    line_words(&line, ",\"by\":[");
    for (size_t i = 0; i < verdict->by->n_fields; i++) {
        line_format(&line, "%s\"%s\"", i > 0 ? "," : "", errata_field_name(verdict->by->fields[i]));
    }
    line_words(&line, "],\"written\":");
    if (verdict->settings->write_baseline) {
        add_bool(&line, "", verdict->written);
    } else {
        line_words(&line, "null");
    }
    line_words(&line, ",\"widened\":");
    add_groups(&line, verdict, &verdict->widened, false);
    add_number(&line, ",\"documents\":", verdict->documents);
    add_number(&line, ",\"dropped\":", verdict->n_dropped);
    line_words(&line, "}\n");
    output_line(output, &line);
    line_free(&line);
}
