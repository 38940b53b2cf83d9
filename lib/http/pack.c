/*
 * Writing in pieces: see pack.h.
 */
#include "http/pack.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* So that zlib takes what it does not write. */
#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

/* The largest window, and the header and trailer of gzip rather than zlib's own. */
#define GZIP_WINDOW (15 + 16)
#define MEMORY_LEVEL 8
#define ZSTD_LEVEL 3

static enum errata_status init_gzip(struct errata__pack *pack) {
    z_stream *state = calloc(1, sizeof *state);
    if (state == NULL || deflateInit2(state, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW,
                                      MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(state);
        return ERRATA_NO_MEMORY;
    }
    pack->state = state;
    return ERRATA_OK;
}

static enum errata_status init_zstd(struct errata__pack *pack) {
    ZSTD_CCtx *state = ZSTD_createCCtx();
    pack->state = state;
    return state != NULL &&
                   !ZSTD_isError(
                       ZSTD_CCtx_setParameter(state, ZSTD_c_compressionLevel, ZSTD_LEVEL)) &&
                   !ZSTD_isError(ZSTD_CCtx_setParameter(state, ZSTD_c_checksumFlag, 1))
               ? ERRATA_OK
               : ERRATA_NO_MEMORY;
}

enum errata_status errata__pack_init(struct errata__pack *pack, enum errata__form form, int fd) {
    pack->form = form;
    pack->fd = fd;
    pack->state = NULL;
    pack->open = false;
    pack->length = 0;
    switch (form) {
    case ERRATA__FORM_GZIP:
        return init_gzip(pack);
    case ERRATA__FORM_ZSTD:
        return init_zstd(pack);
    case ERRATA__FORM_PLAIN:
        break;
    }
    return ERRATA_OK;
}

void errata__pack_free(struct errata__pack *pack) {
    if (pack->form == ERRATA__FORM_GZIP && pack->state != NULL) {
        deflateEnd(pack->state);
        free(pack->state);
    } else if (pack->form == ERRATA__FORM_ZSTD) {
        ZSTD_freeCCtx(pack->state);
    }
    pack->state = NULL;
}

/* Empties the output buffer. */
static enum errata_status write_out(struct errata__pack *pack) {
    size_t at = 0;
    while (at < pack->length) {
        ssize_t written = write(pack->fd, pack->out + at, pack->length - at);
        if (written < 0 && errno != EINTR) {
            return ERRATA_CANNOT_WRITE;
        }
        at += written < 0 ? 0 : (size_t)written;
    }
    pack->length = 0;
    return ERRATA_OK;
}

static enum errata_status add_plain(struct errata__pack *pack, const unsigned char *bytes,
                                    size_t length) {
    while (length > 0) {
        size_t room = sizeof pack->out - pack->length;
        size_t some = length < room ? length : room;
        memcpy(pack->out + pack->length, bytes, some);
        pack->length += some;
        bytes += some;
        length -= some;
        if (pack->length == sizeof pack->out && write_out(pack) != ERRATA_OK) {
            return ERRATA_CANNOT_WRITE;
        }
    }
    return ERRATA_OK;
}

static enum errata_status run_gzip(struct errata__pack *pack, const unsigned char *bytes,
                                   size_t length, bool end) {
    z_stream *state = pack->state;
    int code;
    do {
        size_t some = length < UINT_MAX ? length : UINT_MAX;
        state->next_in = bytes;
        state->avail_in = (uInt)some;
        state->next_out = pack->out + pack->length;
        state->avail_out = (uInt)(sizeof pack->out - pack->length);
        code = deflate(state, end ? Z_FINISH : Z_NO_FLUSH);
        pack->length = sizeof pack->out - state->avail_out;
        bytes += some - state->avail_in;
        length -= some - state->avail_in;
        if (pack->length == sizeof pack->out && write_out(pack) != ERRATA_OK) {
            return ERRATA_CANNOT_WRITE;
        }
    } while (length > 0 || (end && code != Z_STREAM_END));
    return !end || deflateReset(state) == Z_OK ? ERRATA_OK : ERRATA_NO_MEMORY;
}

static enum errata_status run_zstd(struct errata__pack *pack, const unsigned char *bytes,
                                   size_t length, bool end) {
    ZSTD_inBuffer in = {bytes, length, 0};
    size_t left;
    do {
        ZSTD_outBuffer out = {pack->out, sizeof pack->out, pack->length};
        left = ZSTD_compressStream2(pack->state, &out, &in, end ? ZSTD_e_end : ZSTD_e_continue);
        if (ZSTD_isError(left)) {
            return ERRATA_NO_MEMORY;
        }
        pack->length = out.pos;
        if (pack->length == sizeof pack->out && write_out(pack) != ERRATA_OK) {
            return ERRATA_CANNOT_WRITE;
        }
    } while (in.pos < in.size || (end && left > 0));
    return ERRATA_OK;
}

static enum errata_status run(struct errata__pack *pack, const void *bytes, size_t length,
                              bool end) {
    switch (pack->form) {
    case ERRATA__FORM_GZIP:
        return run_gzip(pack, bytes, length, end);
    case ERRATA__FORM_ZSTD:
        return run_zstd(pack, bytes, length, end);
    case ERRATA__FORM_PLAIN:
        break;
    }
    return add_plain(pack, bytes, length);
}

enum errata_status errata__pack_add(struct errata__pack *pack, const void *bytes, size_t length) {
    pack->open = pack->open || length > 0;
    return length > 0 ? run(pack, bytes, length, false) : ERRATA_OK;
}

enum errata_status errata__pack_end(struct errata__pack *pack) {
    if (!pack->open) {
        return ERRATA_OK;
    }
    enum errata_status status = run(pack, NULL, 0, true);
    if (status == ERRATA_OK) {
        status = write_out(pack);
    }
    if (status == ERRATA_OK && fdatasync(pack->fd) != 0) {
        status = ERRATA_CANNOT_WRITE;
    }
    pack->open = status != ERRATA_OK;
    return status;
}
