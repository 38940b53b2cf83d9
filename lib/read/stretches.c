/*
 * Finding where to cut.
 */
#include "read/stretches.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/crew.h"

/* A stretch whose last line makes it longer than so many stretches is for one thread, so that what is in flight is
   bounded. */
#define LONGEST 32U
/* Bytes to look for a line end in, at first and at most: few lines are longer than the first. */
#define FIRST_LOOK ((size_t)4 << 10)
#define LONGEST_LOOK ((size_t)64 << 10)

struct cutting {
    struct errata__stretches *stretches;
    /* The reader's, when the work began. */
    uint64_t next;
    char *look;
};

void errata__stretches_begin(struct errata__stretches *stretches, struct errata_reader *reader,
                             int fd, const struct errata_origin *origin, size_t peeked) {
    struct stat file;
    *stretches = (struct errata__stretches){
        .reader = reader, .origin = origin, .fd = fd, .not_before = UINT64_MAX};
    if (reader->options.threads < 2 || peeked > 0 || fstat(fd, &file) != 0 ||
        !S_ISREG(file.st_mode)) {
        return;
    }
    off_t start = lseek(fd, 0, SEEK_CUR);
    if (start >= 0 && start < file.st_size) {
        stretches->start = (uint64_t)start;
        stretches->length = (uint64_t)(file.st_size - start);
        stretches->not_before = 0;
    }
}

bool errata__stretches_none(const struct errata__stretches *stretches) {
    enum errata__framing_state framing = stretches->reader->frame.framing;
    return stretches->not_before == UINT64_MAX || framing == ERRATA__KNOWN_STREAM ||
           framing == ERRATA__UNDECIDED;
}

/* Is there enough behind this offset? */
static bool is_worth_it(const struct errata__stretches *stretches, uint64_t offset) {
    return offset >= stretches->not_before && offset < stretches->length &&
           stretches->length - offset >= 2 * stretches->reader->stretch;
}

size_t errata__stretches_cut(const struct errata__stretches *stretches, const char *bytes,
                             size_t length) {
    if (!is_worth_it(stretches, stretches->reader->frame.offset)) {
        return length;
    }
    const char *last = memrchr(bytes, '\n', length);
    return last == NULL ? length : (size_t)(last - bytes) + 1;
}

/* Sets *end to behind the first line end at or behind `offset`; false: there is none before `limit`. */
static bool find_line_end(const struct cutting *cutting, uint64_t offset, uint64_t limit,
                          uint64_t *end) {
    const struct errata__stretches *stretches = cutting->stretches;
    size_t length = FIRST_LOOK;
    while (offset < limit) {
        ssize_t got =
            pread(stretches->fd, cutting->look, length, (off_t)(stretches->start + offset));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        const char *found = memchr(cutting->look, '\n', (size_t)got);
        if (found != NULL) {
            *end = offset + (uint64_t)(found - cutting->look) + 1;
            return true;
        }
        offset += (uint64_t)got;
        length = LONGEST_LOOK;
    }
    return false;
}

static bool claim(void *ctx, struct errata__part *part) {
    struct cutting *cutting = ctx;
    struct errata__stretches *stretches = cutting->stretches;
    uint64_t stretch = stretches->reader->stretch;
    uint64_t from = cutting->next;
    uint64_t limit = from + LONGEST * stretch;
    if (from >= stretches->length || stretches->length - from < stretch) {
        return false;
    }
    if (!find_line_end(cutting, from + stretch - 1, limit, &cutting->next)) {
        /* So this need not be looked through again. */
        stretches->not_before = limit;
        return false;
    }
    part->origin = stretches->origin;
    part->from = from;
    part->to = cutting->next;
    return true;
}

static void read_part(void *ctx, struct errata__part *part, const atomic_bool *stop) {
    const struct cutting *cutting = ctx;
    errata__part_read(part, cutting->stretches->fd, cutting->stretches->start, stop);
}

static bool take(void *ctx, struct errata__part *part) {
    const struct cutting *cutting = ctx;
    struct errata_reader *reader = cutting->stretches->reader;
    bool good = errata__part_take(part);
    errata__reader_tell_bytes(reader, reader->frame.offset);
    return good;
}

bool errata__stretches_read(struct errata__stretches *stretches) {
    struct errata_reader *reader = stretches->reader;
    const struct errata_allocator *allocator = &reader->allocator;
    const struct errata__frame *frame = &reader->frame;
    uint64_t from = frame->offset;
    struct cutting cutting = {.stretches = stretches, .next = from};
    const struct errata__work work = {claim, read_part, take, &cutting};
    if (!is_worth_it(stretches, from) || frame->framing != ERRATA__KNOWN_LINES ||
        frame->mode != ERRATA__BETWEEN || frame->lines.line_start != from ||
        frame->documents == 0) {
        return false;
    }
    cutting.look = allocator->alloc(allocator->ctx, LONGEST_LOOK);
    if (cutting.look == NULL ||
        !errata__crew_run(reader, &work, (stretches->length - from) / reader->stretch)) {
        stretches->not_before = UINT64_MAX;
    }
    allocator->free(allocator->ctx, cutting.look);
    return frame->offset > from;
}
