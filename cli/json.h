/*
 * JSON files that people write and review, policies and baselines: read as a whole, so that every complaint
 * has its place; and texts written so that a review shows what is there.
 */
#ifndef ERRATA_CLI_JSON_H
#define ERRATA_CLI_JSON_H

#include <stdint.h>

#include <errata/text.h>

#include "memory.h"
#include "message.h"
#include "json/parser.h"

struct json_file {
    const char *name;
    /* Of what is wrong in it. */
    enum exit_status bad;
    struct line text;
    struct errata__json *json;
    /* What was wrong was said. */
    bool said;
};

/* Takes in the bytes of a file. wanted: what it should be, for who names a saved index instead. EXIT_INPUT after saying
   why it cannot be read. Close it in any case. */
enum exit_status json_file_open(struct json_file *file, const char *name, enum exit_status bad,
                                const char *wanted);
void json_file_close(struct json_file *file);

/* Goes through the file's one value. Returns EXIT_GOOD, or file->bad after saying what is wrong where. */
enum exit_status json_file_parse(struct json_file *file, errata__json_event *event, void *ctx);

/* For events: says what is wrong with the token that the event is about, and returns what ends the parsing. */
enum errata_status json_wrong(struct json_file *file, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* For events: where the token begins, for json_wrong_at(). */
uint64_t json_place(const struct json_file *file);
/* As json_wrong(), about what stands at offset, also after the parsing. */
enum errata_status json_wrong_at(struct json_file *file, uint64_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds a JSON string, null when text is absent. What could mislead a reader is written as an escape. */
void json_quote(struct line *line, struct errata_text text);

/* Does a text have these bytes? */
bool json_is(struct errata_text text, const char *words);

/* A number that is not negative, as JSON and people write it (12, 0.5, 1e-3), times 10 to the power of scale.
   False when that is no whole number, or 2^64 or more. */
bool json_decimal(struct errata_text text, int scale, uint64_t *out);

#endif
