/*
 * Reading a stretch, and joining it.
 */
#include "read/part.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "index/join.h"
#include "index/reuse.h"

#define BUFFER_SIZE ((size_t)256 << 10)

/* With more than this, values of long ago cost more memory than they save time. */
#define MOST_STRINGS ((uint64_t)1 << 15)
#define MOST_STRING_BYTES ((uint64_t)4 << 20)

static enum errata_status keep_text(void *ctx, const struct errata_reject *reject,
                                    struct errata_text text) {
    struct errata__part *part = ctx;
    const unsigned char length = (unsigned char)text.length;
    (void)reject;
    enum errata_status status = errata__buffer_append(&part->texts, (const char *)&length, 1);
    return status == ERRATA_OK ? errata__buffer_append(&part->texts, text.data, text.length)
                               : status;
}

bool errata__part_make(struct errata__part *part, struct errata_reader *owner, uint64_t memory) {
    struct errata_reader_options options = owner->options;
    memset(part, 0, sizeof *part);
    part->owner = owner;
    part->guessed_lines = owner->frame.guessed_lines;
    options.allocator = &owner->allocator;
    options.limits = owner->limits;
    options.limits.memory = memory;
    options.on_reject = owner->options.on_reject == NULL ? NULL : keep_text;
    options.on_bytes = NULL;
    options.ctx = part;
    options.threads = 1;
    part->buffer_size = owner->stretch < BUFFER_SIZE ? owner->stretch : BUFFER_SIZE;
    errata__buffer_init(&part->texts, &owner->allocator, SIZE_MAX);
    if (errata_reader_new(&part->reader, &options, NULL) != ERRATA_OK) {
        return false;
    }
    part->reader->frame.lane.kernel = owner->frame.lane.kernel;
    part->reader->frame.lane.eager = owner->frame.lane.eager;
    part->buffer = owner->allocator.alloc(owner->allocator.ctx, part->buffer_size);
    return part->buffer != NULL;
}

void errata__part_free(struct errata__part *part) {
    const struct errata_allocator *allocator = &part->owner->allocator;
    errata__joint_free(&part->joint, part->owner->index);
    errata_reader_free(part->reader);
    errata__buffer_free(&part->texts);
    allocator->free(allocator->ctx, part->buffer);
}

static bool is_worn(const struct errata__part *part) {
    const struct errata_index *index = part->reader->index;
    return index->rows[ERRATA__STRINGS] > MOST_STRINGS ||
           index->rows[ERRATA__STRING_BYTES] > MOST_STRING_BYTES;
}

/* What was taken goes, and with a worn part everything. */
static void clear(struct errata__part *part, bool keep_source) {
    struct errata_reader *reader = part->reader;
    if (is_worn(part)) {
        errata__lane_forget(&reader->frame.lane);
        errata__index_empty(reader->index);
        reader->source_open = false;
    } else {
        errata__index_drop_rows(reader->index, keep_source);
    }
    part->texts.length = 0;
}

/* Puts the part's reader where the owner's will stand. Lines and numbers are counted from the stretch's own first. */
static bool stand_at(struct errata__part *part) {
    struct errata_reader *reader = part->reader;
    struct errata__frame *frame = &reader->frame;
    if (!reader->source_open && errata_reader_begin(reader, part->origin, NULL) != ERRATA_OK) {
        return false;
    }
    errata__frame_begin_line(frame, part->from, 1);
    frame->framing = ERRATA__KNOWN_LINES;
    /* Neither is true of the first documents of a source, and the owner has read some. */
    frame->documents = 1;
    frame->guessed_lines = part->guessed_lines;
    frame->number = 0;
    return true;
}

void errata__part_read(struct errata__part *part, int fd, uint64_t start, const atomic_bool *stop) {
    const struct errata__frame *frame = &part->reader->frame;
    uint64_t at = part->from;
    clear(part, true);
    part->good = false;
    if (!stand_at(part)) {
        return;
    }
    while (at < part->to && !atomic_load_explicit(stop, memory_order_relaxed)) {
        uint64_t left = part->to - at;
        size_t length = left < part->buffer_size ? (size_t)left : part->buffer_size;
        ssize_t got = pread(fd, part->buffer, length, (off_t)(start + at));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0 || errata_reader_feed(part->reader, part->buffer, (size_t)got, NULL)) {
            return;
        }
        at += (uint64_t)got;
    }
    part->good = at == part->to && frame->mode == ERRATA__BETWEEN && !frame->trouble_open;
}

/* The part's reject as the owner's, when it will be taken. */
static void reject_of(const struct errata__part *part, uint32_t id, struct errata_reject *reject) {
    const struct errata__frame *frame = &part->owner->frame;
    errata_index_reject(part->reader->index, id, reject);
    reject->source = frame->source;
    reject->line += frame->lines.line - 1;
    reject->trouble_line += frame->lines.line - 1;
}

/* False: on_reject wants no more. */
static bool tell_rejects(const struct errata__part *part) {
    struct errata_reader *owner = part->owner;
    struct errata__frame *frame = &owner->frame;
    const char *text = part->texts.data;
    uint64_t rejects = part->reader->index->rows[ERRATA__REJECTS];
    frame->told = 0;
    frame->told_answer = ERRATA_OK;
    if (owner->options.on_reject == NULL) {
        return true;
    }
    for (uint32_t id = 0; id < rejects && frame->told_answer == ERRATA_OK; id++) {
        struct errata_reject reject;
        size_t length = (unsigned char)*text;
        reject_of(part, id, &reject);
        frame->told++;
        frame->told_answer = owner->options.on_reject(owner->options.ctx, &reject,
                                                      (struct errata_text){text + 1, length});
        text += length + 1;
    }
    return frame->told_answer == ERRATA_OK;
}

/* Counts for the owner what the part's reader did since the last time. */
static void add_stats(struct errata__part *part) {
    struct errata_reader *owner = part->owner;
    const struct errata_reader *reader = part->reader;
    uint64_t parsed = errata__json_parsed_bytes(reader->frame.json);
    owner->bytes += reader->bytes - part->bytes_before;
    owner->parsed_by_others += parsed - part->parsed_before;
    owner->known_to_others += reader->frame.lane.known_issues - part->known_before;
    part->bytes_before = reader->bytes;
    part->parsed_before = parsed;
    part->known_before = reader->frame.lane.known_issues;
}

/* Moves the owner's place behind the stretch. */
static void move_on(const struct errata__part *part) {
    const struct errata__frame *read = &part->reader->frame;
    struct errata__frame *frame = &part->owner->frame;
    frame->documents += (uint32_t)part->reader->index->rows[ERRATA__DOCUMENTS];
    frame->number += read->number;
    errata__frame_begin_line(frame, part->to, frame->lines.line + read->lines.line - 1);
}

/* Joins the part, and tells of its rejects. Where on_reject wants no more, the documents behind that reject must not be
   in the index, so nothing of the part is: the owner will come to the same reject by itself. */
static bool join(struct errata__part *part) {
    struct errata_reader *owner = part->owner;
    struct errata_index *index = owner->index;
    const struct errata__before_stretch before = {.source = owner->frame.source,
                                                  .number = owner->frame.number,
                                                  .lines = owner->frame.lines.line - 1};
    struct errata__mark mark;
    uint64_t count[ERRATA_DEVIATION_KINDS];
    uint32_t first[ERRATA_DEVIATION_KINDS];
    errata__index_mark(index, &mark);
    memcpy(count, index->deviation_count, sizeof count);
    memcpy(first, index->deviation_first, sizeof first);
    if (errata__index_take(index, &part->joint, part->reader->index, &before) != ERRATA_OK) {
        return false;
    }
    if (!tell_rejects(part)) {
        errata__index_rollback(index, &mark);
        memcpy(index->deviation_count, count, sizeof count);
        memcpy(index->deviation_first, first, sizeof first);
        return false;
    }
    return true;
}

/* What was taken of the part is the owner's. */
static void let_go(struct errata__part *part) {
    add_stats(part);
    errata__joint_drop_records(&part->joint);
    if (is_worn(part)) {
        errata__joint_free(&part->joint, part->owner->index);
    }
}

/* Would the owner, reading the same, stay within its limit on issues? A document that became a reject counts until it
   was rolled back. */
static bool is_within_limit(const struct errata__part *part) {
    const struct errata_index *index = part->owner->index;
    const struct errata_index *read = part->reader->index;
    uint64_t left = index->max_issues - index->rows[ERRATA__ISSUES];
    return read->rows[ERRATA__ISSUES] <= left && read->most_rolled_back <= left;
}

bool errata__part_take(struct errata__part *part) {
    if (!part->good || !is_within_limit(part) || !join(part)) {
        return false;
    }
    part->owner->frame.told = 0;
    move_on(part);
    let_go(part);
    return true;
}

void errata__part_read_files(struct errata__part *part, const char *const *paths,
                             const struct errata_origin *origin, const atomic_bool *stop) {
    struct errata_reader *reader = part->reader;
    uint64_t all_rejected = reader->frame.lines_all_rejected;
    uint64_t file = part->from;
    clear(part, false);
    part->good = false;
    for (; file < part->to && !atomic_load_explicit(stop, memory_order_relaxed); file++) {
        if (errata_reader_read_path(reader, paths[file], origin, NULL) != ERRATA_OK) {
            return;
        }
    }
    bool quiet = reader->options.on_reject == NULL || reader->index->rows[ERRATA__REJECTS] == 0;
    part->good = file == part->to && quiet && reader->frame.lines_all_rejected == all_rejected;
}

bool errata__part_take_files(struct errata__part *part) {
    struct errata_index *index = part->owner->index;
    if (!part->good || !is_within_limit(part) ||
        errata__index_take(index, &part->joint, part->reader->index, NULL) != ERRATA_OK) {
        return false;
    }
    let_go(part);
    return true;
}
