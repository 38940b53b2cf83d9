/*
 * Threads, and who does what next.
 */
#include "read/crew.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

/* With less memory for each, parts would often be in vain. */
#define LEAST_MEMORY ((uint64_t)1 << 20)

/* Parts that are read and wait for the calling thread, which may be reading itself. With one, the others waited for it
   for up to a seventh of the time. */
#define SPARE_PARTS 2U

struct crew {
    const struct errata__work *work;
    struct errata_reader *owner;
    struct errata__part *parts;
    /* Is the piece that each part was claimed for read? */
    bool *done;
    size_t n_parts;
    pthread_t *threads;
    size_t n_threads;
    /* What follows is for those who hold it. */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    /* Pieces claimed and taken so far. Piece n is for part n % n_parts. */
    uint64_t claimed;
    uint64_t taken;
    bool ended;
    /* Those who read look at it without the mutex. */
    atomic_bool stop;
};

/* Claims and reads a piece, if there is a part for one. The mutex is held, but while it is read. */
static bool read_next(struct crew *crew) {
    if (crew->ended || crew->claimed == crew->taken + crew->n_parts || atomic_load(&crew->stop)) {
        return false;
    }
    size_t slot = crew->claimed % crew->n_parts;
    if (!crew->work->claim(crew->work->ctx, &crew->parts[slot])) {
        crew->ended = true;
        pthread_cond_broadcast(&crew->changed);
        return false;
    }
    crew->claimed++;
    pthread_mutex_unlock(&crew->mutex);
    crew->work->read(crew->work->ctx, &crew->parts[slot], &crew->stop);
    pthread_mutex_lock(&crew->mutex);
    crew->done[slot] = true;
    pthread_cond_broadcast(&crew->changed);
    return true;
}

static void *help(void *ctx) {
    struct crew *crew = ctx;
    pthread_mutex_lock(&crew->mutex);
    while (!crew->ended && !atomic_load(&crew->stop)) {
        if (!read_next(crew) && !crew->ended) {
            pthread_cond_wait(&crew->changed, &crew->mutex);
        }
    }
    pthread_mutex_unlock(&crew->mutex);
    return NULL;
}

/* Takes the piece that is next, which was read. The mutex is held, but while it is taken. */
static bool take_next(struct crew *crew) {
    size_t slot = crew->taken % crew->n_parts;
    pthread_mutex_unlock(&crew->mutex);
    bool good = crew->work->take(crew->work->ctx, &crew->parts[slot]);
    pthread_mutex_lock(&crew->mutex);
    crew->done[slot] = false;
    crew->taken += good;
    pthread_cond_broadcast(&crew->changed);
    return good;
}

/* The calling thread's part: taking comes before reading, so that parts get free. */
static bool lead(struct crew *crew) {
    bool good = true;
    pthread_mutex_lock(&crew->mutex);
    while (good && !(crew->ended && crew->taken == crew->claimed)) {
        if (crew->taken < crew->claimed && crew->done[crew->taken % crew->n_parts]) {
            good = take_next(crew);
        } else if (!read_next(crew) && crew->taken < crew->claimed) {
            pthread_cond_wait(&crew->changed, &crew->mutex);
        }
    }
    atomic_store(&crew->stop, true);
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->mutex);
    return good;
}

static void hire(struct crew *crew, size_t wanted) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0) {
        return;
    }
    while (crew->n_threads < wanted &&
           pthread_create(&crew->threads[crew->n_threads], NULL, help, crew) == 0) {
        crew->n_threads++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* What is left of the owner's memory is shared out, half of it to the parts. Returns what each may have. */
static uint64_t share(const struct crew *crew, size_t parts) {
    const struct errata__arena *arena = &crew->owner->index->arena;
    uint64_t left = arena->limit > arena->held ? arena->limit - arena->held : 0;
    return arena->limit == 0 ? 0 : left / 2 / parts;
}

static bool equip(struct crew *crew, size_t parts) {
    const struct errata_allocator *allocator = &crew->owner->allocator;
    struct errata__arena *arena = &crew->owner->index->arena;
    uint64_t memory = share(crew, parts);
    if (arena->limit != 0 && memory < LEAST_MEMORY) {
        return false;
    }
    crew->parts = allocator->alloc(allocator->ctx, parts * sizeof *crew->parts);
    crew->done = allocator->alloc(allocator->ctx, parts * sizeof *crew->done);
    crew->threads = allocator->alloc(allocator->ctx, parts * sizeof *crew->threads);
    if (crew->parts == NULL || crew->done == NULL || crew->threads == NULL) {
        return false;
    }
    memset(crew->done, 0, parts * sizeof *crew->done);
    while (crew->n_parts < parts) {
        if (!errata__part_make(&crew->parts[crew->n_parts++], crew->owner, memory)) {
            return false;
        }
    }
    arena->limit -= memory * parts;
    return true;
}

static void dismiss(struct crew *crew, uint64_t limit) {
    const struct errata_allocator *allocator = &crew->owner->allocator;
    for (size_t i = 0; i < crew->n_threads; i++) {
        pthread_join(crew->threads[i], NULL);
    }
    for (size_t i = 0; i < crew->n_parts; i++) {
        errata__part_free(&crew->parts[i]);
    }
    crew->owner->index->arena.limit = limit;
    allocator->free(allocator->ctx, crew->parts);
    allocator->free(allocator->ctx, crew->done);
    allocator->free(allocator->ctx, crew->threads);
    pthread_cond_destroy(&crew->changed);
    pthread_mutex_destroy(&crew->mutex);
}

bool errata__crew_run(struct errata_reader *owner, const struct errata__work *work,
                      uint64_t pieces) {
    struct crew crew = {.work = work, .owner = owner};
    uint64_t limit = owner->index->arena.limit;
    size_t threads = pieces < owner->options.threads ? (size_t)pieces : owner->options.threads;
    bool good = false;
    pthread_mutex_init(&crew.mutex, NULL);
    pthread_cond_init(&crew.changed, NULL);
    if (equip(&crew, threads + SPARE_PARTS)) {
        hire(&crew, threads - 1);
        good = crew.n_threads > 0 && lead(&crew);
    }
    dismiss(&crew, limit);
    return good;
}
