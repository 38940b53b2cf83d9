/*
 * What was not read: see unread.h.
 */
#include "core/unread.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/text.h"

static bool lacks_documents(const struct errata__reading *side) {
    return side->documents == 0;
}

static bool has_rejects(const struct errata__reading *side) {
    return side->rejects > 0;
}

__attribute__((format(printf, 3, 4))) static size_t add(char out[ERRATA__UNREAD_SIZE], size_t at,
                                                        const char *format, ...) {
    va_list values;

    va_start(values, format);
    int length = vsnprintf(out + at, ERRATA__UNREAD_SIZE - at, format, values);
    va_end(values);
    at += length > 0 ? (size_t)length : 0;
    return at < ERRATA__UNREAD_SIZE ? at : ERRATA__UNREAD_SIZE - 1;
}

/* ` on side 2`, ` on sides 1, 3 and 4`; nothing where there is one side alone. */
static void add_sides(char out[ERRATA__UNREAD_SIZE], size_t at, const struct errata__reading *sides,
                      size_t n_sides, bool (*is_meant)(const struct errata__reading *side)) {
    size_t left = 0;
    bool first = true;

    for (size_t i = 0; i < n_sides; i++) {
        left += is_meant(&sides[i]);
    }
    for (size_t i = 0; n_sides > 1 && i < n_sides; i++) {
        if (is_meant(&sides[i])) {
            at = add(out, at, "%s%zu",
                     !first      ? (left > 1 ? ", " : " and ")
                     : left == 1 ? " on side "
                                 : " on sides ",
                     i + 1);
            first = false;
            left--;
        }
    }
}

bool errata__unread_documents(char out[ERRATA__UNREAD_SIZE], const struct errata__reading *sides,
                              size_t n_sides) {
    bool any = false;

    for (size_t i = 0; i < n_sides; i++) {
        any = any || lacks_documents(&sides[i]);
    }
    out[0] = '\0';
    if (any) {
        add_sides(out, add(out, 0, "No status document was read"), sides, n_sides, lacks_documents);
    }
    return any;
}

bool errata__unread_rejects(char out[ERRATA__UNREAD_SIZE], const struct errata__reading *sides,
                            size_t n_sides) {
    char count[ERRATA__DIGITS_SIZE];
    uint64_t rejects = 0;

    for (size_t i = 0; i < n_sides; i++) {
        rejects += sides[i].rejects;
    }
    out[0] = '\0';
    if (rejects > 0) {
        errata__text_digits(count, rejects);
        add_sides(out, add(out, 0, "%s reject%s could not be read", count, rejects == 1 ? "" : "s"),
                  sides, n_sides, has_rejects);
    }
    return rejects > 0;
}
