/*
 * Reading what pack.h wrote, as far as it is whole.
 */
#ifndef ERRATA_HTTP_UNPACK_H
#define ERRATA_HTTP_UNPACK_H

#include "http/body.h"
#include "http/pack.h"

/*
 * Reads the first `size` bytes of the file and hands the text in them to take (NULL: to nobody). Sets *whole to where
 * the last piece ends that is whole and ends a line, all before it being so too; for plain text that is behind the last
 * line end. Stops without a failure where something is not whole.
 *
 * ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_CANNOT_READ with errno set; what take returned.
 */
ERRATA_MUST_CHECK enum errata_status errata__unpack(int fd, enum errata__form form, uint64_t size,
                                                    errata__bytes_function *take, void *ctx,
                                                    uint64_t *whole);

#endif
