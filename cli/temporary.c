/*
 * Temporary files and the signals that would leave them behind: see temporary.h.
 */
#include "temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The result and the rejects. */
#define MOST_FILES 4
/* Names that are tried before giving up: others may have been left behind by kill -9. */
#define MOST_TRIES 100

/* Read by the signal handler, so only changed while signals are blocked. */
static char *files[MOST_FILES];

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU};
#define N_SIGNALS (sizeof signals / sizeof *signals)

void temporary_remove_all(void) {
    for (size_t i = 0; i < MOST_FILES; i++) {
        if (files[i]) {
            unlink(files[i]);
        }
    }
}

static void remove_and_die(int number) {
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

static void watch(void) {
    static int watching;
    struct sigaction action = {.sa_handler = remove_and_die, .sa_flags = (int)SA_RESETHAND};

    if (watching) {
        return;
    }
    watching = 1;
    for (size_t i = 0; i < N_SIGNALS; i++) {
        struct sigaction before;

        /* What was ignored, as under nohup, stays ignored. */
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL) {
            sigaction(signals[i], &action, NULL);
        }
    }
}

static size_t slot_of(const char *name) {
    size_t i = 0;

    while (i < MOST_FILES && files[i] != name) {
        i++;
    }
    return i;
}

/* Forgets the name; removes the file when asked to. */
static void release(const char *name, int and_remove) {
    size_t slot = slot_of(name);
    sigset_t before;

    if (slot == MOST_FILES) {
        return;
    }
    block(&before);
    if (and_remove) {
        unlink(files[slot]);
    }
    char *gone = files[slot];
    files[slot] = NULL;
    sigprocmask(SIG_SETMASK, &before, NULL);
    free(gone);
}

int temporary_create(const char *path, const char **name) {
    size_t slot = slot_of(NULL);
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    size_t size = (size_t)folder + 64;
    char *own = malloc(size);
    sigset_t before;
    int fd = -1;

    if (!own || slot == MOST_FILES) {
        free(own);
        errno = ENOMEM;
        return -1;
    }
    watch();
    block(&before);
    for (int try = 0; try < MOST_TRIES; try++) {
        /* Hidden, and short however long the name of the file is. */
        snprintf(own, size, "%.*s.errata-%ld-%d.tmp", folder, path, (long)getpid(), try);
        fd = open(own, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST) {
            break;
        }
    }
    if (fd >= 0) {
        files[slot] = own;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (fd < 0) {
        int reason = errno;

        free(own);
        errno = reason;
        return -1;
    }
    *name = own;
    return fd;
}

int temporary_keep(const char *name, const char *path) {
    int result = rename(name, path);
    int reason = errno;

    release(name, result != 0);
    errno = reason;
    return result;
}

void temporary_remove(const char *name) {
    release(name, 1);
}
