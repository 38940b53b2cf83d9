/*
 * Finding a command: see command.h.
 */
#include "command.h"

#include <string.h>

const struct command *command_find(const char *name) {
    for (size_t i = 0; i < n_commands; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}
