/*
 * Archives: at whatever byte one ends, what is taken up again is whole, and what follows makes it what it would have
 * been. In all three forms.
 */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/archive.h"
#include "http/unpack.h"

#include "taking.h"

static const char *const names[] = {"archive.ndjson", "archive.ndjson.gz", "archive.ndjson.zst"};
#define FORMS 3

static const struct errata__line_names ours = {.collection = {"c\n1", 3}, .app = {"c", 1}};
static struct errata_allocator allocator;
static struct errata_error error;
/* In memory, where there is such a place: every cut is flushed. */
static char in_memory[] = "/dev/shm/test-archive-XXXXXX";
static char elsewhere[] = "/tmp/test-archive-XXXXXX";
static char *folder;

static void begin(void) {
    allocator = errata__allocator_or_default(NULL);
    folder = mkdtemp(in_memory);
    folder = folder != NULL ? folder : mkdtemp(elsewhere);
    cr_assert_neq(folder, NULL);
    cr_assert_eq(chdir(folder), 0);
}

static void end(void) {
    remove_folder(folder);
}

TestSuite(http_archive, .init = begin, .fini = end);

static void put(const char *name, const char *data, size_t length) {
    FILE *file = fopen(name, "wb");
    cr_assert_neq(file, NULL);
    cr_assert_eq(fwrite(data, 1, length, file), length);
    fclose(file);
}

static void get(const char *name, struct bytes *out) {
    char room[4096];
    size_t got;
    FILE *file = fopen(name, "rb");
    cr_assert_neq(file, NULL);
    while ((got = fread(room, 1, sizeof room, file)) > 0) {
        bytes_add(out, room, got);
    }
    fclose(file);
}

/* Line n, as line.c makes it. */
static void add_line(struct bytes *out, unsigned n) {
    char document[64];
    char id[16];
    struct errata__line line;
    struct errata__body body;
    struct errata__line_names named = ours;
    bool object;
    bool blank;
    snprintf(document, sizeof document, "{\"status\":\"FAILED\",\"n\":[%u,\n%u]}", n, n * n * 7919);
    snprintf(id, sizeof id, "r\"%u", n);
    named.record = (struct errata_text){id, strlen(id)};
    errata__line_init(&line, &allocator);
    errata__body_init(&body, &allocator);
    cr_assert_eq(errata__body_add(&body, document, strlen(document), NULL), ERRATA_OK);
    cr_assert_eq(errata__line_look(&line, &body, &object, &blank), ERRATA_OK);
    cr_assert_eq(errata__line_name(&line, &named), ERRATA_OK);
    cr_assert_eq(errata__line_give(&line, bytes_take, out), ERRATA_OK);
    errata__line_free(&line);
    errata__body_free(&body);
}

static void write_line(struct errata__archive *archive, const char *text, size_t length) {
    cr_assert_eq(errata__archive_add(archive, text, length, &error), ERRATA_OK);
    errata__archive_line(archive, 1);
}

/* Opens the archive and takes up what is in it. */
static enum errata_status load(struct errata__archive *archive, const char *name,
                               const struct errata__line_names *wanted, struct errata__ids *ids,
                               struct bytes *text) {
    errata__ids_init(ids, &allocator);
    enum errata_status status = errata__archive_open(archive, &allocator, name, true, &error);
    return status == ERRATA_OK
               ? errata__archive_load(archive, wanted, ids, bytes_take, text, &error)
               : status;
}

static void close_all(struct errata__archive *archive, struct errata__ids *ids) {
    errata__archive_close(archive);
    errata__ids_free(ids);
}

/* Three pieces of two lines. pieces[n]: bytes of text that are whole after n of them. */
static void make(const char *name, struct bytes *text, size_t *pieces) {
    struct errata__archive archive;
    cr_assert_eq(errata__archive_open(&archive, &allocator, name, false, &error), ERRATA_OK, "%s",
                 error.message);
    pieces[0] = 0;
    for (unsigned n = 0; n < 6; n++) {
        size_t from = text->length;
        add_line(text, n);
        write_line(&archive, text->data + from, text->length - from);
        if (n % 2 == 1) {
            cr_assert_eq(errata__archive_flush(&archive, &error), ERRATA_OK);
            pieces[n / 2 + 1] = text->length;
        }
    }
    errata__archive_close(&archive);
}

static unsigned count_lines(const char *text, size_t length) {
    unsigned lines = 0;
    for (size_t i = 0; i < length; i++) {
        lines += text[i] == '\n';
    }
    return lines;
}

/* Is so much of the text what should be taken up of a file that was cut? */
static bool is_right(size_t form, size_t cut, size_t kept, const struct bytes *text,
                     const size_t *pieces, bool whole_file) {
    if (form == ERRATA__FORM_PLAIN) {
        const char *last = cut == 0 ? NULL : memrchr(text->data, '\n', cut);
        return kept == (last == NULL ? 0 : (size_t)(last - text->data) + 1);
    }
    bool is_piece = false;
    for (int i = 0; i < 4; i++) {
        is_piece = is_piece || kept == pieces[i];
    }
    return is_piece && (kept == text->length) == whole_file;
}

Test(http_archive, every_cut) {
    for (size_t form = 0; form < FORMS; form++) {
        struct bytes text = {0};
        struct bytes file = {0};
        size_t pieces[4];
        size_t before = 0;
        make(names[form], &text, pieces);
        get(names[form], &file);
        for (size_t cut = 0; cut <= file.length; cut++) {
            struct errata__archive archive;
            struct errata__ids ids;
            struct bytes kept = {0};
            struct bytes again = {0};
            put(names[form], file.data, cut);
            cr_assert_eq(load(&archive, names[form], &ours, &ids, &kept), ERRATA_OK,
                         "%s at %zu: %s", names[form], cut, error.message);
            cr_assert(is_right(form, cut, kept.length, &text, pieces, cut == file.length),
                      "%s at %zu: %zu", names[form], cut, kept.length);
            cr_assert_geq(kept.length, before);
            before = kept.length;
            cr_assert(kept.length == 0 || memcmp(kept.data, text.data, kept.length) == 0);
            cr_assert_eq(ids.n_rows, count_lines(kept.data, kept.length));
            cr_assert(ids.n_rows == 0 || strcmp(ids.rows[ids.n_rows - 1].text + 1, "\"") > 0);
            /* The rest makes it whole. */
            if (kept.length < text.length) {
                write_line(&archive, text.data + kept.length, text.length - kept.length);
                cr_assert_eq(errata__archive_flush(&archive, &error), ERRATA_OK);
            }
            close_all(&archive, &ids);
            cr_assert_eq(load(&archive, names[form], &ours, &ids, &again), ERRATA_OK);
            cr_assert(bytes_same(&again, &text));
            cr_assert_eq(ids.n_rows, 6);
            close_all(&archive, &ids);
            bytes_free(&again);
            bytes_free(&kept);
        }
        bytes_free(&text);
        bytes_free(&file);
    }
}

/* Loads what is in a file, and says whether the file is as it was. */
static enum errata_status load_and_compare(const char *name, struct bytes *kept, bool *untouched) {
    struct errata__archive archive;
    struct errata__ids ids;
    struct bytes before = {0};
    struct bytes after = {0};
    get(name, &before);
    enum errata_status status = load(&archive, name, &ours, &ids, kept);
    close_all(&archive, &ids);
    get(name, &after);
    *untouched = bytes_same(&before, &after);
    bytes_free(&before);
    bytes_free(&after);
    return status;
}

static void expect_refused(const char *name) {
    struct bytes kept = {0};
    bool untouched;
    cr_expect_eq(load_and_compare(name, &kept, &untouched), ERRATA_MISMATCH, "%s", name);
    cr_expect(untouched, "%s", name);
    cr_expect_str_eq(error.source, name);
    bytes_free(&kept);
}

Test(http_archive, garbage_behind_it_is_refused) {
    for (size_t form = 0; form < FORMS; form++) {
        struct bytes text = {0};
        struct bytes file = {0};
        size_t pieces[4];
        make(names[form], &text, pieces);
        get(names[form], &file);
        bytes_add(&file, "\0\0\0\0garbage\0", 12);
        put(names[form], file.data, file.length);
        expect_refused(names[form]);
        bytes_free(&text);
        bytes_free(&file);
    }
}

/* Whatever happens to a byte, no piece but the last is lost: the file is refused, or nothing is wrong with its form. */
Test(http_archive, every_byte_damaged) {
    static const unsigned char flips[] = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF};
    for (size_t form = 0; form < FORMS; form++) {
        struct bytes text = {0};
        struct bytes file = {0};
        size_t pieces[4];
        unsigned refused = 0;
        make(names[form], &text, pieces);
        get(names[form], &file);
        for (size_t at = 0; at < file.length; at++) {
            for (size_t i = 0; i < sizeof flips; i++) {
                struct bytes kept = {0};
                bool untouched;
                file.data[at] = (char)((unsigned char)file.data[at] ^ flips[i]);
                put(names[form], file.data, file.length);
                file.data[at] = (char)((unsigned char)file.data[at] ^ flips[i]);
                enum errata_status status = load_and_compare(names[form], &kept, &untouched);
                cr_assert(status == ERRATA_OK || status == ERRATA_MISMATCH);
                cr_assert(untouched || (status == ERRATA_OK && kept.length >= pieces[2]),
                          "%s at %zu by %x", names[form], at, flips[i]);
                refused += status == ERRATA_MISMATCH;
                bytes_free(&kept);
            }
        }
        /* Of the plain text only what stands in front of a line is looked at. */
        cr_expect_gt(refused, file.length * 2);
        bytes_free(&text);
        bytes_free(&file);
    }
}

/* A line that has no end, also in a piece that is whole: as if somebody had packed the file anew. */
Test(http_archive, a_piece_that_ends_within_a_line) {
    for (size_t form = 0; form < FORMS; form++) {
        struct errata__archive archive;
        struct errata__ids ids;
        struct bytes text = {0};
        struct bytes kept = {0};
        size_t pieces[4];
        make(names[form], &text, pieces);
        cr_assert_eq(load(&archive, names[form], &ours, &ids, &kept), ERRATA_OK);
        kept.length = 0;
        write_line(&archive, "{\"record_id\":\"half", 18);
        cr_assert_eq(errata__archive_flush(&archive, &error), ERRATA_OK);
        close_all(&archive, &ids);
        if (form == ERRATA__FORM_PLAIN) {
            cr_assert_eq(load(&archive, names[form], &ours, &ids, &kept), ERRATA_OK);
            cr_expect(bytes_same(&kept, &text), "%s", names[form]);
            close_all(&archive, &ids);
        } else {
            expect_refused(names[form]);
        }
        bytes_free(&text);
        bytes_free(&kept);
    }
}

/* Somebody else's text without a line end, packed: whole, and cut off at any byte that leaves some of the text. */
Test(http_archive, what_is_none_is_not_touched_when_packed) {
    static const char *const others[] = {"a note", "{\"record_id\":\"u\",\"mine\":1}",
                                         "{\"record_id\":5", "{\"status\":\"FAILED\"}", "[]"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        for (size_t form = 0; form < FORMS; form++) {
            struct errata__archive archive;
            unlink(names[form]);
            cr_assert_eq(errata__archive_open(&archive, &allocator, names[form], false, &error),
                         ERRATA_OK);
            write_line(&archive, others[i], strlen(others[i]));
            cr_assert_eq(errata__archive_flush(&archive, &error), ERRATA_OK);
            errata__archive_close(&archive);
            expect_refused(names[form]);
            if (form != ERRATA__FORM_PLAIN) {
                struct stat there;
                cr_assert_eq(stat(names[form], &there), 0);
                cr_assert_eq(truncate(names[form], there.st_size - 1), 0);
                expect_refused(names[form]);
            }
        }
    }
}

/* Somebody else's file, a typing error away, stays as it is. */
Test(http_archive, what_is_none_is_not_touched) {
    static const char *const others[] = {
        "a note\n",
        "a note without an end",
        "{\"status\":\"FAILED\"}\n",
        "\n",
        "[]\n",
        "{\"record_id\":5}\n",
        "{\"record_id\":\"r\"}\n",
        "{\"record_id\":\"u\",\"mine\":1}",
        "{\"record_id\":\"r\",\"collection_id\":\"c\\n1\",\"app_id\":\"c\"}",
        "{\"collection_id\":\"c\\n1\"}\n"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        for (size_t form = 0; form < FORMS; form++) {
            struct errata__archive archive;
            struct errata__ids ids;
            struct bytes kept = {0};
            struct bytes after = {0};
            put(names[form], others[i], strlen(others[i]));
            cr_expect_eq(load(&archive, names[form], &ours, &ids, &kept), ERRATA_MISMATCH, "%s %zu",
                         others[i], form);
            cr_expect_str_eq(error.source, names[form]);
            close_all(&archive, &ids);
            get(names[form], &after);
            bytes_add(&after, "", 1);
            cr_expect_str_eq(after.data, others[i]);
            bytes_free(&kept);
            bytes_free(&after);
        }
    }
}

Test(http_archive, of_another_collection_or_app) {
    const struct errata__line_names others[] = {{.collection = {"c", 1}, .app = {"c", 1}},
                                                {.collection = {"c\n1", 3}, .app = {"d", 1}}};
    static const char *const reasons[] = {"it is of another collection", "it is of another app"};
    for (size_t form = 0; form < FORMS; form++) {
        struct bytes text = {0};
        size_t pieces[4];
        make(names[form], &text, pieces);
        for (size_t i = 0; i < 2; i++) {
            struct errata__archive archive;
            struct errata__ids ids;
            struct bytes kept = {0};
            cr_expect_eq(load(&archive, names[form], &others[i], &ids, &kept), ERRATA_MISMATCH);
            cr_expect_str_eq(error.message, reasons[i]);
            close_all(&archive, &ids);
            bytes_free(&kept);
        }
        bytes_free(&text);
    }
}

Test(http_archive, not_without_being_asked) {
    struct errata__archive archive;
    struct errata__archive second;
    put(names[0], "x", 1);
    cr_expect_eq(errata__archive_open(&archive, &allocator, names[0], false, &error),
                 ERRATA_CANNOT_WRITE);
    errata__archive_close(&archive);
    cr_expect_eq(errata__archive_open(&archive, &allocator, names[0], true, &error), ERRATA_OK);
    cr_expect_eq(errata__archive_open(&second, &allocator, names[0], true, &error), ERRATA_BUSY);
    errata__archive_close(&second);
    errata__archive_close(&archive);
    cr_expect_eq(errata__archive_open(&archive, &allocator, "/dev/null", true, &error),
                 ERRATA_CANNOT_WRITE);
    errata__archive_close(&archive);
    cr_expect_eq(errata__archive_open(&archive, &allocator, "no/where", true, &error),
                 ERRATA_CANNOT_WRITE);
    errata__archive_close(&archive);
}

/* A line is on the disk a second after it came. */
Test(http_archive, flushed_in_time) {
    struct errata__archive archive;
    struct stat there;
    int64_t wait = 5000000000;
    cr_assert_eq(errata__archive_open(&archive, &allocator, names[1], false, &error), ERRATA_OK);
    cr_assert_eq(errata__archive_turn(&archive, 100, &wait, &error), ERRATA_OK);
    cr_assert_eq(wait, 5000000000);
    cr_assert_eq(errata__archive_add(&archive, "line\n", 5, &error), ERRATA_OK);
    errata__archive_line(&archive, 100);
    cr_assert_eq(errata__archive_turn(&archive, 400000100, &wait, &error), ERRATA_OK);
    cr_assert_eq(wait, 600000000);
    cr_assert_eq(stat(names[1], &there), 0);
    cr_assert_eq(there.st_size, 0);
    cr_assert_eq(errata__archive_turn(&archive, 1000000100, &wait, &error), ERRATA_OK);
    cr_assert_eq(stat(names[1], &there), 0);
    cr_assert_gt(there.st_size, 0);
    errata__archive_close(&archive);
}
