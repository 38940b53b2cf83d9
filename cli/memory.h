/*
 * The program's own memory, of which it needs little. Running out of it ends the program: there is nothing
 * left to save but the temporary files, which are removed. (The library has its own, and reports.)
 */
#ifndef ERRATA_CLI_MEMORY_H
#define ERRATA_CLI_MEMORY_H

#include <stddef.h>

#include <errata/text.h>

/* realloc() for count objects of size bytes; never NULL. block may be NULL. */
void *allocate(void *block, size_t count, size_t size);
/* A copy with its NUL. */
char *copy_words(const char *words);
/* one and other in a row; never NULL. */
char *join_words(const char *one, const char *other);

/* The texts that a repeatable option was given, or the files. */
struct words {
    const char **at;
    size_t count;
};

void words_add(struct words *words, const char *word);

/* A line that is being put together. */
struct line {
    char *data;
    size_t length;
    size_t capacity;
};

void line_add(struct line *line, const char *bytes, size_t length);
void line_words(struct line *line, const char *words);
void line_fill(struct line *line, char byte, size_t count);
/* `a, b and c`; last: what stands before the last one, such as "and". */
void line_list(struct line *line, const struct words *words, const char *last);
void line_free(struct line *line);
void line_format(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
