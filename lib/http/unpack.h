/*
 * Reading what pack.h wrote, as far as it is whole.
 */
#ifndef ERRATA_HTTP_UNPACK_H
#define ERRATA_HTTP_UNPACK_H

#include "http/body.h"
#include "http/pack.h"

/* How the file ends. Only what is open was cut off; the rest somebody has changed, or it is not ours. */
enum errata__ending {
    /* Behind a piece that ends a line, or with nothing in it. */
    ERRATA__ENDING_WHOLE,
    /* Within a piece, all of which could be unpacked so far; of plain text, within a line. */
    ERRATA__ENDING_OPEN,
    /* Behind a piece that ends within a line. */
    ERRATA__ENDING_SPLIT,
    /* What stands there is no piece. */
    ERRATA__ENDING_DAMAGED
};

struct errata__unpacked {
    /* Where the last piece ends that is whole and ends a line, all before it being so too; for plain text that is behind
       the last line end. */
    uint64_t whole;
    /* Where unpacking came to its end. */
    uint64_t end;
    enum errata__ending ending;
};

/*
 * Reads the file from one byte to before another and hands the text in it to take (NULL: to nobody). Stops without a
 * failure where it is damaged. When take returns ERRATA_MISMATCH the open piece is still unpacked, so that *unpacked says
 * whether the text was wrong because the file is damaged.
 *
 * ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_CANNOT_READ with errno set; what take returned.
 */
ERRATA_MUST_CHECK enum errata_status errata__unpack(int fd, enum errata__form form, uint64_t from,
                                                    uint64_t to, errata__bytes_function *take,
                                                    void *ctx, struct errata__unpacked *unpacked);

/* Does a piece begin there as pack.h writes it, or its beginning up to the end of the file? So long as there is none of
   its text, that is all that tells it from a stranger's. Status as above. */
ERRATA_MUST_CHECK enum errata_status errata__unpack_begins(int fd, enum errata__form form,
                                                           uint64_t at, bool *ours);

/* Is there a piece that is whole, and ends a line, behind `from`, where one begins that seems to be open? Then that one is
   damaged, such as in the length of a block. For plain text there is none. Status as above. */
ERRATA_MUST_CHECK enum errata_status errata__unpack_behind(int fd, enum errata__form form,
                                                           uint64_t from, uint64_t to,
                                                           uint64_t *found);

#endif
