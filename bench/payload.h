/*
 * The texts that payloads are made of: rules, and what issues of them look like.
 */
#ifndef ERRATA_BENCH_PAYLOAD_H
#define ERRATA_BENCH_PAYLOAD_H

/* Stand for a number in a text: the row, an element of it, and a number that nothing else has. */
#define BENCH_ROW "\1"
#define BENCH_ELEMENT "\2"
#define BENCH_SERIAL "\3"

/*
 * A rule and what its issues look like; all texts are as they stand in JSON. The last one of a list has no
 * key, the last issue is NULL.
 */
struct bench_rule {
    const char *key;
    const char *message;
    const char *const *issues;
};

/* Many sorts of issue, of all lengths, from Zod 3. */
extern const struct bench_rule bench_loan_rules[];
/* The same mistakes in the words of Zod 4. */
extern const struct bench_rule bench_zod4_rules[];
/* Two positions in every path. */
extern const struct bench_rule bench_position_rules[];
/* A message of its own in every issue: plain text; with escapes; and with a received value of its own. */
extern const struct bench_rule bench_message_rules[];
extern const struct bench_rule bench_escaped_message_rules[];
extern const struct bench_rule bench_received_rules[];
/* Escapes and text that is not ASCII everywhere, also in keys and paths. */
extern const struct bench_rule bench_escape_rules[];
/* Unions within unions. */
extern const struct bench_rule bench_union_rules[];

#endif
