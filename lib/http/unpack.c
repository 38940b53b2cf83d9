/*
 * Reading in pieces: see unpack.h.
 */
#include "http/unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <errata/text.h>

#define ROOM ((size_t)64 * 1024)
#define GZIP_WINDOW (15 + 16)

struct unpack {
    int fd;
    enum errata__form form;
    errata__bytes_function *take;
    void *ctx;
    uint64_t whole;
    /* z_stream or ZSTD_DCtx. */
    void *state;
    /* Of the file, behind what was taken from `in`. */
    uint64_t offset;
    /* The last byte of text. */
    char last;
    /* A piece has begun and not ended. */
    bool inside;
    /* What comes is no piece. */
    bool broken;
    /* What the text of the open piece was refused with. */
    enum errata_status refused;
    unsigned char in[ROOM];
    unsigned char out[ROOM];
};

static enum errata_status give(struct unpack *unpack, const unsigned char *text, size_t length) {
    if (length == 0 || unpack->refused != ERRATA_OK) {
        return ERRATA_OK;
    }
    unpack->last = (char)text[length - 1];
    enum errata_status status =
        unpack->take == NULL ? ERRATA_OK : unpack->take(unpack->ctx, text, length);
    /* Damage may give a wrong text before a checksum tells it: the rest of the piece decides. */
    if (status == ERRATA_MISMATCH && unpack->form != ERRATA__FORM_PLAIN) {
        unpack->refused = status;
        return ERRATA_OK;
    }
    return status;
}

/* A piece has ended, and its checksum is right. */
static enum errata_status end_piece(struct unpack *unpack) {
    unpack->inside = false;
    if (unpack->last == '\n') {
        unpack->whole = unpack->offset;
    }
    return unpack->refused;
}

static enum errata_status run_plain(struct unpack *unpack, size_t length) {
    const unsigned char *end = memrchr(unpack->in, '\n', length);
    if (end != NULL) {
        unpack->whole = unpack->offset + (uint64_t)(end - unpack->in) + 1;
    }
    unpack->offset += length;
    unpack->inside = unpack->whole < unpack->offset;
    return give(unpack, unpack->in, length);
}

static enum errata_status run_gzip(struct unpack *unpack, size_t length) {
    z_stream *state = unpack->state;
    enum errata_status status = ERRATA_OK;
    state->next_in = unpack->in;
    state->avail_in = (uInt)length;
    do {
        uInt before = state->avail_in;
        state->next_out = unpack->out;
        state->avail_out = sizeof unpack->out;
        int code = inflate(state, Z_NO_FLUSH);
        unpack->offset += before - state->avail_in;
        unpack->inside = unpack->inside || state->avail_in < before;
        status = give(unpack, unpack->out, sizeof unpack->out - state->avail_out);
        if (code == Z_STREAM_END) {
            status = status == ERRATA_OK ? end_piece(unpack) : status;
            code = inflateReset(state);
        }
        if (code == Z_MEM_ERROR) {
            return ERRATA_NO_MEMORY;
        }
        unpack->broken = code != Z_OK && code != Z_BUF_ERROR;
    } while (status == ERRATA_OK && !unpack->broken &&
             (state->avail_in > 0 || state->avail_out == 0));
    return status;
}

static enum errata_status run_zstd(struct unpack *unpack, size_t length) {
    ZSTD_inBuffer in = {unpack->in, length, 0};
    enum errata_status status = ERRATA_OK;
    bool full;
    do {
        size_t before = in.pos;
        ZSTD_outBuffer out = {unpack->out, sizeof unpack->out, 0};
        size_t left = ZSTD_decompressStream(unpack->state, &out, &in);
        unpack->offset += in.pos - before;
        unpack->inside = unpack->inside || in.pos > before;
        if (ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation) {
            return ERRATA_NO_MEMORY;
        }
        unpack->broken = ZSTD_isError(left) != 0;
        if (unpack->broken) {
            break;
        }
        full = out.pos == out.size;
        status = give(unpack, unpack->out, out.pos);
        if (left == 0 && status == ERRATA_OK) {
            status = end_piece(unpack);
        }
    } while (status == ERRATA_OK && (in.pos < in.size || full));
    return status;
}

static enum errata_status make_state(struct unpack *unpack) {
    if (unpack->form == ERRATA__FORM_ZSTD) {
        unpack->state = ZSTD_createDCtx();
    } else if (unpack->form == ERRATA__FORM_GZIP) {
        z_stream *state = calloc(1, sizeof *state);
        if (state != NULL && inflateInit2(state, GZIP_WINDOW) != Z_OK) {
            free(state);
            state = NULL;
        }
        unpack->state = state;
    }
    return unpack->form == ERRATA__FORM_PLAIN || unpack->state != NULL ? ERRATA_OK
                                                                       : ERRATA_NO_MEMORY;
}

static void free_state(struct unpack *unpack) {
    if (unpack->form == ERRATA__FORM_ZSTD) {
        ZSTD_freeDCtx(unpack->state);
    } else if (unpack->state != NULL) {
        inflateEnd(unpack->state);
        free(unpack->state);
    }
}

static enum errata_status run(struct unpack *unpack, size_t length) {
    switch (unpack->form) {
    case ERRATA__FORM_GZIP:
        return run_gzip(unpack, length);
    case ERRATA__FORM_ZSTD:
        return run_zstd(unpack, length);
    case ERRATA__FORM_PLAIN:
        break;
    }
    return run_plain(unpack, length);
}

static enum errata_status read_all(struct unpack *unpack, uint64_t size) {
    uint64_t at = unpack->offset;
    enum errata_status status = ERRATA_OK;
    while (at < size && status == ERRATA_OK && !unpack->broken) {
        size_t wanted = size - at < ROOM ? (size_t)(size - at) : ROOM;
        ssize_t got = pread(unpack->fd, unpack->in, wanted, (off_t)at);
        if (got > 0) {
            at += (uint64_t)got;
            status = run(unpack, (size_t)got);
        } else if (got == 0) {
            break;
        } else if (errno != EINTR) {
            status = ERRATA_CANNOT_READ;
        }
    }
    return status;
}

static enum errata__ending ending(const struct unpack *unpack) {
    return unpack->broken                   ? ERRATA__ENDING_DAMAGED
           : unpack->inside                 ? ERRATA__ENDING_OPEN
           : unpack->whole < unpack->offset ? ERRATA__ENDING_SPLIT
                                            : ERRATA__ENDING_WHOLE;
}

enum errata_status errata__unpack(int fd, enum errata__form form, uint64_t from, uint64_t to,
                                  errata__bytes_function *take, void *ctx,
                                  struct errata__unpacked *unpacked) {
    struct unpack *unpack = malloc(sizeof *unpack);
    if (unpack == NULL) {
        return ERRATA_NO_MEMORY;
    }
    unpack->fd = fd;
    unpack->form = form;
    unpack->take = take;
    unpack->ctx = ctx;
    unpack->whole = from;
    unpack->state = NULL;
    unpack->offset = from;
    unpack->last = '\0';
    unpack->inside = false;
    unpack->broken = false;
    unpack->refused = ERRATA_OK;
    enum errata_status status = make_state(unpack);
    if (status == ERRATA_OK) {
        status = read_all(unpack, to);
    }
    status = status == ERRATA_OK ? unpack->refused : status;
    *unpacked = (struct errata__unpacked){unpack->whole, unpack->offset, ending(unpack)};
    free_state(unpack);
    free(unpack);
    return status;
}

enum errata_status errata__unpack_begins(int fd, enum errata__form form, uint64_t at, bool *ours) {
    /* Without a name or time, as zlib writes it; with a checksum and without a length. */
    static const struct errata_text beginnings[] = {
        [ERRATA__FORM_PLAIN] = {"", 0},
        [ERRATA__FORM_GZIP] = {"\x1f\x8b\x08\0\0\0\0\0\0\x03", 10},
        [ERRATA__FORM_ZSTD] = {"\x28\xb5\x2f\xfd\x04", 5}};
    char there[16];
    ssize_t got;
    do {
        got = pread(fd, there, beginnings[form].length, (off_t)at);
    } while (got < 0 && errno == EINTR);
    *ours = got >= 0 && memcmp(there, beginnings[form].data, (size_t)got) == 0;
    return got < 0 ? ERRATA_CANNOT_READ : ERRATA_OK;
}

/* Sets *at to where the bytes come next; `to`: nowhere. */
static enum errata_status find(int fd, const char *bytes, uint64_t *at, uint64_t to) {
    char room[4096];
    size_t wanted = strlen(bytes);
    while (*at + wanted <= to) {
        ssize_t got = pread(fd, room, sizeof room, (off_t)*at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return ERRATA_CANNOT_READ;
        }
        const char *found = memmem(room, (size_t)got, bytes, wanted);
        if (found != NULL) {
            *at += (uint64_t)(found - room);
            return ERRATA_OK;
        }
        if ((size_t)got < wanted) {
            break;
        }
        /* They may begin in the last of these. */
        *at += (uint64_t)got - (wanted - 1);
    }
    *at = to;
    return ERRATA_OK;
}

enum errata_status errata__unpack_behind(int fd, enum errata__form form, uint64_t from, uint64_t to,
                                         uint64_t *found) {
    static const char *const beginnings[] = {
        [ERRATA__FORM_GZIP] = "\x1f\x8b\x08", [ERRATA__FORM_ZSTD] = "\x28\xb5\x2f\xfd"};
    struct errata__unpacked unpacked;
    *found = to;
    if (form == ERRATA__FORM_PLAIN) {
        return ERRATA_OK;
    }
    for (uint64_t at = from + 1; at < to; at++) {
        enum errata_status status = find(fd, beginnings[form], &at, to);
        if (status == ERRATA_OK && at < to) {
            status = errata__unpack(fd, form, at, to, NULL, NULL, &unpacked);
        }
        if (status != ERRATA_OK) {
            return status;
        }
        if (at < to && unpacked.whole > at) {
            *found = at;
            break;
        }
    }
    return ERRATA_OK;
}
