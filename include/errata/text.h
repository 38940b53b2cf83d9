/*
 * Text that somebody else owns.
 */
#ifndef ERRATA_TEXT_H
#define ERRATA_TEXT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A borrowed piece of UTF-8. What the library hands out is valid UTF-8, ended by a NUL that is not
 * counted (there may be others within), and lives as long as the object it came from. What the
 * library takes need not end in NUL. Absent is not empty: absent has a NULL pointer, the empty text
 * has not.
 */
struct errata_text {
    /** NULL when absent. */
    const char *data;
    /** In bytes; 0 when absent. */
    size_t length;
};

#ifdef __cplusplus
}
#endif
#endif
