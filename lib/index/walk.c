/*
 * Looking documents up for the walk: see walk.h.
 */
#include "index/walk.h"

#include <string.h>

enum errata_status errata__walk_init(struct errata__walk *walk, const struct errata_index *index,
                                     struct errata__arena *arena) {
    memset(walk, 0, sizeof *walk);
    walk->index = index;
    return errata__repeats_find(&walk->repeats, index, arena);
}

void errata__walk_take_others(struct errata__walk *walk) {
    const struct errata_index *index = walk->index;
    struct errata__walk_document *documents = walk->others.documents;
    uint32_t rows = (uint32_t)index->rows[ERRATA__DOCUMENTS];
    uint32_t document = walk->next_document;
    uint32_t highest = walk->highest_record;
    uint32_t end = document < rows ? errata__u32(index, ERRATA__DOCUMENT_FIRST, document) : 0;
    uint32_t count = 0;

    while (count < ERRATA__WALK_DOCUMENTS && document < rows) {
        uint32_t record = errata__u32(index, ERRATA__DOCUMENT_RECORD, document);
        uint32_t first = end;
        end = errata__end_of(index, ERRATA__DOCUMENT_FIRST, ERRATA__DOCUMENTS, ERRATA__RULE_ERRORS,
                             document);
        documents[count] =
            (struct errata__walk_document){(uint64_t)record << 32 | document, first, end};
        count += record >= highest;
        highest = record < highest ? highest : record;
        document++;
    }
    if (count == 0) {
        documents[count++].key = ERRATA__NO_REPEAT;
    }
    walk->others.at = 0;
    walk->others.count = count;
    walk->next_document = document;
    walk->highest_record = highest;
}

void errata__walk_take_again(struct errata__walk *walk) {
    const struct errata_index *index = walk->index;
    struct errata__walk_document *documents = walk->again.documents;
    uint32_t count = 0;

    do {
        documents[count].key = walk->repeats.keys[walk->next_repeat];
        if (documents[count].key == ERRATA__NO_REPEAT) {
            break;
        }
        errata__u32_prefetch(index, ERRATA__DOCUMENT_FIRST, (uint32_t)documents[count++].key);
        walk->next_repeat++;
    } while (count < ERRATA__WALK_DOCUMENTS);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t document = (uint32_t)documents[i].key;
        documents[i].first = errata__u32(index, ERRATA__DOCUMENT_FIRST, document);
        documents[i].end = errata__end_of(index, ERRATA__DOCUMENT_FIRST, ERRATA__DOCUMENTS,
                                          ERRATA__RULE_ERRORS, document);
        if (documents[i].first < documents[i].end) {
            errata__u32_prefetch(index, ERRATA__RULE_ERROR_FIRST, documents[i].first);
            errata__u32_prefetch(index, ERRATA__RULE_ERROR_KEY, documents[i].first);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        if (documents[i].first < documents[i].end) {
            uint32_t issue = errata__u32(index, ERRATA__RULE_ERROR_FIRST, documents[i].first);
            if (issue < index->rows[ERRATA__ISSUES]) {
                __builtin_prefetch(errata__shape_run(index, issue).ids);
            }
        }
    }
    walk->again.at = 0;
    walk->again.count = count > 0 ? count : 1;
}
