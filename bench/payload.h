/*
 * The texts that payloads are made of.
 */
#ifndef ERRATA_BENCH_PAYLOAD_H
#define ERRATA_BENCH_PAYLOAD_H

/* Stand for a number in an issue's text: the row, an element of it, and a number that no other issue has. */
#define BENCH_ROW "\1"
#define BENCH_ELEMENT "\2"
#define BENCH_SERIAL "\3"

/* A rule and what its issues look like. The last one of a list has no key, the last issue is NULL. */
struct bench_rule {
    const char *key;
    const char *message;
    const char *const *issues;
};

/* Many shapes of issue, of all lengths. */
extern const struct bench_rule bench_loan_rules[];
/* Two positions in every path. */
extern const struct bench_rule bench_position_rules[];
/* A message of its own in every issue. */
extern const struct bench_rule bench_message_rules[];

#endif
