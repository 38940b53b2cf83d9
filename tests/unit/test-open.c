/*
 * Opening what was written: from memory, from a file, with and without verification.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <errata/errata.h>

#include "dump.h"
#include "index/format.h"

/* The index of a file, as bytes. */
static struct bytes saved(const char *path) {
    const struct how how = {.name = path, .keep_going = true};
    struct bytes text = bytes_of_file(path);
    struct outcome outcome;
    read_bytes(&outcome, &how, text.data, text.length);
    struct bytes written = outcome.written;
    outcome.written = (struct bytes){0};
    outcome_free(&outcome);
    bytes_free(&text);
    return written;
}

static struct errata_index *opened(const struct bytes *bytes, bool no_verify) {
    const struct errata_open_options options = {.no_verify = no_verify};
    struct errata_index *index;
    struct errata_error error;
    enum errata_status status =
        errata_index_open_memory(&index, bytes->data, bytes->length, &options, &error);
    cr_assert_eq(status, ERRATA_OK, "%s", error.message);
    return index;
}

#define LOANS ERRATA_SOURCE_ROOT "/examples/loans.ndjson"

Test(open, gives_the_same_bytes) {
    struct bytes bytes = saved(LOANS);
    for (int no_verify = 0; no_verify < 2; no_verify++) {
        struct errata_index *index = opened(&bytes, no_verify == 1);
        struct bytes again = {0};
        cr_assert_eq(errata_index_write(index, bytes_write, &again, NULL), ERRATA_OK);
        cr_assert(bytes_same(&bytes, &again));
        bytes_free(&again);
        errata_index_free(index);
    }
    bytes_free(&bytes);
}
