/*
 * on_bytes is told of each byte of the files that are read, as it lies there, once, and on the calling thread; however
 * many threads read, and whether the bytes are compressed.
 */
#include <sys/stat.h>
#include <zlib.h>

#include "../unit/threads.h"

#define SMALL ERRATA_SOURCE_ROOT "/examples/status-zod4.json"
#define LOANS ERRATA_SOURCE_ROOT "/examples/loans.ndjson"
#define N_SMALL 30
#define MOST_AT_ONCE ((uint64_t)3 << 19)

static char folder[] = "/tmp/read-bytes-XXXXXX";

struct told {
    pthread_t thread;
    uint64_t bytes;
    uint64_t most;
};

static void tell(void *ctx, uint64_t bytes) {
    struct told *told = ctx;
    CHECK(bytes > 0);
    CHECK(pthread_equal(told->thread, pthread_self()));
    told->bytes += bytes;
    told->most = bytes > told->most ? bytes : told->most;
}

static uint64_t size_of(const char *path) {
    struct stat found;
    CHECK(stat(path, &found) == 0);
    return (uint64_t)found.st_size;
}

/* The sample payloads several times, and the same compressed. */
static void write_files(const char *plain, const char *packed) {
    char *bytes = malloc(size_of(LOANS));
    FILE *sample = fopen(LOANS, "rb");
    FILE *out = fopen(plain, "wb");
    gzFile zipped = gzopen(packed, "wb1");
    CHECK(bytes != NULL && sample != NULL && out != NULL && zipped != NULL);
    size_t length = fread(bytes, 1, size_of(LOANS), sample);
    for (unsigned i = 0; i < 6; i++) {
        CHECK(fwrite(bytes, 1, length, out) == length);
        CHECK(gzwrite(zipped, bytes, (unsigned)length) == (int)length);
    }
    CHECK(fclose(sample) == 0 && fclose(out) == 0 && gzclose(zipped) == Z_OK);
    free(bytes);
}

static struct errata_reader *reader_for(struct told *told, uint32_t threads) {
    const struct errata_reader_options options = {
        .threads = threads, .on_bytes = tell, .ctx = told};
    struct errata_reader *reader;
    *told = (struct told){.thread = pthread_self()};
    CHECK(errata_reader_new(&reader, &options, NULL) == ERRATA_OK);
    return reader;
}

static void one_file(const char *path, uint32_t threads) {
    struct told told;
    struct errata_reader *reader = reader_for(&told, threads);
    CHECK(errata_reader_read_path(reader, path, NULL, NULL) == ERRATA_OK);
    check(told.bytes == size_of(path), "%s on %u threads: %llu bytes of %llu", path, threads,
          (unsigned long long)told.bytes, (unsigned long long)size_of(path));
    /* Piece by piece, also what several threads read. */
    check(told.most <= MOST_AT_ONCE, "%s on %u threads: %llu bytes at once", path, threads,
          (unsigned long long)told.most);
    errata_reader_free(reader);
}

/* Small files, which are read by all threads, with a long one among them. */
static void many_files(const char *plain, const char *packed, uint32_t threads) {
    const char *paths[N_SMALL + 2];
    uint64_t size = size_of(plain) + size_of(packed) + N_SMALL * size_of(SMALL);
    struct told told;
    struct errata_reader *reader = reader_for(&told, threads);
    for (size_t i = 0; i < N_SMALL + 2; i++) {
        paths[i] = i == 10 ? plain : i == 20 ? packed : SMALL;
    }
    CHECK(errata_reader_read_paths(reader, paths, N_SMALL + 2, NULL, NULL, NULL, NULL) ==
          ERRATA_OK);
    check(told.bytes == size, "many files on %u threads: %llu bytes of %llu", threads,
          (unsigned long long)told.bytes, (unsigned long long)size);
    errata_reader_free(reader);
}

int main(void) {
    char plain[64];
    char packed[64];
    CHECK(mkdtemp(folder) != NULL);
    snprintf(plain, sizeof plain, "%s/plain.ndjson", folder);
    snprintf(packed, sizeof packed, "%s/packed.ndjson.gz", folder);
    write_files(plain, packed);
    for (uint32_t threads = 1; threads <= 4; threads += 3) {
        one_file(plain, threads);
        one_file(packed, threads);
        many_files(plain, packed, threads);
    }
    /* Others did read. */
    CHECK(threads_made > 3);
    CHECK(unlink(plain) == 0 && unlink(packed) == 0 && rmdir(folder) == 0);
    return 0;
}
