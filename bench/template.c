/*
 * Texts with numbers to fill in; see template.h.
 */
#include "template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "payload.h"

#define MOST_DIGITS 20U

/* Where a template is being made, and what is known of the JSON so far. */
struct maker {
    struct bench_template *template;
    const struct bench_layout *layout;
    /* Of the text behind the last hole. */
    size_t since_hole;
    unsigned depth;
    bool in_string;
    /* Behind a backslash, behind an opening bracket. */
    bool escaped;
    bool opened;
};

static void check(bool fits) {
    if (!fits) {
        fputs("errata-bench-gen: a text is too long for a template\n", stderr);
        abort();
    }
}

static void put(struct maker *maker, char c) {
    struct bench_template *template = maker->template;

    check(template->length < sizeof template->text);
    template->text[template->length++] = c;
    maker->since_hole++;
}

static void put_line_end(struct maker *maker) {
    if (maker->layout->pretty) {
        put(maker, '\n');
        for (unsigned i = 0; i < 2 * maker->depth; i++) {
            put(maker, ' ');
        }
    }
}

static void put_hole(struct maker *maker, size_t number) {
    struct bench_template *template = maker->template;
    bool quoted = maker->layout->digit_strings && !maker->in_string;

    if (quoted) {
        put(maker, '"');
    }
    check(template->n_holes < BENCH_HOLES);
    template->holes[template->n_holes++] = (struct bench_hole){maker->since_hole, number};
    maker->since_hole = 0;
    if (quoted) {
        put(maker, '"');
    }
}

static void put_outside_string(struct maker *maker, char c) {
    bool closes = c == '}' || c == ']';
    bool opened = maker->opened;

    maker->opened = c == '{' || c == '[';
    maker->in_string = c == '"';
    maker->depth -= closes;
    /* An empty container stays as it is. */
    if (closes && !opened) {
        put_line_end(maker);
    }
    put(maker, c);
    maker->depth += maker->opened;
    if (c == ':' && maker->layout->pretty) {
        put(maker, ' ');
    }
}

static void put_part(struct maker *maker, const char *part) {
    for (; *part; part++) {
        /* What comes first in a container or behind a comma begins a line. */
        if (maker->opened && *part != ']' && *part != '}') {
            put_line_end(maker);
            maker->opened = false;
        }
        if (*part >= BENCH_ROW[0] && *part <= BENCH_SERIAL[0]) {
            put_hole(maker, (size_t)(*part - BENCH_ROW[0]));
        } else if (maker->in_string) {
            put(maker, *part);
            maker->in_string = *part != '"' || maker->escaped;
            maker->escaped = *part == '\\' && !maker->escaped;
        } else {
            put_outside_string(maker, *part);
            if (*part == ',') {
                put_line_end(maker);
            }
        }
    }
}

void bench_template_make(struct bench_template *template, const struct bench_layout *layout,
                         const char *const *parts) {
    struct maker maker = {.template = template, .layout = layout, .depth = layout->depth};

    template->n_holes = 0;
    template->length = 0;
    /* A part that closes something has its own line end. */
    if (parts[0][0] == '{' && layout->depth > 0) {
        put_line_end(&maker);
    }
    for (size_t i = 0; parts[i]; i++) {
        put_part(&maker, parts[i]);
    }
}

void bench_template_write(const struct bench_template *template, struct bench_writer *writer,
                          const uint64_t numbers[3]) {
    char *at = bench_reserve(writer, template->length + template->n_holes * MOST_DIGITS);
    const char *from = template->text;

    for (size_t i = 0; i < template->n_holes; i++) {
        const struct bench_hole *hole = &template->holes[i];

        memcpy(at, from, hole->before);
        from += hole->before;
        at = bench_put_number(at + hole->before, numbers[hole->number]);
    }
    memcpy(at, from, (size_t)(template->text + template->length - from));
    bench_commit(writer, at + (template->text + template->length - from));
}
