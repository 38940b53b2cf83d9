/*
 * Makes payloads to measure with: as many bytes as wanted, on standard output, always the same for the same
 * arguments. What varies is what reading is sensitive to: how much of the text comes again, how positions
 * differ, how long a document is. The issues are Zod 3's over a loan application, as in examples/.
 *
 *     errata-bench-gen SHAPE BYTES [SEED]
 */
#include "payload.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "writer.h"

/* Of a row, where no two paths may be equal. */
#define ELEMENTS 64U

/* What a shape's documents look like. */
struct shape {
    const char *name;
    const char *help;
    const struct bench_rule *rules;
    /* Elements of the application that each rule complains about, one behind the other from a random first. */
    uint64_t rows;
    /* Of a hundred issues so many are left out at random, so that nothing comes again by the period. */
    uint64_t dropped;
    /* The most issues of a document; a rule a document then. 0: no such limit. */
    uint64_t most;
    bool pretty;
    /* A single document, in which no two paths are equal. */
    bool single;
};

static const struct shape shapes[] = {
    {"R", "repetitive NDJSON", bench_loan_rules, 2, 20, 0, false, false},
    {"U", "one document, every path with other positions", bench_position_rules, 1000, 0, 0, false,
     true},
    {"P", "as R, pretty-printed", bench_loan_rules, 2, 20, 0, true, false},
    {"S", "NDJSON, documents of three issues", bench_loan_rules, 2, 20, 3, false, false},
    {"M", "NDJSON, every message unique", bench_message_rules, 40, 0, 0, false, false},
};

struct generator {
    const struct shape *shape;
    struct bench_writer writer;
    uint64_t random;
    uint64_t documents;
    /* Issues so far, those left out not counted. */
    uint64_t issues;
};

/* SplitMix64. */
static uint64_t draw(struct generator *generator, uint64_t below) {
    uint64_t z = generator->random += 0x9E3779B97F4A7C15U;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return (z ^ z >> 31) % below;
}

/* Writes a text with its numbers filled in. */
static void put_filled(struct generator *generator, const char *text, const uint64_t *numbers) {
    for (;;) {
        size_t length = strcspn(text, BENCH_ROW BENCH_ELEMENT BENCH_SERIAL);

        bench_write(&generator->writer, text, length);
        if (text[length] == '\0') {
            return;
        }
        bench_write_number(&generator->writer, numbers[text[length] - 1]);
        text += length + 1;
    }
}

/* Writes the issues of a rule about one row. Returns how many. */
static uint64_t put_row(struct generator *generator, const struct bench_rule *rule, uint64_t row,
                        uint64_t before) {
    const struct shape *shape = generator->shape;
    uint64_t count = before;

    for (size_t i = 0; rule->issues[i] && (shape->most == 0 || count < shape->most); i++) {
        uint64_t numbers[] = {row, draw(generator, 4), generator->issues};

        if (shape->single) {
            numbers[0] = row / ELEMENTS;
            numbers[1] = row % ELEMENTS;
        }
        if (draw(generator, 100) < shape->dropped) {
            continue;
        }
        if (count > 0) {
            bench_write(&generator->writer, ",", 1);
        }
        put_filled(generator, rule->issues[i], numbers);
        generator->issues++;
        count++;
    }
    return count;
}

static void put_rule_error(struct generator *generator, const struct bench_rule *rule,
                           uint64_t row) {
    uint64_t count = 0;

    bench_write_text(&generator->writer, "{\"message\":\"");
    bench_write_text(&generator->writer, rule->message);
    bench_write_text(&generator->writer, "\",\"errors\":[");
    for (uint64_t i = 0; i < generator->shape->rows; i++) {
        count = put_row(generator, rule, row + i, count);
    }
    bench_write_text(&generator->writer, "],\"key\":\"");
    bench_write_text(&generator->writer, rule->key);
    bench_write_text(&generator->writer, "\"}");
}

static size_t count_rules(const struct bench_rule *rules) {
    size_t count = 0;

    while (rules[count].key) {
        count++;
    }
    return count;
}

/* Rule errors of a document that has each rule once, or one of them. */
static void put_rule_errors(struct generator *generator) {
    const struct shape *shape = generator->shape;
    size_t count = count_rules(shape->rules);
    uint64_t row = draw(generator, 1000);

    if (shape->most > 0) {
        put_rule_error(generator, &shape->rules[draw(generator, count)], row);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            bench_write(&generator->writer, ",", 1);
        }
        put_rule_error(generator, &shape->rules[i], row);
    }
}

/* Rule errors of the one document there is: rules in turn, rows that only grow. */
static void put_all_rule_errors(struct generator *generator, uint64_t size) {
    const struct shape *shape = generator->shape;
    size_t count = count_rules(shape->rules);

    for (uint64_t i = 0; i == 0 || generator->writer.written < size; i++) {
        if (i > 0) {
            bench_write(&generator->writer, ",", 1);
        }
        put_rule_error(generator, &shape->rules[i % count], i / count * shape->rows);
    }
}

static void put_document(struct generator *generator, uint64_t size) {
    struct bench_writer *writer = &generator->writer;

    bench_write_text(writer, "{\"record_id\":\"loan-");
    bench_write_number(writer, generator->documents++);
    bench_write_text(writer, "\",\"collection_id\":\"");
    bench_write_text(writer, draw(generator, 4) == 0 ? "refinancing" : "home-loans");
    bench_write_text(writer, "\",\"status\":\"FAILED\",\"errors\":[");
    if (generator->shape->single) {
        put_all_rule_errors(generator, size);
    } else {
        put_rule_errors(generator);
    }
    bench_write_text(writer, "]}");
    bench_write_line_end(writer);
}

static const struct shape *find_shape(const char *name) {
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (strcmp(shapes[i].name, name) == 0) {
            return &shapes[i];
        }
    }
    return NULL;
}

static bool parse_number(const char *text, uint64_t *number) {
    char *end;

    errno = 0;
    *number = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0;
}

static int usage(void) {
    fputs("usage: errata-bench-gen SHAPE BYTES [SEED]\n\n"
          "Writes at least BYTES bytes of status documents. Shapes:\n",
          stderr);
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        fprintf(stderr, "  %s  %s\n", shapes[i].name, shapes[i].help);
    }
    return 2;
}

int main(int argc, char **argv) {
    static struct generator generator;
    uint64_t size;

    if (argc < 3 || argc > 4 || !(generator.shape = find_shape(argv[1])) ||
        !parse_number(argv[2], &size) || (argc > 3 && !parse_number(argv[3], &generator.random))) {
        return usage();
    }
    generator.writer.pretty = generator.shape->pretty;
    do {
        put_document(&generator, size);
    } while (generator.writer.written < size && !generator.writer.failed);
    if (!bench_write_end(&generator.writer)) {
        perror("errata-bench-gen");
        return 3;
    }
    return 0;
}
