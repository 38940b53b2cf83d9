/*
 * Handing over to errata-http: see exec.h.
 */
#include "exec.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "errata-http"

/* Where it may be, from the folder that errata is in. */
static const char *const places[] = {PROGRAM, ERRATA_LIBEXEC "/" PROGRAM};
#define PLACES (sizeof places / sizeof *places)

/* The folder of this program, links followed, with a slash at its end; empty when that cannot be told. */
static char *own_folder(void) {
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

    path[length > 0 ? length : 0] = '\0';
    path[strrchr(path, '/') ? strrchr(path, '/') - path + 1 : 0] = '\0';
    return copy_words(path);
}

enum exit_status exec_http(const struct command *command, char *const *words) {
    char *folder = own_folder();

    for (size_t i = 0; i < PLACES && *folder != '\0'; i++) {
        char *path = join_words(folder, places[i]);

        execv(path, words);
        if (errno != ENOENT && errno != ENOTDIR) {
            say("%s: %s", path, strerror(errno));
            free(path);
            free(folder);
            return EXIT_MACHINE;
        }
        free(path);
    }
    say("errata %s needs the program %s, which is not installed: neither beside errata (%s) nor in "
        "%s%s. It is "
        "built where libcurl is",
        command->name, PROGRAM, folder, folder, ERRATA_LIBEXEC);
    free(folder);
    return EXIT_MACHINE;
}
