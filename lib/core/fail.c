/*
 * Status texts, and the one way in which struct errata_error is filled and rendered.
 */
#include "core/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"

static const char *const status_texts[] = {
    [ERRATA_OK] = "success",
    [ERRATA_NO_MEMORY] = "out of memory",
    [ERRATA_MISUSE] = "call out of place",
    [ERRATA_NOT_JSON] = "not JSON",
    [ERRATA_NOT_STATUS] = "not a status document",
    [ERRATA_LIMIT_DEPTH] = "containers are nested too deep",
    [ERRATA_LIMIT_TOKEN] = "a string, number or JSON text is too long",
    [ERRATA_LIMIT_DOCUMENT] = "the status document is too long",
    [ERRATA_LIMIT_ISSUES] = "too many issues",
    [ERRATA_LIMIT_MEMORY] = "the index would need more memory than the limit allows",
    [ERRATA_LIMIT_IDS] = "a table of the index is full: 32-bit ids are used up",
    [ERRATA_BAD_COMPRESSION] = "damaged compressed data",
    [ERRATA_CANNOT_READ] = "cannot read",
    [ERRATA_CANNOT_WRITE] = "cannot write",
    [ERRATA_BAD_QUERY] = "bad query",
    [ERRATA_BAD_REGEX] = "bad regular expression",
    [ERRATA_LIMIT_REGEX] = "a regular expression ran into its limit",
    [ERRATA_CLOSED] = "the reader of the output went away",
    [ERRATA_NOT_INDEX] = "not a saved index",
    [ERRATA_BAD_VERSION] = "a saved index that this version cannot read",
    [ERRATA_DAMAGED] = "the saved index is damaged",
    [ERRATA_MISMATCH] = "indexes read with different options",
    [ERRATA_BUSY] = "another process is writing the file",
    [ERRATA_NETWORK] = "the API cannot be reached",
    [ERRATA_UNAUTHORIZED] = "the API does not accept the key",
    [ERRATA_BAD_ANSWER] = "the API gave no usable answer",
    [ERRATA_CANCELLED] = "cancelled",
};

const char *errata_status_text(enum errata_status status) {
    size_t at = (size_t)status;
    if (at >= sizeof status_texts / sizeof status_texts[0] || status_texts[at] == NULL) {
        return "unknown status";
    }
    return status_texts[at];
}

enum errata_status errata__fail(struct errata_error *error, enum errata_status status,
                                const char *format, ...) {
    if (error == NULL) {
        return status;
    }
    memset(error, 0, sizeof *error);
    error->status = status;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof error->message) {
        size_t kept = sizeof error->message - 4;
        while (kept > 0 && ((unsigned char)error->message[kept] & 0xC0U) == 0x80U) {
            kept--;
        }
        memcpy(error->message + kept, "...", 4);
    }
    return status;
}

enum errata_status errata__fail_plain(struct errata_error *error, enum errata_status status) {
    return errata__fail(error, status, "%s", errata_status_text(status));
}

void errata__fail_source(struct errata_error *error, struct errata_text name) {
    if (error != NULL) {
        errata__utf8_escape(name.data, name.length, error->source, sizeof error->source);
    }
}

uint64_t errata_error_render(const struct errata_error *error, char *buffer, uint64_t size) {
    int length;
    if (error->line != 0) {
        length = snprintf(buffer, size, "%s:%llu:%llu: %s (byte %llu)", error->source,
                          (unsigned long long)error->line, (unsigned long long)error->column,
                          error->message, (unsigned long long)error->offset);
    } else if (error->source[0] != '\0') {
        length = snprintf(buffer, size, "%s: %s", error->source, error->message);
    } else {
        length = snprintf(buffer, size, "%s", error->message);
    }
    return length < 0 ? 0 : (uint64_t)length;
}
