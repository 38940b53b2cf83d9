/*
 * zlib and libzstd behind one face.
 */
#include "read/decompress.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

/* Input is const. */
#define ZLIB_CONST
#include <zlib.h>

/* Windows over 128 MiB are refused: a small file could ask for gigabytes. */
#define ZSTD_LARGEST_WINDOW_LOG 27

struct errata__decompressor {
    struct errata_allocator allocator;
    /* One of the two. */
    ZSTD_DCtx *zstd;
    z_stream gzip;
    bool gzip_ready;
    /* Between two members or frames. */
    bool at_end;
    char reason[160];
};

static void *zlib_alloc(void *ctx, unsigned count, unsigned size) {
    const struct errata_allocator *allocator = ctx;
    size_t bytes;
    return __builtin_mul_overflow((size_t)count, (size_t)size, &bytes) || bytes == 0
               ? NULL
               : allocator->alloc(allocator->ctx, bytes);
}

static void zlib_free(void *ctx, void *block) {
    const struct errata_allocator *allocator = ctx;
    allocator->free(allocator->ctx, block);
}

static bool is_gzip(const unsigned char *magic, size_t length) {
    return length >= 2 && magic[0] == 0x1F && magic[1] == 0x8B;
}

/* A frame (RFC 8878 section 3.1.1), or a skippable one (3.1.2), which parallel compressors put first. */
static bool is_zstd(const unsigned char *magic, size_t length) {
    return length >= 4 &&
           ((magic[0] == 0x28 && magic[1] == 0xB5 && magic[2] == 0x2F && magic[3] == 0xFD) ||
            ((magic[0] & 0xF0) == 0x50 && magic[1] == 0x2A && magic[2] == 0x4D &&
             magic[3] == 0x18));
}

static enum errata_status start(struct errata__decompressor *decompressor, bool gzip) {
    if (gzip) {
        decompressor->gzip.zalloc = zlib_alloc;
        decompressor->gzip.zfree = zlib_free;
        decompressor->gzip.opaque = &decompressor->allocator;
        /* 16: gzip and nothing else. */
        if (inflateInit2(&decompressor->gzip, MAX_WBITS + 16) != Z_OK) {
            return ERRATA_NO_MEMORY;
        }
        decompressor->gzip_ready = true;
        return ERRATA_OK;
    }
    decompressor->zstd = ZSTD_createDCtx();
    if (decompressor->zstd == NULL ||
        ZSTD_isError(ZSTD_DCtx_setParameter(decompressor->zstd, ZSTD_d_windowLogMax,
                                            ZSTD_LARGEST_WINDOW_LOG))) {
        return ERRATA_NO_MEMORY;
    }
    return ERRATA_OK;
}

enum errata_status errata__decompressor_new(struct errata__decompressor **out,
                                            const struct errata_allocator *allocator,
                                            const unsigned char *magic, size_t length) {
    *out = NULL;
    bool gzip = is_gzip(magic, length);
    if (!gzip && !is_zstd(magic, length)) {
        return ERRATA_OK;
    }
    struct errata__decompressor *decompressor =
        allocator->alloc(allocator->ctx, sizeof *decompressor);
    if (decompressor == NULL) {
        return ERRATA_NO_MEMORY;
    }
    memset(decompressor, 0, sizeof *decompressor);
    decompressor->allocator = *allocator;
    enum errata_status status = start(decompressor, gzip);
    if (status != ERRATA_OK) {
        errata__decompressor_free(decompressor);
        return status;
    }
    *out = decompressor;
    return ERRATA_OK;
}

void errata__decompressor_free(struct errata__decompressor *decompressor) {
    if (decompressor != NULL) {
        struct errata_allocator allocator = decompressor->allocator;
        if (decompressor->gzip_ready) {
            inflateEnd(&decompressor->gzip);
        }
        ZSTD_freeDCtx(decompressor->zstd);
        allocator.free(allocator.ctx, decompressor);
    }
}

static enum errata_status damaged(struct errata__decompressor *decompressor, const char *format,
                                  const char *why) {
    snprintf(decompressor->reason, sizeof decompressor->reason, "%s data are damaged: %s", format,
             why);
    return ERRATA_BAD_COMPRESSION;
}

static enum errata_status run_gzip(struct errata__decompressor *decompressor,
                                   struct errata__flow *flow) {
    z_stream *gzip = &decompressor->gzip;
    if (decompressor->at_end) {
        /* Zeros behind a member are padding, as gzip(1) takes them: from tapes and block devices. */
        while (flow->in_length > 0 && *flow->in == 0) {
            flow->in++;
            flow->in_length--;
        }
        if (flow->in_length == 0) {
            return ERRATA_OK;
        }
        inflateReset(gzip);
        decompressor->at_end = false;
    }
    /* zlib counts in unsigned int. */
    unsigned in = flow->in_length > UINT32_MAX ? UINT32_MAX : (unsigned)flow->in_length;
    unsigned out = flow->out_length > UINT32_MAX ? UINT32_MAX : (unsigned)flow->out_length;
    gzip->next_in = flow->in;
    gzip->avail_in = in;
    gzip->next_out = flow->out;
    gzip->avail_out = out;
    int result = inflate(gzip, Z_NO_FLUSH);
    flow->in += in - gzip->avail_in;
    flow->in_length -= in - gzip->avail_in;
    flow->out += out - gzip->avail_out;
    flow->out_length -= out - gzip->avail_out;
    switch (result) {
    case Z_OK:
    case Z_BUF_ERROR:
        return ERRATA_OK;
    case Z_STREAM_END:
        decompressor->at_end = true;
        return ERRATA_OK;
    case Z_MEM_ERROR:
        return ERRATA_NO_MEMORY;
    default:
        return damaged(decompressor, "gzip", gzip->msg == NULL ? "unknown format" : gzip->msg);
    }
}

static enum errata_status run_zstd(struct errata__decompressor *decompressor,
                                   struct errata__flow *flow) {
    ZSTD_inBuffer in = {flow->in, flow->in_length, 0};
    ZSTD_outBuffer out = {flow->out, flow->out_length, 0};
    size_t result = ZSTD_decompressStream(decompressor->zstd, &out, &in);
    flow->in += in.pos;
    flow->in_length -= in.pos;
    flow->out += out.pos;
    flow->out_length -= out.pos;
    if (ZSTD_isError(result)) {
        switch ((int)ZSTD_getErrorCode(result)) {
        case ZSTD_error_memory_allocation:
            return ERRATA_NO_MEMORY;
        case ZSTD_error_frameParameter_windowTooLarge:
            snprintf(
                decompressor->reason, sizeof decompressor->reason,
                "zstd data need a window over 128 MiB, which is refused; decompress them first "
                "(zstd -dc --long=31)");
            return ERRATA_BAD_COMPRESSION;
        default:
            return damaged(decompressor, "zstd", ZSTD_getErrorName(result));
        }
    }
    if (in.pos > 0 || out.pos > 0) {
        decompressor->at_end = result == 0;
    }
    return ERRATA_OK;
}

enum errata_status errata__decompressor_run(struct errata__decompressor *decompressor,
                                            struct errata__flow *flow) {
    return decompressor->zstd != NULL ? run_zstd(decompressor, flow) : run_gzip(decompressor, flow);
}

bool errata__decompressor_at_end(struct errata__decompressor *decompressor) {
    if (!decompressor->at_end) {
        snprintf(decompressor->reason, sizeof decompressor->reason,
                 "%s data are cut off by the end of input",
                 decompressor->zstd != NULL ? "zstd" : "gzip");
    }
    return decompressor->at_end;
}

const char *errata__decompressor_reason(const struct errata__decompressor *decompressor) {
    return decompressor->reason;
}
