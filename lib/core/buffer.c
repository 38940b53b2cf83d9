/*
 * The growable buffer: doubles, up to its limit.
 */
#include "core/buffer.h"

#include <string.h>

void errata__buffer_init(struct errata__buffer *buffer, const struct errata_allocator *allocator,
                         size_t limit) {
    memset(buffer, 0, sizeof *buffer);
    buffer->allocator = allocator;
    buffer->limit = limit;
}

void errata__buffer_free(struct errata__buffer *buffer) {
    if (buffer->data != NULL) {
        buffer->allocator->free(buffer->allocator->ctx, buffer->data);
    }
    errata__buffer_init(buffer, buffer->allocator, buffer->limit);
}

enum errata_status errata__buffer_reserve(struct errata__buffer *buffer, size_t more) {
    if (more <= buffer->capacity - buffer->length) {
        return ERRATA_OK;
    }
    if (buffer->length > buffer->limit || more > buffer->limit - buffer->length) {
        return ERRATA_LIMIT_TOKEN;
    }
    size_t needed = buffer->length + more;
    size_t capacity = buffer->capacity > buffer->limit / 2 ? buffer->limit : buffer->capacity * 2;
    if (capacity < 64) {
        capacity = buffer->limit < 64 ? buffer->limit : 64;
    }
    if (capacity < needed) {
        capacity = needed;
    }
    char *data = buffer->allocator->realloc(buffer->allocator->ctx, buffer->data, capacity);
    if (data == NULL) {
        return ERRATA_NO_MEMORY;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return ERRATA_OK;
}

enum errata_status errata__buffer_append(struct errata__buffer *buffer, const void *bytes,
                                         size_t length) {
    enum errata_status status = errata__buffer_reserve(buffer, length);
    if (status == ERRATA_OK && length > 0) {
        memcpy(buffer->data + buffer->length, bytes, length);
        buffer->length += length;
    }
    return status;
}
