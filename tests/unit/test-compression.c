/*
 * Compressed sources: gzip members and zstd frames in a row, cut at every byte, damaged, with garbage behind; read
 * through a descriptor. What could be decompressed is read as if it were plain.
 */
#include <criterion/criterion.h>

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "dump.h"

enum packing {
    PLAIN,
    GZIP,
    ZSTD
};

/* Adds data as one gzip member or zstd frame. */
static void pack(struct bytes *out, enum packing packing, const char *data, size_t length) {
    size_t room = length + length / 2 + 1000;
    char *packed = malloc(room);
    if (packing == PLAIN) {
        bytes_add(out, data, length);
    } else if (packing == GZIP) {
        z_stream stream = {.next_in = (Bytef *)(uintptr_t)data,
                           .avail_in = (uInt)length,
                           .next_out = (Bytef *)packed,
                           .avail_out = (uInt)room};
        cr_assert(deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) ==
                  Z_OK);
        cr_assert(deflate(&stream, Z_FINISH) == Z_STREAM_END);
        bytes_add(out, packed, stream.total_out);
        deflateEnd(&stream);
    } else {
        ZSTD_CCtx *zstd = ZSTD_createCCtx();
        ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1);
        size_t size = ZSTD_compress2(zstd, packed, room, data, length);
        cr_assert(!ZSTD_isError(size));
        bytes_add(out, packed, size);
        ZSTD_freeCCtx(zstd);
    }
    free(packed);
}

static void add_skippable(struct bytes *out, unsigned kind, size_t length) {
    const unsigned char head[8] = {
        (unsigned char)(0x50 + kind), 0x2A, 0x4D, 0x18, (unsigned char)length,
        (unsigned char)(length >> 8), 0,    0};
    bytes_add(out, head, sizeof head);
    for (size_t i = 0; i < length; i++) {
        bytes_add(out, "{", 1);
    }
}

/* Reads bytes as a descriptor. */
static void read_as_file(struct outcome *outcome, const struct how *how, const struct bytes *data) {
    struct errata_reader *reader;
    struct errata_error error;
    const struct errata_origin origin = {.name = {"packed", 6}, .framing = how->framing};
    int fd = memfd_create("packed", MFD_CLOEXEC);
    cr_assert(fd >= 0);
    cr_assert(write(fd, data->data, data->length) == (ssize_t)data->length);
    cr_assert(lseek(fd, 0, SEEK_SET) == 0);
    cr_assert(make_reader(&reader, outcome, how, &error) == ERRATA_OK);
    note_failure(outcome, errata_reader_read_fd(reader, fd, &origin, &error), &error);
    /* The source is ended in any case. */
    cr_expect(errata_reader_feed(reader, "", 0, NULL) ==
              (outcome->status == ERRATA_OK ? ERRATA_MISUSE : outcome->status));
    take_index(reader, outcome);
    close(fd);
}

static struct bytes documents(size_t count) {
    struct bytes text = {0};
    for (size_t i = 0; i < count; i++) {
        bytes_print(&text,
                    "{\"record_id\":\"r%zu\",\"status\":\"FAILED\",\"errors\":[{\"message\":\"m\","
                    "\"errors\":[{\"code\":\"c%zu\",\"path\":[\"p\",%zu]}],\"key\":\"K\"}]}\n",
                    i, i % 17, i * i);
    }
    return text;
}

/* Packs text in so many parts; zstd's get skippable frames between them. */
static struct bytes in_parts(enum packing packing, const struct bytes *text, size_t parts) {
    struct bytes packed = {0};
    for (size_t i = 0; i < parts; i++) {
        size_t from = text->length * i / parts;
        if (packing == ZSTD && i % 3 == 0) {
            add_skippable(&packed, (unsigned)i % 16, i * 7 % 1000);
        }
        pack(&packed, packing, text->data + from, text->length * (i + 1) / parts - from);
    }
    return packed;
}

Test(compression, members_and_frames) {
    struct bytes text = documents(3000);
    for (int packing = PLAIN; packing <= ZSTD; packing++) {
        for (size_t parts = 1; parts < 400; parts = parts * 3 + 1) {
            const struct how how = {.name = "packed"};
            struct outcome plain;
            struct outcome outcome;
            struct bytes packed = in_parts((enum packing)packing, &text, parts);
            read_as_file(&outcome, &how, &packed);
            read_bytes(&plain, &how, text.data, text.length);
            const char *what = outcomes_differ(&outcome, &plain);
            cr_expect(outcome.status == ERRATA_OK && what == NULL, "%d in %zu: %s %s", packing,
                      parts, errata_status_text(outcome.status), what);
            cr_expect(outcome.stats.bytes == text.length && outcome.stats.documents == 3000);
            cr_expect(outcome_free(&outcome) == 0);
            cr_expect(outcome_free(&plain) == 0);
            bytes_free(&packed);
        }
    }
    bytes_free(&text);
}

/* Reads what is damaged at its end. at_end: it may also turn out to be whole there. */
static void expect_damaged(const struct bytes *packed, const char *what, size_t at) {
    struct how how = {0};
    struct outcome stopping;
    struct outcome going;
    read_as_file(&stopping, &how, packed);
    how.keep_going = true;
    read_as_file(&going, &how, packed);
    cr_expect(stopping.status == ERRATA_BAD_COMPRESSION, "%s %zu: %s", what, at,
              errata_status_text(stopping.status));
    cr_expect(strcmp(stopping.error.source, "packed") == 0);
    cr_expect(going.status == ERRATA_OK, "%s %zu: %s", what, at, errata_status_text(going.status));
    cr_expect(going.stats.rejects == 1, "%s %zu: %llu rejects", what, at,
              (unsigned long long)going.stats.rejects);
    cr_expect(going.stats.documents == stopping.stats.documents);
    /* What came out before the damage is a beginning of the plain text, and its whole lines are there. */
    cr_expect(going.stats.bytes == stopping.stats.bytes);
    cr_expect(outcome_free(&stopping) == 0);
    cr_expect(outcome_free(&going) == 0);
}

Test(compression, cut_at_every_byte) {
    struct bytes text = documents(20);
    for (int packing = GZIP; packing <= ZSTD; packing++) {
        struct bytes packed = {0};
        pack(&packed, (enum packing)packing, text.data, text.length / 2);
        size_t first = packed.length;
        pack(&packed, (enum packing)packing, text.data + text.length / 2,
             text.length - text.length / 2);
        size_t magic = packing == GZIP ? 2 : 4;
        for (size_t length = magic; length < packed.length; length++) {
            struct bytes cut = {0};
            bytes_add(&cut, packed.data, length);
            if (length != first) {
                expect_damaged(&cut, packing == GZIP ? "gzip cut at" : "zstd cut at", length);
            }
            bytes_free(&cut);
        }
        bytes_free(&packed);
    }
    bytes_free(&text);
}

Test(compression, damaged_at_every_byte) {
    struct bytes text = documents(8);
    for (int packing = GZIP; packing <= ZSTD; packing++) {
        struct bytes packed = {0};
        pack(&packed, (enum packing)packing, text.data, text.length);
        for (size_t at = 0; at < packed.length; at++) {
            for (int bit = 0; bit < 8; bit += 3) {
                struct bytes changed = {0};
                struct outcome outcome;
                const struct how how = {.keep_going = true};
                bytes_add(&changed, packed.data, packed.length);
                changed.data[at] ^= (char)(1 << bit);
                /* Some bits of the header mean nothing, and without its magic it is just not JSON. */
                read_as_file(&outcome, &how, &changed);
                cr_expect(outcome.status == ERRATA_OK);
                cr_expect(outcome.stats.rejects > 0 || outcome.stats.documents == 8, "%d %zu %d",
                          packing, at, bit);
                cr_expect(outcome_free(&outcome) == 0);
                bytes_free(&changed);
            }
        }
        bytes_free(&packed);
    }
    bytes_free(&text);
}

Test(compression, garbage_behind) {
    struct bytes text = documents(20);
    static const char *const garbage[] = {"x", "\n", "{\"status\":\"FAILED\"}", "\x1F",
                                          "\x28\xB5\x2F"};
    for (int packing = GZIP; packing <= ZSTD; packing++) {
        for (size_t i = 0; i < sizeof garbage / sizeof garbage[0]; i++) {
            struct bytes packed = {0};
            pack(&packed, (enum packing)packing, text.data, text.length);
            bytes_add_text(&packed, garbage[i]);
            expect_damaged(&packed, "garbage", i);
            bytes_free(&packed);
        }
    }
    bytes_free(&text);
}

/* Zeros behind the last gzip member are padding. */
Test(compression, zeros_behind) {
    struct bytes text = documents(20);
    struct bytes packed = {0};
    struct outcome outcome;
    const char zeros[700] = {0};
    const struct how how = {0};
    pack(&packed, GZIP, text.data, text.length);
    bytes_add(&packed, zeros, sizeof zeros);
    read_as_file(&outcome, &how, &packed);
    cr_expect(outcome.status == ERRATA_OK && outcome.stats.documents == 20);
    cr_expect(outcome_free(&outcome) == 0);
    bytes_add_text(&packed, "x");
    expect_damaged(&packed, "zeros and more", 0);
    bytes_free(&packed);
    bytes_free(&text);
}

Test(compression, nothing_in_it) {
    for (int packing = PLAIN; packing <= ZSTD; packing++) {
        struct bytes packed = {0};
        struct outcome outcome;
        const struct how how = {0};
        pack(&packed, (enum packing)packing, "", 0);
        bytes_add(&packed, "", 0);
        read_as_file(&outcome, &how, &packed);
        cr_expect(outcome.status == ERRATA_OK && outcome.stats.documents == 0 &&
                  outcome.stats.bytes == 0);
        cr_expect(outcome_free(&outcome) == 0);
        pack(&packed, (enum packing)packing, "{\"status\":\"FAILED\"}", 19);
        pack(&packed, (enum packing)packing, "", 0);
        read_as_file(&outcome, &how, &packed);
        cr_expect(outcome.status == ERRATA_OK && outcome.stats.documents == 1);
        cr_expect(outcome_free(&outcome) == 0);
        bytes_free(&packed);
    }
    /* Skippable frames alone. */
    struct bytes packed = {0};
    struct outcome outcome;
    const struct how how = {0};
    add_skippable(&packed, 3, 300);
    add_skippable(&packed, 0, 0);
    read_as_file(&outcome, &how, &packed);
    cr_expect(outcome.status == ERRATA_OK && outcome.stats.bytes == 0);
    cr_expect(outcome_free(&outcome) == 0);
    bytes_free(&packed);
}

/* A frame that wants a window of 256 MiB. */
Test(compression, window_too_large) {
    static const unsigned char frame[] = {0x28, 0xB5, 0x2F, 0xFD, 0x00, 18 << 3, 0x01, 0x00, 0x00};
    struct bytes packed = {0};
    bytes_add(&packed, frame, sizeof frame);
    expect_damaged(&packed, "window", 0);
    struct outcome refused;
    const struct how stop = {0};
    read_as_file(&refused, &stop, &packed);
    cr_expect(strstr(refused.error.message, "128 MiB") != NULL, "%s", refused.error.message);
    cr_expect(outcome_free(&refused) == 0);
    packed.data[5] = (char)(unsigned char)(17 << 3);
    struct outcome outcome;
    const struct how how = {0};
    read_as_file(&outcome, &how, &packed);
    cr_expect(outcome.status == ERRATA_OK, "%s: %s", errata_status_text(outcome.status),
              outcome.error.message);
    cr_expect(outcome_free(&outcome) == 0);
    bytes_free(&packed);
}

/* A little that becomes much: every buffer of output is full, also when the input is used up. */
Test(compression, bomb) {
    struct bytes text = {0};
    bytes_add_text(&text, "{\"status\":\"FAILED\"}");
    char *blanks = malloc((size_t)8 << 20);
    memset(blanks, ' ', (size_t)8 << 20);
    bytes_add(&text, blanks, (size_t)8 << 20);
    free(blanks);
    bytes_add_text(&text, "{\"status\":\"FAILED\"}");
    for (int packing = GZIP; packing <= ZSTD; packing++) {
        struct bytes packed = {0};
        struct outcome outcome;
        const struct how how = {0};
        pack(&packed, (enum packing)packing, text.data, text.length);
        cr_assert(packed.length < 100000);
        read_as_file(&outcome, &how, &packed);
        cr_expect(outcome.status == ERRATA_OK && outcome.stats.documents == 2);
        cr_expect(outcome.stats.bytes == text.length);
        cr_expect(outcome_free(&outcome) == 0);
        bytes_free(&packed);
    }
    bytes_free(&text);
}

/* An index is no payload, and a compressed one cannot be mapped: both are said, and no byte of it is judged as JSON. */
Test(compression, saved_index) {
    struct bytes text = documents(5);
    struct outcome index;
    const struct how how = {.keep_going = true};
    read_as_file(&index, &how, &text);
    for (int packing = PLAIN; packing <= ZSTD; packing++) {
        struct bytes packed = {0};
        struct outcome outcome;
        pack(&packed, (enum packing)packing, index.written.data, index.written.length);
        read_as_file(&outcome, &how, &packed);
        cr_expect(outcome.status == ERRATA_OK && outcome.stats.rejects == 1);
        cr_expect(strstr(outcome.rejects.data,
                         packing == PLAIN ? "a saved index, which" : "decompress it first"));
        cr_expect(outcome_free(&outcome) == 0);
        const struct how stop = {0};
        read_as_file(&outcome, &stop, &packed);
        cr_expect(outcome.status == ERRATA_NOT_STATUS && outcome.error.offset == 0);
        cr_expect(outcome_free(&outcome) == 0);
        bytes_free(&packed);
    }
    cr_expect(outcome_free(&index) == 0);
    bytes_free(&text);
}

Test(compression, cannot_read) {
    struct errata_reader *reader;
    struct errata_error error;
    cr_assert(errata_reader_new(&reader, NULL, &error) == ERRATA_OK);
    cr_expect(errata_reader_read_path(reader, "/nonexistent/file.json", NULL, &error) ==
              ERRATA_CANNOT_READ);
    cr_expect(strcmp(error.source, "/nonexistent/file.json") == 0 && error.line == 0);
    cr_expect(errata_reader_read_path(reader, "/tmp", NULL, &error) == ERRATA_CANNOT_READ);
    cr_expect(errata_reader_read_fd(reader, -1, NULL, &error) == ERRATA_CANNOT_READ);
    /* It goes on with others. */
    cr_expect(errata_reader_read_path(reader, ERRATA_SOURCE_ROOT "/tests/cases/array.json", NULL,
                                      &error) == ERRATA_OK);
    struct errata_reader_stats stats;
    errata_reader_stats(reader, &stats);
    cr_expect(stats.documents == 3);
    errata_reader_free(reader);
}

/* A pipe gives a few bytes at a time, the first ones singly. */
Test(compression, pipe) {
    struct bytes text = documents(5);
    for (int packing = PLAIN; packing <= ZSTD; packing++) {
        struct bytes packed = {0};
        struct errata_reader *reader;
        struct errata_reader_stats stats;
        int ends[2];
        pack(&packed, (enum packing)packing, text.data, text.length);
        cr_assert(pipe(ends) == 0);
        pid_t child = fork();
        if (child == 0) {
            for (size_t i = 0; i < packed.length; i++) {
                if (write(ends[1], packed.data + i, 1) != 1) {
                    _exit(1);
                }
                if (i < 6) {
                    usleep(2000);
                }
            }
            _exit(0);
        }
        close(ends[1]);
        cr_assert(errata_reader_new(&reader, NULL, NULL) == ERRATA_OK);
        cr_expect(errata_reader_read_fd(reader, ends[0], NULL, NULL) == ERRATA_OK);
        errata_reader_stats(reader, &stats);
        cr_expect(stats.documents == 5 && stats.bytes == text.length);
        errata_reader_free(reader);
        close(ends[0]);
        bytes_free(&packed);
    }
    bytes_free(&text);
}

/* What was read off to have a look counts as if it were still there, however much it was. */
Test(compression, peeked) {
    struct bytes text = documents(5);
    for (int packing = PLAIN; packing <= ZSTD; packing++) {
        struct bytes packed = {0};
        pack(&packed, (enum packing)packing, text.data, text.length);
        for (size_t peeked = 0; peeked <= packed.length; peeked = 2 * peeked + 1) {
            struct errata_reader *reader;
            struct errata_reader_stats stats;
            char head[ERRATA_PEEKED_SIZE];
            int ends[2];
            cr_assert(packed.length <= sizeof head && pipe(ends) == 0);
            cr_assert(write(ends[1], packed.data, packed.length) == (ssize_t)packed.length);
            close(ends[1]);
            cr_assert(read(ends[0], head, peeked) == (ssize_t)peeked);
            cr_assert(errata_reader_new(&reader, NULL, NULL) == ERRATA_OK);
            cr_expect(errata_reader_read_peeked(reader, head, peeked, ends[0], NULL, NULL) ==
                      ERRATA_OK);
            errata_reader_stats(reader, &stats);
            cr_expect(stats.documents == 5 && stats.bytes == text.length);
            errata_reader_free(reader);
            close(ends[0]);
        }
        bytes_free(&packed);
    }
    bytes_free(&text);
}
