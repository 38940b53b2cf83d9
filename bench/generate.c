/*
 * Payloads to measure with; see generate.h. The issues are Zod's over a loan application, as in examples/.
 */
#include "generate.h"

#include <stdlib.h>
#include <string.h>

#include "payload.h"
#include "template.h"

#define MB 1000000U

/* Of a row, where no two paths may be equal. */
#define ELEMENTS 64U
/* More than any shape has. */
#define MOST_RULES 8
#define MOST_ISSUES 8

const struct bench_shape bench_shapes[] = {
    {.name = "R",
     .help = "repetitive NDJSON, as from Zod 3",
     .rules = bench_loan_rules,
     .bytes = 400 * MB,
     .rows = 2,
     .dropped = 20},
    {.name = "V",
     .help = "R, as from Zod 4",
     .rules = bench_zod4_rules,
     .bytes = 400 * MB,
     .rows = 2,
     .dropped = 20},
    {.name = "P",
     .help = "R, pretty-printed",
     .rules = bench_loan_rules,
     .bytes = 400 * MB,
     .rows = 2,
     .dropped = 20,
     .pretty = true},
    {.name = "U",
     .help = "one document, no path twice, two positions in each path",
     .rules = bench_position_rules,
     .bytes = 400 * MB,
     .rows = 1000,
     .single = true,
     .growing = true},
    {.name = "U2",
     .help = "U, its positions as digit strings",
     .rules = bench_position_rules,
     .bytes = 400 * MB,
     .rows = 1000,
     .single = true,
     .growing = true,
     .digit_strings = true},
    {.name = "D",
     .help = "R, as a single document",
     .rules = bench_loan_rules,
     .bytes = 1000 * MB,
     .rows = 2,
     .dropped = 20,
     .single = true},
    {.name = "S",
     .help = "NDJSON, documents of three issues",
     .rules = bench_loan_rules,
     .bytes = 750 * MB,
     .rows = 2,
     .dropped = 20,
     .most = 3},
    {.name = "C", .help = "NDJSON, completed records without errors", .bytes = 100 * MB},
    {.name = "M",
     .help = "NDJSON, every message unique, plain text",
     .rules = bench_message_rules,
     .bytes = 100 * MB,
     .rows = 40},
    {.name = "ME",
     .help = "M, with escapes and text that is not ASCII",
     .rules = bench_escaped_message_rules,
     .bytes = 100 * MB,
     .rows = 40},
    {.name = "M2",
     .help = "NDJSON, every message and received value unique",
     .rules = bench_received_rules,
     .bytes = 100 * MB,
     .rows = 40},
    {.name = "E",
     .help = "NDJSON, escapes and text that is not ASCII everywhere",
     .rules = bench_escape_rules,
     .bytes = 100 * MB,
     .rows = 4,
     .dropped = 20},
    {.name = "N",
     .help = "NDJSON, unions within unions",
     .rules = bench_union_rules,
     .bytes = 100 * MB,
     .rows = 4,
     .dropped = 20},
};
const size_t n_bench_shapes = sizeof bench_shapes / sizeof bench_shapes[0];

/* The texts of a rule error: before, between and behind its issues. */
struct rule {
    struct bench_template head;
    struct bench_template issues[MOST_ISSUES];
    size_t n_issues;
    struct bench_template tail;
};

struct generator {
    const struct bench_shape *shape;
    struct bench_size size;
    struct bench_template heads[2];
    struct bench_template tail;
    struct rule rules[MOST_RULES];
    size_t n_rules;

    uint64_t random;
    uint64_t documents;
    uint64_t records;
    /* Issues so far, those left out not counted. */
    uint64_t issues;
    struct bench_writer writer;
};

/* A number from 0 to below - 1, below 2^32. SplitMix64; a multiplication is cheaper than a remainder. */
static uint64_t draw(struct generator *generator, uint64_t below) {
    uint64_t z = generator->random += 0x9E3779B97F4A7C15U;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return (z >> 32) * below >> 32;
}

static void put_byte(struct generator *generator, char c) {
    char *at = bench_reserve(&generator->writer, 1);

    *at = c;
    bench_commit(&generator->writer, at + 1);
}

/* ---- the texts */

static void make_text(struct generator *generator, struct bench_template *template, unsigned depth,
                      const char *a, const char *b, const char *c) {
    const char *const parts[] = {a, b, c, NULL};
    struct bench_layout layout = {.pretty = generator->shape->pretty, .depth = depth};

    /* Positions are in issues only. */
    layout.digit_strings = generator->shape->digit_strings && depth == 4;
    bench_template_make(template, &layout, parts);
}

static void make_rule(struct generator *generator, struct rule *rule,
                      const struct bench_rule *from) {
    make_text(generator, &rule->head, 2, "{\"message\":\"", from->message, "\",\"errors\":[");
    make_text(generator, &rule->tail, 4, "],\"key\":\"", from->key, "\"}");
    for (; from->issues[rule->n_issues]; rule->n_issues++) {
        make_text(generator, &rule->issues[rule->n_issues], 4, from->issues[rule->n_issues], NULL,
                  NULL);
    }
}

static void make_texts(struct generator *generator) {
    static const char *const collections[] = {"home-loans", "refinancing"};
    const struct bench_rule *rules = generator->shape->rules;

    for (size_t i = 0; i < 2; i++) {
        make_text(generator, &generator->heads[i], 0,
                  "{\"record_id\":\"loan-" BENCH_SERIAL "\",\"collection_id\":\"", collections[i],
                  rules ? "\",\"status\":\"FAILED\",\"errors\":[" : "\",\"status\":\"COMPLETED\"}");
    }
    make_text(generator, &generator->tail, 2, rules ? "]}" : "", NULL, NULL);
    for (; rules && rules[generator->n_rules].key; generator->n_rules++) {
        make_rule(generator, &generator->rules[generator->n_rules], &rules[generator->n_rules]);
    }
}

/* ---- documents */

static bool reached(const struct generator *generator) {
    const struct bench_size *size = &generator->size;

    return generator->writer.failed ||
           (size->bytes > 0 && generator->writer.written >= size->bytes) ||
           (size->issues > 0 && generator->issues >= size->issues);
}

/* Writes the issues of a rule about one row. Returns how many its rule error then has. */
static uint64_t put_row(struct generator *generator, const struct rule *rule, uint64_t row,
                        uint64_t before) {
    const struct bench_shape *shape = generator->shape;
    uint64_t count = before;

    for (size_t i = 0; i < rule->n_issues && (shape->most == 0 || count < shape->most); i++) {
        uint64_t numbers[] = {row, 0, generator->issues};

        if (shape->dropped > 0 && draw(generator, 100) < shape->dropped) {
            continue;
        }
        if (shape->growing) {
            numbers[0] = row / ELEMENTS;
            numbers[1] = row % ELEMENTS;
        } else {
            numbers[1] = draw(generator, 4);
        }
        if (count > 0) {
            put_byte(generator, ',');
        }
        bench_template_write(&rule->issues[i], &generator->writer, numbers);
        generator->issues++;
        count++;
    }
    return count;
}

static void put_rule_error(struct generator *generator, const struct rule *rule, uint64_t row) {
    const struct bench_shape *shape = generator->shape;
    static const uint64_t none[3];
    uint64_t count = 0;

    bench_template_write(&rule->head, &generator->writer, none);
    for (uint64_t i = 0; i < shape->rows || count < shape->most; i++) {
        count = put_row(generator, rule, row + i, count);
        /* Long rule errors are of the one document there is. */
        if (shape->single && reached(generator)) {
            break;
        }
    }
    bench_template_write(&rule->tail, &generator->writer, none);
}

static void put_rule_errors(struct generator *generator) {
    uint64_t row = draw(generator, 1000);

    if (generator->shape->most > 0) {
        put_rule_error(generator, &generator->rules[draw(generator, generator->n_rules)], row);
        return;
    }
    for (size_t i = 0; i < generator->n_rules; i++) {
        if (i > 0) {
            put_byte(generator, ',');
        }
        put_rule_error(generator, &generator->rules[i], row);
    }
}

/* Rule errors of the one document there is: rules in turn. */
static void put_all_rule_errors(struct generator *generator) {
    const struct bench_shape *shape = generator->shape;
    uint64_t i = 0;

    do {
        uint64_t turn = i / generator->n_rules;

        if (i > 0) {
            put_byte(generator, ',');
        }
        put_rule_error(generator, &generator->rules[i % generator->n_rules],
                       shape->growing ? turn * shape->rows : draw(generator, 1000));
        i++;
    } while (!reached(generator));
}

static void put_document(struct generator *generator) {
    uint64_t numbers[3] = {0};

    generator->documents++;
    /* One document in ten is of a record that was there before. */
    if (generator->records > 0 && draw(generator, 10) == 0) {
        numbers[2] = draw(generator, generator->records);
    } else {
        numbers[2] = generator->records++;
    }
    /* A record stays in its collection. */
    bench_template_write(&generator->heads[numbers[2] % 4 == 0], &generator->writer, numbers);
    if (generator->shape->single) {
        put_all_rule_errors(generator);
    } else if (generator->n_rules > 0) {
        put_rule_errors(generator);
    }
    bench_template_write(&generator->tail, &generator->writer, numbers);
    put_byte(generator, '\n');
}

bool bench_generate(const struct bench_shape *shape, const struct bench_size *size, uint64_t seed,
                    bench_take *take, void *ctx) {
    struct generator *generator = calloc(1, sizeof *generator);
    bool ok;

    if (!generator) {
        return false;
    }
    generator->shape = shape;
    generator->size = *size;
    generator->random = seed;
    generator->writer.take = take;
    generator->writer.ctx = ctx;
    make_texts(generator);
    do {
        put_document(generator);
    } while (!shape->single && !reached(generator) &&
             (size->documents == 0 || generator->documents < size->documents));
    ok = bench_write_end(&generator->writer);
    free(generator);
    return ok;
}

const struct bench_shape *bench_find_shape(const char *name) {
    for (size_t i = 0; i < n_bench_shapes; i++) {
        if (strcmp(bench_shapes[i].name, name) == 0) {
            return &bench_shapes[i];
        }
    }
    return NULL;
}
