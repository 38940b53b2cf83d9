/*
 * The table of options: see option.h.
 */
#include <stdlib.h>

#include "option-rows.h"

const struct option_list *const option_lists[] = {&options_api, &options_answer, &options_input};
// NOLINTNEXTLINE(bugprone-sizeof-expression): it is an array of pointers
const size_t n_option_lists = sizeof option_lists / sizeof *option_lists;

const struct option *option_at(size_t number) {
    for (size_t i = 0; i < n_option_lists; i++) {
        if (number < option_lists[i]->count) {
            return &option_lists[i]->rows[number];
        }
        number -= option_lists[i]->count;
    }
    return NULL;
}

const char *option_word(const struct option *option, unsigned command, size_t n) {
    for (size_t i = 0; option->words && option->words[i]; i++) {
        if (option->words_for && !(option->words_for[i] & command)) {
            continue;
        }
        if (n-- == 0) {
            return option->words[i];
        }
    }
    return NULL;
}

void option_list_words(struct line *line, const struct option *option, unsigned command) {
    struct words words = {0};
    const char *word;

    for (size_t i = 0; (word = option_word(option, command, i)) != NULL; i++) {
        words_add(&words, word);
    }
    line_list(line, &words, "or");
    free(words.at);
}
