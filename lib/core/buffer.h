/*
 * A growable run of bytes that cannot be made without a limit.
 */
#ifndef ERRATA_CORE_BUFFER_H
#define ERRATA_CORE_BUFFER_H

#include <stddef.h>

#include <errata/allocator.h>
#include <errata/error.h>

struct errata__buffer {
    const struct errata_allocator *allocator;
    char *data;
    size_t length;
    size_t capacity;
    /* The most bytes it may hold. */
    size_t limit;
};

/* Allocates nothing. allocator must outlive the buffer. */
void errata__buffer_init(struct errata__buffer *buffer, const struct errata_allocator *allocator,
                         size_t limit);
void errata__buffer_free(struct errata__buffer *buffer);
/* Makes room for more bytes behind length. ERRATA_OK, ERRATA_NO_MEMORY, or ERRATA_LIMIT_TOKEN when
   the limit stands in the way. On failure the content is as before. */
ERRATA_MUST_CHECK enum errata_status errata__buffer_reserve(struct errata__buffer *buffer,
                                                            size_t more);
ERRATA_MUST_CHECK enum errata_status errata__buffer_append(struct errata__buffer *buffer,
                                                           const void *bytes, size_t length);

#endif
