/*
 * Reading many files: small ones, several of which make a batch, are read by a crew.
 */
#include <sys/stat.h>

#include "index/join.h"
#include "read/crew.h"

#define MOST_IN_BATCH 1024U
/* Behind a batch that had to be read again, files to read on one thread, at first: where one has rejects to tell,
   others do. */
#define FIRST_PAUSE 64U

struct many {
    struct errata_reader *reader;
    const char *const *paths;
    size_t n_paths;
    const struct errata_origin *origin;
    errata_path_function *each;
    void *ctx;
    /* Files claimed, and files taken. */
    size_t claimed;
    size_t taken;
};

/* Sets *size of a file that is small enough for a batch. */
static bool is_small(const struct many *many, size_t file, uint64_t *size) {
    struct stat found;
    if (file >= many->n_paths || stat(many->paths[file], &found) != 0 || !S_ISREG(found.st_mode)) {
        return false;
    }
    *size = (uint64_t)found.st_size;
    return *size <= many->reader->stretch;
}

/* The part's from and to are files. */
static bool claim(void *ctx, struct errata__part *part) {
    struct many *many = ctx;
    uint64_t left = many->reader->stretch;
    uint64_t size;
    part->from = many->claimed;
    part->size = 0;
    while (many->claimed - part->from < MOST_IN_BATCH && is_small(many, many->claimed, &size) &&
           (size <= left || many->claimed == part->from)) {
        many->claimed++;
        part->size += size;
        left -= size < left ? size : left;
    }
    part->to = many->claimed;
    return part->to > part->from;
}

static void read_batch(void *ctx, struct errata__part *part, const atomic_bool *stop) {
    const struct many *many = ctx;
    errata__part_read_files(part, many->paths, many->origin, stop);
}

static bool take(void *ctx, struct errata__part *part) {
    struct many *many = ctx;
    if (!errata__part_take_files(part)) {
        return false;
    }
    for (; many->taken < part->to; many->taken++) {
        if (many->each != NULL) {
            many->each(many->ctx, many->taken);
        }
    }
    many->reader->bytes_told = 0;
    errata__reader_tell_bytes(many->reader, part->size);
    return true;
}

/* Is there more than one small file next, and nothing in the way? */
static bool is_for_crew(const struct many *many) {
    const struct errata_reader *reader = many->reader;
    uint64_t size;
    return reader->options.threads > 1 && reader->index != NULL && !reader->source_open &&
           reader->failed == ERRATA_OK && is_small(many, many->taken, &size) &&
           is_small(many, many->taken + 1, &size);
}

enum errata_status errata_reader_read_paths(struct errata_reader *reader, const char *const *paths,
                                            size_t n_paths, const struct errata_origin *origin,
                                            errata_path_function *each, void *ctx,
                                            struct errata_error *error) {
    struct many many = {reader, paths, n_paths, origin, each, ctx, 0, 0};
    const struct errata__work work = {claim, read_batch, take, &many};
    size_t alone_before = 0;
    size_t pause = FIRST_PAUSE;
    enum errata_status status = ERRATA_OK;
    while (many.taken < n_paths && status == ERRATA_OK) {
        if (many.taken >= alone_before && is_for_crew(&many)) {
            many.claimed = many.taken;
            if (errata__crew_run(reader, &work, n_paths - many.taken)) {
                continue;
            }
            alone_before = many.taken + pause;
            pause *= 2;
        }
        if (each != NULL) {
            each(ctx, many.taken);
        }
        status = errata_reader_read_path(reader, paths[many.taken], origin, error);
        many.taken++;
    }
    return status;
}
