/*
 * What groups are called in the formats of other programs: short enough for those, and no two of them alike.
 */
#ifndef ERRATA_EXPORT_NAME_H
#define ERRATA_EXPORT_NAME_H

#include <stddef.h>
#include <stdint.h>

#include <errata/error.h>
#include <errata/text.h>

#include "core/buffer.h"
#include "core/text.h"

/* Other programs show no more of a text, and some refuse one that is very long. */
#define ERRATA__NAME_CHARACTERS 1000
#define ERRATA__NAME_ELLIPSIS "\xE2\x80\xA6"

/* The first ERRATA__NAME_CHARACTERS of a text. Where that is shorter, ERRATA__NAME_ELLIPSIS should say so. */
struct errata_text errata__name_cut(struct errata_text text);

/* `3 issues in 2 records` */
#define ERRATA__NAME_COUNTS_SIZE 80
void errata__name_counts(char out[ERRATA__NAME_COUNTS_SIZE], uint64_t issues, uint64_t records);

/*
 * Names are in scratch (whose former content is lost) or the text itself. A text stands for itself, or as a JSON string where
 * it could be taken for another: it begins with a double quote, has a control character, or is one of the names that we
 * give. Of one that is cut, or has a character that XML has not, a hash stands behind. Status as errata__buffer_append().
 */

/* Of a key; `(no key)` where it is absent, `(empty key)` where it is empty. */
ERRATA_MUST_CHECK enum errata_status errata__name_key(struct errata_text *out,
                                                      struct errata_text key,
                                                      struct errata__buffer *scratch);
/* Of values, a blank between them, without that of a number (`count`: with all): `-` where one is absent, `""` where it is
   empty. Also a blank in one that is not the last makes it a JSON string. */
ERRATA_MUST_CHECK enum errata_status errata__name_values(struct errata_text *out,
                                                         const struct errata_text *values,
                                                         size_t count, size_t without,
                                                         struct errata__buffer *scratch);

#endif
