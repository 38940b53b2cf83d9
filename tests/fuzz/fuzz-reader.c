/*
 * The reader: the first bytes choose how to read, the rest is read whole and in pieces. Both must come to the same,
 * all that the index promises must be there, and all memory must come back.
 *
 * byte 0  framing (0 auto, 1 lines, 2 stream), keep_going 4, strict 8, digit names 16, a name for lines 32
 * byte 1  length of the pieces
 * byte 2  a limit, on tokens (128 to 159), documents, depth or issues (224 to 255); none below
 */
#include "../unit/dump.h"
#include "how.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fail(const char *what) {
    fprintf(stderr, "fuzz-reader: %s\n", what);
    abort();
}

/* Everything can be asked for, and the numbers agree. */
static void look_at_all(const struct outcome *outcome) {
    struct errata_counts counts;
    struct bytes text = {0};
    errata_index_counts(outcome->index, &counts);
    dump_index(&text, outcome->index, 0);
    if (strstr(text.data, DUMP_WRONG) != NULL) {
        fail(text.data);
    }
    if (counts.documents != outcome->stats.documents || counts.rejects != outcome->stats.rejects ||
        counts.issues != outcome->stats.issues) {
        fail("the figures differ");
    }
    bytes_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 3) {
        return 0;
    }
    struct how how = how_of(data[0], data[2], 2, 8);
    struct outcome whole;
    struct outcome cut;
    read_bytes(&whole, &how, (const char *)data + 3, size - 3);
    how.chunk = 1 + data[1] % 64;
    how.seed = data[1] / 64;
    read_bytes(&cut, &how, (const char *)data + 3, size - 3);
    const char *what = outcomes_differ(&whole, &cut);
    if (what != NULL) {
        fail(what);
    }
    look_at_all(&whole);
    if (outcome_free(&whole) != 0 || outcome_free(&cut) != 0) {
        fail("memory was not given back");
    }
    return 0;
}
