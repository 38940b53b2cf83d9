/*
 * What groups are called: see name.h.
 */
#include "export/name.h"

#include <stdbool.h>
#include <stdio.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "json/text.h"

struct errata_text errata__name_cut(struct errata_text text) {
    size_t characters = 0;
    size_t end = 0;

    while (end < text.length && characters < ERRATA__NAME_CHARACTERS) {
        end++;
        while (end < text.length && ((unsigned char)text.data[end] & 0xC0U) == 0x80U) {
            end++;
        }
        characters++;
    }
    return (struct errata_text){text.data, end};
}

void errata__name_counts(char out[ERRATA__NAME_COUNTS_SIZE], uint64_t issues, uint64_t records) {
    snprintf(out, ERRATA__NAME_COUNTS_SIZE, "%llu issue%s in %llu record%s",
             (unsigned long long)issues, issues == 1 ? "" : "s", (unsigned long long)records,
             records == 1 ? "" : "s");
}

static bool has_control(struct errata_text text) {
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] < 0x20) {
            return true;
        }
    }
    return false;
}

static bool is_one_of(struct errata_text text, const char *const *names) {
    while (*names && errata__text_compare(text, errata__words(*names)) != 0) {
        names++;
    }
    return *names != NULL;
}

/* ours: what we call something else, up to NULL. */
static enum errata_status add(struct errata__buffer *out, struct errata_text text,
                              const char *const *ours) {
    if (*text.data == '"' || has_control(text) || is_one_of(text, ours)) {
        return errata__json_quote(out, text.data, text.length);
    }
    return errata__buffer_append(out, text.data, text.length);
}

/* U+FFFE or U+FFFF, which become U+FFFD in XML. */
static bool has_no_character(struct errata_text text) {
    return memmem(text.data, text.length, "\xEF\xBF\xBE", 3) ||
           memmem(text.data, text.length, "\xEF\xBF\xBF", 3);
}

/* A name that was put together; what is lost of it is in the hash. */
static enum errata_status finish(struct errata_text *out, struct errata__buffer *name) {
    struct errata_text whole = {name->data, name->length};
    struct errata_text shown = errata__name_cut(whole);
    enum errata_status status = ERRATA_OK;

    if (shown.length < whole.length || has_no_character(whole)) {
        char hash[sizeof ERRATA__NAME_ELLIPSIS + 16];
        int length = snprintf(hash, sizeof hash, ERRATA__NAME_ELLIPSIS "%016llx",
                              (unsigned long long)XXH3_64bits(whole.data, whole.length));

        name->length = shown.length;
        status = errata__buffer_append(name, hash, (size_t)length);
    }
    *out = (struct errata_text){name->data, name->length};
    return status;
}

enum errata_status errata__name_key(struct errata_text *out, struct errata_text key,
                                    struct errata__buffer *scratch) {
    static const char *const ours[] = {"(no key)", "(empty key)",  "left out",
                                       "not read", "errata check", NULL};
    enum errata_status status;

    if (key.length == 0) {
        *out = errata__words(key.data ? ours[1] : ours[0]);
        return ERRATA_OK;
    }
    scratch->length = 0;
    status = add(scratch, key, ours);
    return status ? status : finish(out, scratch);
}

/* One value of a name. */
static enum errata_status add_value(struct errata__buffer *out, struct errata_text value,
                                    bool last) {
    static const char *const ours[] = {"-", NULL};

    if (value.length == 0) {
        return errata__buffer_append(out, value.data ? "\"\"" : "-", value.data ? 2 : 1);
    }
    if (!last && memchr(value.data, ' ', value.length)) {
        return errata__json_quote(out, value.data, value.length);
    }
    return add(out, value, ours);
}

enum errata_status errata__name_values(struct errata_text *out, const struct errata_text *values,
                                       size_t count, size_t without,
                                       struct errata__buffer *scratch) {
    size_t last = count > 0 && without == count - 1 ? count - 1 : count;
    enum errata_status status = ERRATA_OK;

    scratch->length = 0;
    for (size_t i = 0; i < last && status == ERRATA_OK; i++) {
        if (i == without) {
            continue;
        }
        status = scratch->length > 0 ? errata__buffer_append(scratch, " ", 1) : ERRATA_OK;
        if (status == ERRATA_OK) {
            status = add_value(scratch, values[i], i + 1 == last);
        }
    }
    return status ? status : finish(out, scratch);
}
