/* Saving: the written form in a file, or an error that names it. core/replace.h has its own test. */
#include <criterion/criterion.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <errata/store.h>

#include "core/replace.h"
#include "reading.h"
#include "written.h"

static char folder[] = "/tmp/test-save-XXXXXX";
static struct heap heap;
static struct errata_error error;

static void begin(void) {
    cr_assert_neq(mkdtemp(folder), NULL);
    cr_assert_eq(chdir(folder), 0);
}

static void end(void) {
    unlink("file");
    cr_assert_eq(rmdir(folder), 0, "something was left behind");
    cr_assert_eq(heap.out, 0);
}

TestSuite(save, .init = begin, .fini = end);

static struct errata_index *random_index(uint64_t seed, int documents, uint32_t longest) {
    struct errata_index *index = empty_index(&heap, 0, UINT32_MAX - 1);
    const struct errata_source source = {.name = text_of("source")};
    struct drawn drawn = {seed, 10, longest};
    uint32_t id;
    must(errata__source_append(index, &source, &id));
    for (int i = 0; i < documents; i++) {
        must(drawn_document(index, &drawn));
    }
    errata__index_finish(index);
    return index;
}

static void expect_saved(const struct errata_index *index) {
    struct written written = written_of(index);
    struct bytes bytes = bytes_of_file("file");
    cr_assert_eq(bytes.length, written.length);
    cr_assert_eq(memcmp(bytes.data, written.data, bytes.length), 0);
    bytes_free(&bytes);
    free(written.data);
}

/* Also tables and texts that are longer than the buffer. */
Test(save, the_written_form) {
    static const struct {
        int documents;
        uint32_t longest;
    } sizes[] = {{0, 1}, {1, 10}, {3000, 50}, {60, 600000}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct errata_index *index = random_index(i, sizes[i].documents, sizes[i].longest);
        must(errata_index_save(index, "file", &error));
        expect_saved(index);
        errata_index_free(index);
    }
}

/* The file that an index was opened from may be the one that it is saved to. */
Test(save, over_its_own_file) {
    struct errata_index *index = random_index(5, 100, 50);
    struct errata_index *opened;
    must(errata_index_save(index, "file", &error));
    must(errata_index_open(&opened, "file", NULL, &error));
    must(errata_index_save(opened, "file", &error));
    expect_saved(index);
    must(errata_index_check(opened, &error));
    cr_assert(written_alike(index, opened));
    errata_index_free(opened);
    errata_index_free(index);
}

Test(save, failures) {
    struct errata_index *index = random_index(6, 100, 50);
    cr_assert_eq(errata_index_save(index, "none/file", &error), ERRATA_CANNOT_WRITE);
    cr_assert_eq(error.status, ERRATA_CANNOT_WRITE);
    cr_assert_str_eq(error.source, "none/file");
    cr_assert_str_eq(error.message, "cannot be written: No such file or directory");
    cr_assert_eq(errata_index_save(index, "/dev/full", NULL), ERRATA_CANNOT_WRITE);
    heap.fail_at = heap.asked + 1;
    cr_assert_eq(errata_index_save(index, "file", &error), ERRATA_NO_MEMORY);
    heap.fail_at = 0;
    cr_assert_neq(access("file", F_OK), 0);
    errata_index_free(index);
}

/* A disk that is full behind any byte: the old file stays, and nothing else. */
Test(save, no_room) {
    struct errata_index *small = random_index(7, 10, 50);
    struct errata_index *large = random_index(8, 20000, 20);
    struct written written = written_of(large);
    signal(SIGXFSZ, SIG_IGN);
    must(errata_index_save(small, "file", &error));
    struct rlimit limit = {0, RLIM_INFINITY};
    for (size_t room = 0; room < written.length; room += written.length / 7) {
        limit.rlim_cur = room;
        cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        cr_assert_eq(errata_index_save(large, "file", &error), ERRATA_CANNOT_WRITE);
        cr_assert_str_eq(error.message, "cannot be written: File too large");
        cr_assert_str_eq(error.source, "file");
        cr_assert_neq(access(".file.tmp", F_OK), 0);
        limit.rlim_cur = RLIM_INFINITY;
        cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        expect_saved(small);
    }
    free(written.data);
    errata_index_free(small);
    errata_index_free(large);
}

Test(save, two_writers) {
    struct errata_index *index = random_index(9, 10, 50);
    struct errata__replace other;
    must(errata__replace_begin(&other, "file", &error));
    cr_assert_eq(errata_index_save(index, "file", &error), ERRATA_BUSY);
    cr_assert_str_eq(error.message, "another process is writing it");
    errata__replace_abandon(&other);
    must(errata_index_save(index, "file", &error));
    errata_index_free(index);
}
