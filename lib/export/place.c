/*
 * Surroundings of an issue: see place.h.
 */
#include "export/place.h"

/* The names of a path are in an index once, however long the path is. */
#define TEXT_MOST ((uint64_t)4 << 30)

static enum errata_status make_room(struct errata__buffer *scratch, size_t length) {
    if (length >= TEXT_MOST) {
        return ERRATA_LIMIT_MEMORY;
    }
    scratch->length = 0;
    return errata__buffer_reserve(scratch, length + 1);
}

typedef size_t render_function(const struct errata_index *index, uint32_t id, char *buffer,
                               size_t size);

static enum errata_status render(struct errata_text *out, const struct errata_index *index,
                                 uint32_t id, struct errata__buffer *scratch,
                                 render_function *with) {
    size_t length = with(index, id, scratch->data, scratch->capacity);

    if (length >= scratch->capacity) {
        enum errata_status status = make_room(scratch, length);

        if (status) {
            return status;
        }
        length = with(index, id, scratch->data, scratch->capacity);
    }
    *out = (struct errata_text){scratch->data, length};
    return ERRATA_OK;
}

enum errata_status errata__place_path(struct errata_text *out, const struct errata_index *index,
                                      uint32_t issue, struct errata__buffer *scratch) {
    return render(out, index, issue, scratch, errata_index_path);
}

enum errata_status errata__place_pattern(struct errata_text *out, const struct errata_index *index,
                                         uint32_t pattern, struct errata__buffer *scratch) {
    return render(out, index, pattern, scratch, errata_index_pattern);
}

enum errata_status errata__place_walk(struct errata_text *out, struct errata_matches *matches,
                                      struct errata__buffer *scratch) {
    size_t length = errata_matches_path(matches, scratch->data, scratch->capacity);

    if (length >= scratch->capacity) {
        enum errata_status status = make_room(scratch, length);

        if (status) {
            return status;
        }
        length = errata_matches_path(matches, scratch->data, scratch->capacity);
    }
    *out = (struct errata_text){scratch->data, length};
    return ERRATA_OK;
}

struct errata_text errata__place_time(int64_t seconds, char buffer[ERRATA__TIME_SIZE]) {
    struct errata_text text = {NULL, 0};

    if (seconds != 0) {
        text.length = errata__time_format(seconds, buffer);
    }
    if (text.length > 0) {
        text.data = buffer;
    }
    return text;
}

struct errata__reading errata__place_reading(const struct errata_index *index) {
    struct errata_counts counts;

    errata_index_counts(index, &counts);
    return (struct errata__reading){.documents = counts.documents, .rejects = counts.rejects};
}

void errata__place_readings(struct errata__reading out[ERRATA_DIFF_SIDES],
                            const struct errata_diff *diff) {
    struct errata_diff_side side = {0};

    for (size_t i = 0; errata_diff_side_at(diff, i, &side); i++) {
        out[i] = (struct errata__reading){.documents = side.documents, .rejects = side.rejects};
    }
}
