/*
 * Temporary files and the signals that would leave them behind: see temporary.h.
 */
#include "temporary.h"

#include <signal.h>
#include <stddef.h>

#include "core/fail.h"
#include "progress.h"

/* The result, the rejects, and a baseline or an index. */
#define MOST_FILES 4

/* Read by the signal handler, so only changed while signals are blocked. */
static struct errata__replace *files[MOST_FILES];

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU};
#define N_SIGNALS (sizeof signals / sizeof *signals)

void temporary_remove_all(void) {
    for (size_t i = 0; i < MOST_FILES; i++) {
        if (files[i]) {
            errata__replace_remove(files[i]);
        }
    }
}

static void remove_and_die(int number) {
    progress_clear();
    temporary_remove_all();
    /* The handler was reset when it was called (SA_RESETHAND): this ends the program as it would have. */
    raise(number);
}

static void block(sigset_t *before) {
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < N_SIGNALS; i++) {
        sigaddset(&set, signals[i]);
    }
    sigprocmask(SIG_BLOCK, &set, before);
}

void temporary_watch(void) {
    struct sigaction action = {.sa_handler = remove_and_die, .sa_flags = (int)SA_RESETHAND};

    for (size_t i = 0; i < N_SIGNALS; i++) {
        struct sigaction before;

        /* What was ignored, as under nohup, stays ignored. */
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL) {
            sigaction(signals[i], &action, NULL);
        }
    }
}

static size_t slot_of(const struct errata__replace *replace) {
    size_t i = 0;

    while (i < MOST_FILES && files[i] != replace) {
        i++;
    }
    return i;
}

static void forget(const struct errata__replace *replace) {
    size_t slot = slot_of(replace);
    sigset_t before;

    if (slot < MOST_FILES) {
        block(&before);
        files[slot] = NULL;
        sigprocmask(SIG_SETMASK, &before, NULL);
    }
}

enum errata_status temporary_begin(struct errata__replace *replace, const char *path,
                                   struct errata_error *error) {
    size_t slot = slot_of(NULL);
    sigset_t before;
    enum errata_status status;

    if (slot == MOST_FILES) {
        return errata__fail(error, ERRATA_MISUSE, "more files at once than there are options for");
    }
    temporary_watch();
    block(&before);
    status = errata__replace_begin(replace, path, error);
    if (status == ERRATA_OK) {
        files[slot] = replace;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

enum errata_status temporary_commit(struct errata__replace *replace, struct errata_error *error) {
    /* A signal meanwhile finds the file under its own name and removes it, or under its new one. */
    enum errata_status status = errata__replace_commit(replace, error);

    forget(replace);
    return status;
}

void temporary_abandon(struct errata__replace *replace) {
    errata__replace_abandon(replace);
    forget(replace);
}
