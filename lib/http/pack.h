/*
 * Writing a file in pieces that are whole by themselves: plain bytes, members of gzip, or frames of zstd.
 */
#ifndef ERRATA_HTTP_PACK_H
#define ERRATA_HTTP_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/error.h>

enum errata__form {
    ERRATA__FORM_PLAIN,
    ERRATA__FORM_GZIP,
    ERRATA__FORM_ZSTD
};

#define ERRATA__PACK_ROOM ((size_t)64 * 1024)

struct errata__pack {
    enum errata__form form;
    int fd;
    /* z_stream or ZSTD_CCtx; NULL: plain. */
    void *state;
    /* The piece has something in it. */
    bool open;
    unsigned char out[ERRATA__PACK_ROOM];
    size_t length;
};

/* fd stays the caller's. ERRATA_OK; ERRATA_NO_MEMORY. */
ERRATA_MUST_CHECK enum errata_status errata__pack_init(struct errata__pack *pack,
                                                       enum errata__form form, int fd);
void errata__pack_free(struct errata__pack *pack);

/* Appends to the piece. In both functions: ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_CANNOT_WRITE with errno set. */
ERRATA_MUST_CHECK enum errata_status errata__pack_add(struct errata__pack *pack, const void *bytes,
                                                      size_t length);
/* Makes the piece whole, if there is one, and puts it on the disk. */
ERRATA_MUST_CHECK enum errata_status errata__pack_end(struct errata__pack *pack);

#endif
