/*
 * The elements of an issue's path: positions and names.
 */
#include <string.h>

#include "core/path.h"
#include "read/member.h"

/* Makes room for one more of size bytes behind count of them. In line, for there are some four elements to an issue. */
static inline enum errata_status make_room(struct errata__buffer *buffer, size_t count,
                                           size_t size) {
    buffer->length = count * size;
    return buffer->capacity - buffer->length >= size ? ERRATA_OK
                                                     : errata__buffer_reserve(buffer, size);
}

static enum errata_status add_segment(struct errata__ingest *ingest, uint32_t segment) {
    enum errata_status status = make_room(&ingest->segments, ingest->n_segments, sizeof segment);
    if (status == ERRATA_OK) {
        memcpy(ingest->segments.data + ingest->segments.length, &segment, sizeof segment);
        ingest->n_segments++;
    }
    return status;
}

static enum errata_status add_position(struct errata__ingest *ingest, uint64_t position,
                                       const char *text, size_t length) {
    enum errata_status status = make_room(&ingest->positions, ingest->n_positions, sizeof position);
    if (status != ERRATA_OK) {
        return status;
    }
    memcpy(ingest->positions.data + ingest->positions.length, &position, sizeof position);
    if (ingest->n_positions < ERRATA__TRACED_POSITIONS) {
        ingest->traces.positions[ingest->n_positions] = (struct errata__trace){text, length};
    }
    ingest->n_positions++;
    return add_segment(ingest, ERRATA__POSITION);
}

static enum errata_status add_name(struct errata__ingest *ingest, const char *text, size_t length) {
    uint32_t id;
    enum errata_status status = errata__keep_text(ingest, text, length, &id);
    return status == ERRATA_OK ? add_segment(ingest, id) : status;
}

/* A string or a number, in the path itself or as the `key` of an object in it. */
static enum errata_status add_element(struct errata__ingest *ingest, enum errata__json_kind kind,
                                      const char *text, size_t length) {
    uint64_t position;
    bool may_be_position = length > 0 && text[0] >= '0' && text[0] <= '9' &&
                           (kind == ERRATA__JSON_NUMBER || !ingest->index->digit_names);
    if (may_be_position && errata__position_parse(text, length, &position)) {
        return add_position(ingest, position, text, length);
    }
    return add_name(ingest, text, length);
}

enum errata_status errata__path_event(struct errata__ingest *ingest, enum errata__json_kind kind,
                                      uint32_t depth, const char *text, size_t length) {
    switch ((int)kind) {
    case ERRATA__JSON_ARRAY_END:
        ingest->place = ERRATA__IN_ISSUE;
        return ERRATA_OK;
    case ERRATA__JSON_STRING:
        return add_element(ingest, kind, text, length);
    case ERRATA__JSON_NUMBER:
        errata__deviate(ingest, ERRATA_DEVIATION_PATH_NUMBER);
        return add_element(ingest, kind, text, length);
    case ERRATA__JSON_NULL:
    case ERRATA__JSON_FALSE:
    case ERRATA__JSON_TRUE: {
        const char *name = errata__kind_name(kind);
        errata__deviate(ingest, ERRATA_DEVIATION_PATH_TYPE);
        return add_name(ingest, name, strlen(name));
    }
    default:
        return errata__capture(ingest, kind, depth, text, length);
    }
}

enum errata_status errata__path_captured(struct errata__ingest *ingest) {
    errata__deviate(ingest, ERRATA_DEVIATION_PATH_TYPE);
    if (ingest->path_key_kind != ERRATA__JSON_NULL) {
        const char *text = ingest->path_key.length > 0 ? ingest->path_key.data : "";
        return add_element(ingest, ingest->path_key_kind, text, ingest->path_key.length);
    }
    return add_name(ingest, ingest->captured.data, ingest->captured.length);
}
