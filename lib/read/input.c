/*
 * Reading and decompressing.
 */
#include "read/input.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

static enum errata_status cannot_read(struct errata__input *input) {
    input->error_number = errno;
    input->status = ERRATA_CANNOT_READ;
    return input->status;
}

/* Waits until there is something to be read. False: no more is wanted. */
static bool wait_for_input(const struct errata__input *input) {
    struct pollfd polled[2] = {{.fd = input->fd, .events = POLLIN},
                               {.fd = input->stop, .events = POLLIN}};
    while (polled[0].revents == 0 && polled[1].revents == 0) {
        if (poll(polled, 2, -1) < 0 && errno != EINTR) {
            /* read() will say what is wrong. */
            return true;
        }
    }
    return polled[1].revents == 0;
}

/* At least so many bytes, if there are: the first ones must be enough to tell a compressed source. */
static enum errata_status fill(struct errata__input *input, unsigned char *buffer, size_t least,
                               size_t *length) {
    *length = input->peeked_length;
    if (*length > 0) {
        memcpy(buffer, input->peeked, *length);
        atomic_fetch_add_explicit(&input->taken, *length, memory_order_relaxed);
        input->peeked_length = 0;
    }
    while (*length < least) {
        if (input->stop >= 0 && !wait_for_input(input)) {
            return ERRATA_OK;
        }
        ssize_t got = read(input->fd, buffer + *length, input->size - *length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return cannot_read(input);
        }
        if (got == 0) {
            break;
        }
        *length += (size_t)got;
        atomic_fetch_add_explicit(&input->taken, (uint64_t)got, memory_order_relaxed);
    }
    return ERRATA_OK;
}

static enum errata_status bad_compression(struct errata__input *input) {
    input->reason = errata__decompressor_reason(input->decompressor);
    input->status = ERRATA_BAD_COMPRESSION;
    return input->status;
}

/* The first bytes, which tell whether they are compressed; if so, *length is 0 behind. */
static enum errata_status begin(struct errata__input *input, unsigned char *out, size_t *length) {
    input->begun = true;
    enum errata_status status = fill(input, out, ERRATA__MAGIC_SIZE, length);
    if (status == ERRATA_OK) {
        status = errata__decompressor_new(&input->decompressor, input->allocator, out, *length);
    }
    if (status != ERRATA_OK || input->decompressor == NULL) {
        return input->status = status;
    }
    input->compressed = input->allocator->alloc(input->allocator->ctx, ERRATA__INPUT_SIZE);
    if (input->compressed == NULL) {
        return input->status = ERRATA_NO_MEMORY;
    }
    memcpy(input->compressed, out, *length);
    input->flow.in = input->compressed;
    input->flow.in_length = *length;
    *length = 0;
    return ERRATA_OK;
}

static enum errata_status decompress(struct errata__input *input, unsigned char *out,
                                     size_t *length) {
    struct errata__flow *flow = &input->flow;
    while (*length == 0 && input->status == ERRATA_OK) {
        if (flow->in_length == 0 && !input->full) {
            enum errata_status status = fill(input, input->compressed, 1, &flow->in_length);
            flow->in = input->compressed;
            if (status != ERRATA_OK || flow->in_length == 0) {
                return status != ERRATA_OK || errata__decompressor_at_end(input->decompressor)
                           ? status
                           : bad_compression(input);
            }
        }
        flow->out = out;
        flow->out_length = ERRATA__INPUT_SIZE;
        input->status = errata__decompressor_run(input->decompressor, flow);
        *length = ERRATA__INPUT_SIZE - flow->out_length;
        input->full = flow->out_length == 0;
        if (input->status == ERRATA_BAD_COMPRESSION) {
            bad_compression(input);
        }
    }
    /* What came before the trouble comes first. */
    return *length > 0 ? ERRATA_OK : input->status;
}

enum errata_status errata__input_next(struct errata__input *input, unsigned char *out,
                                      size_t *length) {
    *length = 0;
    if (input->status != ERRATA_OK) {
        return input->status;
    }
    if (!input->begun) {
        enum errata_status status = begin(input, out, length);
        if (status != ERRATA_OK || input->decompressor == NULL) {
            return status;
        }
    }
    return input->decompressor != NULL ? decompress(input, out, length)
                                       : fill(input, out, 1, length);
}

void errata__input_free(struct errata__input *input) {
    errata__decompressor_free(input->decompressor);
    input->allocator->free(input->allocator->ctx, input->compressed);
}
