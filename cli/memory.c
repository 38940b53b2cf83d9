/*
 * Memory that is there or ends the program: see memory.h.
 */
#include "memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "temporary.h"

static void give_up(void) {
    temporary_remove_all();
    say("out of memory");
    exit(EXIT_MACHINE);
}

void *allocate(void *block, size_t count, size_t size) {
    void *grown = NULL;

    if (count > 0 && size <= SIZE_MAX / count) {
        grown = realloc(block, count * size);
    }
    if (!grown) {
        give_up();
    }
    return grown;
}

char *copy_words(const char *words) {
    return join_words(words, "");
}

char *join_words(const char *one, const char *other) {
    size_t length = strlen(one);
    size_t more = strlen(other);
    char *joined = allocate(NULL, length + more + 1, 1);

    // NOLINTNEXTLINE(bugprone-not-null-terminated-result): the NUL comes at the end
    memcpy(joined, one, length);
    memcpy(joined + length, other, more);
    joined[length + more] = '\0';
    return joined;
}

void words_add(struct words *words, const char *word) {
    /* Grows whenever the count is a power of two. */
    if ((words->count & (words->count - 1)) == 0) {
        words->at = allocate(words->at, words->count > 0 ? 2 * words->count : 1, sizeof *words->at);
    }
    words->at[words->count++] = word;
}

static void reserve(struct line *line, size_t more) {
    if (more <= line->capacity - line->length) {
        return;
    }
    if (more > SIZE_MAX / 2 - line->length) {
        give_up();
    }
    line->capacity = 2 * (line->length + more);
    line->data = allocate(line->data, line->capacity, 1);
}

void line_add(struct line *line, const char *bytes, size_t length) {
    if (length == 0) {
        return;
    }
    reserve(line, length);
    memcpy(line->data + line->length, bytes, length);
    line->length += length;
}

void line_words(struct line *line, const char *words) {
    line_add(line, words, strlen(words));
}

void line_fill(struct line *line, char byte, size_t count) {
    if (count == 0) {
        return;
    }
    reserve(line, count);
    memset(line->data + line->length, byte, count);
    line->length += count;
}

void line_list(struct line *line, const struct words *words, const char *last) {
    for (size_t i = 0; i < words->count; i++) {
        if (i > 0 && i + 1 == words->count) {
            line_format(line, " %s ", last);
        } else if (i > 0) {
            line_words(line, ", ");
        }
        line_words(line, words->at[i]);
    }
}

void line_free(struct line *line) {
    free(line->data);
    *line = (struct line){0};
}

void line_format(struct line *line, const char *format, ...) {
    char words[256];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    line_words(line, words);
}
