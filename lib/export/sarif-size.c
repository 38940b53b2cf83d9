/*
 * How large a file gets by gzip, while it is being written: see sarif-parts.h.
 */
#define ZLIB_CONST
#include <zlib.h>

#include "export/sarif-parts.h"

/* So much may come before the compressor is asked to put out all that it holds back. Asking costs some compression, so
   what is counted is rather too much than too little. */
#define STRIDE ((uint64_t)1 << 18)
/* The header and the end of gzip, and what the end of the stream takes. */
#define AROUND 64

struct errata__sarif_size {
    struct errata_allocator allocator;
    z_stream stream;
    /* Bytes that have come since the compressor put out everything. */
    uint64_t held;
};

static voidpf allocate(voidpf ctx, uInt items, uInt size) {
    const struct errata_allocator *allocator = ctx;

    return allocator->alloc(allocator->ctx, (size_t)items * size);
}

static void release(voidpf ctx, voidpf block) {
    const struct errata_allocator *allocator = ctx;

    allocator->free(allocator->ctx, block);
}

enum errata_status errata__sarif_size_new(struct errata__sarif_size **out,
                                          const struct errata_allocator *allocator) {
    struct errata__sarif_size *size = allocator->alloc(allocator->ctx, sizeof *size);

    *out = NULL;
    if (!size) {
        return ERRATA_NO_MEMORY;
    }
    *size = (struct errata__sarif_size){.allocator = *allocator};
    size->stream.zalloc = allocate;
    size->stream.zfree = release;
    size->stream.opaque = &size->allocator;
    if (deflateInit(&size->stream, Z_DEFAULT_COMPRESSION) != Z_OK) {
        allocator->free(allocator->ctx, size);
        return ERRATA_NO_MEMORY;
    }
    *out = size;
    return ERRATA_OK;
}

void errata__sarif_size_free(struct errata__sarif_size *size) {
    if (size) {
        const struct errata_allocator allocator = size->allocator;

        deflateEnd(&size->stream);
        allocator.free(allocator.ctx, size);
    }
}

static void deflate_all(struct errata__sarif_size *size, const void *bytes, size_t length,
                        int flush) {
    unsigned char out[4096];

    size->stream.next_in = bytes;
    size->stream.avail_in = (uInt)length;
    do {
        size->stream.next_out = out;
        size->stream.avail_out = sizeof out;
        /* What comes out is only counted; with room in the output this cannot fail. */
        (void)deflate(&size->stream, flush);
    } while (size->stream.avail_out == 0);
}

/* Of everything until now, and `more` bytes that may not be made smaller at all. */
static bool fits_uncompressed(const struct errata__sarif_size *size, uint64_t more, uint64_t most) {
    uint64_t raw = size->held + more;

    /* Deflate adds five bytes to each 16 KiB at worst. */
    return size->stream.total_out + raw + raw / 1024 + AROUND <= most;
}

bool errata__sarif_size_add(struct errata__sarif_size *size, const void *bytes, size_t length,
                            uint64_t most) {
    if (length > UINT32_MAX) {
        return false;
    }
    if (!fits_uncompressed(size, length, most) || size->held >= STRIDE) {
        deflate_all(size, NULL, 0, Z_SYNC_FLUSH);
        size->held = 0;
    }
    if (!fits_uncompressed(size, length, most)) {
        /* Close to the end each piece is asked for; the compressor cannot forget one that was too much. */
        deflate_all(size, bytes, length, Z_SYNC_FLUSH);
        return fits_uncompressed(size, 0, most);
    }
    deflate_all(size, bytes, length, Z_NO_FLUSH);
    size->held += length;
    return true;
}
