/*
 * Terms that no issue can pass. Somebody who types a term sees at once that nothing is found; a rule in
 * a file that can never be broken would be silence. What is refused here is certain: a term that is let
 * through may still find nothing.
 */
#include <string.h>

#include "core/fail.h"
#include "core/utf8.h"
#include "index/query.h"

#define SHOWN 100

/* A time as times are written. Second 0 stands for unknown. */
static bool is_time(struct errata_text text) {
    char written[ERRATA__TIME_SIZE];
    int64_t seconds;

    return errata__time_parse(text.data, text.length, &seconds) && seconds != 0 &&
           errata__time_format(seconds, written) == text.length &&
           memcmp(written, text.data, text.length) == 0;
}

static enum errata_status check_texts(const struct errata__term *term, struct errata_error *error) {
    for (size_t i = 0; i < term->n_values; i++) {
        struct errata_text text = term->texts[i];
        char shown[SHOWN];

        if (term->field == ERRATA_FIELD_FETCHED_AT && !is_time(text)) {
            errata__utf8_escape(text.data, text.length, shown, sizeof shown);
            return errata__fail(error, ERRATA_BAD_QUERY,
                                "no issue can pass: fetched_at is written as 2026-01-02T03:04:05Z, "
                                "never as \"%s\"; for a part of it there is ~",
                                shown);
        }
        if (term->field == ERRATA_FIELD_APP && text.length == 1 && text.data[0] == 'c') {
            return errata__fail(error, ERRATA_BAD_QUERY,
                                "no issue can pass: the app id c stands for none and is read as a "
                                "missing one; it is asked for by !app");
        }
    }
    return ERRATA_OK;
}

/* The term by itself. */
static enum errata_status check_alone(const struct errata__term *term, struct errata_error *error) {
    if (term->op == ERRATA_ABSENT &&
        (term->field == ERRATA_FIELD_PATH || term->field == ERRATA_FIELD_PATTERN ||
         term->field == ERRATA_FIELD_STATUS || term->field == ERRATA_FIELD_SOURCE)) {
        return errata__fail(error, ERRATA_BAD_QUERY, "no issue can pass: there is always a %s",
                            errata_field_name(term->field));
    }
    if (term->op != ERRATA_EQUAL) {
        return ERRATA_OK;
    }
    if (term->field == ERRATA_FIELD_PATTERN) {
        for (size_t i = 0; i < term->n_values; i++) {
            if (term->globs[i].numbered) {
                return errata__fail(error, ERRATA_BAD_QUERY,
                                    "no issue can pass: positions in a pattern have no number; "
                                    "write [*], or ask for path");
            }
        }
    }
    return term->texts == NULL ? ERRATA_OK : check_texts(term, error);
}

/* Is there a segment that both fit? */
static bool items_meet(const struct errata__glob_item *a, const struct errata__glob_item *b,
                       bool numbers) {
    if (!numbers && (a->kind == ERRATA__GLOB_NUMBER || b->kind == ERRATA__GLOB_NUMBER)) {
        return false;
    }
    if (a->kind == ERRATA__GLOB_SEGMENT || b->kind == ERRATA__GLOB_SEGMENT) {
        return true;
    }
    if (a->kind == ERRATA__GLOB_NAME || b->kind == ERRATA__GLOB_NAME) {
        return a->kind == b->kind && errata__text_compare(a->name, b->name) == 0;
    }
    return a->kind != b->kind || a->number == b->number;
}

/* Is there a path that both globs match, or a pattern where there are no numbers? reach has room for both
   counts of items and two: reach[j] says whether a's items before here and b's before j can be used up
   together. */
static bool globs_meet(const struct errata__glob *a, const struct errata__glob *b, bool numbers,
                       bool *reach) {
    bool *next = reach + b->count + 1;

    memset(reach, 0, (b->count + 1) * sizeof *reach);
    reach[0] = true;
    for (size_t i = 0; i <= a->count; i++) {
        memset(next, 0, (b->count + 1) * sizeof *next);
        for (size_t j = 0; j <= b->count; j++) {
            bool any = (i < a->count && a->items[i].kind == ERRATA__GLOB_ANY) ||
                       (j < b->count && b->items[j].kind == ERRATA__GLOB_ANY);
            bool last = i == a->count || j == b->count;

            if (!reach[j]) {
                continue;
            }
            if (i == a->count && j == b->count) {
                return true;
            }
            /* What matches any number of segments ends here, or takes the other's item as well. */
            if (any) {
                next[j] = true;
                reach[j + (j < b->count)] = true;
            } else if (!last && items_meet(&a->items[i], &b->items[j], numbers)) {
                next[j + 1] = true;
            }
        }
        memcpy(reach, next, (b->count + 1) * sizeof *reach);
    }
    return false;
}

/* Matches exactly one path, or one pattern where there are no numbers. */
static bool is_single(const struct errata__glob *glob, bool numbers) {
    for (size_t i = 0; i < glob->count; i++) {
        enum errata__glob_kind kind = glob->items[i].kind;
        if (kind == ERRATA__GLOB_SEGMENT || kind == ERRATA__GLOB_ANY ||
            (numbers && kind == ERRATA__GLOB_POSITION)) {
            return false;
        }
    }
    return true;
}

static bool same_globs(const struct errata__glob *a, const struct errata__glob *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++) {
        same = a->items[i].kind == b->items[i].kind && a->items[i].number == b->items[i].number &&
               errata__text_compare(a->items[i].name, b->items[i].name) == 0;
    }
    return same;
}

/* Can something that matches the glob of `of` pass the term? One of the two may be on path and the other on pattern:
   what matches a glob on path then has a pattern in which [*] stands for its numbers. */
static enum errata_status glob_may_pass(const struct errata__term *of,
                                        const struct errata__glob *glob, struct errata__term *term,
                                        bool *may) {
    bool numbers = of->field == ERRATA_FIELD_PATH || term->field == ERRATA_FIELD_PATH;
    bool by_path = of->field == ERRATA_FIELD_PATH && term->field == ERRATA_FIELD_PATH;
    bool single = is_single(glob, by_path);
    bool negative = errata__term_is_negative(term);

    *may = negative || term->globs == NULL;
    for (size_t i = 0; term->globs != NULL && i < term->n_values && *may == negative; i++) {
        const struct errata__glob *other = &term->globs[i];
        bool *reach =
            errata__arena_borrow(&term->arena, other->count + (size_t)1, 2 * sizeof *reach);
        if (reach == NULL) {
            return ERRATA_NO_MEMORY;
        }
        bool meet = globs_meet(glob, other, numbers, reach);
        errata__arena_return(&term->arena, reach);
        if (negative) {
            /* A pattern has paths that a number does not match. */
            bool whole = of->field == term->field || !other->numbered;
            *may = !(whole && ((single && meet) || same_globs(glob, other)));
        } else {
            *may = meet;
        }
    }
    return ERRATA_OK;
}

/* Can what a regular expression of `of` matches pass the term? What another expression matches is not known. */
static bool match_may_pass(const struct errata__term *of, size_t value,
                           const struct errata__term *term) {
    if (term->op != ERRATA_NOT_MATCHES || term->field != of->field) {
        return true;
    }
    for (size_t i = 0; i < term->n_values; i++) {
        if (errata__filter_same(of->filters[value], term->filters[i])) {
            return false;
        }
    }
    return true;
}

/* Can an issue whose value is this one of `of` pass the term? */
static enum errata_status value_may_pass(const struct errata__term *of, size_t value,
                                         struct errata__term *term, bool *may,
                                         struct errata_error *error) {
    if (term->op == ERRATA_ABSENT || term->op == ERRATA_PRESENT) {
        *may = term->op == ERRATA_PRESENT;
        return ERRATA_OK;
    }
    if (of->filters != NULL) {
        *may = match_may_pass(of, value, term);
        return ERRATA_OK;
    }
    if (of->globs != NULL) {
        enum errata_status status = glob_may_pass(of, &of->globs[value], term, may);
        return status == ERRATA_OK ? status : errata__fail_plain(error, status);
    }
    enum errata_status status = errata__term_fits(term, of->texts[value], may, error);
    *may = *may != errata__term_is_negative(term);
    if (status == ERRATA_LIMIT_REGEX) {
        /* The query will say so where the text occurs. */
        *may = true;
        return ERRATA_OK;
    }
    return status;
}

/* Are two fields about the same? A path tells its pattern, and a pattern something of its paths. */
static bool same_topic(enum errata_field a, enum errata_field b) {
    return (a == ERRATA_FIELD_PATTERN ? ERRATA_FIELD_PATH : a) ==
           (b == ERRATA_FIELD_PATTERN ? ERRATA_FIELD_PATH : b);
}

/* The next of the terms on what `fresh` is about, which comes last and is in no list yet; NULL first. */
static struct errata__term *next_term(const struct errata_query *query, struct errata__term *fresh,
                                      struct errata__term *term) {
    struct errata__term *next = NULL;

    if (term != fresh) {
        next = term == NULL ? query->terms[errata__field_level(fresh->field)] : term->next;
        while (next != NULL && !same_topic(next->field, fresh->field)) {
            next = next->next;
        }
        next = next == NULL ? fresh : next;
    }
    return next;
}

/* Is there a value of this term, which is one of equality or matching, that all terms on the field let pass? */
static enum errata_status any_may_pass(const struct errata_query *query, struct errata__term *fresh,
                                       const struct errata__term *of, bool *any,
                                       struct errata_error *error) {
    *any = false;
    for (size_t value = 0; value < of->n_values && !*any; value++) {
        *any = true;
        for (struct errata__term *term = next_term(query, fresh, NULL); term != NULL && *any;
             term = next_term(query, fresh, term)) {
            enum errata_status status = value_may_pass(of, value, term, any, error);
            if (status != ERRATA_OK) {
                return status;
            }
        }
    }
    return ERRATA_OK;
}

enum errata_status errata__term_possible(const struct errata_query *query,
                                         struct errata__term *fresh, struct errata_error *error) {
    bool wants_value = false;
    bool wants_none = false;

    enum errata_status status = check_alone(fresh, error);
    if (status != ERRATA_OK) {
        return status;
    }
    for (struct errata__term *term = next_term(query, fresh, NULL); term != NULL;
         term = next_term(query, fresh, term)) {
        wants_none = wants_none || term->op == ERRATA_ABSENT;
        wants_value = wants_value || (term->op != ERRATA_ABSENT && !errata__term_is_negative(term));
    }
    bool possible = !(wants_value && wants_none);
    for (struct errata__term *term = next_term(query, fresh, NULL);
         term != NULL && possible && status == ERRATA_OK; term = next_term(query, fresh, term)) {
        if (term->op == ERRATA_EQUAL || term->op == ERRATA_MATCHES) {
            status = any_may_pass(query, fresh, term, &possible, error);
        }
    }
    if (status == ERRATA_OK && !possible) {
        bool paths = same_topic(fresh->field, ERRATA_FIELD_PATH);
        return errata__fail(error, ERRATA_BAD_QUERY,
                            "no issue can pass this and the terms on %s before it",
                            paths ? "path and pattern" : errata_field_name(fresh->field));
    }
    return status;
}
