/*
 * Saved indexes are opened and asked everything, with verification (byte 0, bit 0) or without. The bytes are a file; with
 * bit 1 its checksums are made right before, since no fuzzer gets past those; with bit 2 they are changes of a
 * good file, each a place (2 bytes) and 4 bytes for it. An answer must not contradict another.
 */
#include "../unit/damaged.h"

#define CHANGE 6U

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The changed file, in a block of its own: aligned, and a sanitizer sees its ends. */
static char *changed(const uint8_t *data, size_t size, size_t *length) {
    static struct bytes good;
    if (good.data == NULL) {
        good = damaged_good();
    }
    char *bytes = malloc(good.length);
    memcpy(bytes, good.data, good.length);
    for (size_t at = 0; size - at >= CHANGE; at += CHANGE) {
        size_t place = ((size_t)data[at] | (size_t)data[at + 1] << 8) % (good.length - 3);
        memcpy(bytes + place, data + at + 2, 4);
    }
    *length = good.length;
    return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) {
        return 0;
    }
    size_t length = size - 1;
    bool opened;
    char *bytes;
    if ((data[0] & 4) != 0) {
        bytes = changed(data + 1, size - 1, &length);
    } else {
        bytes = malloc(length);
        memcpy(bytes, data + 1, length);
    }
    if ((data[0] & 6) != 0) {
        damaged_mend(bytes, length);
    }
    const char *wrong = damaged_ask(bytes, length, (data[0] & 1) == 0, &opened);
    free(bytes);
    if (wrong != NULL) {
        fprintf(stderr, "fuzz-store: %s\n", wrong);
        abort();
    }
    return 0;
}
