/*
 * The fast lane: nobody can tell from the outcome whether there is one. The first bytes choose how to read and how some
 * bytes are to be changed; the rest is read four times by one reader, the third time with the changes, with the lane
 * and without it. Both must come to the same, and all memory must come back.
 *
 * byte 0  framing (0 auto, 1 lines, 2 stream), keep_going 4, strict 8, digit names 16, a name for lines 32, all that is
 *         read is one source 64
 * byte 1  length of the pieces, by 8; 0: all at once
 * byte 2  the kernel; over 127: the lane as it is for users, else it takes all it can
 * byte 3  a limit, on tokens (128 to 159), documents, depth or issues (224 to 255); none below
 * byte 4  how many changes, of three bytes each: where, from the end, and the byte to put there
 */
#include "how.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HEAD 5U

static void fail(const char *what) {
    fprintf(stderr, "fuzz-lane: %s\n", what);
    abort();
}

static struct how lane_how_of(const uint8_t *head) {
    struct how how = how_of(head[0], head[3], 4, 32);
    how.chunk = head[1] * 8U;
    if (head[2] < 128) {
        const struct errata__kernel *kernel = errata__kernels[head[2] % errata__n_kernels];
        how.lane = kernel->runs() ? kernel->name : NULL;
    }
    return how;
}

/* Four times the text, behind one another, the third time changed. */
static struct bytes four_times(const uint8_t *data, size_t size) {
    struct bytes all = {0};
    size_t changes = data[HEAD - 1] % 16U;
    if (size < HEAD + 3 * changes) {
        changes = 0;
    }
    const uint8_t *text = data + HEAD + 3 * changes;
    size_t length = size - HEAD - 3 * changes;
    for (int i = 0; i < 4; i++) {
        bytes_add(&all, text, length);
        for (size_t n = 0; i == 2 && n < changes; n++) {
            const uint8_t *change = data + HEAD + 3 * n;
            size_t back = 1 + (size_t)(change[0] | change[1] << 8);
            if (back <= length) {
                all.data[all.length - back] = (char)change[2];
            }
        }
    }
    return all;
}

/* As one source, or as four. */
static void read_all(struct outcome *outcome, struct how how, const struct bytes *all,
                     bool one_source) {
    if (one_source) {
        read_bytes(outcome, &how, all->data, all->length);
        return;
    }
    how.times = 4;
    how.parts = true;
    read_bytes(outcome, &how, all->data, all->length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < HEAD) {
        return 0;
    }
    struct how how = lane_how_of(data);
    struct bytes all = four_times(data, size);
    struct outcome open;
    struct outcome closed;
    bool one_source = (data[0] & 64) != 0;
    read_all(&open, how, &all, one_source);
    how.lane = "off";
    read_all(&closed, how, &all, one_source);
    const char *what = outcomes_differ(&closed, &open);
    if (what != NULL) {
        fail(what);
    }
    if (open.stats.issues != closed.stats.issues || open.stats.rejects != closed.stats.rejects ||
        closed.stats.known_issues != 0) {
        fail("the figures differ");
    }
    if (outcome_free(&open) != 0 || outcome_free(&closed) != 0) {
        fail("memory was not given back");
    }
    bytes_free(&all);
    return 0;
}
