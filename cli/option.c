/*
 * The table of options: see option.h.
 */
#include "option-rows.h"

static const struct option_list *const lists[] = {&options_api, &options_answer, &options_input};
// NOLINTNEXTLINE(bugprone-sizeof-expression): it is an array of pointers
static const size_t n_lists = sizeof lists / sizeof *lists;

const struct option *option_at(size_t number) {
    for (size_t i = 0; i < n_lists; i++) {
        if (number < lists[i]->count) {
            return &lists[i]->rows[number];
        }
        number -= lists[i]->count;
    }
    return NULL;
}
