/*
 * The verdict for programs and for comments: what it consists of, in the library's words, which writes it.
 */
#include <stdlib.h>

#include <errata/verdict.h>

#include "command.h"
#include "core/text.h"
#include "verdict.h"

static struct errata_verdict_group group_of(const struct shown_group *group) {
    static const char *const changes[] = {NULL, "new", "grown"};
    const char *change = changes[group->change];

    return (struct errata_verdict_group){.values = group->values,
                                         .issues = group->issues,
                                         .records = group->records,
                                         .change = change ? errata__words(change)
                                                          : (struct errata_text){0},
                                         .known = group->known.there,
                                         .known_issues = group->known.issues,
                                         .known_records = group->known.records,
                                         .counted = group->counted};
}

/* --limit holds for lists that can be long. Free *memory. */
static struct errata_verdict_groups list_of(const struct shown_groups *groups,
                                            const struct settings *settings,
                                            struct errata_verdict_group **memory) {
    uint64_t limit = settings_limit(settings);
    size_t count = limit > 0 && limit < groups->count ? (size_t)limit : groups->count;
    struct errata_verdict_group *at = allocate(NULL, count > 0 ? count : 1, sizeof *at);

    for (size_t i = 0; i < count; i++) {
        at[i] = group_of(&groups->at[i]);
    }
    *memory = at;
    return (struct errata_verdict_groups){at, count, groups->count};
}

/* A clause, and what it points to. */
struct part {
    struct errata_verdict_group groups[SHOWN];
    char percent[PERCENT_SIZE];
};

static struct errata_verdict_clause clause_of(const struct clause *clause, struct part *part) {
    struct errata_verdict_clause out = {.name = errata__words(clause_name(clause)),
                                        .limit = errata__words(clause_limit(clause)),
                                        .unit = errata__words(clause_unit(clause)),
                                        .allowed = clause->allowed,
                                        .found = clause->found,
                                        .passed = clause->passed,
                                        .warns = clause->rule->warn,
                                        .groups = part->groups,
                                        .n_groups = clause->n_groups,
                                        .groups_total = clause->groups_total,
                                        .examples = clause->examples,
                                        .n_examples = clause->n_examples};

    for (size_t i = 0; i < clause->n_groups; i++) {
        part->groups[i] = group_of(&clause->groups[i]);
    }
    if (clause->limit == LIMIT_PERCENT) {
        size_t length = percent_show(part->percent, clause->rule->most[LIMIT_PERCENT]);

        out.percent = (struct errata_text){part->percent, length};
    }
    return out;
}

enum errata_status verdict_export(const struct verdict *verdict, struct output *output,
                                  struct errata_error *error) {
    const struct settings *settings = verdict->settings;
    const struct errata_export_options how = command_export_options(settings);
    size_t count = verdict->clauses->count;
    struct errata_verdict_clause *clauses = allocate(NULL, count + 1, sizeof *clauses);
    struct part *parts = allocate(NULL, count + 1, sizeof *parts);
    struct errata_verdict_group *stale;
    struct errata_verdict_group *widened;
    struct errata_verdict out = {.by = verdict->by,
                                 .passed = !verdict->failed && verdict->rejects == 0,
                                 .clauses = clauses,
                                 .n_clauses = count,
                                 .stale = list_of(&verdict->stale, settings, &stale),
                                 .widened = list_of(&verdict->widened, settings, &widened),
                                 .written = !settings->write_baseline ? ERRATA_WRITTEN_NOT_ASKED
                                            : verdict->written        ? ERRATA_WRITTEN_YES
                                                                      : ERRATA_WRITTEN_NO,
                                 .dropped = verdict->n_dropped,
                                 .documents = verdict->documents,
                                 .records = verdict->records,
                                 .rejects = verdict->rejects};
    enum errata_status status;

    for (size_t i = 0; i < count; i++) {
        clauses[i] = clause_of(&verdict->clauses->at[i], &parts[i]);
    }
    if (settings->format == FORMAT_JUNIT) {
        status = errata_export_junit_verdict(&out, verdict->index, output_write, output, error);
    } else {
        status = errata_export_verdict(&out, verdict->index, &how, output_write, output, error);
    }
    free(stale);
    free(widened);
    free(clauses);
    free(parts);
    return status;
}
