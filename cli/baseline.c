/*
 * What a baseline says of the groups that there are, and writing one: see baseline.h.
 */
#include "baseline.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "core/utf8.h"
#include "filter.h"
#include "json.h"

enum change change_of(const struct known *known, uint64_t issues) {
    if (!known->there) {
        return CHANGE_NEW;
    }
    return issues > known->issues ? CHANGE_GROWN : CHANGE_NONE;
}

void baseline_free(struct baseline *baseline) {
    for (size_t i = 0; i < baseline->n_filters; i++) {
        free(baseline->filters[i]);
    }
    free(baseline->filters);
    free(baseline->groups);
    free(baseline->values);
    line_free(&baseline->texts);
    *baseline = (struct baseline){0};
}

/* `--OPTION VALUE`, fit for JSON. */
static char *filter_text(const char *option, const char *value) {
    size_t length = strlen(value);
    char *repaired = allocate(NULL, 3 * length + 1, 1);
    char *start = join_words(option, " ");
    char *text;

    repaired[errata__utf8_repair(value, length, repaired)] = '\0';
    text = join_words(start, repaired);
    free(start);
    free(repaired);
    return text;
}

static int compare_words(const void *one, const void *other) {
    return strcmp(*(char *const *)one, *(char *const *)other);
}

void filters_sort(char **filters, size_t count) {
    if (count > 1) {
        qsort(filters, count, sizeof *filters, compare_words);
    }
}

char **filters_of(const struct settings *settings, size_t *count) {
    struct filter_option option;
    char **filters = NULL;
    size_t kept = 0;

    *count = 0;
    for (size_t i = 0; filter_option_at(&option, settings, i); i++) {
        for (size_t j = 0; j < option.values->count; j++) {
            filters = allocate(filters, *count + 1, sizeof *filters);
            filters[(*count)++] = filter_text(option.name, option.values->at[j]);
        }
    }
    filters_sort(filters, *count);
    for (size_t i = 0; i < *count; i++) {
        if (kept > 0 && strcmp(filters[kept - 1], filters[i]) == 0) {
            free(filters[i]);
        } else {
            filters[kept++] = filters[i];
        }
    }
    *count = kept;
    return filters;
}

static bool same_filters(const struct baseline *baseline, const struct settings *settings) {
    size_t count;
    char **filters = filters_of(settings, &count);
    bool same = count == baseline->n_filters;

    for (size_t i = 0; i < count; i++) {
        same = same && strcmp(filters[i], baseline->filters[i]) == 0;
        free(filters[i]);
    }
    free(filters);
    return same;
}

static bool same_fields(const struct baseline *baseline, const struct errata_grouping *by) {
    return by->n_fields == 0 ||
           (by->n_fields == baseline->n_by &&
            memcmp(by->fields, baseline->by, by->n_fields * sizeof *by->fields) == 0);
}

/* A word as a shell takes it. */
static void add_quoted(struct line *line, const char *word) {
    line_words(line, "'");
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            line_words(line, "'\\''");
        } else {
            line_add(line, word, 1);
        }
    }
    line_words(line, "'");
}

enum exit_status baseline_check(const struct baseline *baseline, const char *name,
                                const struct settings *settings, const struct errata_grouping *by) {
    bool fields = same_fields(baseline, by);
    bool writing = name == settings->write_baseline;
    struct line line = {0};

    if (fields && same_filters(baseline, settings)) {
        return EXIT_GOOD;
    }
    line_words(&line, writing ? " --write-baseline " : " --baseline ");
    add_quoted(&line, name);
    line_words(&line, " --by ");
    for (size_t i = 0; i < baseline->n_by; i++) {
        line_words(&line, i > 0 ? "," : "");
        line_words(&line, errata_field_name(baseline->by[i]));
    }
    for (size_t i = 0; i < baseline->n_filters; i++) {
        const char *filter = baseline->filters[i];
        const char *value = strchr(filter, ' ') + 1;

        line_words(&line, " ");
        line_add(&line, filter, (size_t)(value - filter));
        add_quoted(&line, value);
    }
    line_add(&line, "", 1);
    say("%s was made with other %s, so there is nothing to compare; %sas it was made:", name,
        fields ? "filters" : "fields", writing ? "remove it first to make another, or " : "");
    say("  errata check%s", line.data);
    line_free(&line);
    return EXIT_USAGE;
}

int values_compare(const struct errata_text *one, const struct errata_text *other, size_t count) {
    int order = 0;

    for (size_t i = 0; i < count && order == 0; i++) {
        order = errata__text_compare(one[i], other[i]);
    }
    return order;
}

struct known *baseline_match(const struct baseline *baseline, const struct errata_groups *groups,
                             bool **stale) {
    struct known *known = allocate(NULL, errata_groups_count(groups) + 1, sizeof *known);
    bool *left = allocate(NULL, baseline->count + 1, sizeof *left);
    struct errata_group group;
    size_t at = 0;

    /* Both are sorted, so one step back is never needed. */
    memset(left, true, baseline->count + 1);
    for (uint64_t i = 0; errata_groups_at(groups, i, &group); i++) {
        int order = -1;

        known[i] = (struct known){0};
        while (at < baseline->count) {
            order = values_compare(baseline->groups[at].values, group.values, baseline->n_by);
            if (order >= 0) {
                break;
            }
            at++;
        }
        if (at < baseline->count && order == 0) {
            known[i] =
                (struct known){true, baseline->groups[at].issues, baseline->groups[at].records};
            left[at++] = false;
        }
    }
    if (stale) {
        *stale = left;
    } else {
        free(left);
    }
    return known;
}

void baseline_line(struct line *line, const struct errata_grouping *by,
                   const struct errata_text *values, uint64_t issues, uint64_t records) {
    for (size_t i = 0; i < by->n_fields; i++) {
        line_format(line, "%s\"%s\":", i == 0 ? "{" : ",", errata_field_name(by->fields[i]));
        json_quote(line, values[i]);
    }
    line_format(line, ",\"issues\":%llu,\"records\":%llu}", (unsigned long long)issues,
                (unsigned long long)records);
}

void baseline_write(struct output *output, const struct errata_groups *groups,
                    const struct settings *settings) {
    const struct errata_grouping *by = errata_groups_grouping(groups);
    struct errata_group group;
    struct line line = {0};
    size_t count;
    char **filters = filters_of(settings, &count);

    line_words(&line, "{\"errata_baseline\":1,\n\"by\":[");
    for (size_t i = 0; i < by->n_fields; i++) {
        line_format(&line, "%s\"%s\"", i > 0 ? "," : "", errata_field_name(by->fields[i]));
    }
    line_words(&line, "],\n\"filters\":[");
    for (size_t i = 0; i < count; i++) {
        line_words(&line, i > 0 ? "," : "");
        json_quote(&line, (struct errata_text){filters[i], strlen(filters[i])});
        free(filters[i]);
    }
    free(filters);
    line_words(&line, "],\n\"groups\":[");
    for (uint64_t i = 0; errata_groups_at(groups, i, &group); i++) {
        line_words(&line, i > 0 ? ",\n" : "\n");
        baseline_line(&line, by, group.values, group.issues, group.records);
        output_line(output, &line);
    }
    line_words(&line, "\n]}\n");
    output_line(output, &line);
    line_free(&line);
}
