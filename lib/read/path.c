/*
 * The elements of an issue's path: positions and names.
 */
#include <string.h>

#include "core/path.h"
#include "read/member.h"

static enum errata_status add_segment(struct errata__ingest *ingest, uint32_t segment) {
    struct errata__buffer *segments = &ingest->segments;
    segments->length = ingest->n_segments * sizeof segment;
    enum errata_status status = errata__buffer_append(segments, &segment, sizeof segment);
    ingest->n_segments += status == ERRATA_OK;
    return status;
}

static enum errata_status add_position(struct errata__ingest *ingest, uint64_t position) {
    struct errata__buffer *positions = &ingest->positions;
    positions->length = ingest->n_positions * sizeof position;
    enum errata_status status = errata__buffer_append(positions, &position, sizeof position);
    ingest->n_positions += status == ERRATA_OK;
    return status == ERRATA_OK ? add_segment(ingest, ERRATA__POSITION) : status;
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
    bool may_be_position = kind == ERRATA__JSON_NUMBER || !ingest->index->digit_names;
    if (may_be_position && errata__position_parse(text, length, &position)) {
        return add_position(ingest, position);
    }
    return add_name(ingest, text, length);
}

enum errata_status errata__path_event(struct errata__ingest *ingest,
                                      const struct errata__event *event) {
    switch ((int)event->kind) {
    case ERRATA__JSON_ARRAY_END:
        ingest->place = ERRATA__IN_ISSUE;
        return ERRATA_OK;
    case ERRATA__JSON_STRING:
        return add_element(ingest, event->kind, event->text, event->length);
    case ERRATA__JSON_NUMBER:
        errata__deviate(ingest, ERRATA_DEVIATION_PATH_NUMBER);
        return add_element(ingest, event->kind, event->text, event->length);
    case ERRATA__JSON_NULL:
    case ERRATA__JSON_FALSE:
    case ERRATA__JSON_TRUE: {
        const char *name = errata__kind_name(event->kind);
        errata__deviate(ingest, ERRATA_DEVIATION_PATH_TYPE);
        return add_name(ingest, name, strlen(name));
    }
    default:
        return errata__capture(ingest, event);
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
