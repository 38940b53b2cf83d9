/*
 * A ring of pieces between two threads.
 */
#include "read/ahead.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define PIECES 4U

struct errata__ahead {
    struct errata__input *input;
    pthread_t thread;
    bool started;
    /* Of PIECES pieces, one behind the other. */
    unsigned char *bytes;
    size_t lengths[PIECES];
    /* What follows is for those who hold it. */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    /* Pieces read, and pieces let go. Piece n is at n % PIECES. */
    uint64_t read;
    uint64_t done;
    /* The taker has a piece that it did not let go. */
    bool lent;
    bool ended;
    bool stop;
    enum errata_status status;
};

static void *read_ahead(void *ctx) {
    struct errata__ahead *ahead = ctx;
    pthread_mutex_lock(&ahead->mutex);
    while (!ahead->ended && !ahead->stop) {
        if (ahead->read == ahead->done + PIECES) {
            pthread_cond_wait(&ahead->changed, &ahead->mutex);
            continue;
        }
        size_t slot = ahead->read % PIECES;
        size_t length;
        pthread_mutex_unlock(&ahead->mutex);
        enum errata_status status =
            errata__input_next(ahead->input, ahead->bytes + slot * ERRATA__INPUT_SIZE, &length);
        pthread_mutex_lock(&ahead->mutex);
        if (status != ERRATA_OK || length == 0) {
            ahead->status = status;
            ahead->ended = true;
        } else {
            ahead->lengths[slot] = length;
            ahead->read++;
        }
        pthread_cond_signal(&ahead->changed);
    }
    pthread_mutex_unlock(&ahead->mutex);
    return NULL;
}

/* With all signals blocked: they are for the caller's threads. */
static bool start_thread(struct errata__ahead *ahead) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) == 0) {
        ahead->started = pthread_create(&ahead->thread, NULL, read_ahead, ahead) == 0;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    return ahead->started;
}

struct errata__ahead *errata__ahead_start(struct errata__input *input) {
    const struct errata_allocator *allocator = input->allocator;
    struct errata__ahead *ahead = allocator->alloc(allocator->ctx, sizeof *ahead);
    if (ahead == NULL) {
        return NULL;
    }
    memset(ahead, 0, sizeof *ahead);
    ahead->input = input;
    pthread_mutex_init(&ahead->mutex, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    ahead->bytes = allocator->alloc(allocator->ctx, PIECES * ERRATA__INPUT_SIZE);
    input->stop = eventfd(0, EFD_CLOEXEC);
    if (ahead->bytes == NULL || input->stop < 0 || !start_thread(ahead)) {
        errata__ahead_stop(ahead);
        return NULL;
    }
    return ahead;
}

enum errata_status errata__ahead_next(struct errata__ahead *ahead, const unsigned char **bytes,
                                      size_t *length) {
    enum errata_status status = ERRATA_OK;
    pthread_mutex_lock(&ahead->mutex);
    if (ahead->lent) {
        ahead->done++;
        pthread_cond_signal(&ahead->changed);
    }
    while (ahead->read == ahead->done && !ahead->ended) {
        pthread_cond_wait(&ahead->changed, &ahead->mutex);
    }
    ahead->lent = ahead->read > ahead->done;
    *length = 0;
    if (ahead->lent) {
        size_t slot = ahead->done % PIECES;
        *bytes = ahead->bytes + slot * ERRATA__INPUT_SIZE;
        *length = ahead->lengths[slot];
    } else {
        status = ahead->status;
    }
    pthread_mutex_unlock(&ahead->mutex);
    return status;
}

void errata__ahead_stop(struct errata__ahead *ahead) {
    if (ahead == NULL) {
        return;
    }
    const struct errata_allocator *allocator = ahead->input->allocator;
    if (ahead->started) {
        pthread_mutex_lock(&ahead->mutex);
        ahead->stop = true;
        pthread_cond_signal(&ahead->changed);
        pthread_mutex_unlock(&ahead->mutex);
        eventfd_write(ahead->input->stop, 1);
        pthread_join(ahead->thread, NULL);
    }
    if (ahead->input->stop >= 0) {
        close(ahead->input->stop);
        ahead->input->stop = -1;
    }
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->mutex);
    allocator->free(allocator->ctx, ahead->bytes);
    allocator->free(allocator->ctx, ahead);
}
