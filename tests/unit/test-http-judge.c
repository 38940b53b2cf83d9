/* Judging: a body that can be read no further once its line has begun leaves no half a line in the archive. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/scan.h"

#include "taking.h"

static const char *const names[] = {"archive.ndjson", "archive.ndjson.gz", "archive.ndjson.zst"};
static char folder[] = "/tmp/test-judge-XXXXXX";
static struct errata_error error;

static void begin(void) {
    enter_folder(folder);
}

static void end(void) {
    remove_folder(folder);
}

TestSuite(http_judge, .init = begin, .fini = end);

/* The memory of the reader that tries a body. Once all of it is given back, the body's file loses its end. */
struct trying {
    struct counted heap;
    const struct errata__body *body;
};

static void *try_alloc(void *ctx, size_t size) {
    struct trying *trying = ctx;
    return counted_alloc(&trying->heap, size);
}

static void *try_realloc(void *ctx, void *block, size_t size) {
    struct trying *trying = ctx;
    return counted_realloc(&trying->heap, block, size);
}

static void try_free(void *ctx, void *block) {
    struct trying *trying = ctx;
    counted_free(&trying->heap, block);
    if (trying->heap.blocks == 0 && trying->body->fd >= 0) {
        cr_assert_eq(ftruncate(trying->body->fd, 100000), 0);
    }
}

/* A document longer than what is kept in memory, if it is to be in a file. */
static void put_body(struct errata__body *body, bool in_file) {
    static char blanks[ERRATA__BODY_MEMORY];
    memset(blanks, ' ', sizeof blanks);
    errata__body_clear(body);
    cr_assert_eq(errata__body_add(body, "{\"status\":\"FAILED\"", 18, &error), ERRATA_OK);
    cr_assert_eq(errata__body_add(body, blanks, in_file ? sizeof blanks : 1, &error), ERRATA_OK);
    cr_assert_eq(errata__body_add(body, "}", 1, &error), ERRATA_OK);
    cr_assert_eq(body->fd >= 0, in_file);
}

static void expect_resumable(const char *name, const struct errata_allocator *allocator) {
    const struct errata__line_names ours = {.collection = {"c", 1}, .app = {"a", 1}};
    struct errata__archive archive;
    struct errata__ids ids;
    struct bytes text = {0};
    errata__ids_init(&ids, allocator);
    cr_assert_eq(errata__archive_open(&archive, allocator, name, true, &error), ERRATA_OK);
    cr_expect_eq(errata__archive_load(&archive, &ours, &ids, bytes_take, &text, &error), ERRATA_OK,
                 "%s: %s", name, error.message);
    cr_expect_eq(ids.n_rows, 1);
    errata__archive_close(&archive);
    errata__ids_free(&ids);
    bytes_free(&text);
}

Test(http_judge, a_body_that_breaks_off) {
    for (size_t form = 0; form < sizeof names / sizeof *names; form++) {
        struct errata_client client = {.allocator = errata__allocator_or_default(NULL),
                                       .app = {"a", 1}};
        const struct errata_scan what = {.listing.collection = {"c", 1}};
        struct errata__scan_slot slot = {.record = {"r", 1}};
        struct trying trying = {.body = &slot.body};
        const struct errata_allocator tried = {try_alloc, try_realloc, try_free, &trying};
        struct errata__scan scan = {.what = &what, .client = &client, .slots = &slot, .n_slots = 1};
        struct errata__job job = {.state = ERRATA__JOB_IDLE};
        const struct errata_origin origin = {.framing = ERRATA_FRAMING_LINES};
        bool whole;
        cr_assert_eq(errata_reader_new(&scan.reader, NULL, &error), ERRATA_OK);
        errata_reader_settings(scan.reader, &scan.reading);
        scan.reading.allocator = &tried;
        cr_assert_eq(errata_reader_begin(scan.reader, &origin, &error), ERRATA_OK);
        errata__buffer_init(&job.url, &client.allocator, ERRATA__URL_LIMIT);
        cr_assert_eq(errata__buffer_append(&job.url, "", 1), ERRATA_OK);
        errata__body_init(&slot.body, &client.allocator);
        errata__line_init(&scan.line, &client.allocator);
        scan.archive = &scan.archive_room;
        cr_assert_eq(
            errata__archive_open(scan.archive, &client.allocator, names[form], false, &error),
            ERRATA_OK);

        put_body(&slot.body, false);
        cr_assert_eq(errata__scan_take(&scan, 0, &job, &whole, &error), ERRATA_OK);
        cr_assert_eq(errata__archive_flush(scan.archive, &error), ERRATA_OK);
        /* This one waits for the disk when the next breaks off. */
        cr_assert_eq(errata__scan_take(&scan, 0, &job, &whole, &error), ERRATA_OK);
        put_body(&slot.body, true);
        cr_expect_eq(errata__scan_take(&scan, 0, &job, &whole, &error), ERRATA_CANNOT_READ);
        /* As a scan does, whatever has ended it. */
        cr_assert_eq(errata__archive_flush(scan.archive, &error), ERRATA_OK);
        errata__archive_close(scan.archive);
        expect_resumable(names[form], &client.allocator);

        errata__line_free(&scan.line);
        errata__body_free(&slot.body);
        errata__buffer_free(&job.url);
        errata_reader_free(scan.reader);
    }
}
